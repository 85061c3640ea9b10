"""Charts as SVG, drawn without a browser (Vega-Lite). Each has words for those who cannot see it, and its data.

Readable in grey: scales run from light to dark, values are written on the marks, and nothing is told by hue alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from pipeline.report.findings import STATUSES, Tables
from pipeline.report.words import Words, words
from pipeline.standards import benchmarks

FONT = "Liberation Sans"  # ships with the renderer, so text is measured alike on every machine
SHOWN_IN = f"{FONT}, Arial, Helvetica, sans-serif"  # of the same widths, where a reader's machine lacks the first
WIDTH = 640
INK, LINE = "#1b1f24", "#5b6670"
DARK_TO_LIGHT = [
    "#16324f",
    "#7fa3c7",
    "#ffffff",
    "#f0d9d9",
    "#e3e6e9",
]  # one per status; white and pale ones are framed
JURISDICTIONS = ["#16324f", "#9db9d6", "#5b6670", "#dfe5ea"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, the sentence that says what it shows, and the numbers in it."""

    name: str
    title: str
    alt: str
    svg: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    table: str = ""  # published table that holds the data


def draw(tables: Tables, params: dict[str, Any], language: str = "en") -> list[Figure]:
    """All figures for which the tables hold data, with their words in a language."""
    t = words(language)
    drawn = [f(tables, t, params) for f in (_statuses, _conducts, _penalties, _palermo, _timeline, _fragmentation)]
    return [f for f in drawn if f is not None]


def _svg(chart: Any) -> str:
    chart = (
        # Padding leaves room for a wider font: a machine may have none of those that the text is measured for.
        chart.configure(font=FONT, padding={"left": 40, "right": 50, "top": 5, "bottom": 5})
        .configure_view(stroke=None)
        .configure_axis(labelLimit=300, titleFontWeight="normal", labelColor=INK, titleColor=INK, labelFontSize=11)
        .configure_header(labelColor=INK, labelFontSize=11, labelPadding=55)
        .configure_legend(
            columnPadding=40, labelColor=INK, labelFontSize=11, symbolStrokeColor=LINE, symbolStrokeWidth=1
        )
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=False))
    return svg.replace(f'font-family="{FONT}"', f'font-family="{SHOWN_IN}"')


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(v) for v in row) for row in frame[list(columns)].itertuples(index=False))


def _statuses(tables: Tables, t: Words, _: dict[str, Any]) -> Figure | None:
    frame = tables["gaps"]
    if frame.empty:
        return None
    titles = {b.id: t.own(b, "title") for b in benchmarks()}
    counts = frame.groupby(["benchmark", "jurisdiction", "status"], sort=False).size().reset_index(name="indicators")
    counts["order"] = counts["status"].map(STATUSES.index)
    counts = counts.sort_values(["benchmark", "jurisdiction", "order"])
    counts["place"] = counts["jurisdiction"].map(t.jurisdiction)
    counts["said"] = counts["status"].map(lambda s: t.of("status", s))
    counts["standard"] = counts["benchmark"].map(titles)
    ends = counts.groupby(["benchmark", "jurisdiction"])["indicators"].cumsum()
    counts["middle"] = ends - counts["indicators"] / 2
    present = [s for s in STATUSES if s in set(counts["status"])]
    scale = alt.Scale(
        domain=[t.of("status", s) for s in present], range=[DARK_TO_LIGHT[STATUSES.index(s)] for s in present]
    )
    base = alt.Chart(counts).encode(y=alt.Y("place:N", title=None))
    bars = base.mark_bar(stroke=LINE, strokeWidth=0.8).encode(
        x=alt.X("indicators:Q", title=t("figures.statuses.axis"), axis=alt.Axis(tickMinStep=1, grid=False)),
        color=alt.Color("said:N", sort=None, scale=scale, legend=alt.Legend(title=None, orient="top", labelLimit=200)),
        order="order:Q",
    )
    numbers = base.mark_text(fontSize=10).encode(
        x="middle:Q",
        text="indicators:Q",
        color=alt.condition("datum.status == 'met'", alt.value("white"), alt.value(INK)),
    )
    chart = alt.layer(bars, numbers).properties(width=WIDTH - 200, height=alt.Step(17)).facet(
        row=alt.Row(
            "standard:N",
            title=None,
            sort=list(titles.values()),
            header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=330),
        ),
        spacing=6,
    )  # fmt: skip
    totals = "; ".join(
        t(
            "figures.statuses.part",
            name=t.named(c),
            n=sum((frame["jurisdiction"] == c) & (frame["status"] == "met")),
            all=sum(frame["jurisdiction"] == c),
        )
        for c in tables.codes
    )
    return Figure(
        "statuses",
        t("figures.statuses.title"),
        t("figures.statuses.alt", totals=totals),
        _svg(chart),
        (
            t("columns.benchmark.label"),
            t("columns.jurisdiction.label"),
            t("columns.status.label"),
            t("figures.statuses.axis"),
        ),
        _rows(counts, ("standard", "place", "said", "indicators")),
        "gaps",
    )


