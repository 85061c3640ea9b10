"""Relative penalties → figures: `ditambah 1/3`, the same penalty, one degree lower, its maximum period.

What a relative penalty changes is named in its sentence (“ancaman pidana dalam Pasal 2”), else it is the sanction
before it in the same article. Where all that is named carries the same figures, the sanction gets its own; else only
the offences do, each from its own conduct (`offences`). Computed figures carry the evidence of what they come from.
The arithmetic is plain: no general maximum of a code is applied.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.corpus import Corpus
from pipeline.link.patterns import pattern
from pipeline.link.scales import Scales
from pipeline.link.sentences import sentence
from pipeline.link.time import InForce, Span, meet
from pipeline.records import Citation, Operation, Sanction

LEAD_GAP, LIST_GAP = 8, 16  # most characters before a reference (`pada`, `in the`), and between those of one list
MEASURED_GAP = 60  # most characters between a sanction and the law that measures it (`than that provided for in`)
Place = tuple[str, str]  # (law, eid in it)


class Bases:
    """The absolute sanctions of provisions, and of the conduct that other provisions punish."""

    def __init__(
        self, corpus: Corpus, sanctions: Iterable[Sanction], in_force: InForce, operations: Iterable[Operation] = ()
    ) -> None:
        self._corpus, self._in_force = corpus, in_force
        # Provisions to which references to others go from a day on.
        self._moved: dict[Place, list[tuple[str, Place]]] = {}
        for o in operations:
            if o.op == "replace_reference" and o.effective and o.new_eid:
                self._moved.setdefault((o.target_doc, o.target_eid), []).append((o.effective, (o.doc_id, o.new_eid)))
        self._at: dict[Place, list[Sanction]] = {}
        self._carried: dict[Place, list[Sanction]] = {}
        self.add(s for s in sanctions if not s.relative)

    def add(self, sanctions: Iterable[Sanction]) -> None:
        """Note sanctions whose figures are known at the provisions that carry them."""
        for s in sanctions:
            if s.part in ("body", "quoted") and measured(s):
                self._at.setdefault(self._corpus.law_of(s.doc_id, s.eid), []).append(s)

    def carry(self, place: Place, sanction: Sanction) -> None:
        """Note that a sanction in another provision punishes the conduct at a place."""
        held = self._carried.setdefault(place, [])
        if sanction not in held:
            held.append(sanction)

    def of(self, place: Place, span: Span) -> list[Sanction]:
        """Sanctions at a place or below it, else those that punish it from elsewhere.

        Where several acts set one provision with a sanction out: of those that applied in the span, the latest act.
        Where none did, and a law moves references to them to other provisions: the sanctions of those.
        """
        return self._of(place, span, frozenset())

    def ended(self, place: Place, span: Span) -> bool:
        """Whether the sanctions at a place had ended before a span and references to them go elsewhere."""
        return bool(self._successors(self._found(place), span))

    def _found(self, place: Place) -> list[Sanction]:
        law, eid = place
        for index in (self._at, self._carried):
            found = [s for (at, e), held in index.items() if at == law and _within(e, eid) for s in held]
            if found:
                return found
        return []

    def _successors(self, found: Sequence[Sanction], span: Span) -> list[Place]:
        """To where references to sanctions that did not apply in a span went before it."""
        if any(meet(self._in_force.span(s.doc_id, s.eid), span) for s in found):
            return []
        return list(
            dict.fromkeys(
                new
                for law, eid in dict.fromkeys(self._corpus.law_of(s.doc_id, s.eid) for s in found)
                for (at, holder), moves in self._moved.items()
                if at == law and _within(eid, holder)
                for day, new in moves
                if day <= span[0]
            )
        )

    def _of(self, place: Place, span: Span, seen: frozenset[Place]) -> list[Sanction]:
        found = self._found(place)
        moved = [p for p in self._successors(found, span) if p not in seen]
        if moved:
            return [s for p in moved for s in self._of(p, span, seen | {place})]
        then = [s for s in found if meet(self._in_force.span(s.doc_id, s.eid), span)] or found
        by_place: dict[Place, list[Sanction]] = {}
        for s in then:
            by_place.setdefault(self._corpus.law_of(s.doc_id, s.eid), []).append(s)
        latest = [(held, self._in_force.latest({s.doc_id for s in held})) for held in by_place.values()]
        return [s for held, doc_id in latest for s in held if s.doc_id == doc_id]


class Measure:
    """A relative sanction as it falls on one conduct: `ditambah 1/3` of what that conduct carries."""

    def __init__(self, corpus: Corpus, bases: Bases, worth: Scales) -> None:
        self._corpus, self._bases, self._worth = corpus, bases, worth

    def __call__(self, sanction: Sanction, doc_id: str, eid: str, span: Span) -> Sanction:
        """The sanction's figures for the conduct at (`doc_id`, `eid`), where that carries one sanction in a span."""
        place = self._corpus.law_of(doc_id, eid)
        if not sanction.relative or (sanction.computed_from and not self._bases.ended(place, span)):
            return sanction
        found = self._bases.of(place, span)
        if len({figures_of(b) for b in found}) != 1:
            return sanction
        return changed(self._corpus, sanction, found[0], self._worth)


