"""The order of a law's provisions: of its own text, with what later acts insert in its place (27A behind 27)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.corpus import Corpus

Key = tuple[tuple[int, int, str], ...]


def number_key(number: str) -> Key:
    """Sorts numbers of one level: 2 < 2a < 3 < 10; 27 < 27A < 27B < 28; 4 < 4-A; z < aa."""
    parts = re.findall(r"\d+|[A-Za-z]+", number)
    return tuple((0, int(p), "") if p.isdigit() else (1, len(p), p.lower()) for p in parts)


def unit_order(corpus: Corpus, law: str) -> list[str]:
    """eids of the units of a law, its own in the order of its text, inserted ones behind the last of a lower number."""
    kinds = corpus.unit_kinds(law)
    own = [p.eid for p in corpus.provisions[law] if p.part == "body" and p.kind in kinds]
    inserted = {
        eid: ps[0].num
        for (of, eid), ps in corpus.law_provisions.items()
        if of == law and eid not in own and ps[0].part == "quoted" and ps[0].kind in kinds
    }
    numbers = {eid: corpus.by_eid[law, eid].num for eid in own} | inserted
    return place(own, sorted(inserted, key=lambda e: (number_key(inserted[e]), e)), numbers)


def place(own: Iterable[str], inserted: Iterable[str], numbers: dict[str, str]) -> list[str]:
    """`own`, kept in its order, with each of `inserted` behind the last that has a lower number of the same sort."""
    order = list(own)
    for eid in inserted:
        key = number_key(numbers[eid])
        lower = [
            i
            for i, other in enumerate(order)
            if _alike(numbers[other], numbers[eid]) and number_key(numbers[other]) < key
        ]
        order.insert(lower[-1] + 1 if lower else 0, eid)
    return order


def _alike(a: str, b: str) -> bool:
    """Both begin with a digit, or both with a letter: an article `I` stands apart from an article 28A."""
    return a[:1].isdigit() == b[:1].isdigit()
