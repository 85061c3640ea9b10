"""Stage 3: provisions → tagged spans. The only spaCy code.

Reads   processed/1-text/, 2-provisions/ and the rules of the packs.
Writes  processed/3-tags/<doc_id>.jsonl.
Says which words a rule recognised and what they are worth on their own. Does not join anything: which penalty
belongs to which offence, or what a citation points to, is the business of `link`.

A document is one spaCy `Doc` over its canonical text, cut by a lossless tokenizer made for statutes. Phrases go
through PhraseMatcher, token patterns through Matcher, regexes run on the same text and are tied to characters.
Where spans of one label overlap, the longest stays; of equals the earlier, then the rule that comes first in the pack.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import numerals, records
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.packs import Example, Pack, Rule, expand, load_pack, packs_digest
from pipeline.records import Document, Page, Provision, Tag

# Line breaks and white space, numbers with their separators (an article's letter stays: 45A), words with inner hyphens,
# single other characters. Every character of a text lands in exactly one token.
TOKEN = re.compile(r"\n|[^\S\n]+|\d+(?:[.,]\d+)*(?:[A-Za-z]{1,2}(?![^\W_]))?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|.", re.DOTALL)
CONTEXT = 240  # characters of the same line that a context modifier sees
COUNTS = ("_count", "_years", "_months", "_days")


class LegalTokenizer:
    """Cuts statutes where lawyers do: `4(a)` is four tokens, `Rp120.000.000,00` two, `anak-anak` and `45A` one."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for token in TOKEN.findall(text):
            if token[0] == " " and words and not spaces[-1] and words[-1] != "\n":
                spaces[-1] = True
                if len(token) > 1:
                    words.append(token[1:])
                    spaces.append(False)
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def run(text: Path, provisions: Path, out: Path, params: dict[str, Any]) -> None:
    """Tag every document into `out` (a new folder)."""
    documents = list(records.read_jsonl(text / "documents.jsonl", Document))
    payloads = {d.doc_id: _payload(d, documents, text, provisions) for d in documents}
    results = map_documents("tag", tag_document, payloads, EngineParams(**params["engine"]))
    with records.whole_folder(out) as fresh:
        for doc_id, tags in results.items():
            records.write_jsonl(fresh / f"{doc_id}.jsonl", [Tag(**t) for t in tags])


def _payload(document: Document, documents: list[Document], text: Path, provisions: Path) -> Payload:
    """All that tagging one document depends on: its text, its provisions, its pack, and the short names it uses."""
    pages = list(records.read_jsonl(text / f"{document.doc_id}.jsonl", Page))
    whole = "".join(p.text for p in pages)
    folded = whole.casefold()
    names = {}
    for other in documents:
        # Short names are known to the documents of the same jurisdiction, and to papers about any of them.
        if document.kind == "article" or other.jurisdiction in (document.jurisdiction, "int"):
            known = dict.fromkeys([*other.short_names, *([other.title] if other.kind == "treaty" else [])])
            used = [n for n in known if (n.casefold() in folded if _long(n) else n in whole)]
            if used:
                names[other.doc_id] = used
    return {
        "doc_id": document.doc_id,
        "pack": document.jurisdiction,
        "pack_digest": packs_digest(document.jurisdiction),
        "names": names,
        "pages": [dataclasses.asdict(p) for p in pages],
        "provisions": [
            dataclasses.asdict(p) for p in records.read_jsonl(provisions / f"{document.doc_id}.jsonl", Provision)
        ],
    }


def _long(name: str) -> bool:
    """Whether a name is a title, which texts print in capitals or not, rather than an abbreviation."""
    return name.count(" ") >= 3


def tag_document(payload: Payload) -> list[dict[str, Any]]:
    """Tags of one document, in order of their start."""
    pages = [Page(**p) for p in payload["pages"]]
    provisions = [Provision(**p) for p in payload["provisions"]]
    names = tuple(sorted((d, tuple(n)) for d, n in payload["names"].items()))
    tags = tag(payload["doc_id"], pages, provisions, tagger(payload["pack"], names))
    return [dataclasses.asdict(t) for t in tags]