def _within(eid: str, holder: str) -> bool:
    return eid == holder or eid.startswith(f"{holder}__")


def measured(s: Sanction) -> bool:
    """Whether a sanction says anything that can be changed by another."""
    return bool(
        s.prison_max_months or s.prison_min_months or s.life or s.death or s.fine_max or s.fine_min or s.penalty_name
    )


def computed(
    corpus: Corpus,
    sanctions: Sequence[Sanction],
    citations: Iterable[Citation],
    naming: Collection[tuple[str, str]],
    bases: Bases,
    worth: Scales,
    in_force: InForce,
) -> list[Sanction]:
    """The sanctions of one document, relative ones with figures where what they change is one thing.

    Of a `same` penalty that is what its sentence names beside the conduct: `naming` has pairs of a sanction and a
    citation (evidence ids) that names what it punishes.
    """
    held = list(citations)
    out = []
    for s in sanctions:
        if s.relative:
            cited = _in_sentence(corpus, s, held)
            if s.relative == "same":
                meant = _meant(s, cited)
                cited = meant or [c for c in cited if (s.evidence_id, c.evidence_id) not in naming] or cited
                before = pattern(corpus.documents[s.doc_id].jurisdiction, "of_the_paragraph_before")
                if not meant and before.match(corpus.text[s.doc_id], s.end):
                    cited = [c for c in cited if c.start >= s.end]
            if any(c.status == "omitted" for c in cited):
                out.append(s)  # one of those that are meant is not in the edition read
                continue
            if not cited and _measured_elsewhere(corpus, s, held):
                out.append(s)
                continue
            found = _named(corpus, s, cited, bases, in_force) if cited else _before(corpus, s, sanctions)
            words = corpus.text[s.doc_id][s.start : s.end]
            if (
                cited
                and not found
                and not pattern(corpus.documents[s.doc_id].jurisdiction, "of_a_penalty").search(words)
            ):
                continue  # `berlaku juga ketentuan …` of a provision without a sanction is no sanction
            figures = {figures_of(b) for b in found}
            out.append(changed(corpus, s, found[0], worth) if len(figures) == 1 else s)
        else:
            out.append(s)
    return out


def _in_sentence(corpus: Corpus, s: Sanction, cited: Sequence[Citation]) -> list[Citation]:
    """The references in the sentence of a sanction."""
    text = corpus.text[s.doc_id]
    first, last = sentence(text, s.start, s.end)
    low, high = (bisect_left(cited, at, key=lambda c: c.start) for at in (first, last))
    return [c for c in cited[low:high] if c.target_eid and c.status in ("resolved", "omitted")]


def _measured_elsewhere(corpus: Corpus, s: Sanction, cited: Sequence[Citation]) -> bool:
    """Whether the words behind a sanction measure it by a law that was not read (`higher than that of Act No. 1`)."""
    at = bisect_left(cited, s.end, key=lambda c: c.start)
    behind = corpus.text[s.doc_id][s.end : cited[at].start] if at < len(cited) else ""
    return (
        at < len(cited)
        and cited[at].target_doc not in corpus.documents
        and len(behind) <= MEASURED_GAP
        and not re.search(r"[.,;:\n]", behind)
    )


def _meant(s: Sanction, cited: Sequence[Citation]) -> list[Citation]:
    """References that the words of a `same` penalty hold (`ketentuan … Pasal 9 berlaku juga bagi`) or end before."""
    if inside := [c for c in cited if s.start <= c.start and c.end <= s.end]:
        return inside
    run: list[Citation] = []
    end, gap = s.end, LEAD_GAP
    for c in (c for c in cited if c.start >= s.end):
        if c.start - end > gap:
            break
        run.append(c)
        end, gap = c.end, LIST_GAP
    return run


def _named(corpus: Corpus, s: Sanction, cited: Sequence[Citation], bases: Bases, in_force: InForce) -> list[Sanction]:
    own = corpus.law_of(s.doc_id, s.eid)
    span = in_force.span(s.doc_id, s.eid)
    found: list[Sanction] = []
    for c in cited:
        place = (c.target_doc, c.target_eid)
        if place != own:
            found += bases.of(place, span)
    return found


def _before(corpus: Corpus, s: Sanction, sanctions: Sequence[Sanction]) -> list[Sanction]:
    """The sanction before one in the same article; behind a list of points, those of all its points."""
    unit = corpus.unit(s.doc_id, s.eid)
    earlier = [
        b
        for b in sanctions
        if b.start < s.start
        and not b.relative
        and measured(b)
        and unit is not None
        and corpus.unit(b.doc_id, b.eid) == unit
    ]
    last = corpus.by_eid.get((earlier[-1].doc_id, earlier[-1].eid)) if earlier else None
    if last is None or last.parent_eid != s.eid:
        return earlier[-1:]
    points = {p.eid for p in corpus.children[s.doc_id, s.eid]}
    return [b for b in earlier if b.eid in points]


