"""Each law's provisions in time: which text applied when, what brought it, and how it differs from the one before.

Arranges the rows of versions.csv; computes no date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from pipeline.corpus import Corpus
from pipeline.report.findings import Tables
from pipeline.report.words import BIDI, CONTROL

MOST_WORDS = 1500  # beyond this a version is linked, not compared word by word


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a provision; `difference` marks its words against the version before ('' = nothing to compare)."""

    row: dict[str, str]
    difference: Markup


@dataclass(frozen=True, slots=True)
class History:
    """A provision of a law that did not always read as it does."""

    law: str
    eid: str
    changes: list[Change]


def histories(corpus: Corpus, tables: Tables) -> dict[str, list[History]]:
    """law → its provisions that were amended, inserted, repealed or ended, in the order of the table."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in tables.rows("versions"):
        rows[str(row["law"]), str(row["eid"])].append(row)
    found: dict[str, list[History]] = defaultdict(list)
    for (law, eid), versions in rows.items():
        if len(versions) > 1 or versions[0]["operation"] != "enact":
            changes = []
            before = ""
            for row in versions:
                text = _text(corpus, row) if row["operation"] != "repeal" else ""
                changes.append(Change(row, difference(before, text) if text else Markup("")))
                before = text or before
            found[law].append(History(law, eid, changes))
    return found


def _text(corpus: Corpus, row: dict[str, str]) -> str:
    provision = corpus.by_eid.get((row["source_doc"], row["source_eid"]))
    return corpus.words(provision).strip(' \n“”"') if provision else ""


def difference(before: str, after: str) -> Markup:
    """`after` with what it adds to `before` as <ins> and what it takes away as <del>, word by word."""
    old, new = (re.findall(r"\S+|\n", CONTROL.sub(" ", BIDI.sub("", s))) for s in (before, after))
    if not old or len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return _lines(" ".join(new[:MOST_WORDS]) + (" …" if len(new) > MOST_WORDS else ""))
    out: list[Markup] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            out.append(_lines(" ".join(new[c:d])))
        else:
            gone, come = " ".join(w for w in old[a:b] if w != "\n"), " ".join(w for w in new[c:d] if w != "\n")
            out += [Markup("<del>{}</del>").format(gone)] if gone else []
            out += [Markup("<ins>{}</ins>").format(come)] if come else []
    return Markup(" ").join(out)


def _lines(words: str) -> Markup:
    return Markup("<br>").join(escape(line.strip()) for line in words.split("\n"))
