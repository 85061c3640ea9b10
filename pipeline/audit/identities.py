"""Which law a paper means, and what it says that this law is → claims of number, year, title, amendment, adoption.

Says nothing about truth; `verdicts` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.audit.cited import law_of_title, title_behind
from pipeline.audit.claim import Cited, Claim
from pipeline.audit.paper import paragraph_of, sentence, words_of
from pipeline.audit.titles import content_words, likeness, spelled_out
from pipeline.audit.words import Sayings
from pipeline.corpus import LAWS, Corpus
from pipeline.link.instruments import instrument
from pipeline.records import Tag

NEAR = 40  # characters within which the act stands that rules are said to implement
LEADING_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s+")
YEAR_BEFORE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s+(?:(?:United\s+Nations|UN)\s+)?$")
BRACKET = re.compile(r"[”\"]?\s*\(\s*")
TREATY_LIKE = 0.7  # share of words in order from which a long name is that of a treaty


def identities(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Every claim of a paper about what a law or treaty is."""
    yield from _numbered(corpus, doc_id)
    yield from _named(corpus, doc_id)
    yield from _rules(corpus, doc_id)
    yield from _titled(corpus, doc_id)
    yield from _treaties(corpus, doc_id)
    yield from _years(corpus, doc_id)
    yield from _dates(corpus, doc_id)


def numbers_of(tag: Tag, say: Sayings) -> tuple[str, str]:
    """(number, year) that the words of an instrument's name give; '' for what they do not."""
    if tag.value.get("number"):
        return str(tag.value["number"]), str(tag.value.get("year") or "")
    found = say.numbered.re.search(tag.text) if say.has_number.re.search(tag.text) else None
    return (found["number"], found["year"] or found["short"] or "") if found else ("", "")


def instruments(corpus: Corpus, doc_id: str) -> list[Tag]:
    """The names of instruments in a text, in order."""
    return [t for t in corpus.tags[doc_id] if t.label == "CITATION" and t.value.get("level") == "instrument"]


def _claim(
    corpus: Corpus, tag: Tag, end: int, asserted: dict[str, str], target: str | None = None, formal: bool = False
) -> Claim:
    law = instrument(corpus, tag.doc_id, tag) if target is None else target
    state = "resolved" if law else "outside_corpus"
    return Claim(
        "identity",
        tag.doc_id,
        tag.eid,
        tag.start,
        end,
        tag.page,
        Cited(law, "", tag.text, state, tag.start, tag.end, tag.evidence_id),
        dict(asserted),
        tag=tag,
        formal=formal,
        evidence_ids=(tag.evidence_id,),
    )


