"""Loads and validates packs: jurisdictions, and rules that they share, as data.

Reads YAML under packs/ (docs/packs.md). Knows no law and no algorithm of a stage.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from pipeline.vocabulary import VOCABULARY, vocabulary
from pipeline.yamls import PackError, Strict, nearest, read_mapping, validated

PACKS = Path(__file__).parent / "packs"


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


def _numbered(pattern: str) -> str:
    """The pattern of a heading; it must have the group that holds its number."""
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        raise ValueError(f"no valid pattern: {error}") from error
    if "num" not in groups:
        raise ValueError("it needs a group (?P<num>…) around the number of the heading")
    return pattern


class Division(Strict):
    """A heading that groups provisions (BAB, Bagian, CHAPTER, RULE)."""

    kind: str
    id: str
    pattern: str
    rank: int
    inline: str = ""  # how it looks in the middle of a line, where a printer gave it no line of its own
    title_follows: bool = True

    _numbered = field_validator("pattern")(_numbered)


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

    _numbered = field_validator("pattern")(_numbered)


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
    attests: str = ""  # pattern of the line with which an office attests a copy; it and what stands below are no law
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
    data = read_mapping(folder / "pack.yaml")
    data["rules"] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name == "pack.yaml":
            continue
        part = read_mapping(file)
        if file.name == "structure.yaml":
            data["structure"] = part
            continue
        if unknown := set(part) - {"macros", "rules"}:
            raise PackError(f"{file}: unknown key {sorted(unknown)[0]!r}; a rule file holds `macros` and `rules`")
        data.setdefault("macros", {}).update(part.get("macros") or {})
        for entry in part.get("rules") or []:
            rule = validated(Rule, entry, file, str(entry.get("id", "?")) if isinstance(entry, dict) else "?")
            data["rules"].append(rule)
    pack = validated(Pack, data, folder / "pack.yaml")
    if pack.code != code:
        raise PackError(f"{folder / 'pack.yaml'}: code: {pack.code!r}; write {code!r}, the name of the folder")
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
                f"add it there with a definition and a source, or use {nearest(rule.concept, vocabulary())}"
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
    return validated(Structure, read_mapping(file), file)


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
