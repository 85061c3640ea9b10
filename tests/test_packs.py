"""Packs, vocabulary, benchmarks and sources: valid, and helpful when they are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipeline import checks, packs, sources, standards
from pipeline.packs import Rule
from pipeline.sources import article_numbers
from pipeline.tag import check_rules
from pipeline.yamls import PackError
from tests import laws


@pytest.mark.parametrize("code", packs.pack_codes())
def test_every_rule_matches_its_examples_and_no_counterexample(code: str) -> None:
    assert check_rules(code) == []


def test_everything_that_people_edit_is_valid() -> None:
    assert list(checks.problems(Path("raw"))) == []


@pytest.mark.parametrize(
    ("articles", "has", "problem"),
    [("1, I, I", 2, ""), ("1, I", 2, "has twice articles I"), ("1, I, I", 1, "lacks articles I")],
)
def test_articles_that_a_law_numbers_anew_are_listed_twice(
    tmp_path: Path, articles: str, has: int, problem: str
) -> None:
    laws.write_law(tmp_path, "id-uud-1-1945", "Pasal 1\n", kind="constitution", articles=articles)
    rules = ["ATURAN PERALIHAN", "Pasal I", "Dua.", "ATURAN TAMBAHAN", "Pasal I", "Tiga."]
    parts = ["Pasal 1", "Satu.", *rules[: 3 * has]]
    (tmp_path / "id" / "id-uud-1-1945.html").write_text("".join(f"<p>{p}</p>" for p in parts), encoding="utf-8")
    found = list(checks.coverage(tmp_path / "id", sources.load_sources(tmp_path / "id").documents[0]))
    assert [p.partition(": ")[2] for p in found] == ([problem] if problem else [])


def test_enough_indicators_each_with_a_source() -> None:
    indicators = [i for b in standards.benchmarks() for i in b.indicators]
    assert len(indicators) >= 20
    assert {"palermo", "opsc", "icmec", "protection"} <= {b.id for b in standards.benchmarks()}
    assert all(i.source and i.question.endswith("?") for i in indicators)


def test_conditions_name_no_country_and_no_document() -> None:
    for file in standards.BENCHMARKS.glob("*.yaml"):
        for indicator in yaml.safe_load(file.read_text(encoding="utf-8"))["indicators"]:
            condition = yaml.safe_dump([indicator["met"], indicator.get("partial")])
            assert not any(name in condition.lower() for name in ("id-uu", "ph-ra", "indonesia", "philippine"))


@pytest.mark.parametrize(
    ("ranges", "numbers"),
    [
        ("1-3", ["1", "2", "3"]),
        ("27A-27C, 28", ["27A", "27B", "27C", "28"]),
        ("I-II", ["I", "II"]),
        ("4-A, 5", ["4-A", "5"]),
        ("", []),
    ],
)
def test_article_ranges(ranges: str, numbers: list[str]) -> None:
    assert article_numbers(ranges) == numbers


def test_a_bad_range_says_how_to_write_it() -> None:
    with pytest.raises(PackError, match="write 1-54"):
        article_numbers("one-two")


def _pack(folder: Path, monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    (folder / "xx").mkdir()
    (folder / "xx" / "pack.yaml").write_text("code: xx\nname: Test\nlanguage: en\n", encoding="utf-8")
    (folder / "xx" / "rules.yaml").write_text(rules, encoding="utf-8")
    monkeypatch.setattr(packs, "PACKS", folder)
    packs.load_pack.cache_clear()


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "rules: [{id: a, label: X, phrase: [b], examples: [b], counterexamples: [c], colour: red}]",
            "colour.*allowed",
        ),
        ("rules: [{id: a, label: X, phrase: [b], regex: b, examples: [b], counterexamples: [c]}]", "exactly one"),
        ("rules: [{id: a, label: X, phrase: [b], counterexamples: [c]}]", "examples"),
        ("rules: [{id: a, label: X, regex: '(', examples: [b], counterexamples: [c]}]", "not a valid pattern"),
        ("rules: [{id: a, label: X, regex: '{{nosuch}}', examples: [b], counterexamples: [c]}]", "nosuch"),
        (
            "rules: [{id: a, concept: act.recruitmant, phrase: [b], examples: [b], counterexamples: [c]}]",
            "act.recruitment",
        ),
        ("rulez: []", "unknown key 'rulez'"),
        ("rules: [", "not valid YAML"),
    ],
)
def test_a_mistake_in_a_pack_names_file_and_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str, message: str
) -> None:
    _pack(tmp_path, monkeypatch, rules)
    try:
        with pytest.raises(PackError, match=message) as caught:
            packs.load_pack("xx")
        assert "xx" in str(caught.value)
    finally:
        packs.load_pack.cache_clear()


def test_an_unknown_pack_lists_those_there_are() -> None:
    with pytest.raises(PackError, match="there is artikel, en, id, int, paper, ph"):
        packs.load_pack("nowhere")


SOURCE = """documents:
- doc_id: xx-act-1
  akn_uri: /akn/xx/act/act/2020/1
  kind: act
  number: "1"
  year: 2020
  title: Act One
  title_en: Act One
  language: en
  signed: 2020-02-01
  published: null
  licence: none
  articles: "1-2"
  checked: unchecked
