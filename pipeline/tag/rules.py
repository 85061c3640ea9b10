"""The rules of a pack, run over a text: which spans they recognise, and which of those stand.

Reads   a pack, and texts.
Writes  nothing.
What every match of a rule begins with is known from its words or its pattern. One automaton finds all of that, for all
rules, in one pass over the text; a rule is tried where something it begins with stands, and nowhere else. Phrases are
compared token by token, regexes run on the text itself, token patterns go through spaCy's Matcher.
Where spans of one label overlap, the longest stays; of equals the earlier, then the rule that comes first in the pack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import BytesAhoCorasick

from pipeline import numerals
from pipeline.packs import Example, Pack, Rule, expand, load_pack
from pipeline.tag.beginnings import beginnings, spelled_beginning
from pipeline.tag.spelling import Spelled
from pipeline.tag.tokens import TokenPatterns, begins_token, cut

CONTEXT = 240  # characters of the same line that a context modifier sees
COUNTS = ("_count", "_years", "_months", "_days")

Span = tuple[Rule, int, int, dict[str, Any]]
Names = tuple[tuple[str, tuple[str, ...]], ...]  # doc_ids with the short names of these documents


class Phrase:
    """Words to be found token by token, however they are spaced where no space is needed to keep them apart."""

    def __init__(self, rule: Rule, text: str, exact: bool) -> None:
        words, spaces = cut(text)
        self.rule, self.exact = rule, exact
        self.words = tuple(words if exact else (w.lower() for w in words))
        # Between two words stands one space; around signs and numbers one or none.
        spaced = [s and a[-1].isalpha() and b[0].isalpha() for s, a, b in zip(spaces, words, words[1:], strict=False)]
        self.plain = " ".join(self.words) if all(spaced) else ""
        sure = spaced.index(False) + 1 if not all(spaced) else len(words)
        self.beginnings = spelled_beginning(" ".join(words[:sure]))

    def end(self, text: str, start: int) -> int:
        """Where the phrase that starts at `start` ends; 0 when it does not stand there."""
        if self.plain:
            end = start + len(self.plain)
            found = text[start:end]
            stands = (found if self.exact else found.lower()) == self.plain
        else:
            end, stands = self._spaced_end(text, start)
        return end if stands and begins_token(text, start) and begins_token(text, end) else 0

    def _spaced_end(self, text: str, start: int) -> tuple[int, bool]:
        at = start
        for i, word in enumerate(self.words):
            at += i > 0 and text.startswith(" ", at)
            found = text[at : at + len(word)]
            if (found if self.exact else found.lower()) != word or not begins_token(text, at):
                return at, False
            at += len(word)
        return at, True


@dataclass(frozen=True, slots=True)
class Regex:
    """A rule's pattern, ready to run."""

    rule: Rule
    pattern: re.Pattern[str]
    items: re.Pattern[str] | None
    groups: tuple[tuple[str, Callable[[str], Any]], ...]  # names of the values, and what makes a value of the words
    spanned: bool  # whether a group narrows the match

    def spans(self, matches: Iterable[re.Match[str]], text: str) -> Iterator[Span]:
        """The spans of matches, with their values."""
        for match in matches:
            start, end = match.span("span") if self.spanned else match.span()
            if start < 0 or (self.spanned and start == end):
                start, end = match.span()  # a pattern may have a match without the group
            if end > start:
                value = dict(self.rule.value)
                for name, read in self.groups:
                    if (found := match[name]) is not None:
                        value[name] = read(found)
                if self.items:
                    value["nums"] = [m[m.lastindex or 0] for m in self.items.finditer(text[start:end])]
                yield self.rule, start, end, value


def _reader(name: str) -> Callable[[str], Any]:
    """How the words of a named group become a value."""
    if name.endswith("_amount"):
        return numerals.amount
    if name.endswith(COUNTS):
        return numerals.count
    return lambda found: " ".join(found.split())


def regex_of(rule: Rule, macros: Mapping[str, str]) -> Regex:
    """The regex of a rule, compiled."""
    flags = re.MULTILINE if rule.case_sensitive else re.MULTILINE | re.IGNORECASE
    items = re.compile(expand(rule.items, dict(macros)), flags) if rule.items else None
    pattern = re.compile(expand(rule.regex, dict(macros)), flags)
    names = sorted(pattern.groupindex, key=lambda name: pattern.groupindex[name])
    groups = tuple((name, _reader(name)) for name in names if name != "span")
    return Regex(rule, pattern, items, groups, "span" in pattern.groupindex)


