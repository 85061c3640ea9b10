"""Loads and validates packs (jurisdictions as data), sources, the vocabulary and benchmarks.

Reads YAML under `pipeline/packs`, `pipeline/benchmarks`, `pipeline/vocabulary.yaml` and `raw/<code>/sources.yaml`.
Every error names the file, the entry, the key and what to do. Knows no law and no algorithm of a stage.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline import Refused

HERE = Path(__file__).parent
PACKS = HERE / "packs"
BENCHMARKS = HERE / "benchmarks"
VOCABULARY = HERE / "vocabulary.yaml"
GLOSSARY = HERE / "packs" / "glossary.yaml"
# Reads the same as yaml.SafeLoader, eight times as fast, which every stage notices; not every build of PyYAML has it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


M = TypeVar("M", bound=BaseModel)


class PackError(Refused):
    """A YAML file does not say what it must; the message names file, entry and fix."""


class Strict(BaseModel):
    """A model to which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --------------------------------------------------------------------------------------------- packs


class Example(Strict):
    """A text in which a rule must match `match` (the whole text when absent), with `value` among its values."""

    text: str
    match: str = ""
    value: dict[str, Any] = {}


class Rule(Strict):
    """How the law writes one thing. Exactly one of `phrase`, `tokens`, `regex`.

    `regex` may hold macros of the pack: `{{name}}`, or `{{name:arg}}` which puts `arg` for every `@`. Named groups
    become values; the suffix types them: `_amount`, `_years`, `_months`, `_days`, `_count` become integers (digits or
    number words), anything else stays text. A group called `span` narrows the match to itself.
    """

    id: str
    label: str = ""
    concept: str = ""
    phrase: list[str] = []
    tokens: list[list[dict[str, Any]]] = []
    regex: str = ""
    items: str = ""  # regex: its matches inside the span become value["nums"]
    value: dict[str, Any] = {}
    requires_before: str = ""  # regex that must match the text that ends where the span starts
    requires_after: str = ""  # regex that must match the text that starts where the span ends
    unless_before: str = ""
    unless_after: str = ""
    case_sensitive: bool = False
    parts: list[str] = []  # only in these parts of a document; empty: in all
    examples: list[Example | str] = Field(min_length=1)
    counterexamples: list[str] = Field(min_length=1)
    source: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Rule:
        ways = [w for w in ("phrase", "tokens", "regex") if getattr(self, w)]
        if len(ways) != 1:
            raise ValueError(f"rule {self.id}: give exactly one of phrase, tokens, regex (found: {ways or 'none'})")
        if not self.label and not self.concept:
            raise ValueError(f"rule {self.id}: give a label, or a concept to take it from")
        return self

    @property
    def kind(self) -> str:
        """The label; where a rule gives only a concept, the concept's family (act.recruitment → ACT)."""
        return self.label or self.concept.split(".")[0].upper()


class Division(Strict):
    """A heading that groups provisions (BAB, Bagian, CHAPTER, RULE)."""

    kind: str
    id: str
    pattern: str
    rank: int
    inline: str = ""  # how it looks in the middle of a line, where a printer gave it no line of its own
    title_follows: bool = True


class Unit(Strict):
    """The numbered unit that others cite: Pasal, Section, Article. `run_in`: text follows on the same line.

    `inline` is how its heading looks in the middle of a line, where a printer gave it no line of its own.
    """

    kind: str
    id: str
    pattern: str
    inline: str = ""
    run_in: bool = False
    title_follows: bool = False


class PartMark(Strict):
    """A line that opens a part of the document."""

    part: Literal["preamble", "body", "closing", "elucidation", "annex", "translation"]
    pattern: str
    inline: str = ""  # how it looks in the middle of a line
    after: str = ""  # only when the part before is this one


