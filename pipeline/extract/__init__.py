"""Stage 1: documents in raw/ → canonical text, page by page.

Reads   raw/<code>/sources.yaml and the file of each document (typeset digest, or official text).
Writes  processed/1-text/<doc_id>.jsonl (pages), documents.jsonl, tables.jsonl, notices.jsonl, quality.jsonl.
Does not know articles or law. Nobody edits the text afterwards: all later offsets point into it.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline import Refused, records
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.extract import markup, ocr
from pipeline.extract.attestation import without_attestations
from pipeline.extract.docx import DocxError, docx_paragraphs
from pipeline.extract.encoding import mend_encoding
from pipeline.extract.guard import Died, guarded
from pipeline.extract.lexicon import lexicons_sha
from pipeline.extract.pages import PdfText
from pipeline.extract.pdf import PdfError, RuledTable, pictures
from pipeline.extract.pictures import PictureReader
from pipeline.extract.quality import page_quality
from pipeline.extract.repair import NONE, mend
from pipeline.extract.site import strip_glued
from pipeline.extract.textpages import without_page_marks
from pipeline.packs import Structure, load_structure
from pipeline.records import Document, Notice, Page, PageQuality, Table
from pipeline.sources import Source, load_sources

SUFFIXES = (".pdf", ".html", ".htm", ".docx", ".md", ".txt")


class ExtractError(Refused):
    """Documents cannot be read. One line each: the file, what is wrong, what to do."""


def run(raw: Path, out: Path, params: dict[str, Any]) -> list[Document]:
    """Extract every document that sources.yaml names into `out` (a new folder).

    Raises:
        ExtractError: any file is missing, empty, encrypted, cut off or of an unknown kind. Nothing is written then.
    """
    edition = params["corpus"]["edition"]
    if edition not in ("auto", "digest", "official"):
        raise ExtractError(f"params.yaml: corpus.edition is {edition!r}; use auto, digest or official")
    problems: list[str] = []
    payloads: dict[str, Payload] = {}
    described: dict[str, tuple[str, Source, str, Path]] = {}
    for folder in sorted(p.parent for p in raw.glob("*/sources.yaml")):
        for source in load_sources(folder).documents:
            found = locate(folder, source, edition)
            if found is None:
                if edition != "official":
                    problems.append(
                        f"{folder / (source.doc_id + '.pdf')}: missing (or .html); `make typeset` makes it from "
                        f"digests/{source.doc_id}.md, `git checkout {folder}` brings back the committed one"
                    )
                continue
            used, path = found
            problem = _problem(path)
            if problem:
                problems.append(f"{path}: {problem}")
                continue
            if source.doc_id in described:
                problems.append(f"{path}: {source.doc_id} is also in raw/{described[source.doc_id][0]}; rename one")
                continue
            described[source.doc_id] = (folder.name, source, used, path)
            payloads[source.doc_id] = {
                "doc_id": source.doc_id,
                "path": str(path),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "params": params["extract"] if used == "official" else {**params["extract"], "ocr": "never"},
                "language": source.language,
                "tools": _tools(source.language) if used == "official" and path.suffix == ".pdf" else "",
                "structure": load_structure(folder.name).model_dump(mode="json"),
            }
    if problems:
        raise ExtractError(_report(problems))
    if not payloads:
        raise ExtractError(f"{raw}: no document found; each raw/<code>/ needs a sources.yaml (see raw/README.md)")
    engine = EngineParams(**params["engine"])
    results = map_documents("extract", extract_guarded, payloads, engine, shared=lexicons_sha())
    problems = [f"{payloads[d]['path']}: {r['error']}" for d, r in results.items() if r["error"]]
    if problems:
        raise ExtractError(_report(problems))

    with records.whole_folder(out) as fresh:
        documents, tables, notices, quality = [], [], [], []
        for doc_id, result in results.items():
            pages = [Page(**p) for p in result["pages"]]
            records.write_jsonl(fresh / f"{doc_id}.jsonl", pages)
            tables += [Table(**t) for t in result["tables"]]
            notices += [Notice(**n) for n in result["notices"]]
            quality += [PageQuality(**q) for q in result["quality"]]
            documents.append(_document(*described[doc_id], payloads[doc_id]["sha256"], pages))
        records.write_jsonl(fresh / "documents.jsonl", documents)
        records.write_jsonl(fresh / "tables.jsonl", tables)
        records.write_jsonl(fresh / "notices.jsonl", notices)
        records.write_jsonl(fresh / "quality.jsonl", quality)
    return documents


def _tools(language: str) -> str:
    """What reads pictures here: a result that was made without it is none to take from the cache."""
    found = ocr.find(language)
    return found if isinstance(found, str) else found.name


def _report(problems: list[str]) -> str:
    return f"{len(problems)} file(s) cannot be read:\n" + "\n".join(f"  {p}" for p in problems)


def locate(folder: Path, source: Source, edition: str) -> tuple[str, Path] | None:
    """(edition, path) of the file to read for a document, or None where there is none."""
    for name, place in (("official", folder / "official"), ("digest", folder)):
        if edition in ("auto", name):
            for suffix in SUFFIXES if name == "official" else SUFFIXES[:2]:
                path = place / (source.doc_id + suffix)
                if path.is_file():
                    return name, path
    return None


def _problem(path: Path) -> str:
    """What is wrong with a file before it is even opened, and what to do; '' when nothing is."""
    size = path.stat().st_size
    if size == 0:
        return "it is empty; fetch it again, or run `make typeset`"
    with path.open("rb") as file:
        head = file.read(1024)
    if path.suffix == ".pdf" and b"%PDF-" not in head:
        kind = "an HTML page" if b"<html" in head.lower() or b"<!doctype" in head.lower() else "something else"
        return f"it is named .pdf but holds {kind}; fetch the PDF again (a download page may have been saved instead)"
    wide = markup.wide_encoding(head)
    if path.suffix not in (".pdf", ".docx") and (b"%PDF-" in head or (b"\x00" in head and not wide)):
        return f"it is named {path.suffix} but holds binary data; give it the right ending or fetch it again"
    return ""


def extract_guarded(payload: Payload) -> dict[str, Any]:
    """`extract_document` in a process of its own: a crash or a hang of the library that reads the file is an error."""
    try:
        return guarded(extract_document, payload)
    except Died as died:
        anew = " (for instance `qpdf in.pdf out.pdf`)" if payload["path"].endswith(".pdf") else ""
        return _failed(f"{died}; fetch it again, or save it anew with another program{anew}")


def extract_document(payload: Payload) -> dict[str, Any]:
    """Canonical text of one file: `{error, pages, tables, notices, quality}`; `error` is '' or what is wrong with it.

    With the `structure` of its jurisdiction in the payload, OCR noise is mended.
    """
    path = Path(payload["path"])
    doc_id = payload["doc_id"]
    try:
        if path.suffix == ".pdf":
            with _no_cycles():
                return _from_pdf(doc_id, path, payload)
        paragraphs, numbered, removed = _paragraphs(path)
    except (PdfError, DocxError) as error:
        return _failed(str(error))
    paragraphs, marks = strip_glued(paragraphs)
    paragraphs, changes = mend_encoding(paragraphs)
    if not paragraphs:
        return _failed("no text in it; fetch it again")
    whole = "".join(p + "\n" for p in paragraphs)
    pages, notices = _repaired([Page(doc_id, 1, 0, len(whole), whole)], payload)
    notices += [Notice(doc_id, 1, "extract", rule, before, after) for rule, before, after in changes]
    notices += [Notice(doc_id, 1, "extract", rule, text, "") for rule, text in removed + marks]
    quality, found = _quality(pages, payload)
    notices += found
    if numbered:
        notices.append(Notice(doc_id, 1, "extract", "automatic-numbers", f"{numbered} paragraphs", ""))
    return {
        "error": "",
        "pages": _rows(pages),
        "tables": [],
        "notices": _rows(notices),
        "quality": _rows(quality),
    }


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Without the collector of cycles, which looks at every line of a document again and again: a page leaves none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _paragraphs(path: Path) -> tuple[list[str], int, list[tuple[str, str]]]:
    """Of a file without pages: paragraphs, how many items are numbered without a written number, what was left out."""
    if path.suffix == ".docx":
        return *docx_paragraphs(path), []
    text = markup.decode(path.read_bytes())
    if path.suffix in (".html", ".htm"):
        paragraphs, removed, numbered = markup.html_text(text)
        return paragraphs, numbered, removed
    kept, removed = without_page_marks(
        markup.markdown_paragraphs(text) if path.suffix == ".md" else markup.text_paragraphs(text)
    )
    return kept, 0, removed


def _rows(records: Sequence[Page] | Sequence[Notice] | Sequence[PageQuality]) -> list[dict[str, Any]]:
    """Records of plain values as dicts; `dataclasses.asdict` copies each value, ten times as slowly."""
    return [{name: getattr(record, name) for name in record.__slots__} for record in records]


def _failed(error: str) -> dict[str, Any]:
    return {"error": error, "pages": [], "tables": [], "notices": [], "quality": []}


def _repaired(
    pages: list[Page],
    payload: Payload,
    scanned: Collection[int] = (),
    readings: Mapping[int, Sequence[ocr.Word]] = NONE,
) -> tuple[list[Page], list[Notice]]:
    if not payload.get("structure"):
        return pages, []
    structure = Structure.model_validate(payload["structure"])
    pages, notices = mend(pages, structure, scanned, readings)
    pages, attested = without_attestations(pages, structure)
    return pages, notices + attested


def _quality(pages: list[Page], payload: Payload) -> tuple[list[PageQuality], list[Notice]]:
    judged = [page_quality(p, payload.get("language", ""), payload["params"]["min_page_letters"]) for p in pages]
    return [q for q, _ in judged], [n for _, notices in judged for n in notices]


def _second_readings(
    doc_id: str, path: Path, payload: Payload, scanned: Collection[int]
) -> tuple[dict[int, list[ocr.Word]], list[Notice]]:
    """Second readings of scanned pages, and what to say of them; none where `extract.ocr` does not ask for any."""
    if not scanned or payload["params"].get("ocr") != "auto":
        return {}, []
    reader = ocr.find(payload.get("language", ""))
    first = min(scanned)
    if isinstance(reader, str):
        return {}, [Notice(doc_id, first, "extract", "no-second-reading", f"{len(scanned)} scanned pages", reader)]
    numbers = sorted(scanned)[: ocr.MAX_PAGES]
    read = dict(reader.read_all(pictures(path, numbers)))
    unread = [n for n in sorted(scanned) if read.get(n) is None]
    said = [Notice(doc_id, first, "extract", "second-reading", f"{len(scanned) - len(unread)} pages", reader.name)]
    said += [
        Notice(doc_id, n, "extract", "no-second-reading", "1 scanned page", f"{reader.name} gave none in time")
        for n in unread
    ]
    return {n: words for n, words in read.items() if words}, said


def _headings(payload: Payload) -> list[re.Pattern[str]]:
    """How the document's jurisdiction heads its articles and divisions; nothing where the payload does not say."""
    structure = payload.get("structure")
    if not structure:
        return []
    marks = Structure.model_validate(structure)
    return [re.compile(p) for p in [*(u.pattern for u in marks.units), *(d.pattern for d in marks.divisions)]]


