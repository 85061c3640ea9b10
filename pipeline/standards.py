"""International standards as questions: benchmarks, their indicators, and the conditions that answer them.

Reads benchmarks/*.yaml (docs/packs.md, “Benchmarks”). Knows what a condition may say, not how it is tested.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pipeline.vocabulary import VOCABULARY, vocabulary
from pipeline.yamls import PackError, Strict, nearest, read_mapping, validated

BENCHMARKS = Path(__file__).parent / "benchmarks"


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
        benchmark = validated(Benchmark, read_mapping(file), file, file.stem)
        for indicator in benchmark.indicators:
            if indicator.id in seen:
                raise PackError(f"{file}: two indicators have the id {indicator.id}; rename one")
            seen.add(indicator.id)
            conditions = [c for c in (indicator.met, indicator.partial) if c]
            for concept in sorted(set().union(*(c.concepts_used() for c in conditions))):
                if concept not in vocabulary():
                    raise PackError(
                        f"{file}: indicator {indicator.id}: concept {concept!r} is not in {VOCABULARY.name}; "
                        f"did you mean {nearest(concept, vocabulary())}?"
                    )
        found.append(benchmark)
    return tuple(found)
