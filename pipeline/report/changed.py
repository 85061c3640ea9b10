"""What changed since the run that baseline/ keeps, arranged for the page and the Markdown report.

Reads   the published tables and the kept run (pipeline/baseline.py); computes the difference as `make changes` does.
Does not say whether a change is for the better, nor whether the law, the texts or the rules brought it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.baseline import Baseline
from pipeline.changes import WATCHED, Change, between
from pipeline.records import TableSchema
from pipeline.report import cells
from pipeline.report.findings import Tables
from pipeline.report.links import Links
from pipeline.report.words import Words

KINDS = ("added", "removed", "changed")
MOST = 400  # changes of one table that the page lists; more are not read one by one, `make changes` has all


@dataclass(frozen=True)
class Changed:
    """The run compared with, and every finding that differs from it, by table."""

    baseline: Baseline
    tables: Mapping[str, list[Change]]  # tables without a change are left out
    as_of: str
    editions: Mapping[str, int]

    @property
    def counts(self) -> Counter[str]:
        """Findings added, removed, changed."""
        return Counter(c.kind for found in self.tables.values() for c in found)

    @property
    def same_day(self) -> bool:
        """Both runs describe the law of the same day."""
        return self.as_of == self.baseline.as_of

    @property
    def same_editions(self) -> bool:
        """Both runs read as many documents in each edition."""
        return dict(self.editions) == dict(self.baseline.editions)


def changed(tables: Tables, baseline: Baseline | None, as_of: str) -> Changed | None:
    """What differs from the kept run; None where none is kept."""
    if baseline is None:
        return None
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in between(baseline.tables, tables.folder):
        by_table[change.table].append(change)
    return Changed(baseline, by_table, as_of, Counter(r["edition"] for r in tables.rows("documents")))


@dataclass(frozen=True, slots=True)
class Line:
    """A change as shown: which finding, and (column, before, after) of what differs; a side that is not there is ''."""

    kind: str
    name: Markup
    values: list[tuple[str, Markup, Markup]]


def lines(found: Changed, schema: TableSchema, tables: Tables, links: Links, asked: Mapping[str, str]) -> list[Line]:
    """The changes of a table, as the page shows them; `asked` has the question of each indicator."""
    table, t = schema.name, links.t
    kinds = {c.name: c.type for c in schema.columns}
    here = {_identity(table, r): r for r in reversed(tables.rows(table))}
    anchored = len(here) > 0 and len(tables[table]) <= cells.MAX_ROWS

    def shown(row: Mapping[str, str], column: str) -> Markup:
        if column == "indicator" and row[column] in asked:
            return Markup("{} <code>{}</code>").format(asked[row[column]], row[column])
        return cells.cell(column, kinds.get(column, ""), row, t, links).html if row.get(column) else Markup("")

    out = []
    for change in found.tables[table][:MOST]:
        finding = change.finding
        skip = {doc for eid, doc in cells.PAIRED.items() if finding.get(eid) and doc in finding}
        parts = [shown(finding, c) for c in finding if c not in skip]
        name = Markup(" · ").join(p for p in parts if p)
        row = here.get(_identity(table, finding))
        href = _address(table, schema, row, anchored) if row is not None else ""
        if href:
            name += Markup(' <a class="more" href="{}">{}</a>').format(href, t("changes.row"))
        values = []
        for column in change.after or change.before:
            before, after = shown(change.before, column), shown(change.after, column)
            if before or after:
                values.append((cells.column_label(column, t), before, after))
        out.append(Line(change.kind, name, values))
    return out


def _identity(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(c, "") for c in WATCHED[table].identity)


def _address(table: str, schema: TableSchema, row: Mapping[str, str], anchored: bool) -> str:
    """Where the report shows a row: the gaps, the audit, or the table's own page."""
    if table == "gaps":
        return f"gaps.html#{row['jurisdiction']}-{row['indicator']}"
    if table == "claims":
        return f"audit.html#{row['claim_id']}"
    if schema.key and anchored:
        return f"view/{table}.html#{'-'.join(row[k] for k in schema.key)}"
    return f"view/{table}.html" if anchored else ""


def summary(found: Changed, t: Words) -> str:
    """One sentence: how many findings were added, removed and changed since which run."""
    run = t("changes.run", day=t.date(found.baseline.day), commit=found.baseline.commit)
    counts = found.counts
    if not counts:
        return t("changes.none", run=run)
    return t("changes.some", run=run, **{k: t.number(counts[k]) for k in KINDS})


def warnings(found: Changed, t: Words) -> list[str]:
    """What besides the rules may have brought the changes: another day, other editions."""
    said = []
    if not found.same_day:
        said.append(t("changes.other_day", was=t.date(found.baseline.as_of), now=t.date(found.as_of)))
    if not found.same_editions:
        was, now = (_editions(e, t) for e in (found.baseline.editions, found.editions))
        said.append(t("changes.other_editions", was=was, now=now))
    return said


def _editions(editions: Mapping[str, int], t: Words) -> str:
    return ", ".join(f"{n} × {t.of('edition', e)}" for e, n in sorted(editions.items()))


def plain(found: Changed, table: str, t: Words) -> list[tuple[str, str, str]]:
    """The changes of a table in words alone: kind, finding, what differs."""
    out = []
    for change in found.tables[table][:MOST]:
        name = " ".join(v for v in change.finding.values() if v)
        row = change.after or change.before
        what = "; ".join(
            f"{cells.column_label(c, t)}: {change.before[c] or '–'} → {change.after[c] or '–'}"
            if change.kind == "changed"
            else f"{cells.column_label(c, t)}: {row[c]}"
            for c in row
            if change.kind == "changed" or row[c] not in ("", "false")
        )
        out.append((t(f"changes.{change.kind}"), name, what))
    return out
