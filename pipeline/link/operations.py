"""What clauses do to the law: amend, insert, delete, repeal, keep in force until, replace a reference, commence.

An operation has a target (a provision of a law) and a date. An item of an amending act may do several things at once
(“paragraph (4) is amended, between (2) and (3) a paragraph (2a) is inserted, and the elucidation of (1) is amended”):
each verb takes the references that its clause names. What the words of a language for “elucidation of”, “so that it
reads” or “between” are, the macros of the pack say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.corpus import LAWS, Corpus
from pipeline.link.commencement import commencement, commencing_clauses
from pipeline.link.instruments import instrument, outside
from pipeline.link.resolve import unit_word
from pipeline.packs import expand, load_pack, load_structure
from pipeline.records import Citation, Operation, Provision, Tag

AMENDING = ("amend", "insert", "delete")
# A full stop that ends a sentence: not behind `No`, `Art`, `jo` or a letter standing alone (`R.A.`).
SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\bArt)(?<!\bSec)(?<!\b[Jj]o)(?<!\b[Jj]is)(?<!\b[A-Z])[.;][”\"]?\s+(?=[A-Z“\"])"
)
NEVER = re.compile(r"(?!)")
ANNOUNCED = re.compile(r"[^:\n]{0,80}:\s*")  # from `so that it` on: what follows is set out
LISTING = re.compile(r"[^.;:\n]{0,60}:")  # from a verb to the list that it opens
ELUCIDATION = "elucidation__"
JOINING = "when a party joins later: depends on its own instrument, which the text does not hold"


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language writes what stands around the verbs of a clause; a pattern that a pack lacks matches nothing."""

    elucidation: re.Pattern[str]  # what is named after it is the elucidation of a provision
    result: re.Pattern[str]  # what is named after it is not operated on, only set out
    unchanged: re.Pattern[str]  # ends a clause that leaves what it names as it is, but for the elucidation
    between: re.Pattern[str]  # what is named after it says where something is inserted
    identifies: re.Pattern[str]  # a reference behind it only identifies a law: “as amended by …”
    spares: re.Pattern[str]  # a reference behind it is expressly not operated on
    proviso: re.Pattern[str]  # opens a clause of its own within a sentence

    @classmethod
    def of(cls, jurisdiction: str) -> _Words:
        macros = load_pack(jurisdiction).macros

        def pattern(name: str, end: str = "") -> re.Pattern[str]:
            found = macros.get(name)
            return re.compile(f"(?:{expand(found, macros)}){end}", re.IGNORECASE) if found else NEVER

        return cls(
            elucidation=pattern("op_elucidation"),
            result=pattern("op_result"),
            unchanged=pattern("op_unchanged"),
            between=pattern("op_between"),
            identifies=pattern("op_identifies", "$"),
            spares=pattern("op_spares", "$"),
            proviso=pattern("op_proviso"),
        )