def _numbered(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Instruments cited by number with a title, as amending or amended by another, or as ratifying a treaty."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    tags = [t for t in instruments(corpus, doc_id) if numbers_of(t, say)[0]]
    for i, tag in enumerate(tags):
        number, year = numbers_of(tag, say)
        asserted = {"number": number, "year": year}
        title = title_behind(corpus, doc_id, tag) or _title_before(corpus, doc_id, tag)
        inside = [t for t in corpus.tags[doc_id] if t.label == "TITLE" and tag.start < t.start < tag.end]
        following = tags[i + 1] if i + 1 < len(tags) else None
        between = text[tag.end : following.start] if following else ""
        start, _ = sentence(corpus, doc_id, tag.start)
        if title or inside:
            found = title or inside[0]
            # A title ends with its line, whatever the next one starts with.
            words = found.text.split("\n")[0]
            formal = not text[: found.start].rstrip('“"').endswith("(")
            end = max(tag.end, found.start + len(words))
            yield _claim(corpus, tag, end, {**asserted, "title": words}, formal=formal)
        elif titled := _nested_title(corpus, tag, say):
            yield _claim(corpus, tag, titled[0], {**asserted, "title": titled[1]})
        elif say.ratified.re.search(text[start : tag.start]):
            treaty = _treaty_before(corpus, doc_id, start, tag.start)
            meant = corpus.documents[treaty.law].title_en if treaty else "a treaty"
            claim = _claim(corpus, tag, tag.end, {**asserted, "ratifies": meant})
            yield replace(claim, beside=(treaty,)) if treaty else claim
        if following and sentence(corpus, doc_id, following.start) == sentence(corpus, doc_id, tag.start):
            second = "/".join(n for n in numbers_of(following, say) if n)
            # `A (its title), which amends B`: the title may stand between
            gap = text[title.end : following.start] if title and title.start > tag.start else between
            closed = re.sub(r"^\s*[)”\"]*\s*(?:of\s+\d{4}[^,]*\))?", "", gap)
            if say.amends.re.search(f" {closed.lstrip()}" if not closed.startswith(",") else closed):
                yield _claim(corpus, tag, following.end, {**asserted, "amends": second})
            elif say.amended.re.search(f" {closed.lstrip()}" if not closed.startswith(",") else closed):
                n, y = numbers_of(following, say)
                first = "/".join(x for x in (number, year) if x)
                yield _claim(corpus, following, following.end, {"number": n, "year": y, "amends": first})


def _treaty_before(corpus: Corpus, doc_id: str, start: int, end: int) -> Cited | None:
    """The one treaty that a stretch of text names; None where it names none, or several."""
    named = [(t, instrument(corpus, doc_id, t)) for t in instruments(corpus, doc_id) if start <= t.start < end]
    treaties = [(t, law) for t, law in named if law in corpus.documents and corpus.documents[law].kind == "treaty"]
    if len({law for _, law in treaties}) != 1:
        return None
    tag, law = treaties[-1]
    return Cited(law, "", tag.text, "resolved", tag.start, tag.end, tag.evidence_id)


def _title_before(corpus: Corpus, doc_id: str, tag: Tag) -> Tag | None:
    """The title before an instrument's number in brackets: `Goat Act of 2031 (Republic Act No. 99999)`."""
    text = corpus.text[doc_id]
    titles = (t for t in corpus.tags[doc_id] if t.label == "TITLE" and t.end < tag.start <= t.end + 4)
    return next((t for t in titles if BRACKET.fullmatch(text[t.end : tag.start])), None)


def _nested_title(corpus: Corpus, tag: Tag, say: Sayings) -> tuple[int, str] | None:
    """End and words of the title of a law that the title of another names (`Amendments to Law … concerning …`)."""
    for outer in corpus.tags[tag.doc_id]:
        if outer.label == "TITLE" and outer.start < tag.start < outer.end:
            end = outer.start + len(outer.text.split("\n")[0])
            match = say.title_word.re.match(corpus.text[tag.doc_id][tag.end : end])
            if match and tag.end + match.end() < end:
                return end, corpus.text[tag.doc_id][tag.end + match.end() : end]
    return None


def _named(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """A law called by a name, with number and year in brackets behind it."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    for name, tag in pairwise(instruments(corpus, doc_id)):
        number, year = numbers_of(tag, say)
        law = instrument(corpus, doc_id, name)
        if number and law and not numbers_of(name, say)[0] and re.fullmatch(r"\s*\(\s*", text[name.end : tag.start]):
            asserted = {"number": number, "year": year, "name": name.text}
            meant = Cited(law, "", name.text, "resolved", name.start, name.end, name.evidence_id)
            yield replace(_claim(corpus, tag, tag.end, asserted), beside=(meant,))


def _rules(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Implementing rules, called by the act that they implement and those that amended it."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    for match in say.rules_of.re.finditer(text):
        end = sentence(corpus, doc_id, match.end())[1]
        line = text.find("\n", match.end())
        acts = [t for t in instruments(corpus, doc_id) if match.end() <= t.start < (len(text) if line < 0 else line)]
        if not acts or acts[0].start - match.end() > NEAR:
            continue
        named = [instrument(corpus, doc_id, t) for t in acts]
        rules = [d for d in corpus.documents.values() if d.kind == "regulation" and d.implements in named]
        if rules:
            latest = max(rules, key=lambda d: named.index(d.implements))
            name = text[match.start() : acts[0].end]
            if name.count("(") > name.count(")"):
                name = name[: name.rindex("(")]  # what is in brackets goes on behind the act's name
            claim = _untagged(corpus, doc_id, match.start(), max(end, acts[0].end), latest.doc_id, name)
            claim.asserted["rules_of"] = latest.implements
            yield claim


def _titled(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Laws named by a title without a number."""
    text = corpus.text[doc_id]
    for match in words_of(corpus, doc_id).sayings.law_on.re.finditer(text):
        law = law_of_title(corpus, match["title"])
        if law:
            yield _untagged(corpus, doc_id, match.start(), match.end(), law, match["title"])


def _treaties(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Treaties named at length."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    done = 0
    for match in say.treaty.re.finditer(text):
        if match.start() < done:
            continue  # inside the name before it
        end = say.treaty_ends.re.search(text, match.end())
        stop = end.start() if end else len(text)
        given = say.its_convention.re.sub("", spelled_out(text[match.start() : stop], corpus.documents.values()))
        names = [n for d in corpus.documents.values() if d.kind == "treaty" for n in (d.title_en, *d.short_names)]
        # What follows a title in full (`… protects privacy`) is no part of it.
        whole = max((n for n in names if given.lower().startswith(f"{n.lower()} ")), key=len, default="")
        stop, given = (
            (match.start() + len(whole), whole) if whole and text.startswith(given, match.start()) else (stop, given)
        )
        if len(content_words(given)) < 5:
            continue
        scored = sorted(
            (
                (likeness(given, [d.title_en, *d.short_names]), d.doc_id)
                for d in corpus.documents.values()
                if d.kind == "treaty"
            ),
            reverse=True,
        )
        if scored and scored[0][0] >= TREATY_LIKE:
            done = stop
            yield _untagged(corpus, doc_id, match.start(), stop, scored[0][1], given)


def _years(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """The year with which a treaty is named: `the 1989 Convention on …`."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    found: dict[int, tuple[int, str, str, str]] = {}  # where a name ends → where it starts, treaty, name, year
    for document in corpus.documents.values():
        if document.kind != "treaty":
            continue
        for name in (document.title_en, document.title, *document.short_names):
            bare = LEADING_YEAR.sub("", name)
            for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(_spaced, {name, bare}))})(?!\w)", text):
                before = YEAR_BEFORE.search(text, max(0, match.start() - NEAR), match.start())
                behind = say.year_behind.re.match(text[match.end() : match.end() + NEAR])
                own = LEADING_YEAR.match(match[0])
                told = own or before or behind
                # Of two treaties of which one names the other, and of two names, the longer one is meant.
                if (told and (own or name == bare)) and match.start() <= found.get(match.end(), (len(text),))[0]:
                    end = match.end() + behind.end() if told is behind and behind else match.end()
                    found[match.end()] = (match.start(), document.doc_id, text[match.start() : end], told["year"])
    for stop, (start, law, words, year) in sorted(found.items()):
        if not any(a < start and stop <= b for b, (a, *_) in found.items() if (a, b) != (start, stop)):
            claim = _untagged(corpus, doc_id, start, stop, law, words)
            claim.asserted.clear()
            claim.asserted["year"] = year
            yield claim


def _spaced(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))


def _untagged(corpus: Corpus, doc_id: str, start: int, end: int, law: str, title: str) -> Claim:
    return Claim(
        "identity",
        doc_id,
        paragraph_of(corpus, doc_id, start),
        start,
        end,
        corpus.page_of(doc_id, start),
        Cited(law, "", title, "resolved", start, end, ""),
        {"title": re.sub(r"\s+", " ", title).strip()},
    )


def _dates(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Days on which a law or treaty is said to have been adopted, published or put into force."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id)
    for match in say.date.finditer(text):
        start, _ = sentence(corpus, doc_id, match.start())
        events = list(say.event.finditer(text, start, match.start()))
        named = [t for t in instruments(corpus, doc_id) if start <= t.start < match.start()]
        if not events or not named or match.start() - events[-1].end() > 24:
            continue
        law = instrument(corpus, doc_id, named[-1])
        document = corpus.documents.get(law)
        if document is None or document.kind not in (*LAWS, "treaty"):
            continue
        asserted = {"date": say.day(match), "event": events[-1][0].lower()}
        claim = _claim(corpus, named[-1], match.end(), asserted, law)
        yield claim
