"""Which text of a provision applied when: the versions of every unit of every law, and what was in force on a day.

Reads the operations of all documents and their dates. A date that the texts do not give stays empty: it is never
guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.corpus import LAWS, Corpus
from pipeline.link.commencement import commencement
from pipeline.link.order import Key, number_key, unit_order
from pipeline.packs import load_pack
from pipeline.records import Citation, Notice, Operation, Provision, Tag, Version

Span = tuple[str, str]  # from a day until before another (ISO dates); '' where no clause dates the end
ALWAYS: Span = ("", "")
ENDING = ("delete", "repeal", "expire")
ATTESTING = (*ENDING, "amend", "insert", "replace_reference", "keep_in_force")
CHANGING = ("amend", "insert", *ENDING)
# What an amending act leaves as it is: `x x x`, alone or behind the number of a paragraph.
LEFT_OUT = re.compile(r"^[“\"]?(?:\(\w{1,4}\)\s*)?x\s+x\s+x\b", re.IGNORECASE | re.MULTILINE)


def attested(corpus: Corpus, operations_of: dict[str, list[Operation]], citations: list[Citation]) -> dict[str, str]:
    """law → the earliest day on which another law takes it to be in force.

    A law can amend, repeal or keep alive only what is in force, and names as its legal basis (in its preamble) only
    that. For a law whose own text does not say when it commenced, this is what the texts do say.
    """
    days: dict[str, list[str]] = defaultdict(list)
    for doc_id, found in operations_of.items():
        day = corpus.documents[doc_id].published
        for operation in found:
            if day and operation.op in ATTESTING and operation.target_doc not in ("", doc_id):
                days[operation.target_doc].append(day)
    for citation in citations:
        document = corpus.documents[citation.doc_id]
        provision = corpus.by_eid.get((citation.doc_id, citation.eid))
        if document.kind in LAWS and document.published and provision and provision.part == "preamble":
            target = corpus.documents.get(citation.target_doc)
            if target and target.kind in LAWS and citation.target_doc != citation.doc_id:
                days[citation.target_doc].append(document.published)
    return {law: min(found) for law, found in days.items()}


def versions(
    corpus: Corpus,
    operations_of: dict[str, list[Operation]],
    as_of: str,
    since: dict[str, str] | None = None,
) -> list[Version]:
    """Every version of every unit of every law, with the days between which it applied.

    Amendments are applied in order of their dates. A repeal ends what it names; a whole law's repeal ends all of it.
    `since` (see `attested`) says from when a law is known to be in force whose commencement no clause dates.
    """
    rows: list[Version] = []
    laws = [d for d in corpus.documents.values() if d.kind in LAWS or d.kind == "treaty"]
    by_law: dict[str, list[Operation]] = {d.doc_id: [] for d in laws}
    for operations_found in operations_of.values():
        for operation in operations_found:
            if operation.target_doc in by_law and operation.op in CHANGING:
                by_law[operation.target_doc].append(operation)
    for law in laws:
        start = commencement(corpus, law.doc_id)
        history = _History(corpus, law.doc_id, by_law[law.doc_id])
        kinds = corpus.unit_kinds(law.doc_id)
        for provision in corpus.provisions[law.doc_id]:
            if provision.part == "body" and provision.kind in kinds:
                # Where no clause dates it, the provision itself is what there is to look at.
                shown = start.evidence_id or f"{law.doc_id}@{provision.start}-{provision.end}~parse.provision"
                history.current[provision.eid] = Version(
                    law.doc_id, provision.eid, law.doc_id, provision.eid, "enact", start.date, "", "", shown
                )
        rows += history.rows()
    dated = [v if v.valid_from else replace(v, attested_from=(since or {}).get(v.law, "")) for v in rows]
    return [replace(v, current=applied(v, as_of)) for v in dated]


class _History:
    """The versions of one law, as its operations are applied one by one."""

    def __init__(self, corpus: Corpus, law: str, operations: list[Operation]) -> None:
        self.corpus = corpus
        self.law = law
        self.current: dict[str, Version] = {}
        self.done: list[Version] = []
        self._operations = sorted(operations, key=self._order)
        # (amending document, unit) → what it expressly operated on: a unit is set out whole though only a part changes.
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for o in operations:
            if o.op in ("amend", "insert"):
                self._named[o.doc_id, o.target_eid.split("__")[0]].add(o.target_eid)

    def rows(self) -> list[Version]:
        """All versions, in the order of the law's provisions."""
        for operation in self._operations:
            for step in self._steps(operation):
                self._apply(step)
        order = {eid: i for i, eid in enumerate(unit_order(self.corpus, self.law))}

        def place(v: Version) -> tuple[int, tuple[Key, ...], str, str]:
            unit, *path = v.eid.split("__")
            return (
                order.get(unit, len(order)),
                tuple(number_key(p.split("_")[-1]) for p in path),
                v.valid_from,
                v.valid_to or "9999",
            )

        return sorted([*self.done, *self.current.values()], key=place)

    def _order(self, o: Operation) -> tuple[str, str, str, int, int]:
        """By date; of one day, the law that was published first, and in a document what ends before what begins."""
        document = self.corpus.documents[o.doc_id]
        begins = o.op not in ENDING
        return (o.effective or "9999", document.published or "", o.doc_id, o.page, int(begins))

    def _steps(self, operation: Operation) -> list[Operation]:
        """An amendment as changes of whole units: the act sets the unit out whole, whatever paragraph it names.

        Where it leaves paragraphs out (by `x x x`, or by letters that it skips), only those that it sets out change.
        """
        if operation.op not in ("amend", "insert"):
            return [operation]
        unit = self.corpus.unit(operation.doc_id, operation.new_eid) if operation.new_eid else None
        if unit is None:
            return []  # an elucidation, a heading, or a law in general: no provision's text changes
        if unit.part == "body":
            # In the act's own section, not in one that it sets out: a paragraph alone, or no more than a heading.
            new = self.corpus.by_eid[operation.doc_id, operation.new_eid]
            return [operation] if new.part == "body" and new != unit else []
        children = self.corpus.children[operation.doc_id, unit.eid]
        if LEFT_OUT.search(self.corpus.words(unit)) or _skips([c.num for c in children]):
            children = [c for c in children if not LEFT_OUT.match(self.corpus.words(c))]
            return [
                replace(operation, target_eid=self.corpus.law_of(c.doc_id, c.eid)[1], new_eid=c.eid) for c in children
            ]
        return [replace(operation, target_eid=self.corpus.law_of(unit.doc_id, unit.eid)[1], new_eid=unit.eid)]

    def _apply(self, o: Operation) -> None:
        target = o.target_eid
        if o.op in ("amend", "insert"):
            now = self.current.get(target)
            if now and (now.source_doc, now.source_eid) == (o.doc_id, o.new_eid):
                return  # another paragraph of a unit that was set out whole
            if now:
                self._end(target, o)
            elif "__" in target:
                self._end_part(target, o)
            self.current[target] = Version(
                self.law, target, o.doc_id, o.new_eid, o.op, o.effective, "", "", o.evidence_id
            )
        elif not target:
            for eid in list(self.current):
                self._end(eid, o)
        elif target in self.current:
            if not self._set_anew(self.current[target], o):
                self._end(target, o)
        else:
            self._end_part(target, o)

    def _end(self, eid: str, o: Operation) -> None:
        self.done.append(replace(self.current.pop(eid), valid_to=o.effective, end_evidence_id=o.evidence_id))

    def _end_part(self, target: str, o: Operation) -> None:
        """A paragraph of a unit ends while the unit goes on."""
        unit = target.split("__", maxsplit=1)[0]
        whole = self.current.get(unit)
        if whole is None or self._set_anew(whole, o):
            return
        source = whole.source_eid + target[len(unit) :]
        if (whole.source_doc, source) not in self.corpus.by_eid:
            return  # the text that applies by now has no such paragraph
        if any(v.eid == target and v.source_eid == source and v.source_doc == whole.source_doc for v in self.done):
            return  # ended already
        self.done.append(
            replace(whole, eid=target, source_eid=source, valid_to=o.effective, end_evidence_id=o.evidence_id)
        )

    def _set_anew(self, version: Version, o: Operation) -> bool:
        """Whether a text is younger than the clause that would end it.

        A repeal reaches the text that stood when it was made. What a later law has set anew since, that law decides
        on: it may let it expire with the repealing law's commencement, or let it stand.
        """
        if o.op != "repeal" or version.operation not in ("amend", "insert") or version.source_doc == o.doc_id:
            return False
        repealed_by, set_by = (self.corpus.documents[d].published or "" for d in (o.doc_id, version.source_doc))
        if not repealed_by or set_by <= repealed_by:
            return False
        named = self._named[version.source_doc, version.eid.split("__")[0]]
        return any((o.target_eid + "__").startswith(n + "__") for n in named)


