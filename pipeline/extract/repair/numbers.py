"""Structural words, plain numbers, and amounts: what the law says in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from rapidfuzz.distance import Levenshtein

from pipeline import numerals
from pipeline.extract.patterns import alternatives, standing_alone
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import AS_DIGIT, CLUSTER, CLUSTERS, once
from pipeline.packs import Structure

MAX_HEADING = 60  # characters of a line that may be a heading
# What a scan leaves before a word (`^(sepuluh) tahun`), or a converter of an empty emphasis (`mati, __ penjara`).
SPECK = re.compile(r"\^(?=[\w(.,;:])|(?<=\s)(?:\^|_{2,})\s|\s_{2,}$", re.MULTILINE)


def specks(text: Text, structure: Structure) -> Iterator[Edit]:
    """Signs that no law writes and that stand in the way of those that it does."""
    if not structure.repair.words or ("^" not in text.text and "__" not in text.text):
        return
    for match in SPECK.finditer(text.text):
        yield Edit(match.start(), match.end(), "", "speck")


def words(text: Text, structure: Structure) -> Iterator[Edit]:
    """A structural word with a wrong letter, where only that word can stand: before a number, or alone on a line."""
    if not structure.repair.words:
        return
    heads = _Heads(structure)
    known: dict[str, tuple[int, int, str] | None] = {}  # short lines recur: `Cukup jelas.`
    for start, line in text.lines():
        if len(line) > MAX_HEADING:
            found = heads.opener(line)
        elif line in known:
            found = known[line]
        else:
            found = known[line] = heads.word(line)
        if found:
            yield Edit(start + found[0], start + found[1], found[2], "word")


def bounds(text: Text, structure: Structure) -> Iterator[Edit]:
    """`paling tama 6 (enam) tahun`: of the few words that stand before a bound, the one that differs by one letter."""
    rules = structure.repair
    if not rules.bound:
        return
    pattern = re.compile(
        rf"{rules.bound}\s+(?P<word>[^\W\d_]{{3,9}})(?=\s+(?:\d{{1,4}}\s*\(|{rules.currency or '(?!)'}))"
    )
    for match in standing_alone(pattern, text.text):
        if match["word"] not in rules.bounds:
            near = [w for w in rules.bounds if Levenshtein.distance(match["word"], w, score_cutoff=1) <= 1]
            if len(near) == 1:
                yield Edit(*match.span("word"), near[0], "word")


APART = re.compile(r"\W{0,3}(?P<word>\w(?: ?\w){2,11}?)(?= \(?[\dIVX])")
NUMBERED = re.compile(r"\W{0,3}(?P<word>[^\W\d_]{2,12})\s+(?P<num>[IVXLC1l|!]{1,7})")
OPENING = re.compile(r"\W{0,3}(?P<word>[^\W\d_]{6,14})\b")
HEAD = re.compile(r"\W{0,3}(?P<word>[^\W\d_]{3,12})(?P<sign>[17J|!]?)(?P<rest>.{0,14})")
BEHIND_HEAD = re.compile(r"\s*\(?[\dIVXlO][\w(]{0,4}\)?\s*(?:$|\.|…)|\s+(?:Ke|Per|ke)\w+")


class _Heads:
    """Structural words at the beginning of lines: (start, end, the word that was printed) of what is to be mended."""

    def __init__(self, structure: Structure) -> None:
        self.words = structure.repair.words
        self.known = set(self.words)
        self.openers = re.compile(structure.repair.openers)
        self.roman = [re.compile(d.pattern) for d in structure.divisions if "IVX" in d.pattern]

    def opener(self, line: str) -> tuple[int, int, str] | None:
        """The word that opens a list, its letters only taken apart (`ivl` for M): whatever follows it."""
        opening = OPENING.match(line)
        if opening and opening["word"] not in self.known and CLUSTERS.search(opening["word"]):
            whole = CLUSTERS.sub(lambda m: CLUSTER[m[0].lower()], opening["word"])
            if whole in self.known and self.openers.fullmatch(whole):
                return *opening.span("word"), whole
        return None

    def word(self, line: str) -> tuple[int, int, str] | None:
        """Any of them, on a line that is short enough for a heading."""
        if "I," in line and line.strip().replace("I,", "L") in self.known:
            start = len(line) - len(line.lstrip())
            return start, start + len(line.strip()), line.strip().replace("I,", "L")
        apart = APART.match(line)
        if apart and " " in apart["word"] and apart["word"].replace(" ", "") in self.known:
            return *apart.span("word"), apart["word"].replace(" ", "")
        if numbered := self.number(line):
            return numbered
        if opener := self.opener(line):
            return opener
        head = HEAD.match(line)
        if head is None or head["word"] in self.known:
            return None
        for word, rest in ((head["word"] + head["sign"], head["rest"]), (head["word"], head["sign"] + head["rest"])):
            behind = BEHIND_HEAD.match(rest)
            alone = not rest.strip(" :.")
            if not (behind or alone):
                continue
            allowed = 1 if len(word) < 8 else 2
            whole = CLUSTERS.sub(lambda m: CLUSTER[m[0].lower()], word)
            near = [w for w in self.words if Levenshtein.distance(whole, w, score_cutoff=allowed) <= allowed]
            if alone and not behind:
                near = [w for w in near if len(w) > 7]
            if len(near) == 1:
                start, end = head.start("word"), head.start("word") + len(word)
                # Only behind the right word is it seen that the number is wrong too.
                numbered = self.number(near[0] + line[end:])
                if numbered is None:
                    return start, end, near[0]
                first, last, roman = numbered
                return start, end + last - len(near[0]), f"{near[0]}{line[end : end + first - len(near[0])]}{roman}"
        return None

    def number(self, line: str) -> tuple[int, int, str] | None:
        """A roman number of a division, its I read as a bar or a digit."""
        numbered = NUMBERED.fullmatch(line)
        if numbered and numbered["word"] in self.known and not numbered["num"].isalpha():
            roman = re.sub(r"[1l|!]", "I", numbered["num"])
            if any(h.fullmatch(f"{numbered['word']} {roman}") for h in self.roman):
                return *numbered.span("num"), roman
        return None


def _noisy_number(text: Text, structure: Structure) -> bool:
    """Whether anything but a number stands behind a word that only numbers follow; most texts are done with that."""
    if not structure.repair.numbers_after:
        return False
    number = r"\s+([lI1]\s[lI1](?=\s)|[\dOolLISGgbZB|]{1,4})(?![\w-])"
    found = (text.tokens(f"(?:{word}){number}") for word in alternatives(structure.repair.numbers_after))
    return any(not token.isdigit() for tokens in found for token in tokens)


def plain_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Nomor 1I Tahun 2OO8`: a number after a word that only numbers follow."""
    if not _noisy_number(text, structure):
        return
    pattern = re.compile(
        rf"(?:{structure.repair.numbers_after})\s+(?P<token>[lI1]\s[lI1](?=\s)|[\dOolLISGg|]{{1,4}})(?![\w-])"
    )
    matches = [(m, m["token"]) for m in standing_alone(pattern, text.text)]
    clean = {token for _, token in matches if token.isdigit()}
    for match, shown in matches:
        token = shown.replace(" ", "")
        if shown.isdigit() or (not any(c.isdigit() for c in token) and set(token) & set("SGgo|O")):
            continue
        if re.fullmatch(r"I{1,3}", token) and " " not in shown:
            continue  # a roman number
        readings = ["".join(r) for r in product(*(c if c.isdigit() else AS_DIGIT[c] for c in token))]
        if len(readings) > 1:
            readings = [r for r in readings if r in clean]
        good = len(readings) == 1
        yield Edit(match.start("token"), match.end("token"), readings[0] if good else None, "number")