def operations(corpus: Corpus, doc_id: str, citations: list[Citation]) -> list[Operation]:
    """All operations of a document, in order, each with its targets and its date."""
    document = corpus.documents[doc_id]
    if document.kind not in LAWS and document.kind != "treaty":
        return []
    start = commencement(corpus, doc_id)
    words = _Words.of(document.jurisdiction)
    clauses = commencing_clauses(corpus, doc_id)
    commencing = {t.evidence_id for t in clauses}
    joining = {t.evidence_id for t in [t for t in clauses if t.value.get("counted_from") == "ratifications"][1:]}
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.eid, []).append(citation)
    everywhere = [_called(corpus, c) for c in citations]
    found: list[Operation] = []
    items: set[str] = set()
    for tag in corpus.tags[doc_id]:
        op = tag.value.get("op", "")
        if tag.label != "OPERATION" or tag.part not in ("body", "closing", "quoted"):
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
            # A clause that an amending act sets out counts where the act has none of its own.
            if tag.evidence_id in joining:  # a treaty's later clauses are about those who join it later
                found.append(replace(base, effective="", date_rule=JOINING))
            elif tag.evidence_id in commencing or tag.part != "quoted":
                found.append(base)
        elif op in AMENDING and tag.value.get("named") != "directly":
            if not corpus.amended(doc_id, tag.eid):
                continue
            if tag.part == "quoted":
                found += _deleted_in_place(corpus, base, tag)
            elif tag.eid not in items:
                items.add(tag.eid)
                found += _amendments(corpus, base, cited.get(tag.eid, []), words)
        elif op == "replace_reference":
            found += _replacements(corpus, base, tag, citations, words)
        elif op == "keep_in_force":
            found += _kept(corpus, base, tag, everywhere, words)
        else:
            found += [
                replace(base, target_doc=c.target_doc, target_eid=c.target_eid)
                for c in _targets(corpus, tag, everywhere, words)
            ]
    unique: dict[tuple[str, ...], Operation] = {}
    for operation in found:
        unique.setdefault(
            (operation.eid, operation.op, operation.target_doc, operation.target_eid, operation.new_eid), operation
        )
    return list(unique.values())


# --------------------------------------------------------------------------------- amending items


def _amendments(corpus: Corpus, base: Operation, cited: list[Citation], words: _Words) -> list[Operation]:
    """What an item of an amending act does, verb by verb, to what each verb names, else to what the item sets out."""
    doc_id = base.doc_id
    item = corpus.by_eid[doc_id, base.eid]
    children = corpus.children[doc_id, base.eid]
    text = corpus.text[doc_id]
    stop = children[0].start if children else item.end
    verbs = [t for t in corpus.tags_at[doc_id, base.eid] if t.label == "OPERATION" and t.start < stop]
    result = words.result.search(text, verbs[-1].end, stop)
    announced = (
        result is not None
        and bool(ANNOUNCED.fullmatch(text, result.end(), stop))
        and not any(c.part == "quoted" for c in children)
    )
    if not announced and _has_items(corpus, children):
        return []
    named = [
        c
        for c in cited
        if c.end <= (result.start() if result else stop)
        and c.target_doc in corpus.documents[doc_id].amends
        and (c.status in ("resolved", "omitted") or c.target_doc not in corpus.documents)
        and c.target_eid
        and not words.identifies.search(text[max(item.start, c.start - 90) : c.start])
    ]
    units, divisions = _set_out(corpus, doc_id, base.eid)
    inserted = {id(c) for t in verbs for c in _inserted(t, named)}
    made: list[Operation] = []
    opened = item.start
    host: Citation | None = None
    for tag in verbs:
        if tag.value.get("op") not in AMENDING:
            opened = tag.end
            continue
        here = replace(base, op=str(tag.value["op"]), page=tag.page, evidence_id=tag.evidence_id)
        clause = [c for c in named if opened <= c.start < tag.start and id(c) not in inserted]
        between = words.between.search(text, opened, tag.start) if here.op == "insert" else None
        hosts = [c for c in clause if not between or c.start < between.start()]
        host = hosts[-1] if hosts else host
        if tag.value.get("of") == "elucidation":
            after = [c for c in named if tag.end <= c.start and not text[tag.end : c.start].strip(" (")]
            if tag.value.get("names") == "after":
                after = [c for c in named if c.start >= tag.end]
            elif hosts and tag.value.get("names") != "after" and not after:
                after = _deepest(hosts)
            wanted = after or ([host] if host else [])
            made += [
                replace(here, target_doc=c.target_doc, target_eid=ELUCIDATION + c.target_eid) for c in _deepest(wanted)
            ]
        elif tag.value.get("points"):
            behind = [c for c in named if c.start >= tag.end]
            made += _new_points(corpus, here, tag, (hosts or behind)[:1], children)
        elif here.op == "insert":
            made += _insertions(corpus, here, tag, named, host, units, divisions)
        else:
            mark = words.elucidation.search(text, opened, tag.start)
            plain = [c for c in clause if not mark or c.start < mark.start()]
            explained = [c for c in clause if mark and c.start >= mark.start()]
            if mark and words.unchanged.search(text[opened : mark.start()]):
                plain, explained = [], explained or plain
            for c in _deepest(plain):
                headless = item.eid if announced and children and len(plain) == 1 else ""
                new = _new_eid(units, c) or _alone(children, c.target_eid, headless)
                made.append(replace(here, target_doc=c.target_doc, target_eid=c.target_eid, new_eid=new))
            made += [
                replace(here, target_doc=c.target_doc, target_eid=ELUCIDATION + c.target_eid)
                for c in _deepest(explained)
            ]
            if not clause:
                made += _unnamed(corpus, here, range(opened, tag.start), units, divisions)
        opened = tag.end
    return made


