"""A file that nobody has described yet → a draft of its sources.yaml entry, read off its name and its own first page.

Reads   one file, and the `description` of a pack (how its laws state title, number and dates).
Writes  nothing. A draft is provisional: `checked: unchecked`, and what the text does not say stays empty.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process

from pipeline import numerals
from pipeline.outline import Unreadable, pages_of
from pipeline.packs import Description, load_pack, pack_codes
from pipeline.sources import Source

NEAR = 75  # per cent of likeness at which a misread month is still that month


def describe(path: Path, known: Mapping[str, Source]) -> tuple[str, Source] | None:
    """(pack code, draft) for a file named `<code>-<kind>-<number>-<year>`; None where its name or pack says too little.

    `known` are the documents already described: an amending act names one of them in its title.
    """
    code, _, rest = path.stem.partition("-")
    if code not in pack_codes() or not rest:
        return None
    pack = load_pack(code)
    how = pack.description
    named = re.fullmatch(how.doc_id, path.stem) if how else None
    if how is None or named is None:
        return None
    try:
        text = "".join(page["text"] for page in pages_of(path, code))
    except Unreadable:
        return None
    head = text[: how.head_characters]
    title = " ".join(_group(how.title, head, "title").split()) or path.stem
    signed, published = (_date(how, pattern, text) for pattern in (how.signed, how.published))
    words = named.groupdict()
    year = words.get("year") or (signed or published or "")[:4]
    kept = re.sub(how.repealing, " ", title) if how.repealing else title
    amending = bool(how.amending and re.search(how.amending, kept))
    amends = _amended(how, title, known) if amending else _amended_in_part(how, text, known)
    implemented = how.implements.get(words.get("kind", ""), "").format(**{**words, "year": year})
    implemented = implemented or _supplemented(how, title, known)
    entry = {
        "doc_id": path.stem,
        "akn_uri": how.akn_uri.format(**{**words, "year": year or "undated"}),
        "kind": "amending-act" if amending else how.kinds.get(words.get("kind", ""), how.kinds.get("*", how.kind)),
        "number": words.get("number", ""),
        "year": int(year) if year else 0,
        "title": title[:300],
        "title_en": title[:300] if pack.language == "en" else "",
        "language": pack.language,
        "signed": signed,
        "published": published,
        "gazette": "",
        "amends": amends,
        **({"implements": implemented} if implemented else {}),
        "licence": how.licence,
        "articles": "",
        "checked": "unchecked",
        "notes": "Drafted from the file's name and first page; nobody has checked it.",
    }
    return code, Source.model_validate(entry)


def draft(source: Source) -> str:
    """A draft as YAML, to be completed and pasted into raw/<code>/sources.yaml."""
    entry: dict[str, Any] = source.model_dump(mode="python", exclude_unset=True)
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=110)


def _group(pattern: str, text: str, name: str) -> str:
    match = re.search(pattern, text) if pattern else None
    return (match[name] or "") if match else ""


def _supplemented(how: Description, title: str, known: Mapping[str, Source]) -> str:
    """doc_id of the treaty that a protocol belongs to: of those whose title its own names, the one with the longest."""
    said = _plain(_group(how.supplements, title, "title"))
    titles = [
        (len(plain), doc_id)
        for doc_id, source in known.items()
        if source.kind == "treaty"
        for name in (source.title, source.title_en, *source.short_names)
        for plain in [_plain(name)]
        if plain and f"{said} ".startswith(f"{plain} ")
    ]
    return max(titles)[1] if titles else ""


def _plain(title: str) -> str:
    """A title without what printers vary: case, marks, articles."""
    return " ".join(w for w in re.findall(r"\w+", title.lower()) if w != "the")


def _amended_in_part(how: Description, text: str, known: Mapping[str, Source]) -> list[str]:
    """doc_ids of the laws that an act of another title (an omnibus act) changes in some of its articles."""
    found: list[str] = []
    for match in re.finditer(how.amends_in_part, text) if how.amends_in_part else ():
        named = re.compile(how.amended).match(text, match.end())
        found += [d for d in _laws(how, named, known) if d not in found] if named else []
    return found


def _amended(how: Description, title: str, known: Mapping[str, Source]) -> list[str]:
    """doc_ids of the laws that a title says it amends: as they are described, else as such a law would be called."""
    found: list[str] = []
    opening = re.search(how.amending, title)
    changed = title[opening.start() :] if opening else title
    if how.repealing:
        changed = re.sub(how.repealing, " ", changed)
    for match in re.finditer(how.amended, changed):
        found += [d for d in _laws(how, match, known) if d not in found]
    return found


def _laws(how: Description, match: re.Match[str], known: Mapping[str, Source]) -> list[str]:
    """doc_ids of the law that a match of `amended` names; none where it is an amending act that is known."""
    words = match.groupdict()
    kind = " ".join(re.findall(r"\w+", (words.get("code") or words.get("kind") or "").lower()))
    template = how.amended_ids.get(kind, "")
    said = numerals.count(words["number"] or "")
    number = str(said) if said is not None else words["number"] or ""
    called = template.format(number=number, year=words.get("year") or "")
    stem = called.rstrip("-0123456789")  # laws of other kinds have the same numbers
    named = [
        doc_id
        for doc_id, source in known.items()
        if number and source.number == number and (words.get("year") or str(source.year)) == str(source.year)
        if source.kind not in ("treaty", "article")
        if not stem or not template or "{year}" not in template or doc_id.startswith(stem)
    ]
    laws = [d for d in named if known[d].kind != "amending-act"]
    if called in laws:
        laws = [called]  # of two laws of one number, the one of this kind
    # An amending act is named to say how far the law was amended before.
    return laws or ([called] if called and not named else [])


def _date(how: Description, pattern: str, text: str) -> str | None:
    """ISO date of the last place where the text states it; None where it does not, or not legibly."""
    found = None
    for match in re.finditer(pattern, text) if pattern else ():
        month = process.extractOne(match["month"].lower(), [m.lower() for m in how.months], score_cutoff=NEAR)
        if month is None:
            continue
        try:
            found = datetime.date(int(match["year"]), month[2] % 12 + 1, int(match["day"])).isoformat()
        except ValueError:
            continue
    return found
