"""Numbers of paragraphs and points, where the next one is due; references to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.extract.patterns import by_first_letter
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import alike, looks_like, once
from pipeline.packs import Repair, Structure

NEAR = 2  # lines in which the next point follows, a catchword or a head between
MAX_LOST = 20  # items between two others; more are no slip
SOON = 39  # lines in which a list goes on
LONG_WORD = 6  # letters; no noisy number is as long
OPERATES = 120  # characters that tell an item of an amending act
MAX_HEADING = 60  # characters of a line that holds nothing but a heading
CATCHWORD = 30  # a shorter line that ends in the middle of a sentence may announce the next page, or be a page's head
SIGNS = (".", ";", ":", ",")
CONJUNCTIONS = re.compile(r"\b(?:dan|atau|and|or|dan/\s?atau)\Z")
CONJUNCTION = 12  # characters, at least so many as the longest that `CONJUNCTIONS` may match and the one before it
NUMERAL = re.compile(r"[0-9]+")
GLUED = re.compile(r"\s*([a-z]|[0-9]{1,2})\.(?=[^\W\d_]{3})")
TOKEN = re.compile(r"\s*(\d\s\d\.|\S{1,5}(?:\s\))?)(?=\s)")
CLEAN = re.compile(r"\(([0-9]{1,3}[a-z]?)\)\s|([0-9]{1,3}[a-z]?|[a-z])\.\s")
ONE = ("1", "l", "I", "|", "!", "f", "t")  # how the first number of a list is read; `i.` may be a roman one
LEADERS = re.compile(r"(?:\.\s*+\.|…)\s*+$")
RUN_IN = re.compile(r" (?<=[;,] )(?:dan/atau|dan|atau|and/or|and|or) (?P<number>[b-z]) (?=[a-z]{3})")
ITEM = re.compile(r"\s*([SZ]?\d{1,3})[.,:]?\s+(?=\S)")
ANNOUNCES = re.compile(r":(?: (\d{1,3}))?\s*$")  # the end of a line behind which something is set out; a stray number
NUMBERED_POINT = re.compile(r"(\d{1,3})\.\s+(?=[^\W\d_])")
ENDED = re.compile(r"[.;](?:\s+(\S{1,3}\.))?\s*$")  # of a point; its number may have strayed behind it
POINT = re.compile(r"[^\S\n]*([a-z])\.\s")
CLEAN_PARAGRAPH = re.compile(r"\(([0-9]{1,2}[a-z]?)\)")


def split_enumerators(text: Text, structure: Structure) -> Iterator[Edit]:
    """`1` and `0.` on two lines, in a column too narrow for the number: `10.`, where the list wants just this one."""
    if not structure.repair.point:
        return
    if not re.search(r"\n\d\n\d?\.\n", f"\n{text.text}"):
        return
    pattern = re.compile(r"(?m)^(?:(?P<clean>\d{1,2})\.\s|(?P<first>\d)\n(?P<second>\d?\.)(?P<end>\n)(?=[^\W\d_]))")
    last = 0
    for match in pattern.finditer(text.text):
        if match["clean"]:
            last = int(match["clean"])
            continue
        number = int(match["first"] + match["second"].rstrip("."))
        if number in (1, last + 1):
            yield Edit(match.end("first"), match.start("second"), "", "split-enumerator")
            yield Edit(match.start("end"), match.end("end"), " ", "split-enumerator")
            last = number


def lost_items(text: Text, structure: Structure) -> Iterator[Edit]:
    """Items of an amending act that have lost their numbers or their lines, where the items around them tell which.

    Between items 1 and 3 the one line that announces a provision (`Ketentuan Pasal 13 … sebagai berikut:`) is item 2;
    or item 2 begins amid a line (`… Keluarga 2. Ketentuan Pasal 13 …`).
    """
    if not (
        structure.amending_item and structure.amending_unit and structure.repair.point and structure.repair.article
    ):
        return
    operates = re.compile(structure.amending_item)
    opens = re.compile(rf"[#*\s]*(?:{structure.repair.article})\s+(?:{structure.amending_unit})\s*$")

    def run_in(number: int, begin: int, end: int) -> re.Match[str] | None:
        """The one place amid a line where an item of that number begins."""
        found = re.compile(rf"(?<=\S) {number}\. (?=\S)").finditer(text.text, begin, end)
        places = [m for m in found if operates.match(text.text[m.end() : m.end() + OPERATES])]
        return places[0] if len(places) == 1 else None

    last, since = -1, 0  # number of the item before, and where it ends; -1: no item may stand here
    bare: list[tuple[int, str]] = []  # announcing lines without a number since then
    for start, line in text.lines():
        if len(line) <= MAX_HEADING and opens.match(line):
            # Behind the last item that has a line of its own, others may be run in.
            while last > 0 and (place := run_in(last + 1, since, start)):
                last, since = last + 1, place.end()
                yield Edit(place.start(), place.start() + 1, "\n", "run-in-item")
            last, since, bare = 0, start + len(line), []
            continue
        if last < 0:
            continue
        item = ITEM.match(line)
        if not operates.match(line[item.end() :] if item else line.lstrip()):
            continue
        if item is None:
            if ANNOUNCES.search(line):
                bare.append((start, line))
            continue
        digits = once(item[1])
        if not digits.isdecimal():
            continue
        number = int(digits)
        lacking = list(range(last + 1, number))[:MAX_LOST]
        for lost in list(lacking):
            place = run_in(lost, since, start)
            if place:
                since = place.end()
                lacking.remove(lost)
                bare = [(at, words) for at, words in bare if not at <= since <= at + len(words)]
                yield Edit(place.start(), place.start() + 1, "\n", "run-in-item")
        if lacking and len(lacking) == len(bare) == number - last - 1:
            for lost, (begins, words) in zip(lacking, bare, strict=True):
                at = begins + len(words) - len(words.lstrip())
                yield Edit(at, at, structure.repair.point.replace("{n}", str(lost)) + " ", "lost-item")
                stray = ANNOUNCES.search(words.lstrip())
                if stray and stray[1] == str(lost):
                    yield Edit(at + stray.start(1) - 1, at + stray.end(1), "", "lost-item")
        last, since, bare = number, start + item.end(), []


def lost_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """Points `14.` to `18.` that have lost their numbers: as many lines without one stand between `13.` and `19.`"""
    if not (structure.repair.point and structure.repair.article):
        return
    last = 0  # number of the point before; 0: none
    bare: list[tuple[int, str]] = []  # lines without a number since then
    for start, line in text.lines():
        item = NUMBERED_POINT.match(line) if line[0].isdigit() else None
        if item is None and not last:
            continue
        if item:
            number = int(item[1])
            if last and len(bare) == number - last - 1 <= MAX_LOST:
                for lost, (at, words) in enumerate(bare, last + 1):
                    marker = structure.repair.point.replace("{n}", str(lost))
                    yield Edit(at, at, f"{marker} ", "lost-enumerator")
                    stray = ENDED.search(words)
                    if stray and stray[1] and looks_like(stray[1], marker):
                        yield Edit(at + stray.start(1) - 1, at + stray.end(1), "", "lost-enumerator")
            last, bare = number, []
        elif not any(map(str.islower, line)) or not (line[0].isalnum() or line[0] == "("):
            continue  # the head of a page, a mark of what is missing
        elif not line[0].isupper() or len(line) <= MAX_HEADING or not ENDED.search(line):
            last, bare = 0, []  # a heading, a paragraph, a point of another list, a sentence that goes on
        else:
            bare.append((start, line))


def run_in_enumerators(text: Text, structure: Structure) -> Iterator[Edit]:
    """`a. …; atau b memuat`: a point whose number lost its dot, so that its line was taken to go on with the last.

    A single letter that is no word follows the conjunction before the last point, and is the one that is due.
    """
    if not structure.repair.point:
        return
    for match in RUN_IN.finditer(text.text):
        point = POINT.match(text.text, text.text.rfind("\n", 0, match.start()) + 1)
        if point and [match["number"]] == _after(point[1], "alpha"):
            at = match.start("number")
            yield Edit(at - 1, at, "\n", "run-in-enumerator")
            yield Edit(at, at + 1, structure.repair.point.replace("{n}", match["number"]), "run-in-enumerator")


def run_in_paragraphs(text: Text, structure: Structure) -> Iterator[Edit]:
    """`(1) … kambing (2) Domba …`, before a line `(3)`: a paragraph that no sign parts from the one before it.

    Between paragraphs n and n+2 of an article the one number n+1 in brackets, behind a word that leads to no number and
    before a capital, begins the paragraph that is lacking.
    """
    rules = structure.repair
    if not (rules.paragraph and rules.article and rules.reference and structure.reference_open):
        return
    heading = re.compile(rf"[#*\s]*(?:{rules.article})\s*(?:\d\S*|[IVX]+)\b")
    refers = re.compile(rf"(?:{structure.reference_open})\s*\Z")
    last, since = 0, 0
    for start, line in text.lines():
        if len(line) <= MAX_HEADING and heading.match(line):
            last = 0
            continue
        clean = CLEAN_PARAGRAPH.match(line.lstrip())
        if not clean or not clean[1].isdigit():
            continue
        number = int(clean[1])
        if last and number == last + 2:
            places = [
                m.start()
                for m in re.compile(rf"(?<=[^\W\d_]) \({last + 1}\) (?=[A-Z][a-z])").finditer(text.text, since, start)
                if not refers.search(text.text, max(since, m.start() - CATCHWORD), m.start())
            ]
            if len(places) == 1:
                yield Edit(places[0], places[0] + 1, "\n", "run-in-paragraph")
        last, since = number, start


def enumerators(text: Text, structure: Structure) -> Iterator[Edit]:
    """Numbers of paragraphs and points that are no numbers, or out of sequence, where the next one is due."""
    if structure.repair.paragraph or structure.repair.point:
        yield from _Lists(list(text.lines()), structure).edits()


def inline_enumerators(text: Text, structure: Structure) -> Iterator[Edit]:
    """`… tertulis. (21 Izin …`: the number of a paragraph that goes on in the line of the one before it."""
    rules = structure.repair
    if not rules.paragraph or not rules.article:
        return
    heading = re.compile(rf"\b(?:{rules.article})\s{{1,4}}\d\w{{0,4}}\s\Z")
    behind = re.compile(r"(?:[.;:\d]\s|(?:^|\n))\Z")
    last = 0
    for match in re.finditer(r"\(\w{1,3}[)\w}\]|]?(?=(\s)([A-Z][a-z])?)", text.text):
        token, start = match[0], match.start()
        if token == "(1)" and heading.search(text.text, max(0, start - 40), start):
            last = 0
        if not match[2] or not behind.search(text.text, max(0, start - 2), start):
            continue
        clean = CLEAN_PARAGRAPH.fullmatch(token)
        if clean:
            last = int(re.sub(r"\D", "", clean[1]))
        elif last and looks_like(token, f"({last + 1})"):
            last += 1
            yield Edit(start, match.end(), f"({last})", "enumerator")


class _Lists:
    """A walk through the lines that remembers the last number of each series: para, num, alpha, item."""

    def __init__(self, lines: Sequence[tuple[int, str]], structure: Structure) -> None:
        self.rules = rules = structure.repair
        self.lines = lines
        self.heading = re.compile(rf"[#*\s]*(?:{rules.article})\s*(?:\d\S*|[IVX]+)\s*$") if rules.article else None
        self.opening = re.compile(rf"(?:{rules.openers or '(?!)'})\s*:?\s+(?P<token>[a1Il])[.,]?\s+(?=\S)")
        self.operates = re.compile(structure.amending_item) if structure.amending_item else None
        self.last: dict[str, str] = {}
        self.before = ""
        self.plain = -1  # index of a line without number that came right after a numbered one
        self.numbered = False
        self.headed = False  # the line before heads an article

    def edits(self) -> Iterator[Edit]:
        for i, (start, line) in enumerate(self.lines):
            if self.heading and len(line) <= MAX_HEADING and self.heading.match(line):
                self.last = {"item": self.last.get("item", "")} if line.rstrip()[-1:] not in "IVX" else {}
                self.before, self.numbered, self.plain = ":", False, -1
                self.headed = True
            elif not _announces(line):
                if self.opening.match(line) or not line[:LONG_WORD].isalpha():
                    yield from self._line(i, start, line)
                else:
                    self._unnumbered(i)
                self.before, self.headed = line, False

    def _line(self, i: int, start: int, line: str) -> Iterator[Edit]:
        begins = self.opening.match(line)
        if begins and self.rules.point:
            number = "a" if begins["token"] == "a" else "1"
            self.last = {"alpha" if number == "a" else "num": number}
            yield Edit(start + begins.start("token"), start + begins.end() - 1, self._point(number), "enumerator")
            return
        glued = GLUED.match(line)
        if glued and self.rules.point:
            series = "num" if glued[1].isdigit() else "alpha"
            due = glued[1] in _after(self.last.get(series, ""), series) and _closed(self.before)
            following = self.lines[i + 1][1] if i + 1 < len(self.lines) else ""
            first = self.before.rstrip().endswith(":") and (glued[1], following[:2]) in (("a", "b."), ("1", "2."))
            if due or first:
                yield Edit(start + glued.end(), start + glued.end(), " ", "enumerator")
                self._note(series, glued[1])
                return
        token = TOKEN.match(line)
        found = self._found(i, token[1], line[token.end() :].lstrip()) if token else None
        if token and found:
            series, number, marker = found
            indent = len(line) - len(line.lstrip())
            yield Edit(start + indent, start + token.end(), marker, "enumerator")
            self._note(series, number)
            return
        clean = CLEAN.match(line + " ")
        if clean:
            number = clean[1] or clean[2]
            series = "para" if clean[1] else ("num" if number[0].isdigit() else "alpha")
            if self.headed and clean[1] and number != "1" and self._goes_on_with_second(i):
                number = "1"
                marker = self.rules.paragraph.replace("{n}", number)
                at = start + clean.start(1) - 1
                yield Edit(at, at + len(clean[1]) + 2, marker, "enumerator")
            if self.plain >= 0 and series == "alpha":
                yield from self._lost(number)
            self._note(series, number)
            return
        self._unnumbered(i)

    def _goes_on_with_second(self, i: int) -> bool:
        """Whether the next paragraph behind a line, in the same article, is the second: then the line is the first."""
        for _, line in self.lines[i + 1 : i + 1 + SOON]:
            if self.heading and len(line) <= MAX_HEADING and self.heading.match(line):
                return False
            if following := CLEAN_PARAGRAPH.match(line):
                return following[1] == "2"
        return False

    def _unnumbered(self, i: int) -> None:
        """A line that begins with no number."""
        self.plain = i if self.numbered and self.before.rstrip().endswith(";") else -1
        self.numbered = False

    def _found(self, i: int, token: str, rest: str) -> tuple[str, str, str] | None:
        """(series, number, marker) of the enumerator that a token is, if it is a noisy one that is due."""
        point = bool(self.rules.point)
        if point and self.operates and self.operates.match(rest):
            number = str(int(self.last.get("item") or 0) + 1)
            if once(token.rstrip(".,:")) == number:
                return "item", number, self._point(number)
        stripped = token.rstrip(".,")
        opens = point and self.before.rstrip().endswith(":") and token != "1."
        # A letter that is due in an open list is itself.
        if opens and stripped in ONE and stripped.lower() not in _after(self.last.get("alpha", ""), "alpha"):
            shape = r"2[.,]?\s+[^\W\d_]" if stripped == "1" else r"2\.\s+[^\W\d_]"
            alone = stripped != "1" or (rest[:1].isupper() and not self.last)
            if alone and any(re.match(shape, line) for _, line in self.lines[i + 1 : i + 8]):
                return "num", "1", self._point("1")  # the second is there
        if _closed(self.before):
            found = _due(token, rest, self.last, self.rules, self.lines, i + 1)
            return found or (self._between(i, token, rest) if point else None)
        return None

    def _between(self, i: int, token: str, rest: str) -> tuple[str, str, str] | None:
        """What stands, as one sign of whatever look, in the place of `f.` between `e.` and `g.`: `E melakukan`."""
        due = _after(self.last.get("alpha", ""), "alpha")
        if not due or len(token.rstrip(".,:;")) != 1 or not rest[:1].islower() or CLEAN.match(f"{token} "):
            return None
        behind = [self._point(n) for n in _after(due[0], "alpha")]
        near = [line.split(maxsplit=1)[0] for _, line in self.lines[i + 1 : i + 1 + NEAR]]
        lacks = behind and behind[0] in near and self._point(due[0]) not in near
        return ("alpha", due[0], self._point(due[0])) if lacks else None

    def _lost(self, number: str) -> Iterator[Edit]:
        """The number of a line between `i.` and `k.` that has lost its own (it may have strayed into the line)."""
        last = self.last.get("alpha", "")
        start, line = self.lines[self.plain]
        if not last or ord(number) - ord(last) != 2 or not line[:1].islower():
            return
        lost = chr(ord(last) + 1)
        yield Edit(start, start, self._point(lost) + " ", "lost-enumerator")
        strays = [m for m in re.finditer(r"(?<= )\S (?=\S)", line) if alike(m[0][0], lost)]
        if len(strays) == 1:
            yield Edit(start + strays[0].start(), start + strays[0].end(), "", "lost-enumerator")

    def _point(self, number: str) -> str:
        return self.rules.point.replace("{n}", number)

    def _note(self, series: str, number: str) -> None:
        if series == "item":
            self.last = {}
        self.last[series] = number
        if series == "para":
            self.last.pop("alpha", None)
            self.last.pop("num", None)
        self.numbered, self.plain = True, -1


def _announces(line: str) -> bool:
    """Whether a line may be a catchword or the head of a page: short, and dotted or in the middle of a sentence."""
    return len(line) < CATCHWORD and (not _closed(line) or LEADERS.search(line) is not None)


def _closed(line: str) -> bool:
    """Whether a line ends as one does before a list's item: with a sign, or with a conjunction."""
    line = line.rstrip()
    return line.endswith(SIGNS) or CONJUNCTIONS.search(line[-CONJUNCTION:]) is not None