def _has_items(corpus: Corpus, children: list[Provision]) -> bool:
    """Whether what stands below an article are items of its own: paragraphs that are set out have quotation marks."""
    return any(
        c.part == "body" and c.kind not in corpus.unit_kinds(c.doc_id) and corpus.text[c.doc_id][c.start] not in '“"'
        for c in children
    )


Units = dict[tuple[str, str], Provision]


def _set_out(corpus: Corpus, doc_id: str, eid: str) -> tuple[Units, list[Provision]]:
    """(units, headings of divisions) that an item sets out; units by law and eid in it."""
    kinds = corpus.unit_kinds(doc_id)
    quoted = [p for p in corpus.descendants(doc_id, eid) if p.part == "quoted"]
    outer = [p for p in quoted if corpus.by_eid[doc_id, p.parent_eid].part != "quoted"]
    units = {
        corpus.law_of(doc_id, p.eid): p
        for p in quoted
        if p.kind in kinds and not any(a.kind in kinds and a.part == "quoted" for a in _above(corpus, p))
    }
    return units, [p for p in outer if p.kind not in kinds]


def _above(corpus: Corpus, provision: Provision) -> list[Provision]:
    return list(corpus.ancestors(provision.doc_id, provision.parent_eid))


def _inserted(tag: Tag, named: list[Citation]) -> list[Citation]:
    """The references that an insertion introduces: as many as it counts, from those that follow it."""
    count = tag.value.get("inserted_count")
    if tag.value.get("op") != "insert" or not count:
        return []
    return [c for c in named if c.start >= tag.end][: int(count)]


def _insertions(
    corpus: Corpus,
    here: Operation,
    tag: Tag,
    named: list[Citation],
    host: Citation | None,
    units: Units,
    divisions: list[Provision],
) -> list[Operation]:
    if divisions and not units:
        law = corpus.amended(here.doc_id, here.eid)
        return [replace(here, target_doc=law, target_eid=d.eid[len(here.eid) + 2 :], new_eid=d.eid) for d in divisions]
    wanted = _inserted(tag, named)
    if wanted:
        return [
            replace(here, target_doc=c.target_doc, target_eid=c.target_eid, new_eid=_new_eid(units, c)) for c in wanted
        ]
    made = []
    for (law, eid), unit in units.items():
        known = any(p.doc_id != here.doc_id and _earlier(corpus, p, here) for p in corpus.law_provisions[law, eid])
        in_omitted = unit.num in corpus.omitted.get(law, ())
        # What so many unnamed parts are put into was named before: “Section 9 is amended, and 2 points are added”.
        named_before = (
            tag.value.get("inserted_count")
            and host is not None
            and host.target_doc == law
            and (host.target_eid + "__").startswith(eid + "__")
        )
        op = "amend" if known or in_omitted or named_before else "insert"
        if tag.value.get("anew"):
            op = "insert"
        made.append(replace(here, op=op, target_doc=law, target_eid=eid, new_eid=unit.eid))
    return made


