"""Links of references → citations with targets.

A tagged CITATION is one link (an article, a paragraph, an instrument). Links that only connecting words keep apart
form one reference; reading order and rank say how they combine: `Pasal 2 ayat (1) dan ayat (2)` is two targets,
`Pasal 2 sampai dengan Pasal 6` five, `paragraph (a) of Section 4 of Republic Act No. 9208` one.

A reference without an instrument means the law in which it stands (in a quoted provision, the law that is amended);
where that law has no such article, the instrument named next in the same sentence, else the one named before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline import numerals
from pipeline.corpus import LAWS, Corpus
from pipeline.packs import expand, load_pack, load_structure
from pipeline.records import Citation, Provision, Tag

RANK = {"article": 1, "para": 2, "letter": 3, "number": 4, "points": 2}
RULE = "link.citation"
REACH = 4000  # characters within which the words of one reference, and its instrument, stand
INSTRUMENTS = ("instrument", "self", "implemented")
RANGE = re.compile(
    r"(.+?)(?<!\s)\s*+(?:\bto\b|\bthrough\b|\bsampai\s+dengan\b|[-–](?=\s*(?:\d+\s?[A-Z]{0,2}|\([a-z\d]{1,3}\))$))\s*(.+)"
)
APPOSITION = re.compile(
    r"(?:[\s,(“\"‘–-]|\bas\s+amended\b|\botherwise\b|\balso\b|\bbetter\b|\bknown\b|\bas\b|\bthe\b|\bor\b"
    r"|\bselanjutnya\b|\bdisebut\b|\bdisingkat\b|\byang\b|\batau\b)+",
    re.IGNORECASE,
)
SAME = re.compile(r"(?:of\s+)?the\s+same\b", re.IGNORECASE)
# What follows the number of an act is its title; an instrument that a title names is not cited.
TITLE = re.compile(
    r"\s*+\(?[^()\n]{0,60}\)?\s*tentang\b[^();:.\n]*?"
    r"\b(?:perubahan|penetapan|pemberlakuan|pencabutan|pelaksanaan|menyatakan|berlakunya|mengubah|penambahan|perpanjangan)\b[^();:.\n]*",
    re.IGNORECASE,
)


@dataclass
class _Target:
    article: str = ""
    points: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    instrument: Tag | None = None
    relative: str = ""  # this-article | preceding-article | preceding-paragraph
    back: int = 1  # how many articles back `the preceding article` is
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
    named = [t for t in corpus.tags[doc_id] if t.label == "CITATION" and t.value.get("level") == "instrument"]
    for group in _groups(corpus, doc_id, gap):
        for target in _targets(group, corpus.text[doc_id], spans, of):
            if target.relative == "preceding-paragraph" and not _preceding_paragraph(corpus, doc_id, target.tags[0]):
                continue  # of a text whose paragraphs have no numbers
            found += _citations(corpus, doc_id, _with_instrument(corpus, doc_id, target, named))
    found = _redirected(corpus, doc_id, _without_appositions(corpus, doc_id, found))
    return sorted(found, key=lambda c: c.start)


def _without_appositions(corpus: Corpus, doc_id: str, found: list[Citation]) -> list[Citation]:
    """Without the second name of a law just cited: `Act No. 3815, otherwise known as the Revised Penal Code`."""
    text = corpus.text[doc_id]
    kept: list[Citation] = []
    for c in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and c.target_doc
            and c.status == "resolved"
            and not c.target_eid
            and not c.target_as_cited.isdigit()
            and last.target_doc == c.target_doc
            and last.eid == c.eid
            and APPOSITION.fullmatch(text[last.end : c.start])
        ):
            continue
        kept.append(c)
    return kept


def _with_instrument(corpus: Corpus, doc_id: str, target: _Target, named: Sequence[Tag]) -> _Target:
    """The target, with the instrument of its sentence where the law in which it stands has no such article."""
    here = target.tags[0]
    if not target.article or target.instrument is not None or target.relative or here.part == "preamble":
        return target
    own = _own_law(corpus, doc_id, here, target)
    if own not in corpus.documents:
        return target  # nobody knows which articles an amended law has that was not read
    if (own, target.article) in corpus.law_units or target.article in corpus.omitted.get(own, ()):
        word = _unit_word(here.text)
        kinds = {corpus.law_provisions[own, e][0].kind for e in corpus.law_units.get((own, target.article), [])}
        if not word or not kinds or word in kinds:
            return target
    text = corpus.text[doc_id]
    last = max(t.end for t in target.tags)
    k = bisect_left(named, last, key=lambda t: t.start)
    after = [t for t in named[k : k + 1] if t.start < last + REACH and _one_sentence(text[last : t.start])]
    k = bisect_right(named, here.start, key=lambda t: t.end)
    before = [
        t for t in named[max(0, k - 3) : k] if t.end > here.start - REACH and "\n" not in text[t.end : here.start]
    ]
    for tag in [*after, *reversed(before)]:
        law = instrument(corpus, doc_id, tag)
        if law == own:
            continue
        known = (law, target.article) in corpus.law_units or target.article in corpus.omitted.get(law, ())
        if known or (not law and _foreign(corpus, own, here.text)):
            return replace(target, instrument=tag)
    return target


def _unit_word(words: str) -> str:
    """Which kind of unit a link names: `Section 4` a section, `Article 3` an article; '' if neither."""
    lowered = words.lower()
    return "section" if lowered.startswith("sec") else "article" if lowered.startswith("art") else ""


def _foreign(corpus: Corpus, law: str, words: str) -> bool:
    """Whether a law is built of other units than those that a link names (sections, not articles)."""
    word = _unit_word(words)
    kinds = {p.kind for p in corpus.provisions.get(law, []) if p.kind in corpus.unit_kinds(law)}
    return bool(word and kinds and word not in kinds)


def _one_sentence(words: str) -> bool:
    return not re.search(r"[\n;]|(?<!\bNo)(?<!\bNos)(?<!\b[A-Z])\.\s+(?=[A-Z“\"(])", words)


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
        named = _named_above(corpus, doc_id, c, by_place)
        if named is None:
            out.append(c)
            continue
        law, words = named.target_doc, named.instrument
        if not law:
            out.append(replace(c, target_doc="", target_eid="", status="outside_corpus", instrument=words))
        else:
            numbers = c.target_as_cited.split()
            eid, whole = corpus.resolve(law, numbers[0], numbers[1:])
            omitted = not whole and numbers[0] in corpus.omitted.get(law, ())
            status = "resolved" if whole else "omitted" if omitted else "dangling"
            out.append(replace(c, target_doc=law, target_eid=eid, status=status, instrument=words))
    return out


def _named_above(corpus: Corpus, doc_id: str, c: Citation, by_place: dict[str, list[Citation]]) -> Citation | None:
    """The citation that names the other law of which a clause speaks; None when nothing names one."""
    provision = corpus.by_eid[doc_id, c.eid]
    for eid in (c.eid, provision.parent_eid):
        for other in by_place.get(eid, []):
            if other is c or (eid == c.eid and other.start >= c.start):
                continue
            if other.target_doc != doc_id:
                return other
            pointed = by_place.get(other.target_eid, []) if other.target_eid else []
            named = [p for p in pointed if p.target_doc != doc_id]
            if named:
                return named[0]
    return None


def _groups(corpus: Corpus, doc_id: str, gap: re.Pattern[str]) -> Iterator[list[Tag]]:
    """Runs of links in one provision with only connecting words between them."""
    group: list[Tag] = []
    text = corpus.text[doc_id]
    titled: Tag | None = None  # the instrument whose title may follow
    for tag in (t for t in corpus.tags[doc_id] if t.label == "CITATION"):
        if tag.value.get("level") == "implemented" and not _implemented(corpus, doc_id, tag):
            continue
        if tag.value.get("level") == "instrument":
            near = titled is not None and titled.eid == tag.eid and tag.start < titled.end + REACH
            if near and titled is not None and TITLE.fullmatch(text[titled.end : tag.start]):
                continue
            titled = tag
        if group and (
            tag.eid != group[-1].eid
            or tag.start > group[-1].end + REACH
            or "\n" in corpus.text[doc_id][group[-1].end : tag.start]
            or not gap.fullmatch(corpus.text[doc_id][group[-1].end : tag.start])
        ):
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def _implemented(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    """What `the Act` means in implementing rules, `the Convention` in its protocol or in the law that ratifies it."""
    meant = corpus.documents.get(corpus.documents[doc_id].implements)
    if meant is None or (tag.value.get("of", "act") == "treaty") != (meant.kind == "treaty"):
        return ""
    return meant.doc_id


def _paths(tag: Tag) -> list[tuple[list[str], bool]]:
    """The numbers of a link, each as a path (`9.1.a` → 9, 1, a), and whether a range joins it to the one before."""
    value = tag.value
    if value.get("ordinal"):
        return [([str(numerals.ordinal(value["ordinal"]))], False)]
    if value.get("from"):
        return [([value["from"]], False), ([value["to"]], True)]
    found: list[tuple[list[str], bool]] = []
    for number in value.get("nums") or ([value["num"]] if value.get("num") else []):
        ends = RANGE.fullmatch(str(number))
        for i, end in enumerate(ends.groups() if ends else (str(number),)):
            whole = end.replace(" ", "") if re.fullmatch(r"\d{1,2}\s\d{2}|\d+\s[A-Z]", end) else end
            found.append((re.findall(r"\w+(?:-[A-Z]\b)?", whole), i > 0))
    return found


def _each_instrument(tag: Tag) -> list[Tag]:
    """A tag for each instrument of a list (`Acts Nos. 277, 292 and 480`), else the tag."""
    numbers = tag.value.get("nums") or []
    if tag.value.get("level") != "instrument" or len(numbers) < 2:
        return [tag]
    named = tag.text[: tag.text.find(numbers[0])]
    return [replace(tag, text=f"{named}{n}", value={**tag.value, "number": n, "nums": [n]}) for n in numbers]


def _targets(group: list[Tag], text: str, spans: re.Pattern[str], of: re.Pattern[str]) -> list[_Target]:
    targets: list[_Target] = []
    group = [one for tag in group for one in _each_instrument(tag)]
    led: Tag | None = None  # the instrument that a colon opens: `Undang-Undang Dasar …: Pasal 5 dan Pasal 20`
    for i, tag in enumerate(group):
        between = text[group[i - 1].end : tag.start] if i else ""
        level = tag.value.get("level", "")
        if level in INSTRUMENTS:
            open_targets = [t for t in targets if t.instrument is None and t.relative != "preceding-paragraph"]
            listed = i > 0 and group[i - 1].start == tag.start
            if open_targets and not listed and (i == 0 or not _separate(between, of)):
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
                count = int(tag.value.get("back_count") or 1)
                targets += [_Target(relative=level, tags=[tag], back=n) for n in range(count, 0, -1)]
        elif level == "preceding-paragraph":
            targets.append(_Target(relative=level, tags=[tag]))
        elif level == "article":
            paths = _paths(tag)
            bare = [t for t in targets if not t.article and not t.relative and t.points and t.instrument is None]
            # `paragraph (b), Section 4 of this Act` is written from the inside out, too.
            if bare and (of.search(between) or re.fullmatch(r"\s*,?\s+", between)):
                for target in bare:
                    target.article = paths[0][0][0]
                    target.tags.append(tag)
                continue
            last = targets[-1] if targets else None
            # `Act 1524, section 4`; `Undang-Undang Dasar: Pasal 5`; but `…, Section 4 of this Act` names its own.
            leads = re.fullmatch(r"\s*:?\s*", between) or (
                re.fullmatch(r"\s*,\s*(?:series\s+of\s+\d{4}\s*,\s*)?", between)
                and not _names_its_own(group[i + 1 :], text, tag.end, of)
            )
            if leads and last and last.instrument and not last.article and not last.points:
                led = targets.pop().instrument
            for j, (path, ranged) in enumerate(paths):
                before = targets[-1] if targets else None
                spanned = ranged or (j == 0 and before is not None and bool(spans.search(between)))
                targets.append(
                    _Target(
                        path[0],
                        path[1:],
                        [RANK["points"]] * len(path[1:]),
                        tags=[tag],
                        instrument=led,
                        after=before.article if spanned and before else "",
                    )
                )
        elif level in RANK:
            postfixed = i > 0 and _postfixed(group, i, text, of)
            _points(targets, tag, level, between, spans, led, postfixed)
    return _filled(targets)


def _filled(targets: list[_Target]) -> list[_Target]:
    """Targets with what lies between two points of one article that each names it: `Sections 5(a) to 5(f)`."""
    out: list[_Target] = []
    for target in targets:
        before = out[-1] if out else None
        if target.after and before is not None and target.after == before.article == target.article:
            beside = before.points[:-1] == target.points[:-1] and before.points and target.points
            between = _range(before.points[-1], target.points[-1]) if beside else []
            out += [replace(target, points=[*target.points[:-1], n], after="") for n in between]
            target.after = ""
        out.append(target)
    return out


def _names_its_own(rest: list[Tag], text: str, end: int, of: re.Pattern[str]) -> bool:
    """Whether a reference names its instrument behind itself."""
    for tag in rest:
        if tag.value.get("level") in INSTRUMENTS:
            return not _separate(text[end : tag.start], of)
        end = tag.end
    return False


def _postfixed(group: list[Tag], i: int, text: str, of: re.Pattern[str]) -> bool:
    """Whether the article of a point comes behind it: `1` in `subdivision 4 of article 11 and 1 of article 12`."""
    if not re.search(r"\b(?:and|or|dan|atau)\b|,", text[group[i - 1].end : group[i].start]):
        return False
    end = group[i].end
    for tag in group[i + 1 :]:
        level = tag.value.get("level")
        between = text[end : tag.start]
        if level in ("article", "this-article", "preceding-article"):
            return bool(of.search(between)) and not re.search(r"\b(?:and|or|dan|atau)\b", between)
        if level not in RANK:
            return False
        end = tag.end
    return False


def _separate(between: str, of: re.Pattern[str]) -> bool:
    """Whether `, and the Revised Penal Code` starts a new reference rather than naming the law of the last one."""
    return bool(re.search(r"\b(?:dan|and|serta|atau|or)\b|,", between)) and not of.search(between)


def _points(
    targets: list[_Target],
    tag: Tag,
    level: str,
    between: str,
    spans: re.Pattern[str],
    led: Tag | None,
    postfixed: bool,
) -> None:
    """Add a link below article level: deeper into the last target, or beside it."""
    rank = RANK[level]
    joined = not re.search(r"\b(?:dan|and|atau|or|serta|dan/atau|and/or)\b", between)
    for j, (path, ranged) in enumerate(_paths(tag)):
        last = targets[-1] if targets else None
        spanned = ranged or (j == 0 and bool(spans.search(between)))
        open_last = last is not None and not last.relative and (last.instrument is led or level == "points")
        if last is not None and open_last and not (j == 0 and postfixed):
            kept = _beside(last, path, rank, level)
            if (
                kept is None
                and j == 0
                and (joined or last.tags[-1].value.get("level") == "article")
                and (last.article or last.points)
            ):
                last.points += path
                last.ranks += [rank] * len(path)
                last.tags.append(tag)
                continue
            if kept is not None:
                base, ranks = last.points[:kept], last.ranks[:kept]
                first = [last.tags[0]] if last.article and last.tags[0] is not tag else []
                between_ends = _range(last.points[-1], path[-1]) if spanned and last.points else []
                tail = path[:-1] if len(path) > 1 else []
                for number in between_ends:
                    points = [*base, *tail, number]
                    targets.append(
                        _Target(
                            last.article, points, [*ranks, *[rank] * (len(tail) + 1)], [*first, tag], last.instrument
                        )
                    )
                targets.append(
                    _Target(last.article, [*base, *path], [*ranks, *[rank] * len(path)], [*first, tag], last.instrument)
                )
                continue
        targets.append(_Target("", list(path), [rank] * len(path), [tag]))


def _beside(last: _Target, path: list[str], rank: int, level: str) -> int | None:
    """How many points of the last target a link beside it shares; None where the link is a level below them all."""
    if not last.points:
        return None
    if level != "points":
        return sum(1 for r in last.ranks if r < rank) if rank in last.ranks else None
    for k in range(len(last.points) - 1, -1, -1):
        if _style(last.points, k) == _style([*last.points[:k], path[0]], k):
            return k
    return None


def _style(points: list[str], k: int) -> str:
    """How a point is numbered. A single i, v or x is roman below a letter, else a letter."""
    number = points[k]
    if number.isdigit():
        return "digit"
    if len(number) > 1:
        return "roman" if set(number) <= set("ivx") else "double" if len(set(number)) == 1 else "letter"
    lettered = any(len(p) == 1 and p.isalpha() for p in points[:k])
    return "roman" if number in "ivx" and lettered else "letter"


def _range(first: str, last: str) -> list[str]:
    """Numbers strictly between two ends of a range."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 200:
        return [str(n) for n in range(int(first) + 1, int(last))]
    last = last.lower() if first.islower() else last
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
    when = _date(corpus, doc_id)
    unit = corpus.law_provisions[law, eid][0].num if (law, eid) in corpus.law_provisions else ""
    if any(_date(corpus, by) <= when for by in _deletions(corpus, law).get(unit, ())):
        return False
    return any(_date(corpus, p.doc_id) <= when for p in corpus.law_provisions.get((law, eid), []))


