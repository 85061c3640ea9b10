"""Links of references → citations with targets.

A tagged CITATION is one link (an article, a paragraph, an instrument). Links that only connecting words keep apart
form one reference; reading order and rank say how they combine: `Pasal 2 ayat (1) dan ayat (2)` is two targets,
`Pasal 2 sampai dengan Pasal 6` five, `paragraph (a) of Section 4 of Republic Act No. 9208` one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.corpus import LAWS, Corpus
from pipeline.packs import expand, load_pack, load_structure
from pipeline.records import Citation, Tag

RANK = {"article": 1, "para": 2, "letter": 3, "number": 4, "points": 2}
RULE = "link.citation"


@dataclass
class _Target:
    article: str = ""
    points: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    instrument: Tag | None = None
    relative: str = ""  # this-article | preceding-article
    after: str = ""  # article at the other end of a range; the target stands for what lies between, too


def citations(corpus: Corpus, doc_id: str) -> list[Citation]:
    """All citations of a document, in order."""
    macros = load_pack(corpus.documents[doc_id].jurisdiction).macros
    if "gap" not in macros:
        return []
    gap = re.compile(expand(macros["gap"], macros), re.IGNORECASE)
    spans = re.compile(expand(macros["range"], macros), re.IGNORECASE)
    of = re.compile(expand(macros["of"], macros), re.IGNORECASE)
    found = []
    for group in _groups(corpus, doc_id, gap):
        for target in _targets(group, corpus.text[doc_id], spans, of):
            found += _citations(corpus, doc_id, target)
    return _redirected(corpus, doc_id, found)


def _redirected(corpus: Corpus, doc_id: str, found: list[Citation]) -> list[Citation]:
    """References that a clause replaces (`Pasal 27 … pengacuannya diganti dengan Pasal 407`) belong to the other law.

    Which law that is, the clause says itself, or the words above its list do, or the provision that these point to.
    """
    by_place: dict[str, list[Citation]] = {}
    for citation in found:
        by_place.setdefault(citation.eid, []).append(citation)
    out = []
    for c in found:
        replaced = next(
            (t for t in corpus.tags_at[doc_id, c.eid] if t.value.get("op") == "replace_reference" and t.start >= c.end),
            None,
        )
        unit = corpus.unit(doc_id, c.target_eid) if c.target_eid else None
        here = corpus.unit(doc_id, c.eid)
        other_article = unit is None or here is None or unit.eid != here.eid
        if replaced is None or c.target_doc != doc_id or not other_article:
            out.append(c)
            continue
        law = _law_above(corpus, doc_id, c, by_place)
        if law is None:
            out.append(c)
        elif not law:
            out.append(replace(c, target_doc="", target_eid="", status="outside_corpus"))
        else:
            numbers = c.target_as_cited.split()
            eid, whole = corpus.resolve(law, numbers[0], numbers[1:])
            omitted = not whole and numbers[0] in corpus.omitted.get(law, ())
            status = "resolved" if whole else "omitted" if omitted else "dangling"
            out.append(replace(c, target_doc=law, target_eid=eid, status=status))
    return out


def _law_above(corpus: Corpus, doc_id: str, c: Citation, by_place: dict[str, list[Citation]]) -> str | None:
    """The other law that a clause speaks of: '' when it is outside the corpus, None when nothing names one."""
    provision = corpus.by_eid[doc_id, c.eid]
    for eid in (c.eid, provision.parent_eid):
        for other in by_place.get(eid, []):
            if other is c or (eid == c.eid and other.start >= c.start):
                continue
            if other.target_doc != doc_id:
                return other.target_doc
            pointed = by_place.get(other.target_eid, []) if other.target_eid else []
            named = [p for p in pointed if p.target_doc != doc_id]
            if named:
                return named[0].target_doc
    return None


def _groups(corpus: Corpus, doc_id: str, gap: re.Pattern[str]) -> Iterator[list[Tag]]:
    """Runs of links in one provision with only connecting words between them."""
    group: list[Tag] = []
    implements = corpus.documents[doc_id].implements
    for tag in (t for t in corpus.tags[doc_id] if t.label == "CITATION"):
        if tag.value.get("level") == "implemented" and not implements:
            continue
        if group and (
            tag.eid != group[-1].eid
            or "\n" in corpus.text[doc_id][group[-1].end : tag.start]
            or not gap.fullmatch(corpus.text[doc_id][group[-1].end : tag.start])
        ):
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def _targets(group: list[Tag], text: str, spans: re.Pattern[str], of: re.Pattern[str]) -> list[_Target]:
    targets: list[_Target] = []
    led: Tag | None = None  # the instrument that a colon opens: `Undang-Undang Dasar …: Pasal 5 dan Pasal 20`
    for i, tag in enumerate(group):
        between = text[group[i - 1].end : tag.start] if i else ""
        level = tag.value.get("level", "")
        numbers = [str(n) for n in tag.value.get("nums") or ([tag.value["num"]] if tag.value.get("num") else [])]
        if tag.value.get("from"):
            numbers = [tag.value["from"], *_range(tag.value["from"], tag.value["to"]), tag.value["to"]]
        if level in ("instrument", "self", "implemented"):
            open_targets = [t for t in targets if t.instrument is None]
            if open_targets and (i == 0 or not _separate(between, of)):
                for target in open_targets:
                    target.instrument = tag
                    target.tags.append(tag)
            else:
                targets.append(_Target(instrument=tag, tags=[tag]))
            led = None
        elif level in ("this-article", "preceding-article"):
            bare = [t for t in targets if not t.article and not t.relative and t.points]
            if bare and of.search(between):
                for target in bare:
                    target.relative = level
                    target.tags.append(tag)
            elif level == "preceding-article":
                targets.append(_Target(relative=level, tags=[tag]))
        elif level == "article":
            bare = [t for t in targets if not t.article and not t.relative and t.points and t.instrument is None]
            if bare and of.search(between):
                for target in bare:
                    target.article = numbers[0]
                    target.tags.append(tag)
                continue
            last = targets[-1] if targets else None
            if last and last.instrument and not last.article and re.fullmatch(r"\s*:?\s*", between):
                led = targets.pop().instrument
            for j, number in enumerate(numbers):
                ranged = j == 0 and last is not None and last.article and spans.search(between)
                targets.append(
                    _Target(number, tags=[tag], instrument=led, after=last.article if ranged and last else "")
                )
        elif level in RANK:
            _points(targets, tag, level, numbers, between, spans, led)
    return targets


def _separate(between: str, of: re.Pattern[str]) -> bool:
    """Whether `, and the Revised Penal Code` starts a new reference rather than naming the law of the last one."""
    return bool(re.search(r"\b(?:dan|and|serta|atau|or)\b|,", between)) and not of.search(between)


def _points(
    targets: list[_Target],
    tag: Tag,
    level: str,
    numbers: list[str],
    between: str,
    spans: re.Pattern[str],
    led: Tag | None,
) -> None:
    """Add a link below article level: deeper into the last target, or beside it."""
    rank = RANK[level]
    last = targets[-1] if targets else None
    joined = not re.search(r"\b(?:dan|and|atau|or|serta|dan/atau|and/or)\b", between)
    ranged = last is not None and last.points and bool(spans.search(between))
    for j, number in enumerate(numbers):
        path = re.findall(r"\w+", number) if level == "points" else [number]
        if last is not None and (last.instrument is led or level == "points"):
            deeper = rank > (last.ranks[-1] if last.ranks else 1)
            if level == "points" and not deeper:
                # `Paragraph (2), letters c and e`: another style of number is a level below, the same style is beside.
                deeper = not last.points or last.points[-1].isdigit() != path[0].isdigit()
            if j == 0 and joined and deeper and (last.article or last.points):
                last.points += path
                last.ranks += [rank] * len(path)
                last.tags.append(tag)
                continue
            keep = [k for k, r in enumerate(last.ranks) if r < rank]
            if level == "points":
                keep = keep[: max(0, len(last.points) - len(path))] or list(range(max(0, len(last.points) - len(path))))
            if last.ranks and rank in last.ranks:
                base = [last.points[k] for k in keep]
                if j == 0 and ranged:
                    for n in _range(last.points[-1], path[-1]):
                        targets.append(
                            _Target(last.article, [*base, n], [*[last.ranks[k] for k in keep], rank], [*last.tags, tag])
                        )
                targets.append(
                    _Target(
                        last.article,
                        [*base, *path],
                        [*[last.ranks[k] for k in keep], *[rank] * len(path)],
                        [*([last.tags[0]] if last.article else []), tag],
                        last.instrument,
                        last.relative,
                    )
                )
                last = targets[-1]
                continue
        targets.append(_Target("", path, [rank] * len(path), [tag]))
        last = targets[-1]


def _range(first: str, last: str) -> list[str]:
    """Numbers strictly between two ends of a range."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 200:
        return [str(n) for n in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(c) for c in range(ord(first) + 1, ord(last))]
    return []


