"""Structural words, plain numbers, and amounts: what the law says in digits and in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from rapidfuzz.distance import Levenshtein

from pipeline import numerals
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import AS_DIGIT, CLUSTER, CLUSTERS
from pipeline.packs import Structure

MAX_HEADING = 60  # characters of a line that may be a heading
# What a scan leaves before a word (`^(sepuluh) tahun`), or a converter of an empty emphasis (`mati, __ penjara`).
SPECK = re.compile(r"\^(?=[\w(.,;:])|(?<=\s)(?:\^|_{2,})\s|\s_{2,}$", re.MULTILINE)


def specks(text: Text, structure: Structure) -> Iterator[Edit]:
    """Signs that no law writes and that stand in the way of those that it does."""
    for match in SPECK.finditer(text.text):
        yield Edit(match.start(), match.end(), "", "speck")


def words(text: Text, structure: Structure) -> Iterator[Edit]:
    """A structural word with a wrong letter, where only that word can stand: before a number, or alone on a line."""
    words = structure.repair.words
    if not words:
        return
    known = set(words)
    for start, line in text.lines():
        apart = (
            re.match(r"\W{0,3}(?P<word>\w(?: ?\w){2,11}?)(?= \(?[\dIVX])", line) if len(line) <= MAX_HEADING else None
        )
        if apart and " " in apart["word"] and apart["word"].replace(" ", "") in known:
            yield Edit(start + apart.start("word"), start + apart.end("word"), apart["word"].replace(" ", ""), "word")
            continue
        numbered = re.fullmatch(r"\W{0,3}(?P<word>[^\W\d_]{2,12})\s+(?P<num>[IVXLC1l|!]{1,7})", line)
        if numbered and numbered["word"] in known and not numbered["num"].isalpha():
            # A roman number of a division, its I read as a bar or a digit.
            roman = re.sub(r"[1l|!]", "I", numbered["num"])
            heads = [d.pattern for d in structure.divisions if "IVX" in d.pattern]
            if any(re.fullmatch(h, f"{numbered['word']} {roman}") for h in heads):
                yield Edit(start + numbered.start("num"), start + numbered.end("num"), roman, "word")
                continue
        opening = re.match(r"\W{0,3}(?P<word>[^\W\d_]{6,14})\b", line)
        if opening and opening["word"] not in known:
            whole = CLUSTERS.sub(lambda m: CLUSTER[m[0].lower()], opening["word"])
            if whole in known and re.fullmatch(structure.repair.openers, whole):
                # The word that opens a list, its letters only taken apart (`ivl` for M): whatever follows it.
                yield Edit(start + opening.start("word"), start + opening.end("word"), whole, "word")
                continue
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


def plain_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Nomor 1I Tahun 2OO8`: a number after a word that only numbers follow."""
    if not structure.repair.numbers_after:
        return
    pattern = re.compile(
        rf"\b(?:{structure.repair.numbers_after})\s+(?P<token>[lI1]\s[lI1](?=\s)|[\dOolLISGg|]{{1,4}})(?![\w-])"
    )
    matches = list(pattern.finditer(text.text))
    clean = Counter(m["token"] for m in matches if m["token"].isdigit())
    for match in matches:
        token = match["token"].replace(" ", "")
        if match["token"].isdigit() or (not any(c.isdigit() for c in token) and set(token) & set("SGgo|O")):
            continue
        if re.fullmatch(r"I{1,3}", token) and " " not in match["token"]:
            continue  # a roman number
        readings = ["".join(r) for r in product(*(c if c.isdigit() else AS_DIGIT[c] for c in token))]
        if len(readings) > 1:
            readings = [r for r in readings if r in clean]
        good = len(readings) == 1
        yield Edit(match.start("token"), match.end("token"), readings[0] if good else None, "number")


