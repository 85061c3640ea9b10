"""Official files: taken from a folder or fetched over https, whole or not at all, and never silently another file."""

from __future__ import annotations

import http.server
import shutil
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme
import yaml

from pipeline import acquire
from pipeline.acquire import AcquireError, from_addresses, from_folder, official_file, read_lock

LAW = "id-uu-44-2008"


@pytest.fixture
def folder(small_raw: Path, tmp_path: Path) -> Path:
    """A folder with one file that has the name of a document."""
    found = tmp_path / "mine"
    found.mkdir()
    shutil.copyfile(small_raw / "id" / f"{LAW}.pdf", found / f"{LAW}.pdf")
    return found


def test_files_named_by_doc_id_are_taken_and_recorded(small_raw: Path, folder: Path) -> None:
    (folder / "id-pp-1-2001.md").write_text("Pasal 1\n\nAda.\n", encoding="utf-8")
    (folder / "notes.xlsx").write_bytes(b"PK\x03\x04")
    taken, strangers = from_folder(small_raw, folder)
    assert [t.doc_id for t in taken] == [LAW]
    assert [s.name for s in strangers] == ["id-pp-1-2001.md"]
    assert "not the file that the digest was checked against" in taken[0].news
    assert read_lock(small_raw)[LAW]["sha256"] == taken[0].sha256
    again, _ = from_folder(small_raw, folder)
    assert again[0].news == ""


def test_another_file_under_the_same_name_stops_with_a_choice(small_raw: Path, folder: Path) -> None:
    from_folder(small_raw, folder)
    before = (small_raw / "id" / "official" / f"{LAW}.pdf").read_bytes()
    with (folder / f"{LAW}.pdf").open("ab") as file:
        file.write(b"\n%changed\n")
    with pytest.raises(AcquireError, match="--replace"):
        from_folder(small_raw, folder)
    assert (small_raw / "id" / "official" / f"{LAW}.pdf").read_bytes() == before
    taken, _ = from_folder(small_raw, folder, replace=True)
    assert "replaces the recorded one" in taken[0].news
    assert (small_raw / "id" / "official" / f"{LAW}.pdf").read_bytes() != before


def test_the_ending_follows_what_the_file_holds(small_raw: Path, folder: Path) -> None:
    (folder / f"{LAW}.pdf").write_text("<html><body><p>Pasal 1</p></body></html>", encoding="utf-8")
    from_folder(small_raw, folder)
    found = official_file(small_raw / "id", LAW)
    assert found is not None
    assert found.suffix == ".html"


@pytest.mark.parametrize("data", [b"", b"\x7fELF\x00\x00\x01"])
def test_what_no_reader_reads_is_refused(small_raw: Path, folder: Path, data: bytes) -> None:
    (folder / f"{LAW}.pdf").write_bytes(data)
    with pytest.raises(AcquireError, match=LAW):
        from_folder(small_raw, folder)
    assert official_file(small_raw / "id", LAW) is None


def test_a_missing_folder_and_an_unknown_document_say_what_to_do(small_raw: Path, tmp_path: Path) -> None:
    with pytest.raises(AcquireError, match="no such folder"):
        from_folder(small_raw, tmp_path / "nowhere")
    with pytest.raises(AcquireError, match="documents are"):
        from_folder(small_raw, tmp_path, only=["id-uu-1-1901"])


# ------------------------------------------------------------------------------------------- network


@dataclass
class Site:
    """A web server on this machine: path → (status, headers, body), asked in order; the last answer repeats."""

    answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """https on the loopback interface, with a certificate that the client trusts."""
    served = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.requests.append((self.path, self.headers.get("Range", "")))
            waiting = served.answers[self.path]
            status, headers, body = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            start = int(self.headers.get("Range", "bytes=0-")[6:-1]) if status == 206 else 0
            self.send_response(status)
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            for name, value in {"Content-Length": str(len(body) - start), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[start:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    authority = trustme.CA()
    certificate = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    monkeypatch.setattr(acquire, "PAUSE_SECONDS", 0.0)
    served.address = f"https://localhost:{server.server_address[1]}"
    yield served
    server.shutdown()
    server.server_close()


def _listed(raw: Path, *addresses: str) -> None:
    """Let sources.yaml give these addresses for the law."""
    file = raw / "id" / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))
    for source in sources["documents"]:
        source["official_urls"] = list(addresses) if source["doc_id"] == LAW else []
    file.write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")


def _fetch(raw: Path) -> acquire.Acquired | AcquireError:
    return next(iter(from_addresses(raw, [LAW])))


PDF = {"Content-Type": "application/pdf"}


def test_a_document_is_fetched_once(small_raw: Path, site: Site) -> None:
    body = (small_raw / "id" / f"{LAW}.pdf").read_bytes()
    site.answers = {
        "/old": [(302, {"Location": "/law.pdf"}, b"")],
        "/law.pdf": [(503, {"Retry-After": "0"}, b""), (200, PDF, body)],
    }
    _listed(small_raw, site.address + "/old")
    found = _fetch(small_raw)
    assert isinstance(found, acquire.Acquired), found
    assert found.path.read_bytes() == body
    assert read_lock(small_raw)[LAW]["from"] == site.address + "/old"
    asked = len(site.requests)
    again = _fetch(small_raw)
    assert isinstance(again, acquire.Acquired)
    assert again.news == ""
    assert len(site.requests) == asked
    assert [p.name for p in found.path.parent.iterdir()] == [found.path.name]


def test_a_cut_download_goes_on_where_it_stopped(small_raw: Path, site: Site) -> None:
    body = (small_raw / "id" / f"{LAW}.pdf").read_bytes()
    site.answers = {"/law.pdf": [(200, {**PDF, "Content-Length": str(len(body))}, body[:20000]), (206, PDF, body)]}
    _listed(small_raw, site.address + "/law.pdf")
    first = _fetch(small_raw)
    assert isinstance(first, AcquireError)
    assert official_file(small_raw / "id", LAW) is None
    second = _fetch(small_raw)
    assert isinstance(second, acquire.Acquired), second
    assert second.path.read_bytes() == body
    assert site.requests[-1] == ("/law.pdf", f"bytes={acquire.PIECE_BYTES}-")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((302, {"Location": "https://example.org/law.pdf"}, b""), "example.org, which sources.yaml does not list"),
        ((302, {"Location": "http://localhost/law.pdf"}, b""), "only https"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "is image/png"),
        ((200, {"Content-Type": "text/html"}, b"<html><body><p>Unduh Pasal 1</p></body></html>"), "a page that leads to"),
        ((200, {**PDF, "Content-Length": "100000001"}, b""), "larger than"),
        ((404, {}, b""), "404"),
    ],
)  # fmt: skip
def test_what_is_not_the_document_is_refused(
    small_raw: Path, site: Site, answer: tuple[int, dict[str, str], bytes], says: str
) -> None:
    site.answers = {"/law.pdf": [answer]}
    _listed(small_raw, site.address + "/law.pdf")
    found = _fetch(small_raw)
    assert isinstance(found, AcquireError)
    assert says in str(found)
    assert "--from FOLDER" in str(found)
    assert official_file(small_raw / "id", LAW) is None
    assert not read_lock(small_raw)
