"""Canonical text → pieces, and which of them are headings of articles.

A piece is a line, or the part of a line that begins with a heading (`BAB I KETENTUAN UMUM Pasal 1`,
`Pasal 6 Cukup jelas. Pasal 7 Ayat (1) …`): not every printer gives a heading a line of its own.

Whether `Pasal 31` at the start of a line is a heading or a reference that a line break put there is decided by the
sequence of all of them: articles count upwards, so the heaviest increasing chain of candidates is taken. A candidate
that looks like a heading counts more; one that does not is taken only where the chain needs just this number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.packs import Structure, Unit
from pipeline.parse.numbering import MARKER
from pipeline.sequence import Key, article_key

# Signs that printers, typists and Markdown put before a heading, and reference marks after it.
BEFORE = re.compile(r"[\s#*_>]*[“\"‘'”]*[\s*_]*")
QUOTES = frozenset("“\"‘'”")
CLOSED = re.compile(r"(?:[.;:!?…”\"*)\]]|^)\s*$")
AFTER_NAME = re.compile(r"(?:^|\s)[A-Z][\w-]*$")
AFTER_HEADING = re.compile(r"\s*(?:$|[A-Z“(])")
STRONG, FAIR, WEAK = 4, 3, 1
TAIL = 40  # characters of the text before that are looked at


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or the part of one that begins with a heading. `text` runs to the next piece or the line's end."""

    start: int
    text: str
    fresh: bool  # at the beginning of a line


@dataclass(frozen=True, slots=True)
class Heading:
    """A piece that may open an article: where its words end, and how much it looks like a heading."""

    piece: int  # index
    unit: Unit
    num: str
    end: int  # of the heading, in the piece's text
    quoted: bool  # opens with a quotation mark
    weight: int
    key: Key
    alone: bool  # nothing else stands on its line


@dataclass(frozen=True, slots=True)
class Marks:
    """The compiled patterns of a structure."""

    units: tuple[tuple[Unit, re.Pattern[str]], ...]
    divisions: tuple[re.Pattern[str], ...]
    points: tuple[re.Pattern[str], ...]
    inline: re.Pattern[str] | None
    parts: re.Pattern[str] | None  # of `inline`, what opens a part wherever it stands
    sentence_end: re.Pattern[str]
    reference: re.Pattern[str] | None
    reference_open: re.Pattern[str] | None
    quotes: bool

    @classmethod
    def of(cls, s: Structure) -> Marks:
        """Patterns of a pack's structure, compiled."""
        inline = [u.inline for u in s.units] + [d.inline for d in s.divisions]
        inline += [m.inline for m in s.parts] + list(s.elucidation_points.values())
        inline = [p for p in inline if p]
        parts = [m.inline for m in s.parts if m.inline]
        bare = [re.sub(r"\?P<num>", "?:", p) for p in inline]
        return cls(
            tuple((u, re.compile(u.pattern)) for u in s.units),
            tuple(re.compile(d.pattern) for d in s.divisions),
            tuple(re.compile(p) for p in s.elucidation_points.values()),
            re.compile("|".join(f"(?:{p})" for p in bare)) if bare else None,
            re.compile("|".join(f"(?:{p})" for p in parts)) if parts else None,
            re.compile(rf"(?:{s.sentence_end})\s*$"),
            re.compile(s.reference) if s.reference else None,
            re.compile(rf"(?:{s.reference_open})\s*$") if s.reference_open else None,
            s.quote_marks,
        )


def cut(text: str, marks: Marks) -> list[Piece]:
    """The pieces of a text, in order; blank lines are left out."""
    pieces: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            cuts = [0, *_inside(line, marks)]
            for at, following in zip(cuts, [*cuts[1:], len(line)], strict=True):
                pieces.append(Piece(start + at, line[at:following], at == 0))
        start += len(line) + 1
    return pieces


