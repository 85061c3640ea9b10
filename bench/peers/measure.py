"""How fast two published extractors are: LexNLP (money, durations, acts) and statute-patterns. Runs in its own venv.

Reads   a JSON list of texts from standard input.
Writes  JSON to standard output: by tool, CPU seconds of the fastest run over all texts and how much it found, or why it
        did not run. `bench/tag.py` starts it, and says how to make the venv. Imports nothing of the pipeline, whose
        libraries these tools cannot share.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from typing import Any

RUNS = 3
Extractor = Callable[[str], Iterable[Any]]


def lexnlp() -> Extractor:
    """LexNLP's money, durations and acts, as its documentation calls them."""
    names = (("money", "get_money"), ("durations", "get_durations"), ("acts", "get_acts"))
    extractors = [getattr(importlib.import_module(f"lexnlp.extract.en.{m}"), name) for m, name in names]
    return lambda text: [found for extract in extractors for found in extract(text)]


def statute_patterns() -> Extractor:
    """The acts that statute-patterns finds."""
    extract: Extractor = importlib.import_module("statute_patterns").extract_rules
    return extract


def measure(extract: Extractor, texts: list[str]) -> dict[str, Any]:
    """CPU seconds of the fastest run over all texts, and the number of things found."""
    best, found = float("inf"), 0
    for _ in range(RUNS):
        start = time.process_time()
        found = sum(len(list(extract(text))) for text in texts)
        best = min(best, time.process_time() - start)
    return {"seconds": best, "found": found}


def main() -> None:
    """Measure both tools, each where it is installed."""
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    results: dict[str, dict[str, Any]] = {}
    for name, load in (("LexNLP", lexnlp), ("statute-patterns", statute_patterns)):
        try:
            results[name] = measure(load(), texts)
        except (ImportError, LookupError, AttributeError) as error:  # LookupError: data of NLTK is missing
            results[name] = {"error": f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