def _new_points(
    corpus: Corpus, here: Operation, tag: Tag, hosts: list[Citation], children: list[Provision]
) -> list[Operation]:
    """The paragraphs that a clause names as new, below what it says they are put into."""
    names = load_structure(corpus.documents[here.doc_id].jurisdiction).depth_names
    made = []
    for host in hosts:
        depth = min(host.target_eid.count("__"), len(names) - 1)
        for num in tag.value["nums"]:
            target = f"{host.target_eid}__{names[depth]}_{num}"
            made.append(replace(here, target_doc=host.target_doc, target_eid=target, new_eid=_alone(children, target)))
    return made


def _unnamed(
    corpus: Corpus, here: Operation, clause: range, units: Units, divisions: list[Provision]
) -> list[Operation]:
    """Targets of a verb whose clause names no provision: what the item sets out, a heading, or the law as such."""
    doc_id = here.doc_id
    if here.op == "delete":
        return []
    if units:
        return [replace(here, target_doc=law, target_eid=eid, new_eid=unit.eid) for (law, eid), unit in units.items()]
    law = corpus.amended(doc_id, here.eid)
    made = []
    for division in divisions:
        path = [
            f"{t.value['id']}_{t.value['num']}"
            for t in corpus.tags_at[doc_id, here.eid]
            if t.label == "DIVISION" and t.start in clause
        ]
        # “Part Two of Chapter IV”: the inner division is named first.
        eid = "__".join(reversed(path)) or division.eid[len(here.eid) + 2 :]
        made.append(replace(here, target_doc=law, target_eid=eid, new_eid=division.eid))
    if not made:
        whole = [
            instrument(corpus, doc_id, t)
            for t in corpus.tags_at[doc_id, here.eid]
            if t.label == "CITATION" and t.value.get("level") == "instrument" and t.start in clause
        ]
        made = [replace(here, target_doc=w, target_eid="") for w in whole[:1] if w]
    return made


def _new_eid(units: Units, citation: Citation) -> str:
    """The quoted provision that carries the new text of a target, or ''."""
    for (law, eid), unit in units.items():
        if law == citation.target_doc and (citation.target_eid + "__").startswith(eid + "__"):
            return unit.eid + citation.target_eid[len(eid) :]
    return ""


def _alone(children: list[Provision], target: str, headless: str = "") -> str:
    """The paragraph of an item, set out without its section, that carries the new text of a target, or ''.

    Of a whole article, whose paragraphs are set out without its heading, `headless`: the item.
    """
    _, below, last = target.rpartition("__")
    if not below:
        return headless
    number = last.rpartition("_")[2]
    return next((c.eid for c in children if c.part == "body" and c.num == number), "")


def _deepest(citations: Iterable[Citation]) -> list[Citation]:
    """Without those that others are part of: in “ayat (1) Pasal 9” the article only says whose paragraph it is."""
    found = list(citations)
    return [
        c
        for c in found
        if not any(
            o.target_doc == c.target_doc and o.target_eid.startswith(c.target_eid + "__") and o is not c for o in found
        )
    ]


def _deleted_in_place(corpus: Corpus, base: Operation, tag: Tag) -> list[Operation]:
    """A paragraph that an amending act sets out as nothing but “deleted”."""
    provision = corpus.by_eid[base.doc_id, base.eid]
    if tag.value.get("op") != "delete" or corpus.children[base.doc_id, base.eid]:
        return []
    text = corpus.text[base.doc_id]
    before, after = text[provision.start : tag.start], text[tag.end : provision.end]
    if len(re.findall(r"\w+", before)) > 2 or re.search(r"\w", after):
        return []
    law, eid = corpus.law_of(base.doc_id, base.eid)
    return [replace(base, target_doc=law, target_eid=eid, new_eid=base.eid)]


