"""References → provisions: where the numbers of a reference stand in the law that is meant.

Reads   the provisions of all laws, as amended; the tags around a reference that names no article.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.corpus import Corpus
from pipeline.link.instruments import instrument, this_law
from pipeline.link.references import RANK, Target, numbers_of
from pipeline.packs import load_structure
from pipeline.records import Provision, Tag


def resolve(corpus: Corpus, doc_id: str, here: Tag, target: Target) -> tuple[str, str, str]:
    """(document, eid, status) of what a reference means where it stands."""
    if target.instrument is None:
        law = own_law(corpus, doc_id, here, target)
    elif target.instrument.value.get("level") == "self":
        law = this_law(corpus, doc_id, here, target.instrument)
    else:
        law = instrument(corpus, doc_id, target.instrument)
    if not law:
        return "", "", "outside_corpus"
    if not target.article and target.points and not target.relative:
        article = _item_article(corpus, doc_id, here)
        if article:
            eid, whole = _descend(corpus, law, article, target)
            if not whole and law not in corpus.documents:
                eid = _written_out(corpus, law, replace(target, article=article), corpus.documents[doc_id].jurisdiction)
            return law, eid, "resolved" if whole else "dangling"
    before = _numbered_before(corpus, doc_id, here, target)
    if before:
        target = replace(target, relative="", article=before)
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


def own_law(corpus: Corpus, doc_id: str, here: Tag, target: Target) -> str:
    """The law that a reference without an instrument means where it stands."""
    if here.part == "preamble":
        return doc_id
    if here.part in ("quoted", "elucidation"):
        return corpus.law_of(doc_id, here.eid)[0]
    amended = corpus.amended(doc_id, here.eid) if here.part == "body" and target.article not in ("I", "II") else ""
    return amended or doc_id


def unit_word(words: str) -> str:
    """Which kind of unit a link names: `Section 4` a section, `Article 3` an article; '' if neither."""
    lowered = words.lower()
    return "section" if lowered.startswith("sec") else "article" if lowered.startswith("art") else ""


def _numbered_before(corpus: Corpus, doc_id: str, here: Tag, target: Target) -> str:
    """The number of `the preceding article` in one that an amending act sets out; '' where it does not say."""
    unit = corpus.unit(doc_id, here.eid) if target.relative == "preceding-article" and here.part == "quoted" else None
    return str(int(unit.num) - target.back) if unit is not None and re.fullmatch(r"[0-9]{1,5}", unit.num) else ""


def _descend(corpus: Corpus, law: str, article: str, target: Target) -> tuple[str, bool]:
    """(eid, whether all of it was found) of an article and its points in a law."""
    units = corpus.numbered(law, article)
    pointed = re.fullmatch(r"([0-9]+)([a-z])", article)
    if not units and pointed:  # `Section 4a` of a law that has none: paragraph (a) of section 4
        return _descend(
            corpus, law, pointed[1], replace(target, points=[pointed[2], *target.points], ranks=[0, *target.ranks])
        )
    if not units:
        return "", False
    word = next((w for t in target.tags if (w := unit_word(t.text))), "")
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
    for provision, place in corpus.alone(law, eid):
        if provision.num.lower() == number.lower() and _is_called(corpus, provision, rank):
            return place
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


def _written_out(corpus: Corpus, law: str, target: Target, jurisdiction: str = "") -> str:
    """The eid of a provision that was not read, from the numbers in the reference alone."""
    structure = load_structure(jurisdiction or corpus.documents[law].jurisdiction)
    if structure.styles:
        kinds = ["para" if rank == RANK["para"] else "point" for rank in target.ranks]
    else:
        kinds = structure.depth_names
    points = [f"{kind}_{number}" for kind, number in zip(kinds, target.points, strict=False)]
    kinds_there = {p.kind for p in corpus.provisions.get(law, [])}
    said = {unit_word(t.text) for t in target.tags}
    unit = next((u for u in structure.units if u.kind in (kinds_there or said)), structure.units[0])
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
    return numbers_of(before[-1])[-1].path[0] if before else ""


def _is_called(corpus: Corpus, provision: Provision, rank: int) -> bool:
    """Whether a provision is of the kind that a link of that rank names (ayat, huruf, angka)."""
    wanted = {RANK["para"]: "para", RANK["letter"]: "point", RANK["number"]: "point"}.get(rank)
    named = load_structure(corpus.documents[provision.doc_id].jurisdiction).styles
    return not named or wanted is None or provision.kind == wanted


def preceding_paragraph(corpus: Corpus, doc_id: str, here: Tag, back: int = 1) -> str:
    """eid of `the preceding paragraph`, `ayat yang lalu`: the numbered one so many before the one that says so.

    '' if there is none.
    """
    named = load_structure(corpus.documents[doc_id].jurisdiction).styles
    for provision in corpus.ancestors(doc_id, here.eid):
        if provision.kind in corpus.unit_kinds(doc_id):
            return ""
        if named and provision.kind != "para":
            continue
        if not named and "\n" in corpus.text[doc_id][provision.start : here.start]:
            return ""  # the paragraph before is one without a number
        siblings = [p for p in corpus.children[doc_id, provision.parent_eid] if p.start < provision.start]
        return corpus.law_of(doc_id, siblings[-back].eid)[1] if len(siblings) >= back else ""
    return ""


def _beside(corpus: Corpus, unit: Provision, target: Target) -> list[Provision]:
    """[The article so many before or behind another]; [] if there is none.

    An article with a letter was inserted: those without one were written when it was not there, and do not count it.
    """
    units = [
        p
        for p in corpus.provisions[unit.doc_id]
        if p.kind == unit.kind and (not _inserted(p.num) or _inserted(unit.num))
    ]
    steps = 1 if target.relative == "following-article" else -target.back
    at = next(i for i, p in enumerate(units) if p.start == unit.start) + steps
    return [units[at]] if 0 <= at < len(units) else []


def _inserted(number: str) -> bool:
    """Whether the number of an article has a letter behind its digits (28A, 4-A)."""
    return number[:1].isdigit() and not number.isdigit()


def _relative(corpus: Corpus, doc_id: str, here: Tag, target: Target) -> str:
    """eid of a reference that names no article: `ayat (1)`, `huruf a`, `paragraph 1 of this article`."""
    if target.relative == "preceding-paragraph":
        return preceding_paragraph(corpus, doc_id, here, target.back)
    chain = list(corpus.ancestors(doc_id, here.eid))
    unit = corpus.unit(doc_id, here.eid)
    if target.relative in ("preceding-article", "following-article") and unit is not None:
        chain = _beside(corpus, unit, target)
    if target.relative == "this-article" and unit is not None:
        chain = [unit]
    if not target.points:
        return corpus.law_of(doc_id, chain[0].eid)[1].removeprefix("elucidation__") if chain else ""
    if found := _nearest(corpus, doc_id, chain, target):
        return found
    # Further down than the numbers say, or in the article as the amended law has it.
    if not chain:
        return ""
    whole = next((p for p in chain if p.kind in corpus.unit_kinds(doc_id)), chain[-1])
    law, at_eid = corpus.law_of(doc_id, whole.eid)
    at_eid = at_eid.removeprefix("elucidation__")
    if corpus.set_alone(doc_id, here.eid):
        law, place = corpus.law_of(doc_id, here.eid)
        at_eid = place.partition("__")[0]
    for number, rank in zip(target.points, target.ranks, strict=True):
        child_eid = _below(corpus, law, at_eid, number, rank)
        if child_eid is None:
            # `sub-paragraph a of this article`, said in a paragraph of which it is a part.
            own = target.relative == "this-article"
            return _nearest(corpus, doc_id, list(corpus.ancestors(doc_id, here.eid)), target) if own else ""
        at_eid = child_eid
    return at_eid


def _nearest(corpus: Corpus, doc_id: str, holders: list[Provision], target: Target) -> str:
    """eid of the points of a target below the first of `holders` that has them, an article at most; '' if none has."""
    for holder in holders:
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
    return ""
