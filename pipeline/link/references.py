"""Tags → references: which of the numbers that stand together name one target.

A tagged CITATION is one link (an article, a paragraph, an instrument). Links that only connecting words keep apart
form one reference; reading order and rank say how they combine: `Pasal 2 ayat (1) dan ayat (2)` is two targets,
`Pasal 2 sampai dengan Pasal 6` five, `paragraph (a) of Section 4 of Republic Act No. 9208` one.
The span of a target is the shortest stretch that holds every word which names it: the word that heads its number, its
numbers at each level, and the law or article of which it is, where that is named. What lies inside a range has the
range whole; its first and its last have their own words.
Does not look a target up; where it stands, `resolve` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline import numerals
from pipeline.corpus import Corpus
from pipeline.link.instruments import implemented
from pipeline.link.patterns import pattern
from pipeline.records import Tag

RANK = {"article": 1, "para": 2, "letter": 3, "number": 4, "points": 2}
REACH = 4000  # characters within which the words of one reference, and its instrument, stand
INSTRUMENTS = ("instrument", "self", "implemented")
POSITIONS = ("this-article", "preceding-article", "following-article")
RANGE = re.compile(
    r"(.+?)(?<!\s)\s*+(?:\bto\b|\bthrough\b|\bsampai\s+dengan\b|[-–](?=\s*(?:\d+\s?[A-Z]{0,2}|\([a-z\d]{1,3}\))$))\s*(.+)"
)
ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)")


Span = tuple[int, int]  # offsets in the document's canonical text


@dataclass(frozen=True)
class Number:
    """One number of a link, as a path (`9.1.a` → 9, 1, a); its words begin with what heads the link, if anything."""

    path: list[str]
    ranged: bool  # joined to the number before as the end of a range
    words: Span


@dataclass
class Target:
    """One thing that a reference names: an article and the points below it, or a place told by its position."""

    article: str = ""
    points: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    instrument: Tag | None = None
    relative: str = ""  # one of POSITIONS, or preceding-paragraph
    back: int = 1  # how many articles or paragraphs back `the preceding …` is
    after: str = ""  # article at the other end of a range; the target stands for what lies between, too
    after_words: Span | None = None  # the words of that article
    article_words: Span | None = None
    point_words: list[Span] = field(default_factory=list)  # of each of `points`
    law_words: list[Span] = field(default_factory=list)  # of the instrument, or of the place told by its position

    @property
    def span(self) -> Span:
        """The shortest stretch that holds all words which name the target."""
        words = [*([self.article_words] if self.article_words else []), *self.point_words, *self.law_words]
        return _hull(*words)

    @property
    def range_words(self) -> Span:
        """The stretch of the range of articles which the target ends."""
        return _hull(*(words for words in (self.after_words, self.article_words) if words))


def _hull(*spans: Span) -> Span:
    return min(s[0] for s in spans), max(s[1] for s in spans)


def groups(corpus: Corpus, doc_id: str) -> Iterator[list[Tag]]:
    """Runs of links in one provision with only connecting words between them."""
    group: list[Tag] = []
    text, code = corpus.text[doc_id], corpus.documents[doc_id].jurisdiction
    gap, title = pattern(code, "gap"), pattern(code, "title_of_another")
    quoted = pattern(code, "quoted_title")
    titled: Tag | None = None  # the instrument whose title may follow
    for tag in (t for t in corpus.tags[doc_id] if t.label == "CITATION"):
        if tag.value.get("level") == "implemented" and not implemented(corpus, doc_id, tag):
            continue
        near = titled is not None and titled.eid == tag.eid and tag.start < titled.end + REACH
        behind = text[titled.end : tag.start] if near and titled is not None else None
        if behind is not None and quoted.fullmatch(behind):
            continue
        if tag.value.get("level") == "instrument":
            if behind is not None and title.fullmatch(behind):
                continue
            titled = tag
        if group and (
            tag.eid != group[-1].eid
            or tag.start > group[-1].end + REACH
            or "\n" in corpus.text[doc_id][group[-1].end : tag.start]
            or not gap.fullmatch(corpus.text[doc_id][group[-1].end : tag.start])
        ):
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def targets_of(group: list[Tag], text: str, code: str) -> list[Target]:
    """What the links of one group name together, in order; `code` is the pack whose words join them."""
    of, spans = pattern(code, "of"), pattern(code, "range")
    targets: list[Target] = []
    group = [one for tag in group for one in _each_instrument(tag)]
    led: Tag | None = None  # the instrument that a colon opens: `Undang-Undang Dasar …: Pasal 5 dan Pasal 20`
    for i, tag in enumerate(group):
        between = text[group[i - 1].end : tag.start] if i else ""
        level = tag.value.get("level", "")
        if level in INSTRUMENTS:
            open_targets = [t for t in targets if t.instrument is None and t.relative != "preceding-paragraph"]
            listed = i > 0 and group[i - 1].start == tag.start
            if open_targets and not listed and (i == 0 or not _separate(between, code)):
                for target in open_targets:
                    target.instrument = tag
                    target.tags.append(tag)
                    target.law_words.append((tag.start, tag.end))
            else:
                targets.append(Target(instrument=tag, tags=[tag], law_words=[(tag.start, tag.end)]))
            led = None
        elif level in POSITIONS:
            bare = [t for t in targets if not t.article and not t.relative and t.points]
            if bare and (of.search(between) or not between.strip()):  # `ayat 1 pasal ini`
                for target in bare:
                    target.relative = level
                    target.tags.append(tag)
                    target.law_words.append((tag.start, tag.end))
            elif level != "this-article":
                targets += _counted_back(tag)
        elif level == "preceding-paragraph":
            targets += _counted_back(tag)
        elif level == "article":
            numbers = numbers_of(tag)
            bare = [t for t in targets if not t.article and not t.relative and t.points and t.instrument is None]
            # `paragraph (b), Section 4 of this Act` is written from the inside out, too.
            if bare and (of.search(between) or re.fullmatch(r"\s*,?\s+", between)):
                for target in bare:
                    target.article = numbers[0].path[0]
                    target.article_words = numbers[0].words
                    target.tags.append(tag)
                continue
            last = targets[-1] if targets else None
            # `Act 1524, section 4`; `Undang-Undang Dasar: Pasal 5`; but `…, Section 4 of this Act` names its own.
            leads = re.fullmatch(r"\s*:?\s*", between) or (
                re.fullmatch(r"\s*,\s*(?:series\s+of\s+\d{4}\s*,\s*)?", between)
                and not _names_its_own(group[i + 1 :], text, tag.end, code)
            )
            if leads and last and last.instrument and not last.article and not last.points:
                led = targets.pop().instrument
            for j, number in enumerate(numbers):
                before = targets[-1] if targets else None
                spanned = number.ranged or (j == 0 and before is not None and bool(spans.search(between)))
                words = number.words
                if before and before.article_words and not _headed(tag):
                    words = _hull(before.article_words, words)  # `Articles 18 to 20, paragraph 1, and 21, paragraph 2`
                below = number.path[1:]
                targets.append(
                    Target(
                        number.path[0],
                        below,
                        [RANK["points"]] * len(below),
                        tags=[tag],
                        instrument=led,
                        after=before.article if spanned and before else "",
                        after_words=before.article_words if spanned and before else None,
                        article_words=words,
                        point_words=[words] * len(below),
                        law_words=[(led.start, led.end)] if led else [],
                    )
                )
        elif level in RANK:
            postfixed = i > 0 and _postfixed(group, i, text, code)
            _points(targets, tag, level, between, code, led, postfixed)
    return _filled(targets)


def _counted_back(tag: Tag) -> list[Target]:
    # `the two preceding articles` are two targets.
    count = int(tag.value.get("back_count") or 1)
    words = (tag.start, tag.end)
    return [Target(relative=tag.value["level"], tags=[tag], back=n, law_words=[words]) for n in range(count, 0, -1)]


def numbers_of(tag: Tag) -> list[Number]:
    """The numbers of a link, in order."""
    value, whole = tag.value, (tag.start, tag.end)
    if value.get("ordinal"):
        return [Number([str(numerals.ordinal(value["ordinal"]))], False, whole)]
    found: list[Number] = []
    at = 0
    if value.get("from"):
        said = [(value["from"], False), (value["to"], True)]
    else:
        numbers = value.get("nums") or ([value["num"]] if value.get("num") else [])
        said = [(end, i > 0) for number in numbers for i, end in enumerate(_ends(str(number)))]
    for number, ranged in said:
        start, at = _place(tag.text, number, at)
        plain = (
            number.replace(" ", "") if re.fullmatch(r"\d{1,2}\s\d{2}|\d+\s(?:[A-Z]|bis|ter|quater)", number) else number
        )
        spoken = numerals.words(number)
        plain = plain if spoken is None else str(spoken)
        first = tag.start if _headed(tag) else tag.start + start
        found.append(Number(re.findall(r"\w+(?:-[A-Z]\b)?", plain), ranged, (first, tag.start + at)))
    return found


def _ends(number: str) -> tuple[str, ...]:
    """The two ends of a range, or the one number."""
    ends = RANGE.fullmatch(number)
    return ends.groups() if ends else (number,)


def _place(text: str, number: str, at: int) -> Span:
    """Where a number stands in the words of its link, behind `at`, with the bracket or ordinal ending behind it."""
    start = text.find(number, at)
    while start >= 0:
        end = start + len(number)
        ending = ORDINAL.match(text, end)
        end = ending.end() if ending else end
        inside = start > 0 and number[0].isalnum() and text[start - 1].isalnum()
        if not inside and not (number[-1].isalnum() and text[end : end + 1].isalnum()):
            return start, end + (text[end : end + 1] == ")" and number[-1] != ")")
        start = text.find(number, start + 1)
    return at, len(text)


def _headed(tag: Tag) -> bool:
    """Whether a link begins with a word (`Pasal 5`, `paragraph (a)`), not with a number (`(b)`, `21`)."""
    return tag.text[:2].isalpha()


def _each_instrument(tag: Tag) -> list[Tag]:
    """A tag for each instrument of a list (`Acts Nos. 277, 292 and 480`), else the tag."""
    numbers = tag.value.get("nums") or []
    if tag.value.get("level") != "instrument" or len(numbers) < 2:
        return [tag]
    named = tag.text[: tag.text.find(numbers[0])]
    return [
        replace(tag, end=number.words[1], text=f"{named}{n}", value={**tag.value, "number": n, "nums": [n]})
        for n, number in zip(numbers, numbers_of(tag), strict=True)
    ]


def _filled(targets: list[Target]) -> list[Target]:
    """Targets with what lies between two points of one article that each names it: `Sections 5(a) to 5(f)`."""
    out: list[Target] = []
    for target in targets:
        before = out[-1] if out else None
        if target.after and before is not None and target.after == before.article == target.article:
            beside = before.points[:-1] == target.points[:-1] and before.points and target.points
            between = strictly_between(before.points[-1], target.points[-1]) if beside else []
            words = _hull(before.span, target.span)
            out += [replace(target, points=[*target.points[:-1], n], after="", article_words=words) for n in between]
            target.after = ""
        out.append(target)
    return out


def _names_its_own(rest: list[Tag], text: str, end: int, code: str) -> bool:
    """Whether a reference names its instrument behind itself."""
    for tag in rest:
        if tag.value.get("level") in INSTRUMENTS:
            return not _separate(text[end : tag.start], code)
        end = tag.end
    return False


def _postfixed(group: list[Tag], i: int, text: str, code: str) -> bool:
    """Whether the article of a point comes behind it: `1` in `subdivision 4 of article 11 and 1 of article 12`."""
    joins = pattern(code, "joins")
    before = text[group[i - 1].end : group[i].start]
    if "," not in before and not joins.search(before):
        return False
    end = group[i].end
    for tag in group[i + 1 :]:
        level = tag.value.get("level")
        between = text[end : tag.start]
        if level in ("article", *POSITIONS):
            return bool(pattern(code, "of").search(between)) and not joins.search(between)
        if level not in RANK:
            return False
        end = tag.end
    return False


def _separate(between: str, code: str) -> bool:
    """Whether `, and the Revised Penal Code` starts a new reference rather than naming the law of the last one."""
    joined = "," in between or pattern(code, "joins").search(between)
    return bool(joined) and not pattern(code, "of").search(between)


def _points(
    targets: list[Target],
    tag: Tag,
    level: str,
    between: str,
    code: str,
    led: Tag | None,
    postfixed: bool,
) -> None:
    """Add a link below article level: deeper into the last target, or beside it."""
    rank = RANK[level]
    joined = not pattern(code, "joins").search(between)
    spans = pattern(code, "range")
    for j, number in enumerate(numbers_of(tag)):
        path, words = number.path, number.words
        last = targets[-1] if targets else None
        spanned = number.ranged or (j == 0 and bool(spans.search(between)))
        open_last = last is not None and not last.relative and (last.instrument is led or level == "points")
        if last is not None and open_last and not (j == 0 and postfixed):
            kept = _beside(last, path, rank, level)
            if (
                kept is None
                and j == 0
                and (joined or last.tags[-1].value.get("level") == "article")
                and (last.article or last.points)
            ):
                last.points += path
                last.ranks += [rank] * len(path)
                last.point_words += [words] * len(path)
                last.tags.append(tag)
                continue
            if kept is not None:
                if not _headed(tag):
                    words = last.point_words[kept][0], words[1]
                tail = path[:-1]
                between_ends = strictly_between(last.points[-1], path[-1]) if spanned and last.points else []
                ranged = _hull(last.point_words[-1], words) if between_ends else words
                for end, said in [*((n, ranged) for n in between_ends), (path[-1], words)]:
                    targets.append(
                        replace(
                            last,
                            points=[*last.points[:kept], *tail, end],
                            ranks=[*last.ranks[:kept], *[rank] * len(path)],
                            point_words=[*last.point_words[:kept], *[said] * len(path)],
                            law_words=list(last.law_words),
                            tags=[*([last.tags[0]] if last.article and last.tags[0] is not tag else []), tag],
                            after="",
                        )
                    )
                continue
        targets.append(Target("", list(path), [rank] * len(path), [tag], point_words=[words] * len(path)))


def _beside(last: Target, path: list[str], rank: int, level: str) -> int | None:
    """How many points of the last target a link beside it shares; None where the link is a level below them all."""
    if not last.points:
        return None
    if level != "points":
        return sum(1 for r in last.ranks if r < rank) if rank in last.ranks else None
    for k in range(len(last.points) - 1, -1, -1):
        if _style(last.points, k) == _style([*last.points[:k], path[0]], k):
            return k
    return None


def _style(points: list[str], k: int) -> str:
    """How a point is numbered. A single i, v or x is roman below a letter, else a letter."""
    number = points[k]
    if number.isdigit():
        return "digit"
    if len(number) > 1:
        return "roman" if set(number) <= set("ivx") else "double" if len(set(number)) == 1 else "letter"
    lettered = any(len(p) == 1 and p.isalpha() for p in points[:k])
    return "roman" if number in "ivx" and lettered else "letter"


def strictly_between(first: str, last: str) -> list[str]:
    """Numbers strictly between two ends of a range."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 200:
        return [str(n) for n in range(int(first) + 1, int(last))]
    last = last.lower() if first.islower() else last
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(c) for c in range(ord(first) + 1, ord(last))]
    return []