def _earlier(corpus: Corpus, provision: Provision, operation: Operation) -> bool:
    a, b = corpus.documents[provision.doc_id], corpus.documents[operation.doc_id]
    return (a.year, a.published or "") < (b.year, b.published or "")


# ----------------------------------------------------------------- repeals, transitions, references


def _scope(corpus: Corpus, tag: Tag, words: _Words) -> tuple[int, int, set[str]]:
    """(start, end of the sentence, provisions of the list) that a clause governs.

    A verb in the opening words of a list governs its points, as does one that closes the last point
    (“a. …; b. …, are repealed.”); points that have a verb of their own speak for themselves.
    """
    text = corpus.text[tag.doc_id]
    provision = corpus.by_eid[tag.doc_id, tag.eid]
    # What stands before, between or behind the points of a provision; a line may have been broken in a sentence.
    below = corpus.children[tag.doc_id, tag.eid]
    start = max([provision.start, *(c.end for c in below if c.end <= tag.start)])
    end = min([provision.end, *(c.start for c in below if c.start >= tag.end)])
    holder = provision
    siblings = corpus.children[tag.doc_id, provision.parent_eid]
    if (
        not below
        and len(siblings) > 1
        and siblings[-1].eid == provision.eid
        and not re.search(r"\w", text[tag.end : provision.end])
        and text[: tag.start].rstrip().endswith(",")
    ):
        holder = corpus.by_eid[tag.doc_id, provision.parent_eid]
    children = corpus.children[tag.doc_id, holder.eid]
    scope = {tag.eid}
    if children and text[holder.start : children[0].start].rstrip().endswith(":"):
        for child in children:
            inside = [p.eid for p in corpus.descendants(tag.doc_id, child.eid)]
            own = any(
                t.label == "OPERATION" and t.value.get("op") == tag.value.get("op") and t.start != tag.start
                for eid in inside
                for t in corpus.tags_at[tag.doc_id, eid]
            )
            if not own:
                scope |= set(inside)
    # Between the members of a list that the verb opens no stop ends it: `are repealed: Act 5; Act 7.`
    listing = LISTING.match(text, tag.end, end)
    stops = [*SENTENCE_END.finditer(text, start, end), *words.proviso.finditer(text, start, end)]
    for stop in sorted(stops, key=lambda m: m.start()):
        if stop.end() <= tag.start:
            start = stop.end()
        elif stop.start() >= tag.end and not (listing and stop.re is SENTENCE_END):
            end = stop.start()
            break
    return start, end, scope


def _governed(
    corpus: Corpus, tag: Tag, citations: list[Citation], words: _Words
) -> tuple[list[Citation], list[Citation]]:
    """(before the verb or in its list, behind the verb) the references that a clause governs, up to the next verb."""
    start, end, scope = _scope(corpus, tag, words)
    verbs = [t for t in corpus.tags_at[tag.doc_id, tag.eid] if t.label == "OPERATION" and start <= t.start < end]
    opened = max([t.end for t in verbs if t.end <= tag.start], default=start)
    closed = min([t.start for t in verbs if t.start >= tag.end], default=end)
    here = [c for c in citations if c.doc_id == tag.doc_id]
    listed = [c for c in here if c.eid in scope - {tag.eid}]
    before = [c for c in here if c.eid == tag.eid and opened <= c.start and c.end <= tag.start]
    after = [c for c in here if c.eid == tag.eid and tag.end <= c.start < closed]
    return [*listed, *before], after


