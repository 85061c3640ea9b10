"""Nothing of the interface is left in English on the pages of another language: told by the catalogues, not by guessing.

The pages are made once more with a catalogue in which every word is replaced by signs of another script (what
translators call a pseudo-locale). Latin letters that are left then came from no catalogue: they are names, words of
documents and of sources, which pages mark as such, or they are English that nobody translated.
"""

from __future__ import annotations

import html.parser
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import baseline, report, sources, vocabulary
from pipeline.corpus import Corpus
from pipeline.report import cells, changed, figures, links, pages, phrases, words
from pipeline.report.findings import Tables
from tests.conftest import Run, params

LANGUAGE = "id"
OPAQUE = ("code", "script", "style", "blockquote", "bdi", "cite", "svg")  # words of documents, ids, names
ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
KEPT = re.compile(r"\{\w*\}|\\\d|%\w")


def pseudo(text: str) -> str:
    """`text` without a Latin letter, its placeholders and references to groups kept."""
    kept = KEPT.findall(text)
    parts = [re.sub(r"[A-Za-z]", "ж", p) for p in KEPT.split(text)]
    return "".join(a + b for a, b in zip(parts, [*kept, ""], strict=True))


def deep(value: Any) -> Any:
    """A catalogue in pseudo; the patterns that recognise English stay."""
    if isinstance(value, dict):
        return {k: v if k == "match" else deep(v) for k, v in value.items()}
    if isinstance(value, list):
        return [deep(v) for v in value]
    return pseudo(value) if isinstance(value, str) else value


class Pseudo(words.Words):
    """The catalogue in pseudo; what it lacks comes out as it is."""

    def concept(self, concept: str) -> str:
        return (
            pseudo(super().concept(concept)) if vocabulary.vocabulary()[concept].label_id else super().concept(concept)
        )

    def own(self, record: Any, field: str) -> str:
        own = str(getattr(record, f"{field}_{self.language}", ""))
        return pseudo(own) if own else str(getattr(record, field))


class Text(html.parser.HTMLParser):
    """Words that a page says itself, with where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        hidden = self._open[-1] or tag in OPAQUE or values.get("lang", LANGUAGE) != LANGUAGE or "download" in values
        if not hidden and values.get("class") != "ev":
            self.said += [str(values[a]) for a in ATTRIBUTES if values.get(a)]
        if tag not in ("meta", "link", "input", "img", "br", "rect"):
            self._open.append(hidden or values.get("class") in ("ev", "brand"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "link", "input", "img", "br", "rect"):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open[-1]:
            self.said.append(data)


@pytest.fixture
def pseudo_words(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], words.Words]:
    """Every module of the report in pseudo."""
    real = words.words(LANGUAGE)
    made = Pseudo(LANGUAGE, {k: v if k == "format.thousands" else pseudo(v) for k, v in real.messages.items()})

    def put(language: str) -> words.Words:
        return made if language == LANGUAGE else words.words(language)

    catalogue = deep(phrases.phrase_words(LANGUAGE))
    for module in (pages, figures, changed):
        if hasattr(module, "words"):
            monkeypatch.setattr(module, "words", put)
    monkeypatch.setattr("pipeline.report.findings.words", put)
    monkeypatch.setattr(phrases, "phrase_words", lambda _: catalogue)
    for module in (links, pages):
        monkeypatch.setattr(module, "local_titles", lambda t, c: deep(phrases.local_titles(t, c)))
    return put


@pytest.fixture
def names(shipped: Run) -> re.Pattern[str]:
    """Names of documents, which are the same in every language, and signs that are no words."""
    tables = Tables(shipped.reports / "tables")
    known = {*tables.names.values(), *tables.names, *(r["gazette"] for r in tables.rows("documents"))}
    known |= {r[c] for r in tables.rows("documents") for c in ("title", "title_en")}
    absent = [a for f in Path("raw").glob("*/sources.yaml") for a in sources.load_sources(f.parent).known_absent]
    known |= {a.title for a in absent if not a.title_id}
    known |= {r["cited"].partition(" ")[2] for r in tables.rows("claims")}  # what it is called by the paper
    # Numbers that laws write in words or letters are part of the name of a provision.
    known |= {part.partition("_")[2] for r in tables.rows("provisions") for part in r["eid"].split("__")}
    listed = "|".join(map(re.escape, sorted((k for k in known if k), key=len, reverse=True)))
    others = (r"\d+/[A-Z]\S*(?: \w+)?", r"\b[IVX]+\b", r"\b\d+\w*\b", "“(?:[^“”]|“[^”]*”)*”",
              r"\b(?:IDR|PHP|USD|CSV|PDF|UTF|Lacuna|EN|ID)\b")  # fmt: skip
    return re.compile(rf"{others[0]}|(?<!\w)(?:{listed})(?!\w)|{'|'.join(others[1:])}")


def left(said: str, names: re.Pattern[str]) -> list[str]:
    """Words in Latin letters that no catalogue gave."""
    said = re.sub(r"\b[0-9a-f]{12}\b", " ", said)  # a commit
    return re.findall(r"[A-Za-z]{2,}", names.sub(" ", said))


def test_every_sentence_of_a_stage_is_said_in_every_language(
    shipped: Run, pseudo_words: Callable[[str], words.Words], names: re.Pattern[str]
) -> None:
    tables = Tables(shipped.reports / "tables")
    titles = dict.fromkeys(phrases.local_titles(tables, LANGUAGE), "ж")
    say = phrases.Phrases(pseudo_words(LANGUAGE), tables.names, titles)
    title = "|".join(map(re.escape, {r["title_en"] for r in tables.rows("documents")}))
    missing: dict[str, str] = {}
    count = 0
    for name, schema in report.PUBLISHED.items():
        for column in {c.name for c in schema.columns} & (
            cells.SPOKEN | ({"before", "after"} if name == "changes_in_time" else set())
        ):
            for sentence in set(tables[name][column]) - {""}:
                count += 1
                # What stands behind `title:` or in brackets is a title as the paper or the law writes it.
                plain = re.sub(
                    r"(?<=title: ).*$", "“ж”", re.sub(rf"(?<=\d{{4}}: )(?:{title})|\((?:{title})\)", "", sentence)
                )
                if words_left := left(say.sentence(plain), names):
                    missing[" ".join(words_left)] = sentence
    assert count > 300
    assert missing == {}


def test_no_english_is_left_on_the_pages_of_another_language(
    shipped: Run, tmp_path: Path, pseudo_words: Callable[[str], words.Words], names: re.Pattern[str]
) -> None:
    tables = Tables(shipped.reports / "tables")
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    settings = params()
    drawn = {c: figures.draw(tables, settings, c) for c in words.LANGUAGES}
    metrics = json.loads((shipped.reports / "metrics.json").read_text(encoding="utf-8"))
    site = pages.Site(
        corpus,
        tables,
        report.PUBLISHED,
        drawn,
        settings,
        metrics,
        changed.changed(tables, baseline.read(), settings["as_of"]),
    )
    pages.write(site, tmp_path)
    missing: dict[str, set[str]] = {}
    for page in sorted((tmp_path / LANGUAGE).rglob("*.html")):
        text = Text()
        text.feed(page.read_text(encoding="utf-8"))
        for said in text.said:
            if left(said, names):
                missing.setdefault(page.relative_to(tmp_path).as_posix(), set()).add(" ".join(said.split())[:100])
    assert missing == {}