def _date(corpus: Corpus, doc_id: str) -> tuple[int, str]:
    document = corpus.documents[doc_id]
    return document.year, document.published or document.signed or "9"


@lru_cache(maxsize=64)
def _deletions(corpus: Corpus, law: str) -> dict[str, list[str]]:
    """Number of an article of a law → the acts that delete it whole (`40. Pasal 63 dihapus.`)."""
    found: dict[str, list[str]] = {}
    for document in corpus.documents.values():
        if law not in document.amends:
            continue
        for tag in corpus.tags[document.doc_id]:
            if tag.label != "OPERATION" or tag.value.get("op") != "delete" or tag.part != "body":
                continue
            links = [
                t for t in corpus.tags_at[document.doc_id, tag.eid] if t.label == "CITATION" and t.end <= tag.start
            ]
            if links and all(t.value.get("level") == "article" for t in links):
                for link in links:
                    for path, _ in _paths(link):
                        found.setdefault(path[0], []).append(document.doc_id)
    return found


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
        instrument=target.instrument.text if target.instrument is not None else "",
    )


def _own_law(corpus: Corpus, doc_id: str, here: Tag, target: _Target) -> str:
    """The law that a reference without an instrument means where it stands."""
    if here.part == "preamble":
        return doc_id
    if here.part in ("quoted", "elucidation"):
        return corpus.law_of(doc_id, here.eid)[0]
    amended = corpus.amended(doc_id, here.eid) if here.part == "body" and target.article not in ("I", "II") else ""
    return amended or doc_id


