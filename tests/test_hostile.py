"""Text made to be slow costs time in proportion to its length: every pattern of the packs, and of the stages up to links."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from pipeline.packs import Rule, load_pack, pack_codes
from pipeline.tag.rules import CONTEXT, Compiled, tagger
from tests.hostile import PIECES, grows, use

# Documents of each jurisdiction, amending acts among them, that lead through the code of all stages.
DOCUMENTS = ("id-uu-11-2008", "id-uu-19-2016", "id-uu-21-2007", "ph-ra-9208", "ph-ra-10364", "ph-act-3815", "int-opsc")
ANCHORED, ANYWHERE = {"match", "fullmatch"}, {"search", "finditer", "findall", "split", "sub", "subn"}
PARTS = 4


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
def _recorded() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.recorded_patterns", *DOCUMENTS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_patterns_of_every_stage_are_recorded() -> None:
    places = {row["where"].split(":")[0] for row in _recorded() if row["method"] != "compile"}
    for place in ("extract/furniture.py", "extract/repair/articles.py", "extract/repair/lists.py", "extract/repair/numbers.py",
                  "parse/pieces.py", "parse/tree.py", "tag/tokens.py", "link/citations.py", "link/operations.py", "numerals.py"):  # fmt: skip
        assert place in places


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_of_a_stage_costs_more_than_in_proportion(part: int) -> None:
    """As the stages use them: at the beginning of a line, or anywhere. The rules of the packs have tests of their own."""
    methods: dict[tuple[str, int], set[str]] = {}
    places: dict[tuple[str, int], str] = {}
    for row in _recorded():
        key = row["pattern"], row["flags"]
        if not row["where"].startswith(("packs.py", "tag/rules.py")):
            methods.setdefault(key, set()).add(row["method"])
            places[key] = row["where"]
    slow = []
    for pattern, flags in sorted(methods)[part::PARTS]:
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