class Finder:
    """Patterns and phrases, and the automaton that tells where each of them can begin."""

    def __init__(self, regexes: Sequence[Regex] = (), phrases: Sequence[Phrase] = ()) -> None:
        self.regexes, self.phrases = regexes, phrases
        self.everywhere: set[int] = set()  # regexes of which it is not known with what they begin
        self.capitals: set[int] = set()  # regexes that begin with a capital letter
        users: dict[bytes, list[int]] = {}  # what stands at the beginning → regexes, then phrases, by number
        for number, regex in enumerate(regexes):
            known = beginnings(regex.pattern)
            if known is None:
                self.everywhere.add(number)
            elif known.capital:
                self.capitals.add(number)
            else:
                for string in known.strings:
                    users.setdefault(string, []).append(number)
        for number, phrase in enumerate(phrases, len(regexes)):
            for string in phrase.beginnings:
                users.setdefault(string, []).append(number)
        strings = sorted(users)
        self._users = [tuple(users[s]) for s in strings]
        # Beginnings with white space are found at its first character, but may begin at any of it.
        self._gaps = {n for s in strings if s.startswith(b" ") for n in users[s]}
        self._automaton = BytesAhoCorasick(strings)

    def starts(self, spelled: Spelled) -> list[list[int]]:
        """For each regex, then each phrase: where in the text it may begin, in order."""
        starts: list[list[int]] = [[] for _ in range(len(self.regexes) + len(self.phrases))]
        found = self._automaton.find_matches_as_indexes(spelled.letters, overlapping=True)
        # Of one rule no beginning is the beginning of another, so that no start is found twice.
        for (string, _, _), place in zip(found, spelled.places([start for _, start, _ in found]), strict=True):
            for number in self._users[string]:
                starts[number].append(place)
        for number in self._gaps:
            starts[number] = spelled.gaps(starts[number])
        for those in starts:
            those.sort()
        if self.capitals:
            capitals = spelled.capitals()
            for number in self.capitals:
                starts[number] = capitals
        return starts

    def matches(self, text: str, spelled: Spelled) -> Iterator[Span]:
        """Every match of the regexes and phrases in `text`."""
        starts = self.starts(spelled)
        for number, regex in enumerate(self.regexes):
            if number in self.everywhere:
                yield from regex.spans(regex.pattern.finditer(text), text)
            elif starts[number]:
                yield from regex.spans(_tried(regex, text, starts[number]), text)
        for number, phrase in enumerate(self.phrases, len(self.regexes)):
            for start in starts[number]:
                if end := phrase.end(text, start):
                    yield phrase.rule, start, end, dict(phrase.rule.value)


