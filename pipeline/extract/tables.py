"""Ruled tables of one page: rules and characters from pdfium, the cells between the rules found by pdfplumber.

pdfplumber's own reading of a page takes a hundred times as long as pdfium's; only its table finder is used.

Reads   paths of an open page, by their addresses.
Writes  nothing. Coordinates are points, downwards as pdfplumber has them: `top` is the height below the origin.
Does not take shaded areas for tables: they have edges too, but rule nothing off.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils import extract_text
from pypdfium2 import raw

from pipeline.extract import native

THIN = 3.0  # points; a path no thicker is a rule
NEAR = 3.0  # points between rules that are meant to be one, or to meet
STRAIGHT = 0.1  # points by which a rule may slant
SHORTEST = 3.0  # points
# The finder's time grows with the square of these; a page of print has some hundreds.
MAX_EDGES = 20_000
MAX_PAIRS = 250_000  # of a vertical and a horizontal rule
MAX_CROSSINGS = 4_000
MAX_LETTERS = 40_000

Matrix = tuple[float, float, float, float, float, float]  # x' = a·x + c·y + e, y' = b·x + d·y + f
Path = tuple[int, tuple[int, ...]]  # addresses of a path, and of the forms it stands in, innermost first
Letter = dict[str, Any]


def find_tables(paths: Sequence[Path]) -> list[Table]:
    """Tables that the paths of a page rule off; none where there are more rules than tables have."""
    edges: list[dict[str, Any]] = []
    for path, forms in paths:
        edges += _edges(path, [_matrix(a) for a in (path, *forms)])
        if len(edges) > MAX_EDGES:
            return []
    rules = [e for e in merge_edges(edges, NEAR, NEAR, NEAR, NEAR) if max(e["width"], e["height"]) >= SHORTEST]
    vertical = sum(e["orientation"] == "v" for e in rules)
    if vertical * (len(rules) - vertical) > MAX_PAIRS:
        return []
    crossings = edges_to_intersections(rules, NEAR, NEAR)
    if len(crossings) > MAX_CROSSINGS:
        return []
    return [Table(None, cells) for cells in cells_to_tables(intersections_to_cells(crossings))]


def cell_rows(table: Table, letters: Sequence[Letter]) -> list[list[str]]:
    """Text of each cell, row by row, its lines parted by line breaks; `letters` are in the order of their middles."""
    middles = [_middle(letter) for letter in letters]
    rows: list[list[str]] = []
    for row in table.rows:
        texts = []
        for cell in row.cells:
            left, top, right, bottom = cell or (0, 0, 0, 0)
            inside = letters[bisect_left(middles, top) : bisect_left(middles, bottom)]
            texts.append(extract_text([c for c in inside if left <= (c["x0"] + c["x1"]) / 2 < right]))
        rows.append(texts)
    return rows


def letter(text: str, x0: float, x1: float, top: float, bottom: float, upright: bool) -> Letter:
    """A character as pdfplumber has it."""
    return {"text": text, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "upright": upright}


def in_order(letters: Sequence[Letter]) -> list[Letter]:
    """Letters by the height of their middles, as `cell_rows` needs them; none where a page has too many."""
    return sorted(letters, key=_middle) if len(letters) <= MAX_LETTERS else []


def _middle(letter: Letter) -> float:
    return float((letter["top"] + letter["bottom"]) / 2)


def _edges(path: int, matrices: list[Matrix]) -> Iterator[dict[str, Any]]:
    """Upright and level edges of a path's drawn or thin parts, as pdfplumber has them."""
    drawn = stroked(path)
    for points in _parts(path, matrices):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if not drawn and min(max(xs) - min(xs), max(ys) - min(ys)) > THIN:
            continue
        for (ax, ay), (bx, by) in pairwise(points):
            width, height = abs(ax - bx), abs(ay - by)
            if max(width, height) < 1 or min(width, height) > STRAIGHT:
                continue
            edge = {"x0": min(ax, bx), "x1": max(ax, bx), "top": -max(ay, by), "bottom": -min(ay, by)}
            if width > height:
                yield {**edge, "bottom": edge["top"], "width": width, "height": 0.0, "orientation": "h"}
            else:
                yield {**edge, "x1": edge["x0"], "width": 0.0, "height": height, "orientation": "v"}


def _parts(path: int, matrices: list[Matrix]) -> Iterator[list[tuple[float, float]]]:
    """Corners of each part of a path that is drawn without lifting the pen; of a curve only where it ends."""
    xy = (ctypes.c_float * 2)()
    at = ctypes.addressof(xy), ctypes.addressof(xy) + ctypes.sizeof(ctypes.c_float)
    points: list[tuple[float, float]] = []
    for i in range(min(native.segment_count(path), MAX_EDGES)):
        segment = native.path_segment(path, i)
        native.segment_point(segment, *at)
        x, y = xy
        for a, b, c, d, e, f in matrices:
            x, y = a * x + c * y + e, b * x + d * y + f
        kind = native.segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x, y))
        if native.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: int) -> Matrix:
    values = (ctypes.c_float * 6)()
    native.object_matrix(item, ctypes.addressof(values))
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def stroked(path: int) -> bool:
    """Whether a path is drawn along its edges, not only filled."""
    modes = (ctypes.c_int * 2)()  # of filling, of stroking
    native.draw_mode(path, ctypes.addressof(modes), ctypes.addressof(modes) + ctypes.sizeof(ctypes.c_int))
    return bool(modes[1])
