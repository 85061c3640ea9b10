"""What a printer puts on a page beside the text: found by position and repetition, taken away, reported.

Running heads, page numbers and stamps stand at one place on page after page; garbled by a poor scan they still stand
there. A note at the foot of every page explains marks, which then say nothing where they stand in the text.

Pure geometry and counting; knows no file format, no language and no jurisdiction, and no particular string. How a
jurisdiction heads its articles it is told, for these count along with the pages where each page holds one. Pages are
seen twice: first `learn`, then `strip`. What is kept in between are counts of what stands at the edges of pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from pipeline.extract.layout import Line, PageLines
from pipeline.extract.patterns import any_of, letter_runs, words_in

TOP_LINES = 6
BOTTOM_LINES = 5
BAND = 5.0  # points; lines whose distances from the page's edge differ less stand at the same height
APART = 0.02  # of a page's height; a gap wider than this sets a line apart
MARGIN = 0.08  # of a page's height; decides only for a document of one page, where nothing can recur
ALIKE = 65  # per cent; what is left of a head after a poor scan, at the very place of the head
COVERED = 0.6  # share of the pages from its first to its last on which a head must stand
KEPT = 20_000  # distinct lines to count before the rare ones are forgotten
LETTER = re.compile(r"[^\W\d_]")
FEW = 8  # characters, at most so many as a page number is made
MIDDLE = (0.4, 0.6)  # shares of a page's width, between which it stands
SHORTEST = 3  # letters of a word that tells text from noise
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
DIGIT = re.compile(r"[\d#]")
NUMBER = re.compile(r"\d+")
DIGITS = re.compile(r"[\dlio|!]+")  # what a scan makes of digits
DOTTED = (".", "…", ",")
MARK = re.compile(r"([*†‡§]{1,6})(\)?)\s*:?\s*\w")
NOISE = re.compile(r"[^\W\d_][^\w\s./’'(),-][^\W\d_\s]|[^\W\d_][^\w\s./’'(),-]\d|[a-z][A-Z]")  # within a word
RULE_OFF = re.compile(r"[\s\-_=*–—.·\xad]{5,}")


@dataclass(frozen=True, slots=True)
class Removed:
    """A line, or a mark within a line, taken away as furniture."""

    page: int
    rule: str  # running-head | page-number | stamp | speck | catchword | footnote-legend | footnote-mark | drawn-rule
    text: str


@dataclass(slots=True)
class _Seen:
    """How often, where and on which pages a line stood at one height."""

    text: str
    pages: int = 0
    first: int = 0
    last: int = 0
    odd: int = 0
    centre: float = 0.0  # sum, as shares of the page's width

    def add(self, page: int, centre: float) -> None:
        if self.last == page:
            return
        self.pages += 1
        self.first = self.first or page
        self.last = page
        self.odd += page % 2
        self.centre += centre

    @property
    def middle(self) -> float:
        return self.centre / self.pages


@dataclass(frozen=True, slots=True)
class _Head:
    """A place at the top or bottom of pages where a head stands."""

    side: str
    lowest: float  # distance from the page's edge, points
    highest: float
    middle: float  # share of the page's width
    mask: str
    masks: frozenset[str]
    rule: str
    pages: int


@dataclass(slots=True)
class _Numbers:
    """A form in which bare numbers stand at pages' edges (`- # -`): how often, and how often they count on."""

    pages: int = 0
    counting: int = 0
    page: int = 0
    number: int = 0
    own: int = 0  # how often the number is the page's own
    places: Counter[tuple[str, int]] = field(default_factory=Counter)


