"""Charts as SVG, drawn without a browser (Vega-Lite). Each has words for those who cannot see it.

Readable in grey: every colour scale runs from light to dark, and the numbers stand beside it in a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from pipeline.report.findings import STATUSES, Tables, name_of

FONT = "Liberation Sans"  # ships with the renderer, so text is measured alike on every machine
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and the sentence that says what it shows."""

    name: str
    title: str
    alt: str
    svg: str


def draw(tables: Tables, params: dict[str, Any]) -> list[Figure]:
    """All figures for which the tables hold data."""
    drawn = [_conducts(tables), _statuses(tables), _penalties(tables)]
    return [f for f in drawn if f is not None]


def _svg(chart: Any) -> str:
    chart = (
        chart.configure(font=FONT).configure_view(stroke=None).configure_axis(labelLimit=260, titleFontWeight="normal")
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return svg


def _conducts(tables: Tables) -> Figure | None:
    frame = tables["conduct_matrix"]
    if frame.empty:
        return None
    frame = frame.assign(
        jurisdiction=frame["jurisdiction"].map(name_of),
        offences=frame["offences"].astype(int),
        shown=[
            o if s == "found" else "–" if s == "not found" else "?"
            for o, s in zip(frame["offences"], frame["status"], strict=True)
        ],
    )
    found = frame.groupby("label")["offences"].transform("sum") > 0
    frame = frame[found]
    if frame.empty:
        return None
    base = alt.Chart(frame).encode(
        x=alt.X("jurisdiction:N", title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("label:N", title=None, sort="ascending"),
    )
    heat = base.mark_rect(stroke="white").encode(
        color=alt.Color("offences:Q", scale=alt.Scale(range=["#f2f2f2", "#1f4e79"], type="sqrt"), legend=None)
    )
    words = base.mark_text().encode(
        text="shown:N", color=alt.condition("datum.offences > 14", alt.value("white"), alt.value("black"))
    )
    chart = (heat + words).properties(width=alt.Step(150), height=alt.Step(19))
    both = sum(1 for _, g in frame.groupby("label") if (g["offences"] > 0).all())
    return Figure(
        "conducts",
        "Offences in force, by conduct",
        f"Heat map of {frame['label'].nunique()} conducts by jurisdiction; {both} are offences in all of them. "
        "A dash: looked for and not found. A question mark: no rule looks for it.",
        _svg(chart),
    )


def _statuses(tables: Tables) -> Figure | None:
    frame = tables["gaps"]
    if frame.empty:
        return None
    counts = frame.groupby(["benchmark", "jurisdiction", "status"]).size().reset_index(name="indicators")
    counts["jurisdiction"] = counts["jurisdiction"].map(name_of)
    counts["order"] = counts["status"].map(STATUSES.index)
    chart = (
        alt.Chart(counts)
        .mark_bar(stroke="white")
        .encode(
            x=alt.X("indicators:Q", title="indicators", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("jurisdiction:N", title=None),
            color=alt.Color(
                "status:N",
                sort=list(STATUSES),
                scale=alt.Scale(domain=list(STATUSES), range=["#1f4e79", "#7ba7cc", "#d9822b", "#8b1a1a", "#d9d9d9"]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            order="order:Q",
            row=alt.Row(
                "benchmark:N",
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelOrient="left"),
                spacing=4,
            ),
        )
        .properties(width=WIDTH - 180, height=alt.Step(16))
    )
    totals = "; ".join(
        f"{name_of(c)} {sum((frame['jurisdiction'] == c) & (frame['status'] == 'met'))} met" for c in tables.codes
    )
    return Figure(
        "statuses",
        "Indicators by benchmark and status",
        f"Stacked bars of indicators by status: {totals}.",
        _svg(chart),
    )


def _penalties(tables: Tables) -> Figure | None:
    frame = tables["penalty_comparison"]
    frame = frame[(frame["prison_max_months"] != "") & (frame["prison_max_months"] != "0")]
    if frame.empty:
        return None
    frame = frame.assign(
        years=frame["prison_max_months"].astype(int) / 12,
        least=pd.to_numeric(frame["prison_min_months"].replace("", "0")) / 12,
        jurisdiction=frame["jurisdiction"].map(name_of),
    )
    ranges = frame.groupby(["label", "jurisdiction"]).agg(least=("least", "min"), years=("years", "max")).reset_index()
    chart = (
        alt.Chart(ranges)
        .mark_bar(height=9)
        .encode(
            x=alt.X("least:Q", title="imprisonment, years (lowest minimum to highest maximum)"),
            x2="years:Q",
            y=alt.Y("label:N", title=None),
            yOffset="jurisdiction:N",
            color=alt.Color(
                "jurisdiction:N",
                scale=alt.Scale(range=["#1f4e79", "#d9822b", "#777777"]),
                legend=alt.Legend(title=None, orient="top"),
            ),
        )
        .properties(width=WIDTH - 220, height=alt.Step(13))
    )
    top = ranges.sort_values("years").iloc[-1]
    return Figure(
        "penalties",
        "Terms of imprisonment, by conduct",
        f"Bars from the lowest minimum to the highest maximum term; the longest is {top['years']:g} years "
        f"({top['jurisdiction']}, {top['label']}). Life imprisonment is not drawn; see the table.",
        _svg(chart),
    )
