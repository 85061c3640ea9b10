"""Files to take away: typed, linked to the words, inert, and the same bytes on every machine."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import frictionless
import openpyxl
import pypdfium2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline import baseline, records
from pipeline.corpus import Corpus
from pipeline.records import Column, TableSchema
from pipeline.report import changed, markdown
from pipeline.report.exports import archive, brief, crate, datapackage, dictionary, sqlite, workbook
from pipeline.report.exports.dataset import SCHEMAS, Dataset
from pipeline.report.findings import Tables, findings
from pipeline.report.phrases import Phrases, phrase_words
from pipeline.report.words import words as catalogue
from tests.conftest import Run, params

AS_OF = str(params()["as_of"])
HOSTILE = [
    '=HYPERLINK("http://example.org","click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "a;=1+1;b",
    "<script>alert(1)</script>",
    "<b>&amp;</b> | `code` [link](javascript:alert(1)) ![](http://example.org/x.png)",
    "\u202egnp.exe\u2066 mark\u200f",
    "nul\x00 bell\x07 escape\x1b[31m \ufffe",
    "#import \"x.typ\": * $x$ @ref <label> // /* #panic() \\",
    "x" * 10_000,
    "_x0041_ &#65; %0a {{ 7*7 }} {% raw %}",
    "a |\n|---|\n| b | c\r\n\r\n# heading\n\n- item\n\n```\ncode",
    "\r=1+1",
    "\u2028=1+1\u2029\x85=2",
    "\uff1d1+1 \u200b=1 \ufeff@x",
    "]]> --> </td></table></style></textarea><svg onload=alert(1)>",
    "$(touch x) `touch x` \\input{x} #eval(\"1\") https://example.org javascript:alert(1)",
    "'; DROP TABLE gaps; --",
]  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "integer": [0, -1, 12],
    "number": [0.5, -1.5, 3.0],
    "boolean": [True, False, None],
    "date": ["2025-12-11", "1890-01-02", ""],
}


def hostile_tables(folder: Path) -> Path:
    """Every table with hostile words in every cell that is neither a key nor a coded value."""
    docs = ["id-uu-21-2007", "ph-ra-11930"]
    coded = {
        "status": ["met", "partial", "not_found"],
        "verdict": ["contradicted", "outdated", "imprecise"],
        "severity": ["high", "high", "medium"],
        "jurisdiction": ["id", "ph", "id"],
        "kind": ["act", "act", "treaty"],
    }
    for schema in SCHEMAS.values():
        rows: list[dict[str, Any]] = []
        keys: set[tuple[str, ...]] = set()
        for n in range(len(HOSTILE)):
            row: dict[str, Any] = {}
            for at, column in enumerate(schema.columns):
                words = HOSTILE[(n + at) % len(HOSTILE)]
                if column.name in ("doc_id", "law", "source_doc", "target_doc"):
                    value: Any = docs[n % 2] if schema.name != "documents" else f"{docs[n % 2]}{n // 2 or ''}"
                elif column.name == "eid":
                    value = f"art_{n}" if schema.name == "provisions" else f"art_{n // 2 * 2 + n % 2}"
                elif column.name == "evidence_id":
                    value = f"id-uu-21-2007@{n}-{n + 5}~rule"
                elif column.name == "evidence_ids":
                    value = [f"id-uu-21-2007@{i}-{i + 5}~rule" for i in range(n % 3)]
                elif column.name in coded:
                    value = coded[column.name][n % 3]
                elif column.type == "list":
                    value = [words, HOSTILE[n]]
                elif column.type in VALUES:
                    value = VALUES[column.type][n % 3]
                else:
                    value = f"{column.name}{n}" if column.name in schema.key else words
                row[column.name] = value
            key = tuple(str(row[k]) for k in schema.key) or (str(n),)
            if key not in keys:
                rows.append(row)
            keys.add(key)
        records.write_csv(folder / f"{schema.name}.csv", schema, rows)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Tables full of what attackers write."""
    return Dataset(hostile_tables(tmp_path_factory.mktemp("hostile") / "tables"), AS_OF)


@pytest.fixture(scope="module")
def dataset(shipped: Run) -> Dataset:
    """The tables of what ships."""
    return Dataset(shipped.reports / "tables", AS_OF)


# ----------------------------------------------------------------------------------------------- CSV