def _tried(regex: Regex, text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` finds, looking only at `starts`."""
    behind = 0
    match_at = regex.pattern.match
    for at in starts:
        if at >= behind and (match := match_at(text, at)):
            behind = match.end()
            yield match


class Compiled:
    """What is made of a pack once, whichever documents are named in a text."""

    def __init__(self, pack: Pack) -> None:
        self.units = frozenset(u.kind for u in pack.structure.units)
        self.rules = {rule.id: rule for rule in pack.rules}
        self.regexes = [regex_of(rule, pack.macros) for rule in pack.rules if rule.regex]
        phrases = [Phrase(rule, text, rule.case_sensitive) for rule in pack.rules for text in rule.phrase]
        self.finder = Finder(self.regexes, list({(p.rule.id, p.words): p for p in phrases}.values()))
        self.contexts = {rule.id: found for rule in pack.rules if (found := _contexts(rule, pack.macros))}
        patterns = {rule.id: rule.tokens for rule in pack.rules if rule.tokens}
        self.token_patterns = TokenPatterns(patterns) if patterns else None


def _contexts(rule: Rule, macros: Mapping[str, str]) -> list[tuple[bool, bool, re.Pattern[str]]]:
    """What a rule asks of the text around a match: whether before it, whether it is wanted, and the pattern."""
    found = []
    for name, before, wanted in (
        ("requires_before", True, True),
        ("requires_after", False, True),
        ("unless_before", True, False),
        ("unless_after", False, False),
    ):
        pattern = expand(getattr(rule, name), dict(macros))
        if pattern:
            pattern = f"(?:{pattern})$" if before else f"(?:{pattern})"
            found.append((before, wanted, re.compile(pattern, re.IGNORECASE)))
    return found


class Tagger:
    """The rules of a pack and the short names of documents, ready to run over texts."""

    def __init__(self, pack: Pack | Compiled, names: Names = ()) -> None:
        self.pack = pack if isinstance(pack, Compiled) else Compiled(pack)
        self.units = self.pack.units
        named = {doc_id: _name_rule(doc_id) for doc_id, _ in names}
        self.rules = {**self.pack.rules, **{rule.id: rule for rule in named.values()}}
        self.order = {rule_id: i for i, rule_id in enumerate(self.rules)}
        self.kinds = {rule.id: rule.kind for rule in self.rules.values()}
        short = [Phrase(named[doc_id], name, not is_title(name)) for doc_id, those in names for name in those]
        self._names = Finder(phrases=short) if short else None

    def __call__(self, text: str) -> list[Span]:
        """Every span of every rule in `text`, overlaps within a label resolved, in order of start."""
        contexts = self.pack.contexts
        return self.resolve([s for s in self.matches(text) if s[0].id not in contexts or self.in_context(s, text)])

    def matches(self, text: str) -> Iterator[Span]:
        """Every match of every rule, whatever stands around it."""
        if self.pack.token_patterns:
            for rule_id, start, end in self.pack.token_patterns.matches(text):
                yield self.rules[rule_id], start, end, dict(self.rules[rule_id].value)
        spelled = Spelled(text)
        yield from self.pack.finder.matches(text, spelled)
        if self._names:
            yield from self._names.matches(text, spelled)

    def in_context(self, span: Span, text: str) -> bool:
        """Whether what stands around a match is what its rule asks for."""
        rule, start, end, _ = span
        for before, wanted, pattern in self.pack.contexts.get(rule.id, ()):
            if before:
                furthest = max(start - CONTEXT, 0)
                line = text.rfind("\n", furthest, start)
                found = pattern.search(text[line + 1 if line >= 0 else furthest : start])
            else:
                found = pattern.match(text[end : end + CONTEXT].partition("\n")[0])
            if bool(found) is not wanted:
                return False
        return True

    def resolve(self, spans: list[Span]) -> list[Span]:
        """Spans without those that lose to an overlapping one of their label, in order of start."""
        ordered = sorted(spans, key=lambda s: (s[1], s[2], s[0].id))
        open_now: dict[str, list[Span]] = {}  # by label: spans that hang together by overlaps
        reach: dict[str, int] = {}
        lost: set[int] = set()
        for span in ordered:
            kind = self.kinds[span[0].id]
            if span[1] < reach.get(kind, 0):
                open_now[kind].append(span)
                reach[kind] = max(reach[kind], span[2])
            else:
                lost |= self._losers(open_now.get(kind, ()))
                open_now[kind], reach[kind] = [span], span[2]
        for together in open_now.values():
            lost |= self._losers(together)
        return [span for span in ordered if id(span) not in lost]

    def _losers(self, spans: Sequence[Span]) -> set[int]:
        """Of spans of one label, the identities of those that overlap with a better one that stands."""
        if len(spans) < 2:
            return set()
        lost: set[int] = set()
        taken: list[tuple[int, int]] = []
        for span in sorted(spans, key=lambda s: (s[1] - s[2], s[1], self.order[s[0].id])):
            _, start, end, _ = span
            i = bisect_right(taken, (start, end))
            if (i > 0 and taken[i - 1][1] > start) or (i < len(taken) and taken[i][0] < end):
                lost.add(id(span))
            else:
                taken.insert(i, (start, end))
        return lost


@cache
def compiled(code: str) -> Compiled:
    """What is made of the pack `code` (once a process)."""
    return Compiled(load_pack(code))


@cache
def tagger(code: str, names: Names = ()) -> Tagger:
    """The tagger of a pack (built once a process)."""
    return Tagger(compiled(code), names)


def is_title(name: str) -> bool:
    """Whether a name is a title, which texts print in capitals or not, rather than an abbreviation."""
    return name.count(" ") >= 3


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
