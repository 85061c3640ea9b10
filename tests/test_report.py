"""What people read: every cell can be followed, nothing a document contains is alive, the same bytes every time."""

from __future__ import annotations

import csv
import html.parser
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
import yaml

from pipeline import compare, records
from pipeline.audit import SCHEMA as CLAIMS
from pipeline.corpus import Corpus
from pipeline.gaps import SCHEMA as GAPS
from pipeline.records import Column, TableSchema
from pipeline.report import cells, history, markdown, pages, texts, words
from pipeline.report.findings import Tables, findings
from pipeline.report.links import Links as Speaker
from pipeline.report.summary import lines
from tests.conftest import Run, params, run_pipeline

SCHEMAS = {**compare.SCHEMAS, GAPS.name: GAPS, CLAIMS.name: CLAIMS}
PENALTIES = [
    "doc_id",
    "eid",
    "prison_min_months",
    "prison_max_months",
    "life",
    "death",
    "fine_min",
    "fine_max",
    "fine_category_min",
    "fine_category_max",
    "currency",
    "conjunction",
    "relative",
    "subject",
]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_tables_have_the_columns_of_their_schema(shipped: Run, name: str) -> None:
    with (shipped.reports / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [c.name for c in SCHEMAS[name].columns]
    assert all(c.description for c in SCHEMAS[name].columns), name


def test_penalties_begin_with_the_promised_columns(shipped: Run) -> None:
    assert list(shipped.table("penalties")[0])[: len(PENALTIES)] == PENALTIES


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"evidence", "notices", "quality", "conversions"}))
def test_every_row_has_evidence_that_resolves(shipped: Run, name: str) -> None:
    evidence = {r["evidence_id"]: r for r in shipped.table("evidence")}
    for row in shipped.table(name):
        ids = [i for i in (row.get("evidence_ids") or row.get("evidence_id") or "").split(";") if i]
        # A cell that says “not found”, “not looked for” or “not assessed” may have nothing to point to,
        # nor has a law that is not in the corpus.
        if not ids and row.get("kind") != "absent law":
            assert {row.get("status")} & {"not found", "not looked for", "not assessed", "not_found", "not_assessed"}, (
                row
            )
        for evidence_id in ids:
            found = evidence[evidence_id]
            assert found["page"] and found["text"]


