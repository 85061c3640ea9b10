"""The controlled vocabulary: the concepts that packs map words to, and that tables and benchmarks speak.

Reads vocabulary.yaml.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pipeline.yamls import PackError, Strict, nearest, read_mapping, validated

VOCABULARY = Path(__file__).parent / "vocabulary.yaml"


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
        str(name): validated(Concept, entry, VOCABULARY, str(name)) for name, entry in read_mapping(VOCABULARY).items()
    }
    for name, concept in concepts.items():
        for key, part in [*(("composed_of", c) for c in concept.composed_of), ("defines", concept.defines)]:
            if part and part not in concepts:
                near = nearest(part, concepts)
                raise PackError(f"{VOCABULARY.name}: {name}: {key} names {part!r}, which is no concept; use {near}")
    return concepts