def _citations(corpus: Corpus, doc_id: str, target: _Target) -> list[Citation]:
    """The target, and before it what lies between the ends of a range (in the order of the law that is meant)."""
    last = _citation(corpus, doc_id, target)
    if not target.after:
        return [last]
    law = last.target_doc
    low, high = _order(target.after), _order(target.article)
    known = {
        number
        for (of_law, number), eids in corpus.law_units.items()
        if of_law == law and any(_existed(corpus, law, eid, doc_id) for eid in eids)
    } | corpus.omitted.get(law, set())
    between = {n for n in known if low < _order(n) < high} | set(_range(target.after, target.article))
    return [
        *(
            _citation(corpus, doc_id, replace(target, article=n, points=[], after=""))
            for n in sorted(between, key=_order)
        ),
        last,
    ]


def _existed(corpus: Corpus, law: str, eid: str, doc_id: str) -> bool:
    """Whether a unit of a law was there when a document was written: a range does not reach what was inserted later."""
    when = corpus.documents[doc_id]
    return any(
        (corpus.documents[p.doc_id].year, corpus.documents[p.doc_id].published or "")
        <= (when.year, when.published or "9")
        for p in corpus.law_provisions.get((law, eid), [])
    )


def _order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return (int(digits[0]), number[digits.end() :]) if digits else (0, number)


