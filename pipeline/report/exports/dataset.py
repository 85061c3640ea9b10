"""The published tables as typed rows, and how they refer to each other. What the other exports are made of.

Reads   reports/tables/*.csv, through the schemas of the stages that wrote them.
Does not write; knows no column by position and no document by name, so a table or column added to a schema
appears in every export.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.audit import SCHEMA as CLAIMS
from pipeline.compare import SCHEMAS as COMPARED
from pipeline.gaps import SCHEMA as GAPS
from pipeline.records import TableSchema, read_csv

SCHEMAS: dict[str, TableSchema] = {**COMPARED, GAPS.name: GAPS, CLAIMS.name: CLAIMS}
# What a reader looks for first comes first; a table that is not named here follows, before the words themselves.
FIRST = ("gaps", "claims", "conduct_matrix", "palermo_matrix", "penalty_comparison", "protection", "fragmentation")
LAST = ("documents", "provisions", "evidence", "quality", "notices")
# A column of this name holds keys of that table.
REFERS = {
    "doc_id": ("documents", "doc_id"),
    "law": ("documents", "doc_id"),
    "source_doc": ("documents", "doc_id"),
    "target_doc": ("documents", "doc_id"),
    "evidence_id": ("evidence", "evidence_id"),
}
LAWS = ("law", "target_doc")  # of these, those of laws that are only amended or cited may be in no document
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
NAME, TITLE = "lacuna", "Lacuna: laws against trafficking and online sexual exploitation of children, compared"


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns of a table that hold keys of another table."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """The published tables in reading order."""

    folder: Path
    as_of: str

    @cached_property
    def schemas(self) -> list[TableSchema]:
        """Schemas of the tables that are there, in reading order."""
        between = sorted(SCHEMAS.keys() - {*FIRST, *LAST})
        return [SCHEMAS[n] for n in (*FIRST, *between, *LAST) if n in SCHEMAS and self.file(n).is_file()]

    def file(self, name: str) -> Path:
        """Where a table's CSV file is."""
        return self.folder / f"{name}.csv"

    @cached_property
    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Typed rows by table.

        Raises:
            ValueError: a file differs from its schema.
        """
        return {s.name: read_csv(self.file(s.name), s) for s in self.schemas}

    def references(self, schema: TableSchema) -> list[Reference]:
        """Which columns of a table hold keys of which table that is there."""
        there = {s.name for s in self.schemas}
        names = [c.name for c in schema.columns]
        found = [
            Reference((name,), target[0], (target[1],))
            for name in names
            if (target := REFERS.get(name)) and target[0] in there and target != (schema.name, name)
            if name not in LAWS or self._held(schema, name)
        ]
        if {"doc_id", "eid"} <= set(names) and schema.name != "provisions" and "provisions" in there:
            found.append(Reference(("doc_id", "eid"), "provisions", ("doc_id", "eid")))
        return found

    def _held(self, schema: TableSchema, name: str) -> bool:
        """Whether all laws that a column names are among the documents: one that is amended need not be."""
        held = {row["doc_id"] for row in self.rows["documents"]}
        return all(row[name] in held for row in self.rows[schema.name] if row[name])


def required(schema: TableSchema) -> set[str]:
    """Columns that are never empty: those of the key, but for one among several that may refer to nothing here."""
    return {k for k in schema.key if len(schema.key) == 1 or k in ("doc_id", "eid") or k not in REFERS}
