"""The scores of metrics.json as one table, the same in the terminal and on the method page.

Reads   nothing; it is given what `evaluate` measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = dict[str, Any]
# In this order; a figure that a row has not is empty.
COLUMNS = ("gold", "precision", "recall", "f1", "reach", "spans", "span_exact", "span_overlap", "stale")


def scores(metrics: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Figures]]:
    """(label, language, edition, figures) of each score; what metrics.json holds beside scores is left out."""
    for label, by_language in metrics.items():
        for language, by_edition in _mappings(by_language):
            for edition, figures in _mappings(by_edition):
                if {"gold", "precision", "recall"} <= set(figures):
                    yield label, language, edition, figures


def others(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What metrics.json holds beside scores."""
    scored = {label for label, *_ in scores(metrics)}
    return {label: figures for label, figures in metrics.items() if label not in scored}


def reached(figures: Figures) -> bool | None:
    """Whether precision and recall are what they should be; None where nothing was said to be reached."""
    aim = figures.get("reach")
    return None if aim is None else min(figures["precision"] or 0, figures["recall"] or 0) >= aim


def lines(metrics: Mapping[str, Any]) -> list[list[str]]:
    """The table for a terminal, heads first."""
    table = [["", "language", "edition", *COLUMNS, "reached"]]
    for label, language, edition, figures in scores(metrics):
        said = {True: "yes", False: "no", None: ""}[reached(figures)]
        table.append([label, language, edition, *(_said(figures.get(c)) for c in COLUMNS), said])
    return table


def _said(value: float | int | None) -> str:
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else f"{value:,}"


def _mappings(value: Any) -> list[tuple[str, Any]]:
    return [(k, v) for k, v in value.items() if isinstance(v, dict)] if isinstance(value, dict) else []
