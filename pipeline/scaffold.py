"""`python -m pipeline new-jurisdiction`: the files a country expert fills in, valid from the start.

Writes  pipeline/packs/<code>/{pack,structure}.yaml and raw/<code>/sources.yaml. Never overwrites a file.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.packs import load_pack, pack_codes
from pipeline.yamls import PackError

PACK = """\
# {name}.
code: {code}
name: {name}
name_local: {name}            # the name in the country's own language
language: {language}
currency: {currency}
# How citations name the kinds of instrument, and the path of each kind in an Akoma Ntoso URI.
instrument_kinds:
  act: [act]
# Rules of a language or a legal family that this pack takes over. Own rules go into further files of this folder
# (citations.yaml, penalties.yaml, concepts.yaml); docs/packs.md says how a rule is written.
extends: [{extends}]
"""
STRUCTURE = """\
# How the laws of {name} are built. Patterns are regexes that must fit a whole line, or its start where run_in is set.
divisions:
  - {{kind: part, id: part, rank: 0, pattern: '(?:PART|Part)\\s+(?P<num>[IVXLC]+|\\d+)'}}
  - {{kind: chapter, id: chp, rank: 1, pattern: '(?:CHAPTER|Chapter)\\s+(?P<num>[IVXLC]+|\\d+)'}}
# The numbered unit that others cite. run_in: its text follows on the same line.
units:
  - {{kind: section, id: sec, run_in: true, pattern: '(?:SECTION|Section|SEC\\.|§)\\s*(?P<num>\\d+[A-Z]?)\\.?(?=\\s)'}}
# What the levels below it are called, from the outermost: (a), (1), (i) …
depth_names: [para, subpara, item, subitem]
"""
SOURCES = """\
# The documents of {name}, where their official text is, what the digests leave out. See raw/README.md.
# `python -m pipeline describe FILE` drafts an entry from an official file.
documents: []
# Laws known to bear on the subject that are not in the corpus.
known_absent: []
"""


def create(packs: Path, raw: Path, code: str, name: str, language: str, currency: str) -> list[Path]:
    """The files that were written, in the order in which to fill them in.

    Raises:
        PackError: the code is taken or is no code, the language is not a code, or the currency is not ISO 4217.
    """
    if not re.fullmatch(r"[a-z]{2,8}", code):
        raise PackError(
            f"{code!r} is no code: two to eight small letters, best the country's ISO 3166 code (us, th, my)"
        )
    if code in pack_codes() or (raw / code).exists():
        raise PackError(f"{code} is taken; packs are {', '.join(pack_codes())}. Edit that one or choose another code")
    if not re.fullmatch(r"[a-z]{2,3}", language):
        raise PackError(f"{language!r} is no language code; use ISO 639 (en, id, th)")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise PackError(f"{currency!r} is no currency code; use ISO 4217 (USD, THB)")
    # A shared pack is named by its language and belongs to no country.
    shared = [c for c in pack_codes() if c == language and not load_pack(c).currency]
    words = {"code": code, "name": name, "language": language, "currency": currency, "extends": ", ".join(shared)}
    files = {
        packs / code / "pack.yaml": PACK,
        packs / code / "structure.yaml": STRUCTURE,
        raw / code / "sources.yaml": SOURCES,
    }
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.format(**words), encoding="utf-8")
    return list(files)