def _skips(numbers: Sequence[str]) -> bool:
    """Whether a list of paragraphs leaves some out: (a), (h), (j), or one that begins with (g)."""
    values = [ord(n.lower()) - 96 if len(n) == 1 and n.isalpha() else int(n) if n.isdigit() else 0 for n in numbers]
    # `4-A` or `ii` says nothing of what stands before it.
    return all(0 < v < 100 for v in values) and any(b - a > 1 for a, b in pairwise([0, *values]))


def applied(version: Version, day: str) -> str:
    """Whether a version applied on a day (ISO date): yes, no or unknown."""
    if version.valid_to and version.valid_to <= day:
        return "no"
    if not version.valid_from:
        return "yes" if version.attested_from and version.attested_from <= day else "unknown"
    return "yes" if version.valid_from <= day else "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a provision was in force on a day: whose text applied, and the clause that says so."""

    in_force: str  # yes | no | unknown
    source_doc: str  # '' when not in force
    source_eid: str
    version: Version | None  # the one that applied; when none did, the last that ended, else the first to come
    clause: str  # evidence id of the clause that brought the text, or that ended it


def on_day(corpus: Corpus, versions: list[Version], law: str, eid: str, day: str) -> Answer:
    """Whether a provision of a law (any level, by its id in the law as amended) was in force on a day."""
    rows = [v for v in versions if v.law == law]
    found: list[tuple[str, Version, str]] = []
    for level in _levels(eid):
        for row in (v for v in rows if v.eid == level):
            source = row.source_eid + eid[len(level) :]
            if (row.source_doc, source) in corpus.by_eid:
                found.append((applied(row, day), row, source))
        # What was brought or ended on its own says more than the unit around it.
        own = [f for f in found if f[1].eid == level]
        if any(state == "yes" for state, _, _ in own):
            break
        if any(row.valid_to and row.valid_to <= day for _, row, _ in own) and level != eid.split("__", maxsplit=1)[0]:
            found = own
            break
    for wanted in ("yes", "unknown"):
        for state, row, source in found:
            if state == wanted:
                return Answer(wanted, row.source_doc, source, row, row.evidence_id)
    ended = [row for _, row, _ in found if row.valid_to and row.valid_to <= day]
    if ended:
        last = max(ended, key=lambda v: v.valid_to)
        return Answer("no", "", "", last, last.end_evidence_id)
    coming = [row for _, row, _ in found]
    if coming:
        return Answer("no", "", "", coming[0], coming[0].evidence_id)
    return Answer("no" if rows else "unknown", "", "", None, "")


