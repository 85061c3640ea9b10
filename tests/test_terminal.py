"""Queries in the terminal: show, explain, tables, search; errors suggest what may have been meant."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pipeline import __main__ as cli
from pipeline import link, terminal
from pipeline.corpus import Corpus
from tests.conftest import Run


@pytest.fixture(scope="module")
def case(shipped: Run) -> tuple[Corpus, link.Links]:
    return terminal.load(shipped.processed)


def test_show_a_provision_as_of_a_day(case: tuple[Corpus, link.Links]) -> None:
    rows = {r["eid"]: r for r in terminal.show(*case, "id-uu-11-2008", "art_27", "2026-01-02")}
    assert rows["art_27__para_1"]["state"] == "expired"
    assert rows["art_27__para_1"]["references_now"] == ["id-uu-1-2023 art_407"]
    assert rows["art_27__para_2"]["state"] == "in_force"
    assert rows["art_27__para_2"]["source_doc"] == "id-uu-1-2024"
    assert "perjudian" in rows["art_27__para_2"]["text"]


def test_show_a_document_as_it_stands(case: tuple[Corpus, link.Links]) -> None:
    rows = terminal.show(*case, "id-uu-11-2008", "art_27", "")
    assert rows[0]["eid"] == "art_27"
    assert "perjudian" in " ".join(r["text"] for r in rows)


@pytest.mark.parametrize(
    ("doc", "eid", "day", "message"),
    [
        ("id-uu-11-2009", "", "", "id-uu-11-2008"),
        ("id-uu-21-2007", "art_2_para_1", "", "art_2__para_1"),
        ("id-uu-11-2008", "art_27A", "2020-01-01", "begins on 2024-01-02"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    case: tuple[Corpus, link.Links], doc: str, eid: str, day: str, message: str
) -> None:
    with pytest.raises(terminal.QueryError, match=message):
        terminal.show(*case, doc, eid, day)


def test_explain_says_words_rule_place_and_rivals(shipped: Run, case: tuple[Corpus, link.Links]) -> None:
    corpus, links = case
    tag = next(t for t in corpus.tags["id-uu-21-2007"] if t.concept == "act.recruitment" and t.part == "body")
    found = terminal.explain(corpus, links, shipped.processed, tag.evidence_id)
    assert found["words"] == tag.text
    assert (found["provision"], found["page"]) == (tag.eid, tag.page)
    assert found["rule"]["id"] == tag.rule_id
    assert found["rule"]["examples"]
    assert any(c["rule"] == tag.rule_id and c["fate"] == "kept" for c in found["competed"])


def test_explain_names_what_lost_and_to_what(shipped: Run, case: tuple[Corpus, link.Links]) -> None:
    corpus, links = case
    # `diubah` alone is an operation too, but the longer `penjelasannya diubah` takes it.
    tag = next(t for t in corpus.tags["id-uu-35-2014"] if t.rule_id == "id.op.amend-its-elucidation")
    fates = {
        c["rule"]: c["fate"] for c in terminal.explain(corpus, links, shipped.processed, tag.evidence_id)["competed"]
    }
    assert fates["id.op.amend-its-elucidation"] == "kept"
    assert fates["id.op.amend"] == "lost to id.op.amend-its-elucidation"


def test_explain_takes_every_kind_of_evidence(shipped: Run, case: tuple[Corpus, link.Links]) -> None:
    corpus, links = case
    rows = shipped.table("evidence")
    rules = {r["rule_id"]: r["evidence_id"] for r in rows}
    for rule in ("link.citation", "link.sanction", "parse.provision"):
        found = terminal.explain(corpus, links, shipped.processed, rules[rule])
        assert found["provision"]
        assert found["words"]
    with pytest.raises(terminal.QueryError, match="did you mean"):
        terminal.explain(corpus, links, shipped.processed, "id-uu-21-2007@1-2~id.op.repeal")


def test_tables_are_filtered_and_wrong_values_are_named(shipped: Run) -> None:
    folder = shipped.reports / "tables"
    rows = terminal.table(folder, "claims", {"verdict": "supported"})
    assert rows
    assert {r["verdict"] for r in rows} == {"supported"}
    assert {r["jurisdiction"] for r in terminal.table(folder, "gaps", {"jurisdiction": "id", "status": ""})} == {"id"}
    with pytest.raises(terminal.QueryError, match="supported"):
        terminal.table(folder, "claims", {"verdict": "suported"})


def test_search_finds_provisions_that_hold_all_words(case: tuple[Corpus, link.Links]) -> None:
    rows = terminal.search(case[0], "perekrutan penampungan", "id")
    assert ("id-uu-21-2007", "art_2__para_1") in {(r["doc_id"], r["eid"]) for r in rows}
    assert terminal.search(case[0], "xyzzy") == []


def test_verbs_print_tables_and_json(
    shipped: Run, case: tuple[Corpus, link.Links], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "PROCESSED", shipped.processed)
    monkeypatch.setattr(cli, "REPORTS", shipped.reports)
    run = CliRunner()
    tag = next(t for t in case[0].tags["id-uu-21-2007"] if t.concept == "act.recruitment")
    for words in (
        ["show", "id-uu-11-2008", "art_27", "--as-of", "2026-01-02"],
        ["explain", tag.evidence_id],
        ["gaps", "--jurisdiction", "id", "--status", "partial"],
        ["audit", "--verdict", "supported"],
        ["offences", "id-uu-21-2007"],
        ["search", "perdagangan", "orang"],
    ):
        plain = run.invoke(cli.app, words)
        assert plain.exit_code == 0, plain.output
        assert all(len(line) <= 100 for line in plain.output.splitlines())
        as_json = run.invoke(cli.app, [*words, "--json"])
        assert json.loads(as_json.output)


def test_every_rule_of_the_published_evidence_can_be_explained(shipped: Run, case: tuple[Corpus, link.Links]) -> None:
    by_rule = {row["rule_id"]: row["evidence_id"] for row in shipped.table("evidence")}
    other = [rule for rule in by_rule if rule.split(".")[0] not in ("id", "en", "ph", "int", "paper")]
    assert other
    for rule in other:
        assert terminal.explain(*case, shipped.processed, by_rule[rule])["evidence_id"] == by_rule[rule]
