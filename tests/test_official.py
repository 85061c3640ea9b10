"""Official texts, where they are present: the structure that a lawyer would count, and the penalties of the core laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract_document
from pipeline.packs import load_structure
from pipeline.parse import parse
from pipeline.records import Page

pytestmark = pytest.mark.official
PARAMS: dict[str, Any] = {"running_head_share": 0.5, "min_page_letters": 20}


def _articles(file: Path, code: str) -> list[str]:
    """Numbers of the articles in the body of an official text, in order."""
    pages = extract_document({"doc_id": file.stem, "path": str(file), "params": PARAMS})["pages"]
    structure = load_structure(code)
    provisions, _ = parse(file.stem, [Page(**p) for p in pages], structure, amending=False)
    kinds = {u.kind for u in structure.units}
    return [p.num for p in provisions if p.kind in kinds and p.part == "body"]


@pytest.mark.parametrize(
    ("name", "code", "count"),
    [
        ("id-uu-21-2007.pdf", "id", 67),
        ("id-uu-44-2008.pdf", "id", 45),
        ("id-uu-13-2006.pdf", "id", 46),
        ("id-uu-1-2023.pdf", "id", 624),
        ("ph-ra-10175.html", "ph", 31),
    ],
)
def test_every_article_of_the_body_once_and_in_order(official: Path, name: str, code: str, count: int) -> None:
    assert _articles(official / name, code) == [str(n) for n in range(1, count + 1)]