def _conducts(tables: Tables, t: Words, _: dict[str, Any]) -> Figure | None:
    frame = tables["conduct_matrix"]
    if frame.empty:
        return None
    frame = frame.assign(
        place=frame["jurisdiction"].map(t.jurisdiction),
        conduct=frame["concept"].map(t.concept),
        count=frame["offences"].astype(int),
        shown=[
            o if s == "found" else "–" if s == "not found" else "?"
            for o, s in zip(frame["offences"], frame["status"], strict=True)
        ],
    )
    frame = frame[frame.groupby("concept")["count"].transform("sum") > 0]
    if frame.empty:
        return None
    base = alt.Chart(frame).encode(
        x=alt.X("place:N", title=None, sort=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("conduct:N", title=None, sort="ascending", axis=alt.Axis(domain=False, ticks=False)),
    )
    heat = base.mark_rect(stroke="white").encode(
        color=alt.Color("count:Q", scale=alt.Scale(range=["#f2f4f6", "#16324f"], type="sqrt"), legend=None)
    )
    top = int(frame["count"].max())
    said = base.mark_text(fontSize=11).encode(
        text="shown:N", color=alt.condition(f"datum.count > {top / 5}", alt.value("white"), alt.value(INK))
    )
    chart = (heat + said).properties(width=alt.Step(120), height=alt.Step(19))
    both = sum(1 for _, g in frame.groupby("concept") if (g["count"] > 0).all())
    return Figure(
        "conducts",
        t("figures.conducts.title"),
        t("figures.conducts.alt", n=frame["concept"].nunique(), both=both),
        _svg(chart),
        (t("columns.conduct.label"), t("columns.jurisdiction.label"), t("columns.offences.label")),
        _rows(frame, ("conduct", "place", "shown")),
        "conduct_matrix",
    )


def _penalties(tables: Tables, t: Words, _: dict[str, Any]) -> Figure | None:
    frame = tables["penalty_comparison"]
    if frame.empty:
        return None
    frame = frame.assign(
        years=pd.to_numeric(frame["prison_max_months"].replace("", None)) / 12,
        least=pd.to_numeric(frame["prison_min_months"].replace("", "0")) / 12,
        forever=frame["life"] == "true",
        place=frame["jurisdiction"].map(t.jurisdiction),
        conduct=frame["concept"].map(t.concept),
    )
    frame = frame[frame["years"] > 0]
    if frame.empty:
        return None
    ranges = (
        frame.groupby(["conduct", "jurisdiction", "place"])
        .agg(least=("least", "min"), years=("years", "max"), forever=("forever", "max"))
        .reset_index()
    )
    ranges["said"] = [
        t.decimal(y) + (f" + {t('life')}" if f else "") for y, f in zip(ranges["years"], ranges["forever"], strict=True)
    ]
    places = [t.jurisdiction(c) for c in tables.codes]
    base = alt.Chart(ranges).encode(
        y=alt.Y("conduct:N", title=None, axis=alt.Axis(grid=True, gridColor="#e3e6e9", tickBand="extent")),
        yOffset=alt.YOffset("place:N", sort=places),
    )
    bars = base.mark_bar(height=9, stroke=LINE, strokeWidth=0.8).encode(
        x=alt.X("least:Q", title=t("figures.penalties.axis"), axis=alt.Axis(grid=False)),
        x2="years:Q",
        color=alt.Color(
            "place:N",
            scale=alt.Scale(domain=places, range=JURISDICTIONS[: len(places)]),
            legend=alt.Legend(title=None, orient="top"),
        ),
    )
    ends = base.mark_text(align="left", dx=4, fontSize=9, color=INK).encode(x="years:Q", text="said:N")
    chart = (bars + ends).properties(width=WIDTH - 220, height=alt.Step(13))
    top = ranges.sort_values("years").iloc[-1]
    return Figure(
        "penalties",
        t("figures.penalties.title"),
        t("figures.penalties.alt", years=t.decimal(top["years"]), place=top["place"], conduct=top["conduct"]),
        _svg(chart),
        (
            t("columns.conduct.label"),
            t("columns.jurisdiction.label"),
            t("figures.penalties.least"),
            t("figures.penalties.most"),
        ),
        tuple(
            (r["conduct"], r["place"], t.decimal(r["least"]), r["said"])
            for r in ranges.sort_values(["conduct", "jurisdiction"]).to_dict("records")
        ),
        "penalty_comparison",
    )


def _palermo(tables: Tables, t: Words, _: dict[str, Any]) -> Figure | None:
    frame = tables["palermo_matrix"]
    if frame.empty:
        return None
    frame = frame.assign(hit=(frame["status"] == "found").astype(int))
    counts = frame.groupby(["element", "concept", "jurisdiction"], sort=False)["hit"].sum().reset_index()
    counts["place"] = counts["jurisdiction"].map(t.jurisdiction)
    counts["term"] = counts["concept"].map(t.concept)
    counts["group"] = counts["element"].map(lambda e: t.of("element", e))
    counts["shown"] = counts["hit"].map(lambda n: str(n) if n else "–")
    groups = list(dict.fromkeys(counts["group"]))
    base = alt.Chart(counts).encode(
        x=alt.X("place:N", title=None, sort=None, axis=alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False)),
        y=alt.Y("term:N", title=None, sort=None, axis=alt.Axis(domain=False, ticks=False)),
    )
    heat = base.mark_rect(stroke="white").encode(
        color=alt.Color("hit:Q", scale=alt.Scale(range=["#f2f4f6", "#16324f"]), legend=None)
    )
    top = int(counts["hit"].max())
    said = base.mark_text(fontSize=11).encode(
        text="shown:N", color=alt.condition(f"datum.hit > {top / 2}", alt.value("white"), alt.value(INK))
    )
    chart = (heat + said).properties(width=alt.Step(110), height=alt.Step(19)).facet(
        row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(labelAngle=0, labelAlign="left")), spacing=8
    ).resolve_scale(y="independent")  # fmt: skip
    parts = "; ".join(
        t(
            "figures.palermo.part",
            name=t.named(c),
            n=int((counts[counts["jurisdiction"] == c]["hit"] > 0).sum()),
            all=int((counts["jurisdiction"] == c).sum()),
        )
        for c in dict.fromkeys(counts["jurisdiction"])
    )
    return Figure(
        "palermo",
        t("figures.palermo.title"),
        t("figures.palermo.alt", parts=parts),
        _svg(chart),
        (
            t("columns.element.label"),
            t("columns.term.label"),
            t("columns.jurisdiction.label"),
            t("columns.instruments.label"),
        ),
        _rows(counts, ("group", "term", "place", "hit")),
        "palermo_matrix",
    )


