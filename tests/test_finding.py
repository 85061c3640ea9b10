"""Looking only where a match can begin finds what looking everywhere finds."""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher

from pipeline import records
from pipeline.packs import Rule, load_pack, pack_codes
from pipeline.records import Document, Page
from pipeline.tag.beginnings import beginnings
from pipeline.tag.rules import Finder, Phrase, Regex, regex_of, tagger
from pipeline.tag.spelling import EQUAL, Spelled
from pipeline.tag.tokens import LegalTokenizer
from tests.conftest import Run

TOKENIZE = LegalTokenizer(spacy.blank("xx").vocab)
RULE = Rule(id="x", label="X", regex="x", examples=["x"], counterexamples=["y"])
WITH_RULES = [code for code in pack_codes() if code != "en"]


def regex(pattern: str, flags: int = re.MULTILINE | re.IGNORECASE) -> Regex:
    return Regex(RULE, re.compile(pattern, flags), None, (), spanned=False)


def spans(found: Regex, text: str) -> list[tuple[int, int]]:
    """What looking everywhere finds."""
    return [(start, end) for _, start, end, _ in found.spans(found.pattern.finditer(text), text)]


def found_by(finder: Finder, text: str) -> Counter[tuple[str, int, int]]:
    return Counter((rule.id, start, end) for rule, start, end, _ in finder.matches(text, Spelled(text)))


# Patterns made of all that `beginnings` reads, and some that it does not; texts of the same few characters.
ATOMS = [
    "a", "b", "B", "1", "s", "k", "é", "ı", "’", " ", "_", r"\(", r"\n", r"\u00e9", r"\x61", r"\d", r"\w", r"\s", r"\S", ".", "[ab]", "[Ab1]",
    "[^a]", r"[^\S\n]", r"[\w’]", r"[(\s]", "[a-c]", "[A-Z]", "[ab-]", "[éa]", "[]a]", r"\b", r"\B", "^", "$", r"(?<!\w)", r"(?<![\w’])",
    "(?<=a)", "(?=a)", r"(?!\w)",
]  # fmt: skip
PATTERNS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}", "??", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)
TEXTS = st.text(alphabet="aAbBsSkK1٣ \n\t\u00a0(_-’éÉıſ\u212a", max_size=24)


@settings(max_examples=800, deadline=None)
@given(PATTERNS, TEXTS, st.booleans())
def test_any_pattern_is_found_where_it_is(pattern: str, text: str, case_counts: bool) -> None:
    found = regex(pattern, re.MULTILINE if case_counts else re.MULTILINE | re.IGNORECASE)
    assert found_by(Finder([found]), text) == Counter(("x", *span) for span in spans(found, text))


def distorted(rules: Iterable[Rule]) -> str:
    """What could mislead a search for rules: their examples, in other letters, with other gaps, and joined to others."""
    examples = [e if isinstance(e, str) else e.text for r in rules for e in r.examples]
    plain = "\n".join(examples)
    odd = plain.replace("s", "ſ").replace("k", "\u212a").replace("i", "ı")
    wide = plain.replace(" ", " \n ").replace(",", " ,")
    joined = "".join(e + sign for e, sign in zip(examples * 4, itertools.cycle("x_1-"), strict=False))
    return "\n".join((plain, plain.upper(), odd, wide, joined, " ".join(examples).title()))


@pytest.mark.parametrize("code", pack_codes())
def test_every_regex_of_a_pack_is_found_where_it_is(code: str, shipped: Run) -> None:
    """In its own examples, distorted and not, and in lines of the documents that the pack's rules read."""
    pack = load_pack(code)
    text = shipped.processed / "1-text"
    codes = {c for c in pack_codes() if code in (c, *load_pack(c).extends)}
    documents = [d for d in records.read_jsonl(text / "documents.jsonl", Document) if d.jurisdiction in codes]
    pages = [list(records.read_jsonl(text / f"{d.doc_id}.jsonl", Page)) for d in documents]
    # From each document lines in turn, so that all kinds of document are there.
    lines = itertools.zip_longest(*("".join(p.text for p in those).splitlines() for those in pages), fillvalue="")
    some = "\n".join(line for row in lines for line in row if line)[:12_000]
    inherited = {r.id for base in pack.extends for r in load_pack(base).rules}
    regexes = [regex_of(r, pack.macros) for r in pack.rules if r.regex and r.id not in inherited]
    in_lines = found_by(Finder(regexes), some)
    assert in_lines == Counter((r.rule.id, *span) for r in regexes for span in spans(r, some))
    for one in regexes:
        own = distorted([one.rule])
        wanted = Counter((one.rule.id, *span) for span in spans(one, own))
        assert wanted, one.rule.id
        assert found_by(Finder([one]), own) == wanted, one.rule.id
    # Nearly every rule is looked for only where it can begin.
    assert sum(beginnings(r.pattern) is None for r in regexes) <= 0.1 * len(regexes)


PIECES = ["", " ", "  ", "\n", "-", "’", "1", "a", "_", ".", "("]


