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
from tests.gold_citations import UNIT, cited, matches, named_outside
from tests.gold_words import ELEMENTS, say

GOLD = Path("tests/gold")
LABELS = ("citations", "citations_outside", "sanctions", "sanctions_relative", "elements")
# All places where the words of a fact stand are taken. Those on which this search and a run disagreed were read, and
# these struck out: (doc_id, place, value) → the first so many only. The others give
# the second name of an act just named, say a thing that the gold has by another name, or go on to a part of what they name.
FIRST_ONLY = {
    ("id-uu-1-2024", "art_I__point_15", "id-uu-11-2008 art_43__para_5"): 2,
    ("ph-irr-ra-11930", "sec_3__para_c", "int-crc"): 1,
    ("id-uu-19-2016", "id-uu-11-2008 elucidation__art_27__para_3", "id-kuhp"): 1,
    ("id-uu-19-2016", "id-uu-11-2008 elucidation__art_27__para_4", "id-kuhp"): 1,
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
        return named_outside(fact[1], text)
    if label == "elements":
        return matches(ELEMENTS.get((language, fact[1]), ELEMENTS.get(("", fact[1]), "(?!)")), text)
    # The penalty of a list may stand behind its last point; the gold gives it to the provision that opens the list.
    return imposed(fact[1], text, language, label) or imposed(fact[1], corpus.words(provision), language, label)


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