def _resolve(corpus: Corpus, doc_id: str, here: Tag, target: _Target) -> tuple[str, str, str]:
    """(document, eid, status) of what a reference means where it stands."""
    if target.instrument is not None and target.instrument.value.get("level") != "self":
        law = instrument(corpus, doc_id, target.instrument)
        if not law:
            return "", "", "outside_corpus"
    elif target.instrument is not None:
        law = _this_law(corpus, doc_id, here, target.instrument)
    else:
        law = _own_law(corpus, doc_id, here, target)
    if not target.article and target.points and not target.relative:
        article = _item_article(corpus, doc_id, here)
        if article:
            eid, whole = _descend(corpus, law, article, target)
            return law, eid, "resolved" if whole else "dangling"
    if target.relative or (target.points and not target.article):
        found = _relative(corpus, doc_id, here, target)
        return (law, found, "resolved") if found else (law, "", "dangling")
    if not target.article:
        return law, "", "resolved"
    eid, whole = _descend(corpus, law, target.article, target)
    if whole:
        return law, eid, "resolved"
    if not eid and target.article in corpus.omitted.get(law, ()):
        return law, _written_out(corpus, law, target), "omitted"
    if law not in corpus.documents:  # an amended law that is not in the corpus: what is meant is known all the same
        return law, _written_out(corpus, law, target, corpus.documents[doc_id].jurisdiction), "dangling"
    return law, eid, "dangling"


