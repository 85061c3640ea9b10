"""How fast the tagger is beside spaCy's bare default tokenizer, on the same text, on one core.

Reads processed/1-text (run `dvc repro extract` first). Prints megabytes per second of CPU time, the best of a few
runs, and the peak of memory. The text is that of the Indonesian and the Philippine documents.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pipeline import records
from pipeline.records import Document, Page
from pipeline.tag import tagger

TEXT = Path("processed/1-text")
RUNS = 5


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU seconds of the fastest run over all texts."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Measure both languages."""
    if not (TEXT / "documents.jsonl").is_file():
        sys.exit(f"{TEXT} is not here: run `dvc repro extract` first")
    documents = list(records.read_jsonl(TEXT / "documents.jsonl", Document))
    print("tagging: everything that the rules of a pack look for, against a tokenizer that only cuts words")
    for code, language in (("id", "id"), ("ph", "en")):
        texts = [
            "".join(p.text for p in records.read_jsonl(TEXT / f"{d.doc_id}.jsonl", Page))
            for d in documents
            if d.jurisdiction == code
        ]
        size = sum(len(t.encode()) for t in texts) / 1e6
        bare, ours = spacy.blank(language), tagger(code)
        base, cut, all_of_it = (seconds(work, texts) for work in (bare.make_doc, ours.tokenize, ours))
        print(
            f"  {code}: {size:.2f} MB; spaCy's tokenizer {size / base:.2f} MB/s, ours {size / cut:.2f}; "
            f"everything tagged {size / all_of_it:.2f} MB/s = {base / all_of_it:.2f} x spaCy's tokenizer (aim: 4)"
        )
    print(f"  peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
