"""How papers and laws of a language say things → the patterns by which the audit reads statements.

Reads   pipeline/packs/audit/<language>.yaml.
Holds no words itself; does not know claims or verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from pydantic import Field, PrivateAttr, model_validator

from pipeline.packs import PACKS, expand
from pipeline.yamls import PackError, Strict, read_mapping, validated

FOLDER = PACKS / "audit"


class Saying(Strict):
    """One way of saying something: a pattern, what it finds and what it must not find."""

    regex: str
    examples: list[str] = Field(min_length=1)
    counterexamples: list[str] = Field(default=[])
    case_sensitive: bool = False
    groups: list[str] = Field(default=[])  # named groups that the code relies on
    _pattern: re.Pattern[str] = PrivateAttr()

    def compiled(self, macros: dict[str, str]) -> None:
        """Make the pattern.

        Raises:
            KeyError: a macro is not defined.
            re.error: the regex is none.
            ValueError: an example is not found, or a counterexample is.
        """
        pattern = re.compile(expand(self.regex, macros), 0 if self.case_sensitive else re.IGNORECASE)
        for example in self.examples:
            if not pattern.search(example):
                raise ValueError(f"the example {example!r} is not found")
        for example in self.counterexamples:
            if pattern.search(example):
                raise ValueError(f"the counterexample {example!r} is found")
        self._pattern = pattern

    @property
    def re(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return self._pattern


class Sayings(Strict):
    """What the audit looks for in statements of a paper."""

    # ------------------------------------------------------------------- sentences and references
    headed: Saying  # a provision's name alone, before a colon
    together: Saying  # between the names of provisions that one statement is about
    goes_on: Saying  # the beginning of a sentence that goes on about the provision, or the law, named last
    item: Saying  # between the items of a list
    opens_list: Saying  # the end of a sentence whose list follows, perhaps in sentences of its own
    fragment: Saying  # a sentence that is no more than items of a list
    manner: Saying  # by which measures something is done
    quoting: Saying  # before a quotation that is said to be the provision's own words
    same_as: Saying  # before a provision whose sanction is said to apply as well
    also: Saying  # between two provisions that are applied together
    joins: Saying  # between two provisions of which one is said to be about the other
    refers: Saying  # before an article that another provision is said to refer to
    source: Saying  # before the provision that a sentence ends with, as the source of all that it says
    belongs: Saying  # before an instrument behind its articles
    by: Saying  # before an instrument that is no subject
    in_law: Saying  # between a denial and the instrument it is about
    both: Saying  # the two laws named last
    # -------------------------------------------------------------------------------- predicates
    predicate: Saying  # what a law does: regulate, prohibit …
    which: Saying  # a relative pronoun before a predicate
    strong: Saying  # a predicate that says something is forbidden or punished
    forbids: Saying  # the beginning of a statement that says so
    specific: Saying  # a law is said to have specific rules on something
    absent: Saying  # a law is said not to have, or not to regulate, what follows
    absent_behind: Saying  # … what stands before
    denied: Saying  # behind a denial that names a kind of rule, the verb that says what the rule does
    absence_ends: Saying  # where a denial's clause ends
    express: Saying  # specific, explicit
    passive: Saying  # that something is regulated by, or stands in, the law that follows
    it: Saying  # a sentence that begins with a pronoun for the law named before
    this_law: Saying  # … with `this law`; the group `treaty` where it is a treaty's word
    issue: Saying  # the matter that the sentence before is about
    counted: Saying  # so many provisions; the group `n`
    defined_as: Saying  # between a term and what it is said to mean
    within: Saying  # before a law within which a term is said to mean something
    one_suffices: Saying  # that one of several elements is enough
    naming: Saying  # that something is called a name
    aim: Saying  # before a term that makes it an aim
    # ------------------------------------------------------------------------ what asserts nothing
    reporting: Saying  # words of research and of courts that look like terms
    bracketed: Saying  # sources and short names in brackets
    court: Saying  # a sentence about a case
    sentenced: Saying  # that a court imposed what follows
    practice: Saying  # that people do something as a rule: said of what happens, not of a law
    # --------------------------------------------------------------------------------- what laws are
    defines: Saying  # a provision that defines a term; the term is the first group
    age: Saying  # an age in a statement
    years: Saying  # an age in a provision
    amends: Saying  # between two instruments: the first amends the second
    amended: Saying  # … is amended by the second
    title_word: Saying  # between an instrument's number and its title
    a_provision: Saying  # what is said to apply, or not, where it is an article and not its law
    rules_of: Saying  # before the act that rules implement
    ratified: Saying  # before the instrument that ratified a treaty
    numbered: Saying  # number and year in an instrument's name
    has_number: Saying  # that an instrument's name has a number
    law_on: Saying  # a law named by its title alone
    treaty: Saying  # the beginning of a treaty's name
    treaty_ends: Saying  # where it ends
    year_behind: Saying  # … the year with which it is named
    its_convention: Saying  # the treaty that a protocol is to, within its name
    amending_title: Saying  # in the title of an act that amends
    ratifying_title: Saying  # in the title of an act that ratifies
    # ------------------------------------------------------------------------------------ consistency
    serves: Saying  # laws are said to be a legal basis, or to apply
    for_example: Saying  # before a list of examples
    percent: Saying  # a share of a hundred
    table: Saying  # the caption of a table
    table_ends: Saying  # the line below a table
    negated: Saying  # that a sentence denies something, or sets it aside
    denies: Saying  # a thing is said not to have, or to need, what follows
    stands_for: Saying  # that a name stands for something
    decides: Saying  # a court
    sourced: Saying  # the source with which a sentence ends
    told_year: Saying  # a year of which a sentence reports something
    foretells: Saying  # a sentence about what is still to come
    applied: Saying  # what a court does with laws


class Titles(Strict):
    """Words in titles of laws."""

    small: list[str]  # words that carry nothing
    dropped: list[str]  # words that are left out even where every word counts
    same: dict[str, str]  # words for one thing, in the forms that titles of laws have


class Words(Strict):
    """How one language says what the audit looks for."""

    macros: dict[str, str]  # `unit` (article, section) and `part` (paragraph, letter) are also used by the code
    abbreviations: list[str]  # a full stop behind these ends no sentence
    months: list[str] = Field(min_length=12, max_length=12)
    date_orders: list[str]  # with {month}, {day}, {year}
    events: dict[str, str]  # what is said of a law's day → published | signed | in_force
    in_parliament: list[str]  # events whose day is recorded for treaties only
    moves: list[str]  # beginnings of words by which a figure is said to rise or fall
    not_subjects: list[str]  # words of four letters and more that say nothing of what a figure counts
    titles: Titles
    sayings: Sayings

    @model_validator(mode="after")
    def _compiled(self) -> Words:
        for name in ("unit", "part"):
            if name not in self.macros:
                raise ValueError(f"macros: {name} is missing; the code looks for provisions by it")
        for name, saying in self:
            try:
                saying.compiled(self.macros)
            except KeyError as error:
                raise ValueError(f"sayings.{name}: macro {error} is not defined") from error
            except (re.error, ValueError) as error:
                raise ValueError(f"sayings.{name}: {error}") from error
            if missing := set(saying.groups) - set(saying.re.groupindex):
                raise ValueError(f"sayings.{name}: the group {sorted(missing)[0]!r} is missing in its regex")
        return self

    def __iter__(self) -> Iterator[tuple[str, Saying]]:  # type: ignore[override]
        """Names and sayings, in the order in which the model has them."""
        yield from ((name, getattr(self.sayings, name)) for name in Sayings.model_fields)

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """Between two sentences, or before what a colon announces."""
        kept = "".join(rf"(?<!\b{re.escape(a)})" for a in self.abbreviations)
        return re.compile(rf"{kept}(?<!\b[A-Z])[.;]\s+(?=[A-Z“\"])|:\s+(?=[A-Z])")

    @cached_property
    def date(self) -> re.Pattern[str]:
        """A date; groups `month`, `day`, `year`, numbered where there is more than one order."""
        forms = []
        for i, order in enumerate(self.date_orders):
            parts = {
                "month": f"(?P<month{i}>{'|'.join(self.months)})",
                "day": rf"(?P<day{i}>\d{{1,2}})",
                "year": rf"(?P<year{i}>\d{{4}})",
            }
            forms.append(order.format(**parts))
        return re.compile(r"\b(?:" + "|".join(forms) + r")\b")

    def day(self, match: re.Match[str]) -> str:
        """ISO date of a match of `date`."""
        found = {k.rstrip("0123456789"): v for k, v in match.groupdict().items() if v}
        return f"{found['year']}-{self.months.index(found['month']) + 1:02d}-{int(found['day']):02d}"

    @cached_property
    def event(self) -> re.Pattern[str]:
        """An event of a law."""
        return re.compile("|".join(rf"\b{re.escape(e)}\b" for e in self.events), re.IGNORECASE)

    def own_reference(self, number: str) -> re.Pattern[str]:
        """The words in which one article number, with what is below it, stands in a chain of references."""
        return re.compile(
            rf"(?:\b(?:{self.macros['unit']})\s+)?\b{re.escape(number)}\b"
            rf"(?:,?\s*(?:(?:{self.macros['part']})\s*)?\(\w+\))*",
            re.IGNORECASE,
        )


@cache
def words(language: str) -> Words:
    """The words of a language.

    Raises:
        PackError: there is no file for it, or it is invalid.
    """
    file = FOLDER / f"{language}.yaml"
    if not file.is_file():
        raise PackError(
            f"papers in the language {language!r} cannot be audited: {file} is missing; there is "
            f"{', '.join(languages())}. Copy one, translate its words, and see docs/packs.md."
        )
    return validated(Words, read_mapping(file), file, language)


def languages() -> list[str]:
    """Languages whose papers can be audited."""
    return sorted(f.stem for f in FOLDER.glob("*.yaml"))


@cache
def titles() -> Titles:
    """Words in titles, of all languages: a paper may give a title in its own or in the law's."""
    every = [words(language).titles for language in languages()]
    merged: dict[str, Any] = {
        "small": [w for t in every for w in t.small],
        "dropped": [w for t in every for w in t.dropped],
        "same": {k: v for t in every for k, v in t.same.items()},
    }
    return Titles.model_validate(merged)


def amending(title: str) -> bool:
    """Whether a title, in any language, is that of an act that amends another."""
    return any(words(language).sayings.amending_title.re.search(title) for language in languages())


def ratifying(title: str) -> bool:
    """Whether a title, in any language, is that of an act that ratifies a treaty."""
    return any(words(language).sayings.ratifying_title.re.search(title) for language in languages())