def _from_pdf(doc_id: str, path: Path, payload: Payload) -> dict[str, Any]:
    params = payload["params"]
    asked = params.get("ocr", "never") != "never"
    tool = ocr.find(payload.get("language", "")) if asked else "extract.ocr in params.yaml says that no picture is read"
    pictured = PictureReader(path, tool)
    reader = PdfText(path, params["running_head_share"], _headings(payload), pictured)
    out: list[Page] = []
    start = 0
    for number, text in reader.pages():
        out.append(Page(doc_id, number, start, start + len(text), text))
        start += len(text)
    notices = [Notice(doc_id, r.page, "extract", r.rule, r.text, "") for r in reader.removed]
    notices += [Notice(doc_id, r.page, "extract", r.rule, r.before, r.after) for r in reader.repairs]
    notices += [Notice(doc_id, n, "extract", "read-by-ocr", "", getattr(tool, "name", "")) for n in pictured.read]
    notices += [Notice(doc_id, n, "extract", "picture-not-read", "", why) for n, why in pictured.unread]
    if not start:
        why = pictured.unread[0][1] if pictured.unread else "no page holds a picture of text that could be read"
        return _failed(f"no text layer: {why}; or put one in, for instance with `ocrmypdf in.pdf out.pdf`")
    readings, said = _second_readings(
        doc_id, path, payload, reader.scanned - {*pictured.read, *(n for n, _ in pictured.unread)}
    )
    out, repairs = _repaired(out, payload, reader.scanned, readings)
    notices += said
    notices += repairs
    quality, found = _quality(out, payload)
    notices += found
    tables = _tables(doc_id, out, reader.tables)
    return {
        "error": "",
        "pages": _rows(out),
        "tables": [dataclasses.asdict(t) for t in tables],
        "notices": _rows(notices),
        "quality": _rows(quality),
    }


