"""The words of the report's interface: one catalogue a language in messages/*.yaml, not copies of templates.

Reads   pipeline/report/messages/<language>.yaml, and definitions.<language>.yaml for the concepts of the vocabulary.
A missing message is an error that names the catalogue and the key; tests compare the catalogues with each other and
with the published tables. Names of concepts, questions and jurisdictions come from the packs, not from here.
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from pipeline.packs import load_pack
from pipeline.vocabulary import vocabulary

MESSAGES = Path(__file__).parent / "messages"
LANGUAGES = ("en", "id")  # the first is the language of the pages at the top of reports/
# Characters that turn the direction of text around them: a document must not rearrange our pages with them.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class MessageError(KeyError):
    """A catalogue lacks a message."""

    def __str__(self) -> str:
        return str(self.args[0])


class Words:
    """Messages of one language: `words("nav.gaps")`, `words("found", n=3)`."""

    def __init__(self, language: str, messages: dict[str, str]) -> None:
        self.language = language
        self.messages = messages

    def __call__(self, key: str, **values: Any) -> str:
        """The message, its {placeholders} filled in. A key that ends in `_html` gives markup, values escaped.

        Raises:
            MessageError: the catalogue has no such key, or the message a placeholder without a value.
        """
        try:
            message = self.messages[key]
            return (Markup(message) if key.endswith("_html") else message).format(**values)
        except KeyError as error:
            raise MessageError(
                f"messages/{self.language}.yaml: message {key!r} is missing, or its placeholder {error}"
            ) from None

    def count(self, key: str, n: int) -> str:
        """A message in the form for a number: keys `<key>.one`, `<key>.other`."""
        form = f"{key}.one" if n == 1 and f"{key}.one" in self.messages else f"{key}.other"
        return self(form, n=self.number(n))

    def of(self, group: str, value: str) -> str:
        """The word for a value of data (a status, a kind); the value itself, spaced, where the catalogue has none."""
        return self.messages.get(f"{group}.{value.replace(' ', '_')}", value.replace("_", " "))

    def has(self, group: str, value: str) -> bool:
        """Whether the catalogue has a word for a value of data."""
        return f"{group}.{value.replace(' ', '_')}" in self.messages

    def number(self, value: int | str) -> str:
        """An integer with the language's thousands separator."""
        return f"{int(value):,}".replace(",", self("format.thousands"))

    def decimal(self, number: float) -> str:
        """A number with at most one decimal, with the language's decimal sign."""
        return f"{number:.1f}".removesuffix(".0").replace(".", "," if self("format.thousands") == "." else ".")

    def share(self, value: float) -> str:
        """A share in per cent, cut and not rounded: only what is whole is said to be 100, only nothing to be 0."""
        digits = 1 if value >= 0.001 or not value else 4
        cut = math.floor(value * 100 * 10**digits + 1e-7) / 10**digits
        shown = f"{cut:.{digits}f}".rstrip("0").rstrip(".")
        return self("format.percent", n=shown.replace(".", "," if self("format.thousands") == "." else "."))

    def percent(self, part: int, whole: int) -> str:
        """A share in whole per cent."""
        return self("format.percent", n=round(100 * part / whole) if whole else 0)

    def date(self, iso: str) -> str:
        """An ISO date as people write it; anything else as it is."""
        match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
        return f"{int(match[3])} {self('months.' + match[2])} {match[1]}" if match else iso

    def months(self, value: str) -> str:
        """A number of months as years and months; a term of days alone has none."""
        if not value:
            return ""
        years, months = divmod(int(value), 12)
        parts = ([self("format.years", n=years)] if years else []) + (
            [self("format.months", n=months)] if months else []
        )
        return " ".join(parts) or self("format.under_month")

    def concept(self, concept: str) -> str:
        """The preferred term of a concept; the key itself where the vocabulary has none."""
        found = vocabulary().get(concept)
        if found is None:
            return concept
        return sentence_case(found.label_id) if self.language == "id" and found.label_id else found.label

    def definition(self, concept: str) -> str:
        """The definition of a concept, in English where there is no other."""
        found = vocabulary().get(concept)
        return self.messages.get(f"definitions.{concept}", found.definition if found else "")

    def jurisdiction(self, code: str) -> str:
        """Name of a jurisdiction, or of any other pack."""
        pack = load_pack(code)
        return self.messages.get(f"jurisdictions.{code}", pack.name)

    def named(self, code: str) -> str:
        """Name of a jurisdiction within a sentence: `the Philippines`."""
        return self.messages.get(f"in_sentence.{code}", self.jurisdiction(code))

    def own(self, record: Any, field: str) -> str:
        """A field of a pack's record in this language (`question_id`), in English where it has none."""
        return str(getattr(record, f"{field}_{self.language}", "") or getattr(record, field))


def sentence_case(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]


def inert(text: str) -> str:
    """Document text for display: no control characters, nothing that turns the direction of writing."""
    return CONTROL.sub(" ", BIDI.sub("", text))


@cache
def words(language: str) -> Words:
    """The catalogue of a language.

    Raises:
        MessageError: there is no such catalogue, or it is not a mapping of messages.
    """
    file = MESSAGES / f"{language}.yaml"
    if not file.is_file():
        raise MessageError(f"messages/{language}.yaml is missing; languages: {', '.join(LANGUAGES)}")
    flat: dict[str, str] = {}
    _flatten(yaml.safe_load(file.read_text(encoding="utf-8")), "", flat)
    definitions = MESSAGES / f"definitions.{language}.yaml"  # English has them in the vocabulary itself
    if definitions.is_file():
        _flatten(yaml.safe_load(definitions.read_text(encoding="utf-8")), "definitions.", flat)
    return Words(language, flat)


def _flatten(data: dict[str, Any], prefix: str, out: dict[str, str]) -> None:
    for key, value in data.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", out)
        else:
            out[f"{prefix}{key}"] = str(value)
