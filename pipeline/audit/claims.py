"""A paper's statements about law → claims: what it cites, what it asserts, where.

A claim is made of tags of one paragraph: the provision that a statement is about is the one its sentence cites, else
the last one cited before it; an article without an instrument belongs to the instrument that the section speaks of.
Says nothing about truth; `verdicts` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from pipeline.audit.titles import content_words
from pipeline.audit.words import Words, amending, words
from pipeline.corpus import LAWS, Corpus
from pipeline.link import Links
from pipeline.link.instruments import instrument
from pipeline.records import Citation, Sanction, Tag

PENALTY_FIELDS = (
    "prison_min_months",
    "prison_max_months",
    "fine_min",
    "fine_max",
    "fine_category_min",
    "fine_category_max",
)
# Numbers of an article and of what is below it; anything else is a whole instrument.
ARTICLE = re.compile(r"\d+[A-Z]{0,2}(?:-[A-Z])?(?: \(?\w{1,5}\)?)*")
# Concepts that say what a provision is about; words such as “child” or “force” alone do not.
CONTENT = ("CONDUCT", "PURPOSE", "MEANS", "ACT", "PROTECTION", "DUTY", "RULE", "AGGRAVATION", "DEFINITION")
ELEMENTS = ("ACT", "MEANS", "PURPOSE")
THREE = "rule.three_elements"
LINE = 100  # characters from which a line is a paragraph, not a heading
LIST_OF = 4  # so many elements of one family in a sentence are a list, which can be complete or not
LISTED = 3  # so many laws of one country in one sentence are a list of them
TITLE_NAMES = 85  # token set ratio from which a title names a law
TITLE_WORDS = 0.6  # share of a title's words that a law's must have


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision a paper refers to: the law it means, the numbers as written, and the provision if there is one."""

    law: str  # doc_id; '' outside the corpus
    eid: str
    as_written: str
    status: str  # resolved | omitted | dangling | outside_corpus
    start: int
    end: int
    evidence_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement."""

    kind: str  # penalty | content | absence | name | mention | elements | relation | identity | … (see the table)
    doc_id: str
    eid: str  # paragraph of the paper
    start: int
    end: int
    page: int
    cited: Cited | None
    asserted: dict[str, Any] = field(default_factory=dict)
    sanction: Sanction | None = None
    tag: Tag | None = None
    concepts: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()  # terms of the glossary that are asserted, or denied
    context: tuple[str, ...] = ()  # terms that the same sentence says of the same provision elsewhere
    items: tuple[tuple[str, ...], ...] = ()  # the terms, by the items of the list in which they stand
    tentative: bool = False  # of the provision named before, if that has most of it; of nothing otherwise
    quoted: bool = False  # given as the provision's own words, in quotation marks
    together: bool = False  # said in one breath: one provision must have it all
    formal: bool = False  # a title given as such (`concerning …`), not a name in brackets
    beside: tuple[Cited, ...] = ()  # provisions of which the same is said in one breath
    evidence_ids: tuple[str, ...] = ()


def claims(corpus: Corpus, links: Links, doc_id: str, cited: list[Cited]) -> list[Claim]:
    """All claims of a paper but those of content (`contents` has them); `cited` is what `in_context` gives."""
    sanctions = [s for s in links.sanctions if s.doc_id == doc_id]
    return [
        *_penalties(corpus, doc_id, sanctions, cited),
        *_elements(corpus, doc_id, cited),
        *_relations(corpus, links, doc_id, cited),
        *_gazettes(corpus, doc_id),
        *_statuses(corpus, doc_id, cited),
        *_figures(corpus, doc_id),
    ]


def law_of_instrument(corpus: Corpus, doc_id: str) -> str:
    """The law whose articles an instrument's are: an amending act's stand in the law that it amends."""
    document = corpus.documents.get(doc_id)
    if document is not None and document.kind == "amending-act" and document.amends:
        return document.amends[0]
    return doc_id


def words_of(corpus: Corpus, doc_id: str) -> Words:
    """How the language of a paper says what the audit looks for."""
    return words(corpus.documents[doc_id].language)


def sentence(corpus: Corpus, doc_id: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence that holds an offset."""
    text = corpus.text[doc_id]
    start, end = paragraph_span(text, at)
    say = words_of(corpus, doc_id)
    for stop in say.sentence_end.finditer(text, start, end):
        if stop[0][0] == ":" and say.sayings.headed.re.search(text[start : stop.start()]):
            continue  # `Article 10 (c): Whoever …` is one statement
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() >= at:
            return start, stop.start() + 1
    return start, end