def _inside(line: str, marks: Marks) -> list[int]:
    """Where in a line, after its beginning, a heading may begin.

    It must stand after the end of a sentence, after a title in capitals, or right after another heading.
    """
    if marks.inline is None:
        return []
    cuts: list[int] = []
    last_end = -1
    capitals = True
    seen = 0
    for match in marks.inline.finditer(line):
        at = match.start()
        between = line[seen:at]
        capitals = capitals and between == between.upper()
        seen = at
        tail = line[max(0, at - TAIL) : at].rstrip(" “\"‘'")
        follows_heading = last_end >= 0 and not line[last_end:at].strip(" .:")
        after_title = capitals and sum(c.isalpha() for c in line[max(0, at - TAIL) : at]) > 3
        opens_part = marks.parts is not None and marks.parts.match(line, at) is not None
        # `Waktu Tindak Pidana Pasal 10 Waktu …`: a title is written in capital initials.
        after_name = AFTER_NAME.search(tail) is not None and AFTER_HEADING.match(line, match.end()) is not None
        closed = marks.sentence_end.search(tail) is not None
        if at == 0 or opens_part or follows_heading or after_title or after_name or closed:
            last_end = match.end()
            while at > 0 and line[at - 1] in QUOTES:
                at -= 1
            cuts += [at] if at else []
    return cuts


def headings(pieces: Sequence[Piece], marks: Marks) -> list[Heading]:
    """Every piece that may open an article."""
    found: list[Heading] = []
    for i, piece in enumerate(pieces):
        opening = BEFORE.match(piece.text)
        offset = opening.end() if opening else 0
        quoted = marks.quotes and any(c in QUOTES for c in piece.text[:offset])
        for unit, pattern in marks.units:
            match = pattern.match(piece.text, offset)
            if match is None:
                continue
            key = article_key(match["num"])
            if key is None:
                continue
            rest = re.sub(r"^[*_]+\)?(?=\s|$)", "", piece.text[match.end() :]).strip(" *_\t")
            weight = _weight(i, pieces, rest, unit, marks, set_off(match[0], rest))
            if weight:
                alone = unit.run_in or (not rest and (i + 1 == len(pieces) or pieces[i + 1].fresh))
                found.append(Heading(i, unit, match["num"], match.end(), quoted, weight, key, alone))
                break
    return found


def set_off(heading: str, rest: str) -> bool:
    """Whether a heading that text follows is marked as one: by a full stop, or by capitals that the text has not."""
    return heading.endswith(".") or (heading.isupper() and not rest.isupper())


def _weight(i: int, pieces: Sequence[Piece], rest: str, unit: Unit, marks: Marks, marked: bool) -> int:
    """How much a piece looks like a heading: 0 (not at all), WEAK, FAIR or STRONG.

    `rest` stands behind it; `marked`, whether it is set off from that (`Pasal I. Kambing …`, `PASAL I Kambing …`).
    """
    piece = pieces[i]
    before = pieces[i - 1].text if i else ""
    if marks.reference_open and marks.reference_open.search(before[-TAIL:]):
        return WEAK
    closed = bool(CLOSED.search(before)) or before == before.upper() or bool(marks.sentence_end.search(before[-TAIL:]))
    # Behind the heading of a chapter, which no sign ends.
    closed = closed or any(d.match(before.lstrip(" #*_>")) for d in marks.divisions)
    if unit.run_in:
        return STRONG if piece.fresh and closed else FAIR if piece.fresh else WEAK
    if not rest:
        following = pieces[i + 1].text.lstrip() if i + 1 < len(pieces) else ""
        if (following[:1].islower() and not MARKER.match(following)) or following[:1] in (",", ";", ")"):
            return WEAK
        return STRONG if closed else FAIR
    if marks.reference and marks.reference.match(rest):
        return 0
    if not (rest[0].isupper() or rest[0] in "“\"(‘'[–—-:.<" or MARKER.match(rest)):
        return 0
    # “… berbunyi sebagai berikut: Pasal 9A (1) …”: a colon sets out what follows.
    set_out = not piece.fresh and before.rstrip()[-1:] == ":"
    return FAIR if (closed and (piece.fresh or marked)) or set_out else WEAK