def repeated_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Nomor Sg` where the same words stand around `Nomor 58` elsewhere: letters only, where a number was printed."""
    if not structure.repair.numbers_after:
        return
    pattern = re.compile(
        rf"\b(?:{structure.repair.numbers_after})\s+(?P<token>\d{{2,4}}|[OolLISGgbZB|]{{2,4}})(?![\w-])"
    )
    matches = list(pattern.finditer(text.text))
    numbers: dict[tuple[str, str], set[str]] = {}
    for match in matches:
        if match["token"].isdigit():
            numbers.setdefault(_around(text.text, match), set()).add(match["token"])
    for match in matches:
        elsewhere = numbers.get(_around(text.text, match), set())
        if not match["token"].isdigit() and len(elsewhere) == 1 and len(min(elsewhere)) == len(match["token"]):
            yield Edit(match.start("token"), match.end("token"), min(elsewhere), "number")


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The words on either side of a number, so many that they tell which number it is."""
    before = re.findall(r"\w+", text[max(0, match.start("token") - 60) : match.start("token")])[-4:]
    after = re.findall(r"\w+", text[match.end("token") : match.end("token") + 40])[:2]
    return " ".join(before), " ".join(after)


COUNTED_WORDS = re.compile(r"\s\((?P<words>[a-z]+(?:[ -][a-z]+){0,7})\)")
COUNTED_DIGITS = re.compile(r"(?:^|[^\w.,/-])(?P<token>[\dOolI|SsZBTg]{1,5})$")


def amounts(text: Text, structure: Structure) -> Iterator[Edit]:
    """Digits against words: `I2 (dua belas)`, `Rp 1 0. 000.000,00 (sepuluh juta rupiah)`, `Rpl.000`."""
    if structure.repair.currency:
        sign = structure.repair.currency
        amount = r"(?P<token>[\dOoQlIi|SsBf][\dOoQlIi|SsB., ]{2,36}[\dOoQlIi|SsB-])"
        with_words = re.compile(rf"(?P<sign>\b{sign})(?P<space>\s?){amount}\s*\((?P<words>[^()\d]{{4,140}})\)")
        said_at = []
        for match in with_words.finditer(text.text):
            yield from _said_twice(match)
            said_at.append(match.span("token"))
        bare = re.compile(rf"(?P<sign>\b{sign})(?P<token>[\dOQlI|][\dOQlI|.,]{{2,30}})(?![\w(])")
        for match in bare.finditer(text.text):
            if any(first <= match.start("token") < last for first, last in said_at):
                continue
            digits = "".join(c if c.isdigit() or c in ".," else AS_DIGIT[c] for c in match["token"])
            if digits != match["token"] and re.match(r"\d{1,3}(?:[.,]\d{3})+", digits):
                yield Edit(match.start("token"), match.end("token"), digits, "amount")
    yield from _fractions(text, structure)
    # From the words in brackets back to the digits: most of a text has no bracket, and is passed over at once.
    for said in COUNTED_WORDS.finditer(text.text):
        digits_said = COUNTED_DIGITS.search(text.text, max(0, said.start() - 6), said.start())
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
        if noisy:
            yield Edit(digits_said.start("token"), digits_said.end("token"), right, "digits-and-words")
        elif token.isdigit():
            yield Edit(digits_said.start("token"), said.end(), None, "digits-and-words")


def _fractions(text: Text, structure: Structure) -> Iterator[Edit]:
    """`I/3 (sepertiga)`: a fraction that its words give."""
    fractions = structure.repair.fractions
    if not fractions:
        return
    for said in re.finditer(rf"\s{{0,4}}\((?P<words>{'|'.join(map(re.escape, fractions))})\)", text.text):
        fraction = fractions[said["words"]]
        above, _, below = fraction.partition("/")
        one = "[1lI|]" if above == "1" else re.escape(above)
        written = re.compile(rf"(?:^|[^\w/])(?P<token>{one}\s?[/lI|1]\s?{below})$")
        match = written.search(text.text, max(0, said.start() - 8), said.start())
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
