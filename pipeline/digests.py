"""Reads digests: the Markdown that we edit, as blocks (see raw/README.md for the form).

Two readers need the same blocks: `typeset` to make documents of them, `evaluate` to know what extraction should
have found. Never used by the stages that analyse the law; they read the typeset documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import Refused

ENUMERATOR = re.compile(r"(\(\w{1,5}\)\.?|\w{1,5}\.|\w{1,4}\))\s+(?=\S)")
# A capital word with a stop is the end of a sentence or an abbreviation, not an enumerator, unless it is one letter.
ENUMERATOR_FORM = re.compile(
    r"\((?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{1,5}|[A-Z])\)\.?|(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{1,5}|[A-Z])[.)]"
)


class DigestError(Refused):
    """A digest breaks the form of raw/README.md; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table. `text` keeps `*italic*` and `**bold**`; `plain` does not."""

    kind: str  # title | division | unit | paragraph | item | table
    text: str
    depth: int = 0
    enumerator: str = ""
    quoted: bool = False
    rows: list[list[str]] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The words without marks; heading lines and table cells separated by line breaks."""
        if self.kind == "table":
            return "\n".join(unmark(cell) for row in self.rows for cell in row)
        text = unmark(self.text).replace(" | ", "\n")
        return f"{self.enumerator} {text}" if self.enumerator else text


def unmark(text: str) -> str:
    """`text` without `*` and `**`."""
    return re.sub(r"\*\*?(?=\S)|(?<=\S)\*\*?", "", text)


def read_digest(path: Path) -> list[Block]:
    """The blocks of a digest in order.

    Raises:
        DigestError: a table without header rule, or a `>` mixed with plain lines in one block.
    """
    blocks: list[Block] = []
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    line_number = 1
    for chunk in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in chunk.split("\n") if line.strip() and line.strip() != ">"]
        at = f"{path}:{line_number}"
        line_number += chunk.count("\n") + 2
        if not lines:
            continue
        marks = [line.lstrip().startswith(">") for line in lines]
        if any(marks) and not all(marks):
            raise DigestError(f"{at}: a quoted block has a line without `>`: {lines[marks.index(False)][:50]!r}")
        quoted = all(marks)
        if quoted:
            lines = [re.sub(r"^\s*> ?", "", line) for line in lines]
        blocks.append(_block(lines, quoted, at))
    return blocks


def _block(lines: list[str], quoted: bool, at: str) -> Block:
    depth = (len(lines[0]) - len(lines[0].lstrip())) // 2
    joined = " ".join(line.strip() for line in lines)
    heading = re.match(r"(#{1,3}) +", joined)
    if heading:
        return Block(("title", "division", "unit")[len(heading[1]) - 1], joined[heading.end() :], quoted=quoted)
    if joined.startswith("|"):
        rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in lines]
        if len(rows) < 2 or not all(re.fullmatch(r":?-+:?", c) for c in rows[1]):
            raise DigestError(f"{at}: a table needs a header row and a rule (|---|---|) below it")
        width = len(rows[0])
        if any(len(row) != width for row in rows):
            raise DigestError(f"{at}: the rows of the table have different numbers of cells")
        return Block("table", "", quoted=quoted, rows=[rows[0], *rows[2:]])
    mark = ENUMERATOR.match(joined)
    if mark and ENUMERATOR_FORM.fullmatch(mark[1]):
        return Block("item", joined[mark.end() :], depth, mark[1], quoted)
    return Block("paragraph", joined, depth, quoted=quoted)


def opens_quote(blocks: list[Block], i: int) -> bool:
    """Whether block `i` is the first of a run of quoted blocks (where an act puts an opening quotation mark)."""
    return blocks[i].quoted and (i == 0 or not blocks[i - 1].quoted)


def closes_quote(blocks: list[Block], i: int) -> bool:
    """Whether block `i` is the last of a run of quoted blocks."""
    return blocks[i].quoted and (i + 1 == len(blocks) or not blocks[i + 1].quoted)


def expected_text(blocks: list[Block], quote_marks: bool) -> str:
    """What extraction should read from the typeset document, one line a block or heading line."""
    parts = []
    for i, block in enumerate(blocks):
        text = block.plain
        if quote_marks and opens_quote(blocks, i):
            text = "“" + text
        if quote_marks and closes_quote(blocks, i):
            text += "”"
        parts.append(text)
    return "\n".join(parts) + "\n"