def _citation(corpus: Corpus, doc_id: str, target: _Target) -> Citation:
    tags = sorted(target.tags, key=lambda t: t.start)
    start, end = tags[0].start, max(t.end for t in tags)
    here = tags[0]
    as_cited = " ".join(p for p in (target.article, *target.points) if p)
    law, eid, status = _resolve(corpus, doc_id, here, target)
    if target.instrument is not None and not as_cited:
        as_cited = target.instrument.text
    return Citation(
        doc_id=doc_id,
        eid=here.eid,
        start=start,
        end=end,
        page=here.page,
        text=corpus.text[doc_id][start:end],
        target_doc=law,
        target_eid=eid,
        target_as_cited=as_cited,
        status=status,
        evidence_id=f"{doc_id}@{start}-{end}~{RULE}",
    )


def _resolve(corpus: Corpus, doc_id: str, here: Tag, target: _Target) -> tuple[str, str, str]:
    """(document, eid, status) of what a reference means where it stands."""
    if target.instrument is not None and target.instrument.value.get("level") != "self":
        law = instrument(corpus, doc_id, target.instrument)
        if not law:
            return "", "", "outside_corpus"
    elif target.instrument is not None:
        law = _this_law(corpus, doc_id, here)
    else:
        law = corpus.law_of(doc_id, here.eid)[0] if here.part in ("quoted", "elucidation") else doc_id
        if (
            here.part == "body"
            and corpus.documents[doc_id].kind == "amending-act"
            and target.article not in ("I", "II")
        ):
            law = corpus.documents[doc_id].amends[0]
        if here.part == "preamble":
            law = doc_id
    if not target.article and target.points and not target.relative:
        article = _item_article(corpus, doc_id, here)
        if article:
            eid, whole = corpus.resolve(law, article, target.points)
            return law, eid, "resolved" if whole else "dangling"
    if target.relative or (target.points and not target.article):
        found = _relative(corpus, doc_id, here, target)
        return (law, found, "resolved") if found else (law, "", "dangling")
    if not target.article:
        return law, "", "resolved"
    eid, whole = corpus.resolve(law, target.article, target.points)
    if whole:
        return law, eid, "resolved"
    if target.article in corpus.omitted.get(law, ()):
        return law, _written_out(corpus, law, target), "omitted"
    return law, eid, "dangling"


