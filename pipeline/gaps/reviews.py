"""What experts confirmed or overrode: raw/<code>/reviews.yaml, and whether the words under a review still stand.

Reads raw/<code>/reviews.yaml. Decides no status of its own: it says what a review is worth beside a computed one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from pipeline.standards import benchmarks
from pipeline.yamls import PackError, Strict, validated

KEYS = "indicator, who, when, verdict, reason, provision_sha"


class Review(Strict):
    """An expert's word on one indicator for one jurisdiction."""

    indicator: str
    who: str = Field(min_length=1)
    when: datetime.date
    verdict: Literal["met", "partial", "not_found", "law_silent"]
    reason: str = Field(min_length=1)
    provision_sha: str = Field(pattern=r"^[0-9a-f]{12}$")  # of gaps.csv, when the review was written


class Reviews(Strict):
    """`raw/<code>/reviews.yaml`."""

    reviews: list[Review] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a review is worth on the day of the analysis."""

    state: str  # '' (none) | confirmed | overridden | stale_text | stale_age
    status: str  # the status that stands
    note: str  # what to tell the reader, '' where there is no review


def load_reviews(file: Path) -> dict[str, Review]:
    """Reviews of a jurisdiction by indicator; {} where no expert has written any.

    Raises:
        PackError: the file is invalid, names an indicator that no benchmark has, or names one twice.
    """
    if not file.is_file():
        return {}
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise PackError(f"{file} is not valid YAML: {error}; each review has {KEYS}") from error
    found: dict[str, Review] = {}
    known = {i.id for b in benchmarks() for i in b.indicators}
    for review in validated(Reviews, data, file, "reviews").reviews:
        if review.indicator not in known:
            from rapidfuzz.process import extractOne  # noqa: PLC0415 - only for messages

            near = extractOne(review.indicator, sorted(known))[0]
            raise PackError(f"{file}: no benchmark has the indicator {review.indicator!r}; did you mean {near!r}?")
        if review.indicator in found:
            raise PackError(f"{file}: two reviews of {review.indicator}; keep the later one")
        found[review.indicator] = review
    return found


def text_sha(texts: Iterable[str]) -> str:
    """Twelve hexadecimal digits that name some texts: another spacing gives the same, another word does not."""
    digest = hashlib.sha256()
    for text in sorted(" ".join(t.split()) for t in texts):
        digest.update(text.encode("utf-8") + b"\0")
    return digest.hexdigest()[:12]


def standing(review: Review | None, computed: str, sha: str, as_of: str, stale_after_months: int) -> Standing:
    """What a review is worth beside a computed status.

    Where the words that it was written about have changed, it speaks of another law: the computed status stands and the
    review is shown as stale. Where it is only old, it stands, and its age is shown.
    """
    if review is None:
        return Standing("", computed, "")
    by = f"{review.who}, {review.when.isoformat()}"
    if review.provision_sha != sha:
        return Standing(
            "stale_text",
            computed,
            f"The review by {by} ({review.verdict}) is stale: the provisions under it have changed since. "
            f"Read them again and write {sha} as its provision_sha.",
        )
    lead = (
        f"Confirmed by {by}: {review.reason}"
        if review.verdict == computed
        else f"Overridden by {by} (computed: {computed}): {review.reason}"
    )
    if _months(review.when, datetime.date.fromisoformat(as_of)) > stale_after_months:
        return Standing("stale_age", review.verdict, f"{lead} The review is older than {stale_after_months} months.")
    return Standing("confirmed" if review.verdict == computed else "overridden", review.verdict, lead)


def _months(start: datetime.date, end: datetime.date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
