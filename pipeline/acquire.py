"""Official documents → raw/<code>/official/. The only network code.

Reads   raw/<code>/sources.yaml (`official_urls`), or a folder of files named by doc_id.
Writes  raw/<code>/official/<doc_id>.<suffix> (git-ignored), raw/official.lock (file, sha256, bytes, from).
Does not read the law: whether a file holds the document it is named after is asked of `outline`.

A file enters raw/ whole or not at all, and never replaces one with another hash unless told to. A fetched document is
untrusted: only https, only the hosts that sources.yaml lists for it (redirects included), only up to `MAX_BYTES`, only
kinds of file that `extract` reads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
import yaml
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from pipeline import Refused, __version__
from pipeline.extract import SUFFIXES
from pipeline.outline import Unreadable, units_of
from pipeline.packs import pack_codes
from pipeline.sources import Source, article_numbers, load_sources

LOCK = "official.lock"
MAX_BYTES = 100_000_000
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = (10, 60)  # to connect, between two pieces
PIECE_BYTES = 1 << 14
PAUSE_SECONDS = 1.0  # between two requests to one host
FEWEST_ARTICLES = 0.6  # share of the declared articles below which a fetched page is not the document
CONTENT_TYPES = (
    "application/pdf",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/xhtml+xml",
    "binary/octet-stream",
    "text/",
)


class AcquireError(Refused):
    """A document cannot be taken; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Acquired:
    """One document put into place, or found there."""

    doc_id: str
    path: Path
    sha256: str
    bytes: int
    origin: str  # an address, or `folder`
    news: str  # '' when nothing changed


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that sources.yaml describes, and the folder it belongs to."""

    source: Source
    folder: Path


def wanted(raw: Path) -> dict[str, Wanted]:
    """doc_id → description, for every document of every raw/<code>/sources.yaml."""
    return {
        source.doc_id: Wanted(source, folder)
        for folder in sorted(p.parent for p in raw.glob("*/sources.yaml"))
        for source in load_sources(folder).documents
    }


def from_folder(
    raw: Path, folder: Path, only: Sequence[str] = (), replace: bool = False
) -> tuple[list[Acquired], list[Path]]:
    """Take the files of `folder` that are named by a doc_id; also the files that no sources.yaml describes.

    Raises:
        AcquireError: no such folder, none of its files is described, a file is of an unknown kind, or its hash differs
            from the recorded one and `replace` is not set. Files taken before stay.
    """
    if not folder.is_dir():
        raise AcquireError(f"{folder}: no such folder; name the folder that holds the official files")
    described = wanted(raw)
    _known(only, described)
    taken, strangers = [], []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        doc_id = path.stem
        if doc_id not in described:
            strangers.append(path)
        elif not only or doc_id in only:
            taken.append(_place(raw, described[doc_id], path, "folder", replace))
    if not taken and not strangers:
        raise AcquireError(
            f"{folder}: no file named by a doc_id ({', '.join(sorted(described)[:3])} …) with one of the endings "
            f"{' '.join(SUFFIXES)}"
        )
    return taken, strangers


def from_addresses(raw: Path, only: Sequence[str] = (), replace: bool = False) -> Iterator[Acquired | AcquireError]:
    """Fetch each document from its official addresses, one after the other; an error stands for one document.

    A document whose recorded file is in place is not fetched again.

    Raises:
        AcquireError: `only` names a document that no sources.yaml describes.
    """
    described = wanted(raw)
    _known(only, described)
    lock = read_lock(raw)
    with requests.Session() as session:
        retry = Retry(
            total=4, connect=1, backoff_factor=1.0, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=("GET",)
        )
        session.mount("https://", HTTPAdapter(max_retries=retry))
        session.headers["User-Agent"] = f"lacuna/{__version__} (reproducible comparative law; official texts)"
        asked: dict[str, float] = {}
        for doc_id, want in described.items():
            if only and doc_id not in only:
                continue
            present = official_file(want.folder, doc_id)
            if present and not replace and lock.get(doc_id, {}).get("sha256") == _sha256(present):
                yield _acquired(doc_id, present, str(lock[doc_id]["from"]), "")
                continue
            try:
                yield _fetch(session, raw, want, replace, asked)
            except AcquireError as error:
                yield error


def official_file(folder: Path, doc_id: str) -> Path | None:
    """The official file of a document in raw/<code>/, or None."""
    found = (folder / "official" / (doc_id + suffix) for suffix in SUFFIXES)
    return next((path for path in found if path.is_file()), None)


def read_lock(raw: Path) -> dict[str, dict[str, str | int]]:
    """doc_id → what was taken (file, sha256, bytes, from); empty where nothing was."""
    path = raw / LOCK
    if not path.is_file():
        return {}
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(data, dict) or not all(isinstance(v, dict) and "sha256" in v for v in data.values()):
        raise AcquireError(
            f"{path}: not a lock file (doc_id: {{file, sha256, bytes, from}}); delete it to start afresh"
        )
    return data


# ------------------------------------------------------------------------------------------- steps


def _known(only: Sequence[str], described: dict[str, Wanted]) -> None:
    unknown = [d for d in only if d not in described]
    if unknown:
        raise AcquireError(f"no sources.yaml describes {', '.join(unknown)}; documents are {', '.join(described)}")


def _place(raw: Path, want: Wanted, path: Path, origin: str, replace: bool) -> Acquired:
    """Copy a checked file into place and record it."""
    doc_id = want.source.doc_id
    suffix = _suffix(path)
    if path.stat().st_size > MAX_BYTES:
        raise AcquireError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; take out what is not the document")
    lock = read_lock(raw)
    sha256, recorded = _sha256(path), str(lock.get(doc_id, {}).get("sha256", ""))
    if recorded and recorded != sha256 and not replace:
        raise AcquireError(
            f"{doc_id}: the file at {origin if origin != 'folder' else path} (sha256 {sha256[:12]}…) is not the one "
            f"recorded in {raw / LOCK} ({recorded[:12]}…). Nothing was replaced. Either keep the recorded one, or take "
            f"the new one with `python -m pipeline acquire {doc_id} --replace` (add --from for a folder) and rerun"
        )
    target = want.folder / "official" / (doc_id + suffix)
    present = official_file(want.folder, doc_id)
    if present != target or _sha256(target) != sha256:
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
        os.close(handle)
        shutil.copyfile(path, name)
        Path(name).chmod(0o644)
        Path(name).replace(target)
        if present and present != target:
            present.unlink()
    news = _news(want.source, sha256, recorded)
    if recorded != sha256:
        lock[doc_id] = {"file": target.name, "sha256": sha256, "bytes": target.stat().st_size, "from": origin}
        _write_lock(raw, lock)
    return _acquired(doc_id, target, origin, news)


def _suffix(path: Path) -> str:
    """Ending that fits what a file holds, whatever it is called.

    Raises:
        AcquireError: it holds nothing that `extract` reads.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        suffix = ".docx"
    elif b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        suffix = ""
    elif b"<html" in head.lower() or b"<!doctype html" in head.lower():
        suffix = ".html"
    else:
        own = path.suffix.lower()
        suffix = own if own in (".md", ".txt", ".html", ".htm") else ".txt"
    if not head.strip() or suffix not in SUFFIXES:
        what = "empty" if not head.strip() else "of a kind that is not read"
        raise AcquireError(f"{path.name}: {what}; give one of {' '.join(SUFFIXES)}")
    return suffix


