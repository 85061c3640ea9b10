"""How the brief says what the tables hold: provisions, amounts, terms and verdicts in the words of a language.

Reads   the words of the interface (pipeline/report/messages) and of the brief; short names of documents.
Writes  nothing. Text only: no markup and no links, so that the same words serve every typesetter.
Sentences that a stage wrote in English are said again piece by piece; a piece that no pattern knows stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.packs import vocabulary
from pipeline.report.words import Words

MONTHS_OF_YEAR = 12
UNITS = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
NUMBERED = ("art", "sec", "rule", "chp")
EID = r"(?:art|sec|chp|rule)_\w+(?:-\w+)*"
FIELDS = "prison_min_months|prison_max_months|fine_min|fine_max"
SAID = re.compile(
    r"(?P<low>\d+|…)–(?P<high>\d+|…) months"
    r"|fine (?P<currency>[A-Z]{3}) (?P<least>[\d,]+|…)–(?P<most>[\d,]+|…)"
    rf"|(?P<field>{FIELDS}): (?P<was>\d+|none) (?P<here>asserted|before), (?P<now>\d+|none) (?P<there>in the law|here)"
    r"|(?P<months>\d+) months"
    r"|“(?P<joined>and|or|and_or|none)”|\b(?P<conjunction>AND/OR|AND|OR)\b"
    r"|(?P<day>\d{4}-\d\d-\d\d)"
)


class Phrases:
    """Words of one language. `own` is the brief's catalogue, `t` that of the interface."""

    def __init__(self, t: Words, own: Mapping[str, Any], names: Mapping[str, str]) -> None:
        self.t, self.own, self.names = t, own, names
        documents = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        families = "|".join(sorted({c.split(".")[0] for c in vocabulary()}))
        self._ids = re.compile(
            (rf"(?P<doc>\b(?:{documents}))(?: (?P<eid>{EID}))?\b|" if names else "")
            + rf"(?P<concept>\b(?:{families})\.[a-z_]+\b)"
        )
        self._pieces = [(re.compile(p["match"]), str(p["say"])) for p in own["pieces"]]

    def place(self, eid: str) -> str:
        """A provision within its law: `art 2(1)(a)`; in Indonesian `Pasal 2 ayat (1) huruf a`."""
        said = unit = ""
        for kind, _, number in (part.partition("_") for part in eid.split("__") if part):
            if kind in NUMBERED and number:
                unit = kind
                said += (" › " if said else "") + self.t(f"cite.{kind}", n=number)
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
                return f"{self.decimal(number / size)} {self.own['units'][unit]}"
        return self.t.number(number)

    def decimal(self, number: float) -> str:
        """A number with at most one decimal, with the language's decimal sign."""
        shown = f"{number:.1f}".removesuffix(".0")
        return shown.replace(".", "," if self.t("format.thousands") == "." else ".")

    def years(self, months: float) -> str:
        """A term in years, for figures."""
        return self.decimal(months / MONTHS_OF_YEAR)

    def term(self, months: int) -> str:
        """A term in words: `10 years`, `6 months`."""
        years, rest = divmod(months, MONTHS_OF_YEAR)
        forms = self.own["terms"]
        parts = [forms["year" if years == 1 else "years"].format(n=years)] if years else []
        parts += [forms["month" if rest == 1 else "months"].format(n=rest)] if rest or not years else []
        return " ".join(parts)

    def sentence(self, text: str) -> str:
        """A sentence of a table: ids, amounts and terms as people say them, its English in this language."""
        for pattern, say in self._pieces:
            text = pattern.sub(say, text)
        return self._ids.sub(self._id, SAID.sub(self._said, text))

    def _id(self, match: re.Match[str]) -> str:
        if concept := match["concept"]:
            label = self.t.concept(concept)
            return label if label == concept else label[:1].lower() + label[1:]
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
