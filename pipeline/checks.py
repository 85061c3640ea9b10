"""`python -m pipeline check`: is everything that people edit valid? Read-only; used by editors and by the tests.

Reads packs, vocabulary, benchmarks, sources, digests. Says what is wrong and where; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.audit.glossary import glossary
from pipeline.audit.words import languages, words
from pipeline.extract import locate
from pipeline.outline import Unreadable, units_of
from pipeline.packs import load_pack, pack_codes
from pipeline.sources import Source, article_numbers, load_sources
from pipeline.standards import benchmarks
from pipeline.tag import check_rules
from pipeline.vocabulary import vocabulary
from pipeline.yamls import PackError


def problems(raw: Path) -> Iterator[str]:
    """Everything that is wrong, one line each."""
    try:
        vocabulary()
        glossary()
        for language in languages():
            words(language)
        for code in pack_codes():
            load_pack(code)
            yield from check_rules(code)
        benchmarks()
    except PackError as error:
        yield str(error)
    known: set[str] = set()
    described: list[tuple[Path, Source]] = []
    for folder in sorted(p.parent for p in raw.glob("*/sources.yaml")):
        try:
            sources = load_sources(folder).documents
        except PackError as error:
            yield str(error)
            continue
        if folder.name not in pack_codes():
            yield f"{folder}: there is no pack {folder.name!r}; packs are {', '.join(pack_codes())}"
            continue
        for source in sources:
            if source.doc_id in known:
                yield f"{folder}/sources.yaml: {source.doc_id} is also in another folder; rename one"
            known.add(source.doc_id)
            described.append((folder, source))
            if source.language != (reads := load_pack(folder.name).language):
                yield (
                    f"{folder}/sources.yaml: {source.doc_id} is in the language {source.language!r}, but "
                    f"pipeline/packs/{folder.name}/ has rules for {reads!r}; correct one, or make a pack and a folder "
                    "for the other language"
                )
            if source.kind == "article" and source.language not in languages():
                yield (
                    f"{folder}/sources.yaml: {source.doc_id}: papers in the language {source.language!r} cannot be "
                    f"audited; "
                    f"there is {', '.join(languages())} in pipeline/packs/audit/ (docs/packs.md says how to add one)"
                )
            yield from coverage(folder, source)
    for folder, source in described:
        for other in filter(None, (*source.amends, source.implements)):
            if other not in known:
                yield f"{folder}/sources.yaml: {source.doc_id} names {other}, which no sources.yaml describes"


def coverage(folder: Path, source: Source) -> Iterator[str]:
    """Whether the typeset digest holds just the articles that sources.yaml says: all, less those left out."""
    found = locate(folder, source, "digest")
    if found is None:
        if locate(folder, source, "official") is None:
            yield (
                f"{folder / source.doc_id}: neither a typeset digest (`make typeset` makes it from digests/) nor an "
                "official file (`python -m pipeline acquire`)"
            )
        return
    if not source.articles:
        return
    try:
        units = units_of(found[1], folder.name, source.kind == "amending-act")
    except Unreadable as error:
        yield f"{folder}: {error}"
        return
    try:
        left_out = set(article_numbers(source.omits))
        own = [n for n in article_numbers(source.articles) if n not in left_out]
        quoted = [n for n in article_numbers(source.quoted) if n not in left_out]
    except PackError as error:
        yield f"{folder}/sources.yaml: {source.doc_id}: {error}"
        return
    for what, wanted, part in (("articles", own, "body"), ("quoted provisions", quoted, "quoted")):
        have = [p["num"] for p in units if p["part"] == part]
        missing = [n for n in wanted if n not in have]
        extra = [n for n in have if n not in wanted]
        # A number that the law itself gives twice (a constitution's transitional and additional rules) is listed twice.
        doubled = sorted({n for n in have if have.count(n) > max(1, wanted.count(n))}) if part == "body" else []
        missing += sorted({n for n in wanted if 0 < have.count(n) < wanted.count(n)})
        if wanted and not have and part == "body":
            yield (
                f"{folder}/{source.doc_id}: no article was found in {found[1].name}; no line of it fits a pattern of "
                f"`units` in pipeline/packs/{folder.name}/structure.yaml"
            )
            continue
        for problem, numbers in (("lacks", missing), ("has unannounced", extra), ("has twice", doubled)):
            if numbers:
                yield f"{folder}/{source.doc_id}: {problem} {what} {', '.join(numbers[:20])}"
