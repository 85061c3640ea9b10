"""The full text of each document as pages: structure beside it, tags marked, an anchor at every piece of evidence.

A long document takes several pages, cut where a chapter or an article begins. The interface words on these pages
carry their message key, so that one page serves every language; the law's words stay in the language of the law.
Document text is untrusted: it is escaped, and characters that turn its direction are replaced one for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from pipeline.corpus import Corpus
from pipeline.packs import load_pack
from pipeline.records import Provision
from pipeline.report.words import BIDI, CONTROL, words

PAGE_CHARACTERS = 110_000  # of canonical text; about 400 KB of HTML
HEADING = 90  # a longer line that opens a unit is its text, not its heading


class Layout:
    """Which file holds which part of a document, and how provisions are called."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.starts: dict[str, list[int]] = {d: _cuts(corpus, d) for d in corpus.documents}

    def file(self, doc_id: str, offset: int = 0) -> str:
        """Name of the file that holds a character of a document."""
        number = max(1, bisect_right(self.starts[doc_id], offset))
        return self.name(doc_id, number)

    @staticmethod
    def name(doc_id: str, number: int) -> str:
        """Name of a document's n-th page, from 1."""
        return f"{doc_id}.html" if number == 1 else f"{doc_id}--{number}.html"

    def parts(self, doc_id: str) -> list[tuple[int, int]]:
        """Spans of a document's pages."""
        starts = self.starts[doc_id]
        return list(zip(starts, [*starts[1:], len(self.corpus.text[doc_id])], strict=True))


def _cuts(corpus: Corpus, doc_id: str) -> list[int]:
    """Starts of the pages: at a division if one begins in the second half of the page, else at a unit."""
    text = corpus.text[doc_id]
    if len(text) <= PAGE_CHARACTERS * 1.15:
        return [0]
    kinds = corpus.unit_kinds(doc_id)
    divisions = division_kinds(corpus, doc_id)
    lines = [p for p in corpus.provisions[doc_id] if p.start and text[p.start - 1] == "\n"]
    groups = sorted(p.start for p in lines if p.kind in divisions and p.part != "quoted")
    units = sorted(p.start for p in lines if p.kind in kinds and p.part != "quoted")
    breaks = [m.end() for m in re.finditer("\n", text)]
    cuts = [0]
    while len(text) - cuts[-1] > PAGE_CHARACTERS * 1.15:
        low, high = cuts[-1] + PAGE_CHARACTERS // 2, cuts[-1] + PAGE_CHARACTERS
        for choices, least in ((groups, low), (units, cuts[-1] + 1), (breaks, cuts[-1] + 1), ([high], high)):
            before = [c for c in choices if least <= c <= high]
            if before:
                cuts.append(before[-1])
                break
    return cuts


def division_kinds(corpus: Corpus, doc_id: str) -> set[str]:
    """Kinds of the divisions of a document: chapters, parts and the like."""
    return {d.kind for d in load_pack(corpus.documents[doc_id].jurisdiction).structure.divisions} | {"part"}


# --------------------------------------------------------------------------------------- contents


@dataclass
class Entry:
    """An entry of a table of contents."""

    label: str
    href: str
    children: list[Entry] = field(default_factory=list)


def contents(corpus: Corpus, layout: Layout, doc_id: str) -> list[Entry]:
    """A document's divisions and units, as a tree."""
    text = corpus.text[doc_id]
    units, divisions = corpus.unit_kinds(doc_id), division_kinds(corpus, doc_id)
    roots: list[Entry] = []
    by_eid: dict[str, Entry] = {}
    for p in corpus.provisions[doc_id]:
        if p.kind not in units | divisions:
            continue
        label = unit_name(corpus, p) if p.kind in units else text[p.start : p.end].partition("\n")[0].strip(' “"')
        if p.kind == "part" and p.part in ("front", "preamble", "closing", "elucidation") and not p.num:
            label = words(corpus.documents[doc_id].language if corpus.documents[doc_id].language == "id" else "en")(
                f"parts.{p.part}"
            )
        elif p.heading and p.heading not in label:
            label = f"{label}. {p.heading}" if p.kind in units else f"{label} – {p.heading}"
        entry = Entry(label if len(label) <= 70 else label[:68].rsplit(" ", 1)[0] + " …", place(layout, p))
        holder = next((by_eid[a.eid] for a in corpus.ancestors(doc_id, p.parent_eid) if a.eid in by_eid), None)
        (holder.children if holder else roots).append(entry)
        by_eid[p.eid] = entry
    return roots


def place(layout: Layout, provision: Provision) -> str:
    """File and anchor of a provision, relative to documents/."""
    return f"{layout.file(provision.doc_id, provision.start)}#p-{provision.eid}"


