"""Answers in the terminal: provisions, why a span is tagged, gaps, the audit, offences, search.

Reads processed/ and reports/tables/. Writes nothing but to the terminal: tables that fit the window, or JSON.
Computes no finding: what a query shows is what the stages found, or (`explain`) what the rules find again.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from pipeline import Refused, link
from pipeline.consolidate import Consolidated, consolidated
from pipeline.corpus import Corpus
from pipeline.link.time import on_day
from pipeline.records import Document, Provision

EVIDENCE = re.compile(r"(?P<doc>[^@]+)@(?P<start>\d+)-(?P<end>\d+)~(?P<rule>.+)")
CONTEXT = 160  # characters shown on either side of a span

Row = dict[str, Any]


class QueryError(Refused):
    """Nothing has the name that was asked for; the message suggests what may have been meant."""


def _near(word: str, choices: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(choices), n=5, cutoff=0.4)
    return f"; did you mean {', '.join(found)}?" if found else ""


def load(processed: Path) -> tuple[Corpus, link.Links]:
    """The corpus and its links, as the last run left them.

    Raises:
        QueryError: the stages have not run.
    """
    if not (processed / "4-links" / "versions.jsonl").is_file():
        raise QueryError(f"{processed}/4-links is not here: run `dvc repro` (or `make repro`) first")
    corpus = Corpus(*(processed / n for n in ("1-text", "2-provisions", "3-tags")))
    return corpus, link.load(processed / "4-links", corpus)


# ----------------------------------------------------------------------------------------- show


def show(corpus: Corpus, links: link.Links, doc_id: str, eid: str, as_of: str) -> list[Row]:
    """A document's provisions (all, or `eid` and what is below it) as rows of words with source and dates.

    With a day (`as_of`, ISO) the law is consolidated as of it; without, the document is shown as it stands.

    Raises:
        QueryError: no such document or provision.
    """
    if doc_id not in corpus.documents:
        raise QueryError(f"no document {doc_id!r}{_near(doc_id, corpus.documents)}")
    rows = _on_day(corpus, links, doc_id, as_of) if as_of else _as_it_stands(corpus, doc_id)
    if not eid:
        return rows
    wanted = [r for r in rows if r["eid"] == eid or str(r["eid"]).startswith(eid + "__")]
    if wanted:
        return wanted
    if as_of:
        answer = on_day(corpus, links.versions, doc_id, eid, as_of)
        if answer.version is not None:
            ended = answer.version.valid_to and answer.version.valid_to <= as_of
            why = f"ended on {answer.version.valid_to}" if ended else f"begins on {answer.version.valid_from or '?'}"
            raise QueryError(f"{doc_id} {eid} was not in force on {as_of}: its text {why} (clause: {answer.clause})")
    raise QueryError(f"{doc_id} has no provision {eid!r}{_near(eid, [str(r['eid']) for r in rows])}")


def _as_it_stands(corpus: Corpus, doc_id: str) -> list[Row]:
    rows = []
    for p in corpus.provisions[doc_id]:
        children = corpus.children[doc_id, p.eid]
        rows.append(
            {
                "eid": p.eid,
                "num": p.num,
                "level": p.eid.count("__"),
                "state": p.part,
                "page": p.page_start,
                "text": _words(corpus, doc_id, p.start, children[0].start if children else p.end),
            }
        )
    return rows


def _on_day(corpus: Corpus, links: link.Links, law: str, day: str) -> list[Row]:
    moved: dict[str, list[str]] = {}
    for o in links.operations:
        if o.op == "replace_reference" and o.target_doc == law and o.effective and o.effective <= day:
            moved.setdefault(o.target_eid, []).append(f"{o.doc_id} {o.new_eid}")
    return [
        {**_row(corpus, r), "references_now": sorted(set(moved.get(r.eid, [])))}
        for r in consolidated(corpus, links, law, day)
    ]


def _row(corpus: Corpus, r: Consolidated) -> Row:
    row = dataclasses.asdict(r)
    row["text"] = _words(corpus, r.source_doc, r.start, r.end)
    return row


def _words(corpus: Corpus, doc_id: str, start: int, end: int) -> str:
    return " ".join(corpus.text[doc_id][start:end].split())


# -------------------------------------------------------------------------------------- explain


def _published(processed: Path) -> Iterator[str]:
    """The evidence ids of the published tables."""
    for file in sorted(processed.glob("*/evidence.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from (row["evidence_id"] for row in csv.DictReader(rows))


def explain(corpus: Corpus, links: link.Links, processed: Path, evidence_id: str) -> Row:
    """What an evidence id stands for: words, context, rule, document, page, provision, and what else competed.

    A part of an id is enough where only one evidence id has it.

    Raises:
        QueryError: nothing, or more than one thing, has that id.
    """
    tags = {t.evidence_id: t for ts in corpus.tags.values() for t in ts}
    known = list(dict.fromkeys([*tags, *_linked(links), *_published(processed)]))
    whole = evidence_id
    if evidence_id not in known and not EVIDENCE.fullmatch(evidence_id):
        found = sorted({k for k in known if evidence_id in k})
        if len(found) != 1:
            hint = f": {', '.join(found[:8])}{', …' if len(found) > 8 else ''}" if found else _near(evidence_id, known)
            raise QueryError(f"{len(found) or 'no'} evidence ids have {evidence_id!r}{hint}")
        whole = found[0]
    match = EVIDENCE.fullmatch(whole)
    if match is None or match["doc"] not in corpus.documents:
        raise QueryError(f"no evidence {whole!r}{_near(whole, known)}")
    doc_id, start, end, rule_id = match["doc"], int(match["start"]), int(match["end"]), match["rule"]
    text = corpus.text[doc_id]
    if whole not in known and rule_id != "parse.provision":
        in_doc = [k for k in known if k.startswith(doc_id + "@")]
        raise QueryError(f"no evidence {whole!r} in the last run{_near(whole, in_doc)}")
    if end > len(text):
        raise QueryError(f"{whole}: the text of {doc_id} has only {len(text)} characters")
    document = corpus.documents[doc_id]
    provision = _deepest(corpus, doc_id, start)
    return {
        "evidence_id": whole,
        "words": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
        "document": doc_id,
        "title": document.title_en or document.title,
        "edition": document.edition,
        "file": document.file,
        "page": corpus.page_of(doc_id, start),
        "provision": provision.eid if provision else "",
        "tag": dataclasses.asdict(tags[whole]) if whole in tags else None,
        "linked_as": _linked(links).get(whole, []),
        "rule": _rule(document, rule_id),
        "competed": _competitors(processed, document, corpus, start, end),
    }


def _linked(links: link.Links) -> dict[str, list[Row]]:
    """evidence id → the linked records that rest on it."""
    found: dict[str, list[Row]] = {}
    for kind, rows in (("citation", links.citations), ("sanction", links.sanctions), ("operation", links.operations)):
        for row in rows:
            found.setdefault(row.evidence_id, []).append({"kind": kind, **dataclasses.asdict(row)})
    return found


def _deepest(corpus: Corpus, doc_id: str, offset: int) -> Provision | None:
    holding = [p for p in corpus.provisions[doc_id] if p.start <= offset < p.end]
    return min(holding, key=lambda p: p.end - p.start) if holding else None


def _rule(document: Document, rule_id: str) -> Row:
    from pipeline.packs import load_pack  # noqa: PLC0415 - only this query needs rules

    rule = next((r for r in load_pack(document.jurisdiction).rules if r.id == rule_id), None)
    if rule is None:
        return {"id": rule_id, "source": "made by a stage from other tags, not by a rule of the pack"}
    kept = ("id", "label", "concept", "phrase", "regex", "value", "source", "counterexamples")
    data = rule.model_dump()
    row: Row = {k: data[k] for k in kept if data[k]}
    row["examples"] = [e if isinstance(e, str) else e.text for e in rule.examples]
    return row


def _competitors(processed: Path, document: Document, corpus: Corpus, start: int, end: int) -> list[Row]:
    """Every match of every rule that overlaps a span, and what became of it."""
    from pipeline.tag import fates, tagger_for  # noqa: PLC0415 - only this verb needs the rules

    documents = list(corpus.documents.values())
    found = fates(
        tagger_for(document, documents, processed / "1-text", processed / "2-provisions"), corpus.text[document.doc_id]
    )
    return [
        {
            "rule": rule.id,
            "label": rule.kind,
            "start": s,
            "end": e,
            "words": corpus.text[document.doc_id][s:e],
            "fate": fate,
        }
        for rule, s, e, fate in found
        if s < end and start < e
    ]


# --------------------------------------------------------------------------------------- tables


def table(folder: Path, name: str, wanted: Mapping[str, str]) -> list[Row]:
    """Rows of a published table whose columns hold what is wanted ('' wants nothing of a column).

    Raises:
        QueryError: no such table yet, or a value that no row has.
    """
    file = folder / f"{name}.csv"
    if not file.is_file():
        raise QueryError(f"{file} is not here: run `dvc repro` (or `make repro`) first")
    csv.field_size_limit(2**31 - 1)
    with file.open(encoding="utf-8", newline="") as lines:
        rows: list[Row] = list(csv.DictReader(lines))
    for column, value in wanted.items():
        if not value:
            continue
        values = sorted({v for r in rows for v in str(r[column]).split(";") if v})
        if value not in values:
            few = f" ({column} is one of {', '.join(values)})" if len(values) <= 12 else _near(value, values)
            raise QueryError(f"no row of {file} has {column} {value!r}{few}")
        rows = [r for r in rows if value in str(r[column]).split(";")]
    return rows


def search(corpus: Corpus, words: str, jurisdiction: str = "") -> list[Row]:
    """Provisions whose own words hold all the words that are asked for, whole or as the beginning of a word."""
    patterns = [re.compile(rf"\b{re.escape(w)}", re.IGNORECASE) for w in words.split()]
    if not patterns:
        raise QueryError("no words to search for")
    found = []
    for doc_id, provisions in corpus.provisions.items():
        if jurisdiction and corpus.documents[doc_id].jurisdiction != jurisdiction:
            continue
        for p in provisions:
            children = corpus.children[doc_id, p.eid]
            own = _words(corpus, doc_id, p.start, children[0].start if children else p.end)
            if all(x.search(own) for x in patterns):
                first = min(m.start() for x in patterns if (m := x.search(own)))
                shown = ("…" if first > 60 else "") + own[max(0, first - 60) : first + 180]
                found.append({"doc_id": doc_id, "eid": p.eid, "page": p.page_start, "part": p.part, "text": shown})
    return found


# ------------------------------------------------------------------------------------- printing


def console() -> Console:
    """The terminal; its width, or 100 columns where output goes to a file."""
    return Console(width=None if sys.stdout.isatty() else 100, highlight=False)


def print_json(data: Any) -> None:
    """JSON to standard output."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def print_rows(rows: list[Row], columns: Mapping[str, str], title: str) -> None:
    """A table of some columns (name → heading) that fits the window; cells fold, nothing is cut."""
    grid = Table(title=escape(f"{title}: {len(rows)}"), title_justify="left", expand=False)
    for heading in columns.values():
        grid.add_column(heading, overflow="fold")
    for row in rows:
        grid.add_row(*(escape(_cell(row.get(name, ""))) for name in columns))
    console().print(grid)


