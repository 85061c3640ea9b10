"""Tagged pieces of penalties → sanctions: imprisonment and fine of one clause, with how they are joined.

Pieces that stand in one provision with nothing but connecting words between them are one sanction. A second
imprisonment (or a second fine) begins a new one, except that life and death stand beside a term as alternatives.
Fine categories and named penalties are valued from the articles of the jurisdiction's own code; such figures are
computed, and the sanction says from what (`computed_from`). What a relative penalty changes, `relative` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from pipeline import numerals
from pipeline.corpus import Corpus
from pipeline.link.patterns import LEAD, pattern
from pipeline.link.scales import PERIODS, Scales, months, penalty_key
from pipeline.records import Notice, Sanction, Tag

RULE = "link.sanction"
CURRENCIES = {"P": "PHP", "PHP": "PHP", "₱": "PHP", "IDR": "IDR", "RP": "IDR", "RP.": "IDR"}
CONJUNCTIONS = ("and_or", "or", "and")
SCALES = ("DURATION", "DURATION_ROW")
LABEL = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z])[.)]\s*)?", re.IGNORECASE)  # of an item, before its words
ENTRY_END = re.compile(r"[^\S\n]*+[.,;:]?[^\S\n]*+(?:\n|$)")
CLOSES = re.compile(r"(?:,\s*|^\w{1,2}[.)]\s*)$")  # before the words that punish, behind the last item of a list
CLOSING = 160  # most characters from these words to the penalty
HEADED_BY = 20  # most characters before an article's heading (`Article 5. `)


def sanctions(corpus: Corpus, doc_id: str, worth: Scales) -> tuple[list[Sanction], list[Notice]]:
    """All sanctions of a document, in order; and notices where digits and words disagree."""
    text = corpus.text[doc_id]
    found: list[Sanction] = []
    notices: list[Notice] = []
    scales = [(t.start, t.end) for t in corpus.tags[doc_id] if t.label in SCALES]
    for group in _groups(corpus, doc_id):
        if any(start <= group[0].start and group[-1].end <= end for start, end in scales) or _entry(corpus, group):
            continue
        for tag in group:
            notices += _disagreements(tag)
        for one in _alternatives(group):
            found.append(_sanction(corpus, doc_id, one, text, worth))
    return found, notices


def _groups(corpus: Corpus, doc_id: str) -> Iterator[list[Tag]]:
    text, code = corpus.text[doc_id], corpus.documents[doc_id].jurisdiction
    gap, accessory = pattern(code, "penalty_gap"), pattern(code, "accessory")
    group: list[Tag] = []
    for tag in _pieces(corpus, doc_id):
        between = text[group[-1].end : tag.start] if group else ""
        if group and (
            tag.eid != group[-1].eid
            or "\n" in between
            or not gap.fullmatch(accessory.sub(" ", between))
            or not _fits(group, tag)
        ):
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def _pieces(corpus: Corpus, doc_id: str) -> Iterator[Tag]:
    """The pieces of penalties, without a `same penalty` that the rest of its sentence changes (`…, plus one third`)."""
    # What a title or a recital says of penalties, nobody is punished by.
    pieces = [t for t in corpus.tags[doc_id] if t.label == "PENALTY" and t.part not in ("front", "preamble")]
    for tag, after in zip_longest(pieces, pieces[1:]):
        changes = after is not None and after.value.get("relative") in ("plus", "minus", "times", "period", "degree")
        if (
            tag.value.get("relative") == "same"
            and changes
            and after is not None
            and not re.search(r"[.;\n]", corpus.text[doc_id][tag.end : after.start])
        ):
            continue
        yield tag


def _entry(corpus: Corpus, group: list[Tag]) -> bool:
    """Whether penalties are an entry of a scale, all of its line, or a heading; not where a clause threatens them."""
    first, end = group[0], group[-1].end
    if any(t.value["kind"] == "relative" for t in group):
        return False
    text, code = corpus.text[first.doc_id], corpus.documents[first.doc_id].jurisdiction
    unit = corpus.unit(first.doc_id, first.eid)
    if unit is not None and unit.heading:
        at = text.find(unit.heading, unit.start, unit.start + len(unit.heading) + HEADED_BY)
        behind = at + len(unit.heading)
        # A section of one sentence has no other words: that is no heading.
        if 0 <= at <= first.start and end <= behind and re.search(r"\w", text[behind : unit.end]):
            return True
    line = text.rfind("\n", 0, first.start) + 1
    label = LABEL.match(text, line, first.start)
    lead = text[label.end() if label else line : first.start]
    if (lead and not pattern(code, "entry_lead").fullmatch(lead)) or not ENTRY_END.match(text, end):
        return False
    named = {_kind(t) for t in group} <= {"named", "life", "death"}
    macros = ("punished", "list_of_penalties")[: 1 if named else 2]
    threats = [pattern(code, name) for name in macros]
    return unit is None or not any(threat.search(text, unit.start, first.start) for threat in threats)


def _alternatives(group: list[Tag]) -> list[list[Tag]]:
    """Imprisonment or detention or a fine: two sanctions, since a sanction holds one term."""
    kinds = {_kind(t) for t in group}
    if not {"prison", "kurungan"} <= kinds:
        return [group]
    return [[t for t in group if _kind(t) != "kurungan"], [t for t in group if _kind(t) != "prison"]]


def _fits(group: list[Tag], tag: Tag) -> bool:
    kinds = [_kind(t) for t in group]
    kind = _kind(tag)
    if kind == "relative" or "relative" in kinds:
        return False
    if kind == "fine":
        return "fine" not in kinds
    terms = {"prison", "named", "kurungan", "degree"}
    if "fine" in kinds:
        return kind not in terms or not terms & set(kinds)
    # Detention stands beside imprisonment as the milder choice; any other second term is another sanction.
    return kind in ("life", "death", "named") or kind not in kinds


def _kind(tag: Tag) -> str:
    """Kind of a piece; a degree up or down is a term of imprisonment that another provision measures."""
    return "degree" if tag.value.get("relative") == "degree" else str(tag.value["kind"])


def _amount(value: dict[str, Any], end: str) -> int | None:
    for key in (f"{end}_digits_amount", f"{end}_words_amount", f"{end}_amount"):
        if value.get(key) is not None:
            return int(value[key])
    return None


def _sanction(corpus: Corpus, doc_id: str, group: list[Tag], text: str, worth: Scales) -> Sanction:
    row: dict[str, Any] = {
        "prison_min_months": None,
        "prison_max_months": None,
        "life": False,
        "death": False,
        "fine_min": None,
        "fine_max": None,
        "fine_category_min": "",
        "fine_category_max": "",
        "currency": "",
        "penalty_name": "",
        "relative": "",
    }
    code = corpus.documents[doc_id].jurisdiction
    computed: list[str] = []
    kinds = {t.value["kind"] for t in group}
    for tag in group:
        kind = tag.value["kind"]
        if kind in ("life", "death"):
            row[kind] = True
        elif kind in ("prison", "kurungan"):
            _put_term(row, tag.value)
        elif kind == "fine":
            computed += _put_fine(row, tag.value, worth)
        elif kind == "relative":
            row["relative"] = _relative(tag.value)
    if "named" in kinds:
        computed += _put_named(row, [t for t in group if t.value["kind"] == "named"], text, worth, code)
    start, end = group[0].start, group[-1].end
    return Sanction(
        doc_id=doc_id,
        eid=_holder(corpus, group[0]),
        conjunction=_conjunction(group, text, code),
        subject=_subject(corpus, group),
        part=group[0].part,
        page=group[0].page,
        start=start,
        end=end,
        evidence_id=f"{doc_id}@{start}-{end}~{RULE}",
        computed_from=list(dict.fromkeys(computed)),
        **row,
    )


def _holder(corpus: Corpus, first: Tag) -> str:
    """The provision that a sanction belongs to: behind the last item of a list, the one whose list it closes.

    (“Setiap orang yang: a. …; b. …, dipidana dengan …”: no item but the last says a sanction, and there a comma leads
    from the item to it.)
    """
    at = corpus.by_eid.get((first.doc_id, first.eid))
    parent = corpus.by_eid.get((first.doc_id, at.parent_eid)) if at is not None else None
    if at is None or parent is None or at.kind in corpus.unit_kinds(first.doc_id):
        return first.eid
    items = corpus.children[parent.doc_id, parent.eid]
    text = corpus.text[first.doc_id]
    punished = pattern(corpus.documents[first.doc_id].jurisdiction, "punished")
    opening = text[parent.start : items[0].start].rstrip()
    if items[-1] != at or len(items) < 2 or not opening.endswith(":") or punished.search(opening):
        return first.eid
    if not any(
        CLOSES.search(text[at.start : m.start()]) and not re.search(r"[;\n]", text[m.end() : first.start])
        for m in punished.finditer(text, max(at.start, first.start - CLOSING), first.start)
    ):
        return first.eid
    others = (t for item in items[:-1] for t in corpus.tags_under(item.doc_id, item.eid, "PENALTY"))
    return first.eid if any(others) else parent.eid


def _put_term(row: dict[str, Any], value: dict[str, Any]) -> None:
    fixed = months(value, "fixed")
    row["prison_min_months"] = fixed if fixed is not None else months(value, "min")
    row["prison_max_months"] = fixed if fixed is not None else months(value, "max")
    if value["kind"] == "kurungan":
        row["penalty_name"] = "kurungan pengganti" if value.get("instead") or value.get("instead_of") else "kurungan"


def _put_fine(row: dict[str, Any], value: dict[str, Any], worth: Scales) -> list[str]:
    """Put a fine into a row, categories with what they are worth; the evidence of that."""
    fixed = _amount(value, "fixed")
    row["fine_min"] = fixed if fixed is not None else _amount(value, "min")
    row["fine_max"] = fixed if fixed is not None else _amount(value, "max")
    share = value.get("fixed_percent_count")
    row["fine_min_percent"] = (
        share if share is not None else value.get("min_percent_count", value.get("min_bare_percent_count"))
    )
    row["fine_max_percent"] = share if share is not None else value.get("max_percent_count")
    row["fine_percent_of"] = " ".join(str(value.get("share_of") or "").split())
    mark = next((str(value[k]) for k in ("min_currency", "max_currency", "fixed_currency") if value.get(k)), "")
    row["currency"] = value.get("currency") or CURRENCIES.get(mark.upper(), mark)
    evidence = []
    for end in ("min", "max"):
        category = value.get(f"{end}_category") or ""
        row[f"fine_category_{end}"] = category
        if category:
            row[f"fine_{end}"] = worth.fines.get(category)
            evidence += [worth.fine_evidence[category]] if category in worth.fine_evidence else []
    return evidence


def _put_named(row: dict[str, Any], tags: list[Tag], text: str, worth: Scales, code: str) -> list[str]:
    """Put penalties called by name into a row, with their duration unless the clause says one; the evidence of it."""
    named: list[tuple[str, list[str]]] = []
    said = ""
    for before, tag in zip([None, *tags], tags, strict=False):
        name = penalty_key(tag.value["name"])
        periods = [p for p in PERIODS if p in str(tag.value.get("period") or "").lower()]
        words = f"{name}, {' and '.join(periods)} period{'s' if len(periods) > 1 else ''}" if periods else name
        either = before is not None and pattern(code, "joined_by_or").search(text[before.end : tag.start])
        said += f" {'or' if either else 'to'} {words}" if said else words
        named.append((name, periods))
    row["penalty_name"] = said
    keys = [key for name, periods in named for key in ([(name, p) for p in periods] or [(name, "")])]
    known = [worth.named[key] for key in keys if key in worth.named]
    stated = row["prison_min_months"] is not None or row["prison_max_months"] is not None
    if stated or len(known) < len(keys):
        return []
    # A penalty without a lower bound in the code (reclusion perpetua alone) leaves the minimum open.
    lows = [d.min_months for d in known if d.min_months is not None]
    row["prison_min_months"] = min(lows, default=None)
    row["prison_max_months"] = max((d.max_months for d in known if d.max_months is not None), default=None)
    return [d.evidence_id for d in known]


def _conjunction(group: list[Tag], text: str, code: str) -> str:
    """How imprisonment and fine of one sanction are joined, by the words of the pack `code`."""
    terms = [t for t in group if _kind(t) in ("prison", "kurungan", "life", "death", "named", "degree")]
    fines = [t for t in group if _kind(t) == "fine"]
    if not terms or not fines:
        return "none"
    a, b = sorted((terms[-1], fines[0]), key=lambda t: t.start)
    between = text[a.end : b.start]
    macros = ("joined_by_either", "joined_by_or", "joined_by_and")
    said = (c for name, c in zip(macros, CONJUNCTIONS, strict=True) if pattern(code, name).search(between))
    joined = next(said, "none")
    added = pattern(code, "added_to").search(text[max(0, a.start - LEAD) : a.start])
    if joined == "none" and (added or pattern(code, "and_another").match(text, b.end)):
        return "and"  # the fine stands inside a list (`prision mayor, a fine of …, and the loss of …`), or is added
    # “and a fine of …, or both”: what the clause ends with is what it means.
    return "and_or" if joined in ("or", "and") and pattern(code, "or_both").match(text, group[-1].end) else joined


def _relative(value: dict[str, Any]) -> str:
    kind = value["relative"]
    if kind in ("plus", "minus", "share"):
        fraction = value.get(kind) or value.get("plus_by") or ""
        return f"{kind} {numerals.fraction(fraction) or fraction}"
    if kind == "period":
        return f"{value.get('period') or value.get('period_of') or value.get('period_said')} period"
    if kind == "times":
        return f"fine x{value.get('times_count') or '?'}"
    if kind == "degree":
        degrees = value.get("degrees") or value.get("degrees_up") or "one"
        direction = value.get("direction") or value.get("direction_up") or ""
        return f"{degrees} degree{'' if degrees == 'one' else 's'} {direction}".strip()
    return str(kind)


def _subject(corpus: Corpus, group: list[Tag]) -> str:
    """Who is punished: a corporation or official whom the sentence names before or in the sanction, else a person."""
    first, end = group[0], group[-1].end
    text = corpus.text[first.doc_id]
    line = text.rfind("\n", 0, first.start) + 1
    named = [
        t.value["subject"]
        for t in corpus.tags_at[first.doc_id, first.eid]
        if t.label == "SUBJECT" and line <= t.start < end
    ]
    return named[0] if named else "person"


def _disagreements(tag: Tag) -> Iterator[Notice]:
    """Notices for every number of a tag whose words in brackets say something else."""
    for name, said in tag.value.items():
        if not name.endswith("_said") or not isinstance(said, str):
            continue
        spoken = numerals.words(said)
        stem = name.removesuffix("_said")
        written = next(
            (tag.value[k] for k in (stem, stem.replace("_amount", "_digits_amount")) if tag.value.get(k) is not None),
            None,
        )
        if spoken is not None and written is not None and spoken != written:
            yield Notice(tag.doc_id, tag.page, "link", "digits-differ-from-words", str(written), said)
    for end in ("min", "max", "fixed"):
        years, count = tag.value.get(f"{end}_years"), tag.value.get(f"{end}_years_digits_count")
        if years is not None and count is not None and years != count:
            yield Notice(tag.doc_id, tag.page, "link", "digits-differ-from-words", str(count), str(years))
