"""docs/data.md: what every published file, table and column holds.

Reads   the schemas only, so it says what a run will write, not what one wrote.
Writes  Markdown; `python -m pipeline dictionary` puts it into docs/, a test compares it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.exports.dataset import FIRST, LAST, REFERS, SCHEMAS
from pipeline.report.exports.sqlite import PASSAGES, VIEWS

HEAD = """\
# Data dictionary

Made by `python -m pipeline dictionary` from the schemas in the code; a test compares the two. Do not edit it.

## Files to take away

| file in `reports/` | what it is |
|---|---|
| `tables/*.csv` | every table, UTF-8, comma-separated, header row |
| `brief.pdf`, `brief-id.pdf` | the policy brief, four pages, in English and Indonesian |
| `datapackage.json` | types, meanings, keys and hashes of the CSV files (Frictionless Data Package) |
| `lacuna.xlsx` | the same tables as a workbook: typed, filtered, annotated; evidence ids lead to the words |
| `lacuna.sqlite` | the same tables as a database, with the words of every provision and full-text search; not committed, `make repro` makes it |
| `metadata.json` | what Datasette shows: `datasette lacuna.sqlite -m metadata.json` |
| `ro-crate-metadata.json` | the folder described for an archive (RO-Crate 1.1): files, inputs, hashes, licence |

All are the same bytes on every machine that has the packages of the lock file.

## How to read the CSV files

- An empty cell is a missing value. Lists are separated by `;`. Days are ISO 8601, truth is `true` or `false`.
- Text has no line breaks, no control characters and no marks that turn the direction of writing.
- Where text has one of `=`, `+`, `-`, `@` at its start or after a semicolon, an apostrophe stands before that sign, so
  that no spreadsheet takes it for a formula. The apostrophe is no part of the text: the workbook and the database hold
  the text without it, and `pipeline.records.read_csv` takes it away.
- `evidence_id` and `evidence_ids` hold keys of `evidence.csv`: document, page, provision and words.

## What changed

`make changes` (or `python -m pipeline changes [--since REVISION] [--json]`) compares the tables in `reports/` with those
that a Git revision holds, by default the last commit: findings added, removed and changed. The report itself holds no such
list: a report that shows its own difference to the commit before it would differ after every commit, although nothing
that it was computed from did.

## Tables
"""


def build() -> str:
    """The data dictionary as Markdown."""
    return HEAD + "\n".join(_tables()) + "\n"


def _tables() -> Iterator[str]:
    between = sorted(SCHEMAS.keys() - {*FIRST, *LAST})
    for schema in [SCHEMAS[n] for n in (*FIRST, *between, *LAST) if n in SCHEMAS]:
        yield f"\n### {schema.name}\n\n{schema.title}." + (
            f" Key: {', '.join(f'`{k}`' for k in schema.key)}." if schema.key else ""
        )
        yield "\n| column | type | meaning |\n|---|---|---|"
        for column in schema.columns:
            target = REFERS.get(column.name)
            refers = f" → `{target[0]}.{target[1]}`" if target and target != (schema.name, column.name) else ""
            yield f"| `{column.name}` | {column.type} | {column.description.replace('|', chr(92) + '|')}{refers} |"
    yield "\n## Only in the database\n\n| table or view | what it holds |\n|---|---|"
    yield f"| `{PASSAGES.name}` | {PASSAGES.title} |"
    yield "| `<table>_evidence` | one row for each of the table's `evidence_ids`, in order |"
    yield "| `<table>_fts` | full-text search over the table's words |"
    for name, (title, _) in VIEWS.items():
        yield f"| `{name}` | {title} |"
