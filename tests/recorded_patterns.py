"""Every regular expression of the pipeline, and how it is used. Run as a program, by test_hostile.py.

Reads   raw/<code> and the documents in it whose ids are given as arguments; the pipeline's own code.
Writes  JSON to standard output: {patterns: [{pattern, flags, method, where}], places: [file:line where one was used]}.
Patterns are recorded where they are compiled or used, in every stage: `re` is replaced before any module of the
pipeline is loaded, and all of them are loaded. What stands in the code as it is and was not run is read from there.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
MODULES = {name: getattr(re, name) for name in METHODS}
COMPILE = re.compile
PIPELINE = str(Path("pipeline").resolve())
uses: dict[tuple[str, int, str], str] = {}
places: set[str] = set()


def record(pattern: str, flags: int, method: str) -> None:
    """Keep a use of a pattern, with the first place where it was seen, when that place is ours."""
    frame: Any = sys._getframe(2)
    if frame.f_code.co_filename.startswith(PIPELINE):
        where = f"{frame.f_code.co_filename[len(PIPELINE) + 1 :]}:{frame.f_lineno}"
        places.add(where)
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


def written() -> Iterator[tuple[str, str, str | None]]:
    """(file:line, function, pattern) of every call of a function of `re` in the code; None: the pattern is computed."""
    for file in sorted(Path(PIPELINE).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in ("compile", *METHODS)
                and node.args
            ):
                first = node.args[0]
                constant = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
                yield f"{file.relative_to(PIPELINE)}:{node.lineno}", node.func.attr, constant


@cache
def everywhere() -> str:
    """All of the code."""
    return "\n".join(f.read_text(encoding="utf-8") for f in Path(PIPELINE).rglob("*.py"))


@cache
def named(where: str) -> set[str]:
    """The methods that the code of a file calls on what it compiles in a line, by the name that it gives to it there."""
    path, _, line = where.partition(":")
    code = (Path(PIPELINE) / path).read_text(encoding="utf-8")
    names = {
        target.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.lineno <= int(line) <= (node.end_lineno or 0)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return {m[1] for name in names for m in re.finditer(rf"\b{name}\.({'|'.join(METHODS)})\b", everywhere())}


def main() -> None:
    """Run all stages on some documents, and print what was recorded."""
    setattr(re, "compile", compile_recorded)  # noqa: B010 - mypy forbids the assignment
    for name in METHODS:
        setattr(re, name, recorded(name))
    import pipeline  # noqa: PLC0415 - not before `re` is replaced

    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from pipeline import audit, compare, evaluate, extract, gaps, link, parse, report, tag  # noqa: PLC0415
    from pipeline.corpus import Corpus  # noqa: PLC0415

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
        names = ("1-text", "2-provisions", "3-tags", "4-links", "5-tables", "6-gaps", "7-audit")
        text, provisions, tags, links, tables, gaps_, audit_ = (out / n for n in names)
        extract.run(raw, text, settings)
        parse.run(text, provisions, settings)
        tag.run(text, provisions, tags, settings)
        settings["as_of"] = str(params["as_of"])
        link.run(text, provisions, tags, links, settings["as_of"])
        compare.run(raw, text, provisions, tags, links, tables, settings)
        gaps.run(raw, text, provisions, tags, links, gaps_, settings)
        audit.run(text, provisions, tags, links, audit_, settings)
        evaluate.run(raw, out, Path("tests/gold"), out / "reports")
        report.run(out, out / "reports", settings)
        from pipeline import describe, terminal  # noqa: PLC0415

        title = "AN ACT REPEALING REPUBLIC ACT NO. 90000, AMENDING REPUBLIC ACT NO. 80000"
        (raw / "ph/ph-ra-90001.txt").write_text(
            f"REPUBLIC ACT NO. 90001\n\n{title}\n\nBe it enacted:\n", encoding="utf-8"
        )
        for code, doc_id in (("id", "id-uu-19-2016"), ("ph", "ph-ra-10364"), ("ph", "ph-ra-90001")):
            for file in (raw / code).glob(f"{doc_id}.*"):
                describe.describe(file, {})
        terminal.search(Corpus(text, provisions, tags), "anak child")
    run = {(p, m) for p, _, m in uses}
    for where, function, constant in written():
        if constant is not None and (constant, function) not in run:
            uses.setdefault((constant, int(re.UNICODE), function), where)
    used = {(p, f) for p, f, m in uses if m != "compile"}
    for (pattern, flags, method), where in list(uses.items()):
        if method == "compile" and (pattern, flags) not in used:
            for name in named(where):
                uses.setdefault((pattern, flags, name), where)
    rows = [{"pattern": p, "flags": f, "method": m, "where": w} for (p, f, m), w in sorted(uses.items())]
    json.dump({"patterns": rows, "places": sorted(places)}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