def paragraph_span(text: str, at: int) -> tuple[int, int]:
    """Start and end of the paragraph that holds an offset; one that a page breaks within a sentence goes on."""
    start = text.rfind("\n", 0, at) + 1
    while start and _runs_on(text, start - 1):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", at)
    while 0 <= end < len(text) - 1 and _runs_on(text, end):
        end = text.find("\n", end + 1)
    return start, len(text) if end < 0 else end


def _runs_on(text: str, at: int) -> bool:
    """Whether the line that a line break ends is a paragraph's, and stops in the middle of a sentence."""
    start = text.rfind("\n", 0, at) + 1
    return at - start >= LINE and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def in_context(corpus: Corpus, citations: list[Citation], doc_id: str) -> list[Cited]:
    """Citations of articles, those without an instrument given the one that the text speaks of."""
    mentions = _mentions(corpus, doc_id)
    text, ends = corpus.text[doc_id], words_of(corpus, doc_id).sentence_end
    found = []
    for citation in citations:
        if not ARTICLE.fullmatch(citation.target_as_cited):
            continue
        law, eid, status = law_of_instrument(corpus, citation.target_doc), citation.target_eid, citation.status
        named = citation.instrument and citation.instrument in citation.text
        if not named or citation.target_doc == doc_id:
            spoken_of = _speaks_of(corpus, doc_id, citation.start, mentions)
            if spoken_of or citation.target_doc == doc_id:
                law, eid, status = spoken_of, "", "outside_corpus"
        elif not citation.target_doc:
            law = next((m for offset, m in mentions if citation.start <= offset < citation.end), "")
        if law and law in corpus.documents:
            law, eid, status = _resolved(corpus, law, citation.target_as_cited.split())
        # `The Criminal Code: Article 297 of that Code sets …`: the statement begins behind the colon.
        start = max((m.end() for m in ends.finditer(text, citation.start, citation.end)), default=citation.start)
        found.append(Cited(law, eid, citation.target_as_cited, status, start, citation.end, citation.evidence_id))
    return _apart(words_of(corpus, doc_id), text, found)


def _apart(say: Words, text: str, cited: list[Cited]) -> list[Cited]:
    """Provisions of one chain (`Article 83 in conjunction with Article 76F of …`), each at its own place in it."""
    found: list[Cited] = []
    at = 0
    ordered = sorted(cited, key=lambda c: c.start)
    for i, c in enumerate(ordered):
        at = max(at, c.start)
        own = say.own_reference(c.as_written.split()[0])
        following = ordered[i + 1] if i + 1 < len(ordered) else None
        match = own.search(text, at, c.end) if following and following.start < c.end else None
        shares = i and ordered[i - 1].start == c.start  # the last of several numbers under one name
        if match is None and shares:
            match = own.search(text, at, c.end)
            found.append(replace(c, start=match.start()) if match else c)
            continue
        if match is None:
            found.append(c)
            continue
        at = match.end()
        found.append(replace(c, start=match.start(), end=match.end()))
    return found


def _resolved(corpus: Corpus, law: str, numbers: list[str]) -> tuple[str, str, str]:
    """(law, eid, status) of numbers in a law; where implementing rules lack them, in the act behind the rules."""
    points = [re.sub(r"\W", "", n) for n in numbers[1:]]
    implements = corpus.documents[law].implements
    for candidate in (law, law_of_instrument(corpus, implements)) if implements in corpus.documents else (law,):
        eid, whole = corpus.resolve(candidate, numbers[0], points)
        if whole:
            return candidate, eid, "resolved"
    eid, _ = corpus.resolve(law, numbers[0], points)
    if not eid and numbers[0] in corpus.omitted.get(law, ()):
        return law, "", "omitted"
    return law, eid, "dangling"


def _mentions(corpus: Corpus, doc_id: str) -> list[tuple[int, str]]:
    """(offset, law) of every instrument the paper names, in order; laws outside the corpus as ''."""
    found = []
    for tag in corpus.tags[doc_id]:
        if tag.label == "CITATION" and tag.value.get("level") == "instrument":
            # A wrong number beside a right title still says which law is meant.
            named = instrument(corpus, doc_id, tag) or _titled(corpus, doc_id, tag)
            found.append((tag.start, law_of_instrument(corpus, named)))
    return found