def _descend(corpus: Corpus, law: str, article: str, target: _Target) -> tuple[str, bool]:
    """(eid, whether all of it was found) of an article and its points in a law."""
    units = corpus.law_units.get((law, article), [])
    if not units:
        return "", False
    word = next((w for t in target.tags if (w := _unit_word(t.text))), "")
    fitting = [u for u in units if not word or corpus.law_provisions[law, u][0].kind == word]
    eid = (fitting or units)[0]
    for i, number in enumerate(target.points):
        child = _below(corpus, law, eid, number, target.ranks[i] if i < len(target.ranks) else 0)
        if child is None:
            # The second paragraph of an article whose paragraphs have no numbers is that article.
            lines = corpus.words(corpus.law_provisions[law, eid][0]).strip().count("\n") + 1
            bare = not any(corpus.children[p.doc_id, p.eid] for p in corpus.law_provisions[law, eid])
            return eid, i == len(target.points) - 1 and bare and number.isdigit() and 1 < int(number) <= lines
        eid = child
    return eid, True


def _below(corpus: Corpus, law: str, eid: str, number: str, rank: int) -> str | None:
    """The provision of that number below another: its child, else the only one of that number further down.

    `huruf a` of an article whose only paragraph has no number, `No. 4` of an article whose points stand below an
    unnamed paragraph. A number that the reference calls a point is no paragraph.
    """
    deeper: list[str] = []
    for provision in corpus.law_provisions.get((law, eid), []):
        for below in list(corpus.descendants(provision.doc_id, provision.eid))[1:]:
            if below.num.lower() != number.lower() or below.part != provision.part:
                continue
            if not _is_called(corpus, below, rank):
                continue
            found = corpus.law_of(below.doc_id, below.eid)[1]
            if below.parent_eid == provision.eid:
                return found
            if found not in deeper:
                deeper.append(found)
    return deeper[0] if len(deeper) == 1 else None


