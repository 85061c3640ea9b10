"""Word documents and damaged characters; and that no file, however broken, stops the reading of the others."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections import Counter
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
    path.write_bytes(
        _archive(f'<?xml version="1.0"?>{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>'.encode())
    )
    return path


def _archive(document: bytes) -> bytes:
    """A Word document around the bytes of its one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


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
        ("Santo Ni\ufffdo, Para\ufffdaque", "Santo Ni\ufffdo, Para\ufffdaque", ["doubt-lost-character"] * 2),
        ("about 5\ufffd of it", "about 5\ufffd of it", ["doubt-lost-character"]),
        ("Undang-Undang – “anak” ñ", "Undang-Undang – “anak” ñ", []),
    ],
)  # fmt: skip
def test_characters_are_mended_where_their_place_decides(broken: str, mended: str, rules: list[str]) -> None:
    paragraphs, changes = mend_encoding([broken])
    assert paragraphs == [mended]
    assert [rule for rule, _, _ in changes] == rules


# ----------------------------------------------------------------------------------------------- mutations


SEEDS = (
    "raw/id/digests/id-uu-10-2012.md",
    "raw/id/id-uu-10-2012.pdf",
    "raw/id/id-uu-44-2008.pdf",
    "raw/ph/ph-ra-10175.html",
)
SECONDS = 20  # for one file; the longest takes well under one


def _sources(folder: Path) -> list[tuple[str, bytes]]:
    """(ending, bytes) of whole files to be broken."""
    found = [(Path(name).suffix, (ROOT / name).read_bytes()) for name in SEEDS]
    return [*found, (".docx", _docx(folder / "seed.docx", LAW * 30).read_bytes()), (".txt", LAW.encode() * 30)]


def _mutated(random_: random.Random, sources: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A file cut off, with flipped bytes, spliced with another, or partly noise; one in five under a wrong ending."""
    suffix, whole = random_.choice(sources)
    # A flipped byte anywhere breaks an archive's checksum; half of the Word documents are broken inside it.
    inside = suffix == ".docx" and random_.random() < 0.5
    data = bytearray(zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml") if inside else whole)
    kind = random_.choice(("cut", "flip", "splice", "noise"))
    at = random_.randrange(len(data))
    if kind == "cut":
        data = data[:at]
    elif kind == "flip":
        for _ in range(random_.choice((1, 1, 2, 40))):
            data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
    elif kind == "splice":
        other = random_.choice(sources)[1]
        data = data[:at] + other[random_.randrange(len(other)) :]
    else:
        data[at : at + 400] = random_.randbytes(400)
    if inside:
        data = bytearray(_archive(bytes(data)))
    if random_.random() < 0.2:
        suffix = random_.choice(sources)[0]
    return suffix, bytes(data)


def test_no_mutated_file_raises_hangs_or_breaks_a_span(tmp_path: Path) -> None:
    """`make fuzz N=10000` runs as many; here enough to see that it holds."""
    number = int(os.environ.get("LACUNA_FUZZ", "120"))
    random_ = random.Random(20071)
    sources = _sources(tmp_path)
    structure = load_structure("id").model_dump(mode="json")
    read: Counter[str] = Counter()
    for i in range(number):
        suffix, data = _mutated(random_, sources)
        path = tmp_path / f"id-x{suffix}"
        path.write_bytes(data)
        started = time.process_time()
        found = extract_document({"doc_id": "id-x", "path": str(path), "params": PARAMS, "structure": structure})
        parsed = parse_document(
            {"doc_id": "id-x", "structure": structure, "amending": bool(i % 2), "pages": found["pages"]}
        )
        assert time.process_time() - started < SECONDS, f"file {i}"
        if found["error"]:
            assert not found["pages"]
            continue
        read[suffix] += 1
        text = "".join(p["text"] for p in found["pages"])
        eids = [p["eid"] for p in parsed["provisions"]]
        assert len(eids) == len(set(eids))
        for provision in parsed["provisions"]:
            assert 0 <= provision["start"] <= provision["end"] <= len(text)
    # Of each kind some were whole enough to be read; of Word documents, whose XML forgives nothing, few are.
    assert set(read) >= {suffix for suffix, _ in sources} - {".docx"}
    print(dict(read))