@pytest.mark.parametrize("code", WITH_RULES)
def test_phrases_are_what_spacy_finds(code: str) -> None:
    """All phrases of a pack, as spaCy's PhraseMatcher finds them in a document cut by the same tokenizer."""
    pack = load_pack(code)
    phrases = [(r, text) for r in pack.rules for text in r.phrase]
    ways = [(PhraseMatcher(TOKENIZE.vocab, attr="LOWER"), False), (PhraseMatcher(TOKENIZE.vocab, attr="ORTH"), True)]
    for matcher, exact in ways:
        for rule, text in phrases:
            if rule.case_sensitive is exact:
                matcher.add(rule.id, [TOKENIZE(text)])
    around = itertools.cycle(itertools.product(PIECES, PIECES))
    text = distorted(pack.rules) + "\n".join(
        f"{a}{p}{b} {p.title()}" for (_, p), (a, b) in zip(phrases * 40, around, strict=False)
    )
    doc = TOKENIZE(text)
    wanted = {
        (doc.vocab.strings[key], doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        for matcher, _ in ways
        if len(matcher)
        for key, first, last in matcher(doc)
    }
    assert set(found_by(Finder(phrases=[Phrase(r, p, r.case_sensitive) for r, p in phrases]), text)) == wanted
    assert len(wanted) > 1000


@given(st.sampled_from(["4 (a)", "dan/atau", "18 tahun", "tahun", "45A", "anak-anak", "Rp 1.000", "(a) b"]), st.data())
def test_signs_and_numbers_of_a_phrase_may_be_spaced_otherwise(phrase: str, data: st.DataObject) -> None:
    words = [t.text for t in TOKENIZE(phrase)]
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "  ", "\n"]), min_size=len(words) + 1, max_size=len(words) + 1))
    text = data.draw(st.sampled_from(["", "a", "1", "x-", "."])) + "".join(
        gap + word for gap, word in zip(gaps, [*words, ""], strict=True)
    )
    matcher = PhraseMatcher(TOKENIZE.vocab, attr="LOWER")
    matcher.add("x", [TOKENIZE(phrase)])
    doc = TOKENIZE(text)
    wanted = {("x", doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for _, s, e in matcher(doc)}
    assert set(found_by(Finder(phrases=[Phrase(RULE, phrase, exact=False)]), text)) == wanted


def test_letters_that_equal_ascii_ones_are_spelled_as_these() -> None:
    letters = re.compile("[a-z]", re.IGNORECASE)
    odd = {c for c in map(chr, range(128, sys.maxunicode + 1)) if letters.fullmatch(c)}
    assert odd == set(EQUAL)
    assert all(re.fullmatch(small, c, re.IGNORECASE) for c, small in EQUAL.items())


@given(st.text(max_size=60))
def test_a_spelled_text_is_tied_to_the_text(text: str) -> None:
    spelled = Spelled(text)
    places = spelled.places(list(range(len(spelled.letters))))
    assert places == [i for i, c in enumerate(text) if not (c.isspace() and text[i - 1 : i].isspace())]
    assert spelled.gaps(places) == list(range(len(text)))


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"\bpasal\s+\d+", {"Pasal 1"}),
        (r"\b(?:di)?ubah\b", {"Diubah", "Ubah"}),
        (r"\bfoo|\bbar", {"Foo", "Bar"}),
        (r"foo", {"Foo", "foo"}),
        (r"(?<=x )\ban?\b", {"A"}),
        (r"\bpara(?:graph)?s?\s+\(", {"Para (", "Paras (", "Paragraph (", "Paragraphs ("}),
        (r"^[^\S\n]*\d+\.", {" 1", "1"}),
        (r"\d+ tahun", {"1", "0"}),
        (r"(?:,|\band)\s+[a-c]\b", {", A", ", B", ", C", "And A", "And B", "And C"}),
        (r"[“\"]Act", {"\x81Act", '"Act'}),
        (r"\bprisi[oó]n", {"Prisi"}),
        (r"\b4-A\b", {"1-A"}),
        (r"\bart\b\B", {"Art"}),
        (r"\ba\s+\n\s*b", {"A B"}),
        (r"\b\w+ing", None),
        (r"(?i:foo)", None),
        (r"(?:foo)?", None),
        (r"(a)\1|\1", None),
    ],
)
def test_with_what_a_pattern_can_begin(pattern: str, begins: set[str] | None) -> None:
    found = beginnings(re.compile(pattern, re.IGNORECASE))
    assert (found and {s.decode("latin-1") for s in found.strings}) == begins


def test_a_pattern_may_begin_with_any_capital() -> None:
    titles = re.compile(r"(?<!\w)(?:[A-Z]\w+\s+)+Act\b|\bAct\s+of\s+\d{4}")
    found = beginnings(titles)
    assert found is not None
    assert found.capital
    text = "the Revised Penal Act and 1Old Act, Act of 1930, an Act"
    assert list(found_by(Finder([regex(titles.pattern, 0)]), text)) == [("x", 4, 21), ("x", 36, 47)]
    without_case = beginnings(re.compile(titles.pattern, re.IGNORECASE))
    assert without_case
    assert not without_case.capital


def test_a_tagger_looks_for_names_beside_rules() -> None:
    run = tagger("id", (("id-uu-1-2000", ("UU Anak", "Piagam Laut Biru Selatan")),))
    text = "menurut UU Anak dan PIAGAM LAUT BIRU SELATAN, bukan uu anak"
    names = [text[s:e] for r, s, e, v in run(text) if v.get("doc")]
    assert names == ["UU Anak", "PIAGAM LAUT BIRU SELATAN"]