def _written_out(corpus: Corpus, law: str, target: _Target, jurisdiction: str = "") -> str:
    """The eid of a provision that was not read, from the numbers in the reference alone."""
    structure = load_structure(jurisdiction or corpus.documents[law].jurisdiction)
    if structure.styles:
        kinds = ["para" if rank == RANK["para"] else "point" for rank in target.ranks]
    else:
        kinds = structure.depth_names
    points = [f"{kind}_{number}" for kind, number in zip(kinds, target.points, strict=False)]
    kinds_there = {p.kind for p in corpus.provisions.get(law, [])}
    unit = next((u for u in structure.units if u.kind in kinds_there), structure.units[0])
    return "__".join([f"{unit.id}_{target.article}", *points])


def _item_article(corpus: Corpus, doc_id: str, here: Tag) -> str:
    """The article that an item of an amending act sets out: `ditambah 1 (satu) ayat, yakni ayat (3)` means its."""
    if here.part != "body" or not corpus.amended(doc_id, here.eid):
        return ""
    kinds = corpus.unit_kinds(doc_id)
    quoted = [p for p in corpus.children[doc_id, here.eid] if p.kind in kinds and p.part == "quoted"]
    if quoted:
        return quoted[0].num
    # `Ketentuan Pasal 5 tetap dengan perubahan penjelasan ayat (1)`: the article named before in the item.
    before = [
        t
        for t in corpus.tags_at[doc_id, here.eid]
        if t.label == "CITATION" and t.value.get("level") == "article" and t.end <= here.start
    ]
    return _paths(before[-1])[-1][0][0] if before else ""


