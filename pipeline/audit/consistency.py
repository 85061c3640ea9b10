"""A paper's statements beside each other → conflicts that need no law to be seen.

Two statements conflict only where both cannot be true, or cannot be complete: other penalties of one provision, other
figures of one thing, another number of one law, lists of the laws that apply of which each leaves out what the other
has, laws that a case is said to have been decided by and that the account of the case never names, laws relied on and
missing from the paper's own list of laws, laws later than the source that a sentence gives for them; what `categories`
finds in its tables and definitions. Each finding names the other statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.categories import denials, table_conflicts
from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import Claim
from pipeline.audit.claims import LISTED, claim_of_sentence, lists_laws
from pipeline.audit.identities import instruments, numbers_of
from pipeline.audit.paper import paragraph_of, sentence, sentences, words_of
from pipeline.audit.verdict import CONTRADICTED, INCONSISTENT, WRONG_REFERENCE, Verdict
from pipeline.corpus import LAWS, Corpus
from pipeline.link.instruments import instrument
from pipeline.records import Tag

CLOSE = 0.02  # share by which two figures of the same thing may differ and still be meant to be one
COMPARABLE = ("fine_max", "prison_max_months", "conjunction")  # what two claims about one provision must agree on
YEAR = re.compile(r"\b(?:19|20)\d\d")
REFERENCES = 3  # so many lines that start with the name of a law are the paper's list of laws


def conflicts(corpus: Corpus, doc_id: str, judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """Every conflict of a paper with itself, at the claim where it shows."""
    yield from inconsistencies(judged)
    yield from differing_figures(corpus, judged)
    yield from other_numbers(judged)
    yield from law_lists(corpus, doc_id)
    yield from laws_of_a_case(corpus, doc_id)
    yield from not_listed(corpus, doc_id)
    spans = sentences(corpus, doc_id)
    yield from later_than_source(corpus, doc_id, spans)
    yield from table_conflicts(corpus, doc_id, spans)
    yield from denials(corpus, doc_id, spans)


def inconsistencies(judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """Penalty claims about one provision that cannot both be true, whatever the law says."""
    by_place: dict[tuple[str, str], list[tuple[Claim, Verdict]]] = {}
    for claim, verdict in judged:
        if claim.kind == "penalty" and claim.cited and claim.cited.eid:
            by_place.setdefault((claim.cited.law, claim.cited.eid), []).append((claim, verdict))
    for same in by_place.values():
        for i, (later, verdict) in enumerate(same):
            for earlier, _ in same[:i]:
                differing = sorted(
                    k
                    for k in later.asserted.keys() & earlier.asserted.keys()
                    if k in COMPARABLE and later.asserted[k] != earlier.asserted[k]
                )
                if differing and CONTRADICTED in (verdict.verdict, *(v.verdict for _, v in same[:i])):
                    words = "; ".join(f"{k}: {earlier.asserted[k]} before, {later.asserted[k]} here" for k in differing)
                    yield later, Verdict(INCONSISTENT, words, list(earlier.evidence_ids))
                    break


def differing_figures(corpus: Corpus, judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """Percentages of the same thing in one section, close to each other and yet not equal.

    The same: each said to rise (or to fall), of at least two content words that both sentences have in common.
    """
    figures = [(c, _percentage(corpus, c)) for c, _ in judged if c.kind == "figure"]
    for i, (later, second) in enumerate(figures):
        for earlier, first in figures[:i]:
            if (
                first is None
                or second is None
                or first == second
                or later.eid.split("__")[0] != earlier.eid.split("__")[0]
            ):
                continue
            words = [_subject(corpus, c) for c in (earlier, later)]
            close = abs(first - second) <= CLOSE * max(first, second)
            moving = [{w for w in found if _moves(corpus, later, w)} for found in words]
            if close and moving[0] and moving[1] and len(words[0] & words[1] - moving[0]) >= 2:
                one, two = earlier.asserted["figure"], later.asserted["figure"]
                yield earlier, Verdict(INCONSISTENT, f"{one} here, {two} later", list(later.evidence_ids))
                yield later, Verdict(INCONSISTENT, f"{one} before, {two} here", list(earlier.evidence_ids))
                break


def _percentage(corpus: Corpus, claim: Claim) -> float | None:
    found = words_of(corpus, claim.doc_id).sayings.percent.re.match(str(claim.asserted["figure"]))
    return float(found[0].replace(",", ".")) if found else None


def _subject(corpus: Corpus, claim: Claim) -> set[str]:
    start, end = sentence(corpus, claim.doc_id, claim.start)
    words = set(re.findall(r"[a-z]{4,}", corpus.text[claim.doc_id][start:end].lower()))
    return {re.sub(r"(?:ed|s)$", "", w) for w in words} - set(words_of(corpus, claim.doc_id).not_subjects)


def _moves(corpus: Corpus, claim: Claim, word: str) -> bool:
    return word.startswith(tuple(words_of(corpus, claim.doc_id).moves))


def other_numbers(judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """A law whose number or year is not the one that the paper gives it elsewhere."""
    numbered = [(c, v) for c, v in judged if c.kind == "identity" and c.asserted.get("number")]
    right = {c.cited.law: c for c, v in numbered if c.cited and c.cited.law and "title" in c.asserted}
    for claim, verdict in numbered:
        other = right.get(verdict.cited) if verdict.verdict == WRONG_REFERENCE else None
        if other is not None:
            words = "/".join(str(other.asserted[k]) for k in ("number", "year") if other.asserted[k])
            here = "/".join(str(claim.asserted[k]) for k in ("number", "year") if claim.asserted[k])
            yield (
                claim,
                Verdict(INCONSISTENT, f"{here} here, {words} elsewhere", list(other.evidence_ids), verdict.cited),
            )


def _national(corpus: Corpus, doc_id: str, start: int, end: int) -> set[str]:
    """The national laws that a stretch of text names."""
    found: set[str] = set()
    for tag in instruments(corpus, doc_id):
        if start <= tag.start < end:
            law = law_of_instrument(corpus, instrument(corpus, doc_id, tag))
            if law in corpus.documents and corpus.documents[law].kind in LAWS:
                found.add(law)
    return found


def _names(corpus: Corpus, laws: set[str]) -> str:
    documents = sorted((corpus.documents[law] for law in laws), key=lambda d: (d.year, d.number))
    return ", ".join(f"{d.number}/{d.year} ({d.title_en})" for d in documents)


def _of_sentence(corpus: Corpus, doc_id: str, start: int, end: int, laws: set[str]) -> Claim:
    numbers = [f"{corpus.documents[law].number}/{corpus.documents[law].year}" for law in sorted(laws)]
    return claim_of_sentence(corpus, doc_id, start, end, laws, {"laws": numbers})


def law_lists(corpus: Corpus, doc_id: str) -> Iterator[tuple[Claim, Verdict]]:
    """Lists of the laws of one country that apply, of which each leaves out a law that the other has.

    A list of examples leaves nothing out; it shows what one that is no such list leaves out.
    """
    say = words_of(corpus, doc_id).sayings
    lists: list[tuple[int, int, set[str], bool]] = []
    for start, end in sentences(corpus, doc_id):
        laws = _national(corpus, doc_id, start, end)
        if lists_laws(corpus, doc_id, start, end, laws):
            first = min(t.start for t in instruments(corpus, doc_id) if start <= t.start < end)
            lists.append((start, end, laws, bool(say.for_example.re.search(corpus.text[doc_id][start:first]))))
    for start, end, laws, examples in lists:
        if examples:
            continue
        for other_start, _, others, other_examples in lists:
            same = {corpus.documents[law].jurisdiction for law in laws | others}
            if len(same) == 1 and laws - others and others - laws:
                where = paragraph_of(corpus, doc_id, other_start)
                here, there = _names(corpus, laws - others), _names(corpus, others - laws)
                words = (
                    f"leaves out {there}, which {where} gives as examples"
                    if other_examples
                    else f"here {here}, which the list in {where} leaves out; there {there}"
                )
                yield _of_sentence(corpus, doc_id, start, end, laws), Verdict(INCONSISTENT, words)
                break


def laws_of_a_case(corpus: Corpus, doc_id: str) -> Iterator[tuple[Claim, Verdict]]:
    """Laws by which a case is said to have been decided, and which the paper's account of the case does not name."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    decisions = [t for t in corpus.tags[doc_id] if t.label == "DECISION"]
    accounts = {
        p.eid: p
        for p in corpus.provisions[doc_id]
        if p.kind == "section"
        and any(p.start <= t.start < p.start + len(_first_line(text, p.start)) for t in decisions)
    }
    for account in accounts.values():
        named = _national(corpus, doc_id, account.start, account.end)
        for start, end in sentences(corpus, doc_id):
            laws = _national(corpus, doc_id, start, end)
            outside = not account.start <= start < account.end
            words = text[start:end]
            if (
                outside
                and len(laws) >= LISTED
                and say.decides.re.search(words)
                and say.applied.re.search(words)
                and named
                and laws - named
            ):
                found = f"the account of the case ({account.eid}) does not name {_names(corpus, laws - named)}"
                yield _of_sentence(corpus, doc_id, start, end, laws), Verdict(INCONSISTENT, found)


