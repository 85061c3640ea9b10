"""Spans: tied to characters, lossless tokens, cost in proportion to length."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import Corpus
from pipeline.packs import Rule, load_pack
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


def test_the_number_of_an_article_is_no_reference_to_it() -> None:
    text = "Pasal 5 Setiap orang yang melanggar Pasal 4 dipidana.\n"
    article = Provision("d", "art_5", "", "article", "5", "", 0, len(text), 1, 1, "body")
    found = tag("d", [Page("d", 1, 0, len(text), text)], [article], tagger("id", ()))
    assert [t.text for t in found if t.label == "CITATION"] == ["Pasal 4"]


def test_a_megabyte_without_a_space_is_tagged_in_seconds() -> None:
    for text in ("x" * 1_000_000, "1" * 1_000_000, "(" * 1_000_000, "Pasal" * 200_000):
        for code in ("id", "ph"):
            start = time.perf_counter()
            tagger(code)(text)
            assert time.perf_counter() - start < 20