def _this_law(corpus: Corpus, doc_id: str, here: Tag, named: Tag) -> str:
    """What `this Act` is: in implementing rules, which are no act, the one that they carry out."""
    document = corpus.documents[doc_id]
    if document.kind == "regulation" and document.implements and named.text.lower() == "this act":
        return document.implements
    if document.kind == "amending-act" and here.part == "body" and SAME.match(named.text):
        # The act that was amended in the section before.
        before = [t for t in corpus.tags[doc_id] if t.label == "CITATION" and t.end <= here.start]
        laws = [instrument(corpus, doc_id, t) for t in before if t.value.get("level") == "instrument"]
        return next((law for law in reversed(laws) if law in document.amends), document.amends[0])
    return corpus.law_of(doc_id, here.eid)[0] if here.part == "quoted" else doc_id


def _is_called(corpus: Corpus, provision: Provision, rank: int) -> bool:
    """Whether a provision is of the kind that a link of that rank names (ayat, huruf, angka)."""
    wanted = {RANK["para"]: "para", RANK["letter"]: "point", RANK["number"]: "point"}.get(rank)
    named = load_structure(corpus.documents[provision.doc_id].jurisdiction).styles
    return not named or wanted is None or provision.kind == wanted


def _preceding_paragraph(corpus: Corpus, doc_id: str, here: Tag) -> str:
    """eid of `the preceding paragraph`, `ayat yang lalu`: the numbered one before the one that says so; '' if none."""
    named = load_structure(corpus.documents[doc_id].jurisdiction).styles
    for provision in corpus.ancestors(doc_id, here.eid):
        if provision.kind in corpus.unit_kinds(doc_id):
            return ""
        if named and provision.kind != "para":
            continue
        if not named and "\n" in corpus.text[doc_id][provision.start : here.start]:
            return ""  # the paragraph before is one without a number
        siblings = [p for p in corpus.children[doc_id, provision.parent_eid] if p.start < provision.start]
        return corpus.law_of(doc_id, siblings[-1].eid)[1] if siblings else ""
    return ""


