"""A document is read in a process that may die: a crash or a hang of a library ends one document, not the run.

Reads   nothing itself. Workers are kept and take one document after the other, so that a run pays for starting them
once; a worker is started anew after a death, and after so many documents that what a library leaks cannot add up.
Does not know what is read, nor who asks: the run itself, a process of the engine's pool, a worker of Dask or a thread
of one. So a worker is a program of its own with two pipes, which any of them may start; a process that Python's
`multiprocessing` started for a pool, say, may start no further ones by that module.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

SECONDS = 1_800.0  # for one document; one of 600 articles takes two, OCR of its pictures one more a page
PER_WORKER = 500  # documents
PROGRAM = f"from {__name__} import serve; serve()"

T = TypeVar("T")


class Died(Exception):
    """The process that read a document ended, or did not end in time; the message says which."""


class _Worker:
    """A process that computes what it is sent, one thing after the other."""

    def __init__(self) -> None:
        places = os.pathsep.join(p or str(Path.cwd()) for p in sys.path)  # the same modules as here, from anywhere
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": places},
        )
        self.done = 0

    def call(self, function: Callable[[Any], T], argument: Any, seconds: float) -> T:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        sent = pickle.dumps(pickle.dumps((function, argument)))  # twice: what cannot be unpacked there is an answer too
        answered = False
        self.done += 1
        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if self.process.stdin is None or self.process.stdout is None:
                raise BrokenPipeError
            self.process.stdin.write(sent)
            self.process.stdin.flush()
            error, result = pickle.load(self.process.stdout)
            answered = True
        except (BrokenPipeError, EOFError, pickle.UnpicklingError) as broken:
            if late.is_set():
                raise Died(f"reading it took more than {seconds:.0f} seconds") from broken
            raise Died("the library that reads it crashed") from broken
        finally:
            timer.cancel()
            if not answered or late.is_set():
                self.end()  # also where the one who asks was interrupted: the answer is not that to its next question
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # of what was not sent nothing is wanted any more


_IDLE: list[_Worker] = []  # one for each thread that asked at the same time


@atexit.register
def _end() -> None:
    while _IDLE:
        _IDLE.pop().end()


def guarded(function: Callable[[Any], T], argument: Any, seconds: float = SECONDS) -> T:
    """`function(argument)`, computed in a worker. Both must be picklable; an exception of the function is raised.

    Raises:
        Died: the worker crashed, or took longer than `seconds`.
    """
    try:
        worker = _IDLE.pop()
    except IndexError:
        worker = _Worker()
    try:
        return worker.call(function, argument, seconds)
    finally:
        if worker.process.returncode is None:
            if worker.done < PER_WORKER:
                _IDLE.append(worker)
            else:
                worker.end()


def serve() -> None:
    """What a worker does until the one who asks is gone: read (function, argument), write (error or None, result)."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            question = pickle.load(asked)
        except EOFError:
            return
        try:
            function, argument = pickle.loads(question)
            answer = pickle.dumps((None, function(argument)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked for
            error.add_note(traceback.format_exc())
            answer = pickle.dumps((error, None))
        answers.write(answer)
        answers.flush()


if hasattr(os, "register_at_fork"):
    # A fork has the same pipes: what it asked, another would be answered.
    os.register_at_fork(after_in_child=_IDLE.clear)
