"""The language of conditions: what each key asks for, what it says is missing, and how a mistake in it is answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import link, standards
from pipeline.corpus import Corpus
from pipeline.gaps.conditions import Finding, Law
from pipeline.link.time import InForce
from pipeline.standards import Condition
from pipeline.yamls import PackError
from tests.laws import run, write_law

LAW = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 91 TAHUN 2021

TENTANG

GAMBAR YANG DILARANG

BAB I

KETENTUAN

Pasal 1

Dalam undang-undang ini anak adalah seseorang yang belum berusia 16 (enam belas) tahun.

Pasal 2

(1) Setiap orang dilarang memproduksi atau menyebarluaskan pornografi yang memuat:

a. ketelanjangan; atau

b. pornografi anak.

Pasal 3

Setiap orang dilarang memiliki atau menyimpan pornografi sebagaimana dimaksud dalam Pasal 2 ayat (1).

Pasal 4

Setiap orang yang memiliki atau menyimpan pornografi sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana penjara paling singkat 1 (satu) tahun dan paling lama 4 (empat) tahun.

Pasal 5

Setiap orang yang mengunduh pornografi dipidana dengan pidana penjara paling lama 9 (sembilan) tahun atau pidana denda paling banyak Rp50.000.000,00 (lima puluh juta rupiah).

Pasal 6

(1) Penyelenggara Sistem Elektronik wajib memutus akses terhadap pornografi anak.

(2) Penyelenggara Sistem Elektronik wajib melaporkan pornografi anak.

Pasal 7

Pelanggaran ketentuan Pasal 6 ayat (1) dikenai sanksi administratif.

Pasal 8

Undang-undang ini mulai berlaku pada tanggal diundangkan.
"""

DEFINED = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 92 TAHUN 2021

TENTANG

PENGIRIMAN ANAK

Pasal 1

Eksploitasi adalah pemanfaatan seseorang, antara lain pelacuran atau kerja paksa.

Pasal 2

Setiap orang yang mengirim anak untuk tujuan mengeksploitasi anak itu dipidana dengan pidana penjara paling lama 9 (sembilan) tahun.
"""


def law_of(folder: Path) -> Law:
    """The Indonesian law in a processed folder."""
    corpus = Corpus(*(folder / n for n in ("1-text", "2-provisions", "3-tags")))
    links = link.load(folder / "4-links")
    return Law(corpus, links, InForce(corpus, links.versions), "id")


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The law above, in force."""
    folder = tmp_path_factory.mktemp("conditions")
    write_law(folder / "raw", "id-uu-91-2021", LAW)
    return law_of(run(folder / "raw", folder))


def ask(law: Law, **keys: Any) -> Finding:
    """The finding of one test."""
    return law.test(Condition(**keys))


def places(found: Finding) -> list[str]:
    """Deciding provisions, without their document."""
    return [p.eid for p in found.places]


POSSESSION, ACCESS, CSAM = "conduct.pornography_possession", "conduct.pornography_access", "conduct.csam"


def test_a_conduct_takes_over_what_its_object_lists(law: Law) -> None:
    """Article 3 is read with the list of article 2, and with article 4, which punishes it: all three decide."""
    found = ask(law, offence=True, concepts=[POSSESSION, CSAM], within="provision")
    assert places(found) == ["art_3", "art_2", "art_4"]
    text = law.corpus.text["id-uu-91-2021"]
    for words in ("Pasal 2 ayat (1)", "pornografi anak"):
        start = text.index(words)
        assert any(i.startswith(f"id-uu-91-2021@{start}-{start + len(words)}~") for i in found.evidence)
    assert found.inherited == [f"{CSAM} by {next(i for i in found.evidence if 'citation' in i)}"]


def test_opening_words_that_decide_are_named_once(law: Law) -> None:
    """Not again with each point below them; a point whose own words decide is named itself."""
    assert "art_2__para_1" in places(ask(law, concepts=["conduct.pornography"], within="passage"))
    assert "art_2__para_1__point_b" not in places(ask(law, concepts=["conduct.pornography"], within="passage"))
    assert "art_2__para_1__point_b" in places(ask(law, concepts=["conduct.pornography", CSAM], within="passage"))


