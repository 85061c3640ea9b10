"""Digests → the documents a researcher meets: gazette-like and journal-like PDFs, HTML pages.

Reads `raw/<code>/digests/*.md` and `raw/<code>/sources.yaml`; writes `raw/<code>/<doc_id>.pdf|.html`. The same
Markdown gives the same bytes. Used by editors (`make typeset`) and by the test that typeset files are current;
the pipeline only reads what it made. Needs the `typeset` extra for PDFs.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.digests import Block, DigestError, closes_quote, opens_quote, read_digest
from pipeline.sources import Source, load_sources

# Which dress a document wears.
FORMS = {"id": "gazette", "ph": "html", "int": "html", "paper": "journal"}


def typeset_all(raw: Path) -> Iterator[tuple[Path, bytes]]:
    """Every digest under `raw`, as (path of the typeset file, its bytes).

    Raises:
        DigestError: a digest breaks the form, is missing, or has no entry in sources.yaml.
    """
    for folder in sorted({p.parent.parent for p in raw.glob("*/digests/*.md")}):
        sources = {s.doc_id: s for s in load_sources(folder).documents}
        digests = {p.stem: p for p in sorted((folder / "digests").glob("*.md"))}
        for missing in sorted(set(sources) ^ set(digests)):
            raise DigestError(
                f"{folder}: {missing} needs both a digest (digests/{missing}.md) and a sources.yaml entry"
            )
        for doc_id, path in digests.items():
            form = FORMS.get(folder.name, "html")
            suffix = ".html" if form == "html" else ".pdf"
            yield folder / (doc_id + suffix), typeset(read_digest(path), sources[doc_id], form, path)


def typeset(blocks: list[Block], source: Source, form: str, path: Path) -> bytes:
    """One digest in the given form: `gazette`, `journal` or `html`."""
    if form == "html":
        return _html(blocks, source)
    for block in blocks:
        try:
            block.plain.encode("cp1252")
        except UnicodeEncodeError as error:
            raise DigestError(
                f"{path}: {block.plain[error.start]!r} in {block.plain[:40]!r} is not in the PDF's typeface; "
                "write it otherwise"
            ) from error
    return _Pdf(source, form).build(blocks)


# --------------------------------------------------------------------------------------------- HTML


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    safe = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"\*(\S(?:.*?\S)?)\*", r"<i>\1</i>", safe)


def _html(blocks: list[Block], source: Source) -> bytes:
    quote_marks = source.kind == "amending-act"
    out = [
        "<!DOCTYPE html>",
        f'<html lang="{source.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{html.escape(source.title)}</title>",
        "<style>body{font-family:serif;max-width:48rem;margin:2rem auto}h1,h2,h3{text-align:center;font-size:1rem}"
        ".site{border-bottom:1px solid;font-size:.8rem}</style>",
        "</head>",
        "<body>",
        '<div class="site"><a href="index.html">Home</a> | <a href="list.html">Statutes</a></div>',
        "<main>",
    ]
    for i, block in enumerate(blocks):
        before = "“" if quote_marks and opens_quote(blocks, i) else ""
        after = "”" if quote_marks and closes_quote(blocks, i) else ""
        level = {"title": "h1", "division": "h2", "unit": "h3"}.get(block.kind, "p")
        text = _inline(block.text).replace(" | ", "<br>")
        mark = html.escape(block.enumerator) + " " if block.enumerator else ""
        style = f' style="margin-left:{2 * block.depth + (2 if block.quoted else 0)}em"' if level == "p" else ""
        if block.kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{_inline(c)}</td>" for c in row) + "</tr>" for row in block.rows)
            out.append(f"<table>{rows}</table>")
        else:
            out.append(f"<{level}{style}>{before}{mark}{text}{after}</{level}>")
    out += ["</main>", '<div class="site">Typeset from a digest. Not an official text.</div>', "</body>", "</html>", ""]
    return "\n".join(out).encode("utf-8")


# ---------------------------------------------------------------------------------------------- PDF


class _Pdf:
    """Lays a document out twice: once to learn which words open each page, once to print them as catchwords."""

    def __init__(self, source: Source, form: str) -> None:
        self.source = source
        self.form = form
        self.first_words: dict[int, str] = {}
        self.catchwords: dict[int, str] = {}

    def build(self, blocks: list[Block]) -> bytes:
        self._lay_out(blocks)
        self.catchwords = {page - 1: words for page, words in self.first_words.items()}
        self.first_words = {}
        return self._lay_out(blocks)

    def _lay_out(self, blocks: list[Block]) -> bytes:
        from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - the typeset extra
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate  # noqa: PLC0415

        buffer = io.BytesIO()
        width, height = A4
        frame = Frame(78, 78, width - 156, height - 176, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        document = BaseDocTemplate(
            buffer, pagesize=A4, invariant=1, title=self.source.title, author="digest", pageCompression=1
        )
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=self._furniture))
        document.build(list(self._flowables(blocks)))
        return buffer.getvalue()

    def _furniture(self, canvas: Any, _document: Any) -> None:
        """Running head, page number and catchword, where gazettes and journals have them."""
        width, height = canvas._pagesize
        page = canvas.getPageNumber()
        canvas.saveState()
        if self.form == "gazette":
            canvas.setFont("Times-Roman", 11)
            canvas.drawCentredString(width / 2, height - 50, "PRESIDEN")
            canvas.drawCentredString(width / 2, height - 63, "REPUBLIK INDONESIA")
            if page > 1:
                canvas.drawCentredString(width / 2, height - 82, f"- {page} -")
            if words := self.catchwords.get(page):
                canvas.drawRightString(width - 78, 52, f"{words} . . .")
        else:
            canvas.setFont("Times-Italic", 9)
            canvas.drawRightString(width - 78, height - 60, f"Digest | {self.source.title_en[:60]}")
            canvas.drawCentredString(width / 2, 46, str(page))
        canvas.restoreState()

    def _note(self, page: int, words: str) -> None:
        self.first_words.setdefault(page, words)

    def _flowables(self, blocks: list[Block]) -> Iterator[Any]:
        from reportlab.lib import colors  # noqa: PLC0415
        from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY  # noqa: PLC0415
        from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
        from reportlab.platypus import Paragraph, Table  # noqa: PLC0415

        note = self._note

        class Noted(Paragraph):  # type: ignore[misc]
            """A paragraph that tells on which page which words came first."""

            def draw(self) -> None:
                words = _opening_words(self)
                if words:
                    note(self.canv.getPageNumber(), words)
                super().draw()

        size, leading = (11.5, 16) if self.form == "gazette" else (10, 13)
        body = ParagraphStyle(
            "body", fontName="Times-Roman", fontSize=size, leading=leading, alignment=TA_JUSTIFY, spaceAfter=5
        )
        heading = ParagraphStyle("heading", body, alignment=TA_CENTER, spaceBefore=9, spaceAfter=7, keepWithNext=1)
        for block in blocks:
            left = 22 * block.depth + (20 if block.quoted else 0)
            if block.kind == "table":
                cells = [
                    [Paragraph(_inline(c), ParagraphStyle("cell", body, alignment=0)) for c in row]
                    for row in block.rows
                ]
                yield Table(
                    cells,
                    style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
                    spaceAfter=8,
                )
            elif block.kind in ("title", "division", "unit"):
                text = _inline(block.text).replace(" | ", "<br/>")
                yield Noted(f"<b>{text}</b>" if block.kind == "title" or self.form == "journal" else text, heading)
            elif block.kind == "item":
                hang = max(24, 7 + 5.6 * len(block.enumerator))
                style = ParagraphStyle(
                    "item",
                    body,
                    leftIndent=left + hang,
                    bulletIndent=left,
                    bulletFontName="Times-Roman",
                    bulletFontSize=size,
                )
                yield Noted(_inline(block.text), style, bulletText=block.enumerator)
            else:
                yield Noted(_inline(block.text), ParagraphStyle("plain", body, leftIndent=left))


def _opening_words(paragraph: Any) -> str:
    """Enumerator and first word of a laid-out paragraph (or of the part of it that a page break carried over)."""
    lines = getattr(getattr(paragraph, "blPara", None), "lines", None)
    if not lines:
        return ""
    line = lines[0]
    words = line[1] if isinstance(line, tuple) else [w.text for w in line.words]
    text = " ".join(words).split()
    bullet = getattr(paragraph, "bulletText", None)
    return " ".join(([bullet] if bullet else []) + text[: 2 if text[:1] in (["Pasal"], ["BAB"], ["Bagian"]) else 1])
