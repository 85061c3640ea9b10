"""Stage 6: law × benchmarks → what is met, partial, not found, not assessed.

Reads   processed/1-text … 4-links, pipeline/benchmarks/*.yaml, raw/<code>/reviews.yaml (if there is one).
Writes  processed/6-gaps/gaps.csv and evidence.csv.
A status is computed from conditions over concepts, offences and sanctions that apply on params.as_of. The law is
called silent only where an expert's review says so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from pipeline import compare, link, records
from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import InForce
from pipeline.packs import Condition, Indicator, PackError, Strict, benchmarks, load_pack, vocabulary
from pipeline.records import Column, Offence, TableSchema, Tag

MET, PARTIAL, NOT_FOUND, SILENT, NOT_ASSESSED = "met", "partial", "not_found", "law_silent", "not_assessed"

SCHEMA = TableSchema(
    "gaps",
    "Regulatory gaps",
    (
        Column("jurisdiction", "string", "code of the pack"),
        Column("benchmark", "string", "standard (pipeline/benchmarks)"),
        Column("indicator", "string", "question of the standard, by id"),
        Column("question", "string", "the question"),
        Column("source", "string", "provision of the standard that asks for it"),
        Column(
            "status",
            "string",
            "met, partial, not_found, law_silent (an expert's review says so), not_assessed (no rule looks for it)",
        ),
        Column("severity", "string", "high, medium, low: how much a gap matters"),
        Column("provisions", "list", "provisions that decide it"),
        Column("why", "string", "what decided, or what was missing"),
        Column("searched", "string", "what was read before saying that nothing was found"),
        Column("nearest", "list", "nearest provisions that do not satisfy it"),
        Column("closed_by", "list", "provisions elsewhere that do: of the standard, and of other jurisdictions"),
        Column("reviewed_by", "string", "who reviewed it, and when"),
        Column("as_of", "date", "day of the analysis"),
        Column("evidence_ids", "list", records.COMMON["evidence_ids"]),
    ),
    ("jurisdiction", "indicator"),
)


class Review(Strict):
    """An expert's word on one indicator for one jurisdiction."""

    indicator: str
    who: str
    when: datetime.date
    verdict: Literal["met", "partial", "not_found", "law_silent"]
    reason: str


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


