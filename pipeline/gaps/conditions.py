"""One jurisdiction's law, arranged so that the conditions of benchmarks can be put to it.

Reads a Corpus and Links; writes nothing. Knows what a condition means (docs/packs.md, “Benchmarks”); holds no standard,
and gives no status: that a pack has no rule for a concept is for `gaps` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline import compare, link
from pipeline.compare.common import ADMINISTRATIVE
from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import InForce
from pipeline.packs import load_pack
from pipeline.records import Offence, Tag
from pipeline.standards import Condition

OffenceTest = Callable[[Offence], bool]
# Concepts that `link` derives, so that no rule of a pack need name them.
DERIVED = frozenset({"conduct.trafficking"})
# What belongs to one offence rather than to everything its article holds.
OF_AN_OFFENCE = ("conduct.", "act.", "means.", "purpose.")


@dataclass
class Place:
    """Where a condition is tested: a provision, an article, an instrument or an offence; and the tags there."""

    doc_id: str
    eid: str
    tags: list[Tag]
    offences: list[Offence] = field(default_factory=list)

    @property
    def concepts(self) -> set[str]:
        """Concepts tagged here, and conducts that the offence as a whole amounts to."""
        return {t.concept for t in self.tags} | {c for o in self.offences for c in o.conduct}

    @property
    def name(self) -> str:
        """`doc eid`."""
        return f"{self.doc_id} {self.eid}".strip()


@dataclass
class Finding:
    """Whether a condition holds, the places and tags that decide, and the nearest places that fall short."""

    holds: bool
    places: list[Place] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    near: list[tuple[Place, list[str]]] = field(default_factory=list)
    inherited: list[str] = field(default_factory=list)  # concepts that decide by reference to another provision


class Law:
    """One jurisdiction's law in force, arranged for questions."""

    def __init__(self, corpus: Corpus, links: link.Links, in_force: InForce, code: str) -> None:
        self.corpus = corpus
        self.code = code
        self.looked_for = load_pack(code).concepts() | DERIVED
        self.tags = [
            t
            for t in (*compare.in_force_tags(corpus, in_force), *_explained(corpus, in_force))
            if corpus.documents[t.doc_id].jurisdiction == code
        ]
        self.offences = [
            o for o in links.offences if o.in_force != "no" and corpus.documents[o.doc_id].jurisdiction == code
        ]
        self.sanctions_seen = compare.sanctions_seen(corpus, code)
        self.by_evidence = {t.evidence_id: t for ts in corpus.tags.values() for t in ts if t.concept}
        self._explaining = [t for t in self.tags if t.part == "elucidation"]
        self._administrative = compare.administratively_sanctioned(corpus, self.tags, links.citations)
        self._places: dict[str, list[Place]] = {}

    def places(self, within: str, offence: bool) -> list[Place]:
        """All places of a kind."""
        key = f"{within}:{offence}"
        if key not in self._places:
            self._places[key] = list(self._offence_places(within) if offence else self._tag_places(within))
        return self._places[key]

    def _tag_places(self, within: str) -> Iterator[Place]:
        grouped: dict[tuple[str, str], list[Tag]] = {}
        for tag in self.tags:
            if within == "instrument":
                grouped.setdefault((self.corpus.consolidated(tag.doc_id, tag.eid), ""), []).append(tag)
                continue
            unit = self.corpus.unit(tag.doc_id, tag.eid)
            if unit is None:
                continue  # a heading of a chapter is no provision
            eid = tag.eid if within in ("provision", "passage") else unit.eid
            grouped.setdefault((tag.doc_id, eid), []).append(tag)
        for (doc_id, eid), tags in grouped.items():
            yield Place(doc_id, eid, [*tags, *self._above(doc_id, eid, grouped)] if within == "passage" else tags)

    def _above(self, doc_id: str, eid: str, grouped: dict[tuple[str, str], list[Tag]]) -> Iterator[Tag]:
        """Tags in the opening words above a provision, up to its article."""
        unit = self.corpus.unit(doc_id, eid)
        for provision in list(self.corpus.ancestors(doc_id, eid))[1:] if unit and unit.eid != eid else []:
            yield from grouped.get((doc_id, provision.eid), [])
            if provision == unit:
                break

    def _offence_places(self, within: str) -> Iterator[Place]:
        grouped: dict[tuple[str, str], Place] = {}
        for offence in self.offences:
            unit = self.corpus.unit(offence.doc_id, offence.eid)
            key = (offence.doc_id, unit.eid if within == "article" and unit else offence.eid)
            if within == "instrument":
                key = (self.corpus.consolidated(offence.doc_id, offence.eid), "")
            place = grouped.setdefault(key, Place(*key, []))
            place.offences.append(offence)
            own = [self.by_evidence[i] for i in offence.evidence_ids if i in self.by_evidence]
            # What the elucidation says of the conduct bounds the offence (an exception for own use).
            around = {p.eid for p in self.corpus.ancestors(offence.doc_id, offence.eid)}
            around |= {p.eid for p in self.corpus.descendants(offence.doc_id, offence.eid)}
            own += [t for t in self._explaining if t.doc_id == offence.doc_id and t.eid in around]
            known = {t.evidence_id for t in place.tags}
            place.tags += {t.evidence_id: t for t in own if t.evidence_id not in known}.values()
        yield from grouped.values()

    # ------------------------------------------------------------------------------ conditions

    def test(self, condition: Condition) -> Finding:
        """Whether a condition holds for this law."""
        if condition.all or condition.any or condition.none:
            return self._combined(condition)
        found = Finding(False)
        deciding = []
        for place in self.places(condition.within, condition.offence):
            missing = self._missing(place, condition)
            if not missing:
                deciding.append(place)
            elif self._close(place, condition):
                found.near.append((place, missing))
        if condition.within == "passage" and not condition.offence:
            deciding = self._openings(deciding)
        for place in deciding:
            found.places += [place, *self._carrying(place, condition), *self._sanctioning(place, condition)]
            found.evidence += self.deciding(place, condition)
            found.inherited += _by_reference(place, condition)
        found.holds = bool(found.places)
        found.near.sort(key=lambda item: (len(item[1]), item[0].name))
        return found

    def _openings(self, places: list[Place]) -> list[Place]:
        """Passages that decide, without the points below opening words that decide alone: each would repeat them."""
        names = {(p.doc_id, p.eid) for p in places}
        return [
            p
            for p in places
            if not any((p.doc_id, above.eid) in names for above in list(self.corpus.ancestors(p.doc_id, p.eid))[1:])
        ]

    def _combined(self, condition: Condition) -> Finding:
        parts = [self.test(c) for c in (condition.all or condition.any or condition.none)]
        if condition.none:
            hit = [p for p in parts if p.holds]
            return Finding(
                not hit,
                near=[(place, ["it must not be there"]) for p in hit for place in p.places],
            )
        holds = all(p.holds for p in parts) if condition.all else any(p.holds for p in parts)
        return Finding(
            holds,
            [place for p in parts if p.holds for place in p.places],
            [e for p in parts if p.holds for e in p.evidence],
            sorted((n for p in parts if not p.holds for n in p.near), key=lambda item: (len(item[1]), item[0].name)),
            [i for p in parts if p.holds for i in p.inherited],
        )

    def unseen(self, condition: Condition) -> set[str]:
        """Concepts without a rule in the pack that the condition cannot be decided without; empty: it can be decided.

        Of alternatives, one that can be decided is enough; of `any_concepts`, as many as `min_any`; of a group of
        `any_of`, one. No offence can be told where no sanction is recognised in any law read. `not_concepts` and `none`
        ask for an absence; `unseen_absence` says where nobody looked.
        """
        if condition.any:
            parts = [self.unseen(c) for c in condition.any]
            return set() if not all(parts) else set().union(*parts)
        if condition.all:
            return set().union(*(self.unseen(c) for c in condition.all))
        if condition.none:
            return set()
        missing = {c for c in (*condition.concepts, *condition.title_concepts) if c not in self.looked_for}
        groups = [(condition.any_concepts, condition.min_any)] if condition.any_concepts else []
        groups += [(group, 1) for group in condition.any_of]
        if condition.victim == "child":
            groups.append((["victim.child"], 1))
        if condition.administrative_sanction:
            groups.append(([ADMINISTRATIVE], 1))
        if condition.child_age_below is not None:
            groups.append((["definition.child"], 1))
        if condition.offence and not self.sanctions_seen:
            missing.add(compare.SANCTION)
        for group, wanted in groups:
            if sum(c in self.looked_for for c in group) < wanted:
                missing |= {c for c in group if c not in self.looked_for}
        return missing

    def unseen_absence(self, condition: Condition) -> set[str]:
        """Concepts whose absence the condition asks for and that no rule of the pack looks for."""
        parts = (*condition.any, *condition.all)
        asked = {*condition.not_concepts, *(x for c in condition.none for x in c.concepts_used())}
        return {c for c in asked if c not in self.looked_for}.union(*(self.unseen_absence(c) for c in parts))

    def could(self, condition: Condition, concepts: set[str]) -> bool:
        """Whether a provision with just these concepts might meet the condition (its sanctions are left aside)."""
        if condition.any or condition.all:
            parts = [self.could(c, concepts) for c in (*condition.any, *condition.all)]
            return any(parts) if condition.any else all(parts)
        if condition.none or condition.title_concepts or condition.within == "instrument":
            return False
        groups = [[c] for c in condition.concepts] + condition.any_of + ([["victim.child"]] if condition.victim else [])
        hits = sum(c in concepts for c in condition.any_concepts)
        enough = hits >= (condition.min_any if condition.any_concepts else 0)
        asked = bool(groups or condition.any_concepts)
        return asked and enough and all(any(c in concepts for c in group) for group in groups)

    def _missing(self, place: Place, c: Condition) -> list[str]:
        """What a place lacks; [] when it satisfies the test."""
        concepts = place.concepts
        missing = [x for x in c.concepts if x not in concepts]
        hits = [x for x in c.any_concepts if x in concepts]
        if c.any_concepts and len(hits) < c.min_any:
            left = [x for x in c.any_concepts if x not in concepts]
            missing.append(f"{c.min_any - len(hits)} of {', '.join(left)}")
        missing += [f"one of {', '.join(g)}" for g in c.any_of if not any(x in concepts for x in g)]
        missing += [f"the absence of {x}" for x in c.not_concepts if x in concepts]
        if c.victim == "child" and not ("victim.child" in concepts or any(o.victim == "child" for o in place.offences)):
            missing.append("victim.child")
        if c.title_concepts:
            front = self._title(place)
            missing += [f"{x} in the title" for x in c.title_concepts if x not in front]
        if c.child_age_below is not None and self._child_age(place) < c.child_age_below:
            missing.append(f"a child defined as everybody below {c.child_age_below} years")
        if c.administrative_sanction and (place.doc_id, place.eid) not in self._administrative:
            unit = self.corpus.unit(place.doc_id, place.eid)
            if unit is None or (place.doc_id, unit.eid) not in self._administrative:
                missing.append("an administrative sanction")
        return missing + self._sanctions_missing(place, c)

    def _child_age(self, place: Place) -> int:
        """The age below which everybody is a child, by the definitions in a place; 0 where none gives it in years."""
        ages = [
            int(age.value.get("age_years") or 0)
            for t in place.tags
            if t.concept == "definition.child"
            for age in self.corpus.tags_at[t.doc_id, t.eid]
            if age.label == "AGE" and age.end > t.start
        ]
        return max(ages, default=0)

    def _title(self, place: Place) -> set[str]:
        """Concepts in the title of the act that holds a place, and of the law that it amends."""
        law = self.corpus.consolidated(place.doc_id, place.eid)
        return {t.concept for d in {place.doc_id, law} for t in self.corpus.title_tags(d)}

    def _sanctions_missing(self, place: Place, c: Condition) -> list[str]:
        """What is asked of the sanction and no offence of the place has; one offence must have it all."""
        asked = _asked(c)
        if not asked:
            return []
        offences = _of_conduct(place, c)
        if any(all(holds(o) for holds in asked.values()) for o in offences):
            return []
        missing = [words for words, holds in asked.items() if not any(holds(o) for o in offences)]
        return missing or ["one offence with " + " and ".join(asked)]

    def _sanctioning(self, place: Place, c: Condition) -> Iterator[Place]:
        """The units that set the sanction of the offence, or the one asked for, where they are not the place itself."""
        units: dict[tuple[str, str], list[Tag]] = {}
        if c.administrative_sanction:
            own = self.corpus.unit(place.doc_id, place.eid)
            for evidence_id in self._administrative.get((place.doc_id, own.eid if own else place.eid), []):
                if tag := self.by_evidence.get(evidence_id):
                    unit = self.corpus.unit(tag.doc_id, tag.eid)
                    units.setdefault((tag.doc_id, unit.eid if unit else tag.eid), []).append(tag)
        asked = _asked(c).values()
        fitting = [o for o in _of_conduct(place, c) if all(holds(o) for holds in asked)] if c.offence else []
        if not asked and fitting:  # of persons, and of the offence itself where it is not a graver form that is meant
            fitting = [o for o in fitting if o.victim == c.victim or not c.victim]
            least = min((_gravity(o) for o in fitting), default=None)
            fitting = [o for o in fitting if _gravity(o) == least]
        for name in (n for offence in fitting for n in offence.penalty_eids):
            doc_id, _, eid = name.partition(" ")
            unit = self.corpus.unit(doc_id, eid)
            units.setdefault((doc_id, unit.eid if unit else eid), [])
        for (doc_id, eid), tags in units.items():
            if place.eid and (doc_id, eid) != (place.doc_id, place.eid) and not place.eid.startswith(eid + "__"):
                yield Place(doc_id, eid, tags)

    def _carrying(self, place: Place, c: Condition) -> Iterator[Place]:
        """The units with the words that decide where they are not the place's own, as few as have them all.

        Of a whole instrument all that is asked; of an offence what only a reference brings.
        """
        left = {i.partition(" by ")[0] for i in _by_reference(place, c)} if place.eid else _wanted(c) & place.concepts
        held: dict[tuple[str, str], set[str]] = {}
        for tag in place.tags if left else []:
            unit = self.corpus.unit(tag.doc_id, tag.eid)
            if unit and not (place.eid and (tag.doc_id, unit.eid) == (place.doc_id, place.eid)):
                held.setdefault((tag.doc_id, unit.eid), set()).add(tag.concept)
        for offence in [] if place.eid else place.offences:
            if unit := self.corpus.unit(offence.doc_id, offence.eid):
                held.setdefault((offence.doc_id, unit.eid), set()).update(offence.conduct)
        while left and held:
            best = max(held, key=lambda unit: len(held[unit] & left))  # of equals, the first in the law
            if not held[best] & left:
                break
            left -= held[best]
            yield Place(*best, [])

    def _close(self, place: Place, c: Condition) -> bool:
        return not place.concepts.isdisjoint(_wanted(c))

    def deciding(self, place: Place, c: Condition) -> list[str]:
        """Evidence ids by which a place can be checked: one tag a concept, the sanction, a joining citation."""
        wanted = {*_wanted(c), *c.title_concepts, *(["victim.child"] if c.victim else [])}
        ids: dict[str, None] = {}
        seen: set[str] = set()
        for tag in place.tags:
            if tag.concept in wanted and tag.concept not in seen:
                seen.add(tag.concept)
                ids[tag.evidence_id] = None
        if c.offence:
            asked = _asked(c).values()
            fitting = [o for o in _of_conduct(place, c) if all(holds(o) for holds in asked)]
            for offence in (fitting or place.offences)[:1]:
                ids[offence.evidence_ids[0]] = None
        for entry in _by_reference(place, c):
            ids[entry.partition(" by ")[2]] = None
        if not ids:
            provision = self.corpus.by_eid.get((place.doc_id, place.eid))
            if provision is not None:
                ids[compare.provision_evidence(provision)] = None
        return list(ids)


