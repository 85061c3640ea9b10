"""The links of one day → those of another: which versions and offences applied, without reading anything again.

Dates of commencement, amendment and repeal do not depend on the day of the analysis; only what applies then does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.corpus import Corpus
from pipeline.link.offences import applies
from pipeline.link.time import InForce, applied

if TYPE_CHECKING:
    from pipeline.link import Links


def redated(corpus: Corpus, links: Links, day: str) -> Links:
    """`links` as `link.run` makes them with `day` (ISO date) as params.as_of; commencements stay as they are."""
    versions = [replace(v, current=applied(v, day)) for v in links.versions]
    in_force = InForce(corpus, versions)
    offences = [replace(o, in_force=applies(in_force, o, day)) for o in links.offences]
    return replace(links, versions=versions, offences=offences)
