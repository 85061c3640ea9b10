"""reports/lacuna.xlsx: a sheet a table, typed, filtered, annotated; evidence ids lead to the words.

Reads   the published tables (dataset.py).
Writes  bytes of one Office Open XML workbook, the same on every machine.
Document text is untrusted: it is written as text, never as a formula, and the only links are made from ids.
Does not hold anything that the CSV files do not; formulas, macros and outside connections have no place here.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from pipeline.records import Column, TableSchema
from pipeline.report.exports import archive
from pipeline.report.exports.dataset import LICENCE, TITLE, Dataset

MAX_ROWS = 1_048_576  # of a sheet, header included
MAX_CHARACTERS = 32_767  # of a cell
MAX_LINKS = 65_530  # of a sheet
MAX_SHEET_NAME = 31
FIRST_DAY = datetime.date(1900, 3, 1)  # earlier days are wrong in spreadsheets, which hold 1900 for a leap year
WRAPPED_ROWS = 1_000  # a longer table keeps one line a row
LINE_POINTS, MOST_LINES = 15, 12  # a row is as high as its text needs, not as its lists need, and no higher than this
WIDEST, NARROWEST, LIST_WIDTH = 60, 9, 28
SAMPLED_ROWS = 400  # rows by whose words a column's width is set
MONEY = re.compile(r"fine_(min|max)$")
# Fill of a cell that holds the word: the darker, the further from what the standard asks. Readable in grey.
FILLS = {
    "met": "#FFFFFF", "partial": "#FCE8C8", "not_found": "#F2B8A0", "law_silent": "#E59A86", "not_assessed": "#E7E6E6",
    "supported": "#FFFFFF", "imprecise": "#FFF4D6", "outdated": "#FCE8C8", "internally_inconsistent": "#FCE8C8",
    "wrong_reference": "#F7CDB0", "contradicted": "#E59A86", "not_checkable": "#E7E6E6",
    "not found": "#F2B8A0", "not looked for": "#E7E6E6",
}  # fmt: skip
FILLED = ("status", "verdict")
ABOUT = (
    "Each sheet is a published table; its header row says in a note what a column holds, and the sheet “columns” lists "
    "them all. A cell under evidence_id or evidence_ids leads to the words that it rests on (the first of them, where "
    "there are several); from there, doc_id opens the page of the document at those words.",
    "“not_found” and “not found” mean that rules looked and found nothing in the texts read. “not looked for” means "
    "that no rule looks for it; “not_assessed” and “not assessed” that none does, or that it may stand in what was not "
    "read. Only an expert's review may say “law_silent”.",
    "A digest restates a law in our words and may leave articles out; the sheet “documents” says which edition was "
    "read and how far it was checked. This is no legal advice.",
)


def build(dataset: Dataset) -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    day = datetime.datetime.fromisoformat(dataset.as_of)
    book.set_properties({"title": TITLE, "author": "Lacuna", "comments": f"Law as of {dataset.as_of}", "created": day})
    _Writer(book, dataset).write()
    book.close()
    return archive.pack((name, _slashes(name, data)) for name, data in archive.members(buffer.getvalue()))


def _slashes(name: str, part: bytes) -> bytes:
    """A part of the workbook; relative links to files get the slashes that every system reads."""
    return part.replace(b'Target="documents\\', b'Target="documents/') if name.endswith(".rels") else part


class _Writer:
    """Lays the sheets out; knows on which row of which sheet each piece of evidence stands."""

    def __init__(self, book: Any, dataset: Dataset) -> None:
        self.book = book
        self.dataset = dataset
        top = {"valign": "top"}
        self.header = book.add_format(
            {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True, **top}
        )
        self.plain = book.add_format(top)
        self.wrapped = book.add_format({"text_wrap": True, **top})
        self.integer = book.add_format({"num_format": "0", **top})
        self.number = book.add_format({"num_format": "General", **top})
        self.money = book.add_format({"num_format": "#,##0", **top})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        self.link = book.add_format({"font_color": "#1F4E79", "underline": 1, "text_wrap": True, **top})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E79"})
        self.fills = {word: book.add_format({"bg_color": colour}) for word, colour in FILLS.items()}
        self.names = dict(self._sheet_names())
        self.place = {
            row["evidence_id"]: (self.names["evidence", part], line)
            for part, rows in self._parts("evidence")
            for line, row in enumerate(rows, 1)
        }

    def _parts(self, name: str) -> Iterator[tuple[int, Sequence[dict[str, Any]]]]:
        """A table's rows in pieces that a sheet can hold; at least one piece."""
        rows = self.dataset.rows.get(name, [])
        step = MAX_ROWS - 1
        for part, start in enumerate(range(0, max(1, len(rows)), step)):
            yield part, rows[start : start + step]

    def _sheet_names(self) -> Iterator[tuple[tuple[str, int], str]]:
        taken = {"contents", "columns", "history"}  # the last is the program's own
        for schema in self.dataset.schemas:
            for part, _ in self._parts(schema.name):
                name = sheet_name(schema.name, part, taken)
                taken.add(name.lower())
                yield (schema.name, part), name

    def write(self) -> None:
        contents = self.book.add_worksheet("contents")
        for schema in self.dataset.schemas:
            for part, rows in self._parts(schema.name):
                self._table(schema, self.names[schema.name, part], rows)
        self._columns()
        self._contents(contents)
        contents.activate()

    def _contents(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 62)
        sheet.set_column(2, 2, 10)
        sheet.set_column(3, 3, 34)
        sheet.write_string(0, 0, TITLE, self.title)
        sheet.write_string(
            1, 0, f"The law as of {self.dataset.as_of}. Licence: {LICENCE['title']} ({LICENCE['path']})."
        )
        for line, words in enumerate(ABOUT, 2):
            sheet.merge_range(line, 0, line, 3, "", self.wrapped)
            sheet.write_string(line, 0, words, self.wrapped)
            sheet.set_row(line, LINE_POINTS * (len(words) // 130 + 1))
        line = len(ABOUT) + 3
        for column, words in enumerate(("sheet", "what it holds", "rows", "the same rows as CSV")):
            sheet.write_string(line, column, words, self.header)
        for schema in self.dataset.schemas:
            for part, rows in self._parts(schema.name):
                line += 1
                name = self.names[schema.name, part]
                sheet.write_url(line, 0, f"internal:'{name}'!A1", self.link, name)
                sheet.write_string(line, 1, schema.title, self.wrapped)
                sheet.write_number(line, 2, len(rows), self.money)
                sheet.write_string(line, 3, f"  tables/{schema.name}.csv", self.plain)
        line += 1
        sheet.write_url(line, 0, "internal:'columns'!A1", self.link, "columns")
        sheet.write_string(line, 1, "Every column of every table: type and meaning", self.wrapped)
        sheet.hide_gridlines(2)
        _page(sheet, "contents")

    def _columns(self) -> None:
        sheet = self.book.add_worksheet("columns")
        lines = [(s.name, c.name, c.type, c.description) for s in self.dataset.schemas for c in s.columns]
        for column, (words, width) in enumerate((("table", 22), ("column", 22), ("type", 10), ("meaning", 90))):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self.header)
        for line, cells in enumerate(lines, 1):
            for column, words in enumerate(cells):
                sheet.write_string(line, column, words, self.wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(lines), 3)
        _page(sheet, "columns")

    def _table(self, schema: TableSchema, name: str, rows: Sequence[dict[str, Any]]) -> None:
        sheet = self.book.add_worksheet(name)
        self.links = 0
        widths = [_width(column, rows) for column in schema.columns]
        tall = len(rows) <= WRAPPED_ROWS
        for at, (column, width) in enumerate(zip(schema.columns, widths, strict=True)):
            sheet.write_string(0, at, column.name, self.header)
            note = f"{column.description}\n({column.type})"
            sheet.write_comment(
                0, at, note, {"author": "Lacuna", "x_scale": 1.8, "y_scale": 0.4 + 0.25 * (len(note) // 36 + 1)}
            )
            sheet.set_column(at, at, width)
            for line, row in enumerate(rows, 1):
                if row[column.name] not in (None, "", []):
                    self._cell(sheet, schema, line, at, row, self.wrapped if tall else self.plain)
            if column.name in FILLED and rows:
                for word, fill in self.fills.items():
                    sheet.conditional_format(
                        1, at, len(rows), at, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": fill}
                    )
        if tall:
            texts = [(c.name, w) for c, w in zip(schema.columns, widths, strict=True) if not _is_list(c)]
            for line, row in enumerate(rows, 1):
                lines = max(len(_words(row[name])) // width + 1 for name, width in texts)
                sheet.set_row(line, LINE_POINTS * min(lines, MOST_LINES))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(widths) - 1)
        sheet.print_area(0, 0, len(rows), len(widths) - 1)
        _page(sheet, name)

    def _cell(self, sheet: Any, schema: TableSchema, line: int, at: int, row: dict[str, Any], style: Any) -> None:
        column = schema.columns[at]
        value = row[column.name]
        if isinstance(value, bool):
            sheet.write_boolean(line, at, value, self.plain)
        elif isinstance(value, int | float):
            styles = {"integer": self.money if MONEY.match(column.name) else self.integer}
            sheet.write_number(line, at, value, styles.get(column.type, self.number))
        elif isinstance(value, datetime.date):
            if value >= FIRST_DAY:
                sheet.write_datetime(line, at, datetime.datetime.combine(value, datetime.time()), self.date)
            else:
                sheet.write_string(line, at, value.isoformat(), self.date)
        else:
            words = fitted(_words(value), schema.name)
            target = self._target(schema, column, row, value)
            if target and self.links < MAX_LINKS:
                self.links += 1
                sheet.write_url(line, at, target, self.link, words)
            else:
                sheet.write_string(line, at, words, style)

    def _target(self, schema: TableSchema, column: Column, row: dict[str, Any], value: Any) -> str:
        """Where a cell leads: an evidence id to its words, the words to the page of the document; '' for nowhere."""
        if schema.name == "evidence":
            return page_of(row) if column.name == "doc_id" else ""
        first = value if column.name == "evidence_id" else value[0] if column.name == "evidence_ids" else None
        if first not in self.place:
            return ""
        sheet, line = self.place[first]
        return f"internal:'{sheet}'!A{line + 1}"


def page_of(evidence: dict[str, Any]) -> str:
    """The page of the report that shows a piece of evidence in its document, as a link beside the workbook."""
    return f"external:documents/{evidence['doc_id']}.html#s{evidence['start']}-{evidence['end']}"


def sheet_name(name: str, part: int, taken: set[str]) -> str:
    """A name for a sheet: at most 31 characters, none of them forbidden, unlike (in any case) those taken."""
    clean = re.sub(r"[\[\]:*?/\\']", "_", name)
    number = part + 1
    while True:
        suffix = f" ({number})" if number > 1 else ""
        candidate = clean[: MAX_SHEET_NAME - len(suffix)] + suffix
        if candidate.lower() not in taken:
            return candidate
        number += 1


def fitted(words: str, table: str) -> str:
    """Words as a cell can hold them: one that is too long ends by saying where the rest is."""
    if len(words) <= MAX_CHARACTERS:
        return words
    rest = f" … [cut; the whole cell is in tables/{table}.csv]"
    return words[: MAX_CHARACTERS - len(rest)] + rest


def _is_list(column: Column) -> bool:
    return column.type == "list" or column.name == "evidence_id"


def _width(column: Column, rows: Sequence[dict[str, Any]]) -> int:
    """Width of a column in characters, by its name and its first rows."""
    longest = max((len(_words(r[column.name])) for r in rows[:SAMPLED_ROWS]), default=0)
    widest = LIST_WIDTH if _is_list(column) else WIDEST
    return min(widest, max(NARROWEST, len(column.name) + 3, longest + 2))


def _words(value: Any) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, list) else str(value)


def _page(sheet: Any, name: str) -> None:
    """How a sheet prints: landscape, one page wide, header row on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{name}&R&P / &N")