def _news(source: Source, sha256: str, recorded: str) -> str:
    """What to say aloud about a file's hash."""
    if recorded == sha256:
        return ""
    checked = source.checked_against
    if checked and checked.sha256 == sha256:
        return "recorded; it is the file that the digest was checked against"
    first = "replaces the recorded one" if recorded else "not seen before, recorded"
    return f"{first}; it is not the file that the digest was checked against" if checked else first


def _acquired(doc_id: str, path: Path, origin: str, news: str) -> Acquired:
    return Acquired(doc_id, path, _sha256(path), path.stat().st_size, origin, news)


def _write_lock(raw: Path, lock: dict[str, dict[str, str | int]]) -> None:
    head = (
        "# Official files that `python -m pipeline acquire` has put into place. The files are not committed; this is.\n"
    )
    fresh = raw / (LOCK + ".new")
    fresh.write_text(head + yaml.safe_dump(dict(sorted(lock.items())), allow_unicode=True), encoding="utf-8")
    fresh.replace(raw / LOCK)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ------------------------------------------------------------------------------------------- network


def _fetch(session: requests.Session, raw: Path, want: Wanted, replace: bool, asked: dict[str, float]) -> Acquired:
    """Fetch one document from the first of its addresses that has it."""
    source = want.source
    if not source.official_urls:
        raise AcquireError(f"{source.doc_id}: sources.yaml gives no official_urls; take it with --from FOLDER")
    hosts = {urlsplit(url).hostname or "" for url in source.official_urls}
    failures = []
    for url in source.official_urls:
        part = want.folder / "official" / f".{source.doc_id}.{hashlib.sha256(url.encode()).hexdigest()[:12]}.part"
        part.parent.mkdir(exist_ok=True)
        try:
            _download(session, url, hosts, part, asked)
            suffix = _suffix(part)
            whole = part.with_name(f".{source.doc_id}{suffix}")
            part.replace(whole)
            try:
                _holds(want, whole)
                return _place(raw, want, whole, url, replace)
            finally:
                whole.unlink(missing_ok=True)
        except requests.ConnectionError:
            failures.append(f"  {url}: the host cannot be reached")
        except (AcquireError, requests.RequestException, OSError) as error:
            failures.append(f"  {url}: {error}")
    raise AcquireError(
        f"{source.doc_id}: not to be had\n"
        + "\n".join(failures)
        + f"\n  Save the official text as {source.doc_id}.pdf "
        "(or .html, .docx, .md, .txt) in a folder and run `python -m pipeline acquire --from FOLDER`"
    )


