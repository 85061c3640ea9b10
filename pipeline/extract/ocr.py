"""Pictures of pages → words with places, through Tesseract where it is installed. The only module that runs it.

Reads   a picture of one page (grey, `Picture`), handed over through a pipe: no file, no shell.
Writes  nothing.
Does not know what is done with a reading: `pages` takes it for pages that have no text, `repair.second` where a scan's
text layer has a gap or a word that is none. One thread a page, so that the same program gives the same words anywhere.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

DPI = 300
MAX_PIXELS = 40_000_000  # of one page; a larger one is read more coarsely
MAX_PAGES = 1_500  # of one document
SECONDS = 90.0  # for one page; Tesseract takes about one
WORKERS = min(4, os.cpu_count() or 1)
# Tesseract names its data by ISO 639-2 (terminology), packs name languages by ISO 639-1.
DATA = {"id": "ind", "en": "eng", "tl": "fil", "ms": "msa", "nl": "nld", "fr": "fra", "es": "spa", "pt": "por",
        "de": "deu", "it": "ita", "th": "tha", "vi": "vie", "ja": "jpn", "ko": "kor"}  # fmt: skip


class Picture(NamedTuple):
    """A page as a picture: 8-bit grey, row by row. `scale`: pixels in a point."""

    width: int
    height: int
    grey: bytes
    scale: float


class Word(NamedTuple):
    """A word that was read: its box in pixels from the upper left, its line, and how sure the reading is (per cent)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]  # block, paragraph, line
    confidence: float


@dataclass(frozen=True)
class Reader:
    """Tesseract as it is installed here, for one language."""

    program: str
    version: str
    data: str

    @property
    def name(self) -> str:
        """What to record of it."""
        return f"tesseract {self.version} ({self.data})"

    def read(self, picture: Picture) -> list[Word] | None:
        """Words of one page, row by row across it; None where it failed or took too long.

        Tesseract's own analysis of the layout is not asked for: it loses numbers that stand apart in the margin.
        """
        command = [self.program, "stdin", "stdout", "-l", self.data, "--dpi", str(round(picture.scale * 72))]
        command += ["--psm", "6", "tsv"]
        head = f"P5 {picture.width} {picture.height} 255\n".encode("ascii")
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(
                command, input=head + picture.grey, capture_output=True, timeout=SECONDS, check=True, env=environment
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return list(_words(done.stdout.decode("utf-8", "replace")))

    def read_all(self, pictures: Iterable[tuple[int, Picture]]) -> Iterator[tuple[int, list[Word] | None]]:
        """(page, its words or None) in the order of `pictures`; a few pages at a time, so few are in memory."""
        waiting: list[tuple[int, Future[list[Word] | None]]] = []
        with ThreadPoolExecutor(WORKERS) as pool:
            for number, picture in pictures:
                waiting.append((number, pool.submit(self.read, picture)))
                if len(waiting) > WORKERS:
                    page, words = waiting.pop(0)
                    yield page, words.result()
            for page, words in waiting:
                yield page, words.result()


def _words(table: str) -> Iterator[Word]:
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        left, top, width, height = (int(row[k]) for k in ("left", "top", "width", "height"))
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        yield Word(text, left, top, left + width, top + height, line, float(row["conf"]))


def find(language: str) -> Reader | str:
    """Tesseract with its data for a language, or what to install so that it can be used."""
    data = DATA.get(language, "")
    if not data:
        return f"no name of Tesseract's data is known for the language {language!r} (pipeline/extract/ocr.py, DATA)"
    version, languages = _installed()
    if not version:
        return f"Tesseract is not installed; install it with its data for {data} (Debian: tesseract-ocr-{data})"
    if data not in languages:
        return f"Tesseract is installed without its data for {data}; install it (Debian: tesseract-ocr-{data})"
    return Reader(shutil.which("tesseract") or "tesseract", version, data)


@cache
def _installed() -> tuple[str, frozenset[str]]:
    """(version, languages) of the Tesseract on the path; ('', none) where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return "", frozenset()
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True)
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return "", frozenset()
    version = re.search(r"tesseract\s+v?(\S+)", said.stdout + said.stderr)
    return version[1] if version else "?", frozenset((listed.stdout + listed.stderr).split())