def _levels(eid: str) -> list[str]:
    """A provision, then those above it, up to its unit."""
    parts = eid.split("__")
    return ["__".join(parts[:n]) for n in range(len(parts), 0, -1)]


def amended_outside(corpus: Corpus, citations: list[Citation]) -> list[Notice]:
    """Laws that a text says were amended by an act outside the corpus: their later versions are not known here.

    Texts identify a law by its amendments (“Law No. 3 as last amended by Law No. 9”); the reference to the amending
    act follows the one to the law.
    """
    found: dict[tuple[str, str], Notice] = {}
    by_doc: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_doc[citation.doc_id].append(citation)
    for doc_id, cited in by_doc.items():
        macro = load_pack(corpus.documents[doc_id].jurisdiction).macros.get("op_amended_by")
        if not macro:
            continue
        pattern = re.compile(f"(?:{macro})", re.IGNORECASE)
        text = corpus.text[doc_id]
        laws = [c for c in cited if c.target_doc in corpus.documents and corpus.documents[c.target_doc].kind in LAWS]
        for tag in corpus.tags[doc_id]:
            if tag.label != "CITATION" or tag.value.get("level") != "instrument":
                continue
            before = [c for c in laws if c.eid == tag.eid and c.end <= tag.start and c.target_doc != doc_id]
            if not before or any(c.target_doc and c.start <= tag.start < c.end for c in cited):
                continue
            law = before[-1]
            between = text[law.end : tag.start]
            if pattern.search(between) and not re.search(r"[;\n]", between):
                found.setdefault(
                    (law.target_doc, tag.text),
                    Notice(doc_id, tag.page, "link", "amended-outside-corpus", law.target_doc, _short(tag)),
                )
    return list(found.values())


