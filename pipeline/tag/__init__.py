"""Stage 3: provisions → tagged spans.

Reads   processed/1-text/, 2-provisions/ and the rules of the packs.
Writes  processed/3-tags/<doc_id>.jsonl.
Says which words a rule recognised and what they are worth on their own. Does not join anything: which penalty
belongs to which offence, or what a citation points to, is the business of `link`.

tokens      cuts statutes into tokens: what phrases and token patterns are matched by (the only spaCy code)
spelling    a text as bytes in which all rules are looked for at once
beginnings  what the matches of a regular expression can begin with
rules       the rules of a pack, run over a text; which of the spans they find stand
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.packs import packs_digest
from pipeline.records import Document, Page, Provision, Tag
from pipeline.tag.rules import Names, Tagger, check_rules, fates, is_title, tagger

__all__ = ["Locator", "Tagger", "check_rules", "fates", "run", "tag", "tag_document", "tagger", "tagger_for"]


def run(text: Path, provisions: Path, out: Path, params: dict[str, Any]) -> None:
    """Tag every document into `out` (a new folder)."""
    documents = list(records.read_jsonl(text / "documents.jsonl", Document))
    payloads = {d.doc_id: _payload(d, documents, text, provisions) for d in documents}
    results = map_documents("tag", tag_document, payloads, EngineParams(**params["engine"]))
    with records.whole_folder(out) as fresh:
        for doc_id, tags in results.items():
            records.write_jsonl(fresh / f"{doc_id}.jsonl", [Tag(**t) for t in tags])


def _payload(document: Document, documents: list[Document], text: Path, provisions: Path) -> Payload:
    """All that tagging one document depends on: its text, its provisions, its pack, and the short names it uses."""
    pages = list(records.read_jsonl(text / f"{document.doc_id}.jsonl", Page))
    whole = "".join(p.text for p in pages)
    folded = whole.casefold()
    names = {}
    for other in documents:
        # Short names are known to the documents of the same jurisdiction, and to papers about any of them.
        if document.kind == "article" or other.jurisdiction in (document.jurisdiction, "int"):
            known = dict.fromkeys([*other.short_names, *([other.title] if other.kind == "treaty" else [])])
            used = [n for n in known if (n.casefold() in folded if is_title(n) else n in whole)]
            if used:
                names[other.doc_id] = used
    return {
        "doc_id": document.doc_id,
        "pack": document.jurisdiction,
        "pack_digest": packs_digest(document.jurisdiction),
        "names": names,
        "pages": [dataclasses.asdict(p) for p in pages],
        "provisions": [
            dataclasses.asdict(p) for p in records.read_jsonl(provisions / f"{document.doc_id}.jsonl", Provision)
        ],
    }


def tag_document(payload: Payload) -> list[dict[str, Any]]:
    """Tags of one document, in order of their start."""
    pages = [Page(**p) for p in payload["pages"]]
    provisions = [Provision(**p) for p in payload["provisions"]]
    tags = tag(payload["doc_id"], pages, provisions, tagger(payload["pack"], _names(payload)))
    return [dataclasses.asdict(t) for t in tags]


def tag(doc_id: str, pages: list[Page], provisions: list[Provision], tagger: Tagger) -> list[Tag]:
    """Tags of a text, each with its page and the deepest provision that holds it."""
    text = "".join(p.text for p in pages)
    locate = Locator(provisions)
    starts = [p.start for p in pages]
    headings = {p.start for p in provisions if p.kind in tagger.units}
    tags = []
    for rule, start, end, value in tagger(text):
        if rule.kind == "CITATION" and start in headings:
            continue  # `Pasal 5` before the words of article 5 is its number, not a reference
        provision = locate(start)
        part = provision.part if provision else "front"
        if rule.parts and part not in rule.parts:
            continue
        tags.append(
            Tag(
                doc_id=doc_id,
                eid=provision.eid if provision else "",
                rule_id=rule.id,
                label=rule.kind,
                concept=rule.concept,
                value=value,
                start=start,
                end=end,
                page=pages[bisect_right(starts, start) - 1].page,
                text=text[start:end],
                part=part,
            )
        )
    return tags


class Locator:
    """Finds the deepest provision whose span holds an offset."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        # Later provisions in document order are deeper; the boundaries of all of them cut the text into stretches.
        edges: dict[int, list[tuple[bool, Provision]]] = {}
        for p in provisions:
            edges.setdefault(p.start, []).append((True, p))
            edges.setdefault(p.end, []).append((False, p))
        self._starts: list[int] = []
        self._deepest: list[Provision | None] = []
        open_now: list[Provision] = []
        for at in sorted(edges):
            closing = {p.eid for opens, p in edges[at] if not opens}
            open_now = [p for p in open_now if p.eid not in closing]
            open_now += [p for opens, p in edges[at] if opens and p.end > p.start]
            self._starts.append(at)
            self._deepest.append(open_now[-1] if open_now else None)

    def __call__(self, offset: int) -> Provision | None:
        i = bisect_right(self._starts, offset) - 1
        return self._deepest[i] if i >= 0 else None


def tagger_for(document: Document, documents: list[Document], text: Path, provisions: Path) -> Tagger:
    """The tagger that the stage uses for a document."""
    payload = _payload(document, documents, text, provisions)
    return tagger(payload["pack"], _names(payload))


def _names(payload: Payload) -> Names:
    return tuple(sorted((doc_id, tuple(names)) for doc_id, names in payload["names"].items()))