def _due(
    token: str, rest: str, lists: dict[str, str], rules: Repair, lines: Sequence[tuple[int, str]], following: int
) -> tuple[str, str, str] | None:
    """(series, number, marker) of the enumerator that is due and that `token` may be; None: it is right, or none."""
    for series in ("alpha", "num", "para"):
        shape = rules.paragraph if series == "para" else rules.point
        if not shape:
            continue
        last = lists.get(series, "")
        for number in _after(last, series):
            marker = shape.replace("{n}", number)
            if token == marker:
                return None
            stripped = token.rstrip(",:;-–")
            bare = stripped == number
            if series == "alpha" and not bare and stripped.rstrip(".").lower() in (number, 2 * number):
                bare = _confirmed(number, series, shape, lines, following)  # `C.`, `Cc.`
            if not bare and series != "para" and len(stripped) == len(number) and not stripped.islower():
                bare = all(map(alike, stripped, number)) and _confirmed(number, series, shape, lines, following)
            unclosed = series == "para" and token == marker.removesuffix(")")
            if not (looks_like(token, marker) or unclosed or (bare and series != "para")):
                continue
            if series == "para" and not (rest[:1].isupper() and (token[0] in "(l|I[{" or token[-1] in ")l|I]}")):
                continue
            if series == "para" and re.fullmatch(r"\([a-z]\)", token) and lists.get("alpha"):
                continue
            if series != "para" and (not rest or not last or (bare and token == number and len(rest.split()) < 2)):
                continue
            if series != "para" and not (bare or _confirmed(number, series, shape, lines, following)):
                continue
            return series, number, marker
    return None


