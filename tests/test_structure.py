"""Structure against what was read by hand (tests/gold/structure): official texts where they are at hand, and digests."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract import extract_document
from pipeline.packs import Structure, load_structure
from pipeline.parse import parse
from pipeline.parse.numbering import MARKER, follows, styles
from pipeline.records import Page, Provision
from pipeline.sources import Source, article_numbers, load_sources
from tests.conftest import params

GOLD = Path(__file__).parent / "gold" / "structure"
FILES = sorted(GOLD.glob("*.yaml"))
ENOUGH = 0.995
TOKENS = re.compile(r"\[|\]|[^\s\[\]]+")
SERIES = {
    "num": [str(n) for n in range(1, 100)],
    "alpha": [chr(c) for c in range(97, 123)],
    "roman": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
    "double": [chr(c) * 2 for c in range(97, 123)],
}


def between(first: str, last: str) -> list[str]:
    """Markers of a range: `(2)-(4)` → (2) (3) (4)."""
    bare = [re.sub(r"[().]", "", m) for m in (first, last)]
    series = next(s for s in SERIES.values() if all(b in s for b in bare))
    return [first.replace(bare[0], n, 1) for n in series[series.index(bare[0]) : series.index(bare[1]) + 1]]


def expand(notation: str, unit: str, structure: Structure) -> list[str]:
    """eIds of a unit and of everything below it, in order."""
    eids, stack, last = [unit], [unit], unit
    for token in TOKENS.findall(notation):
        if token == "[":
            stack.append(last)
        elif token == "]":
            stack.pop()
        else:
            first, _, end = token.partition("-")
            for marker in between(first, end) if end else [first]:
                match = MARKER.match(marker)
                assert match, f"{marker!r} is no marker"
                number = re.sub(r"[().]", "", marker)
                if structure.styles:
                    kind = structure.styles.get(styles(match)[0], "point")
                else:
                    kind = structure.depth_names[len(stack) - 1]
                last = f"{stack[-1]}__{kind}_{number}"
                eids.append(last)
    return eids


def unit_eid(key: str, structure: Structure) -> str:
    """`I/3/13A` → art_I__point_3__art_13A; `3/3` → sec_3__sec_3."""
    first, *rest = key.split("/")
    unit = structure.units[0].id
    parts = [f"{unit}_{first}"]
    if len(rest) == 2:
        parts.append(f"point_{rest[0]}")
    return "__".join([*parts, *(f"{unit}_{n}" for n in rest[-1:])])


@cache
def source(doc_id: str) -> tuple[str, Source]:
    """(jurisdiction, source) of a document."""
    return next(
        (f.parent.name, s)
        for f in sorted(Path("raw").glob("*/sources.yaml"))
        for s in load_sources(f.parent).documents
        if s.doc_id == doc_id
    )


def parsed(path: Path) -> list[Provision]:
    """Provisions of one file."""
    code, described = source(path.stem)
    structure = load_structure(code)
    payload: dict[str, Any] = {
        "doc_id": path.stem,
        "path": str(path),
        "params": params()["extract"],
        "structure": structure.model_dump(mode="json"),
    }
    pages = [Page(**p) for p in extract_document(payload)["pages"]]
    return parse(path.stem, pages, structure, described.kind == "amending-act")[0]


def found_below(provisions: list[Provision], units: set[str], structure: Structure) -> list[str]:
    """eIds of the units and of their numbered parts, without what they quote in turn."""
    kinds = {u.kind for u in structure.units} | {d.kind for d in structure.divisions}
    by_eid = {p.eid: p for p in provisions}

    def unit(p: Provision) -> str:
        at: Provision | None = p
        while at is not None and at.eid not in units:
            if at.kind in kinds:
                return ""
            at = by_eid.get(at.parent_eid)
        return at.eid if at else ""

    return [p.eid for p in provisions if p.part in ("body", "quoted") and unit(p)]


def gold(file: Path) -> dict[str, str]:
    """The articles of a gold file."""
    return {str(k): str(v) for k, v in yaml.safe_load(file.read_text(encoding="utf-8"))["articles"].items()}


@pytest.mark.official
@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.stem))
def test_official_text(official: Path, file: Path) -> None:
    path = next((p for p in sorted(official.rglob(f"{file.stem}.*")) if p.is_file()), None)
    if path is None:
        pytest.skip(f"{file.stem} is not in {official}")
    structure = load_structure(source(file.stem)[0])
    units = {unit_eid(k, structure): v for k, v in gold(file).items()}
    wanted = [e for u, v in units.items() for e in expand(v, u, structure)]
    have = found_below(parsed(path), set(units), structure)
    missing = [e for e in wanted if e not in set(have)]
    extra = [e for e in have if e not in set(wanted)]
    right = len(wanted) - len(missing)
    assert right >= ENOUGH * len(wanted), missing
    assert len(extra) <= (1 - ENOUGH) * len(wanted), extra
    kept = [e for e in have if e in set(wanted)]
    assert kept == [e for e in wanted if e in set(have)], "out of order"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_digest_keeps_articles_whole(file: Path) -> None:
    code, described = source(file.stem)
    structure = load_structure(code)
    omitted = set(article_numbers(described.omits))
    path = next(p for p in sorted(Path("raw", code).glob(f"{file.stem}.*")) if p.suffix in (".pdf", ".html"))
    provisions = parsed(path)
    there = {p.eid for p in provisions}
    units = {unit_eid(k, structure): (k, v) for k, v in gold(file).items() if k.split("/")[-1] not in omitted}
    wanted = [e for u, (_, v) in units.items() if u in there for e in expand(v, u, structure)]
    have = found_below(provisions, set(units), structure)
    assert have == wanted


def test_the_notation() -> None:
    structure = load_structure("id")
    assert expand("(1)[a.-b.[1)-2)]] (2)", "art_9", structure) == [
        "art_9", "art_9__para_1", "art_9__para_1__point_a", "art_9__para_1__point_b",
        "art_9__para_1__point_b__point_1", "art_9__para_1__point_b__point_2", "art_9__para_2",
    ]  # fmt: skip
    assert unit_eid("I/3/13A", structure) == "art_I__point_3__art_13A"
    assert unit_eid("3/3", load_structure("ph")) == "sec_3__sec_3"
    assert follows("9", "10", "dot_num")


def test_gold_is_there() -> None:
    assert len(FILES) >= 8
    assert (GOLD / "README.md").is_file()