def print_provisions(rows: list[Row], title: str) -> None:
    """Provisions, indented by level, with what is said of their source and of their end."""
    out = console()
    out.print(f"[bold]{escape(title)}[/bold]")
    for row in rows:
        said = str(row.get("state", ""))
        if row.get("source_doc"):
            until = f", until {row['valid_to']}" if row["valid_to"] else ""
            said = f"{said}; {row['source_doc']} {row['source_eid']}; from {row['valid_from'] or '?'}{until}"
            if row["state"] != "in_force" or row["valid_to"]:
                said += f"; clause {row['by_clause']}"
            if row["references_now"]:
                said += f"; references to it now mean {', '.join(row['references_now'])}"
        indent = (0, 0, 0, 2 * int(row["level"]))
        out.print(Padding(f"[bold]{escape(str(row['eid']))}[/bold] [dim]{escape(said)}[/dim]", indent))
        gone = row.get("state") in ("deleted", "repealed", "expired", "replaced")
        words = escape(str(row["text"]))
        out.print(Padding(f"[strike]{words}[/strike]" if gone else words, indent))


def print_explained(found: Row) -> None:
    """What `explain` found."""
    out = console()
    out.print(f"[bold]{escape(found['evidence_id'])}[/bold]")
    before, after = (" ".join(found[k].split()) for k in ("before", "after"))
    out.print(f"…{escape(before)} [reverse]{escape(found['words'])}[/reverse] {escape(after)}…")
    grid = Table(show_header=False)
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    where = f"{found['document']} ({found['title']}), {found['edition']} edition, {found['file']}, page {found['page']}"
    grid.add_row("where", escape(where))
    grid.add_row("provision", escape(found["provision"]))
    if found["tag"]:
        tag = found["tag"]
        grid.add_row("tag", escape(f"{tag['label']} {tag['concept']} {_cell(tag['value'])}".strip()))
    for name, value in found["rule"].items():
        grid.add_row(f"rule: {name}", escape(_cell(value)))
    for row in found["linked_as"]:
        kept = {k: v for k, v in row.items() if v not in ("", None, [], False) and k not in ("evidence_id", "text")}
        grid.add_row(f"linked as {kept.pop('kind')}", escape(_cell(kept)))
    out.print(grid)
    print_rows(
        found["competed"], {"rule": "rule", "label": "label", "words": "words", "fate": "what became of it"}, "Competed"
    )


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k} {_cell(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "; ".join(_cell(v) for v in value)
    return str(value)
