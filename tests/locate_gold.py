"""Where the words of each gold fact stand: looked for by what the fact says, with no rule of any pack. Run as a program.

Reads   tests/gold/*.yaml, processed/1-text and 2-provisions of the folder given as argument; raw/*/sources.yaml through it.
Writes  tests/gold/offsets/<edition>/<doc_id>.yaml; to standard output the facts that were not found, and those whose
        words stand there in several ways: they are decided by reading (DECIDED), or have no offset.
The numbers, amounts and names of a fact are sought in the provision's own words. Neither tags nor links are read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipeline import link
from pipeline.corpus import Corpus
from pipeline.evaluate.facts import compared
from pipeline.evaluate.places import Fact, Places, Span
from pipeline.evaluate.spans import text_hash
from pipeline.records import Document
from tests.gold_words import ELEMENTS, say

GOLD = Path("tests/gold")
LABELS = ("citations", "citations_outside", "sanctions", "sanctions_relative", "elements")
UNIT = {"id": r"Pasal(?:-Pasal)?", "en": r"(?:Articles?|Arts?\.|Sections?|Secs?\.|Rules?)"}
PART = {
    "id": r"(?:ayat|huruf|angka|butir)",
    "en": r"(?:(?:sub)?paragraphs?|par\.|sub-?sections?|(?:sub)?items?|points?|letters?|clauses?|numbers?|Nos?\.)",
}
JOIN = {"id": r"(?:dan/atau|dan|atau|serta)", "en": r"(?:and/or|and|or)"}
TO = {"id": r"\s*(?:sampai\s+dengan|s\.?d\.?|-|–)\s*", "en": r"\s*(?:to|through|until|-|–)\s*"}
OF = {"id": r"(?:dalam|dari)", "en": r"(?:of|in|under)"}
OWN = {
    "id": r"Undang-Undang\s+ini",
    "en": r"(?:of\s+)?(?:this|the)\s+(?:Act|Code|IRR|Rules?|Convention|Protocol|Law)\b",
}
RELATIVE = re.compile(
    r"(?:the\s+)?(?:two\s+|three\s+)?(?:(?:next|last)\s+)?(?:preceding|previous)\s+(?:articles?|sections?|paragraphs?)"
    r"|(?:the\s+)?(?:foregoing|preceding)\s+(?:articles?|paragraphs?)",
    re.IGNORECASE,
)
ACTS = r"(?:Undang-Undang(?:\s+Darurat)?|UU|Peraturan\s+[A-Z]\w+(?:\s+[A-Z]\w+){0,5}|Penetapan\s+Presiden|Perppu|Republic\s+Acts?|R\.?\s?A\.?|Presidential\s+Decrees?|P\.?\s?D\.?|Executive\s+Orders?|E\.?\s?O\.?|Acts?|General\s+Orders?|(?:DSWD\s+)?Memorandum\s+Circular|A\.\s?M\.|ILO\s+Convention|Convention)"
# All places where the words of a fact stand are taken. Those on which this search and a run disagreed were read, and
# these struck out: (doc_id, place, value) → the first so many only. The others name an act in the title of another, say a thing that the gold has by another
# name, or go on to a part of what they name.
FIRST_ONLY = {
    ("id-uu-1-2024", "art_I__point_15", "id-uu-11-2008 art_43__para_5"): 2,
    ("ph-irr-ra-11930", "sec_3__para_c", "int-crc"): 1,
    ("int-opsc", "art_3__para_1__subpara_a__item_ii", "act.adoption"): 1,
}
MASK = "\x00"


def main() -> None:
    """Locate the facts of every document in the run that is named."""
    processed = Path(sys.argv[1])
    corpus = Corpus(processed / "1-text", processed / "2-provisions", processed / "3-tags")
    links = link.load(processed / "4-links")
    totals: dict[str, list[int]] = {label: [0, 0] for label in LABELS}
    for file in sorted(GOLD.glob("*.yaml")):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        doc_id = str(facts.get("doc_id", ""))
        if doc_id not in corpus.documents or "claims" in facts:
            continue
        document = corpus.documents[doc_id]
        place = Places(corpus, doc_id)
        found: dict[str, dict[str, Any]] = {}
        for one in compared(corpus, links, doc_id, facts, place):
            if one.label not in LABELS:
                continue
            for fact in sorted(set(one.wanted)):
                times = one.wanted.count(fact)
                spans = locate(corpus, document, place, one.label, fact)
                spans = set(sorted(spans)[: FIRST_ONLY.get((doc_id, *fact), len(spans))])
                totals[one.label][0] += 1
                if not spans or (one.label.startswith("sanctions") and len(spans) != times):
                    print(f"{document.edition} {doc_id} {one.label} {fact}: {len(spans)} for {times}")
                    continue
                totals[one.label][1] += 1
                provision = place.of[fact[0]][0]
                at = found.setdefault(fact[0], {"text": text_hash(corpus.words(provision))})
                at.setdefault(one.label, {})[fact[1]] = [list(span) for span in sorted(spans)]
        if found:
            out = GOLD / "offsets" / document.edition / f"{doc_id}.yaml"
            out.parent.mkdir(parents=True, exist_ok=True)
            head = {"doc_id": doc_id, "edition": document.edition, "file_sha256": document.sha256}
            lines = yaml.safe_dump(head, sort_keys=False) + "provisions:\n"
            for at, labels in found.items():
                lines += f"  {at}:\n"
                for label, of in labels.items():
                    said = yaml.safe_dump(of, default_flow_style=True, width=10**6, sort_keys=False).strip()
                    lines += f"    {label}: {said.removesuffix('...').strip()}\n"
            out.write_text(lines, encoding="utf-8")
    for label, (wanted, located_) in totals.items():
        print(f"# {label}: {located_} of {wanted} located")


def locate(corpus: Corpus, document: Document, place: Places, label: str, fact: Fact) -> set[Span]:
    """The spans of a fact from the beginning of its provision; none where it cannot be told."""
    provision = place.of[fact[0]][0]
    text = corpus.words(provision)
    if not provision.eid.startswith("preamble"):
        for child in corpus.children[document.doc_id, provision.eid]:
            start, end = child.start - provision.start, child.end - provision.start
            text = text[:start] + MASK * (end - start) + text[end:]
    language = document.language if document.language in UNIT else "en"
    if label == "citations":
        return cited(corpus, document, fact, text, language)
    if label == "citations_outside":
        number, _, year = fact[1].partition(" ")
        tail = rf"\b{number}\b" + (rf".{{0,16}}?\b{year}\b" if year else "")
        listed = r"(?:\d[\d,\s]*(?:and\s+)?)?"
        return shortest(matches(rf"{ACTS}\s+(?:(?:Nomor|Nos?\.?|Number|Numbered)\s*|No,\s*)?{listed}{tail}", text))
    if label == "elements":
        return matches(ELEMENTS.get((language, fact[1]), ELEMENTS.get(("", fact[1]), "(?!)")), text)
    # The penalty of a list may stand behind its last point; the gold gives it to the provision that opens the list.
    return imposed(fact[1], text, language, label) or imposed(fact[1], corpus.words(provision), language, label)


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


# ------------------------------------------------------------------------------------------------ citations


def cited(corpus: Corpus, document: Document, fact: Fact, text: str, language: str) -> set[Span]:
    """The shortest stretches that name a target: its numbers, what heads them, and the law that they are followed by."""
    law, _, eid = fact[1].partition(" ")
    names = instrument(corpus, law, language)
    own = str(corpus.law_of(document.doc_id, fact[0])[0]) == law or fact[0].startswith(f"{law} ") or law in (
        document.doc_id, *document.amends,
    )  # fmt: skip
    if not eid:
        return widest(matches(names, text))
    numbers = [part.rpartition("_")[2] for part in eid.split("__")]
    at = fact[0].rpartition(" ")[2].split("__")
    target = eid.split("__")
    shared = 0
    while own and shared < min(len(at), len(target) - 1) and at[shared] == target[shared]:
        shared += 1
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
            spans = spans or {s for s in ranges(some, not left, language, text) if s[0] >= begin}
            if spans:
                break
        if spans:
            break
    if not spans and document.amends and len(numbers) > 1:
        # An item about one article says which paragraphs it inserts there, some words after its number.
        for pattern in paths(numbers[1:], False, language):
            spans |= every(pattern, text)
    if len(numbers) == 1:
        # `ayat (4) Pasal 5` is that paragraph, not the article.
        alone = {s for s in spans if not re.search(r"(?:\(\w{1,3}\)|(?:huruf|angka)\s\w{1,2})\s*$", text[: s[0]])}
        spans = alone or spans
    spans = shortest(spans)
    tails = rf"(?:{names}|{OWN[language]})" if own else names
    ended = {(start, tail(text, start, end, tails, language)) for start, end in spans}
    if not own:
        ended = {s for s in ended if s[1] not in {e for _, e in spans}} or ended
    if not ended and own:
        near = matches(RELATIVE.pattern, text)
        steps = order(numbers[0])[0] - order(at[0].rpartition("_")[2])[0]
        return near if len(near) == 1 and -3 <= steps <= 0 else set()
    return ended


def paths(numbers: list[str], whole: bool, language: str) -> Iterator[str]:
    """Patterns of a reference by its numbers, from the widest to the narrowest, or from the narrowest to the widest."""
    unit, part = UNIT[language], PART[language]
    between = flat(language)
    heads = [unit if whole and i == 0 else part for i in range(len(numbers))]
    # Not the beginning of a reference to something in it.
    deeper = r"(?!\(\w{1,4}\))(?!\s+huruf\b)"
    if whole and len(numbers) == 1:
        deeper = rf"(?!\s*,?\s*(?:{part}\s*)?\(\w{{1,4}}\))(?!\s+(?:ayat|huruf)\b)"
    down = rf"(?i:{heads[0]})\s*(?:{between}*?)"
    for i, number in enumerate(numbers):
        last = i == len(numbers) - 1
        down += one(number, bare=whole and not i) + (
            "" if last else rf"(?:\s*[,.]?\s*(?:(?i:{heads[i + 1]})\s*)?(?:{between}{{0,60}}?))"
        )
    yield down + deeper
    if len(numbers) > 1:
        yield down
    if len(numbers) > 1 and whole:
        up = rf"(?i:{heads[-1]})\s*(?:{between}*?){one(numbers[-1])}"
        for i in range(len(numbers) - 2, -1, -1):
            of = rf"(?:(?i:{OF[language]})\s+)?(?i:{heads[i]})"
            up += rf"(?:{between}{{0,60}}?)\s*,?\s*{of}\s*(?:{between}{{0,40}}?){one(numbers[i])}"
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
        rf"(?:[\s,;/.]|\b{JOIN[language]}\b|{TO[language]}|\b{PART[language]}|\(\w{{1,4}}\)|\b\d+[A-Z]?(?:-[A-Z])?\b"
        r"|\b[a-z]{1,2}\b)"
    )


def one(number: str, bare: bool = False) -> str:
    """A pattern of the number of a provision, in brackets or bare; printers take l and I for 1, and set digits apart."""
    said = {"1": "[1lI]", "i": "[i1l]"}.get(number, r"\s?".join(map(re.escape, number)))
    alone = rf"(?<![\w(-]){'' if number.isalpha() else '(?<![.])'}{said}(?![\w-])(?!\.\d)"
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
    between = rf"(?:{flat(language)}|\b{UNIT[language]})"
    found = re.compile(rf"{between}{{0,200}}?\s*(?:{OF[language]}\s+)?(?:the\s+)?(?:{names})", re.IGNORECASE).match(
        text, end
    )
    return found.end() if found else end


def instrument(corpus: Corpus, law: str, language: str) -> str:
    """A pattern of how an instrument is named: by its number, its title, its short names."""
    document = corpus.documents.get(law)
    if document is None:
        return "(?!)"
    said = [document.title, document.title_en, *document.short_names]
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
    return "(?:" + "|".join([*names, *said_number]) + ")"


# ------------------------------------------------------------------------------------------------ sanctions

NAMED = r"(?:reclusion\s+perpetua|reclusion\s+temporal|prision\s+mayor|prision\s+correc+ional|prision\s+correctional|arresto\s+mayor|arresto\s+menor|destierro)"
NOUN = {
    "id": re.compile(
        r"(?:pidana\s+)?(?:penjara|denda|kurungan)|pidana\s+(?:mati|tutupan)|kategori|pidana\s+pokok|pidana", re.IGNORECASE
    ),
    "en": re.compile(
        rf"(?:imprisonment|life\s+imprisonment|fined?|{NAMED}|penalty|penalties)", re.IGNORECASE
    ),
}  # fmt: skip
UNITS = {"id": ("tahun", "bulan"), "en": ("years?", "months?")}


def imposed(value: str, text: str, language: str, label: str) -> set[Span]:
    """The shortest stretches with every figure and name of a sanction, from the word that names the first penalty."""
    needed = changing(value, language) if label == "sanctions_relative" else list(figures(value, language))
    if not needed:
        return set()
    found = [sorted(matches(pattern, text)) for pattern in needed]
    if not all(found):
        return set()
    windows: set[Span] = set()
    for anchor in found[0]:
        start, end = anchor
        for others in found[1:]:
            best = min(others, key=lambda s: max(end, s[1]) - min(start, s[0]))
            start, end = min(start, best[0]), max(end, best[1])
        windows.add((start, end))
    windows = {w for w in windows if not any(o != w and w[0] <= o[0] and o[1] <= w[1] for o in windows)}
    windows = {w for w in windows if not re.search(r"[.;]\s+[A-Z]|\x00", text[w[0] : w[1]])}
    return {_named_whole(text, window, language) for window in windows} if label == "sanctions" else windows


def _named_whole(text: str, window: Span, language: str) -> Span:
    """A stretch from its first figure to its last, with the noun before it and the words in brackets behind it."""
    start, end = window
    closing = re.compile(r"\s*\([^)]{0,120}\)|\s*(?:tahun|bulan|years?|months?|rupiah|pesos)\b", re.IGNORECASE)
    while m := closing.match(text, end):
        end = m.end()
    nouns = [
        noun.start()
        for noun in NOUN[language].finditer(text, max(0, start - 90), start + 25)
        if noun.start() <= start and not re.search(r"[.;\x00]", text[noun.start() : start])
    ]
    return (nouns[-1] if nouns else start, end)


def figures(value: str, language: str) -> Iterator[str]:
    """Patterns of all that a sanction's tuple says."""
    said = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", value))
    for key in ("prison", "fine", "category"):
        for end in filter(None, said.get(key, "").split("-")):
            yield {"prison": term, "fine": money, "category": category}[key](end, language)
    if "life" in said:
        yield r"seumur\s+hidup" if language == "id" else r"life\s+imprisonment"
    if "death" in said:
        yield r"(?:pidana|hukuman)\s+mati" if language == "id" else r"\bdeath\b"
    names = [tuple(n.split(", ")) for n in said.get("named", "").split(" to ") if n]
    if len(names) == 2 and names[0][0] == names[1][0] and all(len(n) == 2 for n in names):
        yield rf"{named(names[0][0])}\s+in\s+(?:its|their|the)\s+{names[0][1]}\s+(?:and|to|or)\s+{names[1][1]}\s+periods?"
    else:
        for name in names:
            period = rf"(?:\s+in\s+(?:its|the)\s+|\s+in\s+){name[1]}\s+period" if len(name) > 1 else r"(?!\s+in\s+its)"
            yield named(name[0]) + period