def spans(tables: Tables, as_of: str) -> list[dict[str, str]]:
    """When each instrument applied: rows of doc_id, jurisdiction, from, to ('' = not known, or no end known)."""
    ends: dict[str, list[str]] = {}
    for row in tables["versions"].to_dict("records"):
        if row["source_doc"] == row["law"]:
            ends.setdefault(str(row["law"]), []).append(str(row["valid_to"]))
    found = []
    for row in tables["documents"].to_dict("records"):
        if row["kind"] in ("treaty", "article"):
            continue
        closes = ends.get(str(row["doc_id"]), [])
        last = max(closes) if closes and all(closes) else ""
        begin = str(row["in_force_from"])
        found.append(
            {
                "doc_id": str(row["doc_id"]),
                "jurisdiction": str(row["jurisdiction"]),
                "from": begin,
                "known": begin or str(row["published"] or row["signed"] or row["year"]),
                "to": last,
                "in_force": str(row["in_force"]),
                "as_of": as_of,
            }
        )
    return sorted(found, key=lambda r: (r["jurisdiction"], r["known"]))


def _timeline(tables: Tables, t: Words, params: dict[str, Any]) -> Figure | None:
    rows = spans(tables, params["as_of"])
    if not rows:
        return None
    names = tables.names
    horizon = f"{int(params['as_of'][:4]) + 2}-01-01"
    frame = pd.DataFrame(rows)
    frame["name"] = frame["doc_id"].map(names)
    # A year alone stands for its first day; the table beside the figure says what is known.
    frame["start"] = frame["known"].map(lambda d: d if len(d) > 4 else f"{d}-01-01")
    frame["end"] = frame["to"].map(lambda d: d or horizon)
    frame["start_shown"] = frame["start"].map(lambda d: max(d, "1985-01-01"))
    frame["place"] = frame["jurisdiction"].map(t.jurisdiction)
    frame["certain"] = [t("figures.timeline.known") if f else t("figures.timeline.unknown") for f in frame["from"]]
    frame["said"] = frame["name"] + ": " + frame["known"] + " – " + frame["to"]
    changes = tables["operations"]
    changes = changes[(changes["effective"] != "") & changes["op"].isin(["amend", "insert", "delete", "repeal"])]
    changes = changes[changes["target_doc"].isin(set(frame["doc_id"]))]
    events = changes.groupby(["target_doc", "effective"]).size().reset_index(name="n")
    events["name"] = events["target_doc"].map(names)
    events["place"] = events["target_doc"].map(dict(zip(frame["doc_id"], frame["place"], strict=True)))
    order = list(frame["name"])
    certain = [t("figures.timeline.known"), t("figures.timeline.unknown")]
    y = alt.Y("name:N", title=None, sort=order)
    days = alt.Scale(type="utc")  # else a day begins where the machine's clock says
    data = pd.concat([frame.assign(layer="bar"), events.assign(layer="event")], ignore_index=True)
    data = data.astype(object).where(data.notna(), None)
    bars = (
        alt.Chart(data)
        .transform_filter("datum.layer == 'bar'")
        .mark_bar(height=11, stroke=LINE, strokeWidth=0.8)
        .encode(
            x=alt.X(
                "start_shown:T", title=None, scale=days, axis=alt.Axis(format="%Y", grid=True, gridColor="#e3e6e9")
            ),
            x2="end:T",
            y=y,
            description="said:N",
            color=alt.Color(
                "certain:N",
                scale=alt.Scale(domain=certain, range=["#9db9d6", "#f2f4f6"]),
                legend=alt.Legend(title=None, orient="top", labelLimit=320),
            ),
        )
    )
    marks = (
        alt.Chart(data)
        .transform_filter("datum.layer == 'event'")
        .mark_point(shape="diamond", size=60, filled=True, color="#16324f", opacity=1)
        .encode(x=alt.X("effective:T", scale=days), y=y)
    )
    today = (
        alt.Chart(data)
        .transform_filter("datum.layer == 'bar'")
        .mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.2)
        .encode(x=alt.X("as_of:T", scale=days))
    )
    chart = alt.layer(bars, today, marks).properties(width=WIDTH - 160, height=alt.Step(19)).facet(
        row=alt.Row("place:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")), spacing=8
    ).resolve_scale(y="independent")  # fmt: skip
    return Figure(
        "timeline",
        t("figures.timeline.title"),
        t("figures.timeline.alt", n=len(frame), changes=len(events), day=t.date(params["as_of"])),
        _svg(chart),
        (
            t("columns.doc_id.label"),
            t("columns.jurisdiction.label"),
            t("columns.valid_from.label"),
            t("columns.valid_to.label"),
            t("columns.in_force.label"),
        ),
        tuple(
            (
                names[r["doc_id"]],
                t.jurisdiction(r["jurisdiction"]),
                r["from"] or t("unknown_day"),
                r["to"] or "–",
                t.of("in_force", r["in_force"]),
            )
            for r in rows
        ),
        "versions",
    )


