"""HTML pages in the ways in which gazettes, law sites and courts build them: all of the law, nothing of the site.

The words are ours; the structures are those of such sites.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract_document, markup, site
from tests.conftest import params

LAW = [
    "AN ACT TO PROTECT CHILDREN ON THE NETWORK",
    "SECTION 1. Title. – This Act shall be known as the “Network Protection Act”.",
    "SEC. 2. Acts. – It shall be unlawful for any person to commit, through a computer system, any of the following acts:",
    "(a) To offer a child for exploitation, in exchange for money or any other consideration; and",
    "(b) To keep material that shows such acts, in whatever form, with knowledge of what it shows.",
    "SEC. 3. Penalties. – Whoever commits an act under Section 2 of this Act shall suffer imprisonment of six years.",
    "Approved, May 3, 2021.",
]
HEADS = "".join(f"<p>{p}</p>" for p in LAW)

# A blog system: semantic elements, a skip link, menus, breadcrumbs, shares, a sidebar, a footer, a cookie notice.
GAZETTE = f"""<!DOCTYPE html><html><head><title>Republic Act | Gazette</title></head><body class="single">
<a class="skip-link" href="#main">Skip to content</a>
<header id="masthead" role="banner"><a href="/"><img alt="seal">GOVPH</a><p>Official Journal of the Republic</p></header>
<nav><ul><li><a href="/about">About</a></li><li><a href="/contact">Contact</a></li></ul></nav>
<div class="breadcrumbs"><a href="/">Home</a> » <a href="/laws">Laws</a> » Network Protection Act</div>
<div id="content"><article><header class="entry-header"><h1>{LAW[0]}</h1></header>
<div class="sharedaddy social"><a href="https://x.example/share">Tweet</a> <a href="https://y.example/share">Share</a></div>
<div class="entry-content print-content">{"".join(f"<p>{p}</p>" for p in LAW[1:])}</div></article></div>
<aside class="sidebar"><h2>Latest issues</h2><ul><li><a href="/1">Number one</a></li><li><a href="/2">Number two</a></li></ul></aside>
<footer role="contentinfo"><p>All content is in the public domain unless otherwise stated.</p></footer>
<div id="cookieConsent" class="cookie-banner">This site uses cookies. <button>Accept</button></div></body></html>"""

# A foundation's site: layout tables, centred images, a search box, no classes but of paragraphs.
FOUNDATION = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=windows-1252"></head>
<body bgcolor="#fff"><center><table width="800"><tr><td><img src="x.jpg"></td><td><script src="d.js"></script></td></tr>
<tr><td colspan="2" class="bar"><a href="index.html">Home</a> | <a href="statutes.html">Statutes</a> | <a href="cases.html">Cases</a></td></tr>
<tr><td colspan="2"><br /><blockquote><hr><p align="center">{LAW[0]}</p>
<p><b>SECTION 1.</b> <i>Title.</i> – This Act shall be known as the “Network<br />Protection Act”.</p>
<p>{LAW[2]}</p><dir><p>{LAW[3]}</p><p>{LAW[4]}</p></dir><p>{LAW[5]}</p><p>{LAW[6]}</p></blockquote></td></tr>
<tr><td colspan="2"><center><a href="#top">Back to Top</a></center></td></tr></table></center></body></html>"""

# A court's library: one form around everything, nested tables with a number in a cell of its own, footnotes.
LIBRARY = f"""<html><body><form id="aspnetForm" action="show.aspx"><input type="hidden" value="abc">
<div id="header-menu"><a href="default.aspx">Library</a> <a href="login.aspx">Login</a></div>
<div align="right"><a href="javascript:window.print()">Print this page</a></div>
<table><tr><td><div>{LAW[0]}<br><br>{LAW[1].replace("Act”.", 'Act”.<sup><a href="#n1">[1]</a></sup>')}<br><br>{LAW[2]}<br></div>
<table><tr><td valign="top">(a)</td><td>{LAW[3][4:]}</td></tr><tr><td>(b)</td><td><table><tr><td>{LAW[4][4:]}</td></tr></table></td></tr></table>
<div>{LAW[5]}<br>{LAW[6]}</div></td></tr></table></form></body></html>"""

# A law office's library: its name hung behind every sentence, hidden words, adverts, a banner of links.
OFFICE = f"""<html><body><div class="topbar"><a href="http://www.office.example/">Office Law Library</a></div>
<div class="ads"><ins class="adsbygoogle">Advertisement</ins></div><table><tr><td><font size="2">
{"".join(f'<p>{p}<font color="#ffffff">office virtual law library</font> ourvirtuallawlibrary</p>' for p in LAW[1:])}
</font></td></tr></table><p align="center"><a href="a.htm">Laws</a> | <a href="b.htm">Codes</a> | <a href="c.htm">Reports</a></p></body></html>"""


@pytest.mark.parametrize(
    ("page", "law"),
    [(GAZETTE, LAW), (FOUNDATION, LAW), (LIBRARY, LAW), (OFFICE, LAW[1:])],
    ids=["gazette", "foundation", "library", "office"],
)
def test_the_whole_law_and_nothing_of_the_site(page: str, law: list[str]) -> None:
    assert markup.html_paragraphs(page) == law


def test_what_is_left_out_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "ph-x.html"
    file.write_text(LIBRARY, encoding="utf-8")
    found = extract_document({"doc_id": "ph-x", "path": str(file), "params": params()["extract"]})
    assert {(n["rule"], n["before"]) for n in found["notices"]} == {
        ("site-furniture", "Library Login"),
        ("site-furniture", "Print this page"),
        ("footnote-mark", "[1]"),
    }


