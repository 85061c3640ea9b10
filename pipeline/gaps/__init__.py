"""Stage 6: law × benchmarks → what is met, partial, not found, not assessed.

Reads   processed/1-text … 4-links, pipeline/benchmarks/*.yaml, raw/<code>/sources.yaml (laws known to be absent),
        raw/<code>/reviews.yaml (if there is one).
Writes  processed/6-gaps/gaps.csv, changes_in_time.csv and evidence.csv.
A status is computed from conditions over concepts, offences and sanctions that apply on params.as_of. The law is
called silent only where an expert's review says so.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import Field

from pipeline import compare, link, records
from pipeline.corpus import LAWS, Corpus
from pipeline.gaps.changes import changes
from pipeline.gaps.conditions import Finding, Law, Place, unique
from pipeline.gaps.editions import Difference, differences
from pipeline.gaps.reviews import Review, load_reviews, standing, text_sha
from pipeline.link.redate import redated
from pipeline.link.time import InForce
from pipeline.records import Column, TableSchema
from pipeline.sources import Absent, load_sources
from pipeline.standards import Condition, Indicator, benchmarks
from pipeline.vocabulary import vocabulary
from pipeline.yamls import Strict, validated

__all__ = ["SCHEMA", "STATUSES", "Difference", "Law", "differences", "load_reviews", "run"]

MET, PARTIAL, NOT_FOUND, SILENT, NOT_ASSESSED = "met", "partial", "not_found", "law_silent", "not_assessed"
STATUSES = (MET, PARTIAL, NOT_FOUND, SILENT, NOT_ASSESSED)

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
            "met, partial, not_found, law_silent (an expert's review says so), not_assessed (no rule looks for it, "
            "the article that a passage points to is not in the edition, or a law known to deal with it is absent)",
        ),
        Column("computed_status", "string", "the status without any review"),
        Column("severity", "string", "high, medium, low: how much a gap matters"),
        Column("provisions", "list", "provisions that decide it"),
        Column(
            "inherited", "list", "of these, what decides by reference: provision: concept by citation (evidence id)"
        ),
        Column("why", "string", "what decided, or what was missing"),
        Column("searched", "string", "what was read before saying that nothing was found"),
        Column("nearest", "list", "nearest provisions that do not satisfy it"),
        Column("nearest_lacks", "list", "what each of them lacks, in the same order"),
        Column("closes", "string", "what would close it, by reference (from the benchmark)"),
        Column("closed_by", "list", "provisions elsewhere that do: of the standard, and of other jurisdictions"),
        Column("closed_by_evidence_ids", "list", "keys of evidence.csv for these, separated by ;"),
        Column("reviewed_by", "string", "who reviewed it, and when"),
        Column("review", "string", "confirmed, overridden, stale_text (the words changed), stale_age; empty: none"),
        Column("provision_sha", "string", "names the words under the status, for a review to record"),
        Column("as_of", "date", "day of the analysis"),
        Column("evidence_ids", "list", records.COMMON["evidence_ids"]),
    ),
    ("jurisdiction", "indicator"),
)


class Params(Strict):
    """`gaps:` of params.yaml."""

    nearest: int = Field(ge=0)
    review_stale_after_months: int = Field(ge=1)


def run(
    raw: Path, text: Path, provisions: Path, tags: Path, links_folder: Path, out: Path, params: dict[str, Any]
) -> None:
    """Put every indicator to every jurisdiction; write into `out` (a new folder).

    Raises:
        PackError: params.yaml, a benchmark, sources.yaml or a review is invalid.
    """
    settings = validated(Params, params["gaps"], Path("params.yaml"), "gaps")
    dates = [d.isoformat() for d in compare.compare_params(params).dates]
    corpus = Corpus(text, provisions, tags)
    links = link.load(links_folder, corpus)
    rows = assess(raw, corpus, links, params["as_of"], settings)
    on = {day: redated(corpus, links, day) for day in dates}
    then = {day: rows if day == params["as_of"] else assess(raw, corpus, on[day], day, settings) for day in dates}
    absent = {code: load_sources(raw / code).known_absent for code in compare.jurisdictions(corpus)}
    changed = changes(
        corpus, (dates[0], dates[1]), (on[dates[0]], on[dates[1]]), (then[dates[0]], then[dates[1]]), absent
    )
    with records.whole_folder(out) as fresh:
        records.write_csv(fresh / "gaps.csv", SCHEMA, rows)
        records.write_csv(fresh / "changes_in_time.csv", compare.SCHEMAS["changes_in_time"], changed)
        ids = [i for row in rows for name in ("evidence_ids", "closed_by_evidence_ids") for i in row[name]]
        ids += [entry.partition(" by ")[2] for row in rows for entry in row["inherited"]]
        ids += [i for row in changed for i in row["evidence_ids"]]
        records.write_csv(fresh / "evidence.csv", compare.SCHEMAS["evidence"], compare.evidence(corpus, ids))


def assess(raw: Path, corpus: Corpus, links: link.Links, as_of: str, settings: Params) -> list[dict[str, Any]]:
    """Rows of gaps.csv: every indicator × jurisdiction, by the law that applied on `as_of` (`links` are of that day).

    Raises:
        PackError: a benchmark, sources.yaml or a review is invalid.
    """
    in_force = InForce(corpus, links.versions)
    by_code: dict[str, list[dict[str, Any]]] = {}
    for code in compare.jurisdictions(corpus):
        assessor = _Assessor(raw / code, corpus, links, Law(corpus, links, in_force, code), as_of, settings)
        by_code[code] = [assessor.row(b.id, indicator) for b in benchmarks() for indicator in b.indicators]
    rows: list[dict[str, Any]] = []
    for same in zip(*by_code.values(), strict=True):
        for row in same:
            _close(corpus, row, [other for other in same if other is not row])
            rows.append(row)
    return rows


class _Assessor:
    """Puts indicators to one jurisdiction's law."""

    def __init__(self, raw: Path, corpus: Corpus, links: link.Links, law: Law, as_of: str, settings: Params) -> None:
        self.corpus = corpus
        self.law = law
        self.as_of = as_of
        self.settings = settings
        self.reviews: dict[str, Review] = load_reviews(raw / "reviews.yaml")
        absent = load_sources(raw).known_absent
        self.absent = [a for a in absent if a.applies(as_of)]
        self.searched = _searched(corpus, law.code, self.absent)
        self.omitted: dict[
            str, list[tuple[str, str]]
        ] = {}  # doc → (provision that cites, article of it that is not there)
        for c in links.citations:
            same = c.target_doc in corpus.documents and corpus.consolidated(c.doc_id) == corpus.consolidated(
                c.target_doc
            )
            if same and c.status in ("omitted", "dangling"):
                self.omitted.setdefault(c.doc_id, []).append((c.eid, f"{c.target_doc} {c.target_as_cited}"))

    def row(self, benchmark: str, indicator: Indicator) -> dict[str, Any]:
        """The row of gaps.csv for an indicator, without what other jurisdictions have (`_close` adds it)."""
        met = self.law.test(indicator.met)
        finding, state = met, MET if met.holds else NOT_FOUND
        if not met.holds and indicator.partial is not None:
            partial = self.law.test(indicator.partial)
            if partial.holds:
                finding, state = partial, PARTIAL
        unseen = sorted(self.law.unseen(indicator.met))
        # Where a condition holds in part, first of all why the places that decide the part do not hold it whole.
        weaker = {p.name for p in finding.places} if state == PARTIAL else set()
        ranked = sorted(met.near, key=lambda item: item[0].name not in weaker)
        near: dict[str, tuple[Place, list[str]]] = {}
        for place, missing in ranked:
            near.setdefault(place.name, (place, missing))
        nearest = list(near.values())[: self.settings.nearest]
        elsewhere = [a.title for a in self.absent if self.law.could(indicator.met, set(a.concepts))]
        unread = self._unread(nearest) if state == NOT_FOUND and not unseen else ""
        if state == NOT_FOUND and not unseen and elsewhere:
            unread = f"Not in the corpus: {', '.join(elsewhere)}, which is known to deal with it."
        if state == NOT_FOUND and (unseen or unread):
            state = NOT_ASSESSED
        decided = unique(finding.places) if state in (MET, PARTIAL) else []
        under = decided or [place for place, _ in nearest]
        sha = text_sha(self._words(under))
        review = self.reviews.get(indicator.id)
        stands = standing(review, state, sha, self.as_of, self.settings.review_stale_after_months)
        why = unread or _why(state, nearest, met, unseen)
        if inherited := _inherited_words(finding):
            why += f" By reference: {inherited}."
        if state == PARTIAL and elsewhere:
            why += f" Not in the corpus: {', '.join(elsewhere)}, which is known to deal with it."
        if state == MET and (absent := sorted(self.law.unseen_absence(indicator.met))):
            why += f" No rule of the pack looks for {named(', '.join(absent))}, which must be absent."
        return {
            "jurisdiction": self.law.code,
            "benchmark": benchmark,
            "indicator": indicator.id,
            "question": indicator.question,
            "source": indicator.source,
            "status": stands.status,
            "computed_status": state,
            "severity": indicator.severity,
            "provisions": [p.name for p in decided],
            "inherited": list(dict.fromkeys(finding.inherited)),
            "why": " ".join(filter(None, (why, stands.note))),
            "searched": self.searched,
            "nearest": [] if state == MET else [place.name for place, _ in nearest],
            "nearest_lacks": [] if state == MET else [named(", ".join(missing)) for _, missing in nearest],
            "closes": indicator.closes,
            "closed_by": [],
            "closed_by_evidence_ids": [],
            "reviewed_by": f"{review.who}, {review.when.isoformat()}" if review else "",
            "review": stands.state,
            "provision_sha": sha,
            "as_of": self.as_of,
            "evidence_ids": list(dict.fromkeys(finding.evidence))
            or [i for p, _ in nearest for i in self.law.deciding(p, _first_test(indicator.met))],
        }

    def _words(self, places: list[Place]) -> list[str]:
        """The words of places; of an instrument, and where there is no place at all, the hashes of the files read."""
        texts = []
        for place in places:
            provision = self.corpus.by_eid.get((place.doc_id, place.eid))
            if provision is not None:
                texts.append(self.corpus.words(provision))
            else:
                texts += [
                    d.sha256
                    for d in self.corpus.documents.values()
                    if self.corpus.consolidated(d.doc_id) == place.doc_id
                ]
        return texts or [d.sha256 for d in self.corpus.documents.values() if d.jurisdiction == self.law.code]

    def _unread(self, nearest: list[tuple[Place, list[str]]]) -> str:
        """Why a passage that comes near cannot be judged: it points to an article of its own law that is not there."""
        for place, missing in nearest:
            if len(missing) > 1:
                continue  # not near enough for one article to matter
            for eid, article in self.omitted.get(place.doc_id, []):
                if place.eid and (eid == place.eid or eid.startswith(place.eid + "__")):
                    return f"{place.name} points to {article}, which is not in the edition read."
        return ""


