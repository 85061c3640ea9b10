"""What changes between two dates: instruments, provisions, offences, statuses of indicators; and what cannot be told.

Reads the links of both days and the rows of gaps for both; writes nothing. Every change of a text is one that a clause
of commencement, amendment or repeal dates. Laws that are known to matter and are not in the corpus are named, since
what they change is not seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline import link
from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import CHANGING
from pipeline.records import Offence, Operation, Version
from pipeline.sources import Absent

Row = dict[str, Any]


def changes(
    corpus: Corpus,
    dates: tuple[str, str],
    links: tuple[link.Links, link.Links],
    rows: tuple[Iterable[Row], Iterable[Row]],
    absent: dict[str, list[Absent]],
) -> list[Row]:
    """Rows of changes_in_time.csv: `dates` (ISO, earlier first), and for each the links and the rows of gaps."""
    found = [
        *_instruments(corpus, dates, links[1]),
        *_provisions(corpus, links),
        *_offences(corpus, links),
        *_indicators(rows),
        *_absent(absent, dates),
    ]
    return [row | {"from_date": dates[0], "to_date": dates[1]} for row in found]


def _row(kind: str, jurisdiction: str, subject: str, change: str, **rest: Any) -> Row:
    return {
        "kind": kind,
        "jurisdiction": jurisdiction,
        "subject": subject,
        "change": change,
        "on": "",
        "before": "",
        "after": "",
        "because": "",
        "evidence_ids": [],
    } | rest


def _instruments(corpus: Corpus, dates: tuple[str, str], links: link.Links) -> Iterator[Row]:
    for doc_id, start in links.commencements.items():
        document = corpus.documents[doc_id]
        if document.kind in LAWS and dates[0] < start.in_force_from <= dates[1]:
            yield _row(
                "instrument",
                document.jurisdiction,
                doc_id,
                "begins",
                on=start.in_force_from,
                before="not yet in force",
                after="in force",
                because=start.rule,
                evidence_ids=[start.evidence_id] if start.evidence_id else [],
            )


def _provisions(corpus: Corpus, links: tuple[link.Links, link.Links]) -> Iterator[Row]:
    for before, after in zip(links[0].versions, links[1].versions, strict=True):
        document = corpus.documents[before.source_doc]
        if before.current == after.current or document.kind not in LAWS:
            continue
        begins = after.current == "yes"
        yield _row(
            "provision",
            document.jurisdiction,
            f"{before.source_doc} {before.source_eid}",
            "begins" if begins else "ends",
            on=before.valid_from if begins else before.valid_to,
            before="" if begins else "applied" if before.current == "yes" else "applied (begin not dated)",
            after="applies" if begins else "",
            because=_because(links[1], before, begins),
            evidence_ids=_evidence(links[1], before, begins),
        )


def _ending(links: link.Links, version: Version) -> list[Operation]:
    """The operations that ended a version: those on its provision, or on the whole law, of the day on which it ends."""
    return [
        o
        for o in links.operations
        if o.target_doc == version.law
        and o.effective == version.valid_to
        and o.op in CHANGING
        and (not o.target_eid or o.target_eid == version.eid or o.target_eid.startswith(version.eid + "__"))
    ]


def _because(links: link.Links, version: Version, begins: bool) -> str:
    if begins:
        start = links.commencements.get(version.source_doc)
        return f"{version.operation}: {start.rule}" if start else version.operation
    return "; ".join(dict.fromkeys(f"{o.op} by {o.doc_id} {o.eid} ({o.date_rule})" for o in _ending(links, version)))


def _evidence(links: link.Links, version: Version, begins: bool) -> list[str]:
    ids = (
        [version.evidence_id] if begins else [version.end_evidence_id or o.evidence_id for o in _ending(links, version)]
    )
    return list(dict.fromkeys(i for i in ids if i)) or ([version.evidence_id] if version.evidence_id else [])


def _offences(corpus: Corpus, links: tuple[link.Links, link.Links]) -> Iterator[Row]:
    for before, after in zip(links[0].offences, links[1].offences, strict=True):
        if before.in_force == after.in_force or not before.conduct:
            continue
        begins = after.in_force == "yes"
        yield _row(
            "offence",
            corpus.documents[before.doc_id].jurisdiction,
            f"{before.doc_id} {before.eid}",
            "begins" if begins else "ends",
            on=before.valid_from if begins else before.valid_to,
            before="" if begins else sanction_words(before),
            after=sanction_words(before) if begins else "",
            because=f"conduct: {', '.join(before.conduct)}; sanction: {before.penalty_eids[0]}",
            evidence_ids=before.evidence_ids[:1],
        )


def sanction_words(offence: Offence) -> str:
    """A sanction in a few words: `36 to 180 months; fine 120000000 to 600000000 IDR`."""

    def bounds(low: int | None, high: int | None) -> str:
        return (
            f"{low} to {high}"
            if low is not None and high is not None
            else f"at least {low}"
            if high is None
            else f"up to {high}"
        )

    parts = [w for w, there in (("death", offence.death), ("life imprisonment", offence.life)) if there]
    if offence.prison_min_months is not None or offence.prison_max_months is not None:
        parts.append(bounds(offence.prison_min_months, offence.prison_max_months) + " months")
    if offence.fine_min is not None or offence.fine_max is not None:
        parts.append(f"fine {bounds(offence.fine_min, offence.fine_max)} {offence.currency}")
    if offence.fine_min_percent is not None or offence.fine_max_percent is not None:
        share = bounds(offence.fine_min_percent, offence.fine_max_percent)
        parts.append(f"fine {share} % of {offence.fine_percent_of}")
    return "; ".join(parts) or "; ".join(a for a in offence.aggravations if "." not in a) or "a penalty by name"


def _indicators(rows: tuple[Iterable[Row], Iterable[Row]]) -> Iterator[Row]:
    """Indicators whose computed status differs (a review speaks of one day only)."""
    for before, after in zip(*rows, strict=True):
        if before["computed_status"] == after["computed_status"]:
            continue
        gained = [p for p in after["provisions"] if p not in before["provisions"]]
        lost = [p for p in before["provisions"] if p not in after["provisions"]]
        # Where nothing decides on either day, what comes near has changed.
        near = [] if gained or lost else [p for p in after["nearest"] if p not in before["nearest"]]
        causes = ("no longer decided by", lost), ("now decided by", gained), ("now near", near)
        yield _row(
            "indicator",
            before["jurisdiction"],
            before["indicator"],
            "changes",
            before=before["computed_status"],
            after=after["computed_status"],
            because="; ".join(f"{w}: {', '.join(p)}" for w, p in causes if p),
            evidence_ids=list(dict.fromkeys([*before["evidence_ids"], *after["evidence_ids"]])),
        )


def _absent(absent: dict[str, list[Absent]], dates: tuple[str, str]) -> Iterator[Row]:
    for code, laws in absent.items():
        for law in laws:
            start = law.in_force_from.isoformat() if law.in_force_from else ""
            if dates[0] < start <= dates[1]:
                yield _row(
                    "absent law",
                    code,
                    law.akn_uri,
                    "begins",
                    on=start,
                    after=f"{law.title}: not in the corpus; what it changes is not seen",
                    because=law.why_it_matters,
                )
