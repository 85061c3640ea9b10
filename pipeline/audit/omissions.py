"""What a statement leaves out of the provision that it restates: deeds, elements that narrow, alternatives, grounds.

A restatement is imprecise where it leaves a gap that changes what the provision covers. Mentioning one thing of many is
no restatement, and leaves nothing out. Knows terms and provisions, no claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.audit import terms
from pipeline.audit.glossary import glossary
from pipeline.audit.words import languages, words
from pipeline.corpus import Corpus
from pipeline.link import Links
from pipeline.records import Provision

RESTATED = 5  # so many terms that statement and provision share make the statement a restatement
DEEDS = 3  # so many items of one list (deeds, or any other) in a statement are that list, in which a gap counts
AGGRAVATED = "aggravated"


def left_out(corpus: Corpus, links: Links, said: set[str], carriers: Sequence[Provision]) -> set[str]:
    """Terms of a provision that a statement on it would have to have, and has not.

    Of a prohibition: deeds missing from the statement's list of them, elements that narrow it, the other of two
    alternatives, the ground of an aggravation. Of any provision: what is missing from a list that is given.
    """
    implied = terms.wider(said)
    places = [(p, corpus.documents[p.doc_id].language) for p in carriers]
    own = {f.term for p, language in places for f in terms.find(corpus.words(p), language)}
    inside = {(p.doc_id, d.eid) for p in carriers for d in corpus.descendants(p.doc_id, p.eid)}
    punishing = {(o.doc_id, o.eid) for o in links.offences} | {(s.doc_id, s.eid) for s in links.sanctions}
    punishes = bool(punishing & inside)
    restated = punishes and len(said & terms.wider(own)) >= RESTATED
    left: set[str] = set()
    for provision, language in places:
        if language in languages():
            between = words(language).sayings.item.re
            for items in terms.lists(corpus.words(provision), language, between):
                left |= _missing(items, said, 1 if restated else DEEDS)
    if not punishes:
        return left - implied
    if restated:
        left |= {t for t in own if glossary()[t].limits}
    if len({t for t in said & own if glossary()[t].deed}) >= DEEDS:
        # One word may say two deeds (to spread: to distribute, to disseminate): either covers it.
        every = (item for p, language in places for _, _, item in terms.items(corpus.words(p), language))
        left |= {t for item in every if not item & implied for t in item if glossary()[t].deed}
        left -= {t for t in left if glossary()[t].common}
    if not any(corpus.children[p.doc_id, p.eid] for p in carriers):
        left |= _ground(own, said)
    return left - implied


def _missing(items: list[set[str]], said: set[str], enough: int) -> set[str]:
    """Terms of the items of a list that a statement leaves out, where it gives at least half of it; {} otherwise."""
    implied = terms.wider(said)
    named = [bool(item & implied or terms.wider(item) & said) for item in items]
    if sum(named) < enough or 2 * sum(named) < len(items):
        return set()
    missing = (item for item, there in zip(items, named, strict=True) if not there)
    return {t for item in missing for t in item if not glossary()[t].common}


def _ground(own: set[str], said: set[str]) -> set[str]:
    """What a penalty is raised for, where a statement says no more than that it is raised; {} otherwise."""
    if AGGRAVATED not in said or any(not glossary()[t].common or glossary()[t].person for t in said - {AGGRAVATED}):
        return set()
    return {t for t in own - {AGGRAVATED} if not glossary()[t].common or glossary()[t].person}