def title_behind(corpus: Corpus, doc_id: str, tag: Tag) -> Tag | None:
    """The title that follows an instrument's number on the same line."""
    text = corpus.text[doc_id]
    titles = (t for t in corpus.tags[doc_id] if t.label == "TITLE")
    return next((t for t in titles if 0 <= t.start - tag.end <= 16 and "\n" not in text[tag.end : t.start]), None)


def law_of_title(corpus: Corpus, title: str, kind: str = "") -> str:
    """doc_id of the law that a title names, or ''.

    An act that amends is meant only where the title says so; a law of a `kind` (`ra`) only where it is of that kind. A
    title with words of its own (`child pornography`) is not that of a law that has the others.
    """
    amends = amending(title)
    words = set(content_words(title))
    scored = sorted(
        (
            (max(token_set_ratio(plain(title), plain(n)) for n in (d.title_en, d.title, *d.short_names)), d.doc_id)
            for d in corpus.documents.values()
            if d.kind in LAWS and (d.kind == "amending-act") == amends and (not kind or kind in d.akn_uri.split("/"))
            if any(_covers(content_words(n), words) for n in (d.title_en, d.title, *d.short_names))
        ),
        reverse=True,
    )
    return scored[0][1] if scored and scored[0][0] >= TITLE_NAMES else ""


def _covers(name: list[str], words: set[str]) -> bool:
    return len(words & set(name)) >= TITLE_WORDS * len(words)


def plain(title: str) -> str:
    """A title in small letters without punctuation, to be compared."""
    return re.sub(r"[^\w ]", " ", title).lower()


