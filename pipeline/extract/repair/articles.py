"""Numbers of articles: headings by their sequence, references by what exists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.patterns import any_of, standing_alone
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import AS_DIGIT, NO_LETTER, readings
from pipeline.packs import Structure
from pipeline.sequence import Candidate, Key, article_key, chain, is_next

MAX_HEADING = 60  # characters of a line that holds nothing but a heading
NAMED = 2000  # characters before a heading in which the item that sets it out names it


BEHIND_SENTENCE = re.compile(r"[.;:]\s\Z")


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    token: str
    before: str  # the line before


def article_headings(text: Text, structure: Structure) -> Iterator[Edit]:
    """Numbers of articles that are out of sequence, or no numbers: the reading that the sequence wants."""
    word = structure.repair.article
    if not word:
        return
    pattern = re.compile(
        rf"(?:[#*\s]*|.{{0,12}}\b(?:Angka|angka)\s*\d+\s+){word}\s*(?P<token>\S{{1,6}}(?:\s\S|\s\d[A-Z])?)\s*$", re.I
    )
    names = re.compile(rf"(?:{structure.repair.article_forms or word})\s*(\d+[A-Z]?)\b")
    parts = [m.pattern for m in structure.parts if m.part in ("elucidation", "annex")]
    opens = any_of(parts).match
    begins = word.lower() if word.isalpha() else ""
    zones: list[list[_Heading]] = [[]]
    before = ""
    for start, line in text.lines():
        if opens(line):
            zones.append([])
        match = pattern.match(line) if len(line) <= MAX_HEADING and begins in line.lower() else None
        if match:
            span = match.span("token")
            if match["token"] == "1" and zones[-1]:
                zones.append([])  # numbers start over: an elucidation, an annex
            zones[-1].append(_Heading(start + span[0], start + span[1], match["token"], before))
        before = line
    if all(map(_counts_on, zones)):
        return
    at = text.places(structure.repair.article_forms or word)
    mentioned = Counter(m[1] for m in (names.match(text.text, start) for start in at) if m)
    mentioned.subtract(h.token for zone in zones for h in zone)
    for zone in zones:
        if not _counts_on(zone):
            yield from _sequence(zone, [frozenset(_named(names, h.before)) for h in zone], mentioned)


def _named(names: re.Pattern[str], text: str) -> list[str]:
    return [m[1] for m in standing_alone(names, text)]


def inline_headings(text: Text, structure: Structure) -> Iterator[Edit]:
    """`… yakni Pasal 9A, yang berbunyi: Pasal gA (1) …`: a heading in a line whose number the words before it name."""
    word, forms = structure.repair.article, structure.repair.article_forms or structure.repair.article
    if not word:
        return
    named = re.compile(rf"\b(?:{forms})\s*(\w{{1,5}})")
    for match in re.finditer(rf"{word}\s(?P<token>\d\s\d[A-Z]?|\w{{2,5}})(?=\s\(1\)\s)", text.text):
        if not BEHIND_SENTENCE.search(text.text, max(0, match.start() - 2), match.start()):
            continue
        options = readings(match["token"])
        if match["token"] in options and options[match["token"]] == 0:
            continue
        before = named.findall(text.text, max(0, match.start() - NAMED), match.start())
        fits: dict[str, int] = {}  # article → how many signs of the clearest mention are then wrong
        for name in before:
            for number, wrong in readings(name).items():
                if number in options:
                    fits[number] = min(wrong, fits.get(number, wrong))
        best = [n for n in fits if fits[n] == min(fits.values())]
        if len(best) == 1:
            yield Edit(match.start("token"), match.end("token"), best[0], "article")


def _sequence(zone: Sequence[_Heading], named: Sequence[frozenset[str]], mentioned: Counter[str]) -> Iterator[Edit]:
    """`named`: the articles that the line before each heading names."""
    candidates: list[Candidate] = []
    owners: list[tuple[int, str]] = []
    romans = 0
    literal: Key | None = None  # of the heading before
    for i, heading in enumerate(zone):
        roman = re.fullmatch(r"[IVX]+", heading.token)
        if roman and not named[i] and _first_of_decimals(zone, named, i):
            candidates.append(Candidate((1, 0), 6))
            owners.append((i, "1"))
            continue
        if roman and not named[i]:
            continue
        if roman and article_key(heading.token) == (romans + 1, 0) and not (heading.token == "I" and "1" in named[i]):
            romans += 1
            continue
        options = readings(heading.token) or ({heading.token: 0} if article_key(heading.token) else {})
        before, literal = literal, article_key(heading.token)
        if before and literal and heading.token.isdigit() and literal == (before[0] + 1, 0):
            options = {heading.token: 0}  # in sequence as it stands
        # From high to low: an increasing chain then takes at most one reading of a heading.
        for number in sorted(options, key=lambda n: article_key(n) or (0, 0), reverse=True):
            key = article_key(number)
            if key is None:
                continue
            support = 2 * (number in named[i]) + (mentioned[number] > 0)
            candidates.append(Candidate(key, 6 - 2 * min(options[number], 2) + support))
            owners.append((i, number))
    chosen = {owners[n][0]: owners[n][1] for n in chain(candidates)}
    last: Key = (0, 0)
    for i, heading in enumerate(zone):
        number = chosen.get(i, "")
        if not number:
            if article_key(heading.token) is None and readings(heading.token):
                yield Edit(heading.start, heading.end, None, "article")
            continue
        key = article_key(number) or (0, 0)
        literal = article_key(heading.token)
        if number != heading.token and (literal != key or heading.token.isalpha()):
            sure = (
                is_next(last, key)
                or number in named[i]
                or (mentioned[number] > 1 and not mentioned[heading.token])
                or (len(readings(heading.token)) == 1 and not heading.token.isalpha())
            )
            yield Edit(heading.start, heading.end, number if sure else None, "article")
        elif number != heading.token and re.fullmatch(r"\d+\s\d", heading.token):
            yield Edit(heading.start, heading.end, number, "article")
        last = key


def _first_of_decimals(zone: Sequence[_Heading], named: Sequence[frozenset[str]], i: int) -> bool:
    """Whether a heading I is a misread 1: it is the first, II never comes, and 2 does, which no item sets out."""
    if i or zone[0].token != "I" or len(zone) < 3:
        return False
    tokens = [h.token for h in zone[1:]]
    return tokens[0] == "2" and "2" not in named[1] and not {"II", "Il", "lI", "ll", "1I", "I1"} & set(tokens)


def _counts_on(zone: Sequence[_Heading]) -> bool:
    """Whether headings are 1, 2, 3 … without a gap, so that nothing is to be read otherwise: so most texts are."""
    if not zone:
        return True
    first = zone[0].token
    if len(first) != 1 or first not in "123456789":
        return False
    return all(heading.token == str(number) for number, heading in enumerate(zone, int(first)))


def article_references(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Pasal 4O`, `Pasal 2T`, `Pasal 281` between 28H and 28J: the number of an article that is referred to."""
    rules = structure.repair
    if not rules.article:
        return
    heads = re.finditer(rf"(?m){rules.article}\s*+(\d++\s?[A-Za-z]?)[^\S\n]*$", text.text)
    headings = {"".join(m[1].split()) for m in heads if not _line_before(text.text, m.start()).strip("#* \t")}
    lower = any(n[-1].islower() and n[-1] not in "lobgs" for n in headings)  # a law that inserts 14a, not 14A
    highest = max((int(n.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) for n in headings), default=0)
    forms = rules.article_forms or rules.article
    pattern = re.compile(
        rf"(?P<word>{forms})(?P<space>\s*)"
        r"(?P<token>[0-9][0-9A-Za-z|]{0,4}|[lIT][0-9][0-9A-Z]{0,2})(?![\w(])"
    )
    matches = [m for m in (pattern.match(text.text, start) for start in text.places(forms)) if m]
    for i, match in enumerate(matches):
        token = match["token"]
        if token in headings or re.fullmatch(r"[1-9][0-9]*[a-z]" if lower else r"[1-9][0-9]*[ac-fh-knmprt-y]", token):
            yield from _tidy(match, rules.article, token)
            continue
        options = readings(token)
        between = _between(_neighbour(text.text, matches, i, -1), token, _neighbour(text.text, matches, i, 1))
        known = [n for n in options if n in headings]
        if re.fullmatch(r"[1-9][0-9]{0,3}", token):
            # A number like any other; wrong only where its neighbours, or the end of the law, say so.
            beyond = len(token) > 1 and bool(highest) and int(token) > highest
            if beyond and not between:  # beside other such numbers it is another law's
                beside = [_neighbour(text.text, matches, i, step) for step in (-1, 1)]
                beyond = not any(n.isdecimal() and int(n) > highest for n in beside)
            fits = [between] if between else (known if beyond else [token])
            if len(fits) != 1:
                fits = [token] if match["space"] else []
        elif token[-1] == "L" and f"{token[:-1]}1" in headings:
            fits = [f"{token[:-1]}1"]  # so few laws insert twelve articles behind one
        elif re.fullmatch(r"[1-9][0-9]{0,3}[A-Z]{1,2}", token) and not set(token[1:]) & set(NO_LETTER):
            fits = [token] if match["space"] or not highest or int(re.sub(r"\D", "", token)) <= highest else []
        else:
            plain = re.sub(r"[OolI|]", lambda m: AS_DIGIT[m[0]], token)
            only = list(options) if len(options) == 1 and token[-1].isupper() and token[-1] not in NO_LETTER else []
            fits = [between] if between else known or ([plain] if plain.isdigit() else only)
        if len(fits) == 1:
            yield from _tidy(match, rules.article, fits[0])
        else:
            yield Edit(match.start("token"), match.end("token"), None, "article-reference")