class Links(html.parser.HTMLParser):
    """Ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.remote: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            assert values["id"] not in self.ids, f"id twice: {values['id']}"
            self.ids.add(str(values["id"]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        for name in ("src", "href"):
            if tag in ("script", "link", "img", "iframe") and re.match(r"(https?:)?//", values.get(name) or ""):
                self.remote.append(str(values[name]))


def test_every_link_and_anchor_resolves_and_nothing_is_fetched(shipped: Run) -> None:
    pages = {p.resolve(): Links() for p in shipped.reports.rglob("*.html")}
    for path, links in pages.items():
        links.feed(path.read_text(encoding="utf-8"))
        assert links.remote == []
    count = 0
    for path, links in pages.items():
        for link in links.links:
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            file = (path.parent / unquote(target)).resolve() if target else path
            assert file.exists(), f"{path.name}: {link}"
            if anchor and file in pages:
                assert unquote(anchor) in pages[file].ids, f"{path.name}: {link}"
            count += 1
    assert count > 1000


def test_the_first_page_is_light(shipped: Run) -> None:
    assert (shipped.reports / "index.html").stat().st_size < 300_000
    assert all(p.stat().st_size < 2_000_000 for p in shipped.reports.rglob("*.html"))


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+1", "@SUM(A1)", "-2+3", "\t=1"])
def test_formulas_in_cells_are_inert(tmp_path: Path, cell: str) -> None:
    schema = TableSchema("t", "T", (Column("a", "string", "x"),))
    records.write_csv(tmp_path / "t.csv", schema, [{"a": cell}])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1][0].startswith("'")


def test_a_row_with_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    schema = TableSchema("t", "T", (Column("a", "string", "x"),))
    with pytest.raises(ValueError, match="unknown \\['b'\\]"):
        records.write_csv(tmp_path / "t.csv", schema, [{"a": 1, "b": 2}])


def test_markdown_cells_are_inert() -> None:
    assert markdown._safe("<script>|`x`[a](b)*") == r"&lt;script&gt;\|\`x\`\[a\](b)\*"
    assert len(markdown._safe("x" * 10_000)) == 600


def test_key_findings_are_five(shipped: Run) -> None:
    said = lines(shipped.reports)
    assert len(said) == 7
    assert "index.html" in said[-1]


def test_catalogues_have_the_same_messages_with_the_same_placeholders() -> None:
    first, *others = (words.words(language).messages for language in words.LANGUAGES)
    for other in others:
        assert {k for k in first if not k.endswith(".about")} - set(other) == set()
        own = ("patterns.", "definitions.", "columns.")
        assert {k for k in other if not k.startswith(own)} - set(first) == set()
        for key, message in first.items():
            if key in other:
                assert set(re.findall(r"{\w+}", message)) == set(re.findall(r"{\w+}", other[key])), key


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_table_and_column_has_a_name_in_every_language(language: str) -> None:
    messages = words.words(language).messages
    missing = [f"tables.{n}.title" for n in SCHEMAS if f"tables.{n}.title" not in messages]
    missing += [k for s in SCHEMAS.values() for c in s.columns if (k := f"columns.{c.name}.label") not in messages]
    assert missing == []


def test_a_missing_message_is_an_error_that_names_it() -> None:
    with pytest.raises(words.MessageError, match=r"en\.yaml.*no\.such\.key"):
        words.words("en")("no.such.key")


@pytest.mark.parametrize("folder", ["", "id/"])
def test_every_page_is_there_in_every_language_and_forbids_the_network(shipped: Run, folder: str) -> None:
    for page in pages.PAGES:
        text = (shipped.reports / f"{folder}{page}.html").read_text(encoding="utf-8")
        assert f'<html lang="{folder.rstrip("/") or "en"}"' in text
        assert "default-src 'none'" in text


def test_the_search_index_holds_every_word_once(shipped: Run) -> None:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    for doc_id, text in corpus.text.items():
        script = (shipped.reports / "search" / f"{doc_id}.js").read_text(encoding="utf-8")
        entries = json.loads(script.partition("(")[2].rpartition(")")[0])["entries"]
        held = sum(len(e[3].split()) for e in entries)
        assert 0.99 * len(text.split()) <= held <= len(text.split()), doc_id


def test_a_difference_marks_what_came_and_went() -> None:
    assert str(history.difference("paling lama 6 tahun", "paling lama 12 tahun")) == (
        "paling lama <del>6</del> <ins>12</ins> tahun"
    )


HOSTILE = (
    "<script>alert(1)</script> \u202edesrever\u2066 \x00 |`x`|\n\n# heading\n|---|\r\n{{ 7*7 }} #panic() $x$ ]]> --> </script> "
    + "x" * 10_000
)


def test_hostile_documents_come_out_inert(tmp_path: Path, small_raw: Path) -> None:
    sources = small_raw / "id" / "sources.yaml"
    data = yaml.safe_load(sources.read_text(encoding="utf-8"))
    for document in data["documents"]:
        document["title"] = document["title_en"] = HOSTILE
        document["short_names"] = ["<img src=x onerror=alert(1)>\u202e"]
    sources.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    run = run_pipeline(small_raw, tmp_path / "out", params())
    for page in run.reports.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text, page.name
        assert "<img src=x" not in text, page.name
        assert not words.BIDI.search(text), page.name
        assert "x" * 4_100 not in text, page.name
    for script in (run.reports / "search").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert "<" not in text
        assert json.loads(text.partition("(")[2].rpartition(")")[0])
    assert "<script>" not in (run.reports / "report.md").read_text(encoding="utf-8")
    assert "\n# heading" not in (run.reports / "report.md").read_text(encoding="utf-8")
    for name in ("brief.pdf", "brief-id.pdf"):
        assert len(pypdfium2.PdfDocument(run.reports / name)) == 4
    with zipfile.ZipFile(run.reports / "lacuna.xlsx") as book:
        assert not [n for n in book.namelist() if b"<f>" in book.read(n)]
    for file in (run.reports / "tables").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines_:
            rows = list(csv.reader(lines_))
        assert len({len(r) for r in rows}) == 1, file.name
        assert not [c for r in rows for c in r if re.search("[\x00\r\n\u202a-\u202e\u2066-\u2069]", c)], file.name


def test_hostile_text_is_escaped_and_keeps_its_offsets() -> None:
    assert texts._safe("a\u202e<b>") == "a\ufffd&lt;b&gt;"


def test_marked_words_lead_to_what_they_name_or_end() -> None:
    # `Pasal 5 ayat (1)`; `Sections 4 and 5 of this Act`; `Articles 2 to 4`.
    cited = {16: {0: ["5-1"]}, 58: {30: ["4", "5"]}, 75: {60: ["2", "3", "4"]}}
    notes = texts.Notes({}, cited)
    assert notes.href(8, 16) == "5-1"
    assert notes.href(50, 58) == ""  # the act is named for both
    assert notes.href(60, 75) == "4"
    assert notes.href(0, 7) == ""


def test_a_sentence_names_laws_provisions_and_passages_and_links_them(shipped: Run) -> None:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    tables = Tables(shipped.reports / "tables")
    tag = next(t for t in corpus.tags["id-uu-21-2007"] if t.concept == "act.recruitment")
    for language, place in (("en", "art 2(1)"), ("id", "Pasal 2 ayat (1)")):
        say = Speaker(corpus, tables, texts.Layout(corpus), words.words(language), "").speak
        said = say(f"1 provision(s) decide it. By reference: “Recruitment” through {tag.doc_id}@{tag.start}-{tag.end}.")
        assert f'#s{tag.start}-{tag.end}"' in said
        assert tag.text in said
        assert str(tag.start) not in re.sub("<[^>]*>", "", said)
        said = say("id-uu-21-2007 art_2__para_1: 36–180 months AND fine IDR 120,000,000–600,000,000")
        assert f"UU 21/2007 {place}" in re.sub("<[^>]*>", "", said)
        assert "months AND" not in said
    assert re.sub("<[^>]*>", "", say("3 provision(s) decide it.")) == "3 ketentuan menentukannya."


def test_a_status_that_no_indicator_has_is_not_spoken_of(shipped: Run, tmp_path: Path) -> None:
    shutil.copytree(shipped.reports / "tables", tmp_path / "tables")
    file = tmp_path / "tables" / "gaps.csv"
    with file.open(encoding="utf-8", newline="") as lines_:
        rows = list(csv.DictReader(lines_))
    for row in rows:
        row["status"] = "met" if row["jurisdiction"] == "ph" else "not_found"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    said = {f.key: f.text for f in findings(Tables(tmp_path / "tables"))}
    n = len(rows) // 2
    assert said["benchmarks"] == (
        f"Indonesia meets 0 of {n} indicators (0%); nothing found for {n}. "
        f"The Philippines meets {n} of {n} indicators (100%)."
    )
    assert "0 not assessed" not in " ".join(said.values())


def test_a_term_of_days_is_not_shown_as_none() -> None:
    """Records count whole months, so that a term of days has 0 of them; 0 is not what a reader should see."""
    row = {"prison_min_months": "0", "prison_max_months": "1"}
    assert [cells.prison(row, words.words(code)).html for code in ("en", "id")] == [
        "&lt; 1 m – 1 m",
        "&lt; 1 bln – 1 bln",
    ]
    assert cells.prison({"prison_min_months": "", "prison_max_months": "0"}, words.words("en")).html == "up to &lt; 1 m"


def test_a_law_outside_the_corpus_is_shown_by_kind_and_number_and_a_repeal_has_no_new_text(shipped: Run) -> None:
    rows = (shipped.reports / "view" / "operations.html").read_text(encoding="utf-8").split("<tr>")
    repealed = next(r for r in rows if "UU 31/1999</bdi> art 3<" in r)
    assert "id-uu-31-1999" not in repealed
    assert repealed.count("<a ") == 2  # the clause and its words


def test_a_law_outside_the_corpus_is_named_once_beside_its_provision(shipped: Run) -> None:
    page = (shipped.reports / "timeline.html").read_text(encoding="utf-8")
    said = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page))
    assert "Act 1524 s 4" in said
    assert "Act 1524 Act 1524" not in said


def test_passages_of_a_paper_and_lists_of_laws_are_said_in_words(shipped: Run) -> None:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    for language, front in (("en", "title, paragraph 4"), ("id", "judul, paragraf 4")):
        speaker = Speaker(corpus, Tables(shipped.reports / "tables"), texts.Layout(corpus), words.words(language), "")
        said = re.sub("<[^>]*>", "", speaker.speak("which sec_3.1__p_17 gives as examples; and front__p_4 too"))
        assert "3.1(17)" in said and front in said
    page = (shipped.reports / "audit.html").read_text(encoding="utf-8")
    assert "</a>;<a" not in page
    assert "__p_" not in re.sub("<[^>]*>", "", page)


def test_documents_without_a_day_of_commencement_have_no_column_for_it(shipped: Run) -> None:
    page = (shipped.reports / "documents.html").read_text(encoding="utf-8")
    heads = {c: page.partition(f'id="j-{c}"')[2].partition("</thead>")[0].count("<th ") for c in ("id", "int", "paper")}
    assert heads == {"id": 5, "int": 3, "paper": 3}
    assert "In force on 11 December 2025" in page