"""


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("title_en: Act One", "titel_en: Act One", r"xx-act-1.titel_en: unknown key; near it is 'title_en'"),
        ("  licence: none\n", "", r"documents.xx-act-1.licence: the key is missing; add it"),
        ("2020-02-01", "1 February 2020", r"xx-act-1.signed: '1 February 2020': no date; write it as 2007-04-19"),
        ("2020-02-01", "2020-13-01", r"not valid YAML: month must be in"),
        ('"1"', "1", r"xx-act-1.number: 1: text is expected; put it in quotation marks"),
        ("licence: none", "licence: [none", r"not valid YAML"),
    ],
)
def test_a_mistake_in_sources_names_the_document_and_the_fix(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "sources.yaml").write_text(SOURCE.replace(right, wrong), encoding="utf-8")
    (said,) = checks.problems(tmp_path)
    assert re.search(says, said), said
    assert str(tmp_path / "id" / "sources.yaml") in said


def test_check_says_what_a_document_cannot_be_read_by(tmp_path: Path) -> None:
    """Its pack's language is another; no line of it is an article as the pack's structure.yaml has them."""
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "sources.yaml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "id" / "xx-act-1.html").write_text("<p>1. Short title.</p><p>2. Scope.</p>", encoding="utf-8")
    language, articles = checks.problems(tmp_path)
    assert "in the language 'en', but pipeline/packs/id/ has rules for 'id'" in language
    assert "no article was found in xx-act-1.html" in articles
    assert "pipeline/packs/id/structure.yaml" in articles


@pytest.mark.parametrize(
    ("pattern", "says"), [(r"Article \d+", "needs a group"), (r"Article (?P<num>\d+", "no valid pattern")]
)
def test_a_heading_without_a_number_is_no_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, says: str
) -> None:
    _pack(tmp_path, monkeypatch, "rules: []")
    (tmp_path / "xx" / "structure.yaml").write_text(f"units: [{{kind: article, id: art, pattern: '{pattern}'}}]\n")
    try:
        with pytest.raises(PackError, match=says):
            packs.load_pack("xx")
    finally:
        packs.load_pack.cache_clear()


def test_a_pack_is_called_as_its_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pack(tmp_path, monkeypatch, "rules: []")
    (tmp_path / "xx" / "pack.yaml").write_text("code: yy\nname: Test\nlanguage: en\n", encoding="utf-8")
    try:
        with pytest.raises(PackError, match="'yy'; write 'xx', the name of the folder"):
            packs.load_pack("xx")
    finally:
        packs.load_pack.cache_clear()


def test_rules_are_frozen() -> None:
    rule = Rule(id="a", label="X", phrase=["b"], examples=["b"], counterexamples=["c"])
    with pytest.raises(ValueError, match="frozen"):
        rule.id = "c"


def test_every_macro_that_linking_reads_is_documented_and_given_by_a_pack() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in sorted(Path("pipeline/link").glob("*.py")))
    read = set(re.findall(r'pattern\((?:[^"()]|\([^()]*\)|\[[^\]]*\])*"(\w+)"', code))
    read |= set(re.findall(r'macros(?:\.get\(|\[)"(\w+)"', code)) | set(re.findall(r'"(op_\w+)"', code))
    for names in re.findall(r"macros = \(([^)]*)\)", code):
        read |= set(re.findall(r'"(\w+)"', names))
    assert len(read) > 20
    section = (
        Path("docs/packs.md")
        .read_text(encoding="utf-8")
        .partition("## Words that linking reads")[2]
        .partition("\n## ")[0]
    )
    told = {name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert told == read
    assert read <= set().union(*(packs.load_pack(c).macros for c in ("id", "ph")))
