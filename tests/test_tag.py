"""Spans: tied to characters, lossless tokens, cost in proportion to length."""

from __future__ import annotations

import re
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import Corpus
from pipeline.packs import Rule, expand, load_pack, pack_codes
from pipeline.records import Page, Provision
from pipeline.tag import Locator, Tagger, tag, tagger
from pipeline.tag.tokens import TOKEN, LegalTokenizer, begins_token
from tests.conftest import Run

TOKENIZE = LegalTokenizer(spacy.blank("xx").vocab)


@given(st.text(max_size=200))
def test_the_tokenizer_loses_nothing(text: str) -> None:
    assert TOKENIZE(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Section 4(a)", ["Section", "4", "(", "a", ")"]),
        ("ayat(1)", ["ayat", "(", "1", ")"]),
        ("Rp120.000.000,00", ["Rp", "120.000.000,00"]),
        ("P2,000,000.00", ["P", "2,000,000.00"]),
        ("anak-anak", ["anak-anak"]),
        ("Pasal 45A", ["Pasal", "45A"]),
        ("dan/atau", ["dan", "/", "atau"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [t.text for t in TOKENIZE(text)] == tokens


@given(st.text(alphabet="aAbZñ12٣½²._,-'’ \n\t\u00a0(R", max_size=20))
def test_where_a_token_begins_is_seen_at_the_place_itself(text: str) -> None:
    begins = {m.start() for m in TOKEN.finditer(text)} | {0, len(text)}
    assert {at for at in range(len(text) + 1) if begins_token(text, at)} == begins


def test_token_patterns_are_matched() -> None:
    rule = Rule(
        id="x.years", label="AGE", tokens=[[{"IS_DIGIT": True}, {"LOWER": "tahun"}]], value={"kind": "age"},
        examples=["18 tahun"], counterexamples=["tahun"],
    )  # fmt: skip
    run = Tagger(load_pack("id").model_copy(update={"rules": [rule]}))
    text = "Anak\t adalah  orang di bawah 18 Tahun."
    assert [(r.id, text[s:e], v) for r, s, e, v in run(text)] == [("x.years", "18 Tahun", {"kind": "age"})]


def test_a_span_is_the_words_at_its_offsets(shipped: Run) -> None:
    corpus = Corpus(shipped.processed / "1-text", shipped.processed / "2-provisions", shipped.processed / "3-tags")
    count = 0
    for doc_id, tags in corpus.tags.items():
        for found in tags:
            assert corpus.text[doc_id][found.start : found.end] == found.text
            page = next(p for p in corpus.pages[doc_id] if p.page == found.page)
            assert page.start <= found.start < page.end
            if found.eid:
                provision = corpus.by_eid[doc_id, found.eid]
                assert provision.start <= found.start < provision.end
            count += 1
    assert count > 3000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Pasalytudn 0123456789().,/RpIVX\n“”-", max_size=200))
def test_any_text_is_tagged_with_spans_inside_it(text: str) -> None:
    for code in ("id", "ph", "paper"):
        for _, start, end, _ in tagger(code)(text):
            assert 0 <= start < end <= len(text)


def test_the_deepest_provision_is_found() -> None:
    outer = Provision("d", "art_1", "", "article", "1", "", 0, 100, 1, 1, "body")
    inner = Provision("d", "art_1__para_1", "art_1", "para", "1", "", 20, 50, 1, 1, "body")
    locate = Locator([outer, inner])
    assert [locate(o).eid if locate(o) else None for o in (0, 19, 20, 49, 50, 99, 100)] == [  # type: ignore[union-attr]
        "art_1", "art_1", "art_1__para_1", "art_1__para_1", "art_1", "art_1", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    ["Pasal ", "1234567890", "((((((", "(a)", "ayat (1) ", "dan ", "paling lama ", "Rp1.000", "lima ", "twenty "],
)
@pytest.mark.parametrize("code", ["id", "ph"])
def test_adversarial_text_costs_time_in_proportion_to_its_length(code: str, piece: str) -> None:
    run = tagger(code)

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            run(text)
            best = min(best, time.perf_counter() - start)
        return best

    # Four times the text may cost at most some ten times as much; quadratic patterns cost sixteen times and more.
    assert cost(40_000) <= 10 * cost(10_000) + 0.2


def test_the_number_of_an_article_is_no_reference_to_it() -> None:
    text = "Pasal 5 Setiap orang yang melanggar Pasal 4 dipidana.\n"
    article = Provision("d", "art_5", "", "article", "5", "", 0, len(text), 1, 1, "body")
    found = tag("d", [Page("d", 1, 0, len(text), text)], [article], tagger("id", ()))
    assert [t.text for t in found if t.label == "CITATION"] == ["Pasal 4"]


def _pieces(rule: Rule) -> list[str]:
    """What a hostile text for a rule would repeat: its own examples, whole, cut short, and word by word."""
    found = {" ", "\n", "a", "1", "(", "(a)", "Aa ", ", ", "1, ", "of ", "dan "}
    for example in rule.examples:
        words = (example if isinstance(example, str) else example.text).split(" ")
        found |= {" ".join(words[:k]) + " " for k in range(1, len(words) + 1)} | {" ".join(words[1:]) + ", "}
        found |= {f"{w} " for w in words}
    return sorted(found)


@pytest.mark.parametrize("code", pack_codes())
def test_no_pattern_of_a_pack_backtracks_more_than_in_proportion(code: str) -> None:
    """Each pattern, on its own examples repeated: four times the text may not cost ten times the time."""

    def cost(pattern: re.Pattern[str], piece: str, size: int, tries: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size] + "\u00b6"
        best = float("inf")
        for _ in range(tries):
            start = time.perf_counter()
            sum(1 for _ in pattern.finditer(text))
            best = min(best, time.perf_counter() - start)
        return best

    pack = load_pack(code)
    inherited = {r.id for base in pack.extends for r in load_pack(base).rules}
    slow = []
    for rule in pack.rules:
        if not rule.regex or rule.id in inherited:
            continue
        flags = re.MULTILINE if rule.case_sensitive else re.MULTILINE | re.IGNORECASE
        pattern = re.compile(expand(rule.regex, pack.macros), flags)
        for piece in _pieces(rule):
            # Only what takes long enough to be measured is measured again, and at a size of its own.
            if (long := cost(pattern, piece, 8_000, 1)) > 0.02 and long > 10 * cost(pattern, piece, 2_000, 3):
                # What a bounded repetition costs stops growing; what backtracks without bound does not.
                again = cost(pattern, piece, 32_000, 2), cost(pattern, piece, 8_000, 3)
                if again[0] > max(0.2, 10 * again[1]):
                    slow.append(f"{rule.id} on {piece!r} repeated: {again[0]:.3f} s for 32,000 characters")
    assert not slow


def test_a_pattern_that_backtracks_would_be_found() -> None:
    # What the test above measures: the quadratic pattern that a rule once had.
    pattern = re.compile(r"\b(?:masih\s+|dinyatakan\s+)*tetap\s+berlaku\b")

    def cost(size: int) -> float:
        start = time.perf_counter()
        sum(1 for _ in pattern.finditer("masih " * size))
        return time.perf_counter() - start

    assert cost(1_300) > 0.02
    assert cost(1_300) > 8 * cost(325)


def test_a_megabyte_without_a_space_is_tagged_in_seconds() -> None:
    for text in ("x" * 1_000_000, "1" * 1_000_000, "(" * 1_000_000, "Pasal" * 200_000):
        for code in ("id", "ph"):
            start = time.perf_counter()
            tagger(code)(text)
            assert time.perf_counter() - start < 20
