"""OCR noise in numbers and structural words, mended through the law's own redundancy. Pure: pages → pages.

Articles and paragraphs count upwards, amounts are said in digits and in words, references name what exists: where a
reading of a noisy number is the only one that fits, it is put in; where none or several fit, the place is flagged and
left as it is. Every repair and every flag is a Notice (`repair-…`, `doubt-…`) with page, before and after.

Runs once, before any offset is given away; a text without noise comes back unchanged, and so does a mended one.
Knows which glyphs a scan confuses. The words of a language, and where numbers stand, come from the pack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz.distance import Levenshtein

from pipeline import numerals
from pipeline.packs import Repair, Structure
from pipeline.records import Notice, Page
from pipeline.sequence import Candidate, Key, article_key, chain, is_next

# What a scanner takes for a digit, and what it takes a letter behind a number for.
AS_DIGIT = {
    **dict.fromkeys("OoQ", "0"), **dict.fromkeys("lIi|!tLJ", "1"), "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6",
    "G": "6", "T": "7", "B": "8", "g": "89", "q": "9",
}  # fmt: skip
AS_LETTER = {"0": "DO", "1": "I", "4": "A", "5": "S", "6": "G", "8": "B", "l": "I", "|": "I"}
NO_LETTER = "OQolTZ|"  # no law inserts so many articles: a digit, rather
CLUSTER = {"ivl": "M", "lvl": "M", "rn": "m", "vv": "w"}  # several signs for one
CLUSTERS = re.compile("|".join(CLUSTER), re.IGNORECASE)
OPENS = "(lI1[{|CtL"  # an opening parenthesis, as it may be read
CLOSES = ")lI1J]}|t"
MAX_TOKEN = 8
MAX_READINGS = 64
CATCHWORD = 30  # a shorter line that ends in the middle of a sentence may announce the next page, or be a page's head
MAX_HEADING = 60  # characters of a line that may be a heading


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: a span of the text, what is put there, and why. `after` None: a doubt, nothing is changed."""

    start: int
    end: int
    after: str | None
    rule: str


