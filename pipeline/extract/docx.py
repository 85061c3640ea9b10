"""Word document (DOCX) → paragraphs. The only module that reads one.

Reads   word/document.xml of the archive, nothing else: macros, links, pictures and embedded files stay unread.
An archive is untrusted: sizes are checked before anything is unpacked, and XML entities are refused.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PART = "word/document.xml"
MAX_BYTES = 50_000_000  # of text in XML; the longest code has a tenth of it
# What zipfile and the XML parser raise on broken archives: unknown compressions and passwords among them.
DAMAGE = (
    zipfile.BadZipFile, ParseError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error,
    lzma.LZMAError, struct.error,
)  # fmt: skip
MAX_RATIO = 200  # unpacked to packed; text packs to a tenth


class DocxError(Exception):
    """A file that cannot be read as DOCX; the message says what is wrong with it."""


def docx_paragraphs(path: Path) -> tuple[list[str], int]:
    """Paragraphs in reading order (table cells too), and how many carry a number that Word makes and the text lacks.

    Raises:
        DocxError: damaged, not a Word document, or larger than any law.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo(PART)
            if part.file_size > MAX_BYTES or part.file_size > MAX_RATIO * max(part.compress_size, 1):
                raise DocxError("its text is larger than any law; perhaps it is made to fill the memory")
            with archive.open(part) as file:
                data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise DocxError("its text is larger than any law; perhaps it is made to fill the memory")
        root = fromstring(data)
    except KeyError as error:
        raise DocxError("it is no Word document; save it as .docx again") from error
    except DefusedXmlException as error:
        raise DocxError("it declares XML entities, which no Word document needs; save it as .docx again") from error
    except DAMAGE as error:
        raise DocxError("it is damaged or encrypted; save it as .docx again") from error
    paragraphs, numbered = [], 0
    for paragraph in root.iter(WORDS + "p"):
        numbered += paragraph.find(f"{WORDS}pPr/{WORDS}numPr") is not None
        paragraphs += _text(paragraph).split("\n")
    return [p for p in (" ".join(p.split()) for p in paragraphs) if p], numbered


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == WORDS + "t":
            parts.append(node.text or "")
        elif node.tag == WORDS + "noBreakHyphen":
            parts.append("-")
        elif node.tag in (WORDS + "tab", WORDS + "cr"):
            parts.append(" ")
        elif node.tag == WORDS + "br":
            parts.append("\n")
    return "".join(parts)
