"""Stage 5: tags and links → comparison tables (pandas).

Reads   processed/1-text … 4-links.
Writes  processed/5-tables/*.csv, with the columns of the schemas below.
Counts and sets side by side; judges nothing (that is `gaps`). Every row carries evidence ids; evidence.csv resolves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import link, records
from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import InForce
from pipeline.packs import load_pack, vocabulary
from pipeline.records import Column, Offence, Provision, TableSchema, Tag, columns_of
from pipeline.tag import Locator

PROVISION_RULE = "parse.provision"
OPENING = 240  # characters shown of a provision that is evidence as a whole
ELEMENTS = ("ACT", "MEANS", "PURPOSE")
# The statuses of a cell: never may the first two be taken for a finding about the law.
FOUND, NOT_FOUND, NOT_LOOKED_FOR = "found", "not found", "not looked for"

_C = Column
COMMON_EVIDENCE = records.COMMON["evidence_id"]
SCHEMAS: dict[str, TableSchema] = {
    s.name: s
    for s in (
        TableSchema(
            "documents",
            "Documents read",
            (
                *columns_of(
                    records.Document,
                    {
                        "akn_uri": "Akoma Ntoso work URI",
                        "kind": "constitution, act, amending-act, ratification, code, decree, regulation, treaty, article",
                        "number": "official number",
                        "year": "year of the number",
                        "title": "title in the language of the document",
                        "title_en": "title in English",
                        "short_names": "names other texts use",
                        "language": "ISO 639",
                        "signed": "date signed or adopted",
                        "published": "date of promulgation or publication",
                        "amends": "documents it amends",
                        "implements": "act that these rules carry out",
                        "official_urls": "where the official text is",
                        "gazette": "gazette reference",
                        "articles": "articles of the official text",
                        "quoted": "provisions that the act sets out anew",
                        "omits": "articles that the edition read leaves out",
                        "checked": "how far the digest was checked: official, secondary, unchecked",
                        "notes": "doubts and what could not be verified",
                        "edition": "digest or official",
                        "file": "file that was read",
                        "sha256": "hash of that file",
                        "pages": "pages read",
                        "characters": "length of the canonical text",
                    },
                ),
                _C("in_force_from", "date", "computed day of commencement; empty: cannot be computed from the corpus"),
                _C("commencement_rule", "string", "how the day was computed"),
                _C("in_force", "string", "yes, no or unknown on params.as_of"),
                _C("evidence_id", "string", "the commencement clause"),
            ),
            ("doc_id",),
        ),
        TableSchema(
            "provisions",
            "Provisions",
            (
                *columns_of(
                    Provision,
                    {"parent_eid": "provision that contains it", "kind": "article, section, para, point, …", "num": "its number",
                     "heading": "its heading"},
                ),
                _C("law", "string", "law that the text belongs to (for a quoted provision, the amended law)"),
                _C("law_eid", "string", "its id in that law"),
                _C("in_force", "string", "yes, no or unknown on params.as_of"),
                _C("evidence_id", "string", COMMON_EVIDENCE),
            ),
            ("doc_id", "eid"),
        ),
        TableSchema(
            "citations",
            "Citations",
            columns_of(
                records.Citation,
                {"target_doc": "document cited; empty: outside the corpus", "target_eid": "provision cited; empty: the whole document",
                 "target_as_cited": "numbers as written", "status": "resolved, omitted (left out of the edition), outside_corpus, dangling"},
            ),
        ),
        TableSchema(
            "penalties",
            "Sanctions, one a row",
            (
                *(_C(n, t, records.COMMON.get(n, "")) for n, t in (
                    ("doc_id", "string"), ("eid", "string"), ("prison_min_months", "integer"), ("prison_max_months", "integer"),
                    ("life", "boolean"), ("death", "boolean"), ("fine_min", "integer"), ("fine_max", "integer"),
                    ("fine_category_min", "string"), ("fine_category_max", "string"), ("currency", "string"), ("conjunction", "string"),
                )),
                _C("relative", "string", "a penalty defined by another: same, plus 1/3, fine x3, one degree higher"),
                _C("subject", "string", records.COMMON["subject"]),
                _C("penalty_name", "string", "penalty called by name (reclusion temporal)"),
                _C("law", "string", "law that the text belongs to"),
                _C("law_eid", "string", "its id in that law"),
                _C("part", "string", records.COMMON["part"]),
                _C("in_force", "string", "yes, no or unknown on params.as_of"),
                _C("evidence_id", "string", COMMON_EVIDENCE),
            ),
        ),
        TableSchema(
            "elements",
            "Palermo elements, one term a row",
            (
                _C("doc_id", "string", records.COMMON["doc_id"]), _C("eid", "string", records.COMMON["eid"]),
                _C("element", "string", "act, means or purpose"), _C("concept", "string", "key of the vocabulary"),
                _C("term", "string", "the statute's words"), _C("in_force", "string", "yes, no or unknown on params.as_of"),
                _C("evidence_id", "string", COMMON_EVIDENCE),
            ),
        ),
        TableSchema(
            "offences",
            "Offences joined to their penalties",
            columns_of(
                Offence,
                {"conduct": "concepts of the conduct", "victim": "child, or any", "elements": "Palermo elements of the conduct",
                 "inherited": "concepts taken over from a provision that the conduct names as its object: concept by citation (key of evidence.csv)",
                 "penalty_eids": "where the sanction stands", "aggravations": "aggravating circumstances and relative penalties",
                 "in_force": "yes, no or unknown on params.as_of"},
            ),
        ),
        TableSchema(
            "operations",
            "What clauses do to the law",
            columns_of(
                records.Operation,
                {"op": "amend, insert, delete, repeal, replace_reference, keep_in_force, commence", "target_doc": "law concerned",
                 "target_eid": "provision concerned; empty: all of it", "new_eid": "provision of doc_id that carries the new text",
                 "effective": "day, computed; empty: cannot be computed", "date_rule": "how the day was computed"},
            ),
        ),
        TableSchema(
            "versions",
            "Every unit's versions in time",
            columns_of(
                records.Version,
                {"law": "law", "source_doc": "document whose text applies", "source_eid": "provision of it",
                 "operation": "what brought (or ended) the version", "current": "yes, no or unknown on params.as_of"},
            ),
        ),
        TableSchema(
            "palermo_matrix",
            "Palermo Protocol art 3: elements × instruments",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("doc_id", "string", "instrument (where the text stands)"),
                _C("element", "string", "act, means, purpose or rule"), _C("concept", "string", "key of the vocabulary"),
                _C("label", "string", "preferred term"), _C("status", "string", "found, not found, not looked for"),
                _C("provisions", "list", "where"), _C("terms", "list", "the statute's words"), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("jurisdiction", "doc_id", "concept"),
        ),
        TableSchema(
            "conduct_matrix",
            "Conducts × jurisdictions",
            (
                _C("concept", "string", "key of the vocabulary"), _C("label", "string", "preferred term"),
                _C("jurisdiction", "string", "code of the pack"), _C("status", "string", "found, not found, not looked for"),
                _C("offences", "integer", "offences in force"), _C("child_offences", "integer", "of these, with a child as victim"),
                _C("instruments", "list", "documents"), _C("provisions", "list", "where the conduct is described"),
                _C("prison_max_months", "integer", "highest maximum, months"), _C("life", "boolean", "life imprisonment possible"),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("concept", "jurisdiction"),
        ),
        TableSchema(
            "penalty_comparison",
            "Offences in force and their penalties, side by side",
            (
                _C("concept", "string", "conduct"), _C("label", "string", "preferred term"), _C("jurisdiction", "string", "code of the pack"),
                _C("doc_id", "string", records.COMMON["doc_id"]), _C("eid", "string", "provision that describes the conduct"),
                _C("penalty_eids", "list", "where the sanction stands"), _C("victim", "string", "child or any"),
                _C("prison_min_months", "integer", records.COMMON["prison_min_months"]), _C("prison_max_months", "integer", records.COMMON["prison_max_months"]),
                _C("life", "boolean", records.COMMON["life"]), _C("death", "boolean", records.COMMON["death"]),
                _C("fine_min", "integer", records.COMMON["fine_min"]), _C("fine_max", "integer", records.COMMON["fine_max"]),
                _C("currency", "string", "ISO 4217"), _C("conjunction", "string", records.COMMON["conjunction"]),
                _C("subject", "string", records.COMMON["subject"]), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
        ),
        TableSchema(
            "protection",
            "Protection of victims: preventive, repressive, rehabilitative",
            (
                _C("form", "string", "form of protection, as the paper divides it"), _C("concept", "string", "key of the vocabulary"),
                _C("label", "string", "preferred term"), _C("jurisdiction", "string", "code of the pack"),
                _C("status", "string", "found, not found, not looked for"), _C("provisions", "list", "where"),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("concept", "jurisdiction"),
        ),
        TableSchema(
            "coercion",
            "The paper's Table 1 rebuilt: direct and indirect coercion",
            (
                _C("doc_id", "string", "the paper"), _C("column", "string", "heading of the paper's column"), _C("cell", "string", "the paper's cell"),
                _C("concept", "string", "concept that the cell's words map to; empty: none"), _C("jurisdiction", "string", "code of the pack"),
                _C("status", "string", "found, not found, not looked for"), _C("provisions", "list", "where the law has it"),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
        ),
        TableSchema(
            "trafficking_modes",
            "The paper's Table 2 rebuilt: conventional and cyber trafficking",
            (
                _C("doc_id", "string", "the paper"), _C("aspect", "string", "row of the paper's table"), _C("mode", "string", "heading of the paper's column"),
                _C("cell", "string", "the paper's cell"), _C("concept", "string", "concept in the cell; empty: none"),
                _C("jurisdiction", "string", "code of the pack"), _C("status", "string", "found, not found, not looked for"),
                _C("provisions", "list", "where the law has it"), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
        ),
        TableSchema(
            "fragmentation",
            "How many instruments it takes to cover the conducts",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("conducts", "integer", "conducts found in offences in force"),
                _C("instruments", "integer", "instruments that hold them"), _C("fewest_instruments", "integer", "fewest instruments that together cover them all"),
                _C("cover", "list", "such a set of instruments"), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("jurisdiction",),
        ),
        TableSchema(
            "notices",
            "What the stages want a reader to know",
            columns_of(records.Notice, {"stage": "stage", "rule": "kind of notice", "before": "what stood there", "after": "what it is now, or context"}),
        ),
        TableSchema(
            "evidence",
            "Evidence: what each id points to",
            (
                _C("evidence_id", "string", "document@start-end~rule"), _C("doc_id", "string", records.COMMON["doc_id"]), _C("edition", "string", "digest or official"),
                _C("page", "integer", records.COMMON["page"]), _C("eid", "string", records.COMMON["eid"]), _C("start", "integer", records.COMMON["start"]),
                _C("end", "integer", records.COMMON["end"]), _C("rule_id", "string", "rule of a pack, or step of the pipeline"), _C("text", "string", "the words"),
            ),
            ("evidence_id",),
        ),
    )
}  # fmt: skip


def run(text: Path, provisions: Path, tags: Path, links_folder: Path, out: Path, params: dict[str, Any]) -> None:
    """Build all comparison tables into `out` (a new folder)."""
    corpus = Corpus(text, provisions, tags)
    links = link.load(links_folder)
    in_force = InForce(corpus, links.versions)
    notices = [
        n for folder in (text, provisions) for n in records.read_jsonl(folder / "notices.jsonl", records.Notice)
    ] + links.notices
    tables: dict[str, list[dict[str, Any]]] = {
        "documents": _documents(corpus, links),
        "provisions": _provisions(corpus, in_force),
        "citations": records.rows_of(links.citations),
        "penalties": _penalties(corpus, links, in_force),
        "elements": _elements(corpus, in_force),
        "offences": records.rows_of(links.offences),
        "operations": records.rows_of(links.operations),
        "versions": records.rows_of(links.versions),
        "palermo_matrix": _palermo(corpus, in_force),
        "conduct_matrix": _conducts(corpus, links),
        "penalty_comparison": _penalty_comparison(corpus, links),
        "protection": _protection(corpus, in_force),
        "fragmentation": _fragmentation(corpus, links),
        "notices": records.rows_of(notices),
        **_paper_tables(corpus, text, in_force),
    }
    with records.whole_folder(out) as fresh:
        for name, rows in tables.items():
            records.write_csv(fresh / f"{name}.csv", SCHEMAS[name], rows)
        records.write_csv(fresh / "evidence.csv", SCHEMAS["evidence"], evidence(corpus, _ids(tables)))


# ---------------------------------------------------------------------------------------- evidence


def provision_evidence(provision: Provision) -> str:
    """Evidence id of a whole provision."""
    return f"{provision.doc_id}@{provision.start}-{provision.end}~{PROVISION_RULE}"


def _ids(tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    found: dict[str, None] = {}
    for rows in tables.values():
        for row in rows:
            for name in ("evidence_id", "evidence_ids"):
                value = row.get(name)
                for evidence_id in value if isinstance(value, list) else [value] if value else []:
                    found[evidence_id] = None
    return list(found)


def evidence(corpus: Corpus, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of evidence.csv for evidence ids, each once, in the order given.

    Raises:
        KeyError: an id names a document that is not in the corpus.
    """
    locators = {d: Locator(ps) for d, ps in corpus.provisions.items()}
    rows = []
    for evidence_id in dict.fromkeys(ids):
        match = re.fullmatch(r"(?P<doc>[^@]+)@(?P<start>\d+)-(?P<end>\d+)~(?P<rule>.+)", evidence_id)
        if match is None:
            raise KeyError(f"not an evidence id: {evidence_id}")
        doc_id, start, end = match["doc"], int(match["start"]), int(match["end"])
        place = locators[doc_id](start)
        rows.append(
            {
                "evidence_id": evidence_id,
                "doc_id": doc_id,
                "edition": corpus.documents[doc_id].edition,
                "page": corpus.page_of(doc_id, start),
                "eid": place.eid if place else "",
                "start": start,
                "end": end,
                "rule_id": match["rule"],
                "text": _shown(corpus.text[doc_id][start:end], match["rule"]),
            }
        )
    return rows


