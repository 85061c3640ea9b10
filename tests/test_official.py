"""Official texts, where they are present: the structure that a lawyer would count, and the penalties of the core laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract_document
from pipeline.packs import load_structure
from pipeline.parse import parse
from pipeline.records import Page
from pipeline.sequence import article_key
from pipeline.sources import article_numbers, load_sources

pytestmark = pytest.mark.official
PARAMS: dict[str, Any] = {"running_head_share": 0.5, "min_page_letters": 20}


def _units(file: Path, code: str, amending: bool) -> dict[str, list[str]]:
    """Numbers of the articles of an official text, in order, by the part they stand in."""
    structure = load_structure(code)
    read = extract_document(
        {"doc_id": file.stem, "path": str(file), "params": PARAMS, "structure": structure.model_dump(mode="json")}
    )
    provisions, _ = parse(file.stem, [Page(**p) for p in read["pages"]], structure, amending)
    kinds = {u.kind for u in structure.units}
    found: dict[str, list[str]] = {"body": [], "quoted": [], "elucidation": []}
    for p in provisions:
        if p.kind in kinds:
            found.setdefault(p.part, []).append(p.num)
    return found


SOURCES = {
    s.doc_id: (f.parent.name, s)
    for f in sorted(Path("raw").glob("*/sources.yaml"))
    for s in load_sources(f.parent).documents
}
# What the files at hand lack, or print wrongly (raw/*/sources.yaml, notes).
LACKING = {
    "id-kuhp": "143, 406-412, 486-488, 498-499, 535",
    "ph-irr-ra-11930": "5-121, 131-144",
}


@pytest.mark.parametrize("doc_id", sorted(d for d, (_, s) in SOURCES.items() if s.articles))
def test_every_article_once_and_in_order(official: Path, doc_id: str) -> None:
    file = next((p for p in sorted(official.rglob(f"{doc_id}.*")) if p.is_file()), None)
    if file is None:
        pytest.skip(f"{doc_id} is not in {official}")
    code, source = SOURCES[doc_id]
    found = _units(file, code, source.kind == "amending-act")
    lacking = set(article_numbers(LACKING.get(doc_id, "")))
    wanted = [n for n in article_numbers(source.articles) if n not in lacking]
    order = sorted((n for n in wanted if not n.isalpha()), key=lambda n: article_key(n) or (0, 0))
    assert found["body"] == order + [n for n in wanted if n.isalpha()]
    quoted = article_numbers(source.quoted)
    assert found["quoted"] == sorted(quoted, key=lambda n: article_key(n) or (0, 0))


@pytest.mark.parametrize(
    ("doc_id", "count"),
    [("id-uu-21-2007", 67), ("id-uu-23-2002", 93), ("id-uu-44-2008", 45), ("id-uu-11-2008", 54), ("id-uu-11-2012", 108),
     ("id-uu-13-2006", 46), ("id-uu-1-2023", 624)],
)  # fmt: skip
def test_the_elucidation_goes_through_every_article(official: Path, doc_id: str, count: int) -> None:
    file = next((p for p in sorted(official.rglob(f"{doc_id}.*")) if p.is_file()), None)
    if file is None:
        pytest.skip(f"{doc_id} is not in {official}")
    # Each once: one file prints the entries of three articles twice, and both are kept.
    found = list(dict.fromkeys(_units(file, "id", amending=False)["elucidation"]))
    assert found == [str(n) for n in range(1, count + 1)]
