"""reports/lacuna.sqlite and reports/metadata.json: the tables as a database, ready for Datasette.

Reads   the published tables (dataset.py), and the words of the provisions.
Writes  a SQLite file: typed columns, keys that are enforced, indexes, full-text search, views for common questions;
        and what Datasette shows beside them.
Text goes in as bound parameters, never as SQL. The engine is the one that the apsw package carries, so that its
version, and with it the layout of the file, is the same wherever the lock file was installed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from pipeline.corpus import Corpus
from pipeline.records import COMMON, Column, TableSchema, visible
from pipeline.report.exports.dataset import LICENCE, TITLE, Dataset, required

APPLICATION_ID = 0x4C414355  # "LACU"
LAYOUT = 1  # pragma user_version; counts changes to the layout of this file
VERSION_FIELD = slice(96, 100)  # of the header: version of the library that wrote last (fileformat2, 1.3)
WRITER_VERSION = 3_040_000
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "list": "TEXT"}
PASSAGES = TableSchema(
    "passages",
    "The words of every provision, without those of the provisions inside it",
    (
        Column("doc_id", "string", COMMON["doc_id"]),
        Column("eid", "string", COMMON["eid"]),
        Column("text", "string", "the words"),
    ),
)
# Tables whose words are searched: the columns that hold them.
SEARCHED = {
    "evidence": ("text", "eid", "doc_id"),
    "passages": ("text",),
    "gaps": ("question", "why", "source"),
    "claims": ("statement", "found", "cited"),
}
# Questions that people ask, as views. Each is made where its tables and columns are.
VIEWS = {
    "open_gaps": (
        "Indicators that a law meets only in part or not at all, the gravest first",
        """SELECT jurisdiction, benchmark, indicator, question, status, severity, provisions, why, closed_by FROM gaps
        WHERE status NOT IN ('met', 'not_assessed')
        ORDER BY CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, jurisdiction, indicator""",
    ),
    "statuses": (
        "Indicators by benchmark, jurisdiction and status",
        """SELECT benchmark, jurisdiction, status, COUNT(*) AS indicators FROM gaps
        GROUP BY benchmark, jurisdiction, status ORDER BY benchmark, jurisdiction, status""",
    ),
    "evidence_of_gaps": (
        "The words that each finding on an indicator rests on",
        """SELECT g.jurisdiction, g.indicator, g.status, e.doc_id, e.eid, e.page, e.text, e.evidence_id
        FROM gaps g JOIN gaps_evidence x ON x.gaps_id = g.id JOIN evidence e ON e.evidence_id = x.evidence_id
        ORDER BY g.id, x.position""",
    ),
    "provisions_in_force": (
        "Provisions in force, with their words",
        """SELECT p.doc_id, p.eid, p.law, p.law_eid, p.heading, w.text FROM provisions p
        JOIN passages w ON w.doc_id = p.doc_id AND w.eid = p.eid WHERE p.in_force = 'yes'""",
    ),
    "claims_to_correct": (
        "What the paper says that the law does not bear out",
        """SELECT claim_id, section, page, statement, cited, found, verdict, severity FROM claims
        WHERE verdict NOT IN ('supported', 'not_checkable') ORDER BY claim_id""",
    ),
    "penalties_side_by_side": (
        "Lowest minimum and highest maximum term of imprisonment (months) by conduct and jurisdiction",
        """SELECT label, jurisdiction, COUNT(*) AS offences, MIN(prison_min_months) AS prison_min_months,
        MAX(prison_max_months) AS prison_max_months, MAX(life) AS life FROM penalty_comparison
        GROUP BY label, jurisdiction ORDER BY label, jurisdiction""",
    ),
    "citations_between_documents": (
        "How often one document cites another",
        """SELECT doc_id, target_doc, COUNT(*) AS citations FROM citations WHERE target_doc IS NOT NULL
        GROUP BY doc_id, target_doc ORDER BY citations DESC, doc_id, target_doc""",
    ),
}


def passages(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Rows of `PASSAGES`: the words of each provision that stand in none of its children; … where a child stood."""
    for doc_id, provisions in corpus.provisions.items():
        for provision in provisions:
            pieces, at = [], provision.start
            children = sorted(corpus.children.get((doc_id, provision.eid), []), key=lambda c: c.start)
            for start, end in [*((c.start, c.end) for c in children), (provision.end, provision.end)]:
                pieces.append(visible(corpus.text[doc_id][at:start]))
                at = max(at, end)
            if words := " … ".join(piece for piece in pieces if piece):
                yield {"doc_id": doc_id, "eid": provision.eid, "text": words}


