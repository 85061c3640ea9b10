"""What the first three stages found, indexed: documents, text, provisions, tags. Read-only.

Used by every stage from `link` on, so that questions such as “which law does this quoted article belong to?” have
one answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pipeline import records
from pipeline.packs import load_pack
from pipeline.records import Document, Operation, Page, Provision, Tag
from pipeline.sources import article_numbers

LAWS = ("constitution", "act", "amending-act", "ratification", "code", "decree", "regulation")


class Corpus:
    """The corpus after `tag`. Everything is in memory: a few million characters."""

    def __init__(self, text: Path, provisions: Path, tags: Path) -> None:
        self.documents: dict[str, Document] = {
            d.doc_id: d for d in records.read_jsonl(text / "documents.jsonl", Document)
        }
        self.pages: dict[str, list[Page]] = {}
        self.text: dict[str, str] = {}
        self.provisions: dict[str, list[Provision]] = {}
        self.tags: dict[str, list[Tag]] = {}
        for doc_id in self.documents:
            self.pages[doc_id] = list(records.read_jsonl(text / f"{doc_id}.jsonl", Page))
            self.text[doc_id] = "".join(p.text for p in self.pages[doc_id])
            self.provisions[doc_id] = list(records.read_jsonl(provisions / f"{doc_id}.jsonl", Provision))
            self.tags[doc_id] = list(records.read_jsonl(tags / f"{doc_id}.jsonl", Tag))
        self.by_eid = {(p.doc_id, p.eid): p for ps in self.provisions.values() for p in ps}
        self.children: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for ps in self.provisions.values():
            for p in ps:
                if p.parent_eid:
                    self.children[p.doc_id, p.parent_eid].append(p)
        self._alone: dict[tuple[str, str], tuple[str, str]] = {}
        self.tags_at: dict[tuple[str, str], list[Tag]] = defaultdict(list)
        for ts in self.tags.values():
            for t in ts:
                self.tags_at[t.doc_id, t.eid].append(t)

    # ------------------------------------------------------------------------------- structure

    def unit_kinds(self, doc_id: str) -> set[str]:
        """Kinds of the numbered units (article, section) of a document's jurisdiction."""
        return {u.kind for u in load_pack(self.documents[doc_id].jurisdiction).structure.units}

    def ancestors(self, doc_id: str, eid: str) -> Iterator[Provision]:
        """The provision itself, then its parents."""
        at = self.by_eid.get((doc_id, eid))
        while at is not None:
            yield at
            at = self.by_eid.get((doc_id, at.parent_eid)) if at.parent_eid else None

    def descendants(self, doc_id: str, eid: str) -> Iterator[Provision]:
        """The provision itself, then everything below it, in order."""
        at = self.by_eid.get((doc_id, eid))
        if at is None:
            return
        yield at
        for child in self.children[doc_id, eid]:
            yield from self.descendants(doc_id, child.eid)

    def unit(self, doc_id: str, eid: str) -> Provision | None:
        """The article or section that holds a provision (the innermost: the quoted one in an amending act)."""
        kinds = self.unit_kinds(doc_id)
        return next((p for p in self.ancestors(doc_id, eid) if p.kind in kinds), None)

    def title_tags(self, doc_id: str) -> list[Tag]:
        """Tags of a document's title; none where the document (an amended law) is not in the corpus.

        A gazette prints subjects and a masthead around a title, which are none of it.
        """
        document = self.documents.get(doc_id)
        if document is None:
            return []
        title = f"{document.title} {document.title_en}".casefold()
        return [t for t in self._front[doc_id] if t.text.casefold() in title]

    @cached_property
    def _front(self) -> dict[str, list[Tag]]:
        """Tags of what stands before a document's preamble."""
        return {doc_id: [t for t in tags if t.part == "front"] for doc_id, tags in self.tags.items()}

    def tags_under(self, doc_id: str, eid: str, label: str = "") -> list[Tag]:
        """Tags of a provision and of everything below it."""
        return [t for p in self.descendants(doc_id, eid) for t in self.tags_at[doc_id, p.eid] if label in ("", t.label)]

    def words(self, provision: Provision) -> str:
        """The words of a provision, its children's included."""
        return self.text[provision.doc_id][provision.start : provision.end]

    def page_of(self, doc_id: str, offset: int) -> int:
        """Page of a character."""
        return next((p.page for p in self.pages[doc_id] if p.start <= offset < p.end), 1)

    # ------------------------------------------------------------------------------------ laws

    def law_of(self, doc_id: str, eid: str) -> tuple[str, str]:
        """(law, eid in that law) of a provision: for a quoted one, the law that it amends."""
        provision = self.by_eid.get((doc_id, eid))
        document = self.documents.get(doc_id)  # none: an amended law that is not in the corpus is its own law
        if document is None:
            return doc_id, eid
        if self._alone:
            for above in self.ancestors(doc_id, eid):
                if (doc_id, above.eid) in self._alone:
                    law, place = self._alone[doc_id, above.eid]
                    return law, place + eid[len(above.eid) :]
        if provision is None or provision.part not in ("quoted", "elucidation") or not document.amends:
            return doc_id, eid
        unit = self.unit(doc_id, eid)
        if unit is None or unit.num in ("I", "II", "III"):
            return doc_id, eid
        holder = self.by_eid.get((doc_id, unit.parent_eid))
        own = self.unit(doc_id, holder.eid) if holder else None
        if own is None or own.eid == unit.eid:
            return doc_id, eid
        return self._amended_by(doc_id, holder or own), eid[len(unit.parent_eid) + 2 :]

    def place(self, operations: Iterable[Operation]) -> bool:
        """Note which paragraphs of amending acts stand in another law; whether there are any.

        A quoted article is known by its number. A paragraph that an act sets out without its article (`Section 3,
        paragraph (b), is amended to read: “(b) …”`) belongs where the clause above it says, which `link` reads.
        """
        for o in operations:
            new = self.by_eid.get((o.doc_id, o.new_eid))
            if o.op in ("amend", "insert") and new is not None and new.part == "body" and o.target_eid:
                self._alone[o.doc_id, o.new_eid] = o.target_doc, o.target_eid
        for name in ("law_provisions", "law_units"):
            self.__dict__.pop(name, None)
        return bool(self._alone)

    def consolidated(self, doc_id: str, eid: str = "") -> str:
        """The law that a provision is part of once amendments are worked in: a law and its amending acts are one."""
        law = self.law_of(doc_id, eid)[0]
        for _ in self.documents:  # an amended amending act is followed to the law; a ring of acts ends all the same
            document = self.documents.get(law)
            known = [a for a in document.amends if a in self.documents] if document else []
            if document is None or document.kind != "amending-act" or not known:
                break
            law = known[0]
        return law

    def amended(self, doc_id: str, eid: str) -> str:
        """The law that an item changes, or an article that stands for one; '' where the act does not amend there.

        All of an amending act amends; of another act, only those of its articles do that say so of a law they name.
        """
        document = self.documents[doc_id]
        if not document.amends:
            return ""
        if document.kind == "amending-act":
            return document.amends[0]
        own = [p for p in self.ancestors(doc_id, eid) if p.kind in self.unit_kinds(doc_id)]
        if not own or own[-1].part != "body":
            return ""
        words = self._opening(own[-1])
        if not any(t.label == "OPERATION" and t.value.get("op") == "amend" for t in words):
            return ""
        return self._named(doc_id, words)

    def _amended_by(self, doc_id: str, holder: Provision) -> str:
        """Which of the laws that a document amends an item speaks of: the one named with it, else the first."""
        amends = self.documents[doc_id].amends
        if len(amends) == 1:
            return amends[0]
        for provision in self.ancestors(doc_id, holder.eid.removeprefix("elucidation__")):
            named = self._named(doc_id, self._opening(provision))
            if named:
                return named
        return amends[0]

    def _opening(self, provision: Provision) -> list[Tag]:
        """Tags of a provision's own words, before what stands below it."""
        first = self.children[provision.doc_id, provision.eid]
        stop = first[0].start if first else provision.end
        return [t for t in self.tags_at[provision.doc_id, provision.eid] if t.start < stop]

    def _named(self, doc_id: str, tags: list[Tag]) -> str:
        """The first of the laws that a document amends among those that tags name, '' if none."""
        for tag in tags:
            if tag.label == "CITATION" and tag.value.get("level") == "instrument":
                number, year = (str(tag.value.get(k) or tag.value.get(f"{k}_short") or "") for k in ("number", "year"))
                for law in self.documents[doc_id].amends:
                    known = self.documents.get(law)
                    # Of a law not read, its name says the number, and in some jurisdictions the year behind it.
                    called = (known.number, str(known.year)) if known else tuple(law.split("-")[-2:])
                    if number and number in (called[:1] if known else called) and (not year or year == called[1]):
                        return law
        return ""

    @cached_property
    def law_provisions(self) -> dict[tuple[str, str], list[Provision]]:
        """(law, eid in it) → the provisions that carry its text: the law's own, and those set out by amending acts."""
        found: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for doc_id, ps in self.provisions.items():
            for p in ps:
                if p.part in ("body", "quoted"):
                    found[self.law_of(doc_id, p.eid)].append(p)
        return found

    @cached_property
    def law_units(self) -> dict[tuple[str, str], list[str]]:
        """(law, number of an article or section) → eids in the law."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (law, eid), ps in self.law_provisions.items():
            if ps[0].kind in self.unit_kinds(ps[0].doc_id) and eid not in found[law, ps[0].num]:
                found[law, ps[0].num].append(eid)
        return found

    def numbered(self, law: str, article: str) -> list[str]:
        """eids of the units of a law with a number; `44a` is 44A where the law has no other."""
        return self.law_units.get((law, article), []) or self.law_units.get((law, article.upper()), [])

    @cached_property
    def omitted(self) -> dict[str, set[str]]:
        """doc_id → numbers of the articles that the edition read leaves out."""
        return {d.doc_id: set(article_numbers(d.omits)) for d in self.documents.values()}

    def resolve(self, law: str, article: str, points: list[str]) -> tuple[str, bool]:
        """(eid, whether all of it was found) of an article and its paragraphs in a law, by their numbers."""
        units = self.numbered(law, article)
        if not units:
            return "", False
        eid = units[0]
        for i, number in enumerate(points):
            child = self._child(law, eid, number)
            if child is None:
                return eid, i == len(points)
            eid = child
        return eid, True

    def alone(self, law: str, eid: str) -> list[tuple[Provision, str]]:
        """Paragraphs right below a provision of a law that acts set out without it, each with its eid in the law."""
        found = ((self.by_eid[place], to) for place, (of, to) in self._alone.items() if of == law)
        return [(p, to) for p, to in found if to.rpartition("__")[0] == eid]

    def set_alone(self, doc_id: str, eid: str) -> bool:
        """Whether a provision is, or is part of, a paragraph that an amending act sets out without its article."""
        return any((doc_id, a.eid) in self._alone for a in self.ancestors(doc_id, eid))

    def _child(self, law: str, eid: str, number: str) -> str | None:
        for provision, place in self.alone(law, eid):
            if provision.num.lower() == number.lower():
                return place
        for provision in self.law_provisions.get((law, eid), []):
            for child in self.children[provision.doc_id, provision.eid]:
                if child.num.lower() == number.lower():
                    return self.law_of(provision.doc_id, child.eid)[1]
        # `huruf a` of an article whose only paragraph is unnumbered, or a level that the citation skips.
        for provision in self.law_provisions.get((law, eid), []):
            for child in self.children[provision.doc_id, provision.eid]:
                for grandchild in self.children[provision.doc_id, child.eid]:
                    if grandchild.num.lower() == number.lower() and not number.isdigit():
                        return self.law_of(provision.doc_id, grandchild.eid)[1]
        return None
