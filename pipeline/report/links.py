"""How the report names and links what the tables point to: evidence, provisions, documents.

From any cell to the words is one click: documents/<doc>.html#s<start>-<end>. Names are short and as lawyers write them;
everything that comes from a document is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from pipeline.corpus import Corpus
from pipeline.report.findings import Tables
from pipeline.report.phrases import Phrases, local_titles
from pipeline.report.texts import Layout
from pipeline.report.words import Words, inert
from pipeline.vocabulary import vocabulary

EVIDENCE = re.compile(r"(?P<doc>[^@]+)@(?P<start>\d+)-(?P<end>\d+)~(?P<rule>.+)")
EID = r"(?:art|sec|chp|rule|preamble|front|closing|elucidation|part|book)\w*(?:[-.]\w+)*"


ABSENT = re.compile(r"[a-z]{2}-(?P<kind>[a-z]{2,8})-(?P<number>\d{1,6})(?:-(?P<year>\d{4}))?")


def absent(doc_id: str) -> Markup:
    """A law that is not in the corpus, by its kind and number as its id has them: `UU 4/1976`, `RA 8792`."""
    match = ABSENT.fullmatch(doc_id)
    if match is None:
        return escape(inert(doc_id))
    kind = match["kind"].title() if len(match["kind"]) > 2 else match["kind"].upper()
    return Markup("<bdi>{} {}{}</bdi>").format(kind, match["number"], f"/{match['year']}" if match["year"] else "")


class Links:
    """Links of the pages of one language. `root` leads from the page to the top of reports/."""

    def __init__(self, corpus: Corpus, tables: Tables, layout: Layout, t: Words, root: str) -> None:
        self.corpus, self.tables, self.layout, self.t, self.root = corpus, tables, layout, t, root
        self.query = "" if t.language == "en" else f"?lang={t.language}"
        self._names = tables.names
        # What is asked for again and again, made once.
        self._provisions: dict[tuple[str, str, bool], Markup] = {}
        self._evidence: dict[str, tuple[str, Markup]] = {}
        self._sentences: dict[str, Markup] = {}
        self.phrases = Phrases(t, self._names, local_titles(tables, t.language))
        self._in_text = re.compile(
            rf"(?P<doc>{'|'.join(map(re.escape, sorted(corpus.documents, key=len, reverse=True)))})"
            rf"(?:@(?P<start>\d+)-(?P<end>\d+)(?:~[\w.-]+)?| (?P<eid>{EID}))?"
            rf"|(?P<concept>\b(?:{'|'.join(sorted({c.split('.')[0] for c in vocabulary()}))})\.[a-z_]+\b)"
            rf"|\b(?P<bare>(?:art|sec|chp|rule|front)_\w+(?:[-.]\w+)*)\b"
        )

    def name(self, doc_id: str) -> str:
        """Short name of a document: `UU 21/2007`, `RA 9208`, `CRC`."""
        return self._names.get(doc_id, doc_id)

    def page(self, doc_id: str, offset: int = 0) -> str:
        """Address of the page that holds a character of a document."""
        return f"{self.root}documents/{self.layout.file(doc_id, offset)}{self.query}"

    def document(self, doc_id: str) -> Markup:
        """A document, linked."""
        if doc_id not in self.corpus.documents:
            return absent(doc_id)
        title = inert(self.corpus.documents[doc_id].title_en)[:200]
        return Markup('<a href="{}" title="{}">{}</a>').format(self.page(doc_id), title, self.name(doc_id))

    # ------------------------------------------------------------------------------- evidence

    def words_href(self, evidence_id: str) -> str:
        """Address of the words of an evidence id, or '' if there are none."""
        match = EVIDENCE.fullmatch(evidence_id)
        if match is None or match["doc"] not in self.corpus.documents:
            return ""
        return f"{self.page(match['doc'], int(match['start']))}#s{match['start']}-{match['end']}"

    def evidence(self, ids: Iterable[str], most: int = 3, but_not: str = "") -> Markup:
        """Evidence as links to the words, each wording once; the place shows on hover."""
        links: dict[str, Markup] = {}
        for evidence_id in ids:
            if evidence_id and not (but_not and evidence_id.startswith(but_not + "@")):
                words, link = self._evidence.get(evidence_id) or self._link(evidence_id)
                if words:
                    links.setdefault(words, link)
        return Markup(" ").join(list(links.values())[:most]) + self.more(len(links) - most)

    def _link(self, evidence_id: str) -> tuple[str, Markup]:
        """The words of an evidence id in small letters, and the link to them; two empty ones where it leads nowhere."""
        row = self.tables.evidence.get(evidence_id)
        href = self.words_href(evidence_id)
        found = "", Markup("")
        if row is not None and href:
            text = " ".join(inert(row["text"]).split())
            shown = text if len(text) <= 40 else text[:38].rsplit(" ", 1)[0] + " …"
            page = self.t("page_short", n=row["page"])
            place = f"{self.name(row['doc_id'])} {self.spoken(row['eid'])}, {page}"
            link = Markup('<a class="ev" href="{}" title="{}"><bdi>{}</bdi></a>').format(href, place, shown)
            found = text.lower() or evidence_id, link
        self._evidence[evidence_id] = found
        return found

    def more(self, n: int) -> Markup:
        """How many of a list are not shown; nothing where all are."""
        return Markup(' <span class="more">{}</span>').format(self.t("and_more", n=n)) if n > 0 else Markup("")

    # ----------------------------------------------------------------------------- provisions

    def provision(self, doc_id: str, eid: str, short: bool = False) -> Markup:
        """A provision, linked; `short` leaves out the document's name."""
        found = self._provisions.get((doc_id, eid, short))
        if found is None:
            if doc_id in self.corpus.documents:
                spoken = self.spoken(eid)
                shown = spoken if short and spoken else f"{self.name(doc_id)} {spoken}".strip()
                found = Markup('<a href="{}">{}</a>').format(self.provision_href(doc_id, eid), shown)
            else:
                name = Markup("") if short and eid else absent(doc_id)
                found = Markup("{} {}").format(name, self.spoken(eid)).strip()
            self._provisions[doc_id, eid, short] = found
        return found

    def provision_href(self, doc_id: str, eid: str) -> str:
        """Address of a provision: in its own document or, put into it by an amending act, in that act."""
        found = self.corpus.by_eid.get((doc_id, eid))
        if found is None:
            carriers = self.corpus.law_provisions.get((doc_id, eid))
            found = carriers[-1] if carriers else None
        if found is None:
            return self.page(doc_id)
        return f"{self.page(found.doc_id, found.start)}#p-{found.eid}"

    def provisions(self, items: Iterable[str], most: int = 4) -> Markup:
        """`doc eid` pairs as links; provisions of one document follow its name once."""
        wanted = [i for i in items if i]
        out: list[Markup] = []
        before = ""
        for item in wanted[:most]:
            doc_id, _, eid = item.partition(" ")
            link = self.provision(doc_id, eid, short=doc_id == before and bool(eid))
            out.append((Markup(", ") if doc_id == before else Markup("; ") if out else Markup("")) + link)
            before = doc_id
        return Markup("").join(out) + self.more(len(wanted) - most)

    def spoken(self, eid: str) -> str:
        """`art_2__para_1__point_a` as people write it: art 2(1)(a), Pasal 2 ayat (1) huruf a."""
        return self.phrases.place(eid)

    def speak(self, sentence: str) -> Markup:
        """A sentence of a table in words: documents, provisions and passages linked, concepts by their terms."""
        if sentence not in self._sentences:
            self._sentences[sentence] = self._speak(inert(self.phrases.prose(sentence)))
        return self._sentences[sentence]

    def _speak(self, text: str) -> Markup:
        out: list[Markup] = []
        at = 0
        for match in self._in_text.finditer(text):
            out.append(escape(text[at : match.start()]))
            at = match.end()
            if match["start"]:
                out.append(self._words(match["doc"], int(match["start"]), int(match["end"])))
            elif match["doc"]:
                out.append(self.provision(match["doc"], match["eid"] or ""))
            elif match["concept"]:
                known = match["concept"] in vocabulary()
                out.append(Markup("“{}”").format(self.t.concept(match["concept"])) if known else escape(match[0]))
            else:
                out.append(escape(self.spoken(match["bare"])))
        return Markup("").join(out) + escape(text[at:])

    def _words(self, doc_id: str, start: int, end: int) -> Markup:
        """Words of a document that a sentence names by their place, as a link to them."""
        words = " ".join(inert(self.corpus.text[doc_id][start:end]).split())
        shown = words if len(words) <= 40 else words[:38].rsplit(" ", 1)[0] + " …"
        href = f"{self.page(doc_id, start)}#s{start}-{end}"
        link = Markup('<a class="ev" href="{}" title="{}"><bdi>{}</bdi></a>')
        return link.format(href, self.name(doc_id), shown or f"{start}–{end}")