def _wanted(c: Condition) -> set[str]:
    """Concepts that a condition asks a place to have, of alternatives each."""
    return {*c.concepts, *c.any_concepts, *(x for g in c.any_of for x in g)}


def _fined(o: Offence) -> bool:
    amounts = (o.fine_min, o.fine_max, o.fine_min_percent, o.fine_max_percent)
    return bool(o.currency or o.fine_category_max or any(amounts))


def _asked(c: Condition) -> dict[str, OffenceTest]:
    """What a condition asks of a sanction: how a reader would put it → test of an offence."""
    asked: dict[str, OffenceTest] = {}
    longest, shortest, life = c.prison_max_months_at_least, c.prison_min_months_at_least, c.life_possible
    if longest is not None:
        asked[f"a maximum of at least {longest} months"] = lambda o: o.life or (o.prison_max_months or 0) >= longest
    if shortest is not None:
        asked[f"a minimum of at least {shortest} months"] = lambda o: (o.prison_min_months or 0) >= shortest
    if life is not None:
        asked["life imprisonment" if life else "no life imprisonment"] = lambda o: o.life is life
    if c.fine_possible:
        asked["a fine"] = _fined
    if c.fine_required:
        asked["a fine beside imprisonment"] = lambda o: o.conjunction == "and"
    if c.subject:
        asked[f"a sanction for a {c.subject}"] = lambda o: o.subject == c.subject
    return asked


