"""Stage 5: tags and links → comparison tables (pandas).

Reads   processed/1-text … 4-links, raw/<code>/sources.yaml (laws known to be absent).
Writes  processed/5-tables/*.csv, with the columns of schemas.py (all but changes_in_time, which `gaps` fills).
Counts and sets side by side; judges nothing (that is `gaps`). Every row carries evidence ids, which evidence.csv
resolves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import link, records
from pipeline.compare import listings
from pipeline.compare.common import (
    SANCTION,
    administratively_sanctioned,
    evidence,
    evidence_ids_in,
    in_force_tags,
    jurisdictions,
    places,
    provision_evidence,
    sanctions_seen,
    status,
)
from pipeline.compare.duties import duties
from pipeline.compare.money import Money, compare_params
from pipeline.compare.offences import conduct_matrix, fragmentation, ict_role, penalty_comparison
from pipeline.compare.palermo import palermo_concepts, palermo_matrix, trafficking_units
from pipeline.compare.protection import paper_tables, protection
from pipeline.compare.quality import quality
from pipeline.compare.schemas import SCHEMAS
from pipeline.corpus import Corpus
from pipeline.link.time import InForce
from pipeline.sources import load_sources

__all__ = [
    "SANCTION",
    "SCHEMAS",
    "administratively_sanctioned",
    "compare_params",
    "evidence",
    "in_force_tags",
    "jurisdictions",
    "palermo_concepts",
    "places",
    "provision_evidence",
    "run",
    "sanctions_seen",
    "status",
    "trafficking_units",
]


def run(
    raw: Path, text: Path, provisions: Path, tags: Path, links_folder: Path, out: Path, params: dict[str, Any]
) -> None:
    """Build all comparison tables into `out` (a new folder).

    Raises:
        PackError: the block `compare` of params.yaml, or a sources.yaml, is missing or invalid.
    """
    money = Money(compare_params(params))
    corpus = Corpus(text, provisions, tags)
    links = link.load(links_folder, corpus)
    in_force = InForce(corpus, links.versions)
    absent = {
        code: [law for law in load_sources(raw / code).known_absent if law.applies(params["as_of"])]
        for code in jurisdictions(corpus)
    }
    notices = [
        n for folder in (text, provisions) for n in records.read_jsonl(folder / "notices.jsonl", records.Notice)
    ] + links.notices
    tables: dict[str, list[dict[str, Any]]] = {
        "documents": listings.documents(corpus, links),
        "instruments": listings.instruments(corpus, links, params["as_of"]),
        "provisions": listings.provisions(corpus, in_force),
        "citations": records.rows_of(links.citations),
        "citation_network": listings.citation_network(corpus, links),
        "penalties": listings.penalties(corpus, links, in_force),
        "elements": listings.elements(corpus, in_force),
        "offences": records.rows_of(links.offences),
        "operations": records.rows_of(links.operations),
        "versions": records.rows_of(links.versions),
        "palermo_matrix": palermo_matrix(corpus, in_force),
        "conduct_matrix": conduct_matrix(corpus, links, money, in_force, absent, params["as_of"]),
        "penalty_comparison": penalty_comparison(corpus, links, money),
        "conversions": money.conversions(jurisdictions(corpus)),
        "ict_role": ict_role(corpus, links, in_force),
        "duties": duties(corpus, links, in_force, money),
        "protection": protection(corpus, in_force),
        "fragmentation": fragmentation(corpus, links),
        "quality": quality(records.read_jsonl(text / "quality.jsonl", records.PageQuality), notices),
        "notices": records.rows_of(notices),
        **paper_tables(corpus, text, in_force),
    }
    with records.whole_folder(out) as fresh:
        for name, rows in tables.items():
            records.write_csv(fresh / f"{name}.csv", SCHEMAS[name], rows)
        records.write_csv(fresh / "evidence.csv", SCHEMAS["evidence"], evidence(corpus, evidence_ids_in(tables)))
