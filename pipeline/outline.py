"""One file → its text and its articles, as the first two stages would read it, but without a run.

Reads   a file. Writes nothing. For those who must know what a file holds before it is part of the corpus.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import Refused
from pipeline.extract import extract_guarded
from pipeline.packs import load_pack, load_structure
from pipeline.parse import parse_document

PARAMS = {"running_head_share": 0.5, "min_page_letters": 0, "ocr": "images"}


class Unreadable(Refused):
    """A file has no text that could be read; the message says why."""


def pages_of(path: Path, code: str) -> list[dict[str, Any]]:
    """Pages of a file as a document of the pack `code` (rows of 1-text).

    Raises:
        Unreadable: what `extract` would say of it.
    """
    payload = {
        "doc_id": path.stem,
        "path": str(path),
        "params": PARAMS,
        "language": load_pack(code).language,
        "structure": load_structure(code).model_dump(mode="json"),
    }
    read = extract_guarded(payload)
    if read["error"]:
        raise Unreadable(f"{path.name}: {read['error']}")
    return list(read["pages"])


def units_of(path: Path, code: str, amending: bool) -> list[dict[str, Any]]:
    """Articles and sections of a file in order (rows of 2-provisions).

    Raises:
        Unreadable: what `extract` would say of it.
    """
    structure = load_structure(code)
    parsed = parse_document(
        {
            "doc_id": path.stem,
            "structure": structure.model_dump(mode="json"),
            "amending": amending,
            "pages": pages_of(path, code),
        }
    )
    kinds = {u.kind for u in structure.units}
    return [p for p in parsed["provisions"] if p["kind"] in kinds]