def _titled(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    title = title_behind(corpus, doc_id, tag) if tag.value.get("number") else None
    return law_of_title(corpus, title.text, str(tag.value.get("kind") or "")) if title else ""


def _speaks_of(corpus: Corpus, doc_id: str, at: int, mentions: list[tuple[int, str]]) -> str:
    """The law meant by an article without one: the last named before it in its section, or one behind it."""
    provision = next(
        (p for p in reversed(corpus.provisions[doc_id]) if p.start <= at < p.end and p.kind == "section"), None
    )
    start = provision.start if provision else 0
    text, end = corpus.text[doc_id], sentence(corpus, doc_id, at)[1]
    after = [(offset, law) for offset, law in mentions if at <= offset < end]
    # `Article 83 and Article 88, all of Law No. 35 of 2014`: an instrument behind its articles.
    if (
        after
        and ";" not in text[at : after[0][0]]
        and words_of(corpus, doc_id).sayings.belongs.re.search(text[at : after[0][0]])
    ):
        return after[0][1]
    before = [law for offset, law in mentions if start <= offset < at]
    if before:
        return before[-1]
    return after[0][1] if after else ""


def _about(corpus: Corpus, doc_id: str, at: int, cited: list[Cited]) -> Cited | None:
    """The provision that a statement at an offset is about."""
    start, end = sentence(corpus, doc_id, at)
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    # `(as defined in Article 164)` explains a term; the statement is about the article outside the brackets.
    same = [
        c
        for c in cited
        if start <= c.start < end
        and text.count("(", start, c.start) == text.count(")", start, c.start)
        and not (say.refers.re.search(text[start : c.start]) and len([o for o in cited if start <= o.start < end]) > 1)
    ]
    # `Whoever … faces …, according to Article 10 (a)`: the sentence ends with its source.
    last = same[-1] if same else None
    if (
        last
        and last.start >= at
        and say.source.re.search(text[start : last.start])
        and not text[last.end : end].strip(" .;")
    ):
        return last
    before = [c for c in same if c.start <= at]
    if before:
        return before[-1]
    if same:
        return same[0]
    line = corpus.text[doc_id].rfind("\n", 0, at) + 1
    earlier = [c for c in cited if line <= c.start < at]
    return earlier[-1] if earlier else None


def claim_of_sentence(
    corpus: Corpus, doc_id: str, start: int, end: int, laws: set[str], asserted: dict[str, Any]
) -> Claim:
    """What a sentence between two offsets says of several laws, or of none, to be held against the paper itself."""
    return Claim(
        "consistency",
        doc_id,
        paragraph_of(corpus, doc_id, start),
        start,
        end,
        corpus.page_of(doc_id, start),
        Cited(";".join(sorted(laws)), "", "", "resolved", start, end, ""),
        asserted,
    )


def lists_laws(corpus: Corpus, doc_id: str, start: int, end: int, laws: set[str]) -> bool:
    """Whether a sentence that names `laws` says that several laws of one country apply; not who decided by them."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    countries = {corpus.documents[law].jurisdiction for law in laws}
    serves = say.serves.re.search(text, start, end) and not say.decides.re.search(text, start, end)
    return len(laws) >= LISTED and len(countries) == 1 and bool(serves)


def paragraph_of(corpus: Corpus, doc_id: str, at: int) -> str:
    """eid of the paragraph of a paper that holds an offset."""
    return next((p.eid for p in reversed(corpus.provisions[doc_id]) if p.start <= at < p.end), "")


def _penalties(corpus: Corpus, doc_id: str, sanctions: list[Sanction], cited: list[Cited]) -> Iterator[Claim]:
    mentions = _mentions(corpus, doc_id)
    for sanction in sanctions:
        asserted = {
            name: getattr(sanction, name) for name in PENALTY_FIELDS if getattr(sanction, name) not in (None, "")
        }
        if asserted.get("fine_min") is not None and asserted.get("fine_min") == asserted.get("fine_max"):
            # “a fine of …” is what can be imposed at most; “at least” would have said otherwise.
            del asserted["fine_min"]
        for name in ("life", "death"):
            if getattr(sanction, name):
                asserted[name] = True
        if sanction.conjunction != "none":
            asserted["conjunction"] = sanction.conjunction
        if sanction.relative:
            # “plus one third” asserts a measure; the figures computed from it are ours, not the paper's.
            asserted = {"relative": sanction.relative}
            start, end = sentence(corpus, doc_id, sanction.start)
            same_as = words_of(corpus, doc_id).sayings.same_as.re
            if base := [
                c for c in cited if start <= c.start < end and same_as.search(corpus.text[doc_id][start : c.start])
            ]:
                asserted["refers_to"] = [c.eid for c in base]
        if not asserted:
            continue
        about = _about(corpus, doc_id, sanction.start, cited)
        imposed = _imposed(corpus, doc_id, sanction)
        if about is None:
            law = _speaks_of(corpus, doc_id, sanction.start, mentions)
            about = Cited(law, "", "", "resolved" if law else "outside_corpus", sanction.start, sanction.end, "")
        yield Claim(
            "decision" if imposed else "penalty",
            doc_id,
            sanction.eid,
            sanction.start,
            sanction.end,
            sanction.page,
            about,
            asserted,
            sanction,
            evidence_ids=(sanction.evidence_id,),
        )


def _imposed(corpus: Corpus, doc_id: str, sanction: Sanction) -> bool:
    """Whether a sanction is what a court imposed in a case: one term, no range."""
    start, end = sentence(corpus, doc_id, sanction.start)
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    one_term = sanction.prison_min_months == sanction.prison_max_months
    return one_term and bool(say.court.re.search(text, start, end) and say.sentenced.re.search(text, start, end))


def _said(corpus: Corpus, doc_id: str) -> list[Tag]:
    """Tags of what the paper says, without the words of titles and names of laws."""
    names = [(t.start, t.end) for t in corpus.tags[doc_id] if t.label == "TITLE" or _names_instrument(t)]
    return [
        t
        for t in corpus.tags[doc_id]
        if t.label in CONTENT and t.concept and not any(low <= t.start < high for low, high in names)
    ]


def _names_instrument(tag: Tag) -> bool:
    return tag.label == "CITATION" and tag.value.get("level") == "instrument"


def _elements(corpus: Corpus, doc_id: str, cited: list[Cited]) -> Iterator[Claim]:
    """Lists of acts, means or purposes that a sentence gives as those of a provision, or of a law."""
    mentions = _mentions(corpus, doc_id)
    say = words_of(corpus, doc_id).sayings
    forbidden, practice = say.strong.re, say.practice.re
    threes = [t for t in corpus.tags[doc_id] if t.concept == THREE]
    listed: dict[tuple[int, str], list[Tag]] = {}
    for tag in _said(corpus, doc_id):
        if tag.label in ELEMENTS:
            listed.setdefault((sentence(corpus, doc_id, tag.start)[0], tag.label), []).append(tag)
    for (_, family), tags in listed.items():
        concepts = tuple(dict.fromkeys(t.concept for t in tags))
        if len(concepts) < LIST_OF:
            continue
        low, high = sentence(corpus, doc_id, tags[0].start)
        if family == "PURPOSE" and forbidden.search(corpus.text[doc_id], low, tags[0].start):
            continue  # said to be forbidden, not to be what something aims at: a claim of content
        about = _about(corpus, doc_id, tags[0].start, cited)
        if about is None:
            law = _speaks_of(corpus, doc_id, tags[0].start, mentions)
            about = Cited(law, "", "", "resolved" if law else "outside_corpus", tags[0].start, tags[0].end, "")
        # What is said of no law of its own sentence may be said of any law that the section names.
        own = any(low <= offset < high for offset, _ in mentions) or any(low <= c.start < high for c in cited)
        loose = () if own else tuple(_laws_of_section(corpus, doc_id, tags[0], mentions))
        if not own and practice.search(corpus.text[doc_id], low, tags[-1].start):
            # What people do as a rule is said of no law.
            about, loose = Cited("", "", "", "outside_corpus", tags[0].start, tags[0].end, ""), ()
        # Behind `three elements decide`, a list of one of them is of what decides, by whatever law.
        named = [t.concept for t in threes if t.eid == tags[0].eid and t.start < tags[0].start]
        every = [*named, *(t.concept for t in _said(corpus, doc_id) if low <= t.start < high)]
        yield Claim(
            "elements",
            doc_id,
            tags[0].eid,
            tags[0].start,
            tags[-1].end,
            tags[0].page,
            about,
            {family.lower(): list(concepts)},
            concepts=tuple(dict.fromkeys(every)),
            beside=loose,
            evidence_ids=tuple(t.evidence_id for t in tags),
        )


def _laws_of_section(corpus: Corpus, doc_id: str, tag: Tag, mentions: list[tuple[int, str]]) -> Iterator[Cited]:
    """The laws that the section of a tag names."""
    inside = (p for p in reversed(corpus.provisions[doc_id]) if p.kind == "section" and p.start <= tag.start < p.end)
    section = next(inside, None)
    start, end = (section.start, section.end) if section else (0, len(corpus.text[doc_id]))
    for law in dict.fromkeys(law for offset, law in mentions if law and start <= offset < end):
        yield Cited(law, "", "", "resolved", tag.start, tag.end, "")


def _relations(corpus: Corpus, links: Links, doc_id: str, cited: list[Cited]) -> Iterator[Claim]:
    """`Article 88 … the rules in Article 76I`: one provision said to be about another of the same law."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    joins, also = say.joins.re, say.also.re
    for first, second in pairwise(sorted(cited, key=lambda c: c.start)):
        between = text[first.end : second.start]
        if not first.law or first.law != second.law or not first.eid or not second.eid or "\n" in between:
            continue
        same = sentence(corpus, doc_id, first.start) == sentence(corpus, doc_id, second.start)
        if same and also.search(between) and (pair := _linked(corpus, links, first, second)):
            yield _relation(corpus, doc_id, *pair)
        if same and joins.search(between) and first.eid != second.eid:
            yield _relation(corpus, doc_id, first, second)
        # `Whoever violates Article 4 faces …, according to Article 10`
        before = text[sentence(corpus, doc_id, first.start)[0] : first.start]
        if same and say.source.re.search(between) and say.refers.re.search(before) and first.eid != second.eid:
            yield _relation(corpus, doc_id, second, first)


def _relation(corpus: Corpus, doc_id: str, first: Cited, second: Cited) -> Claim:
    return Claim(
        "relation",
        doc_id,
        paragraph_of(corpus, doc_id, first.start),
        min(first.start, second.start),
        max(first.end, second.end),
        corpus.page_of(doc_id, first.start),
        first,
        {"refers_to": second.eid},
        evidence_ids=(first.evidence_id, second.evidence_id),
    )


def _linked(corpus: Corpus, links: Links, first: Cited, second: Cited) -> tuple[Cited, Cited] | None:
    """Two provisions of a law of which the first refers to the second, in this order; None where neither does."""
    for one, two in ((first, second), (second, first)):
        for c in links.citations:
            if c.target_eid and law_of_instrument(corpus, c.target_doc) == one.law:
                law, eid = corpus.law_of(c.doc_id, c.eid)
                about = two.eid == c.target_eid or two.eid.startswith(c.target_eid + "__")
                if law == one.law and about and (eid == one.eid or eid.startswith(one.eid + "__")):
                    return one, two
    return None


def _gazettes(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Where a list of laws says an instrument was published."""
    for tag in corpus.tags[doc_id]:
        if tag.label != "GAZETTE":
            continue
        line = corpus.text[doc_id].rfind("\n", 0, tag.start) + 1
        named = [t for t in corpus.tags[doc_id] if _names_instrument(t) and line <= t.start < tag.start]
        if named and named[0].value.get("number"):
            target = instrument(corpus, doc_id, named[0])
            state = "resolved" if target else "outside_corpus"
            yield Claim(
                "gazette",
                doc_id,
                tag.eid,
                named[0].start,
                tag.end,
                tag.page,
                Cited(target, "", named[0].text, state, named[0].start, named[0].end, named[0].evidence_id),
                {k: str(tag.value[k]) for k in ("year", "number", "supplement") if tag.value.get(k)},
                tag=tag,
                evidence_ids=(named[0].evidence_id, tag.evidence_id),
            )


def _statuses(corpus: Corpus, doc_id: str, provisions: list[Cited]) -> Iterator[Claim]:
    """That a law applies, or will; or, where the words before say so, the provision named last."""
    say = words_of(corpus, doc_id).sayings
    for tag in corpus.tags[doc_id]:
        if tag.label != "STATUS":
            continue
        start, _ = sentence(corpus, doc_id, tag.start)
        named = [
            t
            for t in corpus.tags[doc_id]
            if t.label == "CITATION" and t.value.get("level") == "instrument" and start <= t.start < tag.start
        ]
        if not named:
            continue
        target = instrument(corpus, doc_id, named[-1])
        cited = Cited(
            target,
            "",
            named[-1].text,
            "resolved" if target else "outside_corpus",
            named[-1].start,
            named[-1].end,
            named[-1].evidence_id,
        )
        if say.a_provision.re.search(corpus.text[doc_id][start : tag.start]):
            cited = next((c for c in reversed(provisions) if start <= c.start < tag.start and c.eid), cited)
        yield Claim(
            "status",
            doc_id,
            tag.eid,
            named[-1].start,
            tag.end,
            tag.page,
            cited,
            _status_words(corpus, doc_id, tag),
            tag=tag,
            evidence_ids=(named[-1].evidence_id, tag.evidence_id),
        )


def _status_words(corpus: Corpus, doc_id: str, tag: Tag) -> dict[str, str]:
    """What a paper says of a law's status: in force, or not before the year after it was written."""
    document = corpus.documents[doc_id]
    if tag.value["status"] != "next_year":
        return {"status": str(tag.value["status"])}
    written = document.published or document.signed or str(document.year)
    return {"status": "not_yet_in_force", "in_force_year": str(int(written[:4]) + 1)}


def with_status(corpus: Corpus, found: list[Claim]) -> list[Claim]:
    """Claims about provisions, with the status that their paragraph gives to the law in which they stand."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in found:
        if claim.kind == "status" and claim.cited and claim.cited.law:
            said[claim.eid, claim.cited.law] = claim.asserted
    kept = []
    for claim in found:
        law = claim.cited.law if claim.cited and claim.cited.eid else ""
        status = said.get((claim.eid, law), {}) if claim.kind in ("content", "penalty") else {}
        kept.append(replace(claim, asserted={**claim.asserted, **status}) if status else claim)
    return kept


def _figures(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    seen: set[str] = set()
    for tag in corpus.tags[doc_id]:
        if tag.label not in ("FIGURE", "DECISION"):
            continue
        if tag.label == "DECISION":
            if tag.text in seen:
                continue
            seen.add(tag.text)
        yield Claim(
            tag.label.lower(),
            doc_id,
            tag.eid,
            tag.start,
            tag.end,
            tag.page,
            None,
            {tag.label.lower(): tag.text},
            tag=tag,
            evidence_ids=(tag.evidence_id,),
        )