def named(name: str) -> str:
    """A pattern of a penalty known by name; printers write correccional in more ways than one."""
    if name == "kurungan pengganti":
        return r"(?:kurungan\s+pengganti|pengganti\s+kurungan)"
    return r"\s+".join(re.escape(w) for w in name.split()).replace("correccional", "correc[ct]?ional")


def term(months: str, language: str) -> str:
    """A pattern of a term of imprisonment."""
    years, rest = divmod(int(months), 12)
    unit_years, unit_months = UNITS[language]
    said = [rf"{number(n, language)}\s*{unit}" for n, unit in ((years, unit_years), (rest, unit_months)) if n]
    gap = r"\s*(?:dan|and)?\s*"
    whole = gap.join(said)
    # A range may name its unit once: `six (6) to twelve (12) years`, `3 (tiga) sampai 5 (lima) tahun`.
    once = rf"{number(years, language)}(?=\s*(?:to|sampai(?:\s+dengan)?|–|-)\s*\S+(?:\s\(\w+\))?\s*{unit_years})"
    return rf"(?:{whole}|{once})" if years and not rest else whole


def number(n: int, language: str) -> str:
    """A pattern of a whole number, in digits, in words, or in both."""
    words = re.sub(r"[\s-]+", r"[\\s-]+", say(n, language))
    return rf"(?<![\d.,])(?:{n}(?!\d)(?:\s*\([^)]{{0,60}}\))?|\b{words}(?:\s*\(\s*{n}\s*\))?)"