def _written_out(corpus: Corpus, law: str, target: _Target) -> str:
    """The eid of a provision that the edition leaves out, from the numbers in the reference alone."""
    structure = load_structure(corpus.documents[law].jurisdiction)
    if structure.styles:
        kinds = ["para" if rank == RANK["para"] else "point" for rank in target.ranks]
    else:
        kinds = structure.depth_names
    points = [f"{kind}_{number}" for kind, number in zip(kinds, target.points, strict=False)]
    kinds_there = {p.kind for p in corpus.provisions[law]}
    unit = next((u for u in structure.units if u.kind in kinds_there), structure.units[0])
    return "__".join([f"{unit.id}_{target.article}", *points])


def _item_article(corpus: Corpus, doc_id: str, here: Tag) -> str:
    """The article that an item of an amending act sets out: `ditambah 1 (satu) ayat, yakni ayat (3)` means its."""
    if corpus.documents[doc_id].kind != "amending-act" or here.part != "body":
        return ""
    kinds = corpus.unit_kinds(doc_id)
    quoted = [p for p in corpus.children[doc_id, here.eid] if p.kind in kinds and p.part == "quoted"]
    return quoted[0].num if quoted else ""


def _this_law(corpus: Corpus, doc_id: str, here: Tag) -> str:
    return corpus.law_of(doc_id, here.eid)[0] if here.part == "quoted" else doc_id


def _relative(corpus: Corpus, doc_id: str, here: Tag, target: _Target) -> str:
    """eid of a reference that names no article: `ayat (1)`, `huruf a`, `paragraph 1 of this article`."""
    chain = list(corpus.ancestors(doc_id, here.eid))
    unit = corpus.unit(doc_id, here.eid)
    if target.relative == "preceding-article" and unit is not None:
        units = [p for p in corpus.provisions[doc_id] if p.kind == unit.kind and p.start < unit.start]
        start = units[-1] if units else None
        chain = [start] if start else []
    if target.relative == "this-article" and unit is not None:
        chain = [unit]
    if not target.points:
        return corpus.law_of(doc_id, chain[0].eid)[1] if chain else ""
    for holder in chain:
        at = holder
        for number in target.points:
            child = next((c for c in corpus.children[doc_id, at.eid] if c.num.lower() == number.lower()), None)
            if child is None:
                break
            at = child
        else:
            return corpus.law_of(doc_id, at.eid)[1]
        if holder.kind in corpus.unit_kinds(doc_id):
            break
    if here.part in ("elucidation", "quoted"):
        law, eid = corpus.law_of(doc_id, here.eid)
        unit_eid = eid.removeprefix("elucidation__").split("__")[0]
        at_eid = unit_eid
        for number in target.points:
            child_eid = corpus._child(law, at_eid, number)
            if child_eid is None:
                return ""
            at_eid = child_eid
        return at_eid
    return ""


def instrument(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    """doc_id of the instrument that a tag names, or '' when it is not in the corpus."""
    value = tag.value
    if value.get("level") == "implemented":
        return corpus.documents[doc_id].implements
    if value.get("doc"):
        return str(value["doc"])
    if value.get("name") == "criminal-code":
        return _criminal_code(corpus, doc_id, str(value.get("age", "")))
    number = str(value.get("number") or value.get("number_short") or "")
    year = str(value.get("year") or value.get("year_short") or "")
    kind = str(value.get("kind", ""))
    for document in corpus.documents.values():
        path = document.akn_uri.strip("/").split("/")
        if (
            document.kind in LAWS
            and kind in path
            and document.number == number
            and (not year or str(document.year) == year)
            # Implementing rules share number and kind with their act.
            and document.kind != "regulation"
        ):
            return document.doc_id
    return ""


def _criminal_code(corpus: Corpus, doc_id: str, age: str) -> str:
    """The criminal code that a text means: the latest that existed when it was written; `age` may say old or new."""
    here = corpus.documents[doc_id]
    codes = sorted(
        (d for d in corpus.documents.values() if d.kind == "code" and d.language == "id"), key=lambda d: d.year
    )
    if not codes:
        return ""
    if age:
        return (codes[0] if age == "old" else codes[-1]).doc_id
    if here.kind == "article":
        return codes[0].doc_id
    earlier = [d for d in codes if d.year < here.year or (d.doc_id != here.doc_id and d.year <= here.year)]
    return (earlier[-1] if earlier else codes[0]).doc_id
