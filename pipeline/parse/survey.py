"""Which lines of a text open its parts and its articles: what is decided before the tree is built.

The sequence of all headings decides: articles count upwards within a part, so of what may be a heading the heaviest
increasing chain is taken (`pipeline.sequence`). In an amending act only its own articles (I, II) are its own; in an act
that amends other laws in some of its articles, `amenders` tells theirs from its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.packs import Division, PartMark, Structure
from pipeline.parse.amenders import Finder
from pipeline.parse.pieces import BEFORE, WEAK, Heading, Marks, Piece, headings, set_off
from pipeline.sequence import Candidate, article_key, chain

TITLE_LINES = 4

Note = Callable[[int, str, str, str], None]  # start, rule, before, text


@dataclass
class Survey:
    """Of a text's pieces: the parts they open, and which are headings of articles, the document's own or quoted."""

    structure: Structure
    marks: Marks
    pieces: Sequence[Piece]
    amending: bool
    note: Note
    parts: dict[int, PartMark] = field(default_factory=dict)  # piece → the part it opens
    explained_from: dict[int, int] = field(default_factory=dict)  # elucidation → piece from which it goes by article
    units: dict[int, tuple[Heading, bool]] = field(default_factory=dict)  # piece → heading; whether it is our own
    articles: dict[str, list[str]] = field(default_factory=dict)  # amending article of another act → what it sets out

    def __post_init__(self) -> None:
        s = self.structure
        self.part_marks = [(m, re.compile(m.pattern)) for m in s.parts]
        self.division_marks = [(d, re.compile(d.pattern)) for d in s.divisions]
        self.amending_unit = re.compile(s.amending_unit) if s.amending_unit else None
        self.amending_unit_text = re.compile(s.amending_unit_text) if s.amending_unit_text else None
        self.articles_mark = re.compile(s.elucidation_articles) if s.elucidation_articles else None
        candidates = [] if s.paragraphs else headings(self.pieces, self.marks)
        if self.amending and s.sets_out:
            candidates = self._as_announced(candidates)
        self._find_parts({c.piece for c in candidates if c.weight > WEAK})
        self._choose_units(candidates)

    def _as_announced(self, candidates: Sequence[Heading]) -> list[Heading]:
        """Headings that lack the letter of the new article which the words before them announce.

        (“… di antara Pasal 12 dan Pasal 13 yang dijadikan Pasal 12A, yang berbunyi sebagai berikut: “Pasal 12 …”.)
        """
        finder = Finder(self.structure, self.pieces)
        out = []
        for c in candidates:
            said = (finder.said(c.piece) or []) if c.num.isdecimal() else []
            new = said[2] if len(said) == 3 and said[0] == c.num else ""
            key = article_key(new) if re.fullmatch(rf"{c.num}[A-Z]", new) else None
            if key is None:
                out.append(c)
            else:
                self.note(self.pieces[c.piece].start, "heading-as-announced", c.num, new)
                out.append(replace(c, num=new, key=key))
        return out

    def _find_parts(self, units: set[int]) -> None:
        """Which pieces open a part of the document."""
        part = "front"
        zone = 0
        for i, piece in enumerate(self.pieces):
            text = bare(piece.text)
            mark = next(
                (m for m, pattern in self.part_marks if pattern.match(text) and (piece.fresh or m.inline)), None
            )
            if part == "elucidation" and self.articles_mark and self.articles_mark.match(text):
                self.explained_from[zone] = i
            if mark and self._may_open(mark, part):
                self.parts[i] = mark
                part = mark.part
                zone = i
            elif part in ("front", "preamble") and (i in units or self.division(piece.text)):
                part = "body"

    @staticmethod
    def _may_open(mark: PartMark, part: str) -> bool:
        if mark.after and mark.after != part:
            return False
        if mark.part in ("preamble", "body"):
            return part in ("front", "preamble") and mark.part != part
        if mark.part == "translation":
            return part in ("body", "closing")
        if mark.part == "annex":
            return part not in ("front", "preamble")
        return mark.part != part

    def _choose_units(self, candidates: Sequence[Heading]) -> None:
        """Which candidates are headings of articles, and which of these are the document's own."""
        zones: dict[int, list[Heading]] = {}
        zone = at = 0
        body = False
        for candidate in candidates:
            while at <= candidate.piece:
                zone, body = (at, False) if at in self.parts else (zone, body)
                body = body or self.division(self.pieces[at].text) is not None
                at += 1
            if candidate.piece < self.explained_from.get(zone, 0):
                continue  # the general part of an elucidation speaks of articles, it has none
            if zone in self.parts and self.parts[zone].part == "preamble" and not body:
                begins = candidate.alone or candidate.key == (1, 0)
                fresh = self.pieces[candidate.piece].fresh or self._begins_inline(candidate, candidates)
                body = begins and candidate.weight > WEAK and fresh
                if not body:
                    continue  # what the preamble refers to
            zones.setdefault(zone, []).append(candidate)
        if self.structure.sets_out and not self.amending:
            self._set_apart(zones)
        groups: dict[tuple[int, int, str, str, bool], list[Heading]] = {}
        restart = 0
        for zone, found in zones.items():
            for candidate in found:
                main = (zone, candidate.unit.id, self._series(candidate), candidate.quoted)
                if candidate.key == (1, 0) and candidate.weight > WEAK and self._after_division(candidate.piece):
                    restart = candidate.piece
                # Numbers that start over below a new division (a rule, an annex) are a series of their own.
                groups.setdefault((main[0], restart if not self.amending else 0, *main[1:]), []).append(candidate)
        # An amending act's own units are of one kind: behind its sections, an article is set out, quoted or not.
        kind = next((c.unit.id for c in candidates if not c.quoted and c.weight > WEAK), "") if self.amending else ""
        for (_, _, unit, series, quoted), group in groups.items():
            self._choose_from(group, series, quoted or (unit != kind != ""))

    def _set_apart(self, zones: dict[int, list[Heading]]) -> None:
        """Take the headings of other laws' articles, which some of the own articles set out, out of the series."""
        finder = Finder(self.structure, self.pieces)
        for zone, found in zones.items():
            part = self.parts[zone].part if zone in self.parts else "body"
            if part == "elucidation" and self.articles:
                apart = finder.elucidation(found, self.articles)
            elif part in ("preamble", "body") and not self.articles:
                apart, self.articles = finder.body(found)
            else:
                continue
            self.units |= {c.piece: (c, False) for c in found if c.piece in apart}
            zones[zone] = [c for c in found if c.piece not in apart]

    def _begins_inline(self, first: Heading, candidates: Sequence[Heading]) -> bool:
        """Whether a body begins in the preamble's last line (`… menetapkan. Pasal I. …`, `PASAL I …`), II after it."""
        if not self._set_off(first):
            return False
        zones = [i for i in self.parts if i > first.piece]
        last = min(zones, default=len(self.pieces))
        return any(
            c.key == (2, 0) and c.unit is first.unit and c.weight > WEAK and first.piece < c.piece < last
            and self._series(c) == self._series(first) and self._set_off(c)
            for c in candidates
        )  # fmt: skip

    def _set_off(self, candidate: Heading) -> bool:
        text = self.pieces[candidate.piece].text
        return set_off(bare(text[: candidate.end]), text[candidate.end :])

    def _series(self, candidate: Heading) -> str:
        return "roman" if candidate.num.isalpha() else "decimal"

    def _after_division(self, i: int) -> bool:
        return any(self.division(p.text) for p in self.pieces[max(0, i - TITLE_LINES) : i])

    def _choose_from(self, group: list[Heading], series: str, quoted: bool) -> None:
        if self.amending and self.amending_unit is not None and series == "roman":
            last = 0
            for candidate in group:
                own = candidate.key[0] == last + 1 and self.amending_unit.fullmatch(candidate.num) is not None
                last += own
                if own or candidate.weight > WEAK:
                    self.units[candidate.piece] = (candidate, own)
            return
        own = not quoted and not (self.amending and self.amending_unit is not None)
        if own and self.amending and self.amending_unit_text is not None:
            group = [self._weighed(c, self.amending_unit_text) for c in group]
        announced, group = group, []
        for candidate in announced:
            while group and self._announces(group[-1], candidate):
                group.pop()
            group.append(candidate)
        order = chain([Candidate(c.key, c.weight, c.weight <= WEAK) for c in group], own and not self.amending)
        chosen = {group[n].piece for n in order}
        kept: Heading | None = None
        for candidate in group:
            in_chain = candidate.piece in chosen
            if not in_chain and (candidate.weight <= WEAK or not candidate.alone):
                continue
            doubled = kept is not None and kept.num == candidate.num and self._nothing_between(kept, candidate)
            if doubled and not in_chain:
                self.note(self.pieces[candidate.piece].start, "doubled-heading", candidate.num, "")
                continue
            if not in_chain and own and not self.amending:
                text = self.pieces[candidate.piece].text
                self.note(self.pieces[candidate.piece].start, "article-out-of-order", candidate.num, text)
            if kept is not None and (doubled or kept.piece not in chosen) and self._nothing_between(kept, candidate):
                if not doubled:
                    self.note(self.pieces[kept.piece].start, "empty-heading", kept.num, "")
                del self.units[kept.piece]
            self.units[candidate.piece] = (candidate, own and (in_chain or not self.amending))
            kept = candidate

    def _weighed(self, candidate: Heading, operates: re.Pattern[str]) -> Heading:
        """An amending act's own unit says what it does to another act."""
        rest = self.pieces[candidate.piece].text[candidate.end :].lstrip(" .–—-")
        return replace(candidate, weight=candidate.weight + 4) if operates.match(rest) else candidate

    def _announces(self, first: Heading, second: Heading) -> bool:
        """Whether a heading comes again, behind debris or a division's heading: it stood at the foot of a page."""
        if first.num != second.num or not TITLE_LINES >= second.piece - first.piece > 1:
            return False
        heading = self.pieces[first.piece].text
        between = (p.text for p in self.pieces[first.piece + 1 : second.piece])
        return not heading[first.end :].strip(" .…") and all(
            not re.search(r"[^\W\d_]{3}", t) or t.isupper() or t == heading or self.division(t) for t in between
        )

    def _nothing_between(self, first: Heading, second: Heading) -> bool:
        return second.piece == first.piece + 1 and not self.pieces[first.piece].text[first.end :].strip(" .…")

    def sets_out(self, line: str) -> bool:
        """Whether a line ends with words behind which an act that amends in part sets something out."""
        return bool(self.structure.sets_out and re.search(self.structure.sets_out, line))

    def division(self, text: str) -> tuple[Division, re.Match[str], str] | None:
        """The division that a line opens, and what else stands on the line."""
        offset = len(text) - len(bare(text))
        for division, pattern in self.division_marks:
            match = pattern.match(text, offset)
            if match is None:
                continue
            rest = text[match.end() :].strip(" .:–—-*_#")
            if rest and (len(rest) > 120 or text.rstrip()[-1:] in ".;," or not rest[:1].isupper()):
                continue
            return division, match, rest
        return None


def bare(text: str) -> str:
    """A line without the signs that printers and Markdown put before it."""
    opening = BEFORE.match(text)
    return text[opening.end() :] if opening else text
