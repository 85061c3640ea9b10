"""Names of laws → documents: an act by its number, its title, as `this Act`, as the criminal code of its time."""

from __future__ import annotations

import re

from pipeline import numerals
from pipeline.corpus import LAWS, Corpus
from pipeline.packs import load_pack
from pipeline.records import Tag

# What follows the number of an act is its title; an instrument that a title names is not cited.


def instrument(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    """doc_id of the instrument that a tag names, or '' when it is not in the corpus."""
    value = tag.value
    if value.get("level") == "implemented":
        return implemented(corpus, doc_id, tag)
    if value.get("doc"):
        return str(value["doc"])
    if value.get("name") == "criminal-code":
        return _criminal_code(corpus, doc_id, str(value.get("age", "")))
    if value.get("title"):
        return _by_title(corpus, doc_id, str(value["title"]))
    number = str(value.get("number") or value.get("number_short") or "")
    spoken = numerals.words(number)  # `Act Numbered Thirty-eight hundred and fifteen`
    number = number if spoken is None else str(spoken)
    year = str(value.get("year") or value.get("year_short") or "")
    kind = str(value.get("kind", ""))
    for document in corpus.documents.values():
        path = document.akn_uri.strip("/").split("/")
        if (
            document.kind in LAWS
            and kind in path
            and document.number == number
            and (not year or str(document.year) == year)
            # Implementing rules share number and kind with their act.
            and not (document.kind == "regulation" and document.implements)
        ):
            return document.doc_id
    # A law that is amended here, and is not in the corpus, is called by what its title says of it.
    called = re.compile(rf"[a-z]+-{re.escape(kind)}-{re.escape(number)}(?:-{re.escape(year)})?" if number else "(?!)")
    amended = (d for d in corpus.documents[doc_id].amends if d not in corpus.documents)
    return next((d for d in amended if called.fullmatch(d)), "")


def outside(corpus: Corpus, doc_id: str, tag: Tag, number: str = "") -> str:
    """What a law outside the corpus would be called in it (`id-uu-4-1976`), by its kind and number; '' if unknown.

    `number`: of one law of several that the tag names.
    """
    code = corpus.documents[doc_id].jurisdiction
    pack = load_pack(code)
    kind = str(tag.value.get("kind", ""))
    if pack.description is None or kind not in pack.instrument_kinds:
        return ""
    number = number or str(tag.value.get("number") or "")
    year = str(tag.value.get("year") or "")
    pattern = re.compile(pack.description.doc_id)
    called = "-".join([code, kind, number, *([year] if "year" in pattern.groupindex else [])])
    return called if pattern.fullmatch(called) else ""


def implemented(corpus: Corpus, doc_id: str, tag: Tag) -> str:
    """What `the Act` means in implementing rules, `the Convention` in its protocol or in the law that ratifies it."""
    meant = corpus.documents.get(corpus.documents[doc_id].implements)
    if meant is None or (tag.value.get("of", "act") == "treaty") != (meant.kind == "treaty"):
        return ""
    return meant.doc_id


def this_law(corpus: Corpus, doc_id: str, here: Tag, named: Tag) -> str:
    """What `this Act` is: in implementing rules, which are no act, the one that they carry out."""
    document = corpus.documents[doc_id]
    if document.kind == "regulation" and document.implements and named.text.lower() == "this act":
        return document.implements
    if named.value.get("named") == "before":
        before = [t for t in corpus.tags[doc_id] if t.label == "CITATION" and t.end <= here.start]
        named_before = [t for t in before if t.value.get("level") == "instrument"]
        if document.kind == "amending-act" and document.amends and here.part == "body":
            # The act that was amended in the section before.
            laws = [instrument(corpus, doc_id, t) for t in named_before]
            return next((law for law in reversed(laws) if law in document.amends), document.amends[0])
        if named_before and named_before[-1].eid == here.eid:
            return instrument(corpus, doc_id, named_before[-1])
    return corpus.law_of(doc_id, here.eid)[0] if here.part == "quoted" else doc_id


def _by_title(corpus: Corpus, doc_id: str, title: str) -> str:
    """The document with that title or short name (of the same jurisdiction, a treaty, or any for a paper), or ''."""
    here = corpus.documents[doc_id]
    said = _plain(title)
    for document in [here, *corpus.documents.values()]:
        if here.kind != "article" and document.jurisdiction not in (here.jurisdiction, "int"):
            continue
        for name in (document.title, document.title_en, *document.short_names):
            plain = _plain(name)
            if plain and re.fullmatch(
                rf"{re.escape(plain)}(?: of \d{{4}}| (?:and|or|with|which|dan|serta)\b.*)?", said
            ):
                return document.doc_id
    return ""


def _plain(title: str) -> str:
    """A title without what writers vary: case, marks, articles."""
    return " ".join(w for w in re.findall(r"[\w-]+", title.lower()) if w != "the")


def _criminal_code(corpus: Corpus, doc_id: str, age: str) -> str:
    """The criminal code that a text means: the latest that existed when it was written; `age` may say old or new."""
    here = corpus.documents[doc_id]
    codes = sorted(
        (d for d in corpus.documents.values() if d.kind == "code" and d.language == "id"), key=lambda d: d.year
    )
    if not codes:
        return ""
    if age:
        return (codes[0] if age == "old" else codes[-1]).doc_id
    if here.kind == "article":
        return codes[0].doc_id
    earlier = [d for d in codes if d.year < here.year or (d.doc_id != here.doc_id and d.year <= here.year)]
    return (earlier[-1] if earlier else codes[0]).doc_id
