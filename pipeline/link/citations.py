"""Links of references → citations with targets.

`references` says which tags form one reference and what it names, `instruments` which law a name means, `resolve`
where the numbers stand in it.

A reference without an instrument means the law in which it stands (in a quoted provision, the law that is amended);
where that law has no such article, the instrument named next in the same sentence, else the one named before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.corpus import Corpus
from pipeline.link.instruments import instrument
from pipeline.link.patterns import pattern
from pipeline.link.references import REACH, Target, groups, numbers_of, strictly_between, targets_of
from pipeline.link.resolve import own_law, preceding_paragraph, resolve, unit_word
from pipeline.records import Citation, Tag

RULE = "link.citation"
OPENING, LEAD = " “\"‘'’”*_#\u00a0", 12  # what may stand before the words of a heading, and at most how much


def citations(corpus: Corpus, doc_id: str) -> list[Citation]:
    """All citations of a document, in order."""
    code = corpus.documents[doc_id].jurisdiction
    found = []
    named = [t for t in corpus.tags[doc_id] if t.label == "CITATION" and t.value.get("level") == "instrument"]
    for group in groups(corpus, doc_id):
        for target in targets_of(group, corpus.text[doc_id], code):
            if target.relative == "preceding-paragraph" and not preceding_paragraph(
                corpus, doc_id, target.tags[0], target.back
            ):
                continue  # of a text whose paragraphs have no numbers
            found += _citations(corpus, doc_id, _with_instrument(corpus, doc_id, target, named))
    found = _redirected(corpus, doc_id, _without_appositions(corpus, doc_id, _without_headings(corpus, doc_id, found)))
    return sorted(found, key=lambda c: c.start)


def _without_headings(corpus: Corpus, doc_id: str, found: list[Citation]) -> list[Citation]:
    """Without the headings of articles that stand amid a line, their text behind them (`“Pasal 47A Penggembala …”`)."""
    kinds = corpus.unit_kinds(doc_id)
    begins = set()
    for p in corpus.provisions[doc_id]:
        if p.kind in kinds:
            words = corpus.text[doc_id][p.start : p.start + LEAD]
            begins.add(p.start + len(words) - len(words.lstrip(OPENING)))
    return [c for c in found if c.start not in begins]


def _without_appositions(corpus: Corpus, doc_id: str, found: list[Citation]) -> list[Citation]:
    """Without the second name of a law just cited: `Act No. 3815, otherwise known as the Revised Penal Code`."""
    text = corpus.text[doc_id]
    apposition = pattern(corpus.documents[doc_id].jurisdiction, "apposition")
    kept: list[Citation] = []
    for c in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and c.target_doc
            and c.status == "resolved"
            and not c.target_eid
            and not c.target_as_cited.isdigit()
            and last.target_doc == c.target_doc
            and last.eid == c.eid
            and apposition.fullmatch(text[last.end : c.start])
        ):
            continue
        kept.append(c)
    return kept


def _with_instrument(corpus: Corpus, doc_id: str, target: Target, named: Sequence[Tag]) -> Target:
    """The target, with the instrument of its sentence where the law in which it stands has no such article."""
    here = target.tags[0]
    if not target.article or target.instrument is not None or target.relative or here.part == "preamble":
        return target
    own = own_law(corpus, doc_id, here, target)
    if own not in corpus.documents:
        return target  # nobody knows which articles an amended law has that was not read
    if (own, target.article) in corpus.law_units or target.article in corpus.omitted.get(own, ()):
        word = unit_word(here.text)
        kinds = {corpus.law_provisions[own, e][0].kind for e in corpus.law_units.get((own, target.article), [])}
        if not word or not kinds or word in kinds:
            return target
    text = corpus.text[doc_id]
    last = max(t.end for t in target.tags)
    k = bisect_left(named, last, key=lambda t: t.start)
    after = [t for t in named[k : k + 1] if t.start < last + REACH and _one_sentence(text[last : t.start])]
    k = bisect_right(named, here.start, key=lambda t: t.end)
    before = [
        t for t in named[max(0, k - 3) : k] if t.end > here.start - REACH and "\n" not in text[t.end : here.start]
    ]
    for tag in [*after, *reversed(before)]:
        law = instrument(corpus, doc_id, tag)
        if law == own:
            continue
        known = (law, target.article) in corpus.law_units or target.article in corpus.omitted.get(law, ())
        if known or (not law and _foreign(corpus, own, here.text)):
            return replace(target, instrument=tag)
    return target


def _foreign(corpus: Corpus, law: str, words: str) -> bool:
    """Whether a law is built of other units than those that a link names (sections, not articles)."""
    word = unit_word(words)
    kinds = {p.kind for p in corpus.provisions.get(law, []) if p.kind in corpus.unit_kinds(law)}
    return bool(word and kinds and word not in kinds)


def _one_sentence(words: str) -> bool:
    return not re.search(r"[\n;]|(?<!\bNo)(?<!\bNos)(?<!\b[A-Z])\.\s+(?=[A-Z“\"(])", words)


def _redirected(corpus: Corpus, doc_id: str, found: list[Citation]) -> list[Citation]:
    """References that a clause replaces (`Pasal 27 … pengacuannya diganti dengan Pasal 407`) belong to the other law.

    Which law that is, the clause says itself, or the words above its list do, or the provision that these point to.
    """
    by_place: dict[str, list[Citation]] = {}
    for citation in found:
        by_place.setdefault(citation.eid, []).append(citation)
    out = []
    for c in found:
        replaced = next(
            (t for t in corpus.tags_at[doc_id, c.eid] if t.value.get("op") == "replace_reference" and t.start >= c.end),
            None,
        )
        unit = corpus.unit(doc_id, c.target_eid) if c.target_eid else None
        here = corpus.unit(doc_id, c.eid)
        other_article = unit is None or here is None or unit.eid != here.eid
        if replaced is None or c.target_doc != doc_id or not other_article:
            out.append(c)
            continue
        named = _named_above(corpus, doc_id, c, by_place)
        if named is None:
            out.append(c)
            continue
        law, words = named.target_doc, named.instrument
        if not law:
            out.append(replace(c, target_doc="", target_eid="", status="outside_corpus", instrument=words))
        else:
            numbers = c.target_as_cited.split()
            eid, whole = corpus.resolve(law, numbers[0], numbers[1:])
            omitted = not whole and numbers[0] in corpus.omitted.get(law, ())
            status = "resolved" if whole else "omitted" if omitted else "dangling"
            out.append(replace(c, target_doc=law, target_eid=eid, status=status, instrument=words))
    return out


def _named_above(corpus: Corpus, doc_id: str, c: Citation, by_place: dict[str, list[Citation]]) -> Citation | None:
    """The citation that names the other law of which a clause speaks; None when nothing names one."""
    provision = corpus.by_eid[doc_id, c.eid]
    for eid in (c.eid, provision.parent_eid):
        for other in by_place.get(eid, []):
            if other is c or (eid == c.eid and other.start >= c.start):
                continue
            if other.target_doc != doc_id:
                return other
            pointed = by_place.get(other.target_eid, []) if other.target_eid else []
            named = [p for p in pointed if p.target_doc != doc_id]
            if named:
                return named[0]
    return None


def _citations(corpus: Corpus, doc_id: str, target: Target) -> list[Citation]:
    """The target, and before it what lies between the ends of a range (in the order of the law that is meant)."""
    last = _citation(corpus, doc_id, target)
    if not target.after:
        return [last]
    law = last.target_doc
    inside = replace(target, points=[], point_words=[], after="", article_words=target.range_words)
    low, high = _order(target.after), _order(target.article)
    known = {
        number
        for (of_law, number), eids in corpus.law_units.items()
        if of_law == law and any(_within(corpus, law, eid, doc_id, target.tags[0]) for eid in eids)
    } | corpus.omitted.get(law, set())
    between = {n for n in known if low < _order(n) < high} | set(strictly_between(target.after, target.article))
    return [
        *(_citation(corpus, doc_id, replace(inside, article=n)) for n in sorted(between, key=_order)),
        last,
    ]


def _within(corpus: Corpus, law: str, eid: str, doc_id: str, here: Tag) -> bool:
    """Whether a unit was in a law when a range in `doc_id` named what lies around it, or came to be there.

    A law's ranges of its own articles take in what is inserted between them while the words of the range stand: not
    what the act inserts that gives the range other words, nor what is inserted into the laws of which others speak.
    """
    when = _date(corpus, doc_id)
    unit = corpus.law_provisions[law, eid][0].num if (law, eid) in corpus.law_provisions else ""
    if any(_date(corpus, by) <= when for by in _deletions(corpus, law).get(unit, ())):
        return False
    since = min((_date(corpus, p.doc_id) for p in corpus.law_provisions.get((law, eid), [])), default=None)
    if since is None or since <= when:
        return since is not None
    own, place = corpus.law_of(doc_id, here.eid)
    if own != law or here.part not in ("body", "quoted"):
        return False
    rewritten = (_date(corpus, p.doc_id) for p in corpus.law_provisions.get((law, place.partition("__")[0]), []))
    return all(since < date for date in rewritten if date > when)


def _date(corpus: Corpus, doc_id: str) -> tuple[int, str]:
    document = corpus.documents[doc_id]
    return document.year, document.published or document.signed or "9"


@lru_cache(maxsize=64)
def _deletions(corpus: Corpus, law: str) -> dict[str, list[str]]:
    """Number of an article of a law → the acts that delete it whole (`40. Pasal 63 dihapus.`)."""
    found: dict[str, list[str]] = {}
    for document in corpus.documents.values():
        if law not in document.amends:
            continue
        for tag in corpus.tags[document.doc_id]:
            if tag.label != "OPERATION" or tag.value.get("op") != "delete" or tag.part != "body":
                continue
            links = [
                t for t in corpus.tags_at[document.doc_id, tag.eid] if t.label == "CITATION" and t.end <= tag.start
            ]
            if links and all(t.value.get("level") == "article" for t in links):
                for link in links:
                    for number in numbers_of(link):
                        found.setdefault(number.path[0], []).append(document.doc_id)
    return found


def _order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return (int(digits[0]), number[digits.end() :]) if digits else (0, number)


def _citation(corpus: Corpus, doc_id: str, target: Target) -> Citation:
    start, end = target.span
    here = min(target.tags, key=lambda t: t.start)
    as_cited = " ".join(p for p in (target.article, *target.points) if p)
    law, eid, status = resolve(corpus, doc_id, here, target)
    if target.instrument is not None and not as_cited:
        as_cited = target.instrument.text
    return Citation(
        doc_id=doc_id,
        eid=here.eid,
        start=start,
        end=end,
        page=here.page,
        text=corpus.text[doc_id][start:end],
        target_doc=law,
        target_eid=eid,
        target_as_cited=as_cited,
        status=status,
        evidence_id=f"{doc_id}@{start}-{end}~{RULE}",
        instrument=target.instrument.text if target.instrument is not None else "",
    )