def _tables(doc_id: str, pages: list[Page], ruled: list[RuledTable]) -> list[Table]:
    """Ruled tables with their place in the text and the caption above them."""
    found: list[Table] = []
    by_number = {p.page: p for p in pages}
    for table in ruled:
        page = by_number[table.page]
        cells = [c for row in table.rows for c in row if c]
        at = page.text.find("\n".join(cells))
        if at < 0:
            continue
        before = page.text[:at].rstrip("\n").rpartition("\n")[2]
        if not before and page.page > 1:
            before = by_number[page.page - 1].text.rstrip("\n").rpartition("\n")[2]
        start = page.start + at
        end = start + len("\n".join(cells))
        if found and _goes_on(found[-1], pages, table, at):
            whole = found.pop()
            found.append(dataclasses.replace(whole, rows=[*whole.rows, *table.rows], end=end))
            continue
        found.append(Table(doc_id, table.page, before, start, end, table.rows))
    return found


def _goes_on(before: Table, pages: list[Page], table: RuledTable, at: int) -> bool:
    """Whether a table at the top of a page goes on with the one that ends the page before."""
    last = next(p for p in pages if p.start < before.end <= p.end)
    rest = last.text[before.end - last.start :].strip()
    return at == 0 and not rest and last.page == table.page - 1 and len(before.rows[0]) == len(table.rows[0])


def _document(code: str, source: Source, edition: str, path: Path, sha256: str, pages: list[Page]) -> Document:
    return Document(
        doc_id=source.doc_id,
        akn_uri=source.akn_uri,
        jurisdiction=code,
        kind=source.kind,
        number=source.number,
        year=source.year,
        title=source.title,
        title_en=source.title_en,
        short_names=list(source.short_names),
        language=source.language,
        signed=source.signed.isoformat() if source.signed else None,
        published=source.published.isoformat() if source.published else None,
        amends=list(source.amends),
        implements=source.implements,
        official_urls=list(source.official_urls),
        gazette=source.gazette or "",
        articles=source.articles,
        quoted=source.quoted,
        omits=source.omits if edition == "digest" else "",
        checked=source.checked,
        notes=" ".join(source.notes.split()),
        edition=edition,
        file=path.as_posix(),
        sha256=sha256,
        pages=len(pages),
        characters=pages[-1].end,
        entered_into_force=source.entered_into_force.isoformat() if source.entered_into_force else None,
    )