def figures_of(s: Sanction) -> tuple[object, ...]:
    """What a court may impose, without where it stands."""
    return (
        s.prison_min_months, s.prison_max_months, s.life, s.death, s.fine_min, s.fine_max, s.fine_category_min,
        s.fine_category_max, s.currency, s.conjunction, s.penalty_name, s.fine_min_percent, s.fine_max_percent,
    )  # fmt: skip


def changed(corpus: Corpus, s: Sanction, base: Sanction, worth: Scales) -> Sanction:
    """A relative sanction with the figures of `base` as it changes them; unchanged where that cannot be computed."""
    kind, _, rest = s.relative.partition(" ")
    evidence = [base.evidence_id, *base.computed_from]
    taken = replace(
        s, prison_min_months=base.prison_min_months, prison_max_months=base.prison_max_months, life=base.life,
        death=base.death, fine_min=base.fine_min, fine_max=base.fine_max, fine_category_min=base.fine_category_min,
        fine_category_max=base.fine_category_max, currency=base.currency, conjunction=base.conjunction,
        penalty_name=base.penalty_name, computed_from=evidence, fine_min_percent=base.fine_min_percent,
        fine_max_percent=base.fine_max_percent, fine_percent_of=base.fine_percent_of,
    )  # fmt: skip
    if s.relative == "same":
        return taken
    if kind in ("plus", "minus", "share") and re.fullmatch(r"\d/\d", rest):
        share = Fraction(rest)
        return _times(corpus, s, taken, {"plus": 1 + share, "minus": 1 - share, "share": share}[kind])
    if kind == "fine":
        digits = re.search(r"\d+", rest)
        if digits is None or (base.fine_max is None and base.fine_min is None):
            return s
        times = int(digits[0])
        only_max = _maximum_only(corpus, s)
        low = base.fine_min if only_max or base.fine_min is None else base.fine_min * times
        high = base.fine_max * times if base.fine_max is not None else None
        return replace(
            s, fine_min=low, fine_max=high, currency=base.currency, computed_from=evidence,
        )  # fmt: skip
    if rest == "period":
        name = base.penalty_name.partition(",")[0]
        duration = worth.named.get((name, kind))
        if " to " in base.penalty_name or duration is None:
            return s
        return replace(
            taken, penalty_name=f"{name}, {kind} period", prison_min_months=duration.min_months,
            prison_max_months=duration.max_months, computed_from=[base.evidence_id, duration.evidence_id],
        )  # fmt: skip
    if "degree" in s.relative:
        return _graduated(s, base, worth)
    return s


def _maximum_only(corpus: Corpus, s: Sanction) -> bool:
    words = corpus.text[s.doc_id][max(0, s.start - 40) : s.end + 40]
    return bool(pattern(corpus.documents[s.doc_id].jurisdiction, "maximum_only").search(words))


def _times(corpus: Corpus, s: Sanction, taken: Sanction, factor: Fraction) -> Sanction:
    """Terms and fines multiplied, whole months and units; the least ones too, unless only the maximum is changed."""
    only_max = _maximum_only(corpus, s)

    def times(value: int | None) -> int | None:
        return None if value is None else int(value * factor)

    return replace(
        taken,
        prison_min_months=taken.prison_min_months if only_max else times(taken.prison_min_months),
        prison_max_months=times(taken.prison_max_months),
        fine_min=taken.fine_min if only_max else times(taken.fine_min),
        fine_max=times(taken.fine_max),
    )


def _graduated(s: Sanction, base: Sanction, worth: Scales) -> Sanction:
    """A penalty by degrees up or down the code's scale; only for whole penalties, whose next one is certain."""
    number = re.match(r"(one|two|three) degree", s.relative)  # not `one or two degrees`, between which a court chooses
    names = [n for n, _ in worth.degrees]
    whole = "death" if base.death else base.penalty_name
    if number is None or whole not in names or (base.death and base.penalty_name):
        return s
    steps = {"one": 1, "two": 2, "three": 3}[number[1]] * (-1 if "higher" in s.relative else 1)
    at = names.index(whole) + steps
    if not 0 <= at < len(names):
        return s
    name, evidence = worth.degrees[at]
    duration = worth.named.get((name, ""))
    return replace(
        s, death=name == "death", penalty_name="" if name == "death" else name,
        prison_min_months=duration.min_months if duration else None,
        prison_max_months=duration.max_months if duration else None,
        computed_from=[base.evidence_id, evidence, *([duration.evidence_id] if duration else [])],
    )  # fmt: skip