def _after(last: str, series: str) -> list[str]:
    """Numbers that may come next in a series."""
    if not last:
        return ["1"] if series == "para" else []
    if series == "alpha":
        return [chr(ord(last) + 1)] if last < "z" else []
    digits = NUMERAL.match(last)
    whole = int(digits[0]) if digits else 0
    letter = last[len(str(whole)) :]
    return [str(whole + 1), f"{whole}{chr(ord(letter) + 1) if letter else 'a'}"]


def _confirmed(number: str, series: str, shape: str, lines: Sequence[tuple[int, str]], following: int) -> bool:
    """Whether the list goes on after `number`, soon, as one that has it does; or ends there."""
    wanted = [shape.replace("{n}", n) for n in _after(number, series)]
    for _, line in lines[following : following + SOON]:
        first = line.split(maxsplit=1)[0] if line.split() else ""
        if first in wanted:
            return True
        if first.startswith("("):
            return True
    return False


def _references(word: str, text: str) -> Iterator[re.Match[str]]:
    """A pattern of words with a number behind, before which no letter stands; a digit may (`Pasal 26ayat(3)`)."""
    pattern = re.compile(
        rf"(?P<word>{word})(?P<space>\s*)"
        r"(?P<token>[({\[lI1|t][^\s,.;:()]{1,4}(?:\s?\))?)(?=[\s,.;:]|$)"
    )
    at = 0
    for start in sorted(m.start() for part in by_first_letter(word) for m in re.finditer(part, text)):
        before = text[start - 1 : start]
        if start < at or (before.isalnum() and not before.isdecimal()) or before == "_":
            continue
        if match := pattern.match(text, start):
            yield match
            at = match.end()