def tag(doc_id: str, pages: list[Page], provisions: list[Provision], tagger: Tagger) -> list[Tag]:
    """Tags of a text, each with its page and the deepest provision that holds it."""
    text = "".join(p.text for p in pages)
    locate = Locator(provisions)
    starts = [p.start for p in pages]
    headings = {p.start for p in provisions if p.kind in tagger.units}
    tags = []
    for rule, start, end, value in tagger(text):
        if rule.kind == "CITATION" and start in headings:
            continue  # `Pasal 5` before the words of article 5 is its number, not a reference
        provision = locate(start)
        part = provision.part if provision else "front"
        if rule.parts and part not in rule.parts:
            continue
        tags.append(
            Tag(
                doc_id=doc_id,
                eid=provision.eid if provision else "",
                rule_id=rule.id,
                label=rule.kind,
                concept=rule.concept,
                value=value,
                start=start,
                end=end,
                page=pages[bisect_right(starts, start) - 1].page,
                text=text[start:end],
                part=part,
            )
        )
    return tags


class Locator:
    """Finds the deepest provision whose span holds an offset."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        # Later provisions in document order are deeper; the boundaries of all of them cut the text into stretches.
        edges: dict[int, list[tuple[bool, Provision]]] = {}
        for p in provisions:
            edges.setdefault(p.start, []).append((True, p))
            edges.setdefault(p.end, []).append((False, p))
        self._starts: list[int] = []
        self._deepest: list[Provision | None] = []
        open_now: list[Provision] = []
        for at in sorted(edges):
            closing = {p.eid for opens, p in edges[at] if not opens}
            open_now = [p for p in open_now if p.eid not in closing]
            open_now += [p for opens, p in edges[at] if opens and p.end > p.start]
            self._starts.append(at)
            self._deepest.append(open_now[-1] if open_now else None)

    def __call__(self, offset: int) -> Provision | None:
        i = bisect_right(self._starts, offset) - 1
        return self._deepest[i] if i >= 0 else None


PREFIX = 3  # letters of its first word by which a regex finds where it can begin
WORD_START = re.compile(r"\b\w")
# Letters that match another letter when case is ignored, but are not lowered to it.
ODD_CASE = re.compile("[\\u017f\\u0131\\u0130\\u212a]")
BOUNDARY = "\0"  # stands for `\b` in what `_beginnings` returns


def _beginnings(items: Any) -> set[tuple[str, bool]]:
    """(what a match of a parsed regex begins with, in small letters; whether more is not known)."""
    found = {("", False)}
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            more = {(chr(value).lower(), False)}
        elif name == "AT":
            more = {(BOUNDARY if str(value) == "AT_BOUNDARY" else "", False)}
        elif name in ("ASSERT", "ASSERT_NOT"):
            continue
        elif name == "SUBPATTERN":
            more = _beginnings(value[-1])
        elif name == "BRANCH":
            more = set().union(*(_beginnings(branch) for branch in value[1]))
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = value
            more = {(text, stop or str(high) != "1") for text, stop in _beginnings(inner)}
            more |= {("", False)} if low == 0 else set()
        elif name == "IN" and len(value) <= 6 and all(str(o) == "LITERAL" for o, _ in value):
            more = {(chr(v).lower(), False) for _, v in value}
        else:
            more = {("", True)}
        found = {
            (text + after, stop or after_stop)
            for text, stop in found
            for after, after_stop in ([("", True)] if stop or len(text) > PREFIX + 1 else more)
        }
        if len(found) > 400 or all(stop for _, stop in found):
            break
    return found


def beginnings(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """The beginnings of the words with which a match can begin; None where it can begin otherwise."""
    # The parser of `re` is private, but the same in every Python that the project runs on; tests compare the results.
    parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    found = {text for text, _ in _beginnings(parsed)}
    starts = {text.replace(BOUNDARY, "")[:PREFIX] for text in found}
    if any(not text.startswith(BOUNDARY) for text in found) or any(not re.match(r"\w", start) for start in starts):
        return None
    return frozenset(starts)


class Starts:
    """Where the words of a text begin, by their first letters."""

    def __init__(self, text: str) -> None:
        self.odd = ODD_CASE.search(text) is not None
        self._at: dict[str, list[int]] = {}
        small = text.lower()
        # Lowering changes the length only of letters that `odd` tells of.
        for match in WORD_START.finditer("" if self.odd or len(small) != len(text) else text):
            at = match.start()
            self._at.setdefault(small[at : at + PREFIX], []).append(at)
        self.odd = self.odd or len(small) != len(text)

    def of(self, prefixes: frozenset[str]) -> list[int]:
        """Starts of the words that begin with one of `prefixes`, in order."""
        if len(prefixes) == 1 and len(next(iter(prefixes))) == PREFIX:
            return self._at.get(next(iter(prefixes)), [])
        short = tuple(p for p in prefixes if len(p) < PREFIX)
        keys = [k for k in self._at if k.startswith(short)] if short else []
        found = [at for key in {*keys, *(p for p in prefixes if len(p) == PREFIX)} for at in self._at.get(key, ())]
        return sorted(found)


def find(
    pattern: re.Pattern[str], prefixes: frozenset[str] | None, text: str, starts: Starts
) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text)`, looking only where a match can begin."""
    if prefixes is None or starts.odd:
        yield from pattern.finditer(text)
        return
    behind = 0
    for at in starts.of(prefixes):
        if at >= behind and (match := pattern.match(text, at)):
            behind = match.end()
            yield match


