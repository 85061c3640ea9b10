"""Maps a pure function over documents: serially, in processes, or on Dask. The same bytes come out.

A function takes one JSON-able payload and returns one JSON-able result. Results are kept in a disposable,
content-keyed cache: key = function, payload, source of every `pipeline` module that is loaded, versions of the
libraries that do the work. So a change re-runs only what it touches, and a stage never serves a stale result.
Does not know what the functions do.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline import Refused

Payload = dict[str, Any]
Function = Callable[[Payload], Any]

LIBRARIES = ("spacy", "ahocorasick-rs", "pdfplumber", "pypdfium2", "selectolax", "markdown-it-py", "pydantic", "pandas")


class EngineParams(BaseModel):
    """The `engine` block of params.yaml."""

    model_config = ConfigDict(extra="forbid")

    kind: str = "serial"
    workers: int = 2
    address: str | None = None
    cache: str | None = None


class EngineError(Refused):
    """The engine cannot run as configured; the message says what to change."""


def map_documents(
    stage: str, function: Function, payloads: Mapping[str, Payload], params: EngineParams, shared: str = ""
) -> dict[str, Any]:
    """Apply `function` to each payload and return the results under the same names, in the same order.

    `shared` is anything beside payload and code that the results depend on (a digest of the packs, say).

    Raises:
        EngineError: unknown `kind`, or Dask asked for but not installed.
        Exception: whatever `function` raises, unchanged.
    """
    cache = Path(params.cache) if params.cache else None
    salt = _code_salt(function, shared) if cache else ""
    results: dict[str, Any] = {}
    todo: dict[str, tuple[Payload, Path | None]] = {}
    for name, payload in payloads.items():
        entry = cache / stage / _key(salt, payload) if cache else None
        cached = _read(entry) if entry else None
        if cached is None:
            todo[name] = (payload, entry)
        else:
            results[name] = cached[0]
    for name, result in _compute(stage, function, {n: p for n, (p, _) in todo.items()}, params):
        # Through JSON, so that a fresh result and a cached one are the same object.
        data = json.dumps(result, ensure_ascii=False)
        entry = todo[name][1]
        if entry:
            _write(entry, data)
        results[name] = json.loads(data)
    print(f"{stage}: {len(todo)} computed, {len(payloads) - len(todo)} from cache", file=sys.stderr)
    return {name: results[name] for name in payloads}


def _compute(
    stage: str, function: Function, todo: Mapping[str, Payload], params: EngineParams
) -> Iterator[tuple[str, Any]]:
    if params.kind not in ("serial", "processes", "dask"):
        raise EngineError(f"params.yaml: engine.kind is {params.kind!r}; use serial, processes or dask")
    if not todo:
        return
    names, payloads = list(todo), list(todo.values())
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        bar = progress.add_task(stage, total=len(names))
        for name, result in zip(names, _results(function, payloads, params), strict=True):
            progress.advance(bar)
            yield name, result


def _results(function: Function, payloads: Sequence[Payload], params: EngineParams) -> Iterator[Any]:
    if params.kind == "serial" or len(payloads) == 1:
        yield from map(function, payloads)
    elif params.kind == "processes":
        with ProcessPoolExecutor(max_workers=params.workers) as pool:
            yield from pool.map(function, payloads)
    else:
        yield from _on_dask(function, payloads, params)


def _on_dask(function: Function, payloads: Sequence[Payload], params: EngineParams) -> Iterator[Any]:
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise EngineError(
            "params.yaml asks for engine.kind: dask, but Dask is not installed. "
            "Run `make setup-dev` (or install the extra: pip install 'distributed'), or set engine.kind: processes."
        ) from error
    client = (
        Client(params.address)
        if params.address
        else Client(n_workers=params.workers, threads_per_worker=1, dashboard_address=None)
    )
    with client:
        for future in client.map(function, payloads, pure=False):
            yield future.result()


def _key(salt: str, payload: Payload) -> str:
    data = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256((salt + data).encode()).hexdigest()


def _code_salt(function: Function, shared: str) -> str:
    """What the function's results depend on beside its payload."""
    digest = hashlib.sha256(f"{function.__module__}.{function.__qualname__}\0{shared}\0".encode())
    for name in sorted(n for n in sys.modules if n == "pipeline" or n.startswith("pipeline.")):
        source = getattr(sys.modules[name], "__file__", None)
        if source:
            digest.update(name.encode() + b"\0" + Path(source).read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library}={metadata.version(library)}\0".encode())
    return digest.hexdigest()


def _read(entry: Path) -> tuple[Any] | None:
    try:
        return (json.loads(entry.read_text(encoding="utf-8")),)
    except (FileNotFoundError, ValueError):
        return None


def _write(entry: Path, data: str) -> None:
    """Write whole or not at all: a killed run must not leave half an entry."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=entry.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(data)
    Path(name).replace(entry)
