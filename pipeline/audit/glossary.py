"""The terms by which the audit compares statements with provisions.

Reads packs/glossary.yaml.
"""

from __future__ import annotations

from functools import cache

from pipeline.packs import PACKS
from pipeline.yamls import PackError, Strict, nearest, read_mapping, validated

GLOSSARY = PACKS / "glossary.yaml"


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
    terms = {str(name): validated(Term, e, GLOSSARY, str(name)) for name, e in read_mapping(GLOSSARY)["terms"].items()}
    for name, term in terms.items():
        for key, other in [*(("of", t) for t in term.of), *(("parts", t) for t in term.parts)]:
            if other not in terms:
                hint = nearest(other, terms)
                raise PackError(f"{GLOSSARY.name}: {name}: {key} names {other!r}, which is no term; use {hint}")
        if not term.en and not term.id:
            raise PackError(f"{GLOSSARY.name}: {name}: has no phrase; give `en`, `id`, or both")
    return terms
