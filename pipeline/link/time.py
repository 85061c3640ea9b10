"""What clauses do to the law, and so which text applied when.

Every date is computed: from a commencement clause and the date from which it counts (promulgation or publication,
in sources.yaml). Where the texts do not give one, the date stays empty; it is never guessed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from pipeline.corpus import LAWS, Corpus
from pipeline.records import Citation, Operation, Provision, Tag, Version

# A full stop that ends a sentence: not behind `No`, `Art` or a letter standing alone (`R.A.`).
SENTENCE_END = re.compile(r"(?<!\bNo)(?<!\bArt)(?<!\bSec)(?<!\b[A-Z])[.;][”\"]?\s+(?=[A-Z“\"])")
AMENDED_BY = re.compile(
    r"\b(?:diubah|ditambah|diganti)\b[^.;]{0,60}\b(?:dengan|oleh)\s+$|\bamended\s+by\s+$|\bberdasarkan\s+$",
    re.IGNORECASE,
)
RULE = "link.operation"


@dataclass(frozen=True, slots=True)
class Commencement:
    """When a document began to apply, by which rule, and the clause that says so."""

    date: str
    rule: str
    evidence_id: str


def commencement(corpus: Corpus, doc_id: str) -> Commencement:
    """When a document commenced, from its own clause (for an amending act, failing that, from one it sets out)."""
    document = corpus.documents[doc_id]
    clauses = [t for t in corpus.tags[doc_id] if t.label == "OPERATION" and t.value.get("op") == "commence"]
    own = [t for t in clauses if t.part in ("body", "closing")] or [t for t in clauses if t.part == "quoted"]
    # The last: transitional chapters speak of other commencements before the closing clause.
    for tag in reversed(own):
        counted = tag.value.get("counted_from", "")
        if counted == "ratifications":
            return Commencement("", "depends on ratifications, which the text does not hold", tag.evidence_id)
        start = document.published
        if not start:
            return Commencement("", f"counts from {counted}, whose date is not known", tag.evidence_id)
        date = datetime.date.fromisoformat(start)
        if years := tag.value.get("after_years"):
            date = _add_years(date, int(years))
        if days := tag.value.get("after_days"):
            date += datetime.timedelta(days=int(days))
        delay = f" + {tag.value['after_years']} years" if tag.value.get("after_years") else ""
        delay += f" + {tag.value['after_days']} days" if tag.value.get("after_days") else ""
        return Commencement(date.isoformat(), f"{counted} {start}{delay}", tag.evidence_id)
    return Commencement("", "no commencement clause found", "")


def _add_years(date: datetime.date, years: int) -> datetime.date:
    """The same day `years` later (29 February becomes 28 February)."""
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def operations(corpus: Corpus, doc_id: str, citations: list[Citation]) -> list[Operation]:
    """All operations of a document, in order, each with its targets and its date."""
    document = corpus.documents[doc_id]
    if document.kind not in LAWS and document.kind != "treaty":
        return []
    start = commencement(corpus, doc_id)
    found: list[Operation] = []
    for tag in corpus.tags[doc_id]:
        op = tag.value.get("op", "")
        if tag.label != "OPERATION" or tag.part not in ("body", "closing"):
            continue
        base = Operation(
            doc_id=doc_id,
            eid=tag.eid,
            op=op,
            target_doc=doc_id if op == "commence" else "",
            target_eid="",
            new_eid="",
            effective=start.date,
            date_rule=start.rule,
            page=tag.page,
            evidence_id=tag.evidence_id,
        )
        if op == "commence":
            found.append(base)
        elif op in ("amend", "insert", "delete"):
            if document.kind == "amending-act":
                found += _amendments(corpus, base, tag, citations)
        else:
            found += [
                replace(base, target_doc=c.target_doc, target_eid=c.target_eid)
                for c in _targets(corpus, tag, citations)
            ]
    unique: dict[tuple[str, ...], Operation] = {}
    for operation in found:
        unique.setdefault(
            (operation.eid, operation.op, operation.target_doc, operation.target_eid, operation.new_eid), operation
        )
    return list(unique.values())


def _amendments(corpus: Corpus, base: Operation, tag: Tag, citations: list[Citation]) -> list[Operation]:
    """What an item of an amending act does: to each provision it names, else to each that it sets out."""
    doc_id = base.doc_id
    kinds = corpus.unit_kinds(doc_id)
    if any(c.kind not in kinds and c.part == "body" for c in corpus.children[doc_id, base.eid]):
        return []  # the opening words of the article that holds the items
    quoted = [p for p in corpus.descendants(doc_id, base.eid) if p.part == "quoted" and p.kind in kinds]
    units = {corpus.law_of(doc_id, p.eid): p for p in quoted if corpus.by_eid[doc_id, p.parent_eid].part != "quoted"}
    named = [
        c for c in citations if c.doc_id == doc_id and c.eid == base.eid and c.target_eid and c.status == "resolved"
    ]
    made = []
    if base.op == "delete":
        before = [c for c in named if c.end <= tag.start]
        return [replace(base, target_doc=c.target_doc, target_eid=c.target_eid) for c in (before or named)[:1]]
    for (law, eid), unit in units.items():
        inside = [c for c in named if c.target_doc == law and c.target_eid.startswith(eid + "__")]
        wanted = [c for c in inside if (c.start > tag.start) == (base.op == "insert")]
        if wanted:
            for c in wanted:
                made.append(
                    replace(base, target_doc=law, target_eid=c.target_eid, new_eid=unit.eid + c.target_eid[len(eid) :])
                )
            continue
        if inside and base.op == "amend" and any(c.start > tag.start for c in inside):
            continue  # only what is inserted is named
        new = not any(p.doc_id != doc_id and _earlier(corpus, p, doc_id) for p in corpus.law_provisions[law, eid])
        in_omitted = unit.num in corpus.omitted.get(law, ())
        op = "insert" if new and not in_omitted and base.op == "insert" else "amend"
        made.append(replace(base, op=op, target_doc=law, target_eid=eid, new_eid=unit.eid))
    return made


def _earlier(corpus: Corpus, provision: Provision, doc_id: str) -> bool:
    a, b = corpus.documents[provision.doc_id], corpus.documents[doc_id]
    return (a.year, a.published or "") < (b.year, b.published or "")


def _targets(corpus: Corpus, tag: Tag, citations: list[Citation]) -> list[Citation]:
    """What a clause of repeal or the like is about: the citations of its sentence, and of the list around it."""
    text = corpus.text[tag.doc_id]
    start, end = text.rfind("\n", 0, tag.start) + 1, text.find("\n", tag.end)
    scope = {tag.eid}
    provision = corpus.by_eid.get((tag.doc_id, tag.eid))
    children = corpus.children[tag.doc_id, tag.eid] if provision else []
    if children:
        opening = text[provision.start : children[0].start] if provision else ""
        if opening.rstrip().endswith(":"):
            scope |= {p.eid for p in corpus.descendants(tag.doc_id, tag.eid)}
    for stop in SENTENCE_END.finditer(text, start, end):
        if stop.end() <= tag.start:
            start = stop.end()
        elif stop.start() >= tag.end:
            end = stop.start()
            break
    found = [
        c
        for c in citations
        if c.doc_id == tag.doc_id
        and c.target_doc
        and c.target_doc != tag.doc_id
        and c.status in ("resolved", "omitted")
        and (start <= c.start < end or (c.eid in scope and len(scope) > 1))
        # The acts by which a law was amended identify it; they are not what the clause is about.
        and not AMENDED_BY.search(text[max(0, c.start - 90) : c.start])
    ]
    # A law named only to say whose articles are meant is not itself a target.
    in_part = {c.target_doc for c in found if c.target_eid}
    return [c for c in found if c.target_eid or c.target_doc not in in_part]


def versions(corpus: Corpus, operations_of: dict[str, list[Operation]], as_of: str) -> list[Version]:
    """Every version of every unit of every law, with the days between which it applied.

    Amendments are applied in order of their dates. A repeal ends what it names; a whole law's repeal ends all of it.
    """
    rows: list[Version] = []
    laws = [d for d in corpus.documents.values() if d.kind in LAWS or d.kind == "treaty"]
    by_law: dict[str, list[Operation]] = {d.doc_id: [] for d in laws}
    for operations_found in operations_of.values():
        for operation in operations_found:
            if operation.target_doc in by_law and operation.op in ("amend", "insert", "delete", "repeal"):
                by_law[operation.target_doc].append(operation)
    for law in laws:
        start = commencement(corpus, law.doc_id)
        current: dict[str, Version] = {}
        kinds = corpus.unit_kinds(law.doc_id)
        for provision in corpus.provisions[law.doc_id]:
            if provision.part == "body" and provision.kind in kinds:
                # Where no clause dates it, the provision itself is what there is to look at.
                shown = start.evidence_id or f"{law.doc_id}@{provision.start}-{provision.end}~parse.provision"
                current[provision.eid] = Version(
                    law.doc_id, provision.eid, law.doc_id, provision.eid, "enact", start.date, "", "", shown
                )
        done: list[Version] = []
        for operation in sorted(by_law[law.doc_id], key=lambda o: (o.effective or "9999", o.doc_id, o.page)):
            for step in _steps(corpus, operation):
                _apply(step, current, done, law.doc_id)
        rows += sorted([*done, *current.values()], key=lambda v: (_position(corpus, v), v.valid_from))
    return [replace(v, current=applied(v.valid_from, v.valid_to, as_of)) for v in rows]


def _steps(corpus: Corpus, operation: Operation) -> list[Operation]:
    """An amendment as changes of whole units: the act sets the unit out whole, whatever paragraph it names.

    Where it leaves paragraphs out (`x x x`), only those that it sets out change.
    """
    if operation.op not in ("amend", "insert"):
        return [operation]
    unit = corpus.unit(operation.doc_id, operation.new_eid)
    if unit is None:
        return [operation]
    if "\nx x x" in corpus.words(unit).lower():
        children = corpus.children[operation.doc_id, unit.eid]
        return [replace(operation, target_eid=corpus.law_of(c.doc_id, c.eid)[1], new_eid=c.eid) for c in children]
    return [replace(operation, target_eid=corpus.law_of(unit.doc_id, unit.eid)[1], new_eid=unit.eid)]


def _apply(operation: Operation, current: dict[str, Version], done: list[Version], law: str) -> None:
    target = operation.target_eid
    if operation.op in ("amend", "insert"):
        if (
            target in current
            and current[target].source_eid == operation.new_eid
            and current[target].source_doc == operation.doc_id
        ):
            return  # another paragraph of a unit that was set out whole
        if target in current:
            done.append(replace(current.pop(target), valid_to=operation.effective))
        current[target] = Version(
            law,
            target,
            operation.doc_id,
            operation.new_eid,
            operation.op,
            operation.effective,
            "",
            "",
            operation.evidence_id,
        )
    elif not target:
        for eid in list(current):
            done.append(replace(current.pop(eid), valid_to=operation.effective))
    elif target in current:
        done.append(replace(current.pop(target), valid_to=operation.effective))
    else:
        # A paragraph of a unit ends while the unit goes on.
        unit = target.split("__")[0]
        if unit in current:
            whole = current[unit]
            source = whole.source_eid + target[len(unit) :]
            done.append(
                replace(
                    whole,
                    eid=target,
                    source_eid=source,
                    operation=operation.op,
                    valid_to=operation.effective,
                    evidence_id=operation.evidence_id,
                )
            )


def _position(corpus: Corpus, version: Version) -> tuple[int, str]:
    provision = corpus.by_eid.get((version.law, version.eid))
    number = "".join(c for c in version.eid.split("__")[0].split("_")[-1] if c.isdigit())
    return (provision.start if provision else int(number or 0) * 1000, version.eid)


def applied(valid_from: str, valid_to: str, day: str) -> str:
    """Whether a text with these bounds (ISO dates, '' where not computed) applied on a day: yes, no or unknown."""
    if not valid_from:
        return "no" if valid_to and valid_to <= day else "unknown"
    return "yes" if valid_from <= day and (not valid_to or day < valid_to) else "no"


class InForce:
    """Answers whether a provision's text applied on the day of the analysis."""

    def __init__(self, corpus: Corpus, rows: list[Version]) -> None:
        self._corpus = corpus
        self._by_source: dict[tuple[str, str], list[Version]] = {}
        for row in rows:
            self._by_source.setdefault((row.source_doc, row.source_eid), []).append(row)

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
