"""reports/datapackage.json: what the CSV files hold, for programs (Frictionless Data Package, Table Schema).

Reads   the published tables' schemas and bytes, and the documents table for the sources.
Writes  one JSON text: types, meanings, keys, references between tables, hashes, licence, sources.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pipeline import __version__
from pipeline.records import Column, TableSchema
from pipeline.report.exports.dataset import LICENCE, NAME, TITLE, Dataset, required

DESCRIPTION = (
    "Comparison tables, regulatory gaps and an audit of a paper's claims, computed from the texts of laws. Each cell "
    "carries keys of evidence.csv, which holds the words it rests on. Where text has one of = + - @ at its start or "
    "after a semicolon, an apostrophe stands before that sign, so that no spreadsheet takes it for a formula; the "
    "apostrophe is no part of the text. Empty cells are missing values."
)


def build(dataset: Dataset) -> str:
    """The descriptor of the data package that the folder of reports is."""
    package = {
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": __version__,
        "profile": "tabular-data-package",
        "licenses": [LICENCE],
        "contributors": [{"title": "The Lacuna developers", "role": "author"}],
        "keywords": ["comparative law", "trafficking in persons", "child protection", "Indonesia", "Philippines"],
        "sources": [
            {"title": row["title_en"] or row["title"], **({"path": urls[0]} if (urls := row["official_urls"]) else {})}
            for row in dataset.rows.get("documents", [])
        ],
        "resources": [_resource(dataset, schema) for schema in dataset.schemas],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(dataset: Dataset, schema: TableSchema) -> dict[str, Any]:
    data = dataset.file(schema.name).read_bytes()
    table: dict[str, Any] = {"fields": [_field(c, schema) for c in schema.columns], "missingValues": [""]}
    if schema.key:
        table["primaryKey"] = list(schema.key)
    references = [
        {"fields": list(r.columns), "reference": {"resource": r.table, "fields": list(r.keys)}}
        for r in dataset.references(schema)
    ]
    if references:
        table["foreignKeys"] = references
    return {
        "name": schema.name,
        "title": schema.title,
        "path": f"tables/{schema.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": table,
    }


def _field(column: Column, schema: TableSchema) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "list":
        described |= {"delimiter": ";", "itemType": "string"}
    if column.name in required(schema):
        described["constraints"] = {"required": True} | ({"unique": True} if len(schema.key) == 1 else {})
    return described
