"""Which law and which provision a statement of a paper is about.

The provision that a statement is about is the one its sentence cites, else the last one cited before it; an article
without an instrument belongs to the instrument that the section speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.fuzz import token_set_ratio

from pipeline.audit.claim import Cited
from pipeline.audit.paper import sentence, words_of
from pipeline.audit.titles import content_words
from pipeline.audit.words import Words, amending
from pipeline.corpus import LAWS, Corpus
from pipeline.link.instruments import instrument
from pipeline.records import Citation, Sanction, Tag

# Numbers of an article and of what is below it; anything else is a whole instrument.
ARTICLE = re.compile(r"\d+[A-Z]{0,2}(?:-[A-Z])?(?: \(?\w{1,5}\)?)*")
TITLE_NAMES = 85  # token set ratio from which a title names a law
TITLE_WORDS = 0.6  # share of a title's words that a law's must have


def in_context(corpus: Corpus, citations: list[Citation], doc_id: str) -> list[Cited]:
    """Citations of articles, those without an instrument given the one that the text speaks of."""
    mentions = laws_named(corpus, doc_id)
    text, ends = corpus.text[doc_id], words_of(corpus, doc_id).sentence_end
    found = []
    for citation in citations:
        if not ARTICLE.fullmatch(citation.target_as_cited):
            continue
        law, eid, status = law_of_instrument(corpus, citation.target_doc), citation.target_eid, citation.status
        named = citation.instrument and citation.instrument in citation.text
        if not named or citation.target_doc == doc_id:
            spoken_of = speaks_of(corpus, doc_id, citation.start, mentions)
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


def laws_named(corpus: Corpus, doc_id: str) -> list[tuple[int, str]]:
    """(offset, law) of every instrument the paper names, in order; laws outside the corpus as ''."""
    found = []
    for tag in corpus.tags[doc_id]:
        if tag.label == "CITATION" and tag.value.get("level") == "instrument":
            # A wrong number beside a right title still says which law is meant.
            named = instrument(corpus, doc_id, tag) or _titled(corpus, doc_id, tag)
            found.append((tag.start, law_of_instrument(corpus, named)))
    return found


def speaks_of(corpus: Corpus, doc_id: str, at: int, mentions: list[tuple[int, str]]) -> str:
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


def subject(
    corpus: Corpus, doc_id: str, tag: Tag | Sanction, cited: list[Cited], mentions: list[tuple[int, str]]
) -> Cited:
    """What a statement is about: the provision that `_about` finds, else the law that the text speaks of."""
    found = _about(corpus, doc_id, tag.start, cited)
    if found is not None:
        return found
    law = speaks_of(corpus, doc_id, tag.start, mentions)
    return Cited(law, "", "", "resolved" if law else "outside_corpus", tag.start, tag.end, "")


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


def laws_of_section(corpus: Corpus, doc_id: str, tag: Tag, mentions: list[tuple[int, str]]) -> Iterator[Cited]:
    """The laws that the section of a tag names."""
    inside = (p for p in reversed(corpus.provisions[doc_id]) if p.kind == "section" and p.start <= tag.start < p.end)
    section = next(inside, None)
    start, end = (section.start, section.end) if section else (0, len(corpus.text[doc_id]))
    for law in dict.fromkeys(law for offset, law in mentions if law and start <= offset < end):
        yield Cited(law, "", "", "resolved", tag.start, tag.end, "")


def law_of_instrument(corpus: Corpus, doc_id: str) -> str:
    """The law whose articles an instrument's are: an amending act's stand in the law that it amends."""
    document = corpus.documents.get(doc_id)
    if document is not None and document.kind == "amending-act" and document.amends:
        return document.amends[0]
    return doc_id


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