def not_listed(corpus: Corpus, doc_id: str) -> Iterator[tuple[Claim, Verdict]]:
    """Laws that the paper relies on, by number, and that its own list of laws leaves out."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    tags = instruments(corpus, doc_id)
    starts = [t for t in tags if text.rfind("\n", 0, t.start) + 1 >= t.start - 4]
    entries = [
        t
        for t in starts
        if numbers_of(t, say)[0] and any(g.label == "GAZETTE" for g in _line_tags(corpus, doc_id, t.start))
    ]
    if len(entries) < REFERENCES:
        return
    first = min(t.start for t in entries)
    listed = {instrument(corpus, doc_id, t) for t in tags if t.start >= first}
    listed |= {law_of_instrument(corpus, d) for d in listed if d}
    seen: set[str] = set()
    for tag in tags:
        law = instrument(corpus, doc_id, tag)
        if tag.start >= first or not numbers_of(tag, say)[0] or law not in corpus.documents or law in seen:
            continue
        document = corpus.documents[law]
        if document.kind not in LAWS or law in listed or {law_of_instrument(corpus, law), *document.amends} & listed:
            continue
        seen.add(law)
        words = f"relied on here and not listed among the paper's laws: {_names(corpus, {law})}"
        claim = _of_sentence(corpus, doc_id, tag.start, tag.end, {law})
        yield claim, Verdict(INCONSISTENT, words, [tag.evidence_id])


def later_than_source(corpus: Corpus, doc_id: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[Claim, Verdict]]:
    """Laws, and years reported on, in a sentence with a source (`(Author, 2019)`) older than them: it cannot say so."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    sourced = say.sourced.re
    for start, end in sentences:
        source = sourced.search(text, start, end)
        if source is None or any(source.start() < t.start < end for t in instruments(corpus, doc_id)):
            continue
        year = max(map(int, YEAR.findall(source[0])))
        later = {law for law in _own_national(corpus, doc_id, start, end) if corpus.documents[law].year > year}
        if later:
            words = f"said after a source of {year}; later than that: {_names(corpus, later)}"
            yield _of_sentence(corpus, doc_id, start, end, later), Verdict(INCONSISTENT, words)
        elif not say.foretells.re.search(text, start, source.start()):
            years = {m["year"] for m in say.told_year.re.finditer(text, start, source.start())}
            after = sorted(y for y in years if int(y) > year)
            if after:
                words = f"said after a source of {year}; later than that: {', '.join(after)}"
                claim = claim_of_sentence(corpus, doc_id, start, end, set(), {"years": after})
                yield claim, Verdict(INCONSISTENT, words)


def _own_national(corpus: Corpus, doc_id: str, start: int, end: int) -> set[str]:
    """The laws that a stretch of text names by number, an amending act not as the law that it amends."""
    say = words_of(corpus, doc_id).sayings
    tags = [t for t in instruments(corpus, doc_id) if start <= t.start < end and numbers_of(t, say)[0]]
    laws = {instrument(corpus, doc_id, t) for t in tags}
    return {law for law in laws if law in corpus.documents and corpus.documents[law].kind in LAWS}


def _line_tags(corpus: Corpus, doc_id: str, at: int) -> list[Tag]:
    text = corpus.text[doc_id]
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return [t for t in corpus.tags[doc_id] if start <= t.start < (len(text) if end < 0 else end)]


def _first_line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[at : len(text) if end < 0 else end]