def _shown(words: str, rule: str) -> str:
    """The words of evidence; of a whole provision only the beginning, since its parts have evidence of their own."""
    if rule == PROVISION_RULE and len(words) > OPENING:
        return words[:OPENING].rsplit(" ", 1)[0] + " …"
    return words


# ------------------------------------------------------------------------------------ plain tables


def _documents(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    rows = []
    for row in records.rows_of(list(corpus.documents.values())):
        start = links.commencements.get(row["doc_id"])
        text = corpus.text[row["doc_id"]]
        rows.append(
            {
                **row,
                "in_force_from": start.in_force_from if start else "",
                "commencement_rule": start.rule if start else "",
                "in_force": start.in_force if start else "",
                "evidence_id": (start.evidence_id if start else "")
                or f"{row['doc_id']}@0-{text.find(chr(10))}~extract.title",
            }
        )
    return rows


def _provisions(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    rows = []
    for doc_id, found in corpus.provisions.items():
        for provision, row in zip(found, records.rows_of(found), strict=True):
            law, law_eid = corpus.law_of(doc_id, provision.eid)
            state = in_force(doc_id, provision.eid) if provision.part in ("body", "quoted") else ""
            rows.append(
                {**row, "law": law, "law_eid": law_eid, "in_force": state, "evidence_id": provision_evidence(provision)}
            )
    return rows


def _penalties(corpus: Corpus, links: link.Links, in_force: InForce) -> list[dict[str, Any]]:
    names = [c.name for c in SCHEMAS["penalties"].columns]
    rows = []
    for sanction in links.sanctions:
        law, law_eid = corpus.law_of(sanction.doc_id, sanction.eid)
        state = in_force(sanction.doc_id, sanction.eid) if corpus.documents[sanction.doc_id].kind in LAWS else ""
        row = {**records.rows_of([sanction])[0], "law": law, "law_eid": law_eid, "in_force": state}
        rows.append({name: row[name] for name in names})
    return rows


def _elements(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    return [
        {
            "doc_id": t.doc_id,
            "eid": t.eid,
            "element": t.label.lower(),
            "concept": t.concept,
            "term": t.text,
            "in_force": in_force(t.doc_id, t.eid) if corpus.documents[t.doc_id].kind in LAWS else "",
            "evidence_id": t.evidence_id,
        }
        for tags in corpus.tags.values()
        for t in tags
        if t.label in ELEMENTS
    ]


# ------------------------------------------------------------------------------------- comparisons


def jurisdictions(corpus: Corpus) -> list[str]:
    """Codes of the jurisdictions that are compared: those with law in the corpus."""
    return sorted({d.jurisdiction for d in corpus.documents.values() if d.kind in LAWS})


def in_force_tags(corpus: Corpus, in_force: InForce) -> list[Tag]:
    """Concept tags in the enacted text of laws that applied on the day (or whose dates are unknown)."""
    return [
        t
        for doc_id, tags in corpus.tags.items()
        if corpus.documents[doc_id].kind in LAWS
        for t in tags
        if t.concept and t.part in ("body", "quoted") and in_force(doc_id, t.eid) != "no"
    ]


def places(tags: Iterable[Tag]) -> list[str]:
    """`doc eid` of tags, each once."""
    return list(dict.fromkeys(f"{t.doc_id} {t.eid}" for t in tags))


def status(code: str, concept: str, tags: list[Tag]) -> str:
    """found, not found, or not looked for (the pack has no rule for the concept)."""
    if tags:
        return FOUND
    return NOT_FOUND if concept in load_pack(code).concepts() else NOT_LOOKED_FOR


def _label(concept: str) -> str:
    return vocabulary()[concept].label if concept in vocabulary() else concept


def trafficking_units(corpus: Corpus, in_force: InForce) -> list[Provision]:
    """Articles and sections in force that join an act of Palermo 3(a) to a purpose of exploitation."""
    found: dict[tuple[str, str], Provision] = {}
    labels: dict[tuple[str, str], set[str]] = {}
    for tag in in_force_tags(corpus, in_force):
        unit = corpus.unit(tag.doc_id, tag.eid)
        if unit is not None:
            found[unit.doc_id, unit.eid] = unit
            labels.setdefault((unit.doc_id, unit.eid), set()).add(tag.label)
    return [u for key, u in found.items() if {"ACT", "PURPOSE"} <= labels[key]]


def palermo_concepts(corpus: Corpus) -> list[str]:
    """The acts, means and purposes that the Protocol's own article 3 holds, and the rules of its 3(b)–(d)."""
    treaty = next((d for d in corpus.documents.values() if d.doc_id == "int-palermo"), None)
    tags = corpus.tags_under(treaty.doc_id, "art_3") if treaty else []
    return list(dict.fromkeys(t.concept for t in tags if t.label in (*ELEMENTS, "RULE")))


def _palermo(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    units = trafficking_units(corpus, in_force)
    rows = []
    for doc_id in dict.fromkeys(u.doc_id for u in units):
        code = corpus.documents[doc_id].jurisdiction
        tags = [t for u in units if u.doc_id == doc_id for t in corpus.tags_under(doc_id, u.eid) if t.concept]
        # Rules on consent and age may stand elsewhere in the act than the offence.
        tags += [
            t
            for t in corpus.tags[doc_id]
            if t.label == "RULE" and t.part in ("body", "quoted") and in_force(doc_id, t.eid) != "no"
        ]
        for concept in palermo_concepts(corpus):
            hits = [t for t in tags if t.concept == concept]
            rows.append(
                {
                    "jurisdiction": code,
                    "doc_id": doc_id,
                    "element": concept.split(".")[0],
                    "concept": concept,
                    "label": _label(concept),
                    "status": status(code, concept, hits),
                    "provisions": places(hits),
                    "terms": list(dict.fromkeys(" ".join(t.text.split()).lower() for t in hits)),
                    "evidence_ids": list(dict.fromkeys(t.evidence_id for t in hits))
                    or [provision_evidence(u) for u in units if u.doc_id == doc_id],
                }
            )
    return rows


def _conduct_concepts() -> list[str]:
    return [c for c in vocabulary() if c.startswith("conduct.")]


def _offence_frame(corpus: Corpus, links: link.Links) -> pd.DataFrame:
    """One row for each conduct of each offence in force (columns of Offence, with `concept`, `jurisdiction`)."""
    rows = [
        {**records.rows_of([o])[0], "jurisdiction": corpus.documents[o.doc_id].jurisdiction}
        for o in links.offences
        if o.in_force != "no"
    ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return frame
    return frame.explode("conduct").rename(columns={"conduct": "concept"}).dropna(subset=["concept"])


def _conducts(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    frame = _offence_frame(corpus, links)
    groups = dict(list(frame.groupby(["concept", "jurisdiction"], sort=True))) if not frame.empty else {}
    rows = []
    for concept in _conduct_concepts():
        for code in jurisdictions(corpus):
            group = groups.get((concept, code))
            looked = concept in load_pack(code).concepts() or concept == "conduct.trafficking"
            longest = group["prison_max_months"].max() if group is not None else None
            rows.append(
                {
                    "concept": concept,
                    "label": _label(concept),
                    "jurisdiction": code,
                    "status": FOUND if group is not None else NOT_FOUND if looked else NOT_LOOKED_FOR,
                    "offences": 0 if group is None else len(group),
                    "child_offences": 0 if group is None else int((group["victim"] == "child").sum()),
                    "instruments": [] if group is None else sorted(group["doc_id"].unique()),
                    "provisions": [] if group is None else list(dict.fromkeys(group["doc_id"] + " " + group["eid"])),
                    "prison_max_months": None if longest is None or pd.isna(longest) else int(longest),
                    "life": False if group is None else bool(group["life"].any()),
                    "evidence_ids": [] if group is None else list(dict.fromkeys(i[0] for i in group["evidence_ids"])),
                }
            )
    return rows


def _penalty_comparison(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    frame = _offence_frame(corpus, links)
    if frame.empty:
        return []
    frame["label"] = frame["concept"].map(_label)
    frame = frame.sort_values(["concept", "jurisdiction", "doc_id", "eid"], kind="stable")
    names = [c.name for c in SCHEMAS["penalty_comparison"].columns]
    rows = []
    for row in frame.to_dict("records"):
        for name in ("prison_min_months", "prison_max_months", "fine_min", "fine_max"):
            row[name] = None if pd.isna(row[name]) else int(row[name])
        rows.append({name: row[name] for name in names})
    return rows


def _protection(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    tags = in_force_tags(corpus, in_force)
    rows = []
    for concept, entry in vocabulary().items():
        if not entry.form:
            continue
        for code in jurisdictions(corpus):
            hits = [t for t in tags if t.concept == concept and corpus.documents[t.doc_id].jurisdiction == code]
            rows.append(
                {
                    "form": entry.form,
                    "concept": concept,
                    "label": entry.label,
                    "jurisdiction": code,
                    "status": status(code, concept, hits),
                    "provisions": places(hits),
                    "evidence_ids": list(dict.fromkeys(t.evidence_id for t in hits)),
                }
            )
    return sorted(rows, key=lambda r: (("preventive", "repressive", "rehabilitative").index(r["form"]), r["concept"]))


def _fragmentation(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    """How widely the conducts are scattered: the instruments that hold them, and a smallest set that covers all."""
    frame = _offence_frame(corpus, links)
    rows = []
    for code in jurisdictions(corpus):
        part = frame[frame["jurisdiction"] == code] if not frame.empty else frame
        held: dict[str, set[str]] = (
            {str(d): set(g["concept"]) for d, g in part.groupby("doc_id")} if not part.empty else {}
        )
        wanted = set().union(*held.values()) if held else set()
        cover: list[str] = []
        left = set(wanted)
        while left:
            best = max(sorted(held), key=lambda d: len(held[d] & left))
            cover.append(best)
            left -= held[best]
        rows.append(
            {
                "jurisdiction": code,
                "conducts": len(wanted),
                "instruments": len(held),
                "fewest_instruments": len(cover),
                "cover": cover,
                "evidence_ids": [] if part.empty else list(dict.fromkeys(i[0] for i in part["evidence_ids"])),
            }
        )
    return rows


# ---------------------------------------------------------------------------------- paper's tables


def _paper_tables(corpus: Corpus, text: Path, in_force: InForce) -> dict[str, list[dict[str, Any]]]:
    """Tables of audited papers whose first row heads ways of coercion, or modes of trafficking, beside the law."""
    coercion: list[dict[str, Any]] = []
    modes: list[dict[str, Any]] = []
    law = in_force_tags(corpus, in_force)
    for table in records.read_jsonl(text / "tables.jsonl", records.Table):
        if corpus.documents[table.doc_id].kind != "article" or not table.rows:
            continue
        header = table.rows[0]
        offset = table.start
        cells: list[tuple[int, int, str, int]] = []  # row, column, words, offset
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if cell:
                    cells.append((r, c, cell, offset))
                    offset += len(cell) + 1
        for r, c, cell, start in cells:
            if r == 0 or (len(header) > 2 and c == 0):
                continue
            concepts = list(
                dict.fromkeys(
                    t.concept for t in corpus.tags[table.doc_id] if t.concept and start <= t.start < start + len(cell)
                )
            )
            base = {"doc_id": table.doc_id, "cell": cell}
            shown = f"{table.doc_id}@{start}-{start + len(cell)}~extract.table-cell"
            for concept in concepts or [""]:
                for code in jurisdictions(corpus):
                    hits = [t for t in law if t.concept == concept and corpus.documents[t.doc_id].jurisdiction == code]
                    row_out = {
                        **base,
                        "concept": concept,
                        "jurisdiction": code,
                        "status": status(code, concept, hits) if concept else NOT_LOOKED_FOR,
                        "provisions": places(hits),
                        "evidence_ids": [shown, *dict.fromkeys(t.evidence_id for t in hits)],
                    }
                    if len(header) == 2:
                        coercion.append({**row_out, "column": header[c]})
                    else:
                        modes.append({**row_out, "aspect": table.rows[r][0], "mode": header[c]})
    return {"coercion": coercion, "trafficking_modes": modes}