def _fragmentation(tables: Tables, t: Words, _: dict[str, Any]) -> Figure | None:
    frame = tables["conduct_matrix"]
    frame = frame[frame["offences"].astype(int) > 0] if len(frame) else frame
    if frame.empty:
        return None
    names = tables.names
    points = pd.DataFrame(
        [
            {"conduct": t.concept(r["concept"]), "place": t.jurisdiction(r["jurisdiction"]), "name": names.get(d, d)}
            for r in frame.to_dict("records")
            for d in r["instruments"].split(";")
            if d
        ]
    )
    chart = (
        alt.Chart(points)
        .mark_square(size=70, color="#16324f", opacity=1)
        .encode(
            x=alt.X("name:N", title=None, axis=alt.Axis(orient="top", labelAngle=-60, grid=True, gridColor="#e3e6e9")),
            y=alt.Y("conduct:N", title=None, axis=alt.Axis(grid=True, gridColor="#e3e6e9")),
            column=alt.Column("place:N", title=None, spacing=16, header=alt.Header(labelOrient="bottom")),
        )
        .properties(width=alt.Step(26), height=alt.Step(17))
        .resolve_scale(x="independent")
    )
    parts = "; ".join(
        t("figures.fragmentation.part", name=t.named(r["jurisdiction"]), n=r["conducts"], laws=r["instruments"])
        for r in tables.rows("fragmentation")
    )
    return Figure(
        "fragmentation",
        t("figures.fragmentation.title"),
        t("figures.fragmentation.alt", parts=parts),
        _svg(chart),
        (t("columns.conduct.label"), t("columns.jurisdiction.label"), t("columns.instruments.label")),
        tuple((str(c), str(p), ", ".join(g["name"])) for (c, p), g in points.groupby(["conduct", "place"])),
        "conduct_matrix",
    )
