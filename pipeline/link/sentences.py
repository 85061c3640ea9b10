"""Where a sentence of a statute begins and ends: at a new line, a full stop, a semicolon, a proviso."""

from __future__ import annotations

import re

# Not behind `No`, `Art` or a letter standing alone (`R.A.`).
_STOP = r"(?<!\bNo)(?<!\bNos)(?<!\bArt)(?<!\bArts)(?<!\bSec)(?<!\bSecs)(?<!\b[A-Z])%s[”\"]?\s+(?=[A-Z“\"(])"
BOUNDARY = re.compile(rf"\n|{_STOP % '[.;]'}|;\s|:\s+(?=Provided\b)")  # a proviso is a sentence of its own
PERIOD = re.compile(rf"\n|{_STOP % '[.]'}")
REACH = 4000  # characters on either side within which a sentence ends


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentence that holds `text[start:end]`."""
    return _around(BOUNDARY, text, start, end)


def period(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the words from one full stop or line to the next, provisos and all, about `text[start:end]`."""
    return _around(PERIOD, text, start, end)


def _around(boundary: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - REACH)
    before = [m.end() for m in boundary.finditer(text, low, start)]
    after = boundary.search(text, end, min(len(text), end + REACH))
    return (before[-1] if before else low), (after.start() if after else min(len(text), end + REACH))
