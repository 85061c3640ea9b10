"""When a document began to apply, from its own clause.

Every date is computed: from the clause and the date from which it counts (promulgation or publication, in
sources.yaml). Where the texts do not give one, the date stays empty; it is never guessed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipeline import numerals
from pipeline.corpus import Corpus
from pipeline.records import Tag


@dataclass(frozen=True, slots=True)
class Commencement:
    """When a document began to apply, by which rule, and the clause that says so."""

    date: str
    rule: str
    evidence_id: str


def commencing_clauses(corpus: Corpus, doc_id: str) -> list[Tag]:
    """A document's clauses of commencement: its own, failing that (an amending act), those that it sets out."""
    clauses = [t for t in corpus.tags[doc_id] if t.label == "OPERATION" and t.value.get("op") == "commence"]
    own = [t for t in clauses if t.part in ("body", "closing")]
    return own or [t for t in clauses if t.part == "quoted"]


def commencement(corpus: Corpus, doc_id: str) -> Commencement:
    """When a document commenced."""
    document = corpus.documents[doc_id]
    clauses = commencing_clauses(corpus, doc_id)
    treaty = [t for t in clauses if t.value.get("counted_from") == "ratifications"]
    # The last: transitional chapters speak of other commencements before the closing clause. Of a treaty the first:
    # those that follow are about parties that join later.
    for tag in treaty[:1] or clauses[-1:]:
        if on := tag.value.get("on_date"):
            date = numerals.date(str(on))
            if date is None:
                return Commencement("", f"the date {on!r} could not be read", tag.evidence_id)
            return Commencement(date.isoformat(), "date in the clause", tag.evidence_id)
        counted = tag.value.get("counted_from", "")
        if counted == "ratifications":
            if document.entered_into_force:
                rule = "ratifications, completed on the depositary's date in sources.yaml"
                return Commencement(document.entered_into_force, rule, tag.evidence_id)
            return Commencement("", "depends on ratifications, which the text does not hold", tag.evidence_id)
        start = (document.signed or document.published) if counted == "approval" else document.published
        if not start:
            return Commencement("", f"counts from {counted}, whose date is not known", tag.evidence_id)
        date = datetime.date.fromisoformat(start)
        delays = []
        if years := tag.value.get("after_years"):
            date = _add_months(date, 12 * int(years))
            delays.append(f"{years} years")
        if months := tag.value.get("after_months"):
            date = _add_months(date, int(months))
            delays.append(f"{months} months")
        if days := tag.value.get("after_days"):
            date += datetime.timedelta(days=int(days))
            delays.append(f"{days} days")
        return Commencement(date.isoformat(), " + ".join([f"{counted} {start}", *delays]), tag.evidence_id)
    return Commencement("", "no commencement clause found", "")


def _add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day `months` later; the last day of a month that has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    for day in range(date.day, 27, -1):
        try:
            return datetime.date(year, month + 1, day)
        except ValueError:
            continue
    return datetime.date(year, month + 1, min(date.day, 28))