def test_it_does_not_take_over_what_the_object_s_opening_words_forbid(law: Law) -> None:
    """Possessing what article 2 lists is not to produce it."""
    assert not ask(law, offence=True, concepts=[POSSESSION, "conduct.pornography_production"]).holds


def test_a_purpose_is_read_with_the_law_s_definition_of_it(tmp_path: Path) -> None:
    """To send a child “for exploitation” is to send it for what the law calls exploitation; and only for that."""
    found = {}
    for name, text in (("whole", DEFINED), ("without", DEFINED.replace("pelacuran atau ", ""))):
        write_law(tmp_path / name / "raw", "id-uu-92-2021", text)
        law = law_of(run(tmp_path / name / "raw", tmp_path / name))
        found[name] = ask(law, offence=True, victim="child", concepts=["act.sending", "purpose.prostitution"])
        named = ask(law, offence=True, concepts=["conduct.child_prostitution"])
        assert named.holds == found[name].holds
    assert places(found["whole"]) == ["art_2", "art_1"]
    assert [i.partition(" by ")[0] for i in found["whole"].inherited] == ["purpose.prostitution"]
    assert found["whole"].inherited[0].endswith("~id.definition.exploitation")
    assert not found["without"].holds


def test_without_the_reference_there_is_no_object(law: Law) -> None:
    assert not ask(law, offence=True, concepts=[ACCESS, CSAM], within="provision").holds


def test_an_article_named_to_measure_a_sanction_is_not_what_it_punishes(tmp_path: Path) -> None:
    """“… is punished with the same penalty as in article 4” punishes what its own sentence describes."""
    clause = (
        "Setiap orang yang mengiklankan pornografi dipidana dengan pidana yang sama sebagaimana dimaksud dalam Pasal 5."
    )
    write_law(tmp_path / "raw", "id-uu-91-2021", LAW.replace("Pasal 8\n", f"Pasal 8\n\n{clause}\n\nPasal 9\n"))
    found = ask(law_of(run(tmp_path / "raw", tmp_path)), offence=True, concepts=["conduct.advertising"])
    assert places(found) == ["art_8"]


def test_groups_must_each_have_one(law: Law) -> None:
    assert ask(law, any_of=[["duty.block", "duty.remove"], ["actor.electronic_system_operator", "actor.isp"]]).holds
    found = ask(law, any_of=[["duty.block", "duty.remove"], ["actor.isp", "actor.telecom"]])
    assert not found.holds
    assert found.near[0][1] == ["one of actor.isp, actor.telecom"]


@pytest.mark.parametrize(
    ("keys", "holds"),
    [
        ({"concepts": [POSSESSION], "prison_min_months_at_least": 12}, True),
        ({"concepts": [POSSESSION], "prison_min_months_at_least": 13}, False),
        ({"concepts": [POSSESSION], "prison_max_months_at_least": 48}, True),
        ({"concepts": [POSSESSION], "prison_max_months_at_least": 49}, False),
        ({"concepts": [ACCESS], "fine_possible": True}, True),
        ({"concepts": [POSSESSION], "fine_possible": True}, False),
        ({"concepts": [ACCESS], "fine_required": True}, False),
        ({"concepts": [ACCESS], "life_possible": False}, True),
        ({"concepts": [ACCESS], "subject": "corporation"}, False),
    ],
)
def test_sanctions(law: Law, keys: dict[str, Any], holds: bool) -> None:
    assert ask(law, offence=True, **keys).holds is holds


def test_the_article_that_sets_the_sanction_of_an_offence_is_named(law: Law) -> None:
    assert places(ask(law, offence=True, concepts=[POSSESSION])) == ["art_3", "art_4"]
    assert places(ask(law, offence=True, concepts=[POSSESSION], prison_max_months_at_least=48)) == ["art_3", "art_4"]


def test_all_that_is_asked_of_a_sanction_is_asked_of_one_offence(law: Law) -> None:
    """A minimum in one article and a fine in another do not make an offence with both."""
    both = {"prison_min_months_at_least": 12, "fine_possible": True}
    found = ask(law, offence=True, any_concepts=[ACCESS, POSSESSION], within="instrument", **both)
    assert not found.holds
    assert found.near[0][1] == ["one offence with a minimum of at least 12 months and a fine"]


