"""The search index: script files that a page opened from disk can load, one a document.

Each entry is an article, section or paragraph of a text with where it stands, what it says and the concepts tagged in
it. The page scans the words themselves: a few million characters take milliseconds, so nothing is stemmed or dropped
and a search for “Pasal 76I” or half a word finds what the text has.
"""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.corpus import Corpus
from pipeline.records import Provision
from pipeline.report.findings import Tables
from pipeline.report.texts import Layout, unit_name
from pipeline.report.words import inert, sentence_case
from pipeline.vocabulary import vocabulary

CALL = "lacunaIndex"  # the function of lacuna.js that takes what a script file brings


def write(corpus: Corpus, tables: Tables, layout: Layout, out: Path) -> list[str]:
    """Write search/<doc>.js for every document into `out` (a new folder); returns their names in order."""
    out.mkdir()
    force = {(r["doc_id"], r["eid"]): r["in_force"] for r in tables["provisions"].to_dict("records")}
    names = []
    for doc_id, document in corpus.documents.items():
        entries = []
        for unit, end in _entries(corpus, doc_id):
            concepts = sorted({t.concept for t in corpus.tags[doc_id] if t.concept and unit.start <= t.start < end})
            entries.append(
                [
                    _label(corpus, unit, tables.names),
                    layout.file(doc_id, unit.start),
                    unit.start,
                    inert(corpus.text[doc_id][unit.start : end]).rstrip(),
                    " ".join(concepts),
                    force.get((doc_id, unit.eid), ""),
                ]
            )
        data = {
            "doc": doc_id,
            "name": tables.names[doc_id],
            "title": inert(document.title)[:300],
            "titleEn": inert(document.title_en)[:300],
            "names": inert(" ".join(document.short_names))[:600],
            "jurisdiction": document.jurisdiction,
            "lang": document.language,
            "entries": entries,
        }
        (out / f"{doc_id}.js").write_text(f"{CALL}({_script(data)});\n", encoding="utf-8", newline="\n")
        names.append(doc_id)
    concepts_file = {c: [x.label, sentence_case(x.label_id)] for c, x in sorted(vocabulary().items())}
    (out / "concepts.js").write_text(f"lacunaConcepts({_script(concepts_file)});\n", encoding="utf-8", newline="\n")
    return names


def _entries(corpus: Corpus, doc_id: str) -> list[tuple[Provision, int]]:
    """(provision, end) of the pieces of a document: from each article, or what holds or precedes articles, to the next.

    Together they are the whole text from the first provision on, each word once.
    """
    kinds = corpus.unit_kinds(doc_id)
    units = [p for p in corpus.provisions[doc_id] if p.kind in kinds]
    inside = {p.eid for u in units for p in corpus.descendants(doc_id, u.eid)}
    holding = {a.eid for u in units for a in corpus.ancestors(doc_id, u.eid)}
    starts: dict[int, Provision] = {}
    for p in corpus.provisions[doc_id]:
        if p.eid in holding or p.eid not in inside:
            starts[p.start] = p  # the innermost that begins here
    ordered = sorted(starts)
    ends = [*ordered[1:], len(corpus.text[doc_id])]
    return [(starts[start], end) for start, end in zip(ordered, ends, strict=True)]


def _label(corpus: Corpus, provision: Provision, names: dict[str, str]) -> str:
    unit = corpus.unit(provision.doc_id, provision.eid)
    if unit is None or unit.eid != provision.eid:
        line = inert(corpus.text[provision.doc_id][provision.start : provision.end]).strip().partition("\n")[0]
        return line[:50]
    law, _ = corpus.law_of(provision.doc_id, provision.eid)
    label = unit_name(corpus, unit)
    if unit.heading and len(unit.heading) < 120:
        label += f". {inert(unit.heading)}"
    return label + (f" → {names[law]}" if law != provision.doc_id and law in names else "")


def _script(data: object) -> str:
    """JSON that is inert wherever a page puts it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
