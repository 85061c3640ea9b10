"""A crash or a hang of the library that reads a document ends that document, not the run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.extract import guard
from pipeline.outline import Unreadable, pages_of
from tests.conftest import ROOT, params


def _double(number: int) -> int:
    return 2 * number


def _crash(number: int) -> int:
    os._exit(11)


def _hang(number: int) -> int:
    time.sleep(60)
    return number


def _refuse(number: int) -> int:
    raise ValueError(f"no {number}")


def _print(number: int) -> int:
    os.write(1, b"progress: 100 %")
    return number


def _where(_: int) -> int:
    return os.getpid()


def test_what_the_function_gives_and_raises_comes_back() -> None:
    assert guard.guarded(_double, 21) == 42
    with pytest.raises(ValueError, match="no 3"):
        guard.guarded(_refuse, 3)


def test_one_process_takes_one_after_the_other_and_is_not_this_one() -> None:
    first = guard.guarded(_where, 0)
    assert first != os.getpid()
    assert guard.guarded(_where, 1) == first


def test_after_a_crash_or_a_hang_the_next_is_read() -> None:
    with pytest.raises(guard.Died, match="crashed"):
        guard.guarded(_crash, 1)
    assert guard.guarded(_double, 2) == 4
    with pytest.raises(guard.Died, match="more than 1 second"):
        guard.guarded(_hang, 1, seconds=1.0)
    assert guard.guarded(_double, 3) == 6


def test_the_run_names_the_document_that_crashed(
    small_raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crashes_on_one(function: Any, payload: dict[str, Any]) -> Any:
        return guard.guarded(_crash, 1) if "44-2008" in payload["path"] else guard.guarded(function, payload)

    monkeypatch.setattr(extract, "guarded", crashes_on_one)
    with pytest.raises(
        extract.ExtractError, match=r"1 file.*\n.*id-uu-44-2008\.pdf: the library that reads it crashed"
    ):
        extract.run(small_raw, tmp_path / "1-text", params())
    assert not (tmp_path / "1-text").exists()


def _read(payload: Payload) -> dict[str, str]:
    """Reads one document of a made-up corpus; one of them crashes, one never ends."""
    function = {"crashes": _crash, "hangs": _hang}.get(payload["kind"], _double)
    try:
        return {"text": str(guard.guarded(function, 4, seconds=2.0 if function is _hang else 60.0))}
    except guard.Died as died:
        return {"error": str(died)}


@pytest.mark.parametrize("kind", ["serial", "processes", "dask"])
def test_every_engine_outlives_a_crash_and_a_hang(kind: str) -> None:
    corpus = {name: {"kind": name} for name in ("sound", "crashes", "hangs", "also sound")}
    assert map_documents("test", _read, corpus, EngineParams(kind=kind)) == {
        "sound": {"text": "8"},
        "crashes": {"error": "the library that reads it crashed"},
        "hangs": {"error": "reading it took more than 2 seconds"},
        "also sound": {"text": "8"},
    }


def test_a_file_that_is_not_yet_of_the_corpus_may_crash_too(small_raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`describe`, `acquire` and `check` read such files."""
    monkeypatch.setattr(extract, "guarded", lambda function, payload: guard.guarded(_crash, 1))
    for file in (small_raw / "id" / "id-uu-44-2008.pdf", small_raw / "id" / "x.html"):
        with pytest.raises(Unreadable, match=f"{file.name}: the library that reads it crashed"):
            pages_of(file, "id")


def test_threads_ask_at_the_same_time() -> None:
    """Each is answered what it asked, whatever locks the others hold."""
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda n: guard.guarded(_double, n, seconds=60.0), range(40))) == [
            2 * n for n in range(40)
        ]
    assert 1 <= len(guard._IDLE) <= 5


def test_what_a_library_prints_is_no_answer() -> None:
    assert guard.guarded(_print, 3) == 3


def test_a_worker_is_started_anew_after_so_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    first = guard.guarded(_where, 0)
    monkeypatch.setattr(guard, "PER_WORKER", 1)
    assert guard.guarded(_where, 0) == first  # and with that it has had its share
    assert guard.guarded(_where, 0) != first


def test_a_worker_ends_with_the_one_who_asked() -> None:
    """Also where that one was killed, and so had no time to end it."""
    asks = "import os, signal; from tests import test_guard as t; print(t.guard.guarded(t._where, 0), flush=True); "
    gone = subprocess.run(
        [sys.executable, "-c", asks + "os.kill(os.getpid(), signal.SIGKILL)"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    worker = int(gone.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{worker}/stat").is_file() and Path(f"/proc/{worker}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail(f"worker {worker} still runs")
