"""The verdicts that the audit gives, and how grave each is. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

SUPPORTED, IMPRECISE, CONTRADICTED = "supported", "imprecise", "contradicted"
WRONG_REFERENCE, OUTDATED, INCONSISTENT = "wrong_reference", "outdated", "internally_inconsistent"
NOT_CHECKABLE = "not_checkable"
SEVERITY = {
    SUPPORTED: "none",
    IMPRECISE: "low",
    CONTRADICTED: "high",
    WRONG_REFERENCE: "medium",
    OUTDATED: "medium",
    INCONSISTENT: "medium",
    NOT_CHECKABLE: "none",
}


@dataclass
class Verdict:
    """What the statutes say to a claim."""

    verdict: str
    found: str
    evidence_ids: list[str] = field(default_factory=list)
    cited: str = ""
    also: Verdict | None = None  # a second finding on the same words
