"""Where a sentence of a statute begins and ends: at a new line, a full stop, a semicolon, a proviso."""

from __future__ import annotations

import re

# Not behind `No`, `Art` or a letter standing alone (`R.A.`); a proviso is a sentence of its own.
BOUNDARY = re.compile(
    r"\n|(?<!\bNo)(?<!\bNos)(?<!\bArt)(?<!\bArts)(?<!\bSec)(?<!\bSecs)(?<!\b[A-Z])[.;][”\"]?\s+(?=[A-Z“\"(])"
    r"|;\s|:\s+(?=Provided\b)"
)
REACH = 4000  # characters on either side within which a sentence ends


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentence that holds `text[start:end]`."""
    low = max(0, start - REACH)
    before = [m.end() for m in BOUNDARY.finditer(text, low, start)]
    after = BOUNDARY.search(text, end, min(len(text), end + REACH))
    return (before[-1] if before else low), (after.start() if after else min(len(text), end + REACH))
