"""The engine: the same results from every engine, with and without a cache; a change re-runs only what it touches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from pipeline import extract, parse, tag
from pipeline.engine import EngineError, EngineParams, Payload, map_documents
from pipeline.extract import lexicon
from tests.conftest import ROOT, params


def double(payload: Payload) -> dict[str, int]:
    """A pure function, importable by worker processes."""
    return {"n": payload["n"] * 2}


PAYLOADS: dict[str, Payload] = {f"d{i}": {"n": i} for i in range(5)}


@pytest.mark.parametrize("kind", ["serial", "processes", "dask"])
def test_every_engine_gives_the_same_in_the_same_order(kind: str) -> None:
    results = map_documents("test", double, PAYLOADS, EngineParams(kind=kind))
    assert list(results.items()) == [(f"d{i}", {"n": 2 * i}) for i in range(5)]


def test_an_unknown_engine_says_which_there_are() -> None:
    with pytest.raises(EngineError, match="serial, processes or dask"):
        map_documents("test", double, PAYLOADS, EngineParams(kind="gpu"))


def test_a_second_run_comes_from_the_cache_and_is_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cached = EngineParams(cache=str(tmp_path))
    first = map_documents("test", double, PAYLOADS, cached)
    assert "5 computed, 0 from cache" in capsys.readouterr().err
    assert map_documents("test", double, PAYLOADS, cached) == first
    assert "0 computed, 5 from cache" in capsys.readouterr().err
    assert map_documents("test", double, {**PAYLOADS, "new": {"n": 9}}, cached)["new"] == {"n": 18}
    assert "1 computed, 5 from cache" in capsys.readouterr().err


def test_a_damaged_cache_entry_is_computed_again(tmp_path: Path) -> None:
    cached = EngineParams(cache=str(tmp_path))
    first = map_documents("test", double, PAYLOADS, cached)
    for entry in (tmp_path / "test").iterdir():
        entry.write_bytes(b'{"n": ')
    assert map_documents("test", double, PAYLOADS, cached) == first


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _three_stages(raw: Path, out: Path, settings: dict[str, object]) -> dict[str, bytes]:
    extract.run(raw, out / "1", settings)
    parse.run(out / "1", out / "2", settings)
    tag.run(out / "1", out / "2", out / "3", settings)
    return _bytes(out)


def test_stages_write_the_same_bytes_with_any_engine_and_cache(small_raw: Path, tmp_path: Path) -> None:
    plain = _three_stages(small_raw, tmp_path / "a", params())
    cache = str(tmp_path / "cache")
    assert _three_stages(small_raw, tmp_path / "b", params(kind="processes", workers=2, cache=cache)) == plain
    assert _three_stages(small_raw, tmp_path / "c", params(cache=cache)) == plain
    assert _three_stages(small_raw, tmp_path / "d", params(kind="dask", workers=2)) == plain


def test_adding_a_document_tags_that_document_alone(
    small_raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = params(cache=str(tmp_path / "cache"))
    _three_stages(small_raw, tmp_path / "a", settings)
    sources = yaml.safe_load((small_raw / "id/sources.yaml").read_text(encoding="utf-8"))
    everything = yaml.safe_load((ROOT / "raw/id/sources.yaml").read_text(encoding="utf-8"))
    sources["documents"] += [s for s in everything["documents"] if s["doc_id"] == "id-uu-14-2009"]
    (small_raw / "id/sources.yaml").write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")
    shutil.copyfile(ROOT / "raw/id/id-uu-14-2009.pdf", small_raw / "id/id-uu-14-2009.pdf")
    capsys.readouterr()
    _three_stages(small_raw, tmp_path / "b", settings)
    said = capsys.readouterr().err
    for stage in ("extract", "parse", "tag"):
        assert f"{stage}: 1 computed, 2 from cache" in said


def test_a_text_mended_by_another_word_list_is_read_anew(
    small_raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = params(cache=str(tmp_path / "cache"))
    extract.run(small_raw, tmp_path / "a", settings)
    known = lexicon.lexicons()
    monkeypatch.setattr(lexicon, "lexicons", lambda: {**known, "id": (*known["id"], "perampelasan")})
    capsys.readouterr()
    extract.run(small_raw, tmp_path / "b", settings)
    assert "extract: 2 computed, 0 from cache" in capsys.readouterr().err
