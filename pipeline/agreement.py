"""How far two people who read the same articles, each alone, wrote down the same facts.

Reads   nothing; `evaluate` gives it the facts of both readings.
Knows neither law nor the rules: a fact is a tuple, the first member its provision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

Facts = Mapping[str, Counter[tuple[str, ...]]]  # label → facts with how often each was written down


def within(facts: Facts, read: Collection[str]) -> dict[str, Counter[tuple[str, ...]]]:
    """The facts of provisions that are among `read` (eids) or below one of them."""
    return {
        label: Counter({f: n for f, n in found.items() if any(f"{f[0]}__".startswith(f"{eid}__") for eid in read)})
        for label, found in facts.items()
    }


def agreement(pairs: Collection[tuple[Facts, Facts]]) -> dict[str, dict[str, float | int]]:
    """label → facts of the first reading, of the second, of both, and F1 (which is the same from either side).

    For `elements`, where each of a closed list of concepts is either marked or not, Cohen's kappa as well: over every
    provision that either reader marked × every concept that either used in the document.
    """
    counted: dict[str, list[int]] = {}
    cells = [0, 0, 0, 0]  # both marked, only the first, only the second, neither
    for first, second in pairs:
        for label in sorted({*first, *second}):
            a, b = first.get(label, Counter()), second.get(label, Counter())
            sums = counted.setdefault(label, [0, 0, 0])
            for i, n in enumerate((a.total(), b.total(), (a & b).total())):
                sums[i] += n
        marks = [set(facts.get("elements", ())) for facts in (first, second)]
        either = marks[0] | marks[1]
        for place in {f[0] for f in either}:
            for concept in {f[1:] for f in either}:
                one, other = ((place, *concept) in mark for mark in marks)
                cells[0 if one and other else 1 if one else 2 if other else 3] += 1
    out: dict[str, dict[str, float | int]] = {}
    for label, (n, k, both) in counted.items():
        if n or k:
            out[label] = {"first": n, "second": k, "both": both, "f1": round(2 * both / (n + k), 4)}
    if "elements" in out:
        out["elements"]["kappa"] = round(kappa(*cells), 4)
    return out


def kappa(both: int, first: int, second: int, neither: int) -> float:
    """Cohen's kappa of two readers over yes and no; 1 where chance alone would make them agree on everything."""
    total = both + first + second + neither
    if not total:
        return 1.0
    observed = (both + neither) / total
    yes = (both + first) * (both + second) / total**2
    no = (neither + first) * (neither + second) / total**2
    expected = yes + no
    return (observed - expected) / (1 - expected) if expected < 1 else 1.0
