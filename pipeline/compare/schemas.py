"""The tables of the comparison: their columns, what each means, and their keys.

Names the same quantity the same way everywhere, with its unit as a suffix (`prison_max_months`, `fine_max_usd`).
Knows no stage's work.
"""

from __future__ import annotations

from pipeline import records
from pipeline.records import Column, Provision, TableSchema, columns_of

_C = Column
COMMON_EVIDENCE = records.COMMON["evidence_id"]
STATUS = "found, not found, not looked for"
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
                        "entered_into_force": "treaties: date on which the depositary says it entered into force",
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
            "instruments",
            "Instruments and their status",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("doc_id", "string", records.COMMON["doc_id"]),
                _C("title", "string", "title in the language of the document"), _C("title_en", "string", "title in English"),
                _C("kind", "string", "constitution, act, amending-act, …"), _C("number", "string", "official number"), _C("year", "integer", "year of the number"),
                _C("part_of", "string", "the law with its amendments that it belongs to"),
                _C("status", "string", "in force, in force as amended, in force in part (some of it repealed), not yet in force, no longer in force, "
                   "unknown (no clause in the corpus dates it), on params.as_of"),
                _C("in_force_from", "date", "computed day of commencement; empty: cannot be computed from the corpus"),
                _C("commencement_rule", "string", "how the day was computed"),
                _C("amended_by", "list", "acts that had amended it by then"), _C("repealed_by", "list", "acts that had repealed it, or part of it, by then"),
                _C("units_in_force", "integer", "articles or sections that applied"), _C("units_ended", "integer", "of the text it set out: replaced or repealed"),
                _C("units_not_yet", "integer", "that were to apply later"), _C("units_undated", "integer", "that no clause dates"),
                _C("edition", "string", "digest or official"), _C("checked", "string", "how far the digest was checked"),
                _C("as_of", "date", "day of the analysis"), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
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
                 "target_as_cited": "numbers as written", "status": "resolved, omitted (left out of the edition), outside_corpus, dangling",
                 "instrument": "words that name the instrument; empty where the reference names none"},
            ),
        ),
        TableSchema(
            "citation_network",
            "Citations between documents",
            (
                _C("source_doc", "string", "document that cites"), _C("source_jurisdiction", "string", "its jurisdiction"),
                _C("target_doc", "string", "document cited; empty: outside the corpus"), _C("target_jurisdiction", "string", "its jurisdiction"),
                _C("citations", "integer", "how many"), _C("resolved", "integer", "of these, that reach what they name"),
                _C("omitted", "integer", "that name something left out of the edition"), _C("dangling", "integer", "that name something the document does not have"),
                _C("outside_corpus", "integer", "that name a document outside the corpus"), _C("evidence_id", "string", "the first of them"),
            ),
            # No key: what is cited outside the corpus has no doc_id.
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
                *(_C(n, t, records.COMMON[n]) for n, t in (
                    ("fine_min_percent", "integer"), ("fine_max_percent", "integer"), ("fine_percent_of", "string"),
                )),
                _C("computed_from", "list", records.COMMON["computed_from"]),
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
                records.Offence,
                {"conduct": "concepts of the conduct", "victim": "child, or any", "elements": "Palermo elements of the conduct",
                 "inherited": "concepts taken over from a provision that the conduct names as its object: concept by citation (key of evidence.csv)",
                 "valid_from": "day from which conduct and sanction, all texts that make them, are as this row says; empty: no clause dates it",
                 "valid_to": "day from which one of them differs or has ended; empty: none",
                 "evidence_ids": "the sanction, the words of the conduct, the citation that joins them, those by which it takes words over, and the clauses of acts that set one of them out anew",
                 "penalty_eids": "where the sanction stands", "aggravations": "aggravating circumstances and relative penalties",
                 "in_force": "yes, no or unknown on params.as_of"},
            ),
        ),
        TableSchema(
            "operations",
            "What clauses do to the law",
            columns_of(
                records.Operation,
                {"op": "amend, insert, delete, repeal, expire, replace_reference, keep_in_force, commence", "target_doc": "law concerned",
                 "target_eid": "provision concerned; empty: all of it", "new_eid": "provision of doc_id that carries the new text, or to which references now go",
                 "effective": "day, computed; empty: cannot be computed", "date_rule": "how the day was computed"},
            ),
        ),
        TableSchema(
            "versions",
            "Every unit's versions in time",
            columns_of(
                records.Version,
                {"law": "law", "source_doc": "document whose text applies", "source_eid": "provision of it",
                 "operation": "what brought the version", "end_evidence_id": "the clause by which it ends",
                 "attested_from": "where no clause dates its beginning: from when other laws take it to be in force",
                 "current": "yes, no or unknown on params.as_of"},
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
                _C("jurisdiction", "string", "code of the pack"),
                _C("status", "string", "found, not found, not looked for, not assessed (a law known to deal with it is not in the corpus, or no rule fits the sanctions)"),
                _C("why", "string", "of a conduct not found: until when or from when it is an offence; where else the law has it"),
                _C("nearest", "list", "of a conduct not found: the provisions meant by `why`"),
                _C("offences", "integer", "offences in force"), _C("child_offences", "integer", "of these, with a child as victim"),
                _C("instruments", "list", "documents"), _C("provisions", "list", "where the conduct is described"),
                _C("prison_max_months", "integer", "highest maximum, months"), _C("life", "boolean", "life imprisonment possible"),
                _C("prison_max_provision", "string", "sanction with the longest imprisonment (life counts as the longest)"),
                _C("fine_max", "integer", "highest fine, in `currency`"), _C("currency", "string", "ISO 4217"),
                _C("fine_max_usd", "number", records.COMMON["fine_max_usd"]),
                _C("fine_max_gdp_per_capita", "number", records.COMMON["fine_max_gdp_per_capita"]),
                _C("fine_max_provision", "string", "sanction with the highest fine"),
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
                _C("currency", "string", "ISO 4217"),
                _C("fine_min_usd", "number", records.COMMON["fine_min_usd"]), _C("fine_max_usd", "number", records.COMMON["fine_max_usd"]),
                _C("fine_min_gdp_per_capita", "number", records.COMMON["fine_min_gdp_per_capita"]),
                _C("fine_max_gdp_per_capita", "number", records.COMMON["fine_max_gdp_per_capita"]),
                _C("conjunction", "string", records.COMMON["conjunction"]),
                _C("subject", "string", records.COMMON["subject"]), _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
        ),
        TableSchema(
            "conversions",
            "How fines were made comparable",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("currency", "string", "ISO 4217"),
                _C("currency_per_usd", "number", "units of the currency for one US dollar"), _C("rate_date", "date", "day of that rate"),
                _C("rate_source", "string", "where the rate stands"), _C("gdp_per_capita", "number", "GDP per head, current prices, in `currency`"),
                _C("gdp_year", "integer", "year of that figure"), _C("gdp_source", "string", "where it stands, or how it was computed"),
                _C("note", "string", "what could not be verified; what is missing, so that cells are empty"),
            ),
            ("jurisdiction",),
        ),
        TableSchema(
            "ict_role",
            "Technology as a way to commit an offence, or as a reason for a heavier sanction",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("doc_id", "string", records.COMMON["doc_id"]), _C("eid", "string", records.COMMON["eid"]),
                _C("role", "string", "mode (the offence names technology) or aggravation (technology makes the sanction heavier)"),
                _C("ict", "list", "concepts of technology; of an aggravation, the concept itself"), _C("conduct", "list", "conducts of the offence"),
                _C("victim", "string", "child, or any"), _C("effect", "string", "of an aggravation: what it does to the sanction, where the provision says so"),
                _C("prison_max_months", "integer", records.COMMON["prison_max_months"]), _C("life", "boolean", records.COMMON["life"]),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("doc_id", "eid", "role"),
        ),
        TableSchema(
            "duties",
            "Duties: who must do what, by when, and what follows a breach",
            (
                _C("duty", "string", "key of the vocabulary"), _C("label", "string", "preferred term"), _C("jurisdiction", "string", "code of the pack"),
                _C("status", "string", "found, not found, not looked for"),
                _C("doc_id", "string", records.COMMON["doc_id"]), _C("eid", "string", "provision that states the duty"),
                _C("actors", "list", "who is bound, as far as the article names a kind of provider or person"),
                _C("about", "list", "conducts with which the same article deals"), _C("child", "boolean", "the article speaks of children"),
                _C("deadline_hours", "integer", "shortest time allowed in the provision, hours"), _C("deadline_words", "list", "the times allowed, in its words"),
                _C("sanction", "string", "criminal, administrative, criminal and administrative; empty: none found for a breach of this provision"),
                _C("sanction_provisions", "list", "where the sanction stands"),
                _C("prison_max_months", "integer", records.COMMON["prison_max_months"]), _C("fine_max", "integer", records.COMMON["fine_max"]),
                _C("currency", "string", "ISO 4217"), _C("fine_max_usd", "number", records.COMMON["fine_max_usd"]),
                _C("fine_max_gdp_per_capita", "number", records.COMMON["fine_max_gdp_per_capita"]),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
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
            "How many instruments it takes to cover the conducts (a law with its amending acts is one)",
            (
                _C("jurisdiction", "string", "code of the pack"), _C("conducts", "integer", "conducts found in offences in force"),
                _C("instruments", "integer", "instruments that hold them; a law and the acts that amend it are one"),
                _C("acts", "integer", "acts in which they stand, amending acts counted by themselves"),
                _C("provisions", "integer", "provisions that describe them"),
                _C("fewest_instruments", "integer", "fewest instruments that together cover them all"),
                _C("cover", "list", "such a set of instruments"),
                _C("provisions_enough", "integer", "provisions that suffice to cover them all (found step by step; there may be fewer)"),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
            ("jurisdiction",),
        ),
        TableSchema(
            "changes_in_time",
            "What changes between two dates",
            (
                _C("kind", "string", "instrument, provision, offence, indicator, or absent law (known to matter, not in the corpus)"),
                _C("jurisdiction", "string", "code of the pack"), _C("subject", "string", "document, `document provision`, or indicator"),
                _C("change", "string", "begins, ends, or changes (status of an indicator)"), _C("on", "date", "day of the change; empty: not computed"),
                _C("before", "string", "what applied on `from_date`"), _C("after", "string", "what applied on `to_date`"),
                _C("because", "string", "how the day was computed, or which provisions decide"),
                _C("from_date", "date", "params.compare.dates, first"), _C("to_date", "date", "params.compare.dates, second"),
                _C("evidence_ids", "list", records.COMMON["evidence_ids"]),
            ),
        ),
        TableSchema(
            "quality",
            "How well each document could be read",
            (
                _C("doc_id", "string", records.COMMON["doc_id"]), _C("pages", "integer", "pages of the file; a file without pages has one"),
                _C("words", "integer", "words of two letters and more"),
                _C("known_words_percent", "number", "of them, those on the word list of the document's language (which was made of the digests: they have 100); empty: no list"),
                _C("pages_nearly_empty", "integer", "pages with fewer letters than params.extract.min_page_letters"),
                _C("pages_in_other_language", "integer", "pages with a passage in another language than the document's"),
                _C("pages_of_unknown_words", "integer", "pages with a passage of which few words are known"),
                _C("pages_read_by_ocr", "integer", "pages that were pictures only, and were read by OCR"),
                _C("pages_not_read", "integer", "pages that were pictures only, and were not read"),
                _C("repairs", "integer", "places where noise was mended"), _C("doubts", "integer", "places that look wrong and were left as they are"),
            ),
            ("doc_id",),
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
