"""What a site puts around a text on an HTML page, told by structure and taken away; each piece is reported.

Elements that HTML itself marks as navigation or controls; what is hidden; blocks that are mostly links; blocks that the
page's own class names call a menu, a footer, a cookie notice and so on; links to a site's front page; marks of
footnotes. Knows no site and no language. Whatever holds a good part of the page's letters is kept, however it is
marked: some sites wrap a whole law in a form or call its container a print view.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

UNREAD = ("script", "style", "head", "noscript", "iframe", "object", "svg", "template", "input", "select", "button",
          "textarea", "datalist")  # fmt: skip
MARKED = ("nav", "menu", "dialog", "header", "footer", "aside", "label")
ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "dialog", "alertdialog", "complementary", "menu"})
# Words in class names and ids, which are English on sites of any language.
NAME_LIST = """nav navbar navigation menu submenu breadcrumb breadcrumbs footer sidebar cookie cookies consent gdpr
share sharing social print printer toolbar search banner skip skiplink masthead letterhead login widget widgets comments
related pagination pager advert adverts ads adsbygoogle site sitemap topbar copyright watermark"""
NAMES = frozenset(NAME_LIST.split())
BLOCKS = ("div", "section", "ul", "ol", "dl", "table", "tr", "td", "p", "center", "span")
MOST = 0.2  # of the page's letters: what holds more is no furniture
MAX_LETTERS = 3_000
DEEPEST = 40  # elements around a link that may be a list of links
LINKED = 0.6  # of a block's letters: it is a list of links
SHORT = 60  # letters of a label such as “print this page”
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt|em)?\s*(?:;|$)", re.I)
PALE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?|white)\b", re.I)
WHITE = frozenset({"#fff", "#ffffff", "white"})
GROUND = re.compile(r"background", re.I)
ADDRESS = re.compile(r"\S+\.\S+")
NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?")
TAIL = re.compile(r"(?<=[.;:!?”\"])\s*(?P<tail>[^\W\d_]+(?: [^\W\d_]+)*)$")
AUTHORS = ("author", "copyright", "publisher", "owner", "generator")
RIGHTS = re.compile(r"copyright|©|\blicen[cs]ed?\b|\brights\s+reserved\b", re.I)
SIGNATURE = 8  # letters of the shortest name of a page's maker
# Behind a sentence without a space, what no law writes there: letters between the same digit twice or two opening
# brackets, or letters of several alphabets in one word.
GLUED = re.compile(
    r"(?<=[.;:!?)”\"])(?P<mark>(?P<digit>\d)(?:[^\W\d_]|[\ufffd+]){4,10}(?P=digit)|\([^\W\d_]{3,9}\("
    r"|(?=\S{0,12}[a-z])(?=\S{0,12}[\u0370-\u03ff\u2100-\u214f])\S{4,12})(?=\s|$)"
)
TAILS = 5  # paragraphs that end in the same words behind their last sentence
TAIL_WORDS, TAIL_LETTERS = 3, 15


def strip_site(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Take the site's own parts out of a page; (rule, text) of each."""
    for name in UNREAD:
        for node in tree.css(name):
            node.decompose()
    root = tree.body or tree.root
    if root is None:
        return []
    whole = _letters(root)
    removed: list[tuple[str, str]] = []
    for rule, nodes in (
        ("hidden-text", _hidden(root)),
        ("site-furniture", _marked(root, whole)),
        ("site-furniture", _linked(root, whole)),
        ("footnote-mark", _notes(root)),
    ):
        gone: set[int] = set()
        for node in nodes:
            if node.mem_id in gone:
                continue
            gone.update(n.mem_id for n in node.css("*"))
            text = " ".join((node.text() or "").split())
            if text:
                removed.append((rule, text[:80]))
            node.decompose()
    return removed


def who_made(tree: LexborHTMLParser) -> str:
    """What the page's head says of its own rights and its author, letters and digits only; call before `strip_site`."""
    head = tree.head
    if head is None:
        return ""
    said = [m.attributes.get("content") or "" for m in head.css(", ".join(f'meta[name="{n}" i]' for n in AUTHORS))]
    nodes = head.traverse(include_text=True)
    said += [n.comment_content or "" for n in nodes if n.is_comment_node and RIGHTS.search(n.comment_content or "")]
    return " ".join(map(_squeezed, said))