def _first_test(condition: Condition) -> Condition:
    for part in (*condition.all, *condition.any):
        return _first_test(part)
    return condition


def _why(state: str, nearest: list[tuple[Place, list[str]]], met: Finding, unseen: list[str]) -> str:
    if state == MET:
        return f"{len(unique(met.places))} provision(s) decide it."
    if state == NOT_ASSESSED:
        return f"No rule of the pack looks for {named(', '.join(unseen))}."
    if not nearest and not met.near:
        return (
            "Nothing in the texts read comes near it."
            if state == NOT_FOUND
            else "Only the weaker condition holds: no place in the texts read has what the full one asks for."
        )
    place, missing = (nearest or met.near)[0]
    lead = "Only the weaker condition holds; n" if state == PARTIAL else "N"
    blind = f" (No rule of the pack looks for {named(', '.join(unseen))}.)" if unseen else ""
    return f"{lead}earest is {place.name}, which lacks {named('; '.join(missing))}.{blind}"


def _inherited_words(finding: Finding) -> str:
    """`“Child sexual abuse material” through id-uu-44-2008@…, …`: what decides only because another place is named."""
    through: dict[str, dict[str, None]] = {}
    for entry in finding.inherited:
        concept, _, by = entry.partition(" by ")
        through.setdefault(concept, {})[by.split("~")[0]] = None
    return "; ".join(f"{named(concept)} through {', '.join(places)}" for concept, places in through.items())


