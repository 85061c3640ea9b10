"""Numbers of lists that a stray sign hides, whose digits stand apart, or that follow amid a line where one is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import looks_like
from pipeline.packs import Structure

# Each begins with one sign, and asks behind it for what must stand before: a search then skips at once to the next such
# sign. `\n` stands for the beginning of a line.
# A speck of the scan before the number at the beginning of a line (`' e. …`, `. a. …`), or a second stop behind it.
SPECK = re.compile(
    r"\n[^\S\n]{0,8}((?:['’‘`.,·|]|[:\"](?=\s))\s{0,2}(?=(?:[a-z]|\d{1,2})\.\s|\(\w{1,2}\)\s)|[1lI]\s(?=\(\d{1,2}\)\s[A-Z]))"
)
STOPS = re.compile(r"\n[^\S\n]{0,8}(?:[a-z]|\d{1,2})\.(\.)(?=\s[^\W\d_])")
# `mengenai: l) …`, behind it `2)`.
FIRST = re.compile(r"\)(?:(?<=:\s[lI]\))|(?<=\n[lI]\)))\s(?=[^\n]{1,400}\n\s{0,4}2\)\s)")
STOP = re.compile(r"\.(?<=[\dlIO]\.)\s?(?=[A-Z][a-z])")
NUMBER = re.compile(r"(?:(?<=[.;]\s)|(?<=\n))(?:\d\s\d|[\dlIO]{1,3})\Z")  # what may stand before such a stop
LAST = re.compile(r" (?<=[;,] )(?:dan/atau|dan|atau|and/or|and|or) (?P<token>[A-Z0-9])\. (?=[a-z]{3})")
POINT = re.compile(r"[^\S\n]*([a-z])\.\s")
ITEM = re.compile(r"(?:(?<=\S\s)|(?<=\n))(?:\d\s\d|[\dlIOSZ]{1,3})\Z")  # what may stand before the stop of an item
NUMBERED = re.compile(r"\s{0,4}\d{1,3}\.\s{1,3}")
BEGINS = re.compile(r"\(1\)\s[A-Z]|[A-Z][a-z]")  # the words of an article
NEAR = 3  # lines in which a heading may stand, a catchword or a page's head before it
MAX_LOST = 3  # items that may be missing before one that is taken at its word


def stray_signs(text: Text, structure: Structure) -> Iterator[Edit]:
    """Signs beside a number that begins a line, and a first number read as a letter."""
    if not structure.repair.point:
        return
    for pattern in (SPECK, STOPS):
        for match in pattern.finditer("\n" + text.text):
            yield Edit(match.start(1) - 1, match.end(1) - 1, "", "speck")
    for match in FIRST.finditer(text.text):
        yield Edit(match.start() - 1, match.start(), "1", "enumerator")


def noisy_items(text: Text, structure: Structure) -> Iterator[Edit]:
    """`1 1. Di antara …`, `l4.Ketentuan …`, `77. Di antara …` before 18: the number that an amending item must have."""
    rules = structure.repair
    if not (rules.point and rules.article and structure.amending_item and structure.amending_unit):
        return
    opens = rf"(?:{rules.article})\s(?:{structure.amending_unit})\s{{0,4}}(?=\n)"
    if not re.search(opens, text.text):
        return  # so most laws are: they amend none
    body = "\n" + text.text
    found = [(m.end(), m.end(), "") for m in re.finditer(rf"\n[#*\s]{{0,4}}{opens}", body)]
    for stop in re.finditer(rf"\.\s?(?={structure.amending_item.removeprefix('^')})", body):
        if number := ITEM.search(body, max(0, stop.start() - 3), stop.start()):
            found.append((number.start(), stop.end(), number[0]))
    found.sort()
    last = -1  # number of the item before; -1: outside the articles that have items
    for i, (start, end, token) in enumerate(found):
        if not token:
            last = 0
            continue
        due = last + 1
        following = found[i + 1][2] if i + 1 < len(found) else ""
        if last < 0:
            continue
        if token.isdecimal() and due < int(token) <= due + MAX_LOST:
            due = int(token)
        elif token != str(due) and not looks_like(token, str(due)) and following != str(due + 1):
            continue
        last = due
        if token != str(due) or end - start == len(f"{token}."):
            yield Edit(start - 1, end - 1, f"{due}. ", "enumerator")


def lost_headings(text: Text, structure: Structure) -> Iterator[Edit]:
    """`9. Ketentuan Pasal 21 diubah sehingga berbunyi sebagai berikut:`, no heading behind: that of the article."""
    rules = structure.repair
    if not (rules.article and structure.sets_out and structure.amending_item):
        return
    sets_out = re.compile(structure.sets_out)
    operates = re.compile(structure.amending_item)
    named = re.compile(rf"\b{rules.article}\s(\d{{1,4}}[A-Z]?)\b")
    heading = re.compile(rf"[#*\s]{{0,6}}{rules.article}\b")
    lines = text.lines()
    for i, (_, line) in enumerate(lines[:-1]):
        item = NUMBERED.match(line)
        if item is None or not operates.match(line[item.end() :]) or not sets_out.search(line):
            continue
        start, following = lines[i + 1]
        articles = set(named.findall(line))
        if (
            len(articles) == 1
            and BEGINS.match(following)
            and not any(heading.match(x) for _, x in lines[i + 1 : i + 1 + NEAR])
        ):
            yield Edit(start, start, f"{rules.article} {articles.pop()}\n", "lost-heading")


def numbers_amid_lines(text: Text, structure: Structure) -> Iterator[Edit]:
    """`9. … . 1O. …; ll.…`: the number of a point behind the one before it, and the letter of a list's last."""
    if not structure.repair.point:
        return
    last = 0
    for stop in STOP.finditer(text.text):
        number = NUMBER.search(text.text, max(0, stop.start() - 3), stop.start())
        if number is None:
            continue
        if number[0].isdecimal():
            last = int(number[0])
        elif last and looks_like(number[0], str(last + 1)):
            last += 1
            yield Edit(number.start(), stop.end(), f"{last}. ", "enumerator")
    for match in LAST.finditer(text.text):
        point = POINT.match(text.text, text.text.rfind("\n", 0, match.start()) + 1)
        due = chr(ord(point[1]) + 1) if point and point[1] < "z" else ""
        if due and looks_like(f"{match['token']}.", f"{due}."):
            yield Edit(match.start("token"), match.end("token"), due, "enumerator")