def strip_signature(paragraphs: Sequence[str], maker: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Paragraphs without those at the end that only name who made the page (`who_made`); (rule, text) of each."""
    kept, removed = list(paragraphs), []
    while maker and len(kept) > 1 and len(name := _squeezed(kept[-1])) >= SIGNATURE and name in maker:
        removed.append(("site-furniture", kept.pop()))
    return kept, removed


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _letters(node: LexborNode) -> int:
    return sum(c.isalpha() for c in node.text() or "")


def _hidden(root: LexborNode) -> list[LexborNode]:
    """What a reader of the page does not see: hidden, too small, or white on white."""
    found = []
    for node in root.css("[hidden], [style], font[color]"):
        style = node.attributes.get("style") or ""
        pale = PALE.search(style) or (node.attributes.get("color") or "").strip().lower() in WHITE
        if "hidden" in node.attributes or HIDDEN.search(style) or (pale and not _on_a_ground(node)):
            found.append(node)
    return found


def _on_a_ground(node: LexborNode | None) -> bool:
    """Whether something behind a node has a colour or a picture."""
    while node is not None and node.tag not in ("body", "html"):
        ground = node.attributes.get("bgcolor") or ""
        if (ground and ground.lower() not in WHITE) or GROUND.search(node.attributes.get("style") or ""):
            return True
        if node.attributes.get("class") or "background" in node.attributes:
            return True  # its colours are in a style sheet that is not read
        node = node.parent
    return False


def _marked(root: LexborNode, whole: int) -> list[LexborNode]:
    """Elements that are furniture by their name, their role, or the names that the page gives them."""
    found = []
    for node in root.css("*"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        tokens = {t.lower() for t in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", names)}
        role = (node.attributes.get("role") or "").lower()
        if (node.tag in MARKED or role in ROLES or tokens & NAMES) and node.tag not in ("html", "body", "main"):
            count = _letters(node)
            inside = node.tag in ("header", "footer", "aside", "label") and _within_text(node)
            if count <= min(MAX_LETTERS, MOST * whole) and not inside:
                found.append(node)
    return found


def _within_text(node: LexborNode) -> bool:
    """Whether a header, footer or label belongs to the text rather than to the site."""
    parent = node.parent
    while parent is not None:
        if parent.tag in ("main", "article") or (parent.attributes.get("role") or "") == "main":
            return True
        parent = parent.parent
    return False


def _linked(root: LexborNode, whole: int) -> list[LexborNode]:
    """Blocks that are mostly links, labels that do something, and links to a front page."""
    found = []
    within: dict[int, list[LexborNode]] = {}  # the links of each element
    for link in root.css("a"):
        node = link.parent if (link.attributes.get("href") or "").strip() else None
        for _ in range(DEEPEST):
            if node is None:
                break
            within.setdefault(node.mem_id, []).append(link)
            node = node.parent
    for node in root.css(", ".join(BLOCKS)) if within else ():
        links = within.get(node.mem_id, [])
        if not links:
            continue
        count = _letters(node)
        if not count or count > min(MAX_LETTERS, MOST * whole):
            continue
        linked = sum(_letters(a) for a in links)
        if linked >= LINKED * count and (len(links) > 1 or (count <= SHORT and _acts(links[0]))):
            found.append(node)
    return found + [a for a in root.css("a") if _leads_home(a)]


def _acts(link: LexborNode) -> bool:
    """Whether a link does something with the page instead of leading anywhere."""
    href = (link.attributes.get("href") or "").strip().lower()
    return href.startswith(("javascript:", "#", "mailto:")) or "onclick" in link.attributes


def _leads_home(link: LexborNode) -> bool:
    """Whether a link leads to a site's front page (one that only spells its address out belongs to the text)."""
    href = (link.attributes.get("href") or "").strip()
    text = " ".join((link.text() or "").split())
    if not href or not text or ADDRESS.fullmatch(text) or href.startswith("#"):
        return False
    parts = urlsplit(href) if "]" not in href and "[" not in href else None
    if parts is None or parts.query or parts.scheme not in ("", "http", "https"):
        return False
    return re.fullmatch(r"/?(?:(?:index|default|home)\.\w{3,5})?", parts.path) is not None and bool(
        parts.netloc or parts.path
    )


def _notes(root: LexborNode) -> list[LexborNode]:
    """Raised marks that lead to a footnote."""
    return [
        node
        for node in root.css("sup")
        if NOTE_MARK.fullmatch("".join((node.text() or "").split()))
        and any((a.attributes.get("href") or "").startswith("#") for a in node.css("a"))
    ]


def strip_tails(paragraphs: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Paragraphs without the words that a site hangs behind their last sentence again and again; (rule, text) of each.

    Not a conjunction (`; and`): three words at least, or one that is longer than words of a law are.
    """
    tails = Counter(m["tail"] for p in paragraphs if (m := TAIL.search(p)) and _long(m["tail"]))
    marks = {tail for tail, times in tails.items() if times >= TAILS}
    return (list(_without(paragraphs, marks)), [("watermark", m) for m in sorted(marks)]) if marks else (
        list(paragraphs), [],
    )  # fmt: skip


def strip_glued(paragraphs: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Paragraphs without the signature that a site leaves in what is copied from it; (rule, text) of each kind.

    It stands behind a sentence without a space, here and there, in any format that a text was pasted into.
    """
    marks = dict.fromkeys(m["mark"] for p in paragraphs for m in GLUED.finditer(p))
    kept = [GLUED.sub("", p) for p in paragraphs] if marks else list(paragraphs)
    return [p for p in kept if p], [("watermark", mark) for mark in marks]


def _long(tail: str) -> bool:
    return len(tail.split()) >= TAIL_WORDS or (len(tail) >= TAIL_LETTERS and " " not in tail)


def _without(paragraphs: Sequence[str], marks: set[str]) -> Iterator[str]:
    """Paragraphs without marks at their ends; one that is nothing but a mark goes."""
    for paragraph in paragraphs:
        text = paragraph
        for mark in sorted(marks, key=len, reverse=True):
            text = text.removesuffix(mark).rstrip()
        if text:
            yield text
