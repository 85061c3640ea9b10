"""What a conduct takes over from a provision that it names, and from the definition of a word it uses.

“Downloading pornography as referred to in article 4(1)” is read with the list of article 4(1); “where the act referred
to in paragraph (1) causes death” is the act of paragraph (1); “violations of section 4, when the victim is a child” are
the acts of section 4, against whoever it protects. Without this, a prohibition that names its object by number has no
object. One step only: what the named provision itself names is not followed.

“For the purpose of exploitation” is read with the exploitations that the law's definition lists.

Both are read as the law stood in the span of time that is asked about, whichever act carries the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.corpus import LAWS, Corpus
from pipeline.link.patterns import LEAD, pattern
from pipeline.link.sentences import sentence
from pipeline.link.time import InForce, Span, meet
from pipeline.records import Citation, Provision, Sanction, Tag
from pipeline.vocabulary import vocabulary

# Of a provision of another article: the objects that it lists. Of another paragraph of the article, and of an offence
# of which this is a graver kind: the whole act. (Victims not with the objects: a list may name a child in one item and
# the act in another.)
OBJECTS = ("CONDUCT",)
ACTS = ("CONDUCT", "VICTIM", "ACT", "MEANS", "PURPOSE", "ICT")
Listed = tuple[Tag, Tag]  # the words that define, and what they list
Definitions = dict[tuple[str, str], list[Listed]]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a provision, without those of its children, that lie between two offsets."""

    at: Provision
    start: int
    end: int


class Incorporation:
    """What conducts take over from the provisions that they name."""

    def __init__(self, corpus: Corpus, citations: Mapping[str, list[Citation]], in_force: InForce) -> None:
        self._corpus, self._in_force = corpus, in_force
        self._at: dict[tuple[str, str], list[Citation]] = {}
        for found in citations.values():
            for citation in found:
                if citation.status == "resolved":
                    self._at.setdefault((citation.doc_id, citation.eid), []).append(citation)

    def __call__(
        self, sanction: Sanction, text: Provision, around: Iterable[Words], span: Span
    ) -> Iterator[tuple[Citation, Tag, bool]]:
        """Tags that a conduct takes over in a span, the citation that brings each, and whether they belong to the act.

        They are where the citation names the very act (“where the act in paragraph (1) is done to …”), or its object;
        not where it is another paragraph's act.

        Only references inside one law count, and only those in the provision's own words, or as the offence in those
        that open it (`around` has both): what its paragraphs and points name is theirs. Of another article only what is
        listed below the provision named is taken over, not its opening words: “downloading what article 4 lists” is not
        to produce it, though article 4 forbids producing; unless it is named as the offence (“violations of section
        4”). A provision that itself carries the sanction takes over nothing from other articles: it names them to
        punish them, and the sanction is joined to them already.
        """
        law, own = self._corpus.law_of(text.doc_id, text.eid)
        punishes = (text.doc_id, text.eid) == (sanction.doc_id, sanction.eid)
        for words in around:
            for citation in self._at.get((words.at.doc_id, words.at.eid), []):
                named = citation.target_eid
                if not words.start <= citation.start < words.end or citation.target_doc != law:
                    continue
                if not named or _around(own, named):
                    continue
                if punishes and words.at == text and citation.end > sanction.start:
                    continue  # named to measure the sanction, not to describe the act
                if named.split("__", maxsplit=1)[0] == own.split("__", maxsplit=1)[0]:
                    if words.at == text:
                        same = self._offence(citation)
                        yield from ((citation, t, same) for t in self._tags(law, named, span, ACTS, whole=True))
                elif not punishes:
                    same = self._offence(citation)
                    if same or words.at == text:
                        labels = ACTS if same else OBJECTS
                        yield from ((citation, t, True) for t in self._tags(law, named, span, labels, whole=same))

    def _offence(self, citation: Citation) -> bool:
        """Whether words name a provision as the offence of which this is a graver kind."""
        text = self._corpus.text[citation.doc_id]
        first, last = sentence(text, citation.start, citation.end)
        # The pattern has the reference as one sign, whatever it looks like.
        words = f"{text[first : citation.start][-LEAD:]}§{text[citation.end : last][:LEAD]}"
        graver = pattern(self._corpus.documents[citation.doc_id].jurisdiction, "graver_kind")
        return bool(graver.search(words))

    def _tags(self, law: str, eid: str, span: Span, labels: tuple[str, ...], whole: bool) -> Iterator[Tag]:
        """Tags of a provision of a law in a span: all (`whole`), or those of the lists below it."""
        for text in self._in_force.texts(law, eid, span):
            for provision in self._corpus.descendants(text.doc_id, text.eid):
                if not meet(self._in_force.span(provision.doc_id, provision.eid), span):
                    continue
                if whole or (provision != text and _listed(self._corpus, provision)):
                    yield from (t for t in self._corpus.tags_at[text.doc_id, provision.eid] if t.label in labels)


def definitions(corpus: Corpus) -> Definitions:
    """(law, concept that it defines) → what the definitions list of its family, each with the defining tag.

    All that the law and the acts that amend it ever said; `by_definition` picks what applied.
    """
    meaning = {name: concept.defines for name, concept in vocabulary().items() if concept.defines}
    found: Definitions = {}
    for doc_id in corpus.tags:
        if corpus.documents[doc_id].kind not in LAWS:
            continue
        for tag in corpus.tags[doc_id]:
            if tag.concept in meaning and tag.part in ("body", "quoted"):
                defined = meaning[tag.concept]
                found.setdefault((corpus.consolidated(doc_id, tag.eid), defined), []).extend(
                    (tag, t)
                    for t in corpus.tags_under(tag.doc_id, tag.eid)
                    if t.start > tag.start
                    and t.concept.startswith(defined.partition(".")[0] + ".")
                    and t.concept != defined
                )
    return found


def by_definition(
    corpus: Corpus, tags: Iterable[Tag], law: str, defined: Definitions, in_force: InForce, span: Span
) -> Iterator[Listed]:
    """Tags that a conduct with `tags` takes over in a span from its law's definitions of what it names.

    Of definitions that applied one after the other in the span, or whose dates are not known, the latest act's counts.
    """
    for concept in dict.fromkeys(t.concept for t in tags):
        found = defined.get((law, concept), [])
        then = [(by, t) for by, t in found if meet(in_force.span(t.doc_id, t.eid), span)] or found
        if then:
            latest = in_force.latest({by.doc_id for by, _ in then})
            yield from ((by, t) for by, t in then if by.doc_id == latest)


def _around(own: str, named: str) -> bool:
    """Whether one provision holds the other."""
    return own == named or own.startswith(f"{named}__") or named.startswith(f"{own}__")


def _listed(corpus: Corpus, provision: Provision) -> bool:
    """Whether a provision is an item of a list: the words above the first of its siblings end in a colon."""
    parent = corpus.by_eid.get((provision.doc_id, provision.parent_eid))
    if parent is None:
        return False
    first = corpus.children[parent.doc_id, parent.eid][0]
    return corpus.text[parent.doc_id][parent.start : first.start].rstrip().endswith(":")
