"""Where in a provision the words of a gold fact stand: offsets that a reading gave, and whether they still hold.

Reads   tests/gold/offsets/<edition>/<doc_id>.yaml.
Offsets count from the beginning of the provision, in the edition that was read. Beside them stands a hash of the
provision's text: where the text is another now, they are stale; that is said, and they are not scored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.corpus import Corpus
from pipeline.evaluate.places import Fact, Places, Span

HASH_LENGTH = 12  # hexadecimal digits of the SHA-256 that a file of offsets keeps


@dataclass
class Located:
    """The spans of a document's gold facts, document-global; and the facts whose text has changed."""

    spans: dict[str, dict[Fact, set[Span]]] = field(default_factory=dict)  # label → fact → spans
    stale: dict[str, list[Fact]] = field(default_factory=dict)  # label → facts


def text_hash(text: str) -> str:
    """What a file of offsets keeps of a provision's text."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def located(corpus: Corpus, doc_id: str, place: Places, offsets: Path) -> Located:
    """The spans that were read in the edition of `doc_id` which was run; none where there is no such file."""
    out = Located()
    file = offsets / corpus.documents[doc_id].edition / f"{doc_id}.yaml"
    if not file.is_file():
        return out
    read: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))["provisions"]
    for at, labels in read.items():
        provision = next(iter(place.of.get(at, ())), None)
        fresh = provision is not None and text_hash(corpus.words(provision)) == labels["text"]
        for label, facts in labels.items():
            if label == "text":
                continue
            for value, spans in facts.items():
                fact = (at, str(value))
                if fresh and provision is not None:
                    moved = {(provision.start + start, provision.start + end) for start, end in spans}
                    out.spans.setdefault(label, {})[fact] = moved
                else:
                    out.stale.setdefault(label, []).append(fact)
    return out
