"""Where the words of a citation stand: looked for by the numbers and names that the gold gives, for locate_gold.py.

The span of a citation is the shortest stretch that holds every word which names its target: the word that heads its
number, its numbers at each level, and the law or article whose they are, where these are named. What lies between the
ends of a range has the range whole. Neither tags nor links are read, nor is a rule of a pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus import Corpus
from pipeline.evaluate.places import Fact, Span
from pipeline.records import Document

UNIT = {"id": r"Pasal(?:-Pasal)?", "en": r"(?:Articles?|Arts?\.|Sections?|Secs?\.|Rules?)"}
PART = {
    "id": r"(?:ayat|huruf|angka|butir)",
    "en": r"(?:(?:sub-?)?paragraphs?|par\.|sub-?sections?|(?:sub)?items?|points?|letters?|clauses?|subdivisions?(?:\s+numbers?)?|(?<!subdivision\s)numbers?|Nos?\.)",
}
JOIN = {"id": r"(?:dan/atau|dan|atau|serta)", "en": r"(?:and/or|and|or)"}
TO = {"id": r"\s*(?:sampai\s+dengan|s\.?d\.?|-|–)\s*", "en": r"\s*(?:to|through|until|-|–)\s*"}
OF = {"id": r"(?:dalam|dari)", "en": r"(?:of|in|under)"}
# “The” is part of a name only where nothing else is (“the Act”).
RELATIVE = re.compile(
    r"(?:two\s+|three\s+)?(?:(?:next|last)\s+)?(?:preceding|previous|foregoing)\s+(?:articles?|sections?|paragraphs?)",
    re.IGNORECASE,
)
OWN = {
    "id": r"(?:Undang-Undang|pasal)\s+ini\b",
    "en": r"(?:(?:this|the)\s+(?:Act|Code|IRR|Rules?|Convention|Protocol|Law)\b|(?:this|(?:the\s+)?(?:present|same))\s+(?:article|section|Act|Law)\b|hereof\b"
    rf"|{RELATIVE.pattern})",
}
# How a text calls what it carries out: rules an act, a protocol or a law of ratification a treaty.
IMPLEMENTED = {
    "id": r"(?:Protokol|Konvensi)(?=\s+(?:dalam|ini|tersebut|yang|dengan|sebagaimana|secara|melalui)\b|[,;.])",
    "en": r"(?:the|this)\s+(?:said\s+)?(?:Act|Convention)\b(?!\s+(?:on|for|against|of|No)\b)",
}
ACTS = r"(?:(?:Peraturan\s+Pemerintah\s+Pengganti\s+)?Undang-Undang(?:\s+Darurat)?|UU|Peraturan\s+[A-Z]\w+(?:\s+[A-Z]\w+){0,5}|Penetapan\s+Presiden|Perppu|Republic\s+Acts?|R\.?\s?A\.?|Presidential\s+Decrees?|P\.?\s?D\.?|Executive\s+Orders?|E\.?\s?O\.?|Acts?|General\s+Orders?|Memorandum\s+Circular|A\.\s?M\.|(?:(?:ILO|International\s+Labou?r\s+Organi[sz]ation(?:\s+\(ILO\))?)\s+)?Convention)"
# A title follows what it names; what it names itself is not cited.
TITLE = re.compile(
    r"\btentang\s[^;:.()]*\b(?:perubahan|penetapan|pemberlakuan|menyatakan|mengubah|pencabutan)\b[^;:.()]*$",
    re.IGNORECASE,
)


def matches(pattern: str, text: str, start: int = 0) -> set[Span]:
    """All spans of a pattern, case folded, after the beginning of the provision."""
    return {m.span() for m in re.finditer(pattern, text, re.IGNORECASE) if m.start() >= start}


def every(pattern: str, text: str, begin: int = 0) -> set[Span]:
    """All spans of a pattern, those that begin inside another included."""
    compiled = re.compile(rf"(?<![\w-])(?:{pattern})")
    found = set()
    at = begin
    while m := compiled.search(text, at):
        found.add(m.span())
        at = m.start() + 1
    return found


def cited(corpus: Corpus, document: Document, fact: Fact, text: str, language: str) -> set[Span]:
    """The shortest stretches that name a target: its numbers, what heads them, and the law or article whose they are."""
    law, _, eid = fact[1].partition(" ")
    names = instrument(corpus, law, language)
    own = str(corpus.law_of(document.doc_id, fact[0])[0]) == law or fact[0].startswith(f"{law} ") or law in (
        document.doc_id, *document.amends,
    )  # fmt: skip
    if document.implements == law:
        names = f"(?:{names}|{IMPLEMENTED[language]})"
    if not eid:
        apart = {s for s in matches(names, text) if not part_of_reference(text, s, language)}
        return {s for s in widest(apart) if not TITLE.search(text[: s[0]])}
    numbers = [part.rpartition("_")[2] for part in eid.split("__")]
    at = fact[0].rpartition(" ")[2].split("__")
    target = eid.split("__")
    shared = 0
    while own and shared < min(len(at), len(target) - 1) and at[shared] == target[shared]:
        shared += 1
    item = bool(document.amends) and at[0] == "art_I"
    spans: set[Span] = set()
    head = re.match(rf"\W*(?:{UNIT[language]})\s+[\w-]+", text, re.IGNORECASE)
    begin = head.end() if head else 0
    for left in range(shared + 1):
        tried = [numbers[left:]]
        if not left and len(numbers) == 3:
            tried.append([numbers[0], numbers[2]])  # `pasal 35 No. 4`: its one paragraph has no number
        for some in tried:
            for pattern in paths(some, not left, language):
                spans = spans or every(pattern, text, begin)
            if not left and len(some) > 1 and (not spans or item):
                spans |= {s for pattern in upward(some, language) for s in every(pattern, text, begin)}
            elif left:  # `Article 12, paragraph 1` is not that paragraph of this article
                spans = {s for s in spans if not re.search(rf"(?i:{UNIT[language]})\s+\d+,?\s+$", text[: s[0]])}
            spans = spans or {s for s in ranges(some, not left, language, text) if s[0] >= begin}
            if spans:
                break
        if spans:
            break
    if item and len(numbers) > 1:
        # An item about one article says which paragraphs it inserts there, some words after its number.
        for pattern in paths(numbers[1:], False, language):
            inserted = shortest(every(pattern, text))
            spans |= {s for s in inserted if not any(o[0] <= s[0] and s[1] <= o[1] for o in spans)}
    if len(numbers) == 1:
        # `ayat (4) Pasal 5` is that paragraph, not the article.
        alone = {
            s
            for s in spans
            if not re.search(r"(?:\(\w{1,3}\)|(?:huruf|angka)\s\w{1,2})\s*(?:,?\s+of\s+)?$", text[: s[0]])
        }
        spans = alone or spans
    spans = shortest(spans)
    tails = rf"(?:{names}|{OWN[language]})" if own else names
    ended = {(start, tail(text, start, end, tails, language)) for start, end in spans}
    if not own:
        ended = {(lead(text, s[0], names, language) if s in spans else s[0], s[1]) for s in ended}
        ended = {s for s in ended if s[1] not in {e for _, e in spans}} or ended
    if not ended and own:
        near = matches(RELATIVE.pattern, text)
        steps = order(numbers[0])[0] - order(at[0].rpartition("_")[2])[0]
        if len(near) != 1 or not -3 <= steps <= 0:
            return set()
        (whole,) = near
        for pattern in paths(numbers[1:], False, language) if len(numbers) > 1 else ():
            for start, end in shortest(every(pattern, text, begin)):
                if tail(text, start, end, RELATIVE.pattern, language) == whole[1]:
                    return {(start, whole[1])}
        return near
    return ended


def part_of_reference(text: str, span: Span, language: str) -> bool:
    """Whether the name of a law opens or ends a reference to something in it."""
    if re.match(rf"\s*:\s*{UNIT[language]}\b", text[span[1] :]):
        return True
    law = rf"\s*(?:,?\s*(?:inclusive|as\s+the\s+case\s+may\s+be),?)?\s*(?:,?\s*{OF[language]}\s+)?(?:the\s+|said\s+)?$"
    before = re.sub(law, "", text[max(0, span[0] - 200) : span[0]])
    numbered = re.search(r"(?:\)|\b\d+[A-Z]?|\b(?:huruf|angka)\s+\w{1,2})$", before)
    headed = re.search(rf"(?i:\b(?:{UNIT[language]}|{PART[language]}))\s*{flat(language)}*$", before)
    return bool(numbered and headed)


def paths(numbers: list[str], whole: bool, language: str) -> Iterator[str]:
    """Patterns of a reference by its numbers, from the widest to the narrowest, or from the narrowest to the widest."""
    unit, part = UNIT[language], PART[language]
    between = flat(language)
    heads = [unit if whole and i == 0 else part for i in range(len(numbers))]
    # Not the beginning of a reference to something in it.
    deeper = r"(?!\s?\(\w{1,4}\))(?!\s+huruf\b)"
    if whole and len(numbers) == 1:
        deeper = rf"(?!\s*,?\s*(?:{part}\s*)?\(\w{{1,4}}\))(?!\s+(?:ayat|huruf|angka)\b)"
    down = rf"(?i:{heads[0]})\s*(?:{between}*?)"
    for i, number in enumerate(numbers):
        last = i == len(numbers) - 1
        down += one(number, bare=whole and not i) + (
            "" if last else rf"(?:\s*[,.]?\s*(?:(?i:{heads[i + 1]})\s*)?(?:{between}{{0,60}}?))"
        )
    if not whole and numbers[0].isdigit() and language == "en":
        yield down.replace("(?:sub-?)?", "", 1) + deeper
    yield down + deeper
    if len(numbers) > 1:
        yield down


def upward(numbers: list[str], language: str) -> Iterator[str]:
    """Patterns of a reference from the narrowest of its numbers to the widest."""
    unit, part = UNIT[language], PART[language]
    between = flat(language)
    for order in (numbers[::-1], [*numbers[1:], numbers[0]] if len(numbers) > 2 else []):
        if not order:
            continue
        up = rf"(?i:{part})\s*(?:{between}*?){one(order[0])}"
        for number in order[1:]:
            of = rf"(?:(?i:{OF[language]})\s+)?(?i:{unit if number is numbers[0] else part})"
            up += rf"(?:{between}{{0,60}}?)\s*,?\s*{of}\s*(?:{between}{{0,40}}?){one(number)}"
        yield up


def ranges(numbers: list[str], whole: bool, language: str, text: str) -> set[Span]:
    """Spans of the ranges inside which the last of the numbers lies."""
    unit, part = UNIT[language], PART[language]
    heads = [unit if whole and i == 0 else part for i in range(len(numbers))]
    before = "".join(one(n) + r"\s*[,.]?\s*" for n in numbers[:-1])
    end = r"\(?(?<![\w])(\d+[A-Z]?|[a-z]{1,2})\)?(?![\w])"
    head = rf"(?i:{heads[-1]})\s*" if len(numbers) > 1 else ""
    ranged = rf"(?i:{heads[0]})\s*{before}(?:{head})?(?:{flat(language)}*?){end}(?i:{TO[language]})(?:(?i:{heads[-1]})\s*)?{end}"
    return {
        m.span()
        for start in re.finditer(rf"(?i:{heads[0]})", text)
        for m in re.compile(ranged).finditer(text, start.start(), start.start() + 200)
        if m.start() == start.start() and order(m[1]) <= order(numbers[-1]) <= order(m[2])
    }


def order(number: str) -> tuple[int, str]:
    """A key by which provisions stand in order: 59, 59A, 60; a, b."""
    digits = re.match(r"\d*", number)
    n = digits[0] if digits else ""
    return (int(n or 0), number[len(n) :])


def flat(language: str) -> str:
    """What may stand between the numbers of a list."""
    return (
        rf"(?:[\s,;/.]|\b{JOIN[language]}\b|{TO[language]}|\b{PART[language]}|\(\w{{1,4}}\)|\b\d+(?:[A-Z]?(?:-[A-Z])?|st|nd|rd|th)\b"
        r"|\b[a-z]{1,2}\b)"
    )


def one(number: str, bare: bool = False) -> str:
    """A pattern of the number of a provision, in brackets or bare; printers take l and I for 1, and set digits apart."""
    said = {"1": "[1lI]", "i": "[i1l]"}.get(number, r"\s?".join(map(re.escape, number)))
    alone = rf"(?<![\w(-]){'' if number.isalpha() else '(?<![.])'}{said}(?:(?:st|nd|rd|th)(?!\w)|\))?(?!\w|-[A-Z]|\.\d)"
    return alone if bare else rf"(?:\(\s*{said}\s*\)|{alone})"


def shortest(spans: set[Span]) -> set[Span]:
    """Of the spans with one end, the shortest; then those that hold no other."""
    by_end: dict[int, int] = {}
    for start, end in spans:
        by_end[end] = max(start, by_end.get(end, 0))
    kept = {(start, end) for end, start in by_end.items()}
    return {s for s in kept if not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in kept)}


def widest(spans: set[Span]) -> set[Span]:
    """The spans that no other holds."""
    return {s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)}


def tail(text: str, start: int, end: int, names: str, language: str) -> int:
    """Where a reference ends with the law that follows it, whatever numbers stand between; else where it ended."""
    between = rf"(?:{flat(language)}|\b{UNIT[language]}|\binclusive\b|\bas\s+the\s+case\s+may\s+be\b|\bin\s+relation\s+to\b|(?<=[a-z])\.)"
    found = re.compile(
        rf"{between}{{0,200}}?\s*(?:{OF[language]}\s+)?(?:the\s+|said\s+)?(?:{names})", re.IGNORECASE
    ).match(text, end)
    return found.end() if found and not re.search(r"\.\s+[–-]", found[0]) else end


def lead(text: str, start: int, names: str, language: str) -> int:
    """Where a reference begins with the law that a colon opens: `Undang-Undang Dasar …: Pasal 5 dan Pasal 20`."""
    between = rf"(?:{flat(language)}|\b{UNIT[language]})"
    for name in re.finditer(names, text[:start], re.IGNORECASE):
        if re.fullmatch(rf"\s*[:,]\s*{between}{{0,200}}", text[name.end() : start], re.IGNORECASE):
            return name.start()
    return start


def instrument(corpus: Corpus, law: str, language: str) -> str:
    """A pattern of how an instrument is named: by its number, its title, its short names."""
    document = corpus.documents.get(law)
    if document is None:
        return "(?!)"
    said = [
        re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
        for name in (document.title, document.title_en, *document.short_names)
    ]
    if document.jurisdiction == "id":
        year, number = document.year, document.number
        said_number = [rf"(?:Undang-Undang|UU)\s+(?:Nomor\s+|No\.?\s*)?{number}\s+Tahun\s+{year}"]
        if document.kind == "constitution":
            said_number = [r"Undang-Undang\s+Dasar(?:\s+Negara\s+Republik\s+Indonesia)?(?:\s+Tahun)?(?:\s+1945)?"]
        if law == "id-kuhp":
            said_number += [r"Kitab\s+Undang-Undang\s+Hukum\s+Pidana", r"Undang-Undang\s+Nomor\s+1\s+Tahun\s+1946"]
    elif document.jurisdiction == "ph" and document.number.isdigit():
        said_number = [
            rf"(?:Republic\s+Acts?|R\.?\s?A\.?|Act)\s*,?\s*(?:Nos?[.,]?|Numbered|Number)?\s*(?:\(R\.?A\.?\)\s*No\.\s*)?{document.number}\b"
        ]
    else:
        said_number = []
    if said_number and len(said_number) == 1 and document.kind not in ("constitution", "code"):
        said = []  # the title that follows a number names the same act
    names = sorted((re.sub(r"\\?\s+", r"\\s+", re.escape(s)) for s in said if len(s) > 3), key=len, reverse=True)
    if document.implements:
        return "(?!)"
    return "(?:" + "|".join([*said_number, *names]) + ")"


def named_outside(key: str, text: str) -> set[Span]:
    """The names of an instrument outside the corpus, known by its number and year (`1 2016`)."""
    number, _, year = key.partition(" ")
    tail = rf"\b{number}\b" + (rf".{{0,16}}?\b{year}\b" if year else "")
    listed = r"(?:\d[\d,\s]*(?:and\s+)?)?"
    named = shortest(
        matches(
            rf"{ACTS}\s+(?:(?:Nomor|Nos?\.?|Number|Numbered)\s*|No,\s*)?{listed}{tail}(?:-\d+)*(?:-SC)?(?!\w)", text
        )
    )
    return {s for s in named if not TITLE.search(text[: s[0]])}
