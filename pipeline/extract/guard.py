"""A document is read in a process that may die: a crash or a hang of the PDF library ends one document, not the run.

Reads   nothing itself. One worker is kept and takes one document after the other, so that a run pays for starting it
once; it is started anew after a death, and after so many documents that what a library leaks cannot add up.
Does not know what is read. In a process that another one started for work it reads right here: whoever started it
(the engine's pool, Dask) sees to its death.
"""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

SECONDS = 1_800.0  # for one document; one of 600 articles takes two, OCR of its pictures one more a page
PER_WORKER = 500  # documents

T = TypeVar("T")


class Died(Exception):
    """The process that read a document ended, or did not end in time; the message says which."""


class _Worker:
    """The process, while there is one."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self.done = 0

    def call(self, function: Callable[[Any], T], argument: Any, seconds: float) -> T:
        if self.pool is None or self.done >= PER_WORKER:
            self.end()
            self.pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context(_method()))
            self.done = 0
        self.done += 1
        try:
            return self.pool.submit(function, argument).result(timeout=seconds)
        except BrokenProcessPool as error:
            self.end()
            raise Died("the library that reads it crashed") from error
        except TimeoutError as error:
            self.end(kill=True)
            raise Died(f"reading it took more than {seconds:.0f} seconds") from error

    def end(self, kill: bool = False) -> None:
        if self.pool is None:
            return
        for process in list((self.pool._processes or {}).values()) if kill else []:
            process.kill()
        self.pool.shutdown(wait=not kill, cancel_futures=True)
        self.pool = None


_WORKER = _Worker()
atexit.register(_WORKER.end)


def _method() -> str:
    """A process without the threads of this one: a fork of one that has threads (Dask's, a browser's) may never run."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def guarded(function: Callable[[Any], T], argument: Any, seconds: float = SECONDS) -> T:
    """`function(argument)`, computed in the worker. Both must be picklable; an exception of the function is raised.

    Raises:
        Died: the worker crashed, or took longer than `seconds`.
    """
    if multiprocessing.parent_process() is not None or multiprocessing.current_process().daemon:
        return function(argument)
    return _WORKER.call(function, argument, seconds)
