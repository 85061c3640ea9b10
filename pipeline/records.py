"""Every record that passes between stages, and every column of every table, in one place.

Reads and writes JSON Lines (one record a line, keys in field order, UTF-8) and CSV. Does not know any stage.
Offsets are document-global: `text[start:end]` of a document's canonical text is the words of the record.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Document:
    """A document as `sources.yaml` describes it, and the file that was read for it."""

    doc_id: str
    akn_uri: str
    jurisdiction: str  # code of the pack: id, ph, int, paper
    kind: str
    number: str
    year: int
    title: str
    title_en: str
    short_names: list[str]
    language: str
    signed: str | None  # ISO date
    published: str | None  # ISO date
    amends: list[str]
    implements: str  # doc_id of the act that implementing rules carry out, or ''
    official_urls: list[str]
    gazette: str
    articles: str  # ranges of what the official text has
    quoted: str
    omits: str  # ranges of what this edition leaves out
    checked: str  # official | secondary | unchecked
    notes: str
    edition: str  # digest | official
    file: str  # path that was read, relative to the project
    sha256: str
    pages: int
    characters: int
    entered_into_force: str | None = None  # treaties: ISO date on which the depositary says it did


@dataclass(frozen=True, slots=True)
class Page:
    """One page of canonical text. The pages of a document are contiguous: `start` is the last `end`."""

    doc_id: str
    page: int  # 1-based
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table found on a page: rows of cells, header first; `start`/`end` span its words in the text."""

    doc_id: str
    page: int
    caption: str
    start: int
    end: int
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the results should know about how a document was read."""

    doc_id: str
    page: int
    stage: str
    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How many words a page has, and how many of them the language's word list knows (null: there is no list)."""

    doc_id: str
    page: int
    words: int
    known_words: int | None


@dataclass(frozen=True, slots=True)
class Provision:
    """A structural unit of a document; children lie inside their parent's span."""

    doc_id: str
    eid: str
    parent_eid: str
    kind: str  # division, article, section, para, point, …
    num: str
    heading: str
    start: int
    end: int
    page_start: int
    page_end: int
    part: str  # front | preamble | body | quoted | closing | elucidation | annex | translation


@dataclass(frozen=True, slots=True)
class Tag:
    """A span that a rule recognised. `eid` is the deepest provision whose own words hold it."""

    doc_id: str
    eid: str
    rule_id: str
    label: str
    concept: str
    value: dict[str, Any]
    start: int
    end: int
    page: int
    text: str
    part: str = "body"

    @property
    def evidence_id(self) -> str:
        """Names this span and its rule; `evidence.csv` resolves it."""
        return f"{self.doc_id}@{self.start}-{self.end}~{self.rule_id}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference from one provision to another, or to a whole document."""

    doc_id: str
    eid: str
    start: int
    end: int
    page: int
    text: str
    target_doc: str  # doc_id, or '' when outside the corpus
    target_eid: str  # '' for a whole document
    target_as_cited: str
    status: str  # resolved | omitted | outside_corpus | dangling
    evidence_id: str
    instrument: str = ""  # the words that name the instrument; '' where the reference names none


@dataclass(frozen=True, slots=True)
class Sanction:
    """One sanction: what a court may impose for one thing on one kind of person. None = the law sets no such bound."""

    doc_id: str
    eid: str
    prison_min_months: int | None
    prison_max_months: int | None
    life: bool
    death: bool
    fine_min: int | None
    fine_max: int | None
    fine_category_min: str
    fine_category_max: str
    currency: str
    conjunction: str  # and | or | and_or | none: between imprisonment and fine
    penalty_name: str
    relative: str
    subject: str  # person | corporation | official
    part: str
    page: int
    start: int
    end: int
    evidence_id: str
    # What figures were computed from, and the clause does not say itself: evidence ids of the article that values a
    # fine category or gives a named penalty its duration, of the sanction that a relative one changes.
    computed_from: list[str] = field(default_factory=list)
    # A fine that is a share of something: `10 to 30 per cent of its net worth`.
    fine_min_percent: int | None = None
    fine_max_percent: int | None = None
    fine_percent_of: str = ""