def _download(session: requests.Session, url: str, hosts: set[str], part: Path, asked: dict[str, float]) -> None:
    """Fetch `url` into `part`; go on where an earlier attempt stopped. The file is whole when this returns."""
    for _ in range(MAX_REDIRECTS):
        split = urlsplit(url)
        if split.scheme != "https" or split.hostname not in hosts:
            raise AcquireError(
                f"leads to {split.scheme}://{split.hostname}, which sources.yaml does not list for this document "
                "(only https, only listed hosts); add the address to official_urls if it is official"
            )
        time.sleep(max(0.0, asked.get(split.hostname, -PAUSE_SECONDS) + PAUSE_SECONDS - time.monotonic()))
        asked[split.hostname] = time.monotonic()
        have = part.stat().st_size if part.is_file() else 0
        headers = (
            {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {"Accept-Encoding": "identity"}
        )
        with session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=TIMEOUT_SECONDS) as answer:
            if answer.is_redirect:
                url = urljoin(url, answer.headers["Location"])
                continue
            if have and answer.status_code == requests.codes.requested_range_not_satisfiable:
                part.unlink()
                continue
            answer.raise_for_status()
            _store(answer, part, have)
            return
    raise AcquireError("too many redirects")


def _store(answer: requests.Response, part: Path, have: int) -> None:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(CONTENT_TYPES):
        raise AcquireError(f"is {kind}, not a document that is read")
    resumed = answer.status_code == requests.codes.partial_content
    if resumed and not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
        part.unlink()
        raise AcquireError("answers with another part than was asked for; run acquire again")
    length = answer.headers.get("Content-Length", "")
    total = (int(length) + (have if resumed else 0)) if length.isdigit() else None
    size = have if resumed else 0
    too_large = f"larger than {MAX_BYTES // 1_000_000} MB"
    if total is not None and total > MAX_BYTES:
        raise AcquireError(too_large)
    with part.open("ab" if resumed else "wb") as out:
        for piece in answer.iter_content(PIECE_BYTES):
            size += len(piece)
            if size > MAX_BYTES:
                out.close()
                part.unlink()
                raise AcquireError(too_large)
            out.write(piece)
    if total is not None and size != total:
        raise AcquireError(f"stopped after {size:,} of {total:,} bytes; run acquire again to go on")


def _holds(want: Wanted, path: Path) -> None:
    """Whether a fetched file is the document and not the page that leads to it: it has the declared articles.

    Raises:
        AcquireError: it has not.
    """
    source, code = want.source, want.folder.name
    if code not in pack_codes():
        return
    try:
        found = {u["num"] for u in units_of(path, code, source.kind == "amending-act")}
    except Unreadable as error:
        raise AcquireError(str(error)) from error
    declared = set(article_numbers(source.articles)) if source.articles else set()
    if len(declared & found) < FEWEST_ARTICLES * len(declared):
        raise AcquireError(
            f"has {len(declared & found)} of the {len(declared)} articles of {source.doc_id}: perhaps a page that "
            "leads to the document; give the document's own address"
        )
