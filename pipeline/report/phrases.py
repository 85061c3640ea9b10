"""How the report says what the tables hold: provisions, amounts, terms and verdicts in the words of a language.

Reads   the words of the interface and of sentences (pipeline/report/messages/phrases.<language>.yaml); short names and
        titles of documents; titles of laws that are known to be absent (raw/*/sources.yaml).
Writes  nothing. Text only: no markup and no links, so that the same words serve the pages and the typesetter.
Sentences that a stage wrote in English are said again piece by piece; a piece that no pattern knows stays as it is, and
a test finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.report.findings import Tables
from pipeline.report.words import MESSAGES, Words
from pipeline.sources import load_sources
from pipeline.vocabulary import vocabulary

MONTHS_OF_YEAR = 12
UNITS = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
NUMBERED = ("art", "sec", "rule", "chp")
EID = r"(?:art|sec|chp|rule|front)_\w+(?:[-.]\w+)*"
FIELDS = "prison_min_months|prison_max_months|fine_min|fine_max"
# How some stages write ranges → how the others do, so that one grammar says both.
SAME = tuple(
    (re.compile(match), say)
    for match, say in (
        (r"\b(\d+) to (\d+) months", r"\1–\2 months"),
        (r"\bat least (\d+) months(?!”)", r"\1–… months"),
        (r"\bup to (\d+) months", r"…–\1 months"),
        (r"\bfine (\d+) to (\d+) ([A-Z]{3})\b", r"fine \3 \1–\2"),
        (r"\bfine at least (\d+) ([A-Z]{3})\b", r"fine \2 \1–…"),
        (r"\bfine up to (\d+) ([A-Z]{3})\b", r"fine \2 …–\1"),
    )
)
SAID = re.compile(
    r"(?<!\d)(?P<low>\d+|…)–(?P<high>\d+|…) months"
    r"|fine (?P<currency>[A-Z]{3}) (?P<least>[\d,]+|…)–(?P<most>[\d,]+|…)"
    rf"|(?P<field>{FIELDS}): (?P<was>\d+|none) (?P<here>asserted|before), (?P<now>\d+|none) (?P<there>in the law|here)"
    rf"|\b(?P<alone>{FIELDS}): (?P<value>\d+)"
    r"|(?<!\d)(?P<months>\d+) months"
    r"|“(?P<joined>and|or|and_or|none)”|\b(?P<conjunction>AND/OR|AND|OR)\b"
    r"|(?P<day>\d{4}-\d\d-\d\d)"
    r"|(?<!\d)(?P<share>\d+\.\d+)(?=%)"
)
CODE = re.compile(r"(?<=laws of )[a-z]{2,5}(?= in the corpus)")
LABELLED = re.compile(r"“([^“”]+)”")


@cache
def phrase_words(language: str) -> dict[str, Any]:
    """The catalogue of sentences of a language."""
    data: dict[str, Any] = yaml.safe_load((MESSAGES / f"phrases.{language}.yaml").read_text(encoding="utf-8"))
    return data


def local_titles(tables: Tables, language: str) -> dict[str, str]:
    """English titles of laws → those in a language: of documents written in it, and of laws known to be absent."""
    if language == "en":
        return {}
    found = {r["title_en"]: r["title"] for r in tables.rows("documents") if r["language"] == language}
    for file in sorted(Path("raw").glob("*/sources.yaml")):
        for law in load_sources(file.parent).known_absent:
            for field in ("title", "why_it_matters"):
                found[getattr(law, field)] = str(getattr(law, f"{field}_{language}", "") or getattr(law, field))
    return {k: v for k, v in found.items() if k and k != v}


class Phrases:
    """Words of one language: `t` of the interface; short `names` of documents by id, `titles` by English title."""

    def __init__(self, t: Words, names: Mapping[str, str], titles: Mapping[str, str] | None = None) -> None:
        self.t, self.own, self.names = t, phrase_words(t.language), names
        self._titles = titles or {}
        known = "|".join(map(re.escape, sorted(self._titles, key=len, reverse=True)))
        # A short title is a common word, too: it is one only behind a law's number or where laws are listed.
        places = (r"^", r"(?<=\d{4}: )", r"(?<=\d{4} \()", r"(?<=corpus: )", r"(?<=, )")
        self._titled = re.compile(rf"(?:{'|'.join(places)})(?:{known})")
        self._terms: Mapping[str, str] = self.own["glossary"]
        # A term of the glossary is a common word, too: it is one where terms are listed.
        listed = "|".join(map(re.escape, sorted(self._terms, key=len, reverse=True)))
        before = "|".join(f"(?<={x})" for x in (": ", ", ", "has ", "have ", "term "))
        self._listed = re.compile(rf"(?:{before}|^)(?:{listed})(?=[,;)]|$| named| but| where| under “)")
        self._labels = {v.label: c for c, v in vocabulary().items()} if t.language != "en" else {}
        documents = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        families = "|".join(sorted({c.split(".")[0] for c in vocabulary()}))
        self._ids = re.compile(
            (rf"(?P<doc>\b(?:{documents}))(?: (?P<eid>{EID}))?\b|" if names else "")
            + rf"(?P<concept>\b(?:{families})\.[a-z_]+\b)|\b(?P<bare>{EID})\b"
        )
        self._pieces = [(re.compile(p["match"]), str(p["say"])) for p in self.own["pieces"]]

    def place(self, eid: str) -> str:
        """A provision within its law: `art 2(1)(a)`; in Indonesian `Pasal 2 ayat (1) huruf a`."""
        said = unit = ""
        for kind, _, number in (part.partition("_") for part in eid.split("__") if part):
            if kind in NUMBERED and number:
                unit = kind
                said += (" › " if said else "") + self.t(f"cite.{kind}", n=number)
            elif number and said and not unit:
                said += ", " + self.t("cite.passage", n=number)  # of the title, the preamble, the closing
            elif number:
                form = kind if number.isdigit() else "letter"
                named = self.own["within"] if unit == "art" else {}
                said += str(named.get(form, "({n})")).format(n=number)
            else:
                said += (" " if said else "") + self.t.of("parts", kind)
        return said.strip()

    def spoken(self, place: str) -> str:
        """`id-x art_2` as the law's short name and the provision."""
        doc_id, _, eid = place.partition(" ")
        return f"{self.names.get(doc_id, doc_id)} {self.place(eid)}".strip()

    def places(self, items: Iterable[str], most: int = 3) -> str:
        """The first provisions of a list; those of one law follow its name once."""
        said, before = "", ""
        for item in list(items)[:most]:
            doc_id, _, eid = item.partition(" ")
            here = self.place(eid) if doc_id == before and eid else self.spoken(item)
            said += (", " if doc_id == before else "; " if said else "") + here
            before = doc_id
        return said

    def amount(self, number: int) -> str:
        """A sum of money as people say it: 5 billion, 500,000."""
        for unit, size in UNITS:
            if number >= size and number % (size // 10) == 0:
                return f"{self.t.decimal(number / size)} {self.own['units'][unit]}"
        return self.t.number(number)

    def years(self, months: float) -> str:
        """A term in years, for figures."""
        return self.t.decimal(months / MONTHS_OF_YEAR)

    def term(self, months: int) -> str:
        """A term in words: `10 years`, `6 months`."""
        years, rest = divmod(months, MONTHS_OF_YEAR)
        forms = self.own["terms"]
        parts = [forms["year" if years == 1 else "years"].format(n=years)] if years else []
        parts += [forms["month" if rest == 1 else "months"].format(n=rest)] if rest or not years else []
        return " ".join(parts)

    def prose(self, text: str) -> str:
        """A sentence of a table with its English in this language, amounts and terms as people say them; ids stay."""
        if self._titles:
            text = self._titled.sub(lambda m: self._titles[m[0]], text)
        text = CODE.sub(lambda m: self.t.named(m[0]), text)
        if self._terms:
            text = self._listed.sub(lambda m: self._terms[m[0]], text)
        for pattern, say in (*SAME, *self._pieces):
            text = pattern.sub(say, text)
        text = LABELLED.sub(lambda m: f"“{self.t.concept(self._labels[m[1]])}”" if m[1] in self._labels else m[0], text)
        return SAID.sub(self._said, text)

    def sentence(self, text: str) -> str:
        """The same with ids as people say them."""
        return self._ids.sub(self._id, self.prose(text))

    def _id(self, match: re.Match[str]) -> str:
        if concept := match["concept"]:
            label = self.t.concept(concept)
            return label if label == concept else label[:1].lower() + label[1:]
        if bare := match["bare"]:
            return self.place(bare)
        return self.spoken(match[0])

    def _said(self, match: re.Match[str]) -> str:
        found = {k: v for k, v in match.groupdict().items() if v}
        if "low" in found:
            return self._range(found["low"], found["high"], lambda n: self.term(int(n)))
        if "currency" in found:
            sums = self._range(found["least"], found["most"], lambda n: self.amount(int(n.replace(",", ""))))
            return f"{self.own['fine']} {sums}".replace("{currency}", found["currency"])
        if "field" in found:
            name = self.own["fields"][found["field"]]
            say = self.term if "months" in found["field"] else self.amount
            was, now = (self.own["nothing"] if v == "none" else say(int(v)) for v in (found["was"], found["now"]))
            return str(self.own["differs"][found["here"]]).format(name=name, was=was, now=now)
        if "alone" in found:
            say = self.term if "months" in found["alone"] else self.amount
            return f"{self.own['fields'][found['alone']]} {say(int(found['value']))}"
        if "share" in found:
            return found["share"].replace(".", "," if self.t("format.thousands") == "." else ".")
        if "months" in found:
            return self.term(int(found["months"]))
        if "day" in found:
            return self.t.date(found["day"])
        word = found.get("joined") or found["conjunction"].lower().replace("/", "_")
        said = self.t.of("conjunction", word)
        return f"“{said}”" if "joined" in found else said

    def _range(self, low: str, high: str, say: Any) -> str:
        if low == high:
            return str(say(low))
        if low == "…":
            return str(self.own["up_to"]).format(n=say(high))
        if high == "…":
            return str(self.own["at_least"]).format(n=say(low))
        return f"{say(low)}–{say(high)}"