@dataclass(frozen=True, slots=True)
class Offence:
    """Conduct joined to its sanctions, though they may stand in different provisions."""

    doc_id: str
    eid: str  # provision that describes the conduct
    conduct: list[str]
    victim: str  # child | any
    elements: list[str]
    # Of `conduct` and `elements`, those taken from a provision that the conduct names, and by which citation.
    inherited: list[str]
    penalty_eids: list[str]
    prison_min_months: int | None
    prison_max_months: int | None
    life: bool
    death: bool
    fine_min: int | None
    fine_max: int | None
    fine_category_min: str
    fine_category_max: str
    currency: str
    conjunction: str
    subject: str
    aggravations: list[str]
    valid_from: str
    valid_to: str
    in_force: str  # yes | no | unknown, on params.as_of
    evidence_ids: list[str]
    computed_from: list[str] = field(default_factory=list)  # as in Sanction
    fine_min_percent: int | None = None
    fine_max_percent: int | None = None
    fine_percent_of: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a clause does to the law: amend, insert, delete, repeal, expire, keep_in_force, replace_reference, …"""

    doc_id: str
    eid: str
    op: str
    target_doc: str
    target_eid: str
    new_eid: str  # provision of doc_id that carries the new text, or to which references now go
    effective: str  # ISO date, or '' when it cannot be computed
    date_rule: str  # how the date was computed
    page: int
    evidence_id: str


@dataclass(frozen=True, slots=True)
class Version:
    """The text of one provision of a law between two dates."""

    law: str
    eid: str
    source_doc: str
    source_eid: str
    operation: str
    valid_from: str
    valid_to: str
    current: str  # yes | no | unknown, on params.as_of
    evidence_id: str  # the clause by which it began
    end_evidence_id: str = ""  # the clause by which it ended, or will end
    attested_from: str = ""  # where no clause dates its beginning: from when other laws take it to be in force


Record = TypeVar("Record")
csv.field_size_limit(2**31 - 1)  # a list of evidence ids may outgrow the module's own 128 KiB


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A new folder to write into; once all is written it becomes `out`, and after a failure `out` is as before."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(out, ignore_errors=True)
    fresh.replace(out)


def write_jsonl(path: Path, records: Iterable[Any]) -> None:
    """Write records to `path`, one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(to_json(record) + "\n")


def to_json(record: Any) -> str:
    """One record as one line of JSON."""
    return json.dumps({f.name: getattr(record, f.name) for f in dataclasses.fields(record)}, ensure_ascii=False)


