"""Every regular expression that the stages use on a text, and how they use it. Run as a program, by test_hostile.py.

Reads   raw/<code> and the documents in it whose ids are given as arguments.
Writes  JSON to standard output: a list of {pattern, flags, method, where}.
Patterns are recorded where they are compiled or used: `re` is replaced before any module of the pipeline is loaded.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
MODULES = {name: getattr(re, name) for name in METHODS}
COMPILE = re.compile
PIPELINE = str(Path("pipeline").resolve())
uses: dict[tuple[str, int, str], str] = {}


def record(pattern: str, flags: int, method: str) -> None:
    """Keep a use of a pattern, with the first place where it was seen, when that place is ours."""
    frame: Any = sys._getframe(2)
    if frame.f_code.co_filename.startswith(PIPELINE):
        where = f"{Path(frame.f_code.co_filename).relative_to(PIPELINE)}:{frame.f_lineno}"
        uses.setdefault((pattern, int(flags), method), where)


class Recorded:
    """A compiled pattern that tells how it is used."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            record(self._compiled.pattern, self._compiled.flags, name)
        return getattr(self._compiled, name)


def compile_recorded(pattern: Any, flags: int = 0) -> Any:
    """`re.compile`, for our modules with a record."""
    compiled = COMPILE(pattern, flags)
    if isinstance(compiled.pattern, str) and sys._getframe(1).f_code.co_filename.startswith(PIPELINE):
        record(compiled.pattern, compiled.flags, "compile")
        return Recorded(compiled)
    return compiled


def recorded(name: str) -> Any:
    """A function of `re`, with a record."""

    def function(pattern: Any, *arguments: Any, **named: Any) -> Any:
        if isinstance(pattern, Recorded):
            return getattr(pattern, name)(*arguments, **named)
        if isinstance(pattern, str):
            record(pattern, int(named.get("flags", 0)) | re.UNICODE, name)
        return MODULES[name](pattern, *arguments, **named)

    return function


def main() -> None:
    """Run the stages up to the links on some documents, and print what was recorded."""
    setattr(re, "compile", compile_recorded)  # noqa: B010 - mypy forbids the assignment
    for name in METHODS:
        setattr(re, name, recorded(name))
    from pipeline import extract, link, parse, tag  # noqa: PLC0415 - not before `re` is replaced

    extract.extract_guarded = extract.extract_document  # in this process, where `re` is replaced

    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    settings = {**params, "corpus": {"edition": "digest"}, "engine": {"kind": "serial", "cache": None}}
    with tempfile.TemporaryDirectory() as name:
        raw, out = Path(name) / "raw", Path(name)
        for folder in sorted(p for p in Path("raw").iterdir() if (p / "sources.yaml").is_file()):
            sources = yaml.safe_load((folder / "sources.yaml").read_text(encoding="utf-8"))
            kept = [s for s in sources["documents"] if s["doc_id"] in sys.argv[1:]]
            if kept:
                (raw / folder.name).mkdir(parents=True)
                (raw / folder.name / "sources.yaml").write_text(yaml.safe_dump({"documents": kept}), encoding="utf-8")
                for source in kept:
                    for file in folder.glob(f"{source['doc_id']}.*"):
                        shutil.copyfile(file, raw / folder.name / file.name)
        text, provisions, tags, links = (out / n for n in ("1-text", "2-provisions", "3-tags", "4-links"))
        extract.run(raw, text, settings)
        parse.run(text, provisions, settings)
        tag.run(text, provisions, tags, settings)
        link.run(text, provisions, tags, links, str(params["as_of"]))
    rows = [{"pattern": p, "flags": f, "method": m, "where": w} for (p, f, m), w in sorted(uses.items())]
    json.dump(rows, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