def _targets(corpus: Corpus, tag: Tag, citations: list[Citation], words: _Words) -> list[Citation]:
    """What a clause of repeal or the like is about: what it names before its verb or in its list, else behind it."""
    text = corpus.text[tag.doc_id]
    own = corpus.law_of(tag.doc_id, tag.eid)[0]  # a quoted clause speaks as part of the law that it amends

    def meant(c: Citation) -> bool:
        before = text[max(0, c.start - 90) : c.start]
        return (
            bool(c.target_doc)
            and c.target_doc not in (tag.doc_id, own)
            and c.status in ("resolved", "omitted")
            # The acts by which a law was amended identify it; they are not what the clause is about.
            and not words.identifies.search(before)
            and not words.spares.search(before)
        )

    before, after = _governed(corpus, tag, citations, words)
    found = [c for c in before if meant(c)]
    if not found and (text[tag.end : tag.end + 1] == ":" or not before or tag.value.get("names") == "after"):
        found = [c for c in after if meant(c)]
    # A law named only to say whose articles are meant is not itself a target, be they in the text that was read or not.
    in_part = {c.target_doc for c in (*before, *after) if c.target_eid or re.match(r"\d", c.target_as_cited)}
    # Nor is one outside the corpus that is named behind articles: it says more of the law whose articles they are.
    articles = {c.eid: c.start for c in reversed(found) if c.target_eid}
    return [
        c
        for c in found
        if c.target_eid
        or (
            c.target_doc not in in_part
            and (c.target_doc in corpus.documents or c.start < articles.get(c.eid, c.start + 1))
        )
    ]


def _called(corpus: Corpus, c: Citation) -> Citation:
    """A reference to a law outside the corpus as if that were there: what a clause ends is known by it."""
    if c.status != "outside_corpus":
        return c
    tags = (t for t in corpus.tags_at[c.doc_id, c.eid] if t.label == "CITATION" and c.start <= t.start < c.end)
    named = next((t for t in tags if t.value.get("level") == "instrument"), None)
    several = named is not None and len(named.value.get("nums") or []) > 1
    number = re.search(r"(?<!\d)\d{1,6}$", c.instrument) if several else None
    law = outside(corpus, c.doc_id, named, number[0] if number else "") if named else ""
    numbers = c.target_as_cited.split() if c.target_as_cited[:1].isdigit() else []
    structure = load_structure(corpus.documents[c.doc_id].jurisdiction)
    unit = next((u for u in structure.units if u.kind == unit_word(c.text)), structure.units[0])
    names = ["para" if n[0].isdigit() else "point" for n in numbers[1:]] if structure.styles else structure.depth_names
    below = [f"{name}_{n}" for name, n in zip(names, numbers[1:], strict=False)]
    eid = "__".join([f"{unit.id}_{numbers[0]}", *below]) if numbers else ""
    return replace(c, target_doc=law, target_eid=eid, status="resolved") if law else c


def _kept(corpus: Corpus, base: Operation, tag: Tag, citations: list[Citation], words: _Words) -> list[Operation]:
    """A clause that keeps provisions alive; where it says until which law commences, they expire on that day."""
    targets = _targets(corpus, tag, citations, words)
    made = [replace(base, target_doc=c.target_doc, target_eid=c.target_eid) for c in targets]
    if tag.value.get("until") != "commencement":
        return made
    _, after = _governed(corpus, tag, citations, words)
    until = next((c.target_doc for c in after if c.target_doc in corpus.documents and not c.target_eid), "")
    if not until:
        return made
    start = commencement(corpus, until)
    rule = f"until {until} commences: {start.rule}"
    return [*made, *(replace(o, op="expire", effective=start.date, date_rule=rule) for o in made)]


def _replacements(
    corpus: Corpus, base: Operation, tag: Tag, citations: list[Citation], words: _Words
) -> list[Operation]:
    """References to a target are henceforth references to a provision of this document (`new_eid`)."""
    before, after = _governed(corpus, tag, citations, words)
    old = [c for c in before if c.eid == tag.eid and c.target_doc and c.target_doc != tag.doc_id and c.target_eid]
    new = [c for c in after if c.target_doc == tag.doc_id and c.target_eid and c.eid == tag.eid]
    return [
        replace(base, target_doc=o.target_doc, target_eid=o.target_eid, new_eid=n.target_eid) for o in old for n in new
    ]