def read_jsonl(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Records of `kind` from `path`, one at a time."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield kind(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table."""

    name: str
    type: str  # string | integer | number | boolean | date | list
    description: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A published table. `key` names the columns that tell its rows apart."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = field(default=())


def write_csv(path: Path, schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write `rows` as CSV in the schema's column order; returns how many.

    Lists are joined with `;` (a semicolon inside an item becomes a comma), booleans are true/false, None is empty.
    Document text is untrusted: controls and bidirectional overrides are dropped, and what a spreadsheet would take
    for a formula gets an apostrophe in front. `read_csv` takes it away again.

    Raises:
        ValueError: a row has a column that the schema does not know, or lacks one.
    """
    names = [c.name for c in schema.columns]
    expected = set(names)
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        if set(row) != expected:
            raise ValueError(
                f"{schema.name}.csv: a row's columns differ from records.py: "
                f"unknown {sorted(set(row) - expected)}, missing {sorted(expected - set(row))}"
            )
        writer.writerow([_cell(row[name]) for name in names])
        count += 1
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
    return count


def read_csv(path: Path, schema: TableSchema) -> list[dict[str, Any]]:
    """Rows of a file that `write_csv` wrote, typed as the schema says.

    Returns:
        One mapping a row. Empty cells are None (an empty list in a list column, '' in a string column).

    Raises:
        ValueError: the header differs from the schema, or a cell is not of its column's type.
    """
    names = [c.name for c in schema.columns]
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != names:
            raise ValueError(f"{path}: columns are {header}, records.py says {names}; run the pipeline again")
        parse = [PARSERS[c.type] for c in schema.columns]
        for number, cells in enumerate(reader, 2):
            try:
                rows.append({n: p(cell) for n, p, cell in zip(names, parse, cells, strict=True)})
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}: line {number}: {error}") from error
    return rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ";".join(inert(str(v).replace(";", ",")) for v in value)
    if isinstance(value, float):
        return f"{value:.12g}"
    return inert(value) if isinstance(value, str) else str(value)


# Controls, marks that turn the direction of writing, and what no XML file may hold. None of them is a word of a law.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
# A spreadsheet may take a cell that begins with one of these for a formula. It cuts a line into cells at commas and
# tabs or, where the comma is the decimal sign (Indonesia), at semicolons: so what follows a semicolon begins a cell.
FORMULA = re.compile(r"(^|;)([\s\"]*)('*[=+\-@＝＋－＠])")
ESCAPED = re.compile(r"(^|;)([\s\"]*)'('*[=+\-@＝＋－＠])")


def visible(text: str) -> str:
    """`text` on one line, without controls and marks that turn the direction of writing."""
    return " ".join(UNSEEN.sub("", text).split())


def inert(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet takes for a formula; `as_written` is its inverse."""
    return FORMULA.sub(r"\1\2'\3", visible(text))


def as_written(cell: str) -> str:
    """The text of a cell that `inert` wrote."""
    return ESCAPED.sub(r"\1\2\3", cell)


def _boolean(cell: str) -> bool | None:
    return {"true": True, "false": False, "": None}[cell]


PARSERS: dict[str, Callable[[str], Any]] = {
    "string": as_written,
    "integer": lambda cell: int(cell) if cell else None,
    "number": lambda cell: float(cell) if cell else None,
    "boolean": _boolean,
    "date": lambda cell: datetime.date.fromisoformat(cell) if cell else None,
    "list": lambda cell: [as_written(item) for item in cell.split(";") if item],
}


def columns_of(kind: type[Any], descriptions: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns for a record type, with what each means."""
    types = {"int": "integer", "int | None": "integer", "bool": "boolean", "list[str]": "list"}
    return tuple(
        Column(
            f.name,
            "date" if f.name in DATES else types.get(str(f.type), "string"),
            descriptions.get(f.name, COMMON.get(f.name, "")),
        )
        for f in dataclasses.fields(kind)
    )


DATES = frozenset({"signed", "published", "valid_from", "valid_to", "effective"})  # ISO dates, or empty
COMMON: dict[str, str] = {
    "doc_id": "document; key of documents.csv",
    "eid": "provision inside the document, Akoma Ntoso style (art_2__para_1)",
    "page": "page of the file that was read, from 1",
    "page_start": "first page",
    "page_end": "last page",
    "start": "offset of the first character in the document's canonical text",
    "end": "offset after the last character",
    "part": "preamble, body, closing, elucidation, quoted (set out by an amending act) or front",
    "evidence_id": "key of evidence.csv",
    "evidence_ids": "keys of evidence.csv, separated by ;",
    "prison_min_months": "shortest imprisonment, months",
    "prison_max_months": "longest imprisonment, months",
    "life": "life imprisonment is possible",
    "death": "the death penalty is possible",
    "fine_min": "lowest fine, in `currency`",
    "fine_max": "highest fine, in `currency`",
    "fine_min_usd": "lowest fine, US dollars at the rate in conversions.csv",
    "fine_max_usd": "highest fine, US dollars at the rate in conversions.csv",
    "fine_min_gdp_per_capita": "lowest fine, in multiples of GDP per head (conversions.csv)",
    "fine_max_gdp_per_capita": "highest fine, in multiples of GDP per head (conversions.csv)",
    "fine_category_min": "lowest fine category (UU 1/2023 art 79)",
    "fine_category_max": "highest fine category (UU 1/2023 art 79)",
    "fine_min_percent": "lowest fine, as a share of `fine_percent_of`, %",
    "fine_max_percent": "highest fine, as a share of `fine_percent_of`, %",
    "fine_percent_of": "what a fine is a share of, in the words of the law",
    "currency": "ISO 4217",
    "conjunction": "how imprisonment and fine are joined: and, or, and_or, none",
    "subject": "who is punished: person, corporation, official",
    "valid_from": "first day on which the text applied; empty: cannot be computed from the corpus",
    "valid_to": "day from which it no longer applied; empty: no end known",
    "computed_from": "evidence of what the figures were computed from, where the clause does not say them itself (the "
    "article that values a fine category or a named penalty, the sanction that a relative one changes), separated by ;",
    "jurisdiction": "code of the pack",
    "text": "the words",
    "status": "see the column's values in the report's method section",
}


def rows_of(records: Sequence[Any]) -> list[dict[str, Any]]:
    """Records as mappings, for `write_csv` and pandas."""
    return [{f.name: getattr(r, f.name) for f in dataclasses.fields(r)} for r in records]