def repeated_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Nomor Sg` where the same words stand around `Nomor 58` elsewhere: letters only, where a number was printed."""
    if not _noisy_number(text, structure):
        return
    pattern = re.compile(rf"(?:{structure.repair.numbers_after})\s+(?P<token>\d{{2,4}}|[OolLISGgbZB|]{{2,4}})(?![\w-])")
    matches = list(standing_alone(pattern, text.text))
    numbers: dict[tuple[str, str], set[str]] = {}
    for match in matches:
        if match["token"].isdigit():
            numbers.setdefault(_around(text.text, match), set()).add(match["token"])
    for match in matches:
        if match["token"].isdigit():
            continue
        elsewhere = numbers.get(_around(text.text, match), set())
        if len(elsewhere) == 1 and len(min(elsewhere)) == len(match["token"]):
            yield Edit(match.start("token"), match.end("token"), min(elsewhere), "number")


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The words on either side of a number, so many that they tell which number it is."""
    before = re.findall(r"\w+", text[max(0, match.start("token") - 60) : match.start("token")])[-4:]
    after = re.findall(r"\w+", text[match.end("token") : match.end("token") + 40])[:2]
    return " ".join(before), " ".join(after)


COUNTED_WORDS = re.compile(r"\((?<=\s\()(?P<words>[a-z]+(?:[ -][a-z]+){0,7})\)")
NOISE_OF_DIGITS = re.compile(r"[^\d.,]")
COUNTED_DIGITS = re.compile(r"(?:^|[^\w.,/-])(?P<token>[\dOolI|SsZBTg]{1,5})$")


def amounts(text: Text, structure: Structure) -> Iterator[Edit]:
    """Digits against words: `I2 (dua belas)`, `Rp 1 0. 000.000,00 (sepuluh juta rupiah)`, `Rpl.000`."""
    if structure.repair.currency:
        sign = structure.repair.currency
        amount = r"(?P<token>[\dOoQlIi|SsBf][\dOoQlIi|SsB., ]{2,36}[\dOoQlIi|SsB-])"
        with_words = re.compile(rf"(?P<sign>{sign})(?P<space>\s?){amount}\s*\((?P<words>[^()\d]{{4,140}})\)")
        said_at = []
        for match in standing_alone(with_words, text.text):
            yield from _said_twice(match)
            said_at.append(match.span("token"))
        bare = re.compile(rf"(?P<sign>{sign})(?P<token>[\dOQlI|][\dOQlI|.,]{{2,30}})(?![\w(])")
        for match in standing_alone(bare, text.text):
            if not NOISE_OF_DIGITS.search(match["token"]):
                continue
            if any(first <= match.start("token") < last for first, last in said_at):
                continue
            digits = "".join(c if c.isdigit() or c in ".," else AS_DIGIT[c] for c in match["token"])
            if re.match(r"\d{1,3}(?:[.,]\d{3})+", digits):
                yield Edit(match.start("token"), match.end("token"), digits, "amount")
    yield from _fractions(text, structure)
    if not structure.repair.numbers_after:
        return
    # From the words in brackets back to the digits: most of a text has no bracket, and is passed over at once.
    for said in COUNTED_WORDS.finditer(text.text):
        before = said.start() - 1  # the space
        digits_said = COUNTED_DIGITS.search(text.text, max(0, before - 6), before)
        if digits_said is None:
            continue
        value = numerals.words(said["words"])
        token = digits_said["token"]
        if value is None or (token.isdigit() and int(token) == value):
            continue
        if not any(c.isdigit() for c in token) and len(token) > 1 and not set(token) <= set("lIO|"):
            continue
        right = str(value)
        noisy = len(right) == len(token) and all(
            a == b or b in AS_DIGIT.get(a, "") for a, b in zip(token, right, strict=True)
        )
        if noisy or once(token) == right:
            yield Edit(digits_said.start("token"), digits_said.end("token"), right, "digits-and-words")
        elif token.isdigit():
            yield Edit(digits_said.start("token"), said.end(), None, "digits-and-words")


def _fractions(text: Text, structure: Structure) -> Iterator[Edit]:
    """`I/3 (sepertiga)`: a fraction that its words give."""
    fractions = structure.repair.fractions
    if not fractions:
        return
    for said in re.finditer(rf"\((?P<words>{'|'.join(map(re.escape, fractions))})\)", text.text):
        spaces = text.text[max(0, said.start() - 4) : said.start()]
        end = said.start() - len(spaces) + len(spaces.rstrip())
        fraction = fractions[said["words"]]
        above, _, below = fraction.partition("/")
        one = "[1lI|]" if above == "1" else re.escape(above)
        written = re.compile(rf"(?:^|[^\w/])(?P<token>{one}\s?[/lI|1]\s?{below})$")
        match = written.search(text.text, max(0, end - 8), end)
        if match and match["token"] != fraction:
            yield Edit(match.start("token"), match.end("token"), fraction, "fraction")


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