@given(st.text(max_size=60))
def test_a_text_cell_is_inert_and_reads_back_as_written(text: str) -> None:
    cell = records.inert(text)
    assert not re.search(r"(^|;)[\s\"]*[=+\-@]", cell)
    assert records.as_written(cell) == records.visible(text)
    assert not re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]", cell)


def test_rows_read_back_typed(tmp_path: Path) -> None:
    columns = [("s", "string"), ("i", "integer"), ("n", "number"), ("b", "boolean"), ("d", "date"), ("l", "list")]
    schema = TableSchema("t", "T", tuple(Column(n, t, n) for n, t in columns))
    rows = [
        {"s": "=1", "i": -3, "n": 1.5, "b": True, "d": datetime.date(2020, 1, 2), "l": ["-a", "b;c"]},
        {"s": "", "i": None, "n": None, "b": None, "d": None, "l": []},
    ]
    records.write_csv(tmp_path / "t.csv", schema, rows)
    assert "'=1,-3,1.5,true,2020-01-02,\"'-a;b,c\"" in (tmp_path / "t.csv").read_text(encoding="utf-8")
    rows[0]["l"] = ["-a", "b,c"]
    assert records.read_csv(tmp_path / "t.csv", schema) == rows


@pytest.mark.parametrize(("cell", "column"), [("x", "integer"), ("1", "boolean"), ("2020-13-01", "date")])
def test_a_cell_of_another_type_is_an_error_that_names_the_line(tmp_path: Path, cell: str, column: str) -> None:
    (tmp_path / "t.csv").write_text(f"a\n{cell}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        records.read_csv(tmp_path / "t.csv", TableSchema("t", "T", (Column("a", column, ""),)))


def test_a_file_of_another_schema_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("b\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="run the pipeline again"):
        records.read_csv(tmp_path / "t.csv", TableSchema("t", "T", (Column("a", "string", ""),)))


# ---------------------------------------------------------------------------------------------- XLSX


def sheets(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def book(dataset: Dataset) -> Any:
    """The workbook of what ships, as another program reads it."""
    return sheets(workbook.build(dataset))


def test_the_workbook_holds_every_cell_of_every_table_in_its_type(book: Any, dataset: Dataset) -> None:
    for schema in dataset.schemas:
        lines = book[schema.name].iter_rows(values_only=True)
        assert list(next(lines)) == [c.name for c in schema.columns]
        for line, row in zip(lines, dataset.rows[schema.name], strict=True):
            for cell, column in zip(line, schema.columns, strict=True):
                value = row[column.name]
                if isinstance(value, list):
                    value = ";".join(value)
                if isinstance(value, datetime.date) and value >= workbook.FIRST_DAY:
                    value = datetime.datetime.combine(value, datetime.time())
                elif isinstance(value, datetime.date):
                    value = value.isoformat()
                assert cell == (None if value == "" else value), (schema.name, column.name)
                assert type(cell) in (type(None), type(value), int), (schema.name, column.name)


def test_sheets_are_frozen_filtered_and_annotated(book: Any, dataset: Dataset) -> None:
    for schema in dataset.schemas:
        sheet = book[schema.name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_row == 1
        assert all(c.description in cell.comment.text for c, cell in zip(schema.columns, sheet[1], strict=True))


def test_contents_lead_to_every_sheet(book: Any, dataset: Dataset) -> None:
    targets = {cell.hyperlink.location for row in book["contents"].iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{s.name}'!A1" for s in dataset.schemas} | {"'columns'!A1"} == targets


def test_every_evidence_id_leads_to_its_words_and_they_to_the_page(book: Any, dataset: Dataset, shipped: Run) -> None:
    evidence = book["evidence"]
    anchors: dict[str, set[str]] = {}
    followed = 0
    for schema in dataset.schemas:
        for at, column in enumerate(schema.columns, 1):
            if schema.name == "evidence" or column.name not in ("evidence_id", "evidence_ids"):
                continue
            for (cell,) in book[schema.name].iter_rows(min_row=2, min_col=at, max_col=at):
                if cell.value:
                    place = cell.hyperlink.location
                    assert place.startswith("'evidence'!A")
                    assert evidence.cell(int(place.rpartition("A")[2]), 1).value == cell.value.split(";")[0]
                    followed += 1
    assert followed > 10_000
    for (cell,) in evidence.iter_rows(min_row=2, min_col=2, max_col=2):
        file, _, anchor = cell.hyperlink.target.partition("#")
        anchor = anchor or cell.hyperlink.location
        if file not in anchors:
            page = (shipped.reports / unquote(file)).read_text(encoding="utf-8")
            anchors[file] = set(re.findall(r'id="(s\d+-\d+)"', page))
        assert anchor in anchors[file]


def test_hostile_words_are_text_in_the_workbook(hostile: Dataset) -> None:
    data = workbook.build(hostile)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
            assert not re.search(rb"externalLink|vbaProject|oleObject|macro", name.encode())
        targets = b"".join(parts.read(n) for n in parts.namelist() if n.endswith(".rels"))
        assert b"http://example.org" not in targets
    book = sheets(data)
    kept = {cell for s in book.worksheets for row in s.iter_rows(values_only=True) for cell in row if cell}
    assert HOSTILE[0] in kept
    assert "x" * 10_000 in kept
    assert not [c for c in kept if isinstance(c, str) and re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", c)]


def test_a_cell_that_is_too_long_says_where_the_rest_is() -> None:
    assert workbook.fitted("x" * workbook.MAX_CHARACTERS, "t") == "x" * workbook.MAX_CHARACTERS
    cut = workbook.fitted("x" * (workbook.MAX_CHARACTERS + 1), "t")
    assert len(cut) == workbook.MAX_CHARACTERS
    assert cut.endswith("the whole cell is in tables/t.csv]")


def test_a_table_that_is_too_long_goes_on_in_another_sheet(hostile: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 6)
    monkeypatch.setattr(workbook, "MAX_LINKS", 3)
    book = sheets(workbook.build(hostile))
    parts = [book[n] for n in book.sheetnames if n.partition(" ")[0] == "evidence"]
    rows = len(hostile.rows["evidence"])
    assert len(parts) == -(-rows // 5) > 1
    assert [p.max_row for p in parts] == [6] * (len(parts) - 1) + [1 + rows - 5 * (len(parts) - 1)]
    assert sum(1 for row in parts[0].iter_rows() for c in row if c.hyperlink) == 3
    assert {c.value for p in parts for c in p["A"]} >= {r["evidence_id"] for r in hostile.rows["evidence"]}


def test_sheet_names_are_what_spreadsheets_allow() -> None:
    taken = {"contents"}
    assert workbook.sheet_name("Contents", 0, taken) == "Contents (2)"
    assert workbook.sheet_name("a" * 40, 0, taken) == "a" * 31
    assert workbook.sheet_name("a/b[c]:d?", 1, taken) == "a_b_c__d_ (2)"


def test_archives_hold_what_they_were_given_and_no_time() -> None:
    members = [("a.txt", b"x" * 1000), ("b/ü.txt", b"")]
    data = archive.pack(members)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        assert [(i.filename, parts.read(i), i.date_time) for i in parts.infolist()] == [
            (n, d, (1980, 1, 1, 0, 0, 0)) for n, d in members
        ]
    assert archive.pack(archive.members(data)) == data


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_workbook_as_the_csv_files(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "lacuna.xlsx").write_bytes(workbook.build(dataset))
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "lacuna.xlsx"], check=True, capture_output=True)
    for schema in dataset.schemas:
        with (tmp_path / f"lacuna-{schema.name}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.reader(file))[1:]
        with dataset.file(schema.name).open(encoding="utf-8", newline="") as file:
            written = [[records.as_written(c) for c in row] for row in csv.reader(file)][1:]
        # LibreOffice writes booleans in capitals; all else is character for character the same.
        bools = {at for at, c in enumerate(schema.columns) if c.type == "boolean"}
        read = [[c.lower() if at in bools else c for at, c in enumerate(row)] for row in read]
        assert read == written, schema.name


# -------------------------------------------------------------------------------------- data package


def validated(folder: Path) -> frictionless.Report:
    return frictionless.Package(str(folder / "datapackage.json")).validate()


def test_the_data_package_is_valid_and_complete(shipped: Run, dataset: Dataset) -> None:
    assert validated(shipped.reports).flatten(["title", "message"]) == []
    package = json.loads((shipped.reports / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["name"] for r in package["resources"]} == {p.stem for p in (shipped.reports / "tables").glob("*.csv")}
    for resource in package["resources"]:
        assert all(f["description"] for f in resource["schema"]["fields"]), resource["name"]
    assert len(package["sources"]) == len(dataset.rows["documents"])


def test_the_data_package_of_hostile_tables_is_valid(hostile: Dataset) -> None:
    folder = hostile.folder.parent
    (folder / "datapackage.json").write_text(datapackage.build(hostile), encoding="utf-8")
    assert validated(folder).flatten(["title", "message"]) == []


@pytest.mark.parametrize(
    ("table", "pattern", "put", "title"),
    [
        ("penalties", "~link", "~nowhere", "ForeignKey Error"),
        ("offences", ",false,", ",maybe,", "Type Error"),
        ("fragmentation", r"\nph,", r"\nid,", "PrimaryKey Error"),
    ],
)
def test_the_data_package_shows_what_is_wrong(
    shipped: Run, tmp_path: Path, table: str, pattern: str, put: str, title: str
) -> None:
    shutil.copytree(shipped.reports / "tables", tmp_path / "tables")
    file = tmp_path / "tables" / f"{table}.csv"
    file.write_text(re.sub(pattern, put, file.read_text(encoding="utf-8"), count=1), encoding="utf-8", newline="\n")
    (tmp_path / "datapackage.json").write_text(
        datapackage.build(Dataset(tmp_path / "tables", AS_OF))
        if table != "offences"
        else (shipped.reports / "datapackage.json").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    assert title in {row[0] for row in validated(tmp_path).flatten(["title", "message"])}


# -------------------------------------------------------------------------------------------- SQLite


@pytest.fixture(scope="module")
def database(shipped: Run) -> sqlite3.Connection:
    """The database of what ships, opened by Python's own SQLite, which is another version."""
    return sqlite3.connect(f"file:{shipped.reports / 'lacuna.sqlite'}?mode=ro", uri=True)


def test_the_database_is_sound_and_says_what_it_is(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA application_id").fetchone() == (sqlite.APPLICATION_ID,)


def test_the_database_holds_the_tables(database: sqlite3.Connection, dataset: Dataset) -> None:
    for schema in dataset.schemas:
        cursor = database.execute(f'SELECT * FROM "{schema.name}" ORDER BY rowid')
        names = [d[0] for d in cursor.description]
        assert [n for n in names if n != "id"] == [c.name for c in schema.columns]
        for got, row in zip(cursor, dataset.rows[schema.name], strict=True):
            for name, value in zip(names, got, strict=True):
                if name != "id":
                    want = row[name]
                    want = (
                        ";".join(want)
                        if isinstance(want, list)
                        else str(want)
                        if isinstance(want, datetime.date)
                        else want
                    )
                    assert (value or None) == (want or None), (schema.name, name)
        linked = [r for r in dataset.rows[schema.name] for _ in r.get("evidence_ids", [])]
        if linked:
            assert database.execute(f"SELECT COUNT(*) FROM {schema.name}_evidence").fetchone() == (len(linked),)


def test_the_database_enforces_keys(dataset: Dataset, tmp_path: Path) -> None:
    tables = {n: len([r for r in dataset.references(s) if r.table == "evidence"]) for n, s in SCHEMAS.items()}
    assert tables["penalties"] == 1
    (tmp_path / "x.sqlite").write_bytes(sqlite.build(dataset))
    connection = sqlite3.connect(tmp_path / "x.sqlite")
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("UPDATE penalties SET evidence_id = 'nothing' WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute(
            "UPDATE gaps SET indicator = (SELECT indicator FROM gaps WHERE id = 3), jurisdiction = (SELECT jurisdiction FROM gaps WHERE id = 3) WHERE id = 1"
        )


def test_the_database_finds_words(database: sqlite3.Connection, shipped: Run) -> None:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    word = "livestreaming"
    want = sum(word in r["text"].lower().split() for r in sqlite.passages(corpus))
    found = database.execute("SELECT COUNT(*) FROM passages_fts WHERE passages_fts MATCH ?", (word,)).fetchone()[0]
    assert found >= max(want, 1)
    rows = database.execute(
        "SELECT e.text FROM evidence_fts f JOIN evidence e ON e.rowid = f.rowid WHERE evidence_fts MATCH 'anak' LIMIT 50"
    ).fetchall()
    assert rows and all("anak" in t.lower() for (t,) in rows)


def test_every_view_answers(database: sqlite3.Connection) -> None:
    views = {n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views == set(sqlite.VIEWS)
    for view in views:
        assert database.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchone(), view


def test_passages_hold_every_word_once(shipped: Run) -> None:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    parts: dict[str, list[str]] = {}
    for row in sqlite.passages(corpus):
        parts.setdefault(row["doc_id"], []).append(row["text"])
    for doc_id, texts in parts.items():
        said = sum(len("".join(t.split())) for t in texts)
        assert said >= 0.98 * len("".join(records.visible(corpus.text[doc_id]).split())), doc_id


def test_hostile_words_are_text_in_the_database(hostile: Dataset, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(sqlite.build(hostile))
    connection = sqlite3.connect(tmp_path / "x.sqlite")
    assert connection.execute("SELECT COUNT(*) FROM gaps").fetchone() == (len(HOSTILE),)
    texts = {t for (t,) in connection.execute("SELECT text FROM evidence")}
    assert "'; DROP TABLE gaps; --" in texts
    assert "<script>alert(1)</script>" in texts


def test_a_row_that_refers_to_nothing_is_an_error(hostile: Dataset, tmp_path: Path) -> None:
    shutil.copytree(hostile.folder, tmp_path / "tables")
    file = tmp_path / "tables" / "evidence.csv"
    file.write_text("\n".join(file.read_text(encoding="utf-8").split("\n")[:-3]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="refers to a row of evidence"):
        sqlite.build(Dataset(tmp_path / "tables", AS_OF))


def test_datasette_metadata_names_every_table(shipped: Run, dataset: Dataset) -> None:
    about = json.loads((shipped.reports / "metadata.json").read_text(encoding="utf-8"))
    tables = about["databases"]["lacuna"]["tables"]
    assert {s.name for s in dataset.schemas} <= set(tables)


# ------------------------------------------------------------------------ archive, dictionary, words


def test_the_crate_lists_every_file_with_its_hash_and_every_input(shipped: Run, dataset: Dataset) -> None:
    crate_ = json.loads((shipped.reports / crate.METADATA).read_text(encoding="utf-8"))
    entities = {e["@id"]: e for e in crate_["@graph"]}
    parts = {p["@id"] for p in entities["./"]["hasPart"]}
    on_disk = {p.relative_to(shipped.reports).as_posix() for p in shipped.reports.rglob("*") if p.is_file()}
    assert parts == on_disk - crate.UNLISTED
    for part in parts:
        assert entities[part]["sha256"] == hashlib.sha256((shipped.reports / part).read_bytes()).hexdigest(), part
        assert entities[part]["encodingFormat"] != "application/octet-stream", part
    inputs = [entities[i["@id"]] for i in entities["#run"]["object"]]
    assert {i["sha256"] for i in inputs} == {r["sha256"] for r in dataset.rows["documents"]}
    refs = re.findall(r'"@id": "([^"]+)"', json.dumps(crate_))
    assert {r for r in refs if r not in entities} == {"https://w3id.org/ro/crate/1.1"}


@pytest.fixture
def crate_validator() -> str:
    """A Python that holds the validator, which pins other versions of our libraries and so has a place of its own."""
    python = os.environ.get("LACUNA_ROCRATE", "")
    if not python:
        pytest.skip("set LACUNA_ROCRATE to a Python with roc-validator and rocrate (uv venv …; uv pip install both)")
    return python


def test_a_validator_finds_nothing_against_the_crate(shipped: Run, crate_validator: str, tmp_path: Path) -> None:
    def validated_by(folder: Path) -> dict[str, Any]:
        script = Path("tests/rocrate_offline.py").resolve()
        run = subprocess.run([crate_validator, script, folder], capture_output=True, text=True, check=True)
        found: dict[str, Any] = json.loads(run.stdout)
        return found

    found = validated_by(shipped.reports)
    assert found["asked"] == ["https://w3id.org/ro/crate/1.1/context"]
    assert found["REQUIRED"] == {"passed": True, "issues": []}
    # We have no address of our own to give.
    assert {i[2] for i in found["RECOMMENDED"]["issues"]} <= {"The organization SHOULD have a URL."}
    # It would see what is wrong.
    shutil.copytree(shipped.reports, tmp_path / "crate")
    file = tmp_path / "crate" / crate.METADATA
    file.write_text(re.sub('"datePublished": "[^"]+",', "", file.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "crate" / "report.md").unlink()
    broken = " ".join(i[2] for i in validated_by(tmp_path / "crate")["REQUIRED"]["issues"])
    assert "datePublished" in broken
    assert "report.md" in broken


def test_the_data_dictionary_is_current() -> None:
    assert Path("docs/data.md").read_text(encoding="utf-8") == dictionary.build(), "run `make dictionary`"


def test_hostile_words_are_text_in_markdown() -> None:
    for words in HOSTILE:
        page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
            f"| a |\n|---|\n| {markdown._safe(words)} |\n"
        )
        assert set(re.findall(r"<(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td"}, words
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", page)


def test_hostile_words_are_text_in_the_whole_markdown_report(hostile: Dataset, tmp_path: Path) -> None:
    tables = Tables(hostile.folder)
    differs = baseline.Baseline(
        "abc", "2026-01-05", "0", AS_OF, {}, {"claims": [tables.rows("claims")[0] | {"cited": w} for w in HOSTILE]}
    )
    markdown.write(tables, tmp_path / "report.md", {"as_of": AS_OF}, changed.changed(tables, differs, AS_OF))
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        (tmp_path / "report.md").read_text(encoding="utf-8")
    )
    allowed = {"h1", "h2", "p", "ol", "li", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<([a-z]\w*)", page)) <= allowed
    assert set(re.findall(r"<code>(.*?)</code>", page)) <= {
        "evidence_ids", "tables/", "tables/evidence.csv", "not_found", "not_assessed", "law_silent",
    }  # fmt: skip
    # No value begins a row, a table or a heading of its own.
    assert len(re.findall("<h2>", page)) == 7
    expected = sum(r["status"] != "met" for r in tables.rows("gaps"))
    gaps = page.partition("<h2>Gaps</h2>")[2].partition("<h2>")[0]
    assert gaps.count("<tr>") == expected + 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\u2028\u2029]", page)


SAME = """
import json, sys
from pathlib import Path
from pipeline import report
report.run(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
"""


def test_the_same_bytes_in_another_place_time_zone_locale_and_hash_seed(shipped: Run, tmp_path: Path) -> None:
    other = tmp_path / "ü" / "reports"
    other.mkdir(parents=True)
    shutil.copyfile(shipped.reports / "metrics.json", other / "metrics.json")
    env = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "PYTHONPATH": "."}
    subprocess.run([sys.executable, "-c", SAME, shipped.processed, other, json.dumps(params())], check=True, env=env)
    made = {file.relative_to(other) for file in other.rglob("*") if file.is_file()}
    there = {file.relative_to(shipped.reports) for file in shipped.reports.rglob("*") if file.is_file()}
    assert made == there - {Path("evaluation.csv")}
    assert {".xlsx", ".sqlite", ".json", ".pdf", ".html", ".md", ".csv", ".js", ".svg"} <= {p.suffix for p in made}
    for path in made:
        assert (other / path).read_bytes() == (shipped.reports / path).read_bytes(), path


# -------------------------------------------------------------------------------------------- brief


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


@pytest.mark.parametrize("language", brief.LANGUAGES)
def test_the_brief_has_four_pages_and_says_what_the_tables_say(dataset: Dataset, language: str) -> None:
    said = pages(brief.build(dataset, language))
    assert len(said) == 4
    whole = " ".join(" ".join(said).split())
    for finding in findings(Tables(dataset.folder), language):
        for figure in re.findall(r"\d+", finding.text[:400]):
            assert figure in whole
    met = sum(r["status"] == "met" and r["jurisdiction"] == "id" for r in dataset.rows["gaps"])
    assert str(met) in said[0]


@pytest.mark.parametrize("language", brief.LANGUAGES)
def test_the_brief_of_twice_the_data_has_four_pages(dataset: Dataset, language: str) -> None:
    twice = Dataset(dataset.folder, AS_OF)
    doubled = {
        n: rows + [r | {k: f"{r[k]} (again)" for k in ("label", "benchmark", "indicator") if k in r} for r in rows]
        for n, rows in dataset.rows.items()
    }
    twice.__dict__["rows"] = doubled
    assert len(pages(brief.build(twice, language))) == 4


def test_the_brief_of_hostile_tables_is_text(hostile: Dataset) -> None:
    data = brief.build(hostile, "en")
    assert len(pages(data)) == 4
    assert not re.search(rb"/URI|/JavaScript|/JS\b|/Launch|/EmbeddedFile", data)
    assert "<script>" in "".join(pages(data))


def phrases(language: str) -> Phrases:
    return Phrases(catalogue(language), {"d-1": "UU 1", "d-2": "RA 2"})


def test_provisions_are_named_as_people_write_them() -> None:
    en, indonesian = phrases("en"), phrases("id")
    assert en.spoken("d-1 art_2__para_1__point_a") == "UU 1 art 2(1)(a)"
    assert indonesian.spoken("d-1 art_2__para_1__point_a") == "UU 1 Pasal 2 ayat (1) huruf a"
    assert en.spoken("d-3 art_I__point_9__art_27B__para_1") == "d-3 art I(9) › art 27B(1)"
    assert indonesian.spoken("d-3 art_I__point_9__art_27B__para_1") == "d-3 Pasal I angka 9 › Pasal 27B ayat (1)"
    assert indonesian.spoken("d-2 sec_10__para_e") == "RA 2 Section 10(e)"
    assert en.spoken("d-1") == "UU 1"
    assert en.places(["d-1 art_2", "d-1 art_3", "d-2 art_4", "d-2 art_5"]) == "UU 1 art 2, art 3; RA 2 art 4"


@pytest.mark.parametrize(
    ("number", "en", "indonesian"),
    [
        (5_000_000_000, "5 billion", "5 miliar"),
        (2_500_000, "2.5 million", "2,5 juta"),
        (666_666_666, "666,666,666", "666.666.666"),
        (500_000, "500,000", "500.000"),
    ],
)
def test_amounts_are_said_as_people_say_them(number: int, en: str, indonesian: str) -> None:
    assert phrases("en").amount(number) == en
    assert phrases("id").amount(number) == indonesian


def test_what_the_law_says_is_said_in_the_language_of_the_brief() -> None:
    found = (
        "d-1 art_6: …–120 months AND/OR fine IDR …–5,000,000,000 (fine_max: 500000000 asserted, 5000000000 in the law)"
    )
    assert phrases("en").sentence(found) == (
        "UU 1 art 6: up to 10 years and/or fine IDR up to 5 billion (highest fine: the paper 500 million, the law 5 billion)"
    )
    assert phrases("id").sentence(found) == (
        "UU 1 Pasal 6: sampai 10 tahun dan/atau denda IDR sampai 5 miliar "
        "(denda tertinggi: artikel 500 juta, hukum 5 miliar)"
    )
    left = "d-1 art_6: no longer in force on 2025-12-11"
    assert phrases("id").sentence(left) == "UU 1 Pasal 6: tidak berlaku lagi pada 11 Desember 2025"


def test_the_indonesian_brief_asks_and_answers_in_indonesian(dataset: Dataset) -> None:
    said = " ".join(" ".join(pages(brief.build(dataset, "id"))).split())
    for english in (" must ", " Does ", " Is ", " not found", " months", " the law", " art ", " billion", "conduct."):
        assert english not in said.partition(catalogue("id")("verdict.contradicted"))[0], english


def test_only_what_is_whole_is_said_to_be_all() -> None:
    assert [catalogue("en").share(x) for x in (1.0, 0.9994, 0.61, 0.0, 2e-06)] == [
        "100%",
        "99.9%",
        "61%",
        "0%",
        "0.0002%",
    ]


def test_the_messages_of_the_brief_are_the_same_in_every_language() -> None:
    catalogues = [
        yaml.safe_load((brief.MESSAGES / f"brief.{x}.yaml").read_text(encoding="utf-8")) | phrase_words(x)
        for x in brief.LANGUAGES
    ]
    for one, other in itertools.pairwise(catalogues):
        assert one.keys() == other.keys()
        for group in ("units", "terms", "fields", "differs", "measures", "languages"):
            assert one[group].keys() == other[group].keys(), group
        for key, words in one.items():
            if isinstance(words, str):
                assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", other[key])), key


def test_a_brief_whose_tables_fill_a_page_too_far_takes_fewer_rows(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "SLACK_MM", (-200,))
    with pytest.raises(brief.BriefError, match="does not fit"):
        brief.build(dataset, "en")
    monkeypatch.setattr(brief, "SLACK_MM", (-200, 24))
    assert len(pypdfium2.PdfDocument(brief.build(dataset, "en"))) == brief.PAGES