@pytest.mark.parametrize(
    "wrap",
    ["<form>{}</form>", "<div class='print-area'>{}</div>", "<footer>{}</footer>", "<div id='sidebar'>{}</div>",
     "<main><header>{}</header></main>", "<ul class='menu'><li>{}</li></ul>", "<label>{}</label>", "<div role='complementary'>{}</div>"],
)  # fmt: skip
def test_a_law_is_kept_however_its_container_is_marked(wrap: str) -> None:
    assert markup.html_paragraphs(f"<html><body>{wrap.format(HEADS)}</body></html>") == LAW


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ('<p>See <a href="/ra-1">Republic Act No. 1</a> and <a href="/ra-2">Republic Act No. 2</a> for the terms used in it.</p>',
         "See Republic Act No. 1 and Republic Act No. 2 for the terms used in it."),
        ('<h2><a href="act.html">NETWORK PROTECTION ACT</a></h2>', "NETWORK PROTECTION ACT"),
        ('<p><a name="s1"></a><a name="s2">SEC. 9. Effectivity.</a></p>', "SEC. 9. Effectivity."),
        ('<p>Reports go to <a href="http://www.agency.example">www.agency.example</a> at once.</p>', "Reports go to www.agency.example at once."),
        ('<p>Area of 10 m<sup>2</sup> at most.</p>', "Area of 10 m2 at most."),
        ('<td bgcolor="#003366"><font color="#ffffff">CHAPTER ONE</font></td>', "CHAPTER ONE"),
    ],
)  # fmt: skip
def test_links_and_colours_within_the_law_are_kept(part: str, kept: str) -> None:
    table = f"<table><tr>{part}</tr></table>" if part.startswith("<td") else part
    assert kept in markup.html_paragraphs(f"<html><body>{HEADS}{table}</body></html>")


def test_a_list_that_the_browser_numbers() -> None:
    page = "<ol type='a'><li>To offer;</li><li>To keep.</li></ol><ol start='3'><li>Third.</li></ol><ol><li>(1) Its own.</li></ol>"
    paragraphs, _, numbered = markup.html_text(page)
    assert paragraphs == ["(a) To offer;", "(b) To keep.", "(3) Third.", "(1) Its own."]
    assert numbered == 3


def test_lines_that_were_broken_by_hand() -> None:
    page = "<p>It shall be unlawful for any<br>person to:<br>(a) offer; or<br>b) keep;<br>c.sell,<br>with intent.<br><br>SEC. 2.<br>Other matters</p>"
    assert markup.html_paragraphs(page) == [
        "It shall be unlawful for any person to:", "(a) offer; or", "b) keep;", "c.sell, with intent.", "SEC. 2.", "Other matters",
    ]  # fmt: skip


def test_only_a_number_belongs_to_the_next_cell() -> None:
    page = "<table><tr><td>5.</td><td>When the law sets a fine.</td></tr><tr><td>Fine.</td><td>6. When it sets none.</td></tr></table>"
    assert markup.html_paragraphs(page) == ["5. When the law sets a fine.", "Fine.", "6. When it sets none."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = FOUNDATION if encoding == "cp1252" else FOUNDATION.replace("windows-1252", "iso-8859-1")
    file = tmp_path / "ph-x.html"
    file.write_bytes(text.encode(encoding))
    assert markup.html_paragraphs(markup.decode(file.read_bytes())) == LAW


@pytest.mark.parametrize("mark", ["1qwayi1", "1q\ufffdayi1", "1qay++i1", "(qwÞayi(", "ℒαyρwi৷"])
def test_the_signature_that_a_site_leaves_in_copied_text_goes_and_is_reported(mark: str) -> None:
    paragraphs = [f"The fee is that of Order No. 9775.{mark}", f"A goat may pass.{mark} A sheep may not.", mark]
    assert site.strip_glued(paragraphs) == (
        ["The fee is that of Order No. 9775.", "A goat may pass. A sheep may not.", mark],
        [("watermark", mark)],
    )


def test_numbers_and_words_that_lost_their_spaces_are_no_signature() -> None:
    paragraphs = [
        "See 9.1.a and Order No.3dan4;1atau2",
        "§ 2.1bis (a)3 “x”12ab",
        "Order.(aa)(bb) p.12345 No.11Tahun2008",
    ]
    assert site.strip_glued(paragraphs) == (paragraphs, [])


@pytest.mark.parametrize(
    ("head", "gone"),
    [
        ("<!-- COPYRIGHT NOTICE\n The Quay Project - Harbour Foundation. -->", True),
        ('<meta name="Author" content="The Quay Project, Harbour Foundation">', True),
        ("<!-- The Quay Project - Harbour Foundation -->", False),
        ('<meta name="description" content="The Quay Project - Harbour Foundation">', False),
    ],
)
def test_the_name_of_the_pages_maker_behind_the_law_goes(head: str, gone: bool) -> None:
    body = "".join(f"<p>{line}</p>" for line in LAW)
    page = f"<html><head>{head}</head><body>{body}<a>The Quay Project - Harbour Foundation</a><hr></body></html>"
    paragraphs, removed, _ = markup.html_text(page)
    assert (paragraphs == LAW) is gone
    assert removed == [("site-furniture", "The Quay Project - Harbour Foundation")] * gone


def test_tags_in_markdown_are_no_words() -> None:
    text = "<meta charset='utf-8' />\n\nPasal 1<br>\n\nA fee of <sup>1</sup> < 2 pesos.<!-- page 3 -->\n\n<script>x()</script>"
    assert markup.markdown_paragraphs(text) == ["Pasal 1", "A fee of 1 < 2 pesos."]