def _relative(corpus: Corpus, doc_id: str, here: Tag, target: _Target) -> str:
    """eid of a reference that names no article: `ayat (1)`, `huruf a`, `paragraph 1 of this article`."""
    if target.relative == "preceding-paragraph":
        return _preceding_paragraph(corpus, doc_id, here)
    chain = list(corpus.ancestors(doc_id, here.eid))
    unit = corpus.unit(doc_id, here.eid)
    if target.relative == "preceding-article" and unit is not None:
        units = [p for p in corpus.provisions[doc_id] if p.kind == unit.kind and p.start < unit.start]
        chain = [units[-target.back]] if len(units) >= target.back else []
    if target.relative == "this-article" and unit is not None:
        chain = [unit]
    if not target.points:
        return corpus.law_of(doc_id, chain[0].eid)[1] if chain else ""
    for holder in chain:
        at = holder
        for number, rank in zip(target.points, target.ranks, strict=True):
            below = corpus.children[doc_id, at.eid]
            child = next((c for c in below if c.num.lower() == number.lower() and _is_called(corpus, c, rank)), None)
            if child is None:
                break
            at = child
        else:
            return corpus.law_of(doc_id, at.eid)[1].removeprefix("elucidation__")
        if holder.kind in corpus.unit_kinds(doc_id):
            break
    # Further down than the numbers say, or in the article as the amended law has it.
    if not chain:
        return ""
    whole = next((p for p in chain if p.kind in corpus.unit_kinds(doc_id)), chain[-1])
    law, at_eid = corpus.law_of(doc_id, whole.eid)
    at_eid = at_eid.removeprefix("elucidation__")
    for number, rank in zip(target.points, target.ranks, strict=True):
        child_eid = _below(corpus, law, at_eid, number, rank)
        if child_eid is None:
            return ""
        at_eid = child_eid
    return at_eid


def instrument(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    """doc_id of the instrument that a tag names, or '' when it is not in the corpus."""
    value = tag.value
    if value.get("level") == "implemented":
        return _implemented(corpus, doc_id, tag)
    if value.get("doc"):
        return str(value["doc"])
    if value.get("name") == "criminal-code":
        return _criminal_code(corpus, doc_id, str(value.get("age", "")))
    if value.get("title"):
        return _by_title(corpus, doc_id, str(value["title"]))
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
            and not (document.kind == "regulation" and document.implements)
        ):
            return document.doc_id
    # A law that is amended here, and is not in the corpus, is called by what its title says of it.
    called = re.compile(rf"[a-z]+-{re.escape(kind)}-{re.escape(number)}(?:-{re.escape(year)})?" if number else "(?!)")
    amended = (d for d in corpus.documents[doc_id].amends if d not in corpus.documents)
    return next((d for d in amended if called.fullmatch(d)), "")


def _by_title(corpus: Corpus, doc_id: str, title: str) -> str:
    """The document with that title or short name (of the same jurisdiction, a treaty, or any for a paper), or ''."""
    here = corpus.documents[doc_id]
    said = _plain(title)
    for document in [here, *corpus.documents.values()]:
        if here.kind != "article" and document.jurisdiction not in (here.jurisdiction, "int"):
            continue
        for name in (document.title, document.title_en, *document.short_names):
            plain = _plain(name)
            if plain and re.fullmatch(
                rf"{re.escape(plain)}(?: of \d{{4}}| (?:and|or|with|which|dan|serta)\b.*)?", said
            ):
                return document.doc_id
    return ""


def _plain(title: str) -> str:
    """A title without what writers vary: case, marks, articles."""
    return " ".join(w for w in re.findall(r"[\w-]+", title.lower()) if w != "the")


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