def _amiss(match: re.Match[str], right: Collection[str]) -> bool:
    """Whether anything of a reference to a paragraph is to be looked at: its word, its number, what it is glued to."""
    glued = match.string[match.start() - 1 : match.start()].isdigit()
    return glued or match["word"] not in right or not CLEAN_PARAGRAPH.fullmatch(match["token"])


def paragraph_references(text: Text, structure: Structure) -> Iterator[Edit]:
    """`ayat (l)`, `ayat (41`, `ayat l2l`: the number of a paragraph that is referred to."""
    rules = structure.repair
    if not rules.reference:
        return
    matches = list(_references(rules.reference, text.text))
    right_words = (rules.reference_word, rules.reference_word.capitalize())
    if not any(_amiss(m, right_words) for m in matches):
        return
    known = set(re.findall(r"\n[^\S\n]*+\((\d{1,2}[a-z]?)\)", "\n" + text.text))
    known |= {m[1] for m in re.finditer(rf"\b(?:{rules.reference})\s+\((\d{{1,2}}[a-z]?)\)", text.text)}
    tokens = ["".join(m["token"].split()) for m in matches]
    fitting: dict[str, list[str]] = {}
    for token in tokens:
        if token not in fitting:
            clean = CLEAN_PARAGRAPH.fullmatch(token)
            fitting[token] = [clean[1]] if clean else sorted(n for n in known if looks_like(token, f"({n})"))
    possible = [fitting[t] for t in tokens]
    headed = [i for i, m in enumerate(matches) if m["word"][0].isupper()]
    # An elucidation goes paragraph by paragraph: what stands between (3) and (5) is (4).
    for before, at, after in zip(headed, headed[1:], headed[2:], strict=False):
        low, high = possible[before], possible[after]
        if len(low) == len(high) == 1 and low[0].isdigit() and high[0].isdigit() and int(high[0]) - int(low[0]) == 2:
            between = str(int(low[0]) + 1)
            if not CLEAN_PARAGRAPH.fullmatch(tokens[at]):
                possible[at] = [between]
    for match, token, fits in zip(matches, tokens, possible, strict=True):
        word = match["word"]
        right = rules.reference_word.capitalize() if word[0].isupper() else rules.reference_word
        if len(fits) == 1:
            number = f"({fits[0]})"
            if text.text[match.start() - 1 : match.start()].isdigit():  # `Pasal 26ayat(3)`
                yield Edit(match.start(), match.start(), " ", "glued")
            if number != match["token"]:
                yield Edit(match.start("token"), match.end("token"), number, "paragraph-reference")
            if word != right:
                yield Edit(match.start("word"), match.end("word"), right, "word")
        elif match["space"] and (token[0] in "({[" or len(fits) > 1):
            yield Edit(match.start("token"), match.end("token"), None, "paragraph-reference")
