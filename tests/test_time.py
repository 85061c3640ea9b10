"""Law in time: what was in force on a day, by which text and which clause, against facts read by hand."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import link, numerals
from pipeline.corpus import Corpus
from pipeline.link.time import Answer, _skips, on_day
from tests import laws
from tests.conftest import Run

GOLD = Path(__file__).parent / "gold"
FACTS: list[dict[str, Any]] = yaml.safe_load((GOLD / "validity.yaml").read_text(encoding="utf-8"))["facts"]


def _answer(corpus: Corpus, links: link.Links, fact: dict[str, Any]) -> Answer:
    return on_day(corpus, links.versions, fact["law"], fact["eid"], str(fact["as_of"]))


def test_an_amending_article_is_no_text_of_the_law(links: link.Links) -> None:
    """It sets out headings of chapters too, which are no text that applies."""
    brought = [v for v in links.versions if v.source_doc != v.law]
    assert brought
    assert not [v for v in brought if v.source_eid in ("art_I", "art_II")]


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f['law']} {f['eid']} {f['as_of']}")
def test_what_was_in_force(corpus: Corpus, links: link.Links, fact: dict[str, Any]) -> None:
    answer = _answer(corpus, links, fact)
    assert answer.in_force == fact["in_force"]
    text = fact.get("text", "")
    if text.startswith("?"):
        # An amendment outside the corpus cannot be seen, but that there is one is said.
        said = [n for n in links.notices if n.rule == "amended-outside-corpus" and n.before == fact["law"]]
        assert any(text[1:].split()[-1] in n.after for n in said)
    elif text:
        assert answer.source_doc == text
    if "clause" in fact:
        doc_id, eid = fact["clause"].split()
        holder = next(t for t in corpus.tags[doc_id] if t.evidence_id == answer.clause)
        assert eid in {p.eid for p in corpus.ancestors(doc_id, holder.eid)}


def test_the_gold_covers_both_countries_and_days() -> None:
    assert len(FACTS) >= 60
    seen = Counter((f["law"][:2], str(f["as_of"])) for f in FACTS)
    for country in ("id", "ph"):
        for day in ("2025-12-11", "2026-11-01"):
            assert seen[country, day] >= 10
    assert len({(f["law"], f["eid"], f["as_of"]) for f in FACTS}) == len(FACTS)


def test_references_move_to_the_new_code(links: link.Links) -> None:
    moved = {
        (o.target_doc, o.target_eid, o.new_eid)
        for o in links.operations
        if o.op == "replace_reference" and o.doc_id == "id-uu-1-2023"
    }
    assert ("id-uu-21-2007", "art_2", "art_455") in moved
    assert ("id-uu-11-2008", "art_27__para_1", "art_407") in moved
    assert ("id-uu-11-2008", "art_31__para_2", "art_258__para_2") in moved
    assert ("id-uu-44-2008", "art_29", "art_407__para_1") in moved


def test_a_penalty_measured_by_another_follows_it_to_the_new_code(tmp_path: Path) -> None:
    old = (
        "Pasal 1\nSetiap orang dilarang memproduksi pornografi.\nPasal 2\nSetiap orang yang melanggar ketentuan sebagaimana "
        "dimaksud dalam Pasal 1 dipidana dengan pidana penjara paling lama 6 (enam) tahun.\nPasal 3\nSetiap orang yang "
        "mengiklankan pornografi dipidana dengan pidana penjara paling lama 3 (tiga) tahun.\nPasal 4\nDalam hal perbuatan "
        "sebagaimana dimaksud dalam Pasal 1 dan Pasal 3 melibatkan anak, dipidana dengan pidana yang sama dengan pidana "
        "sebagaimana dimaksud dalam Pasal 2 dan Pasal 3, ditambah 1/3 (sepertiga).\nPasal 5\nUndang-Undang ini mulai "
        "berlaku pada tanggal 1 Januari 2002.\n"
    )
    new = (
        "Pasal 10\nSetiap orang yang memproduksi pornografi dipidana dengan pidana penjara paling lama 9 (sembilan) tahun.\n"
        "Pasal 20\n(1) Pada saat Undang-Undang ini mulai berlaku, Pasal 2 Undang-Undang Nomor 1 Tahun 2001 tentang Kambing "
        "dicabut dan dinyatakan tidak berlaku.\n(2) Dalam hal ketentuan Pasal 2 Undang-Undang Nomor 1 Tahun 2001 tentang "
        "Kambing diacu oleh ketentuan Pasal Undang-Undang yang bersangkutan, pengacuannya diganti dengan Pasal 10 "
        "Undang-Undang ini.\nPasal 21\nUndang-Undang ini mulai berlaku pada tanggal 1 Januari 2006.\n"
    )
    laws.write_law(tmp_path / "raw", "id-uu-1-2001", old, articles="1-9")
    laws.write_law(tmp_path / "raw", "id-uu-1-2005", new, articles="1-99")
    links = link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links")
    graver = [o for o in links.offences if o.penalty_eids == ["id-uu-1-2001 art_4"]]
    assert [(o.eid, o.prison_max_months, o.valid_from, o.valid_to) for o in graver] == [
        ("art_1", 96, "2002-01-01", "2006-01-01"),
        ("art_1", 144, "2006-01-01", ""),
        ("art_3", 48, "2002-01-01", ""),
    ]


def test_a_law_without_a_date_is_in_force_where_its_provisions_are(links: link.Links) -> None:
    current: dict[str, set[str]] = {}
    for v in links.versions:
        if v.law == v.source_doc:
            current.setdefault(v.law, set()).add(v.current)
    undated = {d: c.in_force for d, c in links.commencements.items() if not c.in_force_from and current.get(d)}
    assert {"id-uud-1945", "ph-ra-7610"} <= {d for d, state in undated.items() if state == "yes"}
    assert {d for d, state in undated.items() if state == "unknown"} == {
        d for d in undated if "yes" not in current[d] and current[d] != {"no"}
    }


def test_operations_are_those_of_the_gold(shipped: Run) -> None:
    rows = [r for r in _disagreements(shipped) if r.startswith("operations,")]
    assert rows == []


def _disagreements(shipped: Run) -> list[str]:
    return (shipped.reports / "evaluation.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January first, nineteen hundred and thirty-two", "1932-01-01"),
        ("the first day of July, nineteen hundred and forty-one", "1941-07-01"),
        ("March 3, 1999", "1999-03-03"),
        ("3 Maret 1999", "1999-03-03"),
        ("its publication", None),
        ("the thirty-first day of June, nineteen hundred and ten", None),
    ],
)
def test_dates_in_words(text: str, day: str | None) -> None:
    assert numerals.date(text) == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("numbers", "skips"),
    [
        (["a", "b", "c"], False), (["1", "2", "3"], False), ([], False), (["a", "h", "j"], True), (["g", "h"], True),
        (["1", "3"], True), (["4-A"], False), (["i", "ii"], False), (["a", "B"], False),
    ],
)  # fmt: skip
def test_letters_that_are_skipped_leave_paragraphs_as_they_are(numbers: list[str], skips: bool) -> None:
    assert _skips(numbers) is skips
