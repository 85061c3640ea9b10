"""What a claim is: one statement of a paper that can be checked, and the provision that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.records import Sanction, Tag

ELEMENTS = ("ACT", "MEANS", "PURPOSE")
THREE = "rule.three_elements"


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision a paper refers to: the law it means, the numbers as written, and the provision if there is one."""

    law: str  # doc_id; '' outside the corpus
    eid: str
    as_written: str
    status: str  # resolved | omitted | dangling | outside_corpus
    start: int
    end: int
    evidence_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement."""

    kind: str  # penalty | content | absence | name | mention | elements | relation | identity | … (see the table)
    doc_id: str
    eid: str  # paragraph of the paper
    start: int
    end: int
    page: int
    cited: Cited | None
    asserted: dict[str, Any] = field(default_factory=dict)
    sanction: Sanction | None = None
    tag: Tag | None = None
    concepts: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()  # terms of the glossary that are asserted, or denied
    context: tuple[str, ...] = ()  # terms that the same sentence says of the same provision elsewhere
    items: tuple[tuple[str, ...], ...] = ()  # the terms, by the items of the list in which they stand
    tentative: bool = False  # of the provision named before, if that has most of it; of nothing otherwise
    quoted: bool = False  # given as the provision's own words, in quotation marks
    together: bool = False  # said in one breath: one provision must have it all
    formal: bool = False  # a title given as such (`concerning …`), not a name in brackets
    beside: tuple[Cited, ...] = ()  # provisions of which the same is said in one breath
    evidence_ids: tuple[str, ...] = ()
