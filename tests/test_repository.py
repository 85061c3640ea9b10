"""The repository itself: what it must and must not hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

import pipeline
from pipeline.__main__ import app
from pipeline.report.findings import Tables, key_findings, status_table


def _tracked() -> list[Path]:
    run = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True)
    return [Path(p) for p in run.stdout.splitlines() if Path(p).is_file()]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_with_hashes_and_name_no_host(lock: str) -> None:
    text = Path(lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    pins = re.findall(r"^[a-z0-9][\w.\[\]-]*==.*\\$", text, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 50
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in b for b in blocks if "==" in b.split("\n")[0])


def test_nothing_official_is_committed() -> None:
    assert not [p for p in _tracked() if "official" in p.parts and p.parts[0] == "raw"]


def test_the_map_names_every_stage_in_order() -> None:
    stages = list(yaml.safe_load(Path("dvc.yaml").read_text(encoding="utf-8"))["stages"])
    at = [(pipeline.__doc__ or "").index(f"{i} {name}") for i, name in enumerate(stages, 1)]
    assert at == sorted(at)


def test_the_readme_names_only_commands_that_exist() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z][a-z-]+)", readme, re.MULTILINE)) <= targets
    verbs = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    assert set(re.findall(r"python -m pipeline ([a-z][a-z-]+)", readme)) <= verbs


def test_the_readme_says_what_the_committed_report_found() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- findings")[2].partition("<!-- /findings -->")[0]
    tables = Tables(Path("reports/tables"))
    numbered = [f"{i}. {finding}" for i, finding in enumerate(key_findings(tables), 1)]
    assert [line for line in block.splitlines()[1:] if line] == [*status_table(tables), *numbered], (
        "see reports/report.md"
    )
