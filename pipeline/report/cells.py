"""Published tables as HTML, from their schemas alone: a new table or column shows without new code.

A column's kind follows from its type and name; ids become links and words; the columns of a penalty become two. Every
row keeps its link to the words. Offsets and hashes stay in the CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup, escape

from pipeline.records import TableSchema
from pipeline.report.links import EVIDENCE, Links
from pipeline.report.words import Words, inert
from pipeline.standards import benchmarks
from pipeline.vocabulary import vocabulary

MAX_ROWS = 1000  # a longer table is offered as a file only
MOST_INHERITED = 3
LONG = 220  # characters of a cell before the rest is folded away
HIDDEN = frozenset(
    (
        "start",
        "end",
        "page_start",
        "page_end",
        "sha256",
        "akn_uri",
        "currency",
        "characters",
        "as_of",
        "fine_percent_of",
    )
)
PRISON = ("prison_min_months", "prison_max_months", "life", "death")
FINE = ("fine_min", "fine_max", "fine_category_min", "fine_category_max", "fine_min_percent", "fine_max_percent")
PAIRED = {  # column of a provision → column of the document it stands in
    "eid": "doc_id",
    "section": "doc_id",
    "new_eid": "doc_id",
    "parent_eid": "doc_id",
    "law_eid": "law",
    "source_eid": "source_doc",
    "target_eid": "target_doc",
}
VALUES = frozenset(  # columns whose values are words of the catalogue
    ("status", "verdict", "severity", "in_force", "current", "victim", "conjunction", "subject", "op", "operation",
     "part", "element", "form", "edition", "checked", "kind", "change", "role", "sanction", "computed_status")
)  # fmt: skip
SPOKEN = frozenset(  # columns that hold sentences of the stages
    ("why", "found", "asserted", "searched", "because", "commencement_rule", "date_rule", "nearest_lacks", "effect",
     "relative")
)  # fmt: skip
IDS = frozenset(("indicator", "benchmark", "claim_id", "rule_id", "file"))
BADGES = frozenset(("status", "computed_status", "verdict", "severity"))
FEW = 12  # a column with at most so many values gets a menu


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and what it is sorted by ('' = by what it shows)."""

    html: Markup
    sort: str = ""


@dataclass
class Head:
    """A column as shown."""

    name: str
    label: str
    about: str
    numeric: bool = False
    menu: bool = False


