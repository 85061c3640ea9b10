"""Word documents and damaged characters; and that no file, however broken, stops the reading of the others."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract_document
from pipeline.extract.docx import DocxError, docx_paragraphs
from pipeline.extract.encoding import mend_encoding
from pipeline.packs import load_structure
from pipeline.parse import parse_document
from tests.conftest import ROOT

PARAMS: dict[str, Any] = {"running_head_share": 0.5, "min_page_letters": 20}
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAW = (
    "<w:p><w:r><w:t>Pasal 1</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>(1) Setiap orang</w:t></w:r><w:r><w:tab/><w:t>yang menjual anak.</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>(2) Tabel.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


def _docx(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0"?>{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>'
        )
    return path


def test_a_word_document_is_read_in_order(tmp_path: Path) -> None:
    paragraphs, numbered = docx_paragraphs(_docx(tmp_path / "a.docx", LAW))
    assert paragraphs == ["Pasal 1", "(1) Setiap orang yang menjual anak.", "(2) Tabel."]
    assert numbered == 0


def test_numbers_that_word_makes_are_reported(tmp_path: Path) -> None:
    body = LAW + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>butir</w:t></w:r></w:p>"
    path = _docx(tmp_path / "id-a.docx", body)
    found = extract_document({"doc_id": "id-a", "path": str(path), "params": PARAMS})
    assert [(n["rule"], n["before"]) for n in found["notices"]] == [("automatic-numbers", "1 paragraphs")]


@pytest.mark.parametrize("kind", ["bomb", "entities", "other", "cut"])
def test_a_hostile_word_document_is_one_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.docx"
    if kind == "bomb":
        _docx(path, "<w:p><w:r><w:t>" + "a" * 20_000_000 + "</w:t></w:r></w:p>")
        says = "larger than any law"
    elif kind == "entities":
        _docx(path, "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
        says = "entities"
    elif kind == "other":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "x")
        says = "no Word document"
    else:
        path.write_bytes(_docx(path, LAW).read_bytes()[:200])
        says = "damaged"
    with pytest.raises(DocxError, match=says):
        docx_paragraphs(path)
    assert says in extract_document({"doc_id": "id-a", "path": str(path), "params": PARAMS})["error"]


@pytest.mark.parametrize(
    ("broken", "mended", "rules"),
    [
        ("the childâ€™s rights", "the child’s rights", ["repair-encoding"]),
        ("Effectivity. \ufffd This Act", "Effectivity. – This Act", ["repair-lost-character"]),
        ("Effectivity. \ufffd\ufffd This Act\ufffds", "Effectivity. – This Act’s", ["repair-lost-character"] * 2),
        ("about 5\ufffd of it", "about 5\ufffd of it", ["doubt-lost-character"]),
        ("Undang-Undang – “anak” ñ", "Undang-Undang – “anak” ñ", []),
    ],
)  # fmt: skip
def test_characters_are_mended_where_their_place_decides(broken: str, mended: str, rules: list[str]) -> None:
    paragraphs, changes = mend_encoding([broken])
    assert paragraphs == [mended]
    assert [rule for rule, _, _ in changes] == rules


# ----------------------------------------------------------------------------------------------- mutations


def _sources(folder: Path) -> list[bytes]:
    texts = [
        ROOT / "raw/id/digests/id-uu-10-2012.md",
        ROOT / "raw/id/id-uu-10-2012.pdf",
        ROOT / "raw/ph/ph-ra-10175.html",
    ]
    return [*(t.read_bytes() for t in texts), _docx(folder / "seed.docx", LAW * 30).read_bytes()]


def _mutated(random_: random.Random, sources: list[bytes]) -> bytes:
    """A file cut off, with flipped bytes, spliced with another, or partly noise."""
    data = bytearray(random_.choice(sources))
    kind = random_.choice(("cut", "flip", "splice", "noise"))
    at = random_.randrange(len(data))
    if kind == "cut":
        return bytes(data[:at])
    if kind == "flip":
        for _ in range(random_.randint(1, 40)):
            data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        return bytes(data)
    if kind == "splice":
        other = random_.choice(sources)
        return bytes(data[:at]) + other[random_.randrange(len(other)) :]
    data[at : at + 400] = random_.randbytes(400)
    return bytes(data)


def test_no_mutated_file_raises_or_breaks_a_span(tmp_path: Path) -> None:
    """`make fuzz N=10000` runs as many; here enough to see that it holds."""
    number = int(os.environ.get("LACUNA_FUZZ", "150"))
    random_ = random.Random(20071)
    sources = _sources(tmp_path)
    structure = load_structure("id").model_dump(mode="json")
    read = 0
    for i in range(number):
        path = tmp_path / f"id-x{random_.choice(('.pdf', '.html', '.md', '.txt', '.docx'))}"
        path.write_bytes(_mutated(random_, sources))
        payload = {"doc_id": "id-x", "path": str(path), "params": PARAMS, "structure": structure}
        found = extract_document(payload)
        if found["error"]:
            assert not found["pages"]
            continue
        read += 1
        text = "".join(p["text"] for p in found["pages"])
        parsed = parse_document(
            {"doc_id": "id-x", "structure": structure, "amending": bool(i % 2), "pages": found["pages"]}
        )
        eids = [p["eid"] for p in parsed["provisions"]]
        assert len(eids) == len(set(eids))
        for provision in parsed["provisions"]:
            assert 0 <= provision["start"] <= provision["end"] <= len(text)
    assert read > number // 10