def _line_before(text: str, at: int) -> str:
    """What stands before a place on its line."""
    return text[text.rfind("\n", 0, at) + 1 : at]


def _tidy(match: re.Match[str], word: str, number: str) -> Iterator[Edit]:
    """The reference as it should stand: the word rightly spelled (its first letter as it is), a space, the number."""
    shown = match["word"][0] + word[1:]
    whole = f"{shown}{match['space'] or ' '}{number}"
    if whole != match[0]:
        yield Edit(match.start(), match.end(), whole, "article-reference")


def _neighbour(text: str, matches: Sequence[re.Match[str]], i: int, step: int) -> str:
    """The article named next to a reference in one enumeration; '' where there is none."""
    j = i + step
    if not 0 <= j < len(matches):
        return ""
    first, second = (matches[i], matches[j]) if step > 0 else (matches[j], matches[i])
    between = text[first.end() : second.start()]
    return matches[j]["token"] if len(between) <= 30 and not re.search(r"[.;\n]", between) else ""


def _between(before: str, token: str, after: str) -> str:
    """`28I` for `281` where 28H or 28G stands before and 28J behind."""
    found = ""
    for number in readings(token):
        letter = re.fullmatch(r"(\d+)([A-Z])", number)
        if letter is None:
            continue
        near = [re.fullmatch(r"(\d+)([A-Z])", n) for n in (before, after)]
        sides = [n is not None and n[1] == letter[1] for n in near]
        low = near[0][2] if near[0] and sides[0] else ""
        high = near[1][2] if near[1] and sides[1] else "["
        if any(sides) and low < letter[2] < high:
            if found:
                return ""
            found = number
    return found