class Law:
    """One jurisdiction's law in force, arranged for questions."""

    def __init__(self, corpus: Corpus, links: link.Links, in_force: InForce, code: str) -> None:
        self.corpus = corpus
        self.code = code
        self.tags = [
            t
            for t in (*compare.in_force_tags(corpus, in_force), *_explained(corpus, in_force))
            if corpus.documents[t.doc_id].jurisdiction == code
        ]
        self.offences = [
            o for o in links.offences if o.in_force != "no" and corpus.documents[o.doc_id].jurisdiction == code
        ]
        self.by_evidence = {t.evidence_id: t for ts in corpus.tags.values() for t in ts if t.concept}
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
            unit = self.corpus.unit(tag.doc_id, tag.eid)
            if unit is None and within != "instrument":
                continue  # a heading of a chapter is no provision
            eid = tag.eid if within == "provision" else "" if within == "instrument" or unit is None else unit.eid
            grouped.setdefault((tag.doc_id, eid), []).append(tag)
        for (doc_id, eid), tags in grouped.items():
            yield Place(doc_id, eid, tags)

    def _offence_places(self, within: str) -> Iterator[Place]:
        grouped: dict[tuple[str, str], Place] = {}
        for offence in self.offences:
            unit = self.corpus.unit(offence.doc_id, offence.eid)
            wide = within == "article" and unit is not None
            eid = unit.eid if wide and unit else "" if within == "instrument" else offence.eid
            place = grouped.setdefault((offence.doc_id, eid), Place(offence.doc_id, eid, []))
            place.offences.append(offence)
            known = {t.evidence_id for t in place.tags}
            place.tags += [
                self.by_evidence[i] for i in offence.evidence_ids if i in self.by_evidence and i not in known
            ]
        yield from grouped.values()

    # ------------------------------------------------------------------------------ conditions

    def test(self, condition: Condition) -> Finding:
        """Whether a condition holds for this law."""
        if condition.all or condition.any or condition.none:
            return self._combined(condition)
        found = Finding(False)
        for place in self.places(condition.within, condition.offence):
            missing = self._missing(place, condition)
            if not missing:
                found.places.append(place)
                found.evidence += self._deciding(place, condition)
            elif self._close(place, condition):
                found.near.append((place, missing))
        found.holds = bool(found.places)
        found.near.sort(key=lambda item: (len(item[1]), item[0].name))
        return found

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
            [n for p in parts if not p.holds for n in p.near],
        )

    def _missing(self, place: Place, c: Condition) -> list[str]:
        """What a place lacks; [] when it satisfies the test."""
        concepts = place.concepts
        missing = [x for x in c.concepts if x not in concepts]
        hits = [x for x in c.any_concepts if x in concepts]
        if c.any_concepts and len(hits) < c.min_any:
            left = [x for x in c.any_concepts if x not in concepts]
            missing.append(f"{c.min_any - len(hits)} of {', '.join(left)}")
        missing += [f"the absence of {x}" for x in c.not_concepts if x in concepts]
        if c.victim == "child" and not ("victim.child" in concepts or any(o.victim == "child" for o in place.offences)):
            missing.append("victim.child")
        if c.title_concepts:
            front = {t.concept for t in self.corpus.tags[place.doc_id] if t.part == "front"}
            missing += [f"{x} in the title" for x in c.title_concepts if x not in front]
        return missing + self._sanctions_missing(place, c)

    def _sanctions_missing(self, place: Place, c: Condition) -> list[str]:
        offences = place.offences
        missing = []
        months = c.prison_max_months_at_least
        if months is not None and not any(o.life or (o.prison_max_months or 0) >= months for o in offences):
            missing.append(f"a maximum of at least {months} months")
        if c.life_possible is not None and not any(o.life is c.life_possible for o in offences):
            missing.append("life imprisonment" if c.life_possible else "no life imprisonment")
        if c.fine_required and not any(o.conjunction == "and" for o in offences):
            missing.append("a fine beside imprisonment")
        if c.subject and not any(o.subject == c.subject for o in offences):
            missing.append(f"a sanction for a {c.subject}")
        return missing

    def _close(self, place: Place, c: Condition) -> bool:
        wanted = [*c.concepts, *c.any_concepts]
        return any(x in place.concepts for x in wanted)

    def _deciding(self, place: Place, c: Condition) -> list[str]:
        wanted = {*c.concepts, *c.any_concepts, *c.title_concepts, *(["victim.child"] if c.victim else [])}
        ids: dict[str, None] = {}
        seen: set[str] = set()
        for tag in place.tags:
            # One tag a concept is enough to check it by.
            if tag.concept in wanted and tag.concept not in seen:
                seen.add(tag.concept)
                ids[tag.evidence_id] = None
        if c.offence:
            for offence in place.offences[:1]:
                ids[offence.evidence_ids[0]] = None
        if not ids:
            provision = self.corpus.by_eid.get((place.doc_id, place.eid))
            if provision is not None:
                ids[compare.provision_evidence(provision)] = None
        return list(ids)


def run(
    raw: Path, text: Path, provisions: Path, tags: Path, links_folder: Path, out: Path, params: dict[str, Any]
) -> None:
    """Put every indicator to every jurisdiction; write into `out` (a new folder)."""
    corpus = Corpus(text, provisions, tags)
    links = link.load(links_folder)
    in_force = InForce(corpus, links.versions)
    codes = compare.jurisdictions(corpus)
    laws = {code: Law(corpus, links, in_force, code) for code in codes}
    reviews = {code: load_reviews(raw / code / "reviews.yaml") for code in codes}
    rows = [
        _row(corpus, laws[code], benchmark.id, indicator, reviews[code], params)
        for benchmark in benchmarks()
        for indicator in benchmark.indicators
        for code in codes
    ]
    for row in rows:
        row["closed_by"] = _closed_by(corpus, row, rows)
    with records.whole_folder(out) as fresh:
        records.write_csv(fresh / "gaps.csv", SCHEMA, rows)
        ids = [i for row in rows for i in row["evidence_ids"]]
        records.write_csv(fresh / "evidence.csv", compare.SCHEMAS["evidence"], compare.evidence(corpus, ids))


