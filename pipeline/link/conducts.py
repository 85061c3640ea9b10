"""What a sanction punishes: the provisions that its sentence names as the offence or the breach, else its own.

(“sebagaimana dimaksud dalam Pasal 76I”, “any person who violates Section 4(a)”.)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.corpus import Corpus
from pipeline.link.patterns import LEAD, pattern
from pipeline.link.sentences import sentence
from pipeline.records import Citation, Provision, Sanction

ELEMENTS = ("ACT", "MEANS", "PURPOSE")
CLAUSES = 5  # most clauses that go on about the conduct of the one before
LOOK_BACK = 40  # articles before a sanction in which what it calls the prohibited acts is sought


@dataclass(frozen=True, slots=True)
class Named:
    """A provision that describes what a sanction punishes, by its place in the law, and the words that name it."""

    law: str
    eid: str
    by: Citation | None  # None: the sanction's own provision


def conducts(
    corpus: Corpus, sanction: Sanction, citations: Sequence[Citation], sanctions: Sequence[Sanction]
) -> list[Named]:
    """Provisions that describe what is punished: those that the sanction's sentence names as such, else its own.

    A sentence names them as the offence or the breach (“melanggar ketentuan …”, “violation of Section 4”, “tindak
    pidana sebagaimana dimaksud dalam …”), or they are prohibitions that it punishes. A right, a definition or a
    circumstance that it mentions is not what it punishes, nor is what it sets apart (“not falling within article 246”).
    Where a penalty changes that of another paragraph of its article, it punishes what that does. `sanctions` are all of
    the document.
    """
    text = corpus.text[sanction.doc_id]
    code = corpus.documents[sanction.doc_id].jurisdiction
    macros = ("breach", "prohibition", "set_apart", "measured_by", "penalty_of")
    breach, prohibition, apart, measure, changes = (pattern(code, name) for name in macros)
    first, last = sentence(text, sanction.start, sanction.end)
    for _ in range(CLAUSES):
        if first <= 1 or not pattern(code, "again").match(text, first):
            break
        first = sentence(text, first - 2, first - 2)[0]  # `In case of subsequent offense, …`; `; and by … when …`
    if not sanction.relative and not pattern(code, "imposed_upon").match(text, sanction.end):
        last = sanction.start
    # A sentence that says itself what is done names other articles only to measure the sanction (“the same as in 2”).
    describes = any(
        t.label in ("CONDUCT", *ELEMENTS) and first <= t.start < sanction.start
        for t in corpus.tags_at[sanction.doc_id, sanction.eid]
    )
    own = corpus.law_of(sanction.doc_id, sanction.eid)
    held = {s.eid for s in sanctions}
    found: dict[tuple[str, str], Named] = {}
    telling: set[tuple[int, int]] = set()  # the spans that name what is punished
    spans = [(first, last), *_list_of(corpus, sanction)]
    for (start, end), citation in ((span, c) for span in spans for c in _followed(corpus, sanction, citations, *span)):
        words = text[start : citation.start][-LEAD:] if start <= citation.start < end else ""
        if apart.search(words):
            continue
        inside = start <= citation.start < end
        after = bool(sanction.relative) and citation.start > sanction.start
        if after and (describes or measure.search(text[sanction.start : citation.start])):
            continue  # it names what the penalty is measured by
        named = not inside or after or bool(breach.search(words))
        named = named or (sanction.relative not in ("", "same") and bool(changes.search(words)))
        if citation.target_doc not in (own[0], sanction.doc_id) and not named:
            continue
        place = (citation.target_doc, citation.target_eid)
        if (place[0], place[1].split("__")[0]) == (own[0], own[1].split("__")[0]):
            if sanction.relative not in ("", "same") and place != own:
                for other in sanctions:
                    if not other.relative and corpus.law_of(other.doc_id, other.eid) == place:
                        for further in conducts(corpus, other, citations, ()):
                            if further.by is not None:
                                found.setdefault((further.law, further.eid), further)
            continue
        carriers = corpus.law_provisions.get(place, [])
        if carriers and (named or any(_forbids(corpus, p, prohibition) and not _punishes(p, held) for p in carriers)):
            found.setdefault(place, Named(*place, citation))
            telling.add((start, end))
    silent = (
        len(spans) > 1
        and found
        and not sanction.relative
        and telling.isdisjoint(spans[:1])
        and telling < set(spans[1:])
    )
    # Of an article whose paragraphs a sentence names, these are meant.
    parts = {(law, eid.rpartition("__")[0]) for law, eid in found}
    found = {place: named for place, named in found.items() if place not in parts}
    if not found and not sanction.relative and _for_what_is_forbidden(code, text[first:last], sanction, sanctions):
        found |= {(n.law, n.eid): n for n in _prohibitions(corpus, sanction, sanctions)}
    crime = pattern(code, "crime_named").search(text[first:last])
    crime = crime or pattern(code, "imposed_for_crime").match(text, sanction.end)
    if not found and not sanction.relative and crime:
        name = next(filter(None, crime.groups()))
        found |= {(n.law, n.eid): n for n in _called(corpus, sanction, name)}
    # An item of a list that names no other provision says itself what is punished.
    return [*found.values(), *([Named(*own, None)] if silent or not found else [])]


def _list_of(corpus: Corpus, sanction: Sanction) -> list[tuple[int, int]]:
    """The items of the list that a sanction's sentence opens: `Dipidana …, setiap orang yang: a. … Pasal 7 huruf a; …`.

    Of a fine for corporations whose sentence names no offence, the paragraph of its article that says whose offences
    these are: `(1) Dalam hal tindak pidana sebagaimana dimaksud dalam Pasal 67 dilakukan oleh Korporasi, …`.
    """
    provision = corpus.by_eid.get((sanction.doc_id, sanction.eid))
    if provision is None:
        return []
    text = corpus.text[sanction.doc_id]
    items = corpus.children[sanction.doc_id, sanction.eid]
    follows = pattern(corpus.documents[sanction.doc_id].jurisdiction, "imposed_upon").match(text, sanction.end)
    if items and follows and not sanction.relative and re.fullmatch(r"[^.;]*:\s*", text[sanction.end : items[0].start]):
        return [(item.start, item.end) for item in items]
    if (
        not sanction.relative
        or sanction.subject != "corporation"
        or provision.kind in corpus.unit_kinds(sanction.doc_id)
    ):
        return []
    if any(t.label == "CITATION" for t in corpus.tags_at[sanction.doc_id, sanction.eid]):
        return []
    earlier = [p for p in corpus.children[sanction.doc_id, provision.parent_eid] if p.end <= sanction.start]
    return [
        (p.start, p.end)
        for p in earlier
        if any(t.value.get("subject") == "corporation" for t in corpus.tags_under(p.doc_id, p.eid, "SUBJECT"))
        and not corpus.tags_under(p.doc_id, p.eid, "PENALTY")
    ]


def _for_what_is_forbidden(code: str, words: str, sanction: Sanction, sanctions: Sequence[Sanction]) -> bool:
    """Whether a sentence punishes what the act forbids, by these words or, where it has no other sanction, as such."""
    if pattern(code, "what_is_prohibited").search(words[-2 * LEAD :]):
        return True
    unit = sanction.eid.split("__")[0]
    alone = all(s.eid.split("__")[0] == unit for s in sanctions if not s.relative)
    return alone and bool(pattern(code, "breach_of_the_act").search(words[-2 * LEAD :]))


def _prohibitions(corpus: Corpus, sanction: Sanction, sanctions: Sequence[Sanction]) -> Iterator[Named]:
    """What `any of the prohibited acts` means: the articles before, of its law, that only say what is forbidden.

    Of an article that opens with something else, the items of the list that it says are forbidden.
    """
    kinds = corpus.unit_kinds(sanction.doc_id)
    law, place = corpus.law_of(sanction.doc_id, sanction.eid)
    units = [p for p in corpus.provisions[sanction.doc_id] if p.kind in kinds and p.end <= sanction.start]
    punished = [s.eid for s in sanctions]
    opens = pattern(corpus.documents[sanction.doc_id].jurisdiction, "says_what_is_prohibited")
    listed: list[Named] = []
    whole = False
    for unit in units[-LOOK_BACK:]:
        children = corpus.children[unit.doc_id, unit.eid]
        text = corpus.text[unit.doc_id]
        words = text[unit.start : children[0].start if children else unit.end]
        at = corpus.law_of(unit.doc_id, unit.eid)
        if at[0] != law or at[1] == place.split("__")[0]:
            continue
        if any(e == unit.eid or e.startswith(f"{unit.eid}__") for e in punished):
            continue
        if opens.search(words[: 2 * LEAD]):
            whole = True
            yield Named(*at, _by_words(sanction, law))
            continue
        forbidden = False
        for before, item in pairwise(children):
            if between := text[before.end : item.start].strip(' \n"“”'):
                forbidden = between.endswith(":") and bool(opens.search(between.rpartition("\n")[2][-2 * LEAD :]))
            if forbidden:
                listed.append(Named(*corpus.law_of(item.doc_id, item.eid), _by_words(sanction, law)))
    if not whole:
        yield from listed


def _called(corpus: Corpus, sanction: Sanction, crime: str) -> Iterator[Named]:
    """What a crime that a sanction calls by its name (`any person guilty of theft`) is: the article that says so.

    Or that has the name for its heading. The nearest before it, as an article follows the one that defines its crime; a
    paragraph where that defines it.
    """
    code = corpus.documents[sanction.doc_id].jurisdiction
    defined = re.compile(pattern(code, "crime_defined").pattern.replace("§", re.escape(crime)), re.IGNORECASE)
    law, place = corpus.law_of(sanction.doc_id, sanction.eid)
    kinds = corpus.unit_kinds(sanction.doc_id)
    units = [p for p in corpus.provisions[sanction.doc_id] if p.kind in kinds and p.end <= sanction.start]
    for unit in units[: -LOOK_BACK - 1 : -1]:
        at = corpus.law_of(unit.doc_id, unit.eid)
        if at[0] != law or at[1] == place.split("__")[0]:
            continue
        if unit.heading.strip(" .:–—-").casefold() == crime.casefold():
            yield Named(*at, _by_words(sanction, law))
            return
        for provision in reversed(list(corpus.descendants(unit.doc_id, unit.eid))):
            if defined.search(corpus.words(provision)):
                yield Named(*corpus.law_of(provision.doc_id, provision.eid), _by_words(sanction, law))
                return


def _by_words(sanction: Sanction, law: str) -> Citation:
    """What names a conduct without a reference: the words of its sanction."""
    return Citation(
        doc_id=sanction.doc_id,
        eid=sanction.eid,
        start=sanction.start,
        end=sanction.end,
        page=sanction.page,
        text="",
        target_doc=law,
        target_eid="",
        target_as_cited="",
        status="resolved",
        evidence_id=sanction.evidence_id,
    )


def _followed(
    corpus: Corpus, sanction: Sanction, citations: Sequence[Citation], first: int, last: int
) -> Iterator[Citation]:
    """Citations in a sentence; for another paragraph of the same article without a sanction of its own, what it cites.

    (“… denda sebagaimana dimaksud pada ayat (1) ditambah 1/3”, where paragraph (1) names the offences.)
    """
    unit = corpus.unit(sanction.doc_id, sanction.eid)
    for citation in _between(citations, first, last):
        if citation.status != "resolved" or not citation.target_eid:
            continue
        yield citation
        target = corpus.law_provisions.get((citation.target_doc, citation.target_eid), [])
        own = [p for p in target if p.doc_id == sanction.doc_id and corpus.unit(p.doc_id, p.eid) == unit and p != unit]
        for provision in own:
            if not any(t.label == "PENALTY" for t in corpus.tags_under(provision.doc_id, provision.eid)):
                inside = _between(citations, provision.start, provision.end)
                yield from (c for c in inside if c.eid == provision.eid and c.status == "resolved" and c.target_eid)


def _punishes(provision: Provision, punishing: Collection[str]) -> bool:
    """Whether a provision says itself what its conduct carries (`punishing`: the provisions that do)."""
    return any(f"{eid}__".startswith(f"{provision.eid}__") for eid in punishing)


def _between(citations: Sequence[Citation], start: int, end: int) -> Sequence[Citation]:
    """Citations of a document, which are in order of their start, that begin between two offsets."""
    low, high = (bisect_left(citations, at, key=lambda c: c.start) for at in (start, end))
    return citations[low:high]


def _forbids(corpus: Corpus, provision: Provision, prohibition: re.Pattern[str]) -> bool:
    """Whether a provision, or the words that open the list in which it stands, forbids or commands."""
    if prohibition.search(corpus.words(provision)):
        return True
    for holder in list(corpus.ancestors(provision.doc_id, provision.eid))[1:]:
        children = corpus.children[holder.doc_id, holder.eid]
        if prohibition.search(corpus.text[holder.doc_id][holder.start : children[0].start]):
            return True
        if holder.kind in corpus.unit_kinds(holder.doc_id):
            break
    return False