def named(text: str) -> str:
    """Keys of concepts in a reason → their preferred terms in quotation marks, as a reader of the report knows them."""
    terms = vocabulary()
    return re.sub(r"\b[a-z]+\.[a-z_]+\b", lambda m: f"“{terms[m[0]].label}”" if m[0] in terms else m[0], text)


def _searched(corpus: Corpus, code: str, absent: list[Absent]) -> str:
    documents = [d for d in corpus.documents.values() if d.jurisdiction == code and d.kind in LAWS]
    kinds = {d.doc_id: corpus.unit_kinds(d.doc_id) for d in documents}
    units = sum(
        1
        for d in documents
        for p in corpus.provisions[d.doc_id]
        if p.kind in kinds[d.doc_id] and p.part in ("body", "quoted")
    )
    left_out = sum(len(corpus.omitted[d.doc_id]) for d in documents)
    known = f"; known to matter and not in the corpus: {', '.join(a.title for a in absent)}" if absent else ""
    return f"{len(documents)} instruments, {units} articles and sections read, {left_out} left out and not read{known}"


def _close(corpus: Corpus, row: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """Adds what would close a gap: the provision of the standard, and those by which other jurisdictions meet it."""
    if row["status"] == MET:
        return
    source = row["source"].split(" ")
    if source[0] in corpus.documents:
        row["closed_by"].append(row["source"])
        provision = corpus.by_eid.get((source[0], source[-1]))
        if provision is not None:
            row["closed_by_evidence_ids"].append(compare.provision_evidence(provision))
    for other in others:
        if other["status"] == MET and other["computed_status"] == MET:
            row["closed_by"] += other["provisions"][:3]
            docs = {p.split(" ")[0] for p in other["provisions"][:3]}
            row["closed_by_evidence_ids"] += [
                i for i in other["evidence_ids"] if {d := i.split("@")[0], corpus.consolidated(d)} & docs
            ]