class Repair(Strict):
    """What OCR noise is mended in, and by which words of the language the mending goes.

    Numbers are mended where the law says them twice; the patterns here say where numbers stand. No pattern, no repair.
    """

    words: list[str] = []  # structural words: mended at the start of a line, before a number or alone on the line
    openers: str = ""  # pattern of a word on whose line a list begins
    article: str = ""  # the word before the number of an article
    article_forms: str = ""  # pattern of that word as it may be printed in running text
    paragraph: str = ""  # how a paragraph of an article is numbered: `({n})`
    point: str = ""  # how a point is numbered: `{n}.`
    reference: str = ""  # pattern of the word before the number of a paragraph that is referred to
    reference_word: str = ""  # that word, rightly spelled
    numbers_after: str = ""  # pattern of the words that a plain number follows (Number 11, Year 2008)
    bound: str = ""  # the word before a bound of an amount or a term (at most, at least)
    bounds: list[str] = []  # the words that may stand between it and the amount
    fractions: dict[str, str] = {}  # how a fraction is said → how it is written (1/3)
    currency: str = ""  # pattern of the sign before an amount of money
    lexicon: str = ""  # the language whose word list (packs/<language>/words.txt) says which words of a scan are words


class Structure(Strict):
    """How the documents of a jurisdiction are built."""

    divisions: list[Division] = []
    units: list[Unit] = []
    styles: dict[str, str] = {}  # enumerator style → kind; empty: kinds by depth
    depth_names: list[str] = []
    parts: list[PartMark] = []
    elucidation_points: dict[str, str] = {}  # kind → pattern of a line that names a paragraph of the article
    elucidation_articles: str = ""  # pattern of the line after which an elucidation goes article by article
    amending_unit: str = ""  # pattern of the number of an amending act's own unit (roman)
    amending_unit_text: str = ""  # pattern of the text of an own unit of an amending act that operates on another act
    amending_item: str = ""  # pattern of the text of an item that operates on another act
    sets_out: str = ""  # how a line ends behind which an act that amends in part sets out another law's article
    sentence_end: str = r"[.;:!?…”\")]"  # how text ends before a heading in the middle of a line
    reference: str = ""  # what follows the words of a heading where they are only a reference
    reference_open: str = ""  # how a line ends when the number at the start of the next one goes on with a reference
    quote_marks: bool = False  # quoted units open with a quotation mark
    bare_numbers: bool = False  # lists may be numbered without a mark behind the number: `1 Each Party`
    repair: Repair = Repair()
    paragraphs: bool = False  # number plain paragraphs too (papers)


class Description(Strict):
    """How the laws of a jurisdiction state what they are; used to draft the sources.yaml entry of a new file.

    Patterns are regexes with named groups: `doc_id` (number, year as the file's name gives them), `title` (title),
    `amended` (number, year, kind of a law that a title says is amended, or a `code` by its name), `signed` and
    `published` (day, month, year). `amended_ids`: by that kind or code, in lower case ('' where the pattern has none),
    the doc_id of such a law; put where no sources.yaml describes the law. `kinds` and `implements`: by the kind in
    the file's name (`*` for any other), what such a document is, and the doc_id of the act that it carries out.
    """

    doc_id: str
    akn_uri: str  # with {kind}, {number}, {year}
    kind: Literal["act", "regulation", "code", "treaty"] = "act"
    kinds: dict[str, Literal["act", "regulation", "decree", "code"]] = {}
    implements: dict[str, str] = {}  # with {number}, {year}
    supplements: str = ""  # a regex with the group `title`: how a protocol names the treaty that it belongs to
    head_characters: int = 4000  # how far from the start the title may stand
    title: str
    amending: str = ""
    amended: str = ""
    amended_ids: dict[str, str] = {}  # with {number}, {year}
    amends_in_part: str = (
        ""  # the words before a law of which an act says, in an article of its own, that it is changed
    )
    repealing: str = ""  # the words of a title that name what is repealed, not amended
    signed: str = ""
    published: str = ""
    months: list[str] = []  # twelve; further twelves are other spellings
    licence: str


class Pack(Strict):
    """A jurisdiction, or a shared set of rules that packs extend."""

    code: str
    name: str
    name_local: str = ""
    language: str
    currency: str = ""
    extends: list[str] = []
    instrument_kinds: dict[str, list[str]] = {}  # kind in a citation (uu, ra) → path kinds in an AKN URI
    adult_age_years: int = 18
    description: Description | None = None
    structure: Structure = Structure()
    macros: dict[str, str] = {}
    rules: list[Rule] = []

    def concepts(self) -> set[str]:
        """Concepts that at least one rule of the pack looks for."""
        return {r.concept for r in self.rules if r.concept}


def pack_codes() -> list[str]:
    """Codes of all packs, in order."""
    return sorted(p.parent.name for p in PACKS.glob("*/pack.yaml"))