def _short(tag: Tag) -> str:
    """`Undang-Undang Nomor 17 Tahun 2016 (17/2016)`: the words and the number that tells instruments apart."""
    number, year = tag.value.get("number", ""), tag.value.get("year", "")
    return f"{tag.text} ({number}/{year})" if number and year else tag.text


class InForce:
    """Answers whether a provision's text applied on the day of the analysis, and which text of a law did in a span.

    The one place that decides between the texts that several acts give one provision.
    """

    def __init__(self, corpus: Corpus, rows: list[Version]) -> None:
        self._corpus = corpus
        self._by_source: dict[tuple[str, str], list[Version]] = {}
        self._days: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self._by_source.setdefault((row.source_doc, row.source_eid), []).append(row)
            self._days[row.law] |= {d for d in (row.valid_from, row.valid_to) if d}

    def version(self, doc_id: str, eid: str) -> Version | None:
        """The version that a provision belongs to: its own, if a clause ends it alone, else its unit's."""
        for provision in self._corpus.ancestors(doc_id, eid):
            found = self._by_source.get((doc_id, provision.eid))
            if found:
                return found[0]
        return None

    def __call__(self, doc_id: str, eid: str) -> str:
        """yes, no, or unknown (no clause in the corpus dates it)."""
        row = self.version(doc_id, eid)
        return row.current if row else "unknown"

    def span(self, doc_id: str, eid: str) -> Span:
        """From when until when a provision's text applies."""
        row = self.version(doc_id, eid)
        return (row.valid_from, row.valid_to) if row else ALWAYS

    def days(self, laws: Iterable[str], span: Span) -> list[str]:
        """The days inside a span on which a text of one of the laws begins or ends, in order."""
        found = set().union(*(self._days.get(law, set()) for law in laws))
        return sorted(d for d in found if span[0] < d and (not span[1] or d < span[1]))

    def texts(self, law: str, eid: str, span: Span = ALWAYS) -> list[Provision]:
        """The provisions that carried the text of a law's provision at some time in a span, the latest last.

        An amending act that leaves paragraphs out carries its own and leaves the others to the text before it, so there
        may be several at a time. Where none applied in the span (a law whose dates do not meet), the latest of all.
        """
        found = sorted(self._corpus.law_provisions.get((law, eid), []), key=self._age)
        applied_then = [p for p in found if meet(self.span(p.doc_id, p.eid), span)]
        return applied_then or found[-1:]

    def latest(self, doc_ids: Iterable[str]) -> str:
        """The document that was made last."""
        return max(doc_ids, key=lambda d: age(self._corpus, d))

    def _age(self, provision: Provision) -> tuple[str, str, str]:
        return (self.span(provision.doc_id, provision.eid)[0], *age(self._corpus, provision.doc_id))


def age(corpus: Corpus, doc_id: str) -> tuple[str, str]:
    """Sorts documents by when they were made."""
    document = corpus.documents[doc_id]
    return document.published or document.signed or str(document.year), doc_id


def meet(a: Span, b: Span) -> Span | None:
    """What two spans have in common; None where one ends before the other begins."""
    start, end = max(a[0], b[0]), min((s[1] for s in (a, b) if s[1]), default="")
    return None if end and end <= start else (start, end)
