"""The macros of a pack by which `link` reads a sentence, as patterns."""

from __future__ import annotations

import re
from functools import cache

from pipeline.packs import expand, load_pack

LEAD = 200  # characters before a citation in which a sentence says what it is to the offence


@cache
def pattern(code: str, name: str) -> re.Pattern[str]:
    """A macro of a pack as a pattern; one that matches nothing where the pack has none."""
    macros = load_pack(code).macros
    return re.compile(expand(macros.get(name, "(?!)"), macros), re.IGNORECASE)