@dataclass
class _Text:
    doc_id: str
    numbers: list[int]  # of the pages
    starts: list[int]
    text: str
    notices: list[Notice] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, str]]:
        """(start, line) of every line that is not blank."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield start, line
            start += len(line) + 1

    def apply(self, edits: Sequence[Edit]) -> None:
        """Put edits in; what overlaps an earlier one or crosses a page is left out."""
        parts: list[str] = []
        starts = list(self.starts)
        done = shift = 0
        page = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if edit.start < done:
                continue
            at = bisect_right(self.starts, edit.start) - 1
            if at + 1 < len(self.starts) and edit.end > self.starts[at + 1]:
                continue
            before = self.text[edit.start : edit.end]
            if edit.after is None or edit.after == before:
                if edit.after is None:
                    self.notices.append(
                        Notice(self.doc_id, self.numbers[at], "extract", f"doubt-{edit.rule}", before, "")
                    )
                continue
            self.notices.append(
                Notice(self.doc_id, self.numbers[at], "extract", f"repair-{edit.rule}", before, edit.after)
            )
            while page < len(starts) and self.starts[page] <= edit.start:
                starts[page] += shift
                page += 1
            parts += [self.text[done : edit.start], edit.after]
            shift += len(edit.after) - len(before)
            done = edit.end
        while page < len(starts):
            starts[page] += shift
            page += 1
        parts.append(self.text[done:])
        self.text = "".join(parts)
        self.starts = starts


def repair(pages: Sequence[Page], structure: Structure) -> tuple[list[Page], list[Notice]]:
    """Pages with their noise mended (contiguous offsets again), and a notice for each repair and each doubt."""
    rules = structure.repair
    if not pages or not any(rules.model_dump().values()):
        return list(pages), []
    text = _Text(pages[0].doc_id, [p.page for p in pages], [p.start for p in pages], "".join(p.text for p in pages))
    passes: tuple[Callable[[_Text, Structure], Iterator[Edit]], ...] = (
        _words, _plain_numbers, _articles, _enumerators, _paragraph_references, _article_references, _amounts,
    )  # fmt: skip
    for step in passes:
        text.apply(list(step(text, structure)))
    ends = [*text.starts[1:], len(text.text)]
    mended = [
        replace(page, start=start, end=end, text=text.text[start:end])
        for page, start, end in zip(pages, text.starts, ends, strict=True)
    ]
    return mended, sorted(text.notices, key=lambda n: n.page)


# ------------------------------------------------------------------------------------------ words


def _words(text: _Text, structure: Structure) -> Iterator[Edit]:
    """A structural word with a wrong letter, where only that word can stand: before a number, or alone on a line."""
    words = structure.repair.words
    if not words:
        return
    known = set(words)
    for start, line in text.lines():
        head = re.match(r"\W{0,3}(?P<word>[^\W\d_]{3,12})(?P<sign>[17J|!]?)(?P<rest>.{0,14})", line)
        if head is None or head["word"] in known or len(line) > MAX_HEADING:
            continue
        for word, rest in ((head["word"] + head["sign"], head["rest"]), (head["word"], head["sign"] + head["rest"])):
            numbered = re.match(r"\s*\(?[\dIVXlO][\w(]{0,4}\)?\s*(?:$|\.|…)|\s+(?:Ke|Per|ke)\w+", rest)
            alone = not rest.strip(" :.")
            if not (numbered or alone):
                continue
            allowed = 1 if len(word) < 8 else 2
            whole = CLUSTERS.sub(lambda m: CLUSTER[m[0].lower()], word)
            near = [w for w in words if Levenshtein.distance(whole, w, score_cutoff=allowed) <= allowed]
            if alone and not numbered:
                near = [w for w in near if len(w) > 7]
            if len(near) == 1:
                yield Edit(start + head.start("word"), start + head.start("word") + len(word), near[0], "word")
                break


def _plain_numbers(text: _Text, structure: Structure) -> Iterator[Edit]:
    """`Nomor 1I Tahun 2OO8`: a number after a word that only numbers follow."""
    if not structure.repair.numbers_after:
        return
    pattern = re.compile(
        rf"\b(?:{structure.repair.numbers_after})\s+(?P<token>[lI1]\s[lI1](?=\s)|[\dOolISg|]{{1,4}})(?![\w-])"
    )
    matches = list(pattern.finditer(text.text))
    clean = Counter(m["token"] for m in matches if m["token"].isdigit())
    for match in matches:
        token = match["token"].replace(" ", "")
        if match["token"].isdigit() or (not any(c.isdigit() for c in token) and set(token) & set("Sgo|O")):
            continue
        if re.fullmatch(r"I{1,3}", token) and " " not in match["token"]:
            continue  # a roman number
        readings = ["".join(r) for r in product(*(c if c.isdigit() else AS_DIGIT[c] for c in token))]
        if len(readings) > 1:
            readings = [r for r in readings if r in clean]
        good = len(readings) == 1
        yield Edit(match.start("token"), match.end("token"), readings[0] if good else None, "number")


# --------------------------------------------------------------------------------------- articles


def readings(token: str) -> dict[str, int]:
    """What the number of an article may be that was read as `token` → how many of its signs are then wrong."""
    token = "".join(token.split()).replace("El", "B")
    if not token or len(token) > MAX_TOKEN or not re.search(r"[\dlIOTBSZ]", token):
        return {}
    found: dict[str, int] = {}
    for letters in (0, 1):
        body, tail = token[: len(token) - letters], token[len(token) - letters :]
        options = [c if c.isdigit() else AS_DIGIT.get(c, "") for c in body]
        if not body or len(body) > 4 or not all(options):
            continue
        ends = [""]
        if tail:
            ends = [tail.upper()] if tail.isalpha() and tail.isascii() and tail not in NO_LETTER else []
            ends += list(AS_LETTER.get(tail, ""))
        for digits in product(*options):
            for end in ends:
                number = "".join(digits) + end
                if number.startswith("0"):
                    continue
                wrong = sum(a != b for a, b in zip(number, token, strict=True))
                found[number] = min(wrong, found.get(number, wrong))
                if len(found) >= MAX_READINGS:
                    return found
    return found


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    token: str
    named: frozenset[str]  # articles that the line before names


def _articles(text: _Text, structure: Structure) -> Iterator[Edit]:
    """Numbers of articles that are out of sequence, or no numbers: the reading that the sequence wants."""
    word = structure.repair.article
    if not word:
        return
    pattern = re.compile(
        rf"(?:[#*\s]*|.{{0,12}}\b(?:Angka|angka)\s*\d+\s+){word}\s*(?P<token>\S{{1,6}}(?:\s\S)?)\s*$", re.I
    )
    names = re.compile(rf"\b(?:{structure.repair.article_forms or word})\s*(\d+[A-Z]?)\b")
    parts = [re.compile(m.pattern) for m in structure.parts if m.part in ("elucidation", "annex")]
    zones: list[list[_Heading]] = [[]]
    before = ""
    for start, line in text.lines():
        if any(p.match(line) for p in parts):
            zones.append([])
        match = pattern.match(line)
        if match:
            span = match.span("token")
            zones[-1].append(
                _Heading(start + span[0], start + span[1], match["token"], frozenset(names.findall(before)))
            )
        before = line
    mentioned = Counter(names.findall(text.text))
    mentioned.subtract(h.token for zone in zones for h in zone)
    for zone in zones:
        yield from _sequence(zone, mentioned)


def _sequence(zone: Sequence[_Heading], mentioned: Counter[str]) -> Iterator[Edit]:
    candidates: list[Candidate] = []
    owners: list[tuple[int, str]] = []
    romans = 0
    for i, heading in enumerate(zone):
        roman = re.fullmatch(r"[IVX]+", heading.token)
        if roman and not heading.named:
            continue
        if (
            roman
            and article_key(heading.token) == (romans + 1, 0)
            and not (heading.token == "I" and "1" in heading.named)
        ):
            romans += 1
            continue
        options = readings(heading.token) or ({heading.token: 0} if article_key(heading.token) else {})
        # From high to low: an increasing chain then takes at most one reading of a heading.
        for number in sorted(options, key=lambda n: article_key(n) or (0, 0), reverse=True):
            key = article_key(number)
            if key is None:
                continue
            support = 2 * (number in heading.named) + (mentioned[number] > 0)
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
                or number in heading.named
                or (mentioned[number] > 1 and not mentioned[heading.token])
                or (len(readings(heading.token)) == 1 and not heading.token.isalpha())
            )
            yield Edit(heading.start, heading.end, number if sure else None, "article")
        elif number != heading.token and re.fullmatch(r"\d+\s\d", heading.token):
            yield Edit(heading.start, heading.end, number, "article")
        last = key


# ------------------------------------------------------------------------------------ enumerators


def looks_like(token: str, wanted: str) -> bool:
    """Whether a scan may have read `wanted` (`(2)`, `b.`, `(2a)`) as `token`."""
    token = "".join(token.split())
    for variant in (token, token.replace("U", "1)") if wanted.endswith(")") else token):
        if len(variant) == len(wanted) and all(_alike(a, b) for a, b in zip(variant, wanted, strict=True)):
            return True
    return False


def _alike(read: str, wanted: str) -> bool:
    if read == wanted:
        return True
    if wanted == "(":
        return read in OPENS
    if wanted == ")":
        return read in CLOSES
    if wanted == ".":
        return read in ",:;"
    if wanted.isdigit():
        return wanted in AS_DIGIT.get(read, "") or (wanted == "1" and read == "r")
    return read in {
        "i": "I1lj",
        "j": "iJ",
        "l": "1I",
        "g": "cq9",
        "o": "0O",
        "e": "c",
        "q": "g",
        "b": "6",
        "s": "S5",
    }.get(wanted, "")


def _enumerators(text: _Text, structure: Structure) -> Iterator[Edit]:
    """Numbers of paragraphs and points that are no numbers, or out of sequence, where the next one is due."""
    rules = structure.repair
    if not rules.paragraph and not rules.point:
        return
    lines = list(text.lines())
    heading = re.compile(rf"[#*\s]*(?:{rules.article})\s*(?:\d\S*|[IVX]+)\s*$") if rules.article else None
    opening = re.compile(rf"(?:{rules.openers or '(?!)'})\s*:?\s+(?P<token>[a1Il])[.,]?\s+(?=\S)")
    operates = re.compile(structure.amending_item) if structure.amending_item else None
    lists: dict[str, str] = {}  # series → its last number: "para", "num", "alpha", and "item" of an amending act
    previous = ""
    for i, (start, line) in enumerate(lines):
        if heading and heading.match(line):
            lists = {"item": lists.get("item", "")} if line.rstrip()[-1:] not in "IVX" else {}
            previous = ":"
            continue
        if _announces(line):
            continue
        begins = opening.match(line)
        if begins and rules.point:
            number = "a" if begins["token"] == "a" else "1"
            at = start + begins.start("token")
            lists = {"alpha" if number == "a" else "num": number}
            yield Edit(at, start + begins.end() - 1, rules.point.replace("{n}", number), "enumerator")
            previous = line
            continue
        clean = re.match(r"\(([0-9]{1,3}[a-z]?)\)\s|([0-9]{1,3}[a-z]?|[a-z])\.\s", line + " ")
        indent = len(line) - len(line.lstrip())
        token = re.match(r"\s*(\S{1,5}(?:\s\))?)(?=\s)", line)
        rest = line[token.end() :].lstrip() if token else ""
        edit = None
        if token and operates and operates.match(rest):
            number = str(int(lists.get("item") or 0) + 1)
            if rules.point and token[1].rstrip(".,:") == number:
                marker = rules.point.replace("{n}", number)
                yield Edit(start + indent, start + token.end(), marker, "enumerator")
                lists = {"item": number}
                previous = line
                continue
        if token and CLOSED.search(previous):
            edit = _due(token[1], rest, lists, rules, [ln for _, ln in lines[i + 1 : i + 40]])
        if edit is not None:
            series, number, marker = edit
            yield Edit(start + indent, start + token.end() if token else start, marker, "enumerator")
            _note(lists, series, number)
        elif clean:
            series = "para" if clean[1] else ("num" if clean[2][0].isdigit() else "alpha")
            _note(lists, series, clean[1] or clean[2])
        previous = line


def _announces(line: str) -> bool:
    """Whether a line may be a catchword or the head of a page: short, and dotted or in the middle of a sentence."""
    return len(line) < CATCHWORD and (not CLOSED.search(line) or re.search(r"(?:\.\s*){2,}$|…\s*$", line) is not None)


CLOSED = re.compile(r"(?:[.;:,]|\b(?:dan|atau|and|or|dan/\s?atau))\s*$")


def _note(lists: dict[str, str], series: str, number: str) -> None:
    lists[series] = number
    if series == "para":
        lists.pop("alpha", None)
        lists.pop("num", None)


def _due(
    token: str, rest: str, lists: dict[str, str], rules: Repair, following: Sequence[str]
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
            stripped = token.rstrip(",:;")
            bare = stripped == number
            if not bare and series != "para" and len(stripped) == len(number) and not stripped.islower():
                bare = all(map(_alike, stripped, number)) and _confirmed(number, series, shape, following)
            if not (looks_like(token, marker) or (bare and series != "para")):
                continue
            if series == "para" and not (rest[:1].isupper() and (token[0] in "(l|I[{" or token[-1] in ")l|I]}")):
                continue
            if series == "para" and re.fullmatch(r"\([a-z]\)", token) and lists.get("alpha"):
                continue
            if series != "para" and (not rest or not last or (bare and token == number and len(rest.split()) < 2)):
                continue
            if series != "para" and not (bare or _confirmed(number, series, shape, following)):
                continue
            return series, number, marker
    return None


def _after(last: str, series: str) -> list[str]:
    """Numbers that may come next in a series."""
    if not last:
        return ["1"] if series == "para" else []
    if series == "alpha":
        return [chr(ord(last) + 1)] if last < "z" else []
    digits = re.match(r"[0-9]+", last)
    whole = int(digits[0]) if digits else 0
    letter = last[len(str(whole)) :]
    return [str(whole + 1), f"{whole}{chr(ord(letter) + 1) if letter else 'a'}"]


def _confirmed(number: str, series: str, shape: str, following: Sequence[str]) -> bool:
    """Whether the list goes on after `number`, soon, as one that has it does; or ends there."""
    wanted = [shape.replace("{n}", n) for n in _after(number, series)]
    for line in following:
        first = line.split(maxsplit=1)[0] if line.split() else ""
        if first in wanted:
            return True
        if first.startswith("("):
            return True
    return False


# ------------------------------------------------------------------------------------- references


def _paragraph_references(text: _Text, structure: Structure) -> Iterator[Edit]:
    """`ayat (l)`, `ayat (41`, `ayat l2l`: the number of a paragraph that is referred to."""
    rules = structure.repair
    if not rules.reference:
        return
    known = {m[1] for m in re.finditer(r"(?m)^\s*\((\d{1,2}[a-z]?)\)", text.text)}
    known |= {m[1] for m in re.finditer(rf"\b(?:{rules.reference})\s+\((\d{{1,2}}[a-z]?)\)", text.text)}
    pattern = re.compile(
        rf"(?P<word>\b(?:{rules.reference}))(?P<space>\s*)"
        r"(?P<token>[({\[lI1|t][^\s,.;:()]{1,4}(?:\s?\))?)(?=[\s,.;:]|$)"
    )
    matches = list(pattern.finditer(text.text))
    tokens = ["".join(m["token"].split()) for m in matches]
    possible = [
        [t[1:-1]] if CLEAN_PARAGRAPH.fullmatch(t) else sorted(n for n in known if looks_like(t, f"({n})"))
        for t in tokens
    ]
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
            if number != match["token"]:
                yield Edit(match.start("token"), match.end("token"), number, "paragraph-reference")
            if word != right:
                yield Edit(match.start("word"), match.end("word"), right, "word")
        elif match["space"] and (token[0] in "({[" or len(fits) > 1):
            yield Edit(match.start("token"), match.end("token"), None, "paragraph-reference")


CLEAN_PARAGRAPH = re.compile(r"\(([0-9]{1,2}[a-z]?)\)")


def _article_references(text: _Text, structure: Structure) -> Iterator[Edit]:
    """`Pasal 4O`, `Pasal 2T`, `Pasal 281` between 28H and 28J: the number of an article that is referred to."""
    rules = structure.repair
    if not rules.article:
        return
    found = re.findall(rf"(?m)^[#*\s]*{rules.article}\s*(\d+\s?[A-Za-z]?)\s*$", text.text)
    headings = {"".join(n.split()) for n in found}
    lower = any(n[-1].islower() and n[-1] not in "lobgs" for n in headings)  # a law that inserts 14a, not 14A
    highest = max((int(n.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) for n in headings), default=0)
    forms = rules.article_forms or rules.article
    pattern = re.compile(
        rf"\b(?P<word>{forms})(?P<space>\s*)"
        r"(?P<token>[0-9][0-9A-Za-z|]{0,4}|[lIT][0-9][0-9A-Z]{0,2})(?![\w(])"
    )
    matches = list(pattern.finditer(text.text))
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
            fits = [between] if between else (known if beyond else [token])
            if len(fits) != 1:
                fits = [token] if match["space"] else []
        elif re.fullmatch(r"[1-9][0-9]{0,3}[A-Z]{1,2}", token) and token[-1] not in NO_LETTER and "El" not in token:
            fits = [token] if match["space"] or not highest or int(re.sub(r"\D", "", token)) <= highest else []
        else:
            plain = re.sub(r"[OolI|]", lambda m: AS_DIGIT[m[0]], token)
            fits = [between] if between else known or ([plain] if plain.isdigit() else [])
        if len(fits) == 1:
            yield from _tidy(match, rules.article, fits[0])
        else:
            yield Edit(match.start("token"), match.end("token"), None, "article-reference")


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


# ---------------------------------------------------------------------------------------- amounts


def _amounts(text: _Text, structure: Structure) -> Iterator[Edit]:
    """Digits against words: `I2 (dua belas)`, `Rp 1 0. 000.000,00 (sepuluh juta rupiah)`, `Rpl.000`."""
    if structure.repair.currency:
        sign = structure.repair.currency
        amount = r"(?P<token>[\dOoQlIi|SsB][\dOoQlIi|SsB., ]{2,36}[\dOoQlIi|SsB-])"
        said = re.compile(rf"(?P<sign>\b{sign})(?P<space>\s?){amount}\s*\((?P<words>[^()\d]{{4,140}})\)")
        for match in said.finditer(text.text):
            yield from _said_twice(match)
        bare = re.compile(rf"(?P<sign>\b{sign})(?P<token>[\dOQlI|][\dOQlI|.,]{{2,30}})(?![\w(])")
        for match in bare.finditer(text.text):
            digits = "".join(c if c.isdigit() or c in ".," else AS_DIGIT[c] for c in match["token"])
            if digits != match["token"] and re.match(r"\d{1,3}(?:[.,]\d{3})+", digits):
                yield Edit(match.start("token"), match.end("token"), digits, "amount")
    for words, fraction in structure.repair.fractions.items():
        above, _, below = fraction.partition("/")
        one = "[1lI|]" if above == "1" else re.escape(above)
        for match in re.finditer(rf"(?<![\w/])(?P<token>{one}\s?[/lI|1]\s?{below})(?=\s*\({words}\))", text.text):
            if "".join(match["token"].split()) != fraction or match["token"] != fraction:
                yield Edit(match.start("token"), match.end("token"), fraction, "fraction")
    counted = re.compile(r"(?<![\w.,/-])(?P<token>[\dOolI|SsZBTg]{1,5})\s\((?P<words>[a-z]+(?:[ -][a-z]+){0,7})\)")
    for match in counted.finditer(text.text):
        value = numerals.words(match["words"])
        token = match["token"]
        if value is None or (token.isdigit() and int(token) == value):
            continue
        if not any(c.isdigit() for c in token) and len(token) > 1 and not set(token) <= set("lIO|"):
            continue
        right = str(value)
        noisy = len(right) == len(token) and all(
            a == b or b in AS_DIGIT.get(a, "") for a, b in zip(token, right, strict=True)
        )
        if noisy:
            yield Edit(match.start("token"), match.end("token"), right, "digits-and-words")
        elif token.isdigit():
            yield Edit(match.start(), match.end(), None, "digits-and-words")


def _said_twice(match: re.Match[str]) -> Iterator[Edit]:
    value = numerals.words(match["words"])
    token = match["token"]
    if value is None:
        return
    digits = "".join("" if c == " " else (c if c.isdigit() or c in ".,-" else AS_DIGIT[c][0]) for c in token)
    read = numerals.amount(digits)
    if read == value:
        if digits != token:
            yield Edit(match.start("token"), match.end("token"), digits, "amount")
    else:
        yield Edit(match.start(), match.end(), None, "digits-and-words")
