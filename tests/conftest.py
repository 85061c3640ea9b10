"""One run of the pipeline on the shipped digests, shared by all tests; and small documents to make others of."""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import audit, compare, evaluate, extract, gaps, link, parse, report, tag
from pipeline.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent


def params(**engine: Any) -> dict[str, Any]:
    """params.yaml as the stages get it, with the digest edition and the given engine settings."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    data["as_of"] = str(data["as_of"])
    data["corpus"] = {"edition": "digest"}
    data["engine"] = {"kind": "serial", "cache": None, **engine}
    return data


@dataclass(frozen=True)
class Run:
    """Where a run of the pipeline put its files."""

    processed: Path
    reports: Path

    def table(self, name: str) -> list[dict[str, str]]:
        """Rows of a published table."""
        with (self.reports / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def run_pipeline(raw: Path, out: Path, settings: dict[str, Any]) -> Run:
    """All stages on `raw`, into `out`."""
    processed, reports = out / "processed", out / "reports"
    text, provisions, tags, links = (processed / n for n in ("1-text", "2-provisions", "3-tags", "4-links"))
    processed.mkdir(parents=True)
    extract.run(raw, text, settings)
    parse.run(text, provisions, settings)
    tag.run(text, provisions, tags, settings)
    link.run(text, provisions, tags, links, settings["as_of"])
    compare.run(raw, text, provisions, tags, links, processed / "5-tables", settings)
    gaps.run(raw, text, provisions, tags, links, processed / "6-gaps", settings)
    audit.run(text, provisions, tags, links, processed / "7-audit", settings)
    reports.mkdir(parents=True, exist_ok=True)
    evaluate.run(raw, processed, ROOT / "tests" / "gold", reports)
    report.run(processed, reports, settings)
    return Run(processed, reports)


@pytest.fixture(scope="session", autouse=True)
def _in_root() -> None:
    """Stages name files relative to the project."""
    os.chdir(ROOT)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The pipeline run on what ships."""
    return run_pipeline(Path("raw"), tmp_path_factory.mktemp("shipped"), params())


@pytest.fixture(scope="session")
def corpus(shipped: Run) -> Corpus:
    """What ships, read once; a test that changes it reads its own."""
    return Corpus(*(shipped.processed / name for name in ("1-text", "2-provisions", "3-tags")))


@pytest.fixture(scope="session")
def links(shipped: Run, corpus: Corpus) -> link.Links:
    """The links of what ships."""
    return link.load(shipped.processed / "4-links", corpus)


@pytest.fixture
def small_raw(tmp_path: Path) -> Path:
    """A copy of raw/ with two Indonesian documents only, to be changed by a test."""
    raw = tmp_path / "raw"
    (raw / "id").mkdir(parents=True)
    sources = yaml.safe_load((ROOT / "raw/id/sources.yaml").read_text(encoding="utf-8"))
    keep = ("id-uu-21-2007", "id-uu-44-2008")
    sources = {"documents": [s for s in sources["documents"] if s["doc_id"] in keep]}
    (raw / "id" / "sources.yaml").write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")
    for doc_id in keep:
        shutil.copyfile(ROOT / f"raw/id/{doc_id}.pdf", raw / "id" / f"{doc_id}.pdf")
    return raw


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official texts, one sub-folder a jurisdiction; tests that need it skip where it is not named."""
    folder = os.environ.get("LACUNA_OFFICIAL", "")
    if not folder:
        pytest.skip("set LACUNA_OFFICIAL to the folder of official texts")
    return Path(folder)
