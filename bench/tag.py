"""How fast the tagger is beside other tools on the same text, on one core: spaCy's bare tokenizer, and two extractors.

Reads processed/1-text (run `dvc repro extract` first), or the folder given (build/official/processed/1-text). Prints
CPU time, the best of a few runs, and the peak of memory. The text is that of the Indonesian and Philippine documents.

LexNLP and statute-patterns need libraries that ours exclude, so they run in a venv of their own, where one is named:

    uv venv --python 3.11 build/peers
    uv pip install --python build/peers -r bench/peers/requirements.txt
    uv pip install --python build/peers --no-deps lexnlp==2.3.0 datefinder-lexpredict
    build/peers/bin/python -m nltk.downloader punkt_tab
    LACUNA_PEERS_PYTHON=build/peers/bin/python python bench/tag.py
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import records
from pipeline.records import Document, Page
from pipeline.tag import tagger

TEXT = Path("processed/1-text")
PEERS = "LACUNA_PEERS_PYTHON"
RUNS = 7
LANGUAGES = {"id": "id", "ph": "en"}
AIM_TOKENIZER, AIM_PEERS = 4, 5


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU seconds of the fastest run over all texts."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return best


def megabytes() -> float:
    """The peak of memory of this process so far."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def beside_tokenizers(code: str, texts: list[str], tagging: float) -> None:
    """Print the tagger's speed beside that of spaCy's tokenizer and of the legal tokenizer."""
    import spacy  # noqa: PLC0415 - after the peak of memory without it was taken

    from pipeline.tag.tokens import LegalTokenizer  # noqa: PLC0415

    bare = spacy.blank(LANGUAGES[code])
    size = sum(len(t.encode()) for t in texts) / 1e6
    base, cut = seconds(bare.make_doc, texts), seconds(LegalTokenizer(bare.vocab), texts)
    print(
        f"  {code}: {size:.2f} MB; spaCy's tokenizer {size / base:.2f} MB/s, ours {size / cut:.2f}; everything tagged "
        f"{size / tagging:.2f} MB/s = {base / tagging:.2f} x spaCy's tokenizer (aim: {AIM_TOKENIZER})"
    )


def beside_peers(texts: list[str], tagging: float) -> None:
    """Print the tagger's speed beside that of LexNLP and statute-patterns, or why they were not measured."""
    python = os.environ.get(PEERS)
    if not python:
        print(
            f"  LexNLP, statute-patterns: not measured; name the Python of a venv that has them in {PEERS} (see above)"
        )
        return
    script = Path(__file__).parent / "peers" / "measure.py"
    done = subprocess.run([python, script], input=json.dumps(texts), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{python} {script} failed:\n{done.stderr}")
    for name, measured in json.loads(done.stdout).items():
        if error := measured.get("error"):
            print(f"  {name}: does not run in that venv: {error}")
        else:
            print(
                f"  {name}: {measured['seconds']:.2f} s for {measured['found']} things; everything tagged "
                f"{measured['seconds'] / tagging:.1f} x as fast (aim: {AIM_PEERS})"
            )


def main() -> None:
    """Measure both languages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXT
    if not (folder / "documents.jsonl").is_file():
        sys.exit(f"{folder} is not here: run `dvc repro extract` first")
    documents = list(records.read_jsonl(folder / "documents.jsonl", Document))
    texts = {
        code: [
            "".join(p.text for p in records.read_jsonl(folder / f"{d.doc_id}.jsonl", Page))
            for d in documents
            if d.jurisdiction == code
        ]
        for code in LANGUAGES
    }
    before = megabytes()
    tagging, spans = {}, {}
    for code, those in texts.items():
        run = tagger(code)
        tagging[code] = seconds(run, those)
        spans[code] = sum(len(run(t)) for t in those)
    print("tagging: everything that the rules of a pack look for, against a tokenizer that only cuts words")
    print(f"  peak of memory: {megabytes():.0f} MB, {before:.0f} MB of it before the first text")
    for code, those in texts.items():
        beside_tokenizers(code, those, tagging[code])
    print(
        f"tagging of English: {spans['ph']} spans of all kinds in {tagging['ph']:.3f} s, against published extractors"
    )
    beside_peers(texts["ph"], tagging["ph"])


if __name__ == "__main__":
    main()