@cache
def load_pack(code: str) -> Pack:
    """The pack `code`, with what it extends.

    Raises:
        PackError: no such pack, or a file of it is invalid.
    """
    folder = PACKS / code
    if not (folder / "pack.yaml").is_file():
        raise PackError(
            f"no pack {code!r} in {PACKS}: there is {', '.join(pack_codes())}. "
            f"copy an existing one and see docs/packs.md."
        )
    data = _mapping(folder / "pack.yaml")
    data["rules"] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name == "pack.yaml":
            continue
        part = _mapping(file)
        if file.name == "structure.yaml":
            data["structure"] = part
            continue
        if unknown := set(part) - {"macros", "rules"}:
            raise PackError(f"{file}: unknown key {sorted(unknown)[0]!r}; a rule file holds `macros` and `rules`")
        data.setdefault("macros", {}).update(part.get("macros") or {})
        for entry in part.get("rules") or []:
            rule = _validated(Rule, entry, file, str(entry.get("id", "?")) if isinstance(entry, dict) else "?")
            data["rules"].append(rule)
    pack = _validated(Pack, data, folder / "pack.yaml", code)
    macros: dict[str, str] = {}
    rules: list[Rule] = [*pack.rules]  # its own come first: they know better what an equal span is
    for base in pack.extends:
        parent = load_pack(base)
        macros.update(parent.macros)
        rules.extend(parent.rules)
    macros.update(pack.macros)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise PackError(f"{folder}: two rules have the id {rule.id}; rename one")
        seen.add(rule.id)
        if rule.concept and rule.concept not in vocabulary():
            raise PackError(
                f"{folder}: rule {rule.id}: concept {rule.concept!r} is not in {VOCABULARY.name}; "
                f"add it there with a definition and a source, or use {_nearest(rule.concept, vocabulary())}"
            )
        _expand_checked(rule, macros, folder)
    return pack.model_copy(update={"macros": macros, "rules": rules})


@cache
def load_structure(code: str) -> Structure:
    """How the documents of a jurisdiction are built, without its rules.

    Raises:
        PackError: no such pack, or its structure.yaml is invalid.
    """
    file = PACKS / code / "structure.yaml"
    return _validated(Structure, _mapping(file), file, code)


def expand(pattern: str, macros: dict[str, str]) -> str:
    """`pattern` with its macros put in.

    Raises:
        KeyError: a macro is not defined.
    """

    def put(match: re.Match[str]) -> str:
        name, _, argument = match[1].partition(":")
        return expand(macros[name].replace("@", argument), macros)

    return re.sub(r"\{\{([a-z_]+(?::[a-z_]+)?)\}\}", put, pattern)


def _expand_checked(rule: Rule, macros: dict[str, str], folder: Path) -> None:
    for name in ("regex", "items", "requires_before", "requires_after", "unless_before", "unless_after"):
        try:
            re.compile(expand(getattr(rule, name), macros))
        except KeyError as error:
            raise PackError(
                f"{folder}: rule {rule.id}: {name} uses the macro {error}; the pack has {', '.join(sorted(macros))}"
            ) from error
        except re.error as error:
            raise PackError(f"{folder}: rule {rule.id}: {name} is not a valid pattern: {error}") from error


