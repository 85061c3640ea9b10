"""Words of a language, most frequent first: `pipeline/packs/<language>/words.txt`, the words of our own digests.

Reads   that list. Writes it, run as a program: `python -m pipeline.extract.lexicon raw pipeline/packs`.
Does not know what is done with it: `repair.spelling` asks which words a scan may have garbled, `quality` which
language a page is in. A language without a list has no words, and then nothing is mended or judged by them.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pipeline.packs import PACKS
from pipeline.sources import load_sources

LIST = "words.txt"
WORD = re.compile(r"[^\W\d_]+")
RUN, SHORT_RUN = 4, 3  # letters that are looked at together; in a short word
SHORT = 5  # letters of a short word
HEADER = "# Words of the digests in this language, the most frequent first (see pipeline/extract/lexicon.py).\n"


@cache
def load_lexicon(language: str) -> tuple[str, ...]:
    """Words of a language in small letters, the most frequent first; empty where no pack of that name has a list."""
    file = PACKS / language / LIST
    if not language.isalnum() or not file.is_file():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def lexicon_set(language: str) -> frozenset[str]:
    """The words of a language, to ask whether one is among them."""
    return frozenset(load_lexicon(language))


@cache
def lexicons() -> Mapping[str, tuple[str, ...]]:
    """Language → its words, of every language that has a list."""
    return {file.parent.name: load_lexicon(file.parent.name) for file in sorted(PACKS.glob(f"*/{LIST}"))}


def lexicons_sha() -> str:
    """SHA-256 over the word lists of all languages: a text mended by other words is another text."""
    digest = hashlib.sha256()
    for language, words in lexicons().items():
        digest.update("\n".join((language, *words, "")).encode())
    return digest.hexdigest()


@cache
def _runs(language: str) -> frozenset[str]:
    """Runs of letters that words of a language have; `^` and `$` are its ends."""
    return frozenset(r for w in load_lexicon(language) for size in (RUN, SHORT_RUN) for r in _runs_of(w, size))


def _runs_of(word: str, size: int) -> list[str]:
    ends = f"^{word}$"
    return [ends[i : i + size] for i in range(max(1, len(ends) - size + 1))]


def plausible(word: str, language: str) -> bool:
    """Whether a word in small letters could be one of a language, for its letters: a list never has them all."""
    size = SHORT_RUN if len(word) <= SHORT else RUN
    return word.isalpha() and all(r in _runs(language) for r in _runs_of(word, size))


def ranked(texts: Iterable[str]) -> list[str]:
    """Words of texts in small letters, the most frequent first, then by the alphabet."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(WORD.findall(text.lower()))
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def main(raw: Path, packs: Path) -> None:
    """Write the list of each language that digests in `raw` are written in and that has a pack of its name."""
    texts: dict[str, list[str]] = {}
    for sources in sorted(raw.glob("*/sources.yaml")):
        for source in load_sources(sources.parent).documents:
            digest = sources.parent / "digests" / f"{source.doc_id}.md"
            if digest.is_file() and (packs / source.language).is_dir():
                texts.setdefault(source.language, []).append(digest.read_text(encoding="utf-8"))
    for language, found in texts.items():
        (packs / language / LIST).write_text(HEADER + "\n".join(ranked(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
