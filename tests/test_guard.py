"""A crash or a hang of the library that reads a document ends that document, not the run."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract
from pipeline.extract import guard
from tests.conftest import params


def _double(number: int) -> int:
    return 2 * number


def _crash(number: int) -> int:
    os._exit(11)


def _hang(number: int) -> int:
    time.sleep(60)
    return number


def _refuse(number: int) -> int:
    raise ValueError(f"no {number}")


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


def test_a_process_with_threads_reads_all_the_same() -> None:
    """A fork of a process whose threads hold locks may never run: the worker is none."""
    stop = threading.Event()
    busy = [threading.Thread(target=stop.wait) for _ in range(4)]
    for thread in busy:
        thread.start()
    try:
        assert guard.guarded(_double, 4, seconds=60.0) == 8
        assert guard._method() != "fork"
    finally:
        stop.set()
