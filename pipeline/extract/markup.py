"""HTML, Markdown and plain text → paragraphs. The only module that reads markup.

Nothing a document contains is run, fetched or rendered: scripts, styles and frames are dropped unread.
"""

from __future__ import annotations

import re
import unicodedata

from charset_normalizer import from_bytes
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.site import strip_signature, strip_site, strip_tails, who_made
from pipeline.extract.wrapping import rejoin, unwrap

BLOCK_NAMES = """address article aside blockquote body center caption dd dir div dl dt figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul"""
BLOCKS = frozenset(BLOCK_NAMES.split())
LINE, CELL = "\x0b", "\x1c"  # where a line was broken by hand, and where a cell of a table ends
ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})[a-z]?[.)]", re.IGNORECASE)
CONTROLS = str.maketrans(dict.fromkeys((LINE, CELL), " "))
LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|none)"
)
LIST_KINDS = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "none": "",
}  # fmt: skip
WRITTEN_NUMBER = re.compile(r"[\"“]?(?:\(\w{1,4}\)|\w{1,3}[.)])(?:\s|$)")
ROMAN_WORDS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = ROMAN_WORDS.split()


def decode(data: bytes) -> str:
    """Text of a file that may or may not say its encoding.

    A byte order mark decides, then whether every other byte is zero, then valid UTF-8, then what the document declares,
    then a guess. What is declared as Latin-1 is read as Windows-1252, as browsers do.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if (wide := wide_encoding(data)) != "":
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name, "replace")
        except LookupError:
            pass
    best = from_bytes(data).best()
    return str(best) if best else data.decode("cp1252", "replace")


def wide_encoding(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where the bytes show it (with or without a mark), else ''."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:1024]
    for name, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(head) >= 8 and zeros.count(0) > 0.9 * len(zeros) and letters.count(0) == 0:
            return name
    return ""


def html_paragraphs(text: str) -> list[str]:
    """Paragraphs of an HTML page in reading order, without what the site put around them."""
    return html_text(text)[0]


def html_text(text: str) -> tuple[list[str], list[tuple[str, str]], int]:
    """(paragraphs, what was taken away: rule and text, items of lists that were numbered as a browser shows them)."""
    tree = LexborHTMLParser(text)
    maker = who_made(tree)
    removed = strip_site(tree)
    root = tree.body or tree.root
    parts: list[str] = []
    numbered = _walk(root, parts) if root is not None else 0
    found: list[str] = []
    alone = ""  # a number in a cell of its own: it belongs to the text in the next
    for block in "".join(parts).split("\n"):
        for cell in (c.strip() for c in block.split(CELL)):
            if not cell.strip(LINE):
                continue
            text = f"{alone} {cell}" if alone else cell
            alone = text if CELL in block and ENUMERATOR.fullmatch(text) else ""
            if not alone:
                found += rejoin(text.split(LINE)) if LINE in text else [text]
    if alone:
        found.append(alone)
    paragraphs, marks = strip_tails([p for p in (_tidy(p) for p in found) if p])
    paragraphs, signed = strip_signature(paragraphs, maker)
    return paragraphs, removed + marks + signed, numbered


def _walk(root: LexborNode, parts: list[str]) -> int:
    """Append the text below `root`, a line break at each edge of a block; how many items of lists were numbered.

    Without recursion: input is untrusted.
    """
    stack: list[tuple[LexborNode, str, str]] = [(root, "", "")]
    numbered = 0
    while stack:
        node, leaving, number = stack.pop()
        if leaving:
            parts.append(leaving)
            continue
        if node.tag == "-text":
            kept = node.text_content or ""
            in_pre = node.parent is not None and node.parent.tag == "pre"
            text = kept.translate(CONTROLS)
            parts.append(text.replace("\n", LINE) if in_pre else re.sub(r"\s+", " ", text))
            continue
        if node.tag == "br":
            parts.append(LINE)
            continue
        if node.tag in BLOCKS:
            parts.append("\n")
            stack.append((node, "\n", ""))
        elif node.tag in ("td", "th"):
            parts.append(CELL)
            stack.append((node, CELL, ""))
        if number:
            parts.append(number)
            numbered += 1
        children = []
        child = node.child
        while child is not None:
            children.append(child)
            child = child.next
        numbers = _enumerators(node, children) if node.tag == "ol" else [""] * len(children)
        stack.extend((c, "", n) for c, n in zip(reversed(children), reversed(numbers), strict=True))
    return numbered


def _enumerators(ordered: LexborNode, children: list[LexborNode]) -> list[str]:
    """What a browser puts before each child of an ordered list (`(b) `); '' before what is no item.

    Registries set the lettered paragraphs of laws as `<ol type="a">`: the letter then stands nowhere in the text. An
    item that writes its number out as well has it twice on the page; it is kept once.
    """
    kind = (ordered.attributes.get("type") or "1").strip()
    named = LIST_STYLE.search((ordered.attributes.get("style") or "").lower())
    if named:
        kind = LIST_KINDS[named[1]]
    number = _number(ordered.attributes.get("start"), 1) - 1
    found = []
    for child in children:
        if child.tag != "li":
            found.append("")
            continue
        number = _number(child.attributes.get("value"), number + 1)
        said = _said(number, kind)
        found.append(f"({said}) " if said and not WRITTEN_NUMBER.match(_opening(child)) else "")
    return found


def _said(number: int, kind: str) -> str:
    """A number in the style of a list (1, a, A, i, I); '' for a list without numbers."""
    if kind in ("i", "I") and number <= len(ROMAN):
        return ROMAN[number - 1] if kind == "i" else ROMAN[number - 1].upper()
    if kind in ("a", "A"):
        return chr(ord(kind) + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)
    return str(number) if kind in ("1", "i", "I") else ""


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*[1-9]\d{0,3}\s*", value) else default


def _opening(item: LexborNode) -> str:
    """The first words of an item, as deep as they are likely to be wrapped."""
    node = item.child
    for _ in range(20):
        if node is None:
            return ""
        if node.tag != "-text":
            node = node.child or node.next
        elif (node.text_content or "").strip():
            return (node.text_content or "").strip()[:12]
        else:
            node = node.next
    return ""


def markdown_paragraphs(text: str) -> list[str]:
    """Paragraphs of a Markdown text. Numbers of list items are kept as they are written; tags in it are HTML's."""
    renderer = MarkdownIt("commonmark", {"html": True}).disable(["list", "code"]).enable("strikethrough")
    # Statutes put one paragraph on each line; Markdown would join them. `###Title` is meant as a heading.
    lines = "\n\n".join(unwrap(re.sub(r"(?m)^(#{1,6})(?=[^\s#])", r"\1 ", text)))
    return html_paragraphs(renderer.render(lines))


def text_paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text."""
    return [p for p in (_tidy(paragraph) for paragraph in unwrap(text)) if p]


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\xad", ""))
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return re.sub(r"\s+", " ", text).strip()