def build(dataset: Dataset, words: Iterable[dict[str, Any]] = ()) -> bytes:
    """The database file. `words` are rows of `PASSAGES`.

    Raises:
        ValueError: a row refers to a row that is not there.
    """
    connection = apsw.Connection(":memory:")
    for pragma in (
        "page_size = 4096",
        "encoding = 'UTF-8'",
        "auto_vacuum = NONE",
        "foreign_keys = OFF",  # checked once, after all tables are filled
        f"application_id = {APPLICATION_ID}",
        f"user_version = {LAYOUT}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    with connection:
        for schema in dataset.schemas:
            _fill(connection, dataset, schema, dataset.rows[schema.name])
        _fill(connection, dataset, PASSAGES, list(words))
        for name, (_, query) in _views(dataset):
            connection.execute(f"CREATE VIEW {_name(name)} AS {query}")
    broken = list(connection.execute("PRAGMA foreign_key_check"))
    if broken:
        table, row, target, _ = broken[0]
        raise ValueError(f"{table}: row {row} refers to a row of {target} that is not there; run the pipeline again")
    connection.execute("VACUUM")
    data = bytearray(connection.serialize("main"))
    connection.close()
    data[VERSION_FIELD] = WRITER_VERSION.to_bytes(4, "big")
    return bytes(data)


def metadata(dataset: Dataset) -> str:
    """What Datasette shows beside the tables: titles, meanings of columns, licence."""
    tables: dict[str, Any] = {}
    for schema in (*dataset.schemas, PASSAGES):
        tables[schema.name] = {
            "description": schema.title,
            "columns": {c.name: c.description for c in schema.columns},
            "label_column": schema.key[0] if len(schema.key) == 1 else "id",
        }
        for column in _linked(schema):
            tables[_link_name(schema, column)] = {"hidden": True}
    for name, (title, _) in _views(dataset):
        tables[name] = {"description": title}
    about = {"license": LICENCE["title"], "license_url": LICENCE["path"], "title": TITLE}
    return json.dumps(
        {**about, "description": f"The law as of {dataset.as_of}", "databases": {"lacuna": {"tables": tables}}},
        ensure_ascii=False,
        indent=1,
    ) + "\n"  # fmt: skip


def _views(dataset: Dataset) -> Iterator[tuple[str, tuple[str, str]]]:
    """Views whose tables are all there."""
    there = {s.name for s in (*dataset.schemas, PASSAGES)}
    for name, (title, query) in VIEWS.items():
        words = query.split()
        tables = {words[i + 1] for i, w in enumerate(words) if w in ("FROM", "JOIN")}
        if {t.removesuffix("_evidence") for t in tables} <= there:
            yield name, (title, query)


def _name(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def _names(names: Iterable[str]) -> str:
    return ", ".join(_name(n) for n in names)


def _linked(schema: TableSchema) -> list[str]:
    """Columns that list keys of the evidence table."""
    return [c.name for c in schema.columns if c.name == "evidence_ids"]


def _link_name(schema: TableSchema, column: str) -> str:
    return f"{schema.name}_{column.removesuffix('_ids')}"


def _value(column: Column, value: Any, key: bool) -> Any:
    if isinstance(value, list):
        return ";".join(value) or None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value == "" and not key else value


def _fill(connection: apsw.Connection, dataset: Dataset, schema: TableSchema, rows: Sequence[dict[str, Any]]) -> None:
    """A table, its rows in order, the table that joins it to its evidence, its indexes and its search."""
    single = schema.key if len(schema.key) == 1 else ()
    references = dataset.references(schema)
    columns = [
        f"{_name(c.name)} {TYPES[c.type]}" + (" NOT NULL" if c.name in required(schema) else "") for c in schema.columns
    ]
    limits = [f"UNIQUE ({_names(schema.key)})"] if schema.key else []
    limits += [f"FOREIGN KEY ({_names(r.columns)}) REFERENCES {_name(r.table)} ({_names(r.keys)})" for r in references]
    key = ["id INTEGER PRIMARY KEY"]
    if single:
        columns = [
            c + (" PRIMARY KEY" if n.name == single[0] else "") for c, n in zip(columns, schema.columns, strict=True)
        ]
        limits, key = limits[1:], []
    connection.execute(f"CREATE TABLE {_name(schema.name)} ({', '.join([*key, *columns, *limits])})")
    names = [c.name for c in schema.columns]
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {_name(schema.name)} ({_names(names)}) VALUES ({marks})",
        ([_value(c, row[c.name], c.name in required(schema)) for c in schema.columns] for row in rows),
    )
    for column in _linked(schema):
        link, own = _name(_link_name(schema, column)), _name(f"{schema.name}_id")
        target = f"{_name(schema.name)} ({_name(single[0]) if single else 'id'})"
        connection.execute(
            f"CREATE TABLE {link} ({own} {'TEXT' if single else 'INTEGER'} NOT NULL REFERENCES {target}, "
            "position INTEGER NOT NULL, evidence_id TEXT NOT NULL REFERENCES evidence (evidence_id), "
            f"PRIMARY KEY ({own}, position)) WITHOUT ROWID"
        )
        connection.executemany(
            f"INSERT INTO {link} VALUES (?, ?, ?)",
            (
                (row[single[0]] if single else number, position, evidence)
                for number, row in enumerate(rows, 1)
                for position, evidence in enumerate(row[column], 1)
            ),
        )
        connection.execute(f"CREATE INDEX {_name(_link_name(schema, column) + '_of')} ON {link} (evidence_id)")
    for reference in references:
        index = _name(f"{schema.name}_{'_'.join(reference.columns)}")
        connection.execute(f"CREATE INDEX {index} ON {_name(schema.name)} ({_names(reference.columns)})")
    searched = [n for n in SEARCHED.get(schema.name, ()) if n in names]
    if searched:
        search = _name(f"{schema.name}_fts")
        connection.execute(
            f"CREATE VIRTUAL TABLE {search} USING fts5({_names(searched)}, content={_name(schema.name)}, "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")
        connection.execute(f"INSERT INTO {search} ({search}) VALUES ('optimize')")
