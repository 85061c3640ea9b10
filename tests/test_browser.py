"""The site in a real browser, opened from disk: it works, asks nothing of the network, and is accessible.

Needs Chromium (`apt-get install chromium`, or set LACUNA_BROWSER to its path) and playwright; skips with a message otherwise.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.conftest import Run

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGES = (
    "index",
    "compare",
    "gaps",
    "audit",
    "documents",
    "timeline",
    "citations",
    "data",
    "method",
    "search",
    "changes",
    "view/conduct_matrix",
)
EXAMPLES = ("documents/id-uu-35-2014.html", "documents/id-uu-23-2002--history.html", "documents/ph-ra-11930.html")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    path = os.environ.get("LACUNA_BROWSER") or next((p for b in BROWSERS if (p := shutil.which(b))), None)
    if path is None:
        pytest.skip("no browser: install chromium, or set LACUNA_BROWSER to the path of one")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make setup-dev")
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test on a console error or a request to anything but a file."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda e: troubles.append(str(e)))
    opened.on("request", lambda r: troubles.append(r.url) if not re.match("(file|data|blob):", r.url) else None)
    yield opened
    context.close()
    assert troubles == []


def at(shipped: Run, page: str) -> str:
    """Address of a page on disk; a query or anchor may follow the name."""
    name = re.match(r"[^?#]+", page)
    assert name
    return (shipped.reports / name[0]).resolve().as_uri() + page[name.end() :]


@pytest.mark.parametrize("name", [*(f"{p}.html" for p in PAGES), *(f"id/{p}.html" for p in PAGES), *EXAMPLES])
def test_no_serious_accessibility_violation(shipped: Run, page: Any, name: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.goto(at(shipped, name))
    found = axe.run(
        page,
        options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
            "resultTypes": ["violations"],
            "preload": False,
        },
    )
    serious = [
        (v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]])
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "name", [*(f"{p}.html" for p in PAGES), "documents/id-uu-35-2014.html", "documents/id-uu-23-2002--history.html"]
)
def test_no_page_is_wider_than_the_screen(shipped: Run, page: Any, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(at(shipped, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_a_cell_to_the_words_and_back_in_two_clicks(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "gaps.html"))
    cell = page.locator("td[data-status=met]").first
    cell.locator("summary").click()
    link = cell.locator("a.ev").first
    words = link.inner_text().rstrip(" …")
    link.click()
    page.wait_for_selector(".hit")
    marked = "".join(page.locator(".hit").all_text_contents())
    assert re.sub(r"\s+", "", words)[:20] in re.sub(r"\s+", "", marked)
    box = page.locator(".hit").first.bounding_box()
    assert box and 0 <= box["y"] <= 900
    page.click("#back")
    page.wait_for_url("**/gaps.html")


def test_the_marked_words_are_those_of_the_evidence(shipped: Run, page: Any) -> None:
    rows = [r for r in shipped.table("evidence") if "~parse." not in r["evidence_id"] and len(r["text"]) < 200]
    for row in rows[:: len(rows) // 25]:
        page.goto(at(shipped, f"documents/{row['doc_id']}.html#s{row['start']}-{row['end']}"))
        marked = "".join(page.locator(".hit").all_text_contents())
        assert re.sub(r"\s+", "", marked) == re.sub(r"\s+", "", row["text"]), row["evidence_id"]


def test_tables_sort_filter_and_download(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "view/conduct_matrix.html"))
    heads = page.locator("thead th button").all_inner_texts()
    column = next(i for i, h in enumerate(heads) if h.startswith("Offences"))
    for direction in (False, True):
        page.locator("thead th button").nth(column).click()
        values = [
            int(v)
            for v in page.locator(f"tbody tr td:nth-child({column + 1})").evaluate_all("c => c.map(x => x.dataset.v)")
        ]
        assert values == sorted(values, reverse=direction)
    page.locator(".tools select").first.select_option("Indonesia")
    shown = page.locator("tbody tr:visible").count()
    assert 0 < shown < len(shipped.table("conduct_matrix"))
    assert page.locator(".tools output").inner_text().startswith(f"{shown} ")
    with page.expect_download() as download:
        page.click(".tools button")
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == shown + 1
    page.locator(".tools input").fill("no such words")
    assert page.locator("tbody tr:visible").count() == 0


def test_gaps_filter_by_status_severity_and_jurisdiction(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "gaps.html?severity=high&status=open&jurisdiction=id"))
    expected = sum(
        r["jurisdiction"] == "id" and r["severity"] == "high" and r["status"] not in ("met", "not_assessed")
        for r in shipped.table("gaps")
    )
    assert page.locator(".gaps-table tbody tr:visible").count() == expected


def test_a_link_to_a_filtered_row_shows_it(shipped: Run, page: Any) -> None:
    met = next(r for r in shipped.table("gaps") if r["status"] == "met" and r["severity"] != "high")
    page.goto(at(shipped, f"gaps.html?severity=high#{met['jurisdiction']}-{met['indicator']}"))
    assert page.locator(f"#{met['jurisdiction']}-{met['indicator']}").is_visible()


def test_search_finds_words_numbers_and_concepts_of_either_language(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "search.html?q=76I"))
    page.wait_for_selector("#results a")
    assert "76I" in page.locator("#results a").first.inner_text()
    page.fill("#search [name=q]", "grooming")
    page.wait_for_timeout(300)
    names = " ".join(page.locator("#results a").all_inner_texts())
    assert "RA 11930" in names
    page.fill("#search [name=q]", "trafficking in persons")
    page.select_option("#search [name=jurisdiction]", "id")
    page.wait_for_timeout(300)
    page.locator("#results a").first.click()
    page.wait_for_selector(".hit")
    assert "/documents/id-" in page.url


def test_a_search_is_done_before_a_reader_waits(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "search.html"))
    spent = page.evaluate(
        """async () => { const form = document.getElementById("search"); form.q.value = "anak"; const t = performance.now();
        form.requestSubmit(); return performance.now() - t; }"""
    )
    assert page.locator("#results a").count() > 0
    assert spent < 500


def test_the_language_switch_keeps_the_page(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "gaps.html"))
    page.click("[data-language=id]")
    assert page.url.endswith("/id/gaps.html")
    assert page.locator("h1").inner_text() == "Kekosongan hukum"
    page.locator("td[data-status=met] summary").first.click()
    page.locator("td[data-status=met] a.ev").first.click()
    page.wait_for_url("**/documents/**")
    page.wait_for_selector(".hit")
    assert page.locator("html").get_attribute("lang") == "id"
    assert "Perbandingan" in page.locator("header nav").inner_text()
    page.locator("header nav a").first.click()
    page.wait_for_url("**/id/compare.html")
    assert page.url.endswith("/id/compare.html")


def test_print_hides_the_tools_and_keeps_the_words(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "gaps.html"))
    page.emulate_media(media="print")
    assert not page.locator(".tools").first.is_visible()
    assert page.locator(".gaps-table tbody tr").first.is_visible()


WIDE = ("view/conduct_matrix.html", "view/offences.html")


@pytest.mark.parametrize(
    "name", [*WIDE, "id/gaps.html", "audit.html", "citations.html", "changes.html", "compare.html"]
)
def test_a_printed_page_loses_no_words_and_repeats_its_headings(
    shipped: Run, page: Any, name: str, tmp_path: Path
) -> None:
    page.goto(at(shipped, name))
    page.pdf(path=tmp_path / "p.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "p.pdf")
    assert 1 <= len(document) < (60 if name == "id/gaps.html" else 120)
    said = []
    for sheet in document:
        width, height = sheet.get_size()
        assert (width > height) == (name in WIDE), "a wide table lies on its side"
        text = sheet.get_textpage()
        said.append(text.get_text_range())
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
        assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    if name in WIDE:
        column = page.locator("thead th").first.get_attribute("data-head")
        # Without its spaces: what reads the page may part a heading's letters where rows differ in height.
        assert all("".join(column.split()) in "".join(one.split()) for one in said[:3])


def test_printing_unfolds_and_folds_again(shipped: Run, page: Any) -> None:
    page.goto(at(shipped, "gaps.html"))
    count = "document.querySelectorAll('details[open]').length"
    assert page.evaluate(count) == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(count) > 100
    assert not page.locator("figure details.data").first.get_attribute("open")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == 0


def tables(shipped: Run) -> list[str]:
    """Names of the tables that have a page."""
    return sorted(p.stem for p in (shipped.reports / "view").glob("*.html"))


@pytest.mark.parametrize("folder", ["", "id/"])
def test_from_every_table_to_the_words_and_back(shipped: Run, page: Any, folder: str) -> None:
    followed: dict[str, int] = {}
    for name in tables(shipped):
        here = at(shipped, f"{folder}view/{name}.html")
        page.goto(here)
        # Rows that say that something was found, or that quote; a cell of one that was not has nothing to lead to.
        links = page.locator("tbody a[href*='/documents/']")
        count = links.count()
        followed[name] = count
        for number in range(0, count, max(1, count // 3)):
            link = links.nth(number)
            words = "".join(link.inner_text().replace("…", "").split()) if link.get_attribute("class") == "ev" else ""
            anchored = "#" in (link.get_attribute("href") or "")
            link.click()
            page.wait_for_url("**/documents/**")
            if anchored:
                page.wait_for_selector(".hit, .hit-line")
                box = page.locator(".hit" if page.locator(".hit").count() else ".hit-line").first.bounding_box()
                # Below the bar and the legend that stay at the top of the page.
                assert box and 60 <= box["y"] <= 900, (name, number)
            if words:
                marked = "".join("".join(page.locator(".hit").all_text_contents()).split())
                assert words[:20] in marked, (name, number)
            page.click("#back")
            page.wait_for_url(here)
    without = {n for n, count in followed.items() if not count}
    assert without <= {"conversions"}, "their figures come from params.yaml"


def test_every_table_sorts_filters_keeps_its_head_and_downloads(shipped: Run, page: Any) -> None:
    for name in tables(shipped):
        page.goto(at(shipped, f"view/{name}.html"))
        rows = page.locator("tbody tr").count()
        assert rows == len(shipped.table(name)), name
        heads = page.locator("thead th")
        for column in (0, heads.count() - 1):
            heads.nth(column).locator("button").click()
            assert heads.nth(column).get_attribute("aria-sort") == "ascending", name
            cells = page.locator(f"tbody tr td:nth-child({column + 1})").all_text_contents()
            filled = [bool(c.strip()) for c in cells]
            assert filled == sorted(filled, reverse=True), f"{name}: the empty ones stay last"
        page.locator(".tools input").fill("zzzz no such words")
        assert page.locator("tbody tr:visible").count() == 0, name
        page.locator(".tools input").fill("")
        with page.expect_download() as download:
            page.click(".tools button")
        assert download.value.suggested_filename == f"{name}.csv"
        with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == rows + 1, name
        if rows > 40:
            page.locator("tbody tr").nth(rows - 1).scroll_into_view_if_needed()
            head = page.locator("thead th").first.bounding_box()
            assert head and 0 <= head["y"] < 900, f"{name}: the head of the table stays in sight"
