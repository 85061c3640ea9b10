"""OCR noise in numbers and structural words, mended through the law's own redundancy. Pure: pages → pages.

Articles and paragraphs count upwards, amounts are said in digits and in words, references name what exists, terms
recur: where a reading of a noisy number or word is the only one that fits, it is put in; where none or several fit,
the place is flagged and left as it is. Every repair and every flag is a Notice (`repair-…`, `doubt-…`) with page,
before and after.

Runs once, before any offset is given away; a text without noise comes back unchanged, and so does a mended one.
Knows which glyphs a scan confuses. The words of a language, and where numbers stand, come from the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.ocr import Word
from pipeline.extract.repair.articles import article_headings, article_references, inline_headings
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.lists import (
    enumerators,
    inline_enumerators,
    lost_items,
    lost_numbers,
    paragraph_references,
    run_in_enumerators,
    run_in_paragraphs,
    split_enumerators,
)
from pipeline.extract.repair.misread import misread_words
from pipeline.extract.repair.numbers import amounts, bounds, plain_numbers, repeated_numbers, specks, words
from pipeline.extract.repair.second import second_readings
from pipeline.extract.repair.spelling import slashes, spaced_amounts, spelling, stops_in_words
from pipeline.extract.repair.strays import lost_headings, noisy_items, numbers_amid_lines, stray_signs
from pipeline.extract.repair.torn import torn_numbers, torn_references, torn_words
from pipeline.packs import Structure
from pipeline.records import Notice, Page

NONE: Mapping[int, Sequence[Word]] = {}


def mend(
    pages: Sequence[Page],
    structure: Structure,
    scanned: Collection[int] = (),
    readings: Mapping[int, Sequence[Word]] = NONE,
) -> tuple[list[Page], list[Notice]]:
    """Pages with their noise mended (contiguous offsets again), and a notice for each repair and each doubt.

    `scanned`: numbers of the pages whose text is a scan's; only there are words beside the structural ones mended.
    `readings`: second readings of such pages, where there are any.
    """
    rules = structure.repair
    if not pages or not any(rules.model_dump().values()):
        return list(pages), []
    text = Text(pages[0].doc_id, [p.page for p in pages], [p.start for p in pages], "".join(p.text for p in pages))
    passes: tuple[Callable[[Text, Structure], Iterator[Edit]], ...] = (
        specks, torn_references, stray_signs, words, misread_words, bounds, plain_numbers, repeated_numbers,
        article_headings, split_enumerators, noisy_items, lost_items, lost_headings, lost_numbers, run_in_enumerators,
        enumerators, numbers_amid_lines, inline_headings, inline_enumerators, run_in_paragraphs, paragraph_references,
        torn_numbers, article_references, amounts,
    )  # fmt: skip
    for step in passes:
        text.apply(list(step(text, structure)))
    text.apply(list(second_readings(text, structure, readings)))
    for reading in (torn_words, spaced_amounts, slashes, stops_in_words, spelling):
        text.apply(list(reading(text, structure, scanned)))
    if not text.notices:
        return list(pages), []
    ends = [*text.starts[1:], len(text.text)]
    mended = [
        replace(page, start=start, end=end, text=text.text[start:end])
        for page, start, end in zip(pages, text.starts, ends, strict=True)
    ]
    return mended, sorted(text.notices, key=lambda n: n.page)