Span = tuple[Rule, int, int, dict[str, Any]]


class Tagger:
    """The rules of a pack, ready to run over texts."""

    def __init__(self, pack: Pack, names: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> None:
        self.units = frozenset(u.kind for u in pack.structure.units)
        self.rules = {rule.id: rule for rule in pack.rules}
        self.order = {rule.id: i for i, rule in enumerate(pack.rules)}
        self.vocab = spacy.blank("xx").vocab
        self.tokenize = LegalTokenizer(self.vocab)
        self.phrases = PhraseMatcher(self.vocab, attr="LOWER")
        self.exact = PhraseMatcher(self.vocab, attr="ORTH")
        self.tokens = Matcher(self.vocab)
        self.regexes: list[tuple[Rule, re.Pattern[str], frozenset[str] | None, re.Pattern[str] | None]] = []
        self.contexts: dict[str, list[tuple[bool, bool, re.Pattern[str]]]] = {}
        for rule in pack.rules:
            self._add(rule, pack.macros)
        for doc_id, short in names:
            rule = _name_rule(doc_id)
            self.rules[rule.id], self.order[rule.id] = rule, len(self.order)
            for matcher, wanted in ((self.exact, False), (self.phrases, True)):
                some = [self.tokenize(n) for n in short if _long(n) is wanted]
                if some:
                    matcher.add(rule.id, some)

    def _add(self, rule: Rule, macros: Mapping[str, str]) -> None:
        macros = dict(macros)
        if rule.phrase:
            matcher = self.exact if rule.case_sensitive else self.phrases
            matcher.add(rule.id, [self.tokenize(p) for p in rule.phrase])
        elif rule.tokens:
            self.tokens.add(rule.id, rule.tokens)
        else:
            flags = re.MULTILINE if rule.case_sensitive else re.MULTILINE | re.IGNORECASE
            items = re.compile(expand(rule.items, macros), flags) if rule.items else None
            compiled = re.compile(expand(rule.regex, macros), flags)
            self.regexes.append((rule, compiled, beginnings(compiled), items))
        found = []
        for name, before, wanted in (
            ("requires_before", True, True),
            ("requires_after", False, True),
            ("unless_before", True, False),
            ("unless_after", False, False),
        ):
            pattern = expand(getattr(rule, name), macros)
            if pattern:
                pattern = f"(?:{pattern})$" if before else f"(?:{pattern})"
                found.append((before, wanted, re.compile(pattern, re.IGNORECASE)))
        if found:
            self.contexts[rule.id] = found

    def __call__(self, text: str) -> list[Span]:
        """Every span of every rule in `text`, overlaps within a label resolved, in order of start."""
        spans = [s for s in self.matches(text) if self.in_context(s, text)]
        return self.resolve(spans)

    def matches(self, text: str) -> Iterator[Span]:
        """Every match of every rule, whatever stands around it."""
        doc = self.tokenize(text)
        strings = self.vocab.strings
        for matcher in (m for m in (self.phrases, self.exact, self.tokens) if len(m)):
            for key, first, last in matcher(doc):
                rule = self.rules[strings[key]]
                start = doc[first].idx
                end = doc[last - 1].idx + len(doc[last - 1])
                yield rule, start, end, dict(rule.value)
        starts = Starts(text)
        for rule, pattern, prefixes, items in self.regexes:
            for match in find(pattern, prefixes, text, starts):
                start, end = match.span("span") if match.groupdict().get("span") else match.span()
                if end > start:
                    yield rule, start, end, _value(rule, match, items, text[start:end])

    def in_context(self, span: Span, text: str) -> bool:
        """Whether what stands around a match is what its rule asks for."""
        rule, start, end, _ = span
        for before, wanted, pattern in self.contexts.get(rule.id, ()):
            if before:
                line = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
                found = pattern.search(text[line:start])
            else:
                stop = text.find("\n", end)
                found = pattern.match(text[end : min(stop if stop >= 0 else len(text), end + CONTEXT)])
            if bool(found) is not wanted:
                return False
        return True

    def resolve(self, spans: list[Span]) -> list[Span]:
        """Spans without those that lose to an overlapping one of their label, in order of start."""
        kept: list[Span] = []
        taken: dict[str, list[tuple[int, int]]] = {}
        for span in sorted(spans, key=lambda s: (-(s[2] - s[1]), s[1], self.order[s[0].id])):
            rule, start, end, _ = span
            others = taken.setdefault(rule.kind, [])
            i = bisect_right(others, (start, end))
            if (i > 0 and others[i - 1][1] > start) or (i < len(others) and others[i][0] < end):
                continue
            others.insert(i, (start, end))
            kept.append(span)
        return sorted(kept, key=lambda s: (s[1], s[2], s[0].id))


@cache
def tagger(code: str, names: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Tagger:
    """The tagger of a pack (built once a process)."""
    return Tagger(load_pack(code), names)


def tagger_for(document: Document, documents: list[Document], text: Path, provisions: Path) -> Tagger:
    """The tagger that the stage uses for a document."""
    payload = _payload(document, documents, text, provisions)
    return tagger(payload["pack"], tuple(sorted((d, tuple(n)) for d, n in payload["names"].items())))


def fates(tagger: Tagger, text: str) -> list[tuple[Rule, int, int, str]]:
    """Every match of every rule in a text and what became of it: kept, out of context, or which match it lost to."""
    found = list(tagger.matches(text))
    fitting = [s for s in found if tagger.in_context(s, text)]
    kept = {(r.id, s, e): r.kind for r, s, e, _ in tagger.resolve(fitting)}
    fit = {(r.id, s, e) for r, s, e, _ in fitting}
    rows = []
    for rule, start, end, _ in found:
        if (rule.id, start, end) in kept:
            fate = "kept"
        elif (rule.id, start, end) not in fit:
            fate = "its words, but not in the context that the rule asks for"
        else:
            # Of one label the longest stays, of equals the earlier, then the rule that comes first.
            winner = next((i for (i, s, e), kind in kept.items() if kind == rule.kind and s < end and start < e), "")
            fate = f"lost to {winner}" if winner else "the same span was found twice"
        rows.append((rule, start, end, fate))
    return sorted(rows, key=lambda r: (r[1], r[2], r[0].id))


def _name_rule(doc_id: str) -> Rule:
    """The rule by which documents are recognised by the short names in their `sources.yaml` entry."""
    return Rule(
        id=f"corpus.short-name.{doc_id}",
        label="CITATION",
        phrase=["-"],
        value={"level": "instrument", "doc": doc_id},
        examples=["-"],
        counterexamples=["+"],
        source="short_names in sources.yaml",
    )


def _value(rule: Rule, match: re.Match[str], items: re.Pattern[str] | None, text: str) -> dict[str, Any]:
    value: dict[str, Any] = dict(rule.value)
    for name, found in match.groupdict().items():
        if found is None or name == "span":
            continue
        if name.endswith("_amount"):
            value[name] = numerals.amount(found)
        elif name.endswith(COUNTS):
            value[name] = numerals.count(found)
        else:
            value[name] = " ".join(found.split())
    if items:
        value["nums"] = [m[m.lastindex or 0] for m in items.finditer(text)]
    return value


def check_rules(code: str) -> list[str]:
    """What is wrong with the examples and counterexamples of a pack's rules; [] when all hold.

    An example must be matched whole (or its `match`, where it names one) by its rule, whatever else competes.
    """
    pack = load_pack(code)
    problems = []
    for rule in pack.rules:
        alone = Tagger(pack.model_copy(update={"rules": [rule]}))
        for given in rule.examples:
            example = given if isinstance(given, Example) else Example(text=given)
            wanted = example.match or example.text
            found = [(example.text[s:e], v) for _, s, e, v in alone(example.text)]
            if not any(t == wanted for t, _ in found):
                problems.append(
                    f"{rule.id}: example {example.text!r}: wanted {wanted!r}, found {[t for t, _ in found]}"
                )
            elif example.value and not any(t == wanted and example.value.items() <= v.items() for t, v in found):
                problems.append(f"{rule.id}: example {example.text!r}: wanted {example.value}, found {found}")
        for text in rule.counterexamples:
            found = [(text[s:e], v) for _, s, e, v in alone(text)]
            if found:
                problems.append(f"{rule.id}: counterexample {text!r} is matched: {found}")
    return problems
