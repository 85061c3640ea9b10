"""Conditions of the benchmarks, and what an elucidation adds to the provision that it explains."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import compare, link
from pipeline.corpus import Corpus
from pipeline.gaps import Law
from pipeline.link.time import InForce
from pipeline.standards import Condition, benchmarks
from tests.conftest import Run, params


@pytest.fixture
def corpus(shipped: Run) -> Corpus:
    """The shipped corpus, read anew so that a test may change it."""
    return Corpus(*(shipped.processed / name for name in ("1-text", "2-provisions", "3-tags")))


def _law(corpus: Corpus, shipped: Run, links_folder: Path | None = None) -> Law:
    links = link.load(links_folder or shipped.processed / "4-links")
    return Law(corpus, links, InForce(corpus, links.versions), "id")


DEFINED = Condition(concepts=["definition.child_pornography"], within="article")


def test_a_definition_in_an_elucidation_stands_at_its_article(corpus: Corpus, shipped: Run) -> None:
    """The Pornography Law defines child pornography only in the elucidation of article 4(1)(f)."""
    found = _law(corpus, shipped).test(DEFINED)
    assert [p.name for p in found.places] == ["id-uu-44-2008 art_4"]
    cited = {t.evidence_id: t.part for t in corpus.tags["id-uu-44-2008"]}
    assert [cited[e] for e in found.evidence] == ["elucidation"]


def test_without_the_elucidation_it_is_not_found(corpus: Corpus, shipped: Run) -> None:
    """Taking the words away takes the finding away."""
    corpus.tags["id-uu-44-2008"] = [t for t in corpus.tags["id-uu-44-2008"] if t.part != "elucidation"]
    assert not _law(corpus, shipped).test(DEFINED).holds


def test_an_elucidation_applies_when_its_article_does(corpus: Corpus, shipped: Run, tmp_path: Path) -> None:
    """Article 407 of the Code of 2023 excludes own use in its elucidation, from 2 January 2026 only."""
    own_use = Condition(concepts=["rule.own_use_excluded"], within="article")
    before = {p.doc_id for p in _law(corpus, shipped).test(own_use).places}
    text, provisions, tags = (shipped.processed / name for name in ("1-text", "2-provisions", "3-tags"))
    link.run(text, provisions, tags, tmp_path / "links", "2026-01-02")
    after = {p.doc_id for p in _law(corpus, shipped, tmp_path / "links").test(own_use).places}
    assert "id-uu-1-2023" not in before
    assert "id-uu-1-2023" in after


def test_an_elucidation_creates_no_conduct(corpus: Corpus, shipped: Run) -> None:
    """Only definitions and rules are read there."""
    law = _law(corpus, shipped)
    parts = {t.evidence_id: t.part for tags in corpus.tags.values() for t in tags}
    assert {t.concept.split(".")[0] for t in law.tags if parts[t.evidence_id] == "elucidation"} <= {
        "definition",
        "rule",
    }


@pytest.mark.parametrize("indicator", ["palermo-3c-no-means-for-child", "icmec-4-possession", "un-15-grooming"])
def test_a_condition_of_the_vocabulary_alone_decides(corpus: Corpus, shipped: Run, indicator: str) -> None:
    """Without a single tag no indicator is met: nothing is typed in."""
    condition = next(i.met for b in benchmarks() for i in b.indicators if i.id == indicator)
    for doc_id, tags in corpus.tags.items():
        corpus.tags[doc_id] = [replace(t, concept="") for t in tags]
    links = link.load(shipped.processed / "4-links")
    links.offences.clear()
    assert not Law(corpus, links, InForce(corpus, links.versions), "id").test(condition).holds


def test_without_a_sanction_in_any_law_no_offence_is_called_not_found(corpus: Corpus, shipped: Run) -> None:
    """The rules do not fit the laws then; what asks for no offence is answered as before."""
    for doc_id, tags in corpus.tags.items():
        corpus.tags[doc_id] = [t for t in tags if t.label != "PENALTY"]
    links = link.load(shipped.processed / "4-links")
    links.offences.clear()
    in_force = InForce(corpus, links.versions)
    offence = Condition(offence=True, concepts=["conduct.csam_possession"])
    duty = Condition(concepts=["duty.report"])
    law = Law(corpus, links, in_force, "id")
    assert law.unseen(offence) == {compare.SANCTION}
    assert not law.unseen(duty)
    assert not law.unseen(Condition(any=[offence, duty])), "an alternative that can be decided is enough"
    money = compare.Money(compare.compare_params(params()))
    matrix = compare.conduct_matrix(corpus, links, money, in_force, {}, "2025-12-11")
    assert {r["status"] for r in matrix} <= {"not assessed", "not looked for"}
    named = next(r for r in matrix if (r["concept"], r["jurisdiction"]) == ("conduct.csam", "ph"))
    assert named["why"] == "No rule of the pack looks for a sanction as these laws write it."
    assert named["nearest"], "where the law names it is still said"


def test_reasons_name_concepts_as_a_reader_knows_them(shipped: Run) -> None:
    """Preferred terms of the vocabulary, not its keys."""
    reasons = " ".join(row["why"] for row in shipped.table("gaps"))
    assert "“Grooming or solicitation of a child”" in reasons
    assert not re.search(r"\b(?:conduct|duty|actor|victim|definition)\.[a-z_]+", reasons)


def test_every_indicator_names_a_provision_that_the_standard_has(corpus: Corpus) -> None:
    """`source` is a document and an eid, or a publication that is no document here."""
    for benchmark in benchmarks():
        for indicator in benchmark.indicators:
            doc_id, _, eid = indicator.source.partition(" ")
            if doc_id in corpus.documents:
                assert (doc_id, eid) in corpus.by_eid, indicator.id
            else:
                assert " " in indicator.source, indicator.id


def test_every_indicator_says_what_would_close_it() -> None:
    """A gap without a way to close it helps nobody."""
    assert [i.id for b in benchmarks() for i in b.indicators if not i.closes or not i.question_id] == []


def test_what_closes_a_gap_can_be_opened(shipped: Run) -> None:
    """Provisions of other jurisdictions that meet it come with their evidence."""
    evidence = {r["evidence_id"] for r in shipped.table("evidence")}
    part_of = {r["doc_id"]: r["part_of"] for r in shipped.table("instruments")}
    open_rows = [r for r in shipped.table("gaps") if r["status"] != "met"]
    assert open_rows
    for row in open_rows:
        assert row["closes"]
        ids = [i for i in row["closed_by_evidence_ids"].split(";") if i]
        assert set(ids) <= evidence
        documents = {p.split(" ")[0] for p in row["closed_by"].split(";") if p}
        shown = {d for i in ids for d in (i.split("@")[0], part_of.get(i.split("@")[0], ""))}
        assert documents <= shown, row["indicator"]


def test_a_reason_names_what_the_nearest_passages_lack(shipped: Run) -> None:
    """Each nearest passage of a gap has its own reason."""
    for row in shipped.table("gaps"):
        if row["status"] == "not_found" and row["nearest"]:
            assert row["nearest_lacks"], row["indicator"]
            assert row["searched"].split(" ")[0].isdigit()