@dataclass
class Sheet:
    """A table as shown."""

    name: str
    title: str
    heads: list[Head]
    rows: list[list[Cell]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def sheet(
    schema: TableSchema, rows: Sequence[dict[str, str]], t: Words, links: Links, without: Sequence[str] = ()
) -> Sheet:
    """A published table, ready to show; `without` names columns that the context already gives."""
    columns = {c.name: c for c in schema.columns}
    skip = {*HIDDEN, *without} - set(schema.key)
    for eid, doc in PAIRED.items():
        if eid in columns and doc in columns:
            skip.add(doc)
    if "label" in columns and "concept" in columns:
        skip.add("label")
    shown: list[str] = []
    for name in columns:
        group = "prison" if name in PRISON and columns.keys() >= set(PRISON[:2]) else "fine" if name in FINE else ""
        if group and group not in shown:
            shown.append(group)
        elif not group and name not in skip:
            shown.append(name)
    made = Sheet(schema.name, table_title(schema, t), [])
    for name in shown:
        values = {r.get(name, "") for r in rows}
        column = columns.get(name)
        made.heads.append(
            Head(
                name,
                column_label(name, t),
                column_about(name, column.description if column else "", t),
                numeric=name in ("prison", "fine") or (column is not None and column.type in ("integer", "number")),
                menu=1 < len(values) <= FEW
                and name not in ("prison", "fine")
                and (column is not None and column.type == "string"),
            )
        )
    for row in rows:
        made.rows.append([cell(name, columns[name].type if name in columns else "", row, t, links) for name in shown])
        made.ids.append("-".join(row[k] for k in schema.key) if schema.key else "")
    return made


@cache
def questions(t: Words) -> dict[str, str]:
    """The question of each indicator."""
    return {i.id: t.own(i, "question") for b in benchmarks() for i in b.indicators}


def table_title(schema: TableSchema, t: Words) -> str:
    """Title of a published table."""
    return t.messages.get(f"tables.{schema.name}.title", schema.title)


def column_label(name: str, t: Words) -> str:
    """Short heading of a column."""
    return t.messages.get(f"columns.{name}.label", name.replace("_", " "))


def column_about(name: str, description: str, t: Words) -> str:
    """What a column means."""
    return t.messages.get(f"columns.{name}.about", description)


def badge(group: str, value: str, t: Words) -> Markup:
    """A status word that is told by its word and its shape, not by colour alone."""
    kind = value.replace(" ", "_")
    return Markup('<span class="badge {}">{}</span>').format(kind, t.of(group, value)) if value else Markup("")


def prison(row: Mapping[str, str], t: Words) -> Cell:
    """Terms of imprisonment as one cell; sorted by the longest, life and death above all terms."""
    low, high = row.get("prison_min_months", ""), row.get("prison_max_months", "")
    life, death = row.get("life") == "true", row.get("death") == "true"
    said = []
    if low and high and low != high:
        said.append(t("range", low=t.months(low), high=t.months(high)))
    elif high:
        said.append(t.months(high) if low else t("up_to", n=t.months(high)))
    elif low:
        said.append(t("at_least", n=t.months(low)))
    said += [t("life")] if life else []
    said += [t("death")] if death else []
    top = 100_000 if death else 50_000 if life else int(high or low or 0)
    return Cell(Markup(escape(" · ".join(said))), str(top))


def fine(row: Mapping[str, str], t: Words) -> Cell:
    """Fines as one cell, in their currency, or their categories."""
    low, high = row.get("fine_min", ""), row.get("fine_max", "")
    categories = list(
        dict.fromkeys(c for c in (row.get("fine_category_min", ""), row.get("fine_category_max", "")) if c)
    )
    said = ""
    if low and high and low != high:
        said = t("range", low=t.number(low), high=t.number(high))
    elif high:
        said = t.number(high) if low else t("up_to", n=t.number(high))
    elif low:
        said = t("at_least", n=t.number(low))
    said = f"{row.get('currency', '')} {said}".strip() if said else ""
    if categories:
        said = f"{said} ({t('category', n='–'.join(categories))})".strip()
    share = Markup("")
    least, most = row.get("fine_min_percent", ""), row.get("fine_max_percent", "")
    if most or least:
        bounds = t("format.percent", n="–".join(dict.fromkeys(n for n in (least, most) if n)))
        share = Markup(" {} <bdi>({})</bdi>").format(bounds, inert(row.get("fine_percent_of", "")))
    return Cell(Markup(escape(said)) + share, high or low or most or "0")


def text(value: str) -> Markup:
    """Document text in a cell: isolated in direction, the rest of a long one folded away."""
    flat = " ".join(inert(value).split())
    if len(flat) <= LONG:
        return Markup("<bdi>{}</bdi>").format(flat)
    head = flat[: LONG - 20].rsplit(" ", 1)[0] if " " in flat[: LONG - 20] else flat[: LONG - 20]
    return Markup("<details><summary><bdi>{} …</bdi></summary><bdi>{}</bdi></details>").format(
        head, flat[len(head) : 4000]
    )


def cell(name: str, kind: str, row: Mapping[str, str], t: Words, links: Links) -> Cell:
    """A value of a row as its column shows it; `kind` is the column's type ('' = a column that the page adds)."""
    if name == "prison":
        return prison(row, t)
    if name == "fine":
        return fine(row, t)
    value = row.get(name, "")
    if not value:
        if name in PAIRED and name != "new_eid" and row.get(PAIRED[name]):
            return Cell(links.document(row[PAIRED[name]]))
        return Cell(Markup(""))
    known = vocabulary()
    items = [v for v in value.split(";") if v]
    if all(EVIDENCE.fullmatch(i) for i in items):
        return Cell(links.evidence(items, 2))
    if name == "inherited":  # a concept and the words that brought it
        return Cell(
            Markup("; ").join(links.speak(i) for i in items[:MOST_INHERITED]) + links.more(len(items) - MOST_INHERITED)
        )
    if name == "question" and (asked := questions(t).get(row.get("indicator", ""))):
        return Cell(Markup(escape(asked)))
    if name == "subject" and "because" in row and (asked := questions(t).get(value)):
        return Cell(Markup("{} <code>{}</code>").format(asked, value))
    if name in IDS or (name == "subject" and value.startswith("/akn/")):
        return Cell(Markup("<code>{}</code>").format(inert(value)))
    if name in PAIRED and PAIRED[name] in row:
        return Cell(links.provision(row[PAIRED[name]], value))
    if name == "jurisdiction":
        return Cell(Markup(escape(t.jurisdiction(value))))
    if name in SPOKEN or (name in ("before", "after") and "because" in row):  # elsewhere words of a document
        return Cell(links.speak(value))
    if items and all(i in known for i in items):
        return Cell(Markup(escape(", ".join(t.concept(i) for i in items))))
    if name == "target_doc":
        return Cell(links.document(value))
    if all(i.partition(" ")[0] in links.corpus.documents for i in items):
        return Cell(links.provisions(items))
    if kind == "boolean":
        return Cell(Markup(escape(t(f"boolean.{value}"))))
    if name in VALUES:
        return Cell(
            badge(name.removeprefix("computed_"), value, t) if name in BADGES else Markup(escape(t.of(name, value)))
        )
    if kind in ("integer", "number"):
        return Cell(Markup(escape(t.number(value) if value.lstrip("-").isdigit() and name != "year" else value)), value)
    if kind == "date":
        return Cell(Markup(escape(value)), value)
    if kind == "list":
        return Cell(text("; ".join(items)))
    return Cell(text(value))