def money(amount: str, language: str) -> str:
    """A pattern of an amount, in digits with any separator, or in words."""
    groups = [g[::-1].replace("1", "[1lI]").replace("0", "[0Oo]") for g in re.findall(r"\d{1,3}", amount[::-1])]
    digits = r"[.,\s]{0,2}".join(reversed(groups))
    words = re.sub(r"[\s-]+", r"[\\s-]+", say(int(amount), language))
    words = words.replace(r"[\s-]+and[\s-]+", r"[\s-]+(?:and[\s-]+)?").replace("miliar", "mil[iy]ar")
    if language == "id":
        return rf"(?:Rp\s*\.?\s*{digits}(?:[.,][0Oo]{{2}})?(?!\d)|\b{words}\s+rupiah)"
    return (
        rf"(?:\b{words}\s+pesos\s*(?:\([^)]*\))?|(?:PhP|P|₱)\s*{digits}(?:[.,_][0Oo]{{2}})?(?!\d)|\b{digits}\s+pesos)"
    )


def category(name: str, language: str) -> str:
    """A pattern of a category of fines."""
    return rf"kategori\s+{name}\b"


def changing(value: str, language: str) -> list[str]:
    """Patterns of what a relative sanction says."""
    if value == "same":
        alike = {
            "id": r"(?:pidana|ancaman\s+pidana)\s+yang\s+sama|sama\s+dengan|pidana\s+(?:sebagaimana|ini)|dipidana\s+sebagaimana",
            "en": r"same\s+penalt(?:y|ies)|(?:same|subject\s+to\s+the)\s+(?:fines?|penalt(?:y|ies))|penalt(?:y|ies)\s+(?:under|in|provided)"
            r"|penali[sz]ed\s+(?:for|under|in|with)|punished\s+(?:under|in)",
        }
        return [alike[language]]
    kind, _, size = value.partition(" ")
    if kind in ("plus", "minus", "share"):
        top, _, below = size.partition("/")
        words = {
            "1/3": r"sepertiga|satu\s+pertiga|one[\s-]+third",
            "2/3": r"dua\s+pertiga|two[\s-]+thirds",
            "1/2": r"setengah|seperdua|satu\s+per\s+dua|one[\s-]+half",
            "3/4": r"tiga\s+perempat",
        }.get(size, "(?!)")
        how = r"(?:(?:ditambah|dikurangi|dikurangkan|pemberatan)\s+(?:dengan\s+)?)?"
        return [rf"{how}(?:\b[{top}Il]\s?/\s?{below}\b(?:\s*\([^)]*\))?|\b(?:{words})\b)"]
    if kind == "degree":
        steps = {"1": r"(?:one|a)(?:\s*\(1\))?", "2": r"two(?:\s*\(2\))?", "3": r"three(?:\s*\(3\))?"}[size.lstrip("-")]
        way = "lower" if size.startswith("-") else "higher"
        return [rf"(?:{steps}\s+degrees?\s+{way}|next\s+{way}(?:\s+in\s+degree)?|{way}\s+by\s+{steps}\s+degrees?)"]
    if kind == "fine":
        n = number(int(size[1:]), language)
        return [rf"(?:{n}\s*(?:\(\w+\)\s*)?kali|dikali(?:kan)?\s+{n})"]
    if size == "period":
        return [rf"{kind}\s+period"]
    return []


if __name__ == "__main__":
    main()