def _gravity(offence: Offence) -> tuple[bool, bool]:
    return offence.subject != "person", bool(offence.aggravations)


def _of_conduct(place: Place, c: Condition) -> list[Offence]:
    """The offences of a place that have the conduct asked for; in an instrument or article others stand beside them."""
    wanted = [x for x in c.concepts if x.startswith(OF_AN_OFFENCE)]
    either = [x for x in c.any_concepts if x.startswith(OF_AN_OFFENCE)]

    def fits(offence: Offence) -> bool:
        has = {*offence.conduct, *offence.elements}
        return all(x in has for x in wanted) and (not either or any(x in has for x in either))

    return [o for o in place.offences if fits(o)] or (place.offences if not (wanted or either) else [])


def _by_reference(place: Place, c: Condition) -> list[str]:
    """`concept by citation` of the wanted concepts that only a reference to another provision brings."""
    if not place.eid:
        return []  # an instrument holds both provisions
    wanted = _wanted(c)
    brought = [i for o in place.offences for i in o.inherited if i.partition(" by ")[0] in wanted]
    own = {
        t.concept
        for t in place.tags
        if t.doc_id == place.doc_id and (t.eid == place.eid or t.eid.startswith(place.eid + "__"))
    }
    return list(dict.fromkeys(i for i in brought if i.partition(" by ")[0] not in own))


def _explained(corpus: Corpus, in_force: InForce) -> Iterator[Tag]:
    """Definitions and rules that an elucidation gives, at the provision that it explains, while that applied.

    The elucidation is the legislator's own reading of the words (UU 12/2011, annex II, nos. 176-178) and makes no rule
    of its own: acts, means, duties and sanctions in it are not read, nor what it says of the law in general.
    """
    for doc_id, tags in corpus.tags.items():
        if corpus.documents[doc_id].kind not in LAWS:
            continue
        for tag in tags:
            if tag.part != "elucidation" or not tag.concept.startswith(("definition.", "rule.")):
                continue
            eid = tag.eid.removeprefix("elucidation__")
            while eid and (doc_id, eid) not in corpus.by_eid:
                eid = eid.rpartition("__")[0]
            if eid and in_force(doc_id, eid) != "no":
                yield replace(tag, eid=eid)


def unique(places: Iterable[Place]) -> list[Place]:
    """Places, each once."""
    return list({p.name: p for p in places}.values())