@pytest.mark.parametrize(("age", "holds"), [(16, True), (18, False)])
def test_the_age_in_a_definition(law: Law, age: int, holds: bool) -> None:
    found = ask(law, concepts=["definition.child"], child_age_below=age)
    assert found.holds is holds
    if not holds:
        assert found.near[0][1] == ["a child defined as everybody below 18 years"]


def test_an_administrative_sanction_reaches_the_provision_that_it_names(law: Law) -> None:
    """… and both are named: the duty, and the article that sets the sanction."""
    assert places(ask(law, concepts=["duty.block"], administrative_sanction=True)) == ["art_6", "art_7"]
    assert not ask(law, concepts=["definition.child"], administrative_sanction=True).holds


class Blind(Law):
    """A law whose pack looks for a few concepts only."""

    def __init__(self, law: Law, looked_for: set[str]) -> None:
        self.__dict__.update(law.__dict__)
        self.looked_for = looked_for


@pytest.mark.parametrize(
    ("keys", "unseen"),
    [
        ({"concepts": ["a.a", "b.b"]}, {"b.b"}),
        ({"any_concepts": ["a.a", "b.b"]}, set()),
        ({"any_concepts": ["a.a", "b.b"], "min_any": 2}, {"b.b"}),
        ({"any_of": [["a.a", "b.b"], ["b.b", "c.c"]]}, {"b.b", "c.c"}),
        ({"concepts": ["a.a"], "not_concepts": ["b.b"]}, set()),
        ({"any": [{"concepts": ["a.a"]}, {"concepts": ["b.b"]}]}, set()),
        ({"any": [{"concepts": ["c.c"]}, {"concepts": ["b.b"]}]}, {"b.b", "c.c"}),
        ({"all": [{"concepts": ["a.a"]}, {"concepts": ["b.b"]}]}, {"b.b"}),
        ({"concepts": ["a.a"], "victim": "child"}, {"victim.child"}),
    ],
)
def test_not_assessed_is_what_cannot_be_decided_without_a_rule(
    law: Law, keys: dict[str, Any], unseen: set[str]
) -> None:
    assert Blind(law, {"a.a"}).unseen(Condition(**keys)) == unseen


def test_an_absence_that_nobody_looked_for_is_said(law: Law) -> None:
    condition = Condition(any=[{"concepts": ["a.a"], "not_concepts": ["b.b"]}, {"none": [{"concepts": ["c.c"]}]}])
    assert Blind(law, {"a.a"}).unseen_absence(condition) == {"b.b", "c.c"}


# ------------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            {"concept": ["conduct.csam"]},
            "unknown key; near it is 'concepts'; allowed: administrative_sanction, all, any,",
        ),
        ({"any": [{"concepts": ["conduct.csam"], "victm": "child"}]}, "near it is 'victim'; allowed: administrative"),
        (
            {"any": [{"concepts": ["conduct.csam"]}], "offence": True},
            "`any` stands alone: move `offence` into its parts",
        ),
        ({"offence": True}, "the test looks for nothing"),
        ({"any_concepts": ["conduct.csam"], "min_any": 2}, "`min_any: 2` asks for more than the 1 `any_concepts`"),
        (
            {"concepts": ["conduct.csam"], "life_possible": True},
            "`life_possible` looks at a sanction: add `offence: true`",
        ),
        ({"concepts": ["conduct.csamm"]}, "did you mean 'conduct.csam'?"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(
    condition: dict[str, Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benchmark = {
        "id": "x",
        "title": "X",
        "source": "X",
        "about": "X",
        "indicators": [{"id": "x-1", "question": "?", "source": "X", "severity": "low", "met": condition}],
    }
    (tmp_path / "x.yaml").write_text(yaml.safe_dump(benchmark), encoding="utf-8")
    monkeypatch.setattr(standards, "BENCHMARKS", tmp_path)
    with pytest.raises(PackError) as error:
        standards.benchmarks.__wrapped__()
    assert message in str(error.value)
    assert "x.yaml" in str(error.value)
