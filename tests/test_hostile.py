"""Text made to be slow costs time in proportion to its length: every pattern of the packs and of the pipeline."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import audit, compare, link, records, tag
from pipeline import parse as parse_stage
from pipeline.audit.words import Saying, Sayings
from pipeline.audit.words import languages as audit_languages
from pipeline.audit.words import words as audit_words
from pipeline.packs import Rule, load_pack, load_structure, pack_codes
from pipeline.parse import parse
from pipeline.records import Document, Page
from pipeline.tag.rules import CONTEXT, Compiled, tagger
from tests.conftest import Run, params
from tests.hostile import BOUND, PIECES, TIMES, grows, use
from tests.recorded_patterns import written

SHORT = (
    " ",
    "\n",
    "a",
    "1",
    "(",
    "(a) ",
    "1, ",
    ", ",
    "a ",
    "the ",
    "Pasal 1 ",
    "ayat (1) ",
    "dan ",
    "Section 1, ",
    "“",
    "-",
    ".",
)

# Documents of each jurisdiction, amending acts among them, that lead through the code of all stages.
DOCUMENTS = ("id-uu-11-2008", "id-uu-19-2016", "id-uu-21-2007", "ph-ra-9208", "ph-ra-10364", "ph-act-3815", "int-opsc",
             "aprilia-zainsyah-2025")  # fmt: skip
REPEATS = re.compile(r"[*+{]")  # a pattern that repeats nothing costs what it is long, wherever it is tried
ANCHORED, ANYWHERE = {"match", "fullmatch"}, {"search", "finditer", "findall", "split", "sub", "subn"}
PARTS = 8
# Compiled in one file from what a pack says, and used in another where no document of these led: how it is used there.
ELSEWHERE = {"parse/pieces.py": {"match"}, "packs.py": {"search"}}


def words_of(pattern: str) -> list[str]:
    """What a hostile text for a pattern would repeat: the words in it, each, and all in order."""
    words = list(dict.fromkeys(re.findall(r"[A-Za-z]{2,}", pattern)))[:40]
    return [f"{w} " for w in words] + ([" ".join(words) + " "] if words else [])


def pieces_of(rule: Rule) -> list[str]:
    """The examples of a rule, whole, cut short at either end, and word by word."""
    found = set()
    for example in rule.examples:
        words = (example if isinstance(example, str) else example.text).split(" ")
        found |= {" ".join(words[:k]) + " " for k in range(1, len(words) + 1)} | {" ".join(words[1:]) + ", "}
        found |= {f"{w} " for w in words}
    return sorted(found)


@cache
def _recorded() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.recorded_patterns", *DOCUMENTS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    recorded: dict[str, Any] = json.loads(done.stdout)
    return recorded


def test_patterns_of_every_stage_are_recorded() -> None:
    places = {row["where"].split(":")[0] for row in _recorded()["patterns"] if row["method"] != "compile"}
    for place in ("extract/furniture.py", "extract/repair/articles.py", "extract/repair/lists.py", "extract/repair/numbers.py",
                  "parse/pieces.py", "parse/items.py", "parse/tree.py", "tag/tokens.py", "link/citations.py", "link/references.py", "link/operations.py", "numerals.py",
                  "compare/common.py", "gaps/__init__.py", "audit/cited.py", "audit/contents.py", "audit/words.py",
                  "report/phrases.py", "report/texts.py", "evaluate/citations.py"):  # fmt: skip
        assert place in places


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_of_a_stage_costs_more_than_in_proportion(part: int) -> None:
    """As the stages use them: at the beginning of a line, or anywhere. The rules of the packs have tests of their own."""
    methods: dict[tuple[str, int], set[str]] = {}
    places: dict[tuple[str, int], str] = {}
    for row in _recorded()["patterns"]:
        key = row["pattern"], row["flags"]
        if not row["where"].startswith(("packs.py", "tag/rules.py")):
            methods.setdefault(key, set()).add(row["method"])
            places[key] = row["where"]
    slow = []
    for pattern, flags in sorted(methods)[part::PARTS]:
        if not REPEATS.search(pattern):
            continue
        if methods[pattern, flags] == {"compile"}:
            methods[pattern, flags] |= ELSEWHERE.get(places[pattern, flags].split(":")[0], {"match", "search"})
        compiled = re.compile(pattern, flags)
        pieces = (*PIECES, *words_of(pattern))
        for uses, anchored in ((ANCHORED, True), (ANYWHERE, False)):
            if methods[pattern, flags] & uses:
                slow += [
                    f"{places[pattern, flags]}: {pattern!r} on {g}" for g in grows(use(compiled, anchored), pieces)
                ]
    assert not slow, "\n".join(slow)


def _own_rules(code: str) -> list[Rule]:
    pack = load_pack(code)
    inherited = {r.id for base in pack.extends for r in load_pack(base).rules}
    return [r for r in pack.rules if r.id not in inherited]


@pytest.mark.parametrize("code", pack_codes())
def test_no_pattern_of_a_pack_costs_more_than_in_proportion(code: str) -> None:
    """The regexes of rules and of the items in their spans, on their own examples repeated and on what any text repeats."""
    pack = load_pack(code)
    compiled = Compiled(pack.model_copy(update={"rules": [r for r in _own_rules(code) if r.regex]}))
    slow = []
    for regex in compiled.regexes:
        pieces = (*PIECES, *pieces_of(regex.rule))
        for pattern in (regex.pattern, *([regex.items] if regex.items else [])):
            slow += [f"{regex.rule.id}: {pattern.pattern!r} on {g}" for g in grows(use(pattern, False), pieces)]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("code", pack_codes())
def test_no_context_of_a_rule_costs_much_in_the_window_that_it_sees(code: str) -> None:
    """A context modifier sees a bounded stretch: what it costs there may grow with its square, never exponentially."""
    compiled = Compiled(load_pack(code).model_copy(update={"rules": _own_rules(code)}))
    slow = []
    for rule_id, contexts in compiled.contexts.items():
        for before, _, pattern in contexts:
            run = pattern.search if before else pattern.match
            pieces = (*PIECES, *words_of(pattern.pattern), *pieces_of(compiled.rules[rule_id]))
            slow += [
                f"{rule_id}: {pattern.pattern!r} on {g}" for g in grows(run, pieces, sizes=(CONTEXT // 8,), bound=150)
            ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("code", ["id", "ph", "int", "paper"])
def test_tagging_costs_time_in_proportion_to_the_length_of_a_text(code: str) -> None:
    """All of it: the search for beginnings, the rules, contexts, overlaps."""
    pieces = ("Pasal ", "1234567890", "((((((", "(a)", "ayat (1) ", "dan ", "paling lama ", "Rp1.000", "lima ", "twenty ", "Section 4(a), ",
              "x", "Pasal", "child ", "anak ", "-", " ", "\n", "’", "é")  # fmt: skip
    assert not grows(tagger(code), pieces, sizes=(2_000, 8_000))


def test_a_pattern_that_backtracks_would_be_found() -> None:
    # What the tests above measure: the quadratic pattern that a rule once had, one that is cubic, one exponential.
    for pattern, piece, size in (
        (r"\b(?:masih\s+|dinyatakan\s+)*tetap\s+berlaku\b", "masih ", 1_000),
        (r"[\s.…]*[.…][\s.…]*$", ".", 150),
        (r"\s*,?\s*setiap", " ", 150),
    ):
        assert grows(use(re.compile(pattern), anchored=False), [piece], sizes=(size,))
    assert not grows(use(re.compile(r"\bmasih\s+tetap\b"), anchored=False), ["masih ", *PIECES])
    exponential = re.compile(r"(?:a|aa)+$")
    assert grows(exponential.match, ["a"], sizes=(4,), bound=150)


def test_what_is_computed_and_not_run_is_known() -> None:
    """A pattern that is put together at run time is recorded where it runs; what no document led to is named here."""
    recorded = _recorded()
    unseen = {
        where.split(":")[0] for where, _, constant in written() if constant is None and where not in recorded["places"]
    }
    # A declared encoding, in bytes; marks, misprints and torn words that only poor copies have (tests/test_repair.py and
    # test_torn.py lead there); a crime that is punished by its name (tests/test_acts_ph.py); and the law that an omnibus
    # act names (tests/test_omnibus.py), by the pattern that is tried on the titles of amending acts.
    assert unseen <= {
        "describe.py", "extract/markup.py", "extract/furniture.py", "extract/repair/lists.py", "extract/repair/numbers.py",
        "extract/repair/spelling.py", "extract/repair/torn.py", "link/conducts.py",
    }  # fmt: skip


@pytest.mark.parametrize("language", audit_languages())
def test_no_saying_costs_more_than_in_proportion_behind_its_own_beginning(language: str) -> None:
    """What the audit looks for in statements: an example, whole or cut short, and then one piece again and again."""
    slow = []
    for name in Sayings.model_fields:
        saying = getattr(audit_words(language).sayings, name)
        if not isinstance(saying, Saying):
            continue
        for example in saying.examples:
            parts = example.split(" ")
            for begun in dict.fromkeys(" ".join(parts[:k]) for k in (0, 1, len(parts) // 2, len(parts))):
                slow += [
                    f"{name}: {saying.re.pattern!r} behind {begun!r} on {g}"
                    for g in grows(lambda text, begun=begun, of=saying.re: of.search(begun + text), SHORT)
                ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("code", ["id", "ph", "int", "paper"])
def test_parsing_costs_time_in_proportion_to_the_length_of_a_text(code: str) -> None:
    structure = load_structure(code)

    def run(text: str) -> object:
        return parse("x-1", [Page("x-1", 1, 0, len(text), text)], structure, False)

    pieces = (
        *SHORT,
        "Pasal 1\n",
        "SEC. 1. ",
        "(1) x\n",
        "a. x\n",
        "BAB I\n",
        "PENJELASAN\n",
        "Article 1\n",
        "“Pasal 1\n",
        "\n\n",
    )
    assert not grows(run, pieces, sizes=(2_000, 8_000))


def hostile_run(shipped: Run, folder: Path, length: int) -> float:
    """CPU seconds of the stages from parse to audit on a law of each kind and a paper, all lines of them hostile."""
    text = folder / "1-text"
    text.mkdir(parents=True)
    documents = records.read_jsonl(shipped.processed / "1-text/documents.jsonl", Document)
    kept = [d for d in documents if d.doc_id in ("id-uu-44-2008", "ph-ra-9208", "int-palermo", "aprilia-zainsyah-2025")]
    heads = {
        "id": "Pasal {n}\n",
        "ph": "SEC. {n}. Acts. – ",
        "int": "Article {n}\n",
        "paper": "According to Article {n} of Law No. 21 of 2007, ",
    }
    for d in kept:
        lines = [heads[d.jurisdiction].format(n=n) + (p * length)[:length] for n, p in enumerate(PIECES, 1)]
        body = "\n".join(lines) + "\n"
        records.write_jsonl(text / f"{d.doc_id}.jsonl", [Page(d.doc_id, 1, 0, len(body), body)])
    records.write_jsonl(text / "documents.jsonl", kept)
    for name in ("tables", "notices", "quality"):
        records.write_jsonl(text / f"{name}.jsonl", [])
    settings = params()
    provisions, tags, links, tables, audited = (folder / n for n in ("2", "3", "4", "5", "7"))
    start = time.process_time()
    parse_stage.run(text, provisions, settings)
    tag.run(text, provisions, tags, settings)
    link.run(text, provisions, tags, links, settings["as_of"])
    compare.run(Path("raw"), text, provisions, tags, links, tables, settings)
    audit.run(text, provisions, tags, links, audited, settings)
    return time.process_time() - start


def test_hostile_documents_cost_time_in_proportion_to_their_length(shipped: Run, tmp_path: Path) -> None:
    hostile_run(shipped, tmp_path / "warm", 10)
    brief = hostile_run(shipped, tmp_path / "brief", 300)
    long = hostile_run(shipped, tmp_path / "long", 300 * TIMES)
    assert long < BOUND * brief, f"{brief:.2f} s, and {long:.2f} s for {TIMES} times the length"