def load_reviews(file: Path) -> dict[str, Review]:
    """Reviews of a jurisdiction by indicator; {} where no expert has written any.

    Raises:
        PackError: the file is invalid.
    """
    if not file.is_file():
        return {}
    try:
        entries = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("reviews") or []
        found = [Review.model_validate(e) for e in entries]
    except (ValidationError, yaml.YAMLError, AttributeError) as error:
        raise PackError(f"{file}: {error}; each review has indicator, who, when, verdict, reason") from error
    return {r.indicator: r for r in found}


def _row(
    corpus: Corpus, law: Law, benchmark: str, indicator: Indicator, reviews: dict[str, Review], params: dict[str, Any]
) -> dict[str, Any]:
    met = law.test(indicator.met)
    finding, state = met, MET if met.holds else NOT_FOUND
    if not met.holds and indicator.partial is not None:
        partial = law.test(indicator.partial)
        if partial.holds:
            finding, state = partial, PARTIAL
    unseen = sorted(c for c in indicator.met.concepts_used() if c not in _looked_for(law))
    if state == NOT_FOUND and unseen:
        state = NOT_ASSESSED
    nearest = _unique(place for place, _ in met.near)[: params["gaps"]["nearest"]]
    review = reviews.get(indicator.id)
    return {
        "jurisdiction": law.code,
        "benchmark": benchmark,
        "indicator": indicator.id,
        "question": indicator.question,
        "source": indicator.source,
        "status": review.verdict if review else state,
        "severity": indicator.severity,
        "provisions": list(dict.fromkeys(p.name for p in finding.places)) if state in (MET, PARTIAL) else [],
        "why": _why(state, met, unseen) + (f" Review: {review.reason}" if review else ""),
        "searched": _searched(corpus, law),
        "nearest": [] if state == MET else [p.name for p in nearest],
        "closed_by": [],
        "reviewed_by": f"{review.who}, {review.when.isoformat()}" if review else "",
        "as_of": params["as_of"],
        "evidence_ids": list(dict.fromkeys(finding.evidence))
        or [i for p in nearest for i in law._deciding(p, _first_test(indicator.met))],
    }


def _looked_for(law: Law) -> set[str]:
    return load_pack(law.code).concepts() | {"conduct.trafficking"}


def _first_test(condition: Condition) -> Condition:
    for part in (*condition.all, *condition.any):
        return _first_test(part)
    return condition


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


def _unique(places: Iterable[Place]) -> list[Place]:
    return list({p.name: p for p in places}.values())


def _why(state: str, met: Finding, unseen: list[str]) -> str:
    if state == MET:
        return f"{len(_unique(met.places))} provision(s) satisfy it."
    if state == NOT_ASSESSED:
        return f"No rule of the pack looks for {_quoted(', '.join(unseen))}."
    if not met.near:
        return (
            "Nothing in the texts read comes near it."
            if state == NOT_FOUND
            else "Only the weaker condition holds: no place in the texts read has what the full one asks for."
        )
    place, missing = met.near[0]
    lead = "Only the weaker condition holds; n" if state == PARTIAL else "N"
    return f"{lead}earest is {place.name}, which lacks {_quoted('; '.join(missing))}."


def _quoted(text: str) -> str:
    """Keys of concepts in a reason → their preferred terms in quotation marks, as a reader of the report knows them."""
    terms = vocabulary()
    return re.sub(r"\b[a-z]+\.[a-z_]+\b", lambda m: f"“{terms[m[0]].label}”" if m[0] in terms else m[0], text)


def _searched(corpus: Corpus, law: Law) -> str:
    documents = [d for d in corpus.documents.values() if d.jurisdiction == law.code and d.kind in LAWS]
    kinds = {d.doc_id: corpus.unit_kinds(d.doc_id) for d in documents}
    units = sum(
        1
        for d in documents
        for p in corpus.provisions[d.doc_id]
        if p.kind in kinds[d.doc_id] and p.part in ("body", "quoted")
    )
    left_out = sum(len(corpus.omitted[d.doc_id]) for d in documents)
    return f"{len(documents)} instruments, {units} articles and sections read, {left_out} left out and not read"


def _closed_by(corpus: Corpus, row: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    if row["status"] == MET:
        return []
    source = row["source"].split(" ")
    standard = [row["source"]] if source[0] in corpus.documents else []
    others = [
        p
        for other in rows
        if other["indicator"] == row["indicator"]
        and other["jurisdiction"] != row["jurisdiction"]
        and other["status"] == MET
        for p in other["provisions"][:3]
    ]
    return standard + others