class Furniture:
    """Learns what recurs at the edges of a document's pages, then takes it away.

    `share` is the part of the pages on which a head must stand; `headings` match what heads articles and divisions.
    """

    def __init__(self, share: float, headings: Sequence[re.Pattern[str]] = ()) -> None:
        self.share = share
        heads = any_of(p.pattern for p in headings)
        # Whether a line heads an article: the same words may be a head, but a number that counts on is its own.
        # A line is asked about twice, as with `_masks`.
        self._is_heading = lru_cache(maxsize=KEPT // 2)(lambda text: heads.fullmatch(text) is not None)
        self.filled = 0
        self.scanned = 0
        self.seen: dict[tuple[str, int], dict[str, _Seen]] = {}
        self.lines_at: Counter[tuple[str, int]] = Counter()
        self.short_at: Counter[tuple[str, int]] = Counter()  # of these, short ones in the middle of a scan's page
        self.inside: Counter[str] = Counter()  # short lines amid pages
        self.words: Counter[str] = Counter()
        self.runs: Counter[str] = Counter()  # of letters; `_count_words` finds the words in them
        self.numbers: dict[str, _Numbers] = {}
        self.heads: list[_Head] = []
        self.marks: re.Pattern[str] | None = None

    # ------------------------------------------------------------------------------------- learn

    def learn(self, page: PageLines) -> None:
        """Count what stands at the edges of a page."""
        if not page.lines:
            return
        self.filled += 1
        self.scanned += page.scanned
        edges = list(_edges(page))
        for side, distance, line, apart in edges:
            band = int(distance / BAND)
            self.lines_at[side, band] += 1
            centre = (line.x0 + line.x1) / 2 / page.width
            masks = self._masks(line.text, page.page)
            if page.scanned and len(line.text) <= FEW and MIDDLE[0] < centre < MIDDLE[1]:
                self.short_at[side, band] += not self._is_heading(line.text)
            if masks and "#" in masks[0] and not LETTER.search(masks[0]):
                self._number(masks[0], line.text, page.page, side, band)
                continue
            if (
                apart
                and NUMBER.search(line.text)
                and not self._is_heading(line.text)
                and not ends_in_leaders(line.text)
            ):
                masks = (*masks, _stamp(line.text))
            at = self.seen.setdefault((side, band), {})
            for mask in masks:
                if mask not in at:
                    at[mask] = _Seen(line.text)
                at[mask].add(page.page, centre)
        texts = [line.text for line in page.lines]
        self.inside.update([t for t in texts[TOP_LINES:-BOTTOM_LINES] if len(t) <= 60])
        if len(set(texts)) < len(texts):
            # A head stands once on a page.
            self.inside.update({t: n for t, n in Counter(texts).items() if n > 1})
        self.runs.update(letter_runs("\n".join(texts)))
        if len(self.inside) > KEPT:
            self.inside = _common(self.inside)
        if len(self.runs) > 10 * KEPT:
            self._count_words()
        if self.filled % 256 == 0:
            for at in self.seen.values():
                for mask in [m for m, s in at.items() if s.pages < 0.02 * (page.page - s.first)]:
                    del at[mask]
            for mask in [m for m, n in self.numbers.items() if n.pages == 1 and n.page < page.page - 50]:
                del self.numbers[mask]

    def _count_words(self) -> None:
        """Words of the runs counted so far, but short ones; a run is decoded once, however often it stands."""
        for run, count in self.runs.items():
            if len(run) >= SHORTEST:
                for word in words_in(run):
                    if len(word) >= SHORTEST:
                        self.words[word] += count
        self.runs.clear()
        if len(self.words) > 10 * KEPT:
            self.words = _common(self.words)

    def _number(self, mask: str, text: str, page: int, side: str, band: int) -> None:
        number = int(NUMBER.findall(text)[0][-9:])
        form = self.numbers.setdefault(mask, _Numbers())
        form.pages += 1
        form.counting += form.page > 0 and number - form.number == page - form.page
        form.own += number == page
        form.page, form.number = page, number
        form.places[side, band] += 1

    # ------------------------------------------------------------------------------------ settle

    def settle(self) -> None:
        """Decide what is furniture. Call once, after all pages were learned."""
        self._count_words()
        enough = max(2.0, self.share * (self.filled - 1))
        for mask, form in list(self.numbers.items()):
            dashed = mask not in ("#", "#.")
            counts_on = form.pages >= 2 and form.counting >= 0.5 * (form.pages - 1)
            # Between dashes a number is a page's even where a poor reading leaves few of them whole.
            often = form.pages >= max(2.0, (0.1 if dashed else 0.25) * self.filled)
            if not ((often and counts_on) or (dashed and (form.pages >= enough or form.own == form.pages))):
                del self.numbers[mask]
        taken: set[tuple[str, int, str]] = set()
        seeds = [
            (seen.pages, side, band, mask)
            for (side, band), at in self.seen.items()
            for mask, seen in at.items()
            if seen.pages >= max(2.0, 0.05 * self.filled)
        ]
        for _, side, band, mask in sorted(seeds, key=lambda s: (-s[0], *s[1:])):
            if (side, band, mask) not in taken:
                self._consider(side, band, mask, enough, taken)
        self._find_marks()

    def _consider(self, side: str, band: int, mask: str, enough: float, taken: set[tuple[str, int, str]]) -> None:
        seed = self.seen[side, band][mask]
        stamp = mask.startswith("\0")
        group: list[tuple[int, str, _Seen]] = []
        strange = lines = 0
        for b in (band - 1, band, band + 1):
            lines += self.lines_at[side, b]
            for other, seen in self.seen.get((side, b), {}).items():
                if other.startswith("\0") != stamp:
                    continue
                near = abs(seen.middle - seed.middle) < 0.06
                if near and (other == mask or (_fuzzy(mask, other) and self._alike_only_here(seen, seed))):
                    group.append((b, other, seen))
                elif near and self.garbled(seen.text):
                    strange += seen.pages
        pages = sum(s.pages for _, _, s in group)
        first, last = min(s.first for _, _, s in group), max(s.last for _, _, s in group)
        odd = sum(s.odd for _, _, s in group)
        reach = last - first + 1
        parity = pages - odd if 2 * odd < pages else odd
        covers = pages >= COVERED * reach or (parity >= max(3, COVERED * reach / 2) and parity >= 0.9 * pages)
        one_of_two = parity >= 0.9 * pages and pages >= max(4.0, 0.8 * enough)
        within = sum(self.inside[t] for t in {s.text for _, _, s in group})
        strong = (pages >= enough or one_of_two) and covers and 2 * within <= pages
        weak = (
            self.scanned >= 4
            and pages >= max(3, 0.2 * lines)
            and pages + strange >= max(enough, 2 / 3 * lines)
            and 2 * within <= pages
        )
        if stamp:
            strong, weak = pages >= max(3.0, enough) and covers, False
        if not (strong or weak):
            return
        taken.update((side, b, m) for b, m, _ in group)
        bands = [b for b, _, _ in group]
        text = seed.text
        self.heads.append(
            _Head(
                side,
                min(bands) * BAND - 2,
                (max(bands) + 1) * BAND + 2,
                sum(s.centre for _, _, s in group) / pages,
                mask,
                frozenset(m for _, m, _ in group),
                "stamp" if stamp else ("footnote-legend" if MARK.match(text) else "running-head"),
                pages,
            )
        )

    def _alike_only_here(self, seen: _Seen, seed: _Seen) -> bool:
        """Whether a line that resembles a head is no line of the text (`Pasal 17` resembles `Pasal 27`)."""
        return self.inside[seen.text] <= seen.pages and self.inside[seed.text] <= seed.pages

    def _find_marks(self) -> None:
        glyphs: dict[str, str] = {}
        for head in self.heads:
            if head.rule == "footnote-legend":
                found = MARK.match(next(s.text for s in self._seen_of(head)))
                if found:
                    glyphs[found[1][0]] = found[2]
        if glyphs:
            one = "|".join(rf"{re.escape(g)}{{1,6}}{re.escape(close)}?" for g, close in sorted(glyphs.items()))
            closing = "".join({re.escape(c) for c in glyphs.values() if c})
            ends = rf"(?<={closing})" if closing else ""
            self.marks = re.compile(rf"\s*(?:(?:{one})\s*/\s*)*(?:{one}){ends}")

    def _seen_of(self, head: _Head) -> Iterator[_Seen]:
        for (side, _), at in sorted(self.seen.items()):
            if side == head.side and head.mask in at:
                yield at[head.mask]

    # ------------------------------------------------------------------------------------- strip

    def strip(self, page: PageLines) -> tuple[PageLines, list[Removed]]:
        """`page` without heads, numbers, stamps and specks; and what was removed."""
        removed: dict[int, Removed] = {}
        beyond = {"top": 0.0, "bottom": 0.0}
        edges = list(_edges(page))
        for side, distance, line, apart in edges:
            rule = self._rule(side, distance, line, page, apart)
            if rule:
                removed[id(line)] = Removed(page.page, rule, line.text)
                beyond[side] = max(beyond[side], distance)
        for side, distance, line, apart in edges:
            if id(line) in removed:
                continue
            if self._is_scan() and distance < beyond[side] - 3:
                # Outside the head there is no text: what recurs there is its other line, what is no word a speck.
                if self.garbled(line.text) or (apart and len(line.text) <= SHORTEST):
                    removed[id(line)] = Removed(page.page, "speck", line.text)
                elif self._recurs(side, distance, line, page):
                    removed[id(line)] = Removed(page.page, "running-head", line.text)
            elif side == "top" and apart and self._in_corner(line, page):
                removed[id(line)] = Removed(page.page, "stamp", line.text)
        if page.page == 1 and self.filled > 1:
            for line in self._site_stamp(page):
                removed.setdefault(id(line), Removed(page.page, "stamp", line.text))
        if self._is_scan():
            kept = (line for line in _top_down(page) if id(line) not in removed)
            removed.update(
                {id(line): Removed(page.page, "speck", line.text) for line in self._garbled_head(kept, page)}
            )
        lines = []
        for line in page.lines:
            if id(line) in removed:
                continue
            if not (line.text[:1].isalnum() or line.fixed) and RULE_OFF.fullmatch(line.text):
                removed[id(line)] = Removed(page.page, "drawn-rule", line.text)
                continue
            lines.append(self._unmarked(line, page.page, removed) if self.marks or line.marks else line)
        return page._replace(lines=tuple(lines)), list(removed.values())

    def _rule(self, side: str, distance: float, line: Line, page: PageLines, apart: bool) -> str:
        if self.filled == 1:
            # Nothing can recur: only the margin itself decides, and only for what is no sentence.
            return "running-head" if distance < MARGIN * page.height and len(line.text) < 60 else ""
        masks = self._masks(line.text, page.page)
        band = int(distance / BAND)
        middle = (line.x0 + line.x1) / 2 / page.width
        if masks and masks[0] in self.numbers:
            return "page-number"
        if len(line.text) <= FEW and not self._known(line.text) and MIDDLE[0] < middle < MIDDLE[1]:
            # What a scan makes of a page number, where numbers stand, or where nothing else stands on page after page.
            near = [(side, b) for b in (band - 1, band, band + 1)]
            short, lines = sum(self.short_at[at] for at in near), sum(self.lines_at[at] for at in near)
            if self._is_scan() and short >= max(4, COVERED * (self.filled - 1)) and short >= 0.8 * lines:
                return "page-number"
            for form in self.numbers.values():
                if sum(form.places[side, b] for b in (band - 1, band, band + 1)) >= max(2, 0.1 * form.pages):
                    return "page-number"
        for head in self.heads:
            if side != head.side or not head.lowest - 30 <= distance <= head.highest + 30:
                continue
            here = head.lowest - 3 <= distance <= head.highest + 3
            if head.rule == "stamp":
                if (
                    apart
                    and not self._is_heading(line.text)
                    and not ends_in_leaders(line.text)
                    and ratio(_stamp(line.text), head.mask) >= (ALIKE if here else 85)
                ):
                    return "stamp"
                continue
            if (
                any(m in head.masks for m in masks)
                and abs(middle - head.middle) < 0.08
                and (here or not self.inside[line.text])
            ):
                return head.rule
            if here and abs(middle - head.middle) < 0.06:
                if masks and _fuzzy(head.mask, masks[0]) and 4 * self.inside[line.text] <= head.pages:
                    return head.rule
                if head.rule == "running-head" and self._is_scan() and self.garbled(line.text):
                    return head.rule
        return ""

    def _masks(self, text: str, page: int) -> tuple[str, ...]:
        """What may recur of a line; of a heading only the whole."""
        masks = _masks(text, page)
        return masks[:1] if len(masks) > 1 and self._is_heading(text) else masks

    def _is_scan(self) -> bool:
        return 2 * self.scanned >= self.filled

    def _recurs(self, side: str, distance: float, line: Line, page: PageLines) -> bool:
        """Whether the line, or one like it, stands at this height on several pages."""
        masks = _masks(line.text, page.page)[:1]
        alike = 0
        for band in range(int(distance / BAND) - 2, int(distance / BAND) + 3):
            at = self.seen.get((side, band), {})
            alike += sum(s.pages for m, s in at.items() if m in masks or (masks and _fuzzy(m, masks[0])))
        return alike >= max(3, 0.1 * self.filled)

    def _in_corner(self, line: Line, page: PageLines) -> bool:
        """A word stamped into the upper right corner of the first page, far above everything else."""
        return page.page == 1 and self.filled > 1 and line.x0 > 0.6 * page.width and len(line.text.split()) <= 3

    def _site_stamp(self, page: PageLines) -> list[Line]:
        """Lines above everything else on the first page, apart, one of which is what other pages have at an edge.

        So a site stamps a copy with its name and address, and every page with the address.
        """
        block = _above_gap(_top_down(page), APART * page.height)
        heads = {mask for head in self.heads if head.rule == "running-head" for mask in head.masks}
        known = any(mask in heads for line in block for mask in self._masks(line.text, page.page))
        return block if known and len(block) < TOP_LINES else []

    def _garbled_head(self, lines: Iterable[Line], page: PageLines) -> list[Line]:
        """Lines far above all others (top down) that hold no word: a head that a scan has made unlike the others."""
        block = _above_gap(lines, 2 * APART * page.height)
        garbled = all(self.garbled(line.text) for line in block) and any(NOISE.search(line.text) for line in block)
        return block if garbled and len(block) <= 3 else []

    def _unmarked(self, line: Line, page: int, removed: dict[int, Removed]) -> Line:
        if line.marks:
            removed[-id(line)] = Removed(page, "footnote-mark", " ".join(line.marks))
        if self.marks is None or not self.marks.search(line.text):
            return line
        found = [m[0].strip() for m in self.marks.finditer(line.text)]
        rest = self.marks.sub("", line.text).strip()
        if not rest:
            return line
        removed[id(line)] = Removed(page, "footnote-mark", " ".join(found))
        return replace(line, text=rest)

    def _known(self, text: str) -> bool:
        return any(self.words[w] >= 3 for w in WORD.findall(text.lower()))

    def garbled(self, text: str) -> bool:
        """Whether a line holds no word of the document: what a poor scan makes of a crest, a speck or a head."""
        words = WORD.findall(text.lower())
        if words:
            return not any(self.words[w] >= 3 for w in words)
        return not re.fullmatch(r"\(?\w{1,4}[.)]?|[\d.,\s]+", text) or len(text) == 1


def _edges(page: PageLines) -> Iterator[tuple[str, float, Line, bool]]:
    """(side, distance from that edge, line, whether it stands apart, outermost) of the lines at a page's edges."""
    lines: Sequence[Line] = [line for line in page.lines if not line.fixed]
    if max([line.column for line in lines], default=0):
        lines = sorted(lines, key=lambda line: (-line.base, line.x0))
    count = len(lines)
    far = APART * page.height
    for i in range(min(TOP_LINES, count)):
        line = lines[i]
        apart = i == 0 and count > 1 and line.base - lines[1].base > far
        # On a page of few lines a line counts for the edge that is nearer.
        if count >= TOP_LINES + BOTTOM_LINES or line.base > page.height / 2:
            yield "top", page.height - line.base, line, apart
    for i in range(max(0, count - BOTTOM_LINES), count):
        line = lines[i]
        apart = i == count - 1 and count > 1 and lines[i - 1].base - line.base > far
        if count >= TOP_LINES + BOTTOM_LINES or line.base <= page.height / 2:
            yield "bottom", line.base, line, apart


def _top_down(page: PageLines) -> list[Line]:
    return sorted((line for line in page.lines if not line.fixed), key=lambda line: (-line.base, line.x0))


def _above_gap(lines: Iterable[Line], gap: float) -> list[Line]:
    """Of lines from the top down, those above the first gap of more than `gap` points; [] where there is none."""
    block: list[Line] = []
    for line in lines:
        if block and block[-1].base - line.base > gap:
            return block
        block.append(line)
    return []


def _common(counts: Counter[str]) -> Counter[str]:
    """What was counted more than once; the most frequent half where even that is too much to keep."""
    more = Counter({k: n for k, n in counts.items() if n > 1})
    return more if 2 * len(more) < len(counts) else Counter(dict(more.most_common(len(counts) // 2)))


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()


@lru_cache(maxsize=KEPT // 2)  # each line is looked at twice: when it is learned, and when it may be taken away
def _masks(text: str, page: int) -> tuple[str, ...]:
    """What may recur of a line: its characters, or its characters with one number given relative to the page's own.

    A bare number (`- 3 -`) is a page number whatever it says. In a line with letters only a number that counts
    along with the pages may differ: `Pasal 3` and `Pasal 9` at the top of two pages are not the same head.
    """
    squeezed = _squeezed(text)
    if not NUMBER.search(squeezed):
        return (squeezed,) if squeezed else ()
    if not LETTER.search(squeezed):
        return (NUMBER.sub("#", squeezed),)
    masks = [squeezed]
    for match in list(NUMBER.finditer(squeezed))[:4]:
        if len(match[0]) <= 4:
            masks.append(f"{squeezed[: match.start()]}#{int(match[0]) - page}{squeezed[match.end() :]}")
    return tuple(masks)


def _stamp(text: str) -> str:
    """What recurs of a stamp that is numbered, but not along with the pages."""
    return "\0" + DIGITS.sub("#", _squeezed(text))


def _fuzzy(head: str, mask: str) -> bool:
    """Whether a line resembles a head, but for what a poor scan does to letters (never to numbers)."""
    if len(head) <= 4 or DIGIT.search(head) or DIGIT.search(mask):
        return False
    return ratio(mask, head, score_cutoff=ALIKE) > 0


def ends_in_leaders(text: str) -> bool:
    """Whether a line runs out in dots: two or more, or an ellipsis."""
    tail = text[len(text.rstrip(" .…,")) :] if text.endswith(DOTTED) else ""
    return tail.endswith("…") or (len(tail) > 1 and sum(map(tail.count, ".…,")) > 1)
