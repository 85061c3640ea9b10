"""Typeset documents: current, and the same bytes from the same Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.digests import DigestError, read_digest
from pipeline.typeset import typeset_all


def test_typeset_files_are_current() -> None:
    made = dict(typeset_all(Path("raw")))
    assert len(made) >= 25
    stale = [str(p) for p, data in made.items() if not p.is_file() or p.read_bytes() != data]
    assert stale == [], "run `make typeset`"


def _digest(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_blocks_of_a_digest(tmp_path: Path) -> None:
    blocks = read_digest(
        _digest(tmp_path, "# A | B\n\n## BAB I | X\n\n### Pasal 1\n\n(1) satu\ndua:\n\n  a. *tiga*\n\n> ### Pasal 2\n")
    )
    assert [(b.kind, b.plain, b.depth, b.quoted) for b in blocks] == [
        ("title", "A\nB", 0, False), ("division", "BAB I\nX", 0, False), ("unit", "Pasal 1", 0, False),
        ("item", "(1) satu dua:", 0, False), ("item", "a. tiga", 1, False), ("unit", "Pasal 2", 0, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("| a | b |\n| c | d |", "header row and a rule"),
        ("> a\nb", "without `>`"),
        ("| a |\n|---|\n| b | c |", "different numbers"),
    ],
)
def test_a_mistake_in_a_digest_names_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DigestError, match=says) as caught:
        read_digest(_digest(tmp_path, text))
    assert "x.md:1" in str(caught.value)
