"""Describes the documents: `raw/<code>/sources.yaml` and `raw/<code>/editions.yaml`, validated (raw/README.md)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from pipeline.vocabulary import VOCABULARY, vocabulary
from pipeline.yamls import PackError, Strict, nearest, read_mapping, validated

ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


class CheckedAgainst(Strict):
    """The file against which a digest was checked."""

    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Source(Strict):
    """A document as `sources.yaml` describes it; see raw/README.md."""

    doc_id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    akn_uri: str = Field(pattern=r"^/akn/[a-z@-]+/")
    kind: Literal[
        "constitution", "act", "amending-act", "ratification", "code", "decree", "regulation", "treaty", "article"
    ]
    number: str
    year: int
    title: str
    title_en: str
    short_names: list[str] = []
    language: str
    signed: datetime.date | None
    published: datetime.date | None
    entered_into_force: datetime.date | None = None  # treaties: as the depositary says; the text only sets conditions
    gazette: str | None = ""
    amends: list[str] = []
    implements: str = ""  # implementing rules: the act that “the Act” means in them
    official_urls: list[str] = []
    licence: str
    articles: str
    quoted: str = ""
    omits: str = ""
    omits_other: str = ""
    checked: Literal["official", "secondary", "unchecked"]
    checked_against: CheckedAgainst | None = None
    notes: str = ""

    @field_validator("official_urls")
    @classmethod
    def _https(cls, urls: list[str]) -> list[str]:
        for url in urls:
            if not url.startswith("https://"):
                raise ValueError(f"{url}: only https is fetched")
        return urls


class Absent(Strict):
    """A law known to bear on the subject that is not in the corpus."""

    akn_uri: str
    title: str
    title_id: str = ""
    in_force_from: datetime.date | None
    why_it_matters: str
    why_it_matters_id: str = ""
    source: str
    concepts: list[str] = []  # what it is known to deal with, so that nothing is called not found that may stand there

    def applies(self, day: str) -> bool:
        """Whether it applied on a day (YYYY-MM-DD); a law without a date is taken to."""
        return self.in_force_from is None or self.in_force_from.isoformat() <= day

    @field_validator("concepts")
    @classmethod
    def _known(cls, concepts: list[str]) -> list[str]:
        for concept in concepts:
            if concept not in vocabulary():
                raise ValueError(
                    f"{concept!r} is not in {VOCABULARY.name}; did you mean {nearest(concept, vocabulary())}?"
                )
        return concepts


class Sources(Strict):
    """`raw/<code>/sources.yaml`."""

    documents: list[Source]
    known_absent: list[Absent] = []


def load_sources(folder: Path) -> Sources:
    """The sources of one jurisdiction folder.

    Raises:
        PackError: the file is missing or invalid.
    """
    file = folder / "sources.yaml"
    sources = validated(Sources, read_mapping(file), file)
    seen: set[str] = set()
    for source in sources.documents:
        if source.doc_id in seen:
            raise PackError(f"{file}: two documents have the doc_id {source.doc_id}; remove one")
        seen.add(source.doc_id)
    return sources


class Differing(Strict):
    """A real difference between the digest and the official text, signed by who compared them."""

    doc_id: str
    eid: str  # article or section as an eid of the law, or * for all
    what: list[Literal["numbering", "structure", "penalties", "citations", "elements", "concepts", "operations"]] = (
        Field(min_length=1)
    )
    reason: str = Field(min_length=8)
    who: str = Field(min_length=1)
    when: datetime.date


class Editions(Strict):
    """`raw/<code>/editions.yaml`."""

    differences: list[Differing]


def load_editions(folder: Path) -> Editions:
    """The explained differences of a jurisdiction's editions; none where there is no editions.yaml.

    Raises:
        PackError: the file is invalid.
    """
    file = folder / "editions.yaml"
    return validated(Editions, read_mapping(file), file) if file.is_file() else Editions(differences=[])


def article_numbers(ranges: str) -> list[str]:
    """Numbers named by a range list: `"1-3, 27A-27C, I-II"` → 1 2 3 27A 27B 27C I II."""
    numbers: list[str] = []
    for part in (p.strip() for p in ranges.split(",")):
        if not part:
            continue
        first, _, last = (p.strip() for p in part.partition("-"))
        both_letters = re.fullmatch(r"(\d+-?)([A-Z])", first), re.fullmatch(r"(\d+-?)([A-Z])", last)
        if re.fullmatch(r"\d+-[A-Z]", part):
            numbers.append(part)  # Philippine section 4-A is one number
        elif not last:
            numbers.append(first)
        elif first.isdigit() and last.isdigit():
            numbers += [str(n) for n in range(int(first), int(last) + 1)]
        elif both_letters[0] and both_letters[1] and both_letters[0][1] == both_letters[1][1]:
            numbers += [
                both_letters[0][1] + chr(c) for c in range(ord(both_letters[0][2]), ord(both_letters[1][2]) + 1)
            ]
        elif first in ROMANS and last in ROMANS:
            numbers += ROMANS[ROMANS.index(first) : ROMANS.index(last) + 1]
        else:
            raise PackError(f"not a range of article numbers: {part!r} (write 1-54, 27A-27B, I-II, or list them)")
    return numbers
