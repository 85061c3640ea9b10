"""Small laws, written for tests, and the stages from extract to gaps on them."""

from __future__ import annotations

import csv
import datetime
import shutil
from pathlib import Path
from typing import Any

import yaml

from pipeline import audit, compare, extract, gaps, link, parse, tag
from tests.conftest import ROOT, params

Rows = dict[tuple[str, str], dict[str, str]]


def write_law(raw: Path, doc_id: str, text: str, **about: Any) -> None:
    """Add a law to `raw/<code>`: its text, and its entry in sources.yaml (the code is the first part of `doc_id`)."""
    code, _, rest = doc_id.partition("-")
    folder = raw / code / "official"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{doc_id}.txt").write_text(text, encoding="utf-8")
    file = raw / code / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {"documents": []}
    *kind, number, year = rest.split("-")
    entry = {
        "doc_id": doc_id,
        "akn_uri": f"/akn/{code}/act/{'-'.join(kind)}/{year}/{number}",
        "kind": "act",
        "number": number,
        "year": int(year),
        "title": doc_id,
        "title_en": doc_id,
        "language": "id" if code == "id" else "en",
        "signed": datetime.date(int(year), 3, 1),
        "published": datetime.date(int(year), 3, 1),
        "licence": "written for a test",
        "articles": "1-9",
        "checked": "unchecked",
        **about,
    }
    sources["documents"].append(entry)
    file.write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")


def run(raw: Path, out: Path, as_of: str = "2025-12-11", **blocks: Any) -> Path:
    """Stages extract to gaps on `raw`; returns the processed folder. `blocks` replace blocks of params.yaml."""
    settings = params() | {"as_of": as_of, "corpus": {"edition": "auto"}} | blocks
    processed = out / "processed"
    processed.mkdir(parents=True)
    text, provisions, tags, links = (processed / n for n in ("1-text", "2-provisions", "3-tags", "4-links"))
    extract.run(raw, text, settings)
    parse.run(text, provisions, settings)
    tag.run(text, provisions, tags, settings)
    link.run(text, provisions, tags, links, as_of)
    compare.run(raw, text, provisions, tags, links, processed / "5-tables", settings)
    gaps.run(raw, text, provisions, tags, links, processed / "6-gaps", settings)
    return processed


def audited(
    folder: Path, laws: dict[str, tuple[str, ...]], code: str, source: dict[str, Any], text: str
) -> list[dict[str, str]]:
    """The audit (rows of claims.csv) of an article beside laws that ship, all stages run in `folder`.

    `laws`: jurisdiction → doc_ids; `code`: the pack that reads the article; `source`: its entry in sources.yaml.
    """
    raw = folder / "raw"
    for jurisdiction, keep in laws.items():
        (raw / jurisdiction).mkdir(parents=True)
        sources = yaml.safe_load((ROOT / f"raw/{jurisdiction}/sources.yaml").read_text(encoding="utf-8"))
        kept = {"documents": [s for s in sources["documents"] if s["doc_id"] in keep]}
        (raw / jurisdiction / "sources.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
        for doc_id in keep:
            (file,) = (f for f in (ROOT / "raw" / jurisdiction).glob(f"{doc_id}.*") if f.is_file())
            shutil.copyfile(file, raw / jurisdiction / file.name)
    (raw / code / "official").mkdir(parents=True)
    (raw / code / "sources.yaml").write_text(yaml.safe_dump({"documents": [source]}), encoding="utf-8")
    (raw / code / "official" / f"{source['doc_id']}.md").write_text(text, encoding="utf-8")
    settings = params() | {"corpus": {"edition": "auto"}}
    out, provisions, tags, links, claims = (
        folder / n for n in ("1-text", "2-provisions", "3-tags", "4-links", "7-audit")
    )
    extract.run(raw, out, settings)
    parse.run(out, provisions, settings)
    tag.run(out, provisions, tags, settings)
    link.run(out, provisions, tags, links, settings["as_of"])
    audit.run(out, provisions, tags, links, claims, settings)
    with (claims / "claims.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(processed: Path, name: str) -> list[dict[str, str]]:
    """Rows of a table of `compare`."""
    with (processed / "5-tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statuses(processed: Path) -> Rows:
    """Rows of gaps.csv by jurisdiction and indicator."""
    with (processed / "6-gaps" / "gaps.csv").open(encoding="utf-8", newline="") as file:
        return {(r["jurisdiction"], r["indicator"]): r for r in csv.DictReader(file)}