def packs_digest(code: str) -> str:
    """Hash of every file a pack is made of (its own, what it extends, the vocabulary)."""
    digest = hashlib.sha256(VOCABULARY.read_bytes())
    for name in [*load_pack(code).extends, code]:
        for file in sorted((PACKS / name).glob("*.yaml")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


# -------------------------------------------------------------------------------------- vocabulary


class Concept(Strict):
    """A term of the field that packs map words to, and that tables and benchmarks speak."""

    label: str
    label_id: str = ""
    definition: str
    source: str
    avoid: list[str] = []
    form: Literal["", "preventive", "repressive", "rehabilitative"] = ""  # of protection, where it is one
    composed_of: list[str] = []  # an offence that holds all of these is this conduct too
    victim: Literal["", "child"] = ""  # of a conduct: whose victim is a child by what it means
    defines: str = ""  # of a definition: the concept whose meaning it gives to the whole law


@cache
def vocabulary() -> dict[str, Concept]:
    """The controlled vocabulary by concept id."""
    concepts = {
        str(name): _validated(Concept, entry, VOCABULARY, str(name)) for name, entry in _mapping(VOCABULARY).items()
    }
    for name, concept in concepts.items():
        for key, part in [*(("composed_of", c) for c in concept.composed_of), ("defines", concept.defines)]:
            if part and part not in concepts:
                near = _nearest(part, concepts)
                raise PackError(f"{VOCABULARY.name}: {name}: {key} names {part!r}, which is no concept; use {near}")
    return concepts


# ---------------------------------------------------------------------------------------- glossary


class Term(Strict):
    """A term of art and the ways of saying it, by language; `*` in a phrase stands for any letters."""

    en: list[str] = []
    id: list[str] = []
    of: list[str] = []  # wider terms, which it is a kind of
    deed: bool = False  # a deed that a prohibition can list
    limits: bool = False  # an element that narrows an offence
    common: bool = False  # words of any law, which do not tell one article from another
    person: bool = False  # a kind of person, whom a provision about everybody is about too
    names: bool = False  # a name that the literature gives; a law has it only where it uses the words
    medium: bool = False  # a medium: a rule on it is one on its kinds too
    parts: list[str] = []  # of a name: the terms that together are what it stands for


@cache
def glossary() -> dict[str, Term]:
    """The terms by which the audit compares statements with provisions, by id.

    Raises:
        PackError: an entry is invalid, names a wider term that is none, or has no phrase in any language.
    """
    terms = {str(name): _validated(Term, e, GLOSSARY, str(name)) for name, e in _mapping(GLOSSARY)["terms"].items()}
    for name, term in terms.items():
        for key, other in [*(("of", t) for t in term.of), *(("parts", t) for t in term.parts)]:
            if other not in terms:
                hint = _nearest(other, terms)
                raise PackError(f"{GLOSSARY.name}: {name}: {key} names {other!r}, which is no term; use {hint}")
        if not term.en and not term.id:
            raise PackError(f"{GLOSSARY.name}: {name}: has no phrase; give `en`, `id`, or both")
    return terms


# ----------------------------------------------------------------------------------------- sources


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
                    f"{concept!r} is not in {VOCABULARY.name}; did you mean {_nearest(concept, vocabulary())}?"
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
    sources = _validated(Sources, _mapping(file), file, "documents")
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
    return _validated(Editions, _mapping(file), file, "differences") if file.is_file() else Editions(differences=[])


# -------------------------------------------------------------------------------------- benchmarks


class Condition(Strict):
    """What must be found. Give one of `any`, `all`, `none`, or the keys of a single test.

    A test looks at provisions in force: `concepts` must all be tagged in one article (`within: instrument` widens
    that to a law with its amendments, `within: passage` narrows it to a provision read with the opening words above it,
    `within: provision` to its own words), with `any_concepts` at least `min_any` of them,
    with `any_of` at least one of each group; with `offence`, in the conduct of an offence that carries a sanction;
    `victim: child` wants an offence or provision about children; `not_concepts` must be absent from the same place;
    `title_concepts` stand in the title of the act. The keys of OF_SANCTIONS look at the sanction of one offence;
    `child_age_below` at the age in a definition of the child; `administrative_sanction` at what follows a breach.
    """

    any: list[Condition] = []
    all: list[Condition] = []
    none: list[Condition] = []
    concepts: list[str] = []
    any_concepts: list[str] = []
    min_any: int = Field(default=1, ge=1)
    any_of: list[Annotated[list[str], Field(min_length=1)]] = []
    not_concepts: list[str] = []
    within: Literal["provision", "passage", "article", "instrument"] = "article"
    offence: bool = False
    victim: Literal["", "child"] = ""
    title_concepts: list[str] = []
    prison_max_months_at_least: int | None = Field(default=None, ge=0)
    prison_min_months_at_least: int | None = Field(default=None, ge=0)
    life_possible: bool | None = None
    fine_possible: Literal[True] | None = None
    fine_required: Literal[True] | None = None
    subject: Literal["", "person", "corporation", "official"] = ""
    child_age_below: int | None = Field(default=None, ge=1)
    administrative_sanction: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Condition:
        given = self.model_fields_set
        combined = sorted(given & {"any", "all", "none"})
        if combined and given != {combined[0]}:
            others = sorted(given - {combined[0]})
            raise ValueError(f"`{combined[0]}` stands alone: move {', '.join(f'`{o}`' for o in others)} into its parts")
        if not combined and not given & LOOKING:
            raise ValueError(
                f"the test looks for nothing: give `any`, `all`, `none` or one of {', '.join(sorted(LOOKING))}"
            )
        if self.min_any > 1 and len(self.any_concepts) < self.min_any:
            raise ValueError(
                f"`min_any: {self.min_any}` asks for more than the {len(self.any_concepts)} `any_concepts`"
            )
        if not self.offence and (of_sanction := sorted(given & OF_SANCTIONS)):
            raise ValueError(f"`{of_sanction[0]}` looks at a sanction: add `offence: true`")
        return self

    def concepts_used(self) -> set[str]:
        """Every concept the condition mentions."""
        used = {*self.concepts, *self.any_concepts, *self.not_concepts, *self.title_concepts}
        used |= {c for group in self.any_of for c in group}
        for part in (*self.any, *self.all, *self.none):
            used |= part.concepts_used()
        return used


OF_SANCTIONS = frozenset(
    {
        "prison_max_months_at_least",
        "prison_min_months_at_least",
        "life_possible",
        "fine_possible",
        "fine_required",
        "subject",
    }
)
LOOKING = OF_SANCTIONS | {
    "concepts",
    "any_concepts",
    "any_of",
    "title_concepts",
    "child_age_below",
    "administrative_sanction",
    "victim",
}


class Indicator(Strict):
    """One question put to the law of a jurisdiction."""

    id: str
    question: str
    question_id: str = ""
    source: str  # "<doc_id> <eid>" of the standard, or a publication
    severity: Literal["high", "medium", "low"]
    met: Condition
    partial: Condition | None = None
    closes: str = ""  # what would close it, by reference


class Benchmark(Strict):
    """An international standard as questions."""

    id: str
    title: str
    title_id: str = ""
    source: str
    about: str
    about_id: str = ""
    indicators: list[Indicator] = Field(min_length=1)


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """All benchmarks, by file name.

    Raises:
        PackError: a file is invalid, an indicator id doubled, or a concept not in the vocabulary.
    """
    found: list[Benchmark] = []
    seen: set[str] = set()
    for file in sorted(BENCHMARKS.glob("*.yaml")):
        benchmark = _validated(Benchmark, _mapping(file), file, file.stem)
        for indicator in benchmark.indicators:
            if indicator.id in seen:
                raise PackError(f"{file}: two indicators have the id {indicator.id}; rename one")
            seen.add(indicator.id)
            conditions = [c for c in (indicator.met, indicator.partial) if c]
            for concept in sorted(set().union(*(c.concepts_used() for c in conditions))):
                if concept not in vocabulary():
                    raise PackError(
                        f"{file}: indicator {indicator.id}: concept {concept!r} is not in {VOCABULARY.name}; "
                        f"did you mean {_nearest(concept, vocabulary())}?"
                    )
        found.append(benchmark)
    return tuple(found)


# ----------------------------------------------------------------------------------------- helpers


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


ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def _mapping(file: Path) -> dict[str, Any]:
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError:
        raise PackError(f"{file} is missing; see raw/README.md and docs/packs.md for what it holds") from None
    except yaml.YAMLError as error:
        raise PackError(f"{file} is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise PackError(f"{file}: expected keys with values at the top level, found {type(data).__name__}")
    return data


def _validated(model: type[M], data: Any, file: Path, entry: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = []
        for problem in error.errors():
            where = ".".join(str(p) for p in problem["loc"])
            text = problem["msg"]
            if problem["type"] == "extra_forbidden":
                allowed = sorted(_model_at(model, problem["loc"][:-1]).model_fields)
                near = _nearest(str(problem["loc"][-1]), allowed)
                text = f"unknown key; near it is {near}; allowed: {', '.join(allowed)}"
            problems.append(f"{where}: {text}")
        raise PackError(f"{file}: {entry}: " + "; ".join(problems)) from error


# What other modules that read YAML (reviews, params, words of the audit) use, so that their errors read the same.
validated = _validated
read_mapping = _mapping


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The model of a part of a model, by the keys and indices that lead to it."""
    for key in path:
        if isinstance(key, str) and key in model.model_fields:
            model = _model_in(model.model_fields[key].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds (in a list, an option), if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part))), None)


def _nearest(word: str, choices: Iterable[str]) -> str:
    from rapidfuzz.process import extractOne  # noqa: PLC0415 - only for messages

    found = extractOne(word, list(choices))
    return repr(found[0]) if found else "none"