def unit_name(corpus: Corpus, provision: Provision) -> str:
    """An article or section as its own law calls it: `Pasal 2`, `Section 4`."""
    language = corpus.documents[provision.doc_id].language
    return words(language if language == "id" else "en")(f"units.{_unit_key(provision.kind)}", n=provision.num)


def _unit_key(kind: str) -> str:
    return kind if kind in ("article", "section", "rule") else "other"


# ------------------------------------------------------------------------------------------ text


@dataclass(frozen=True)
class Notes:
    """What stands beside the text: by start offset of a provision, and links by end and start of a citation."""

    beside: dict[int, Markup]
    cited: dict[int, dict[int, list[str]]]

    def href(self, start: int, end: int) -> str:
        """What marked words cite: the last of what they name, else the one thing that a citation names which they end.

        `ayat (1)` ends `Pasal 5 ayat (1)`; `this Act` ends two citations in `Sections 4 and 5 of this Act`.
        """
        ending = self.cited.get(end, {})
        if start in ending:
            return ending[start][-1]
        longer = [href for at, hrefs in ending.items() if at < start for href in hrefs]
        return longer[0] if len(longer) == 1 else ""


def body(corpus: Corpus, doc_id: str, span: tuple[int, int], anchors: list[tuple[int, int]], notes: Notes) -> Markup:
    """The text of one page: a paragraph a line, with `data-o` = offset of its first character."""
    first, last = span
    text = corpus.text[doc_id]
    provisions = [p for p in corpus.provisions[doc_id] if first <= p.start < last]
    units, divisions = corpus.unit_kinds(doc_id), division_kinds(corpus, doc_id)
    before: dict[int, list[str]] = defaultdict(list)
    for page in corpus.pages[doc_id]:
        if first <= page.start < last:
            before[page.start].append(f'<a class="pg" id="page-{page.page}" title="{page.page}">{page.page}</a>')
    for p in provisions:
        before[p.start].append(f'<a id="p-{escape(p.eid)}"></a>')
    for start, end in anchors:
        if first <= start < last:
            before[start].append(f'<a id="s{start}-{end}"></a>')
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for start, end, label, concept in _marks(corpus, doc_id):
        if first <= start < last:
            href = notes.href(start, end)
            opens[start] = (
                f'<mark class="{label.lower()}"'
                + (f' data-c="{concept}"' if concept else "")
                + ">"
                + (f'<a href="{escape(href)}">' if href else "")
            )
            closes[end] = "</a></mark>" if href else "</mark>"
    depth = {p.start: len(list(corpus.ancestors(doc_id, p.eid))) - 1 for p in provisions}
    opening = {p.start: p for p in provisions if p.kind in units | divisions and p.num}
    cuts = sorted({*before, *opens, *closes})
    out: list[str] = []
    indent = 0
    for start, end in _lines(text, first, last):
        inner: list[str] = []
        done = start
        # Marks do not cross lines, so what closes here was opened here.
        for cut in cuts[bisect_left(cuts, start) : bisect_right(cuts, end)]:
            inner += [_safe(text[done:cut]), closes.get(cut, ""), *before.get(cut, []), opens.get(cut, "")]
            done = cut
        inner.append(_safe(text[done:end]))
        words_of_line = "".join(inner)
        if start in depth:
            indent = max(0, depth[start] - 1)
        head = opening.get(start)
        if end > start:
            tag, kind = "p", ""
            if head is not None and head.kind in divisions:
                tag, kind = ("h2" if end - start <= HEADING else "p"), " div"
            elif head is not None:
                tag, kind = ("h3" if end - start <= HEADING else "p"), " unit"
                indent = max(0, indent - 1)
            out.append(f'<{tag} class="i{min(indent, 5)}{kind}" data-o="{start}">{words_of_line}</{tag}>\n')
        elif words_of_line:
            out.append(words_of_line)
        if start in notes.beside:
            out.append(str(notes.beside[start]))
    return Markup("".join(out))


def _lines(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    at = first
    while at < last:
        end = text.find("\n", at, last)
        end = last if end < 0 else end
        yield at, end
        at = end + 1


def _safe(text: str) -> str:
    return str(escape(CONTROL.sub(" ", BIDI.sub("\ufffd", text))))


def _marks(corpus: Corpus, doc_id: str) -> list[tuple[int, int, str, str]]:
    """Tagged spans that neither overlap nor cross a line, longest first come."""
    taken: list[tuple[int, int, str, str]] = []
    last = 0
    text = corpus.text[doc_id]
    for tag in sorted(corpus.tags[doc_id], key=lambda t: (t.start, -(t.end - t.start))):
        if tag.start >= last and "\n" not in text[tag.start : tag.end] and tag.end > tag.start:
            taken.append((tag.start, tag.end, tag.label, tag.concept))
            last = tag.end
    return taken
