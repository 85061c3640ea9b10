"""Tagged pieces of penalties → sanctions: imprisonment and fine of one clause, with how they are joined.

Pieces that stand in one provision with nothing but connecting words between them are one sanction. A second
imprisonment (or a second fine) begins a new one, except that life and death stand beside a term as alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline import numerals
from pipeline.corpus import Corpus
from pipeline.packs import expand, load_pack
from pipeline.records import Notice, Sanction, Tag

RULE = "link.sanction"
CURRENCIES = {"P": "PHP", "PHP": "PHP", "₱": "PHP", "IDR": "IDR", "RP": "IDR", "RP.": "IDR"}
JOINED = (
    (re.compile(r"\b(?:dan/atau|and/or)\b", re.IGNORECASE), "and_or"),
    (re.compile(r"\b(?:atau|or)\b", re.IGNORECASE), "or"),
    (re.compile(r"\b(?:dan|and|serta|plus|both)\b", re.IGNORECASE), "and"),
)
OR_BOTH = re.compile(r"[^.;\n]{0,90}?\b(?:or\s+both\b|atau\s+kedua-?duanya|atau\s+keduanya)", re.IGNORECASE)
Scale = dict[str, int]


def fine_scale(corpus: Corpus, jurisdiction: str) -> tuple[Scale, str]:
    """Fine categories of a jurisdiction's code and what they are worth, read from the code's own text; and the code."""
    for document in corpus.documents.values():
        if document.jurisdiction == jurisdiction and document.kind == "code":
            scale: Scale = {}
            for tag in corpus.tags[document.doc_id]:
                if tag.label == "FINE_CATEGORY" and tag.part == "body":
                    value = tag.value.get("value_digits_amount") or tag.value.get("value_words_amount")
                    if value:
                        scale.setdefault(str(tag.value["category"]), int(value))
            if scale:
                return scale, document.doc_id
    return {}, ""


def sanctions(corpus: Corpus, doc_id: str, scale: Scale) -> tuple[list[Sanction], list[Notice]]:
    """All sanctions of a document, in order; and notices where digits and words disagree."""
    macros = load_pack(corpus.documents[doc_id].jurisdiction).macros
    if "penalty_gap" not in macros:
        return [], []
    gap = re.compile(expand(macros["penalty_gap"], macros), re.IGNORECASE)
    text = corpus.text[doc_id]
    found: list[Sanction] = []
    notices: list[Notice] = []
    for group in _groups(corpus, doc_id, gap):
        for tag in group:
            notices += _disagreements(tag)
        found.append(_sanction(corpus, doc_id, group, text, scale))
    return found, notices


def _groups(corpus: Corpus, doc_id: str, gap: re.Pattern[str]) -> Iterator[list[Tag]]:
    text = corpus.text[doc_id]
    group: list[Tag] = []
    for tag in (t for t in corpus.tags[doc_id] if t.label == "PENALTY"):
        between = text[group[-1].end : tag.start] if group else ""
        if group and (
            tag.eid != group[-1].eid or "\n" in between or not gap.fullmatch(between) or not _fits(group, tag)
        ):
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def _fits(group: list[Tag], tag: Tag) -> bool:
    kinds = [t.value["kind"] for t in group]
    kind = tag.value["kind"]
    if kind == "relative" or "relative" in kinds:
        return False
    if kind == "fine":
        return "fine" not in kinds
    if "fine" in kinds:
        return kind not in ("prison", "named", "kurungan") or not {"prison", "named", "kurungan"} & set(kinds)
    return kind in ("life", "death", "named") or (kind not in kinds and "kurungan" not in (kind, *kinds))


def _months(value: dict[str, Any], end: str) -> int | None:
    """Months that a `dur` macro captured under `end`; days alone are none (a fraction of a month)."""
    years, months = value.get(f"{end}_years"), value.get(f"{end}_months")
    if years is None and months is None:
        return 0 if value.get(f"{end}_days") is not None else None
    return (years or 0) * 12 + (months or 0) + (value.get(f"{end}_extra_months") or 0)


def _amount(value: dict[str, Any], end: str) -> int | None:
    for key in (f"{end}_digits_amount", f"{end}_words_amount", f"{end}_amount"):
        if value.get(key) is not None:
            return int(value[key])
    return None


def _sanction(corpus: Corpus, doc_id: str, group: list[Tag], text: str, scale: Scale) -> Sanction:
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
    last_prison: Tag | None = None
    first_fine: Tag | None = None
    for tag in group:
        value, kind = tag.value, tag.value["kind"]
        if kind in ("life", "death"):
            row[kind] = True
        elif kind in ("prison", "kurungan"):
            fixed = _months(value, "fixed")
            row["prison_min_months"] = fixed if fixed is not None else _months(value, "min")
            row["prison_max_months"] = fixed if fixed is not None else _months(value, "max")
            if kind == "kurungan":
                row["penalty_name"] = "kurungan"
        elif kind == "named":
            name = value["name"].lower() + (f", {value['period']} period" if value.get("period") else "")
            row["penalty_name"] = f"{row['penalty_name']} to {name}" if row["penalty_name"] else name
        elif kind == "fine":
            first_fine = first_fine or tag
            fixed_fine = _amount(value, "fixed")
            row["fine_min"] = fixed_fine if fixed_fine is not None else _amount(value, "min")
            row["fine_max"] = fixed_fine if fixed_fine is not None else _amount(value, "max")
            mark = next((str(value[k]) for k in ("min_currency", "max_currency", "fixed_currency") if value.get(k)), "")
            row["currency"] = value.get("currency") or CURRENCIES.get(mark.upper(), mark)
            row["fine_category_min"] = value.get("min_category") or ""
            row["fine_category_max"] = value.get("max_category") or ""
            if row["fine_category_min"]:
                row["fine_min"] = scale.get(row["fine_category_min"])
            if row["fine_category_max"]:
                row["fine_max"] = scale.get(row["fine_category_max"])
        elif kind == "relative":
            row["relative"] = _relative(value)
        if kind in ("prison", "kurungan", "life", "death", "named"):
            last_prison = tag
    conjunction = "none"
    if last_prison is not None and first_fine is not None:
        a, b = sorted((last_prison, first_fine), key=lambda t: t.start)
        between = text[a.end : b.start]
        conjunction = next((name for pattern, name in JOINED if pattern.search(between)), "none")
        if conjunction == "or" and OR_BOTH.match(text, group[-1].end):
            conjunction = "and_or"
    start, end = group[0].start, group[-1].end
    return Sanction(
        doc_id=doc_id,
        eid=group[0].eid,
        conjunction=conjunction,
        subject=_subject(corpus, group[0]),
        part=group[0].part,
        page=group[0].page,
        start=start,
        end=end,
        evidence_id=f"{doc_id}@{start}-{end}~{RULE}",
        **row,
    )


def _relative(value: dict[str, Any]) -> str:
    kind = value["relative"]
    if kind == "plus":
        fraction = value.get("plus") or value.get("plus_by") or ""
        words = {
            "sepertiga": "1/3",
            "seperdua": "1/2",
            "setengah": "1/2",
            "dua pertiga": "2/3",
            "one-third": "1/3",
            "one third": "1/3",
            "one-half": "1/2",
        }
        return f"plus {words.get(fraction.lower(), fraction)}"
    if kind == "times":
        return f"fine x{value.get('times_count') or '?'}"
    if kind == "degree":
        degrees = value.get("degrees") or "one"
        return f"{degrees} degree{'' if degrees == 'one' else 's'} {value.get('direction', '')}".strip()
    return str(kind)


def _subject(corpus: Corpus, first: Tag) -> str:
    """Who is punished: a corporation or official whom the same sentence names before the sanction, else a person."""
    text = corpus.text[first.doc_id]
    line = text.rfind("\n", 0, first.start) + 1
    named = [
        t.value["subject"]
        for t in corpus.tags_at[first.doc_id, first.eid]
        if t.label == "SUBJECT" and line <= t.start < first.start
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
