"""What a conduct takes over from a provision that it names as its object, and from the definition of a word it uses.

“Downloading pornography as referred to in article 4(1)” is read with the list of article 4(1); “where the act referred
to in paragraph (1) causes death” is the act of paragraph (1). Without this, a prohibition that names its object by
number has no object. One step only: what the named provision itself names is not followed.

“For the purpose of exploitation” is read with the exploitations that the law's definition lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.corpus import LAWS, Corpus
from pipeline.packs import vocabulary
from pipeline.records import Citation, Provision, Sanction, Tag

# Of a provision of another article: the objects that it lists. Of another paragraph of the article: the whole act.
# (Victims not with the objects: a list may name a child in one item and the act in another.)
OBJECTS = ("CONDUCT",)
ACTS = ("CONDUCT", "VICTIM", "ACT", "MEANS", "PURPOSE", "ICT")


def incorporated(
    corpus: Corpus, sanction: Sanction, doc_id: str, eid: str, citations: Iterable[Citation]
) -> Iterator[tuple[Citation, Tag]]:
    """Tags that the conduct at (`doc_id`, `eid`) takes over, each with the citation that brings it.

    Only references inside one law count, and only those in the provision's own words: what its paragraphs and points
    name is theirs. Of another article only what is listed below the provision named is taken
    over, not its opening words: “downloading what article 4 lists” is not to produce it, though article 4 forbids
    producing. A provision that itself carries the sanction takes over nothing from other articles: it names them to
    punish them, and the sanction is joined to them already.
    """
    own = {p.eid for p in corpus.descendants(doc_id, eid)}
    above = {p.eid for p in corpus.ancestors(doc_id, eid)}
    law = corpus.law_of(doc_id, eid)[0]
    unit = corpus.unit(doc_id, eid)
    punishes = (doc_id, eid) == (sanction.doc_id, sanction.eid)
    for citation in citations:
        if citation.eid != eid or citation.status != "resolved" or citation.target_doc != law:
            continue
        if punishes and citation.eid == sanction.eid and citation.end > sanction.start:
            continue  # named to measure the sanction, not to describe the act
        target = _carrier(corpus, doc_id, citation)
        if target is None or (target.doc_id == doc_id and target.eid in own | above):
            continue
        if corpus.unit(target.doc_id, target.eid) == unit:
            for tag in corpus.tags_under(target.doc_id, target.eid):
                if tag.label in ACTS:
                    yield citation, tag
        elif not punishes:
            for provision in corpus.descendants(target.doc_id, target.eid):
                if provision.eid != target.eid and _listed(corpus, provision):
                    yield from (
                        (citation, t) for t in corpus.tags_at[target.doc_id, provision.eid] if t.label in OBJECTS
                    )


def definitions(corpus: Corpus) -> dict[tuple[str, str], list[tuple[Tag, Tag]]]:
    """(law, concept that it defines) → what the definition lists of its family, each with the defining tag.

    Of a definition that several acts set out, the latest counts, whatever the day of the analysis.
    """
    meaning = {name: concept.defines for name, concept in vocabulary().items() if concept.defines}
    latest: dict[tuple[str, str], list[Tag]] = {}
    for doc_id in sorted(corpus.tags, key=lambda d: (corpus.documents[d].year, d)):
        if corpus.documents[doc_id].kind not in LAWS:
            continue
        here: dict[tuple[str, str], list[Tag]] = {}
        for tag in corpus.tags[doc_id]:
            if tag.concept in meaning and tag.part in ("body", "quoted"):
                here.setdefault((corpus.consolidated(doc_id, tag.eid), meaning[tag.concept]), []).append(tag)
        latest |= here
    return {
        (law, defined): [
            (tag, t)
            for tag in tags
            for t in corpus.tags_under(tag.doc_id, tag.eid)
            if t.start > tag.start and t.concept.startswith(defined.partition(".")[0] + ".") and t.concept != defined
        ]
        for (law, defined), tags in latest.items()
    }


def by_definition(
    corpus: Corpus, doc_id: str, eid: str, defined: Mapping[tuple[str, str], list[tuple[Tag, Tag]]]
) -> Iterator[tuple[Tag, Tag]]:
    """Tags that the conduct at (`doc_id`, `eid`) takes over from its law's definitions of what it names."""
    law = corpus.consolidated(doc_id, eid)
    for concept in dict.fromkeys(t.concept for t in corpus.tags_under(doc_id, eid)):
        yield from defined.get((law, concept), [])


def _listed(corpus: Corpus, provision: Provision) -> bool:
    """Whether a provision is an item of a list: the words above the first of its siblings end in a colon."""
    parent = corpus.by_eid.get((provision.doc_id, provision.parent_eid))
    if parent is None:
        return False
    first = corpus.children[parent.doc_id, parent.eid][0]
    return corpus.text[parent.doc_id][parent.start : first.start].rstrip().endswith(":")


def _carrier(corpus: Corpus, doc_id: str, citation: Citation) -> Provision | None:
    """The text of the provision named: that of the same document where it sets it out, else the law's latest."""
    found = corpus.law_provisions.get((citation.target_doc, citation.target_eid), [])
    same = [p for p in found if p.doc_id == doc_id]
    if same:
        return same[0]
    return max(found, key=lambda p: (corpus.documents[p.doc_id].year, p.doc_id), default=None)
