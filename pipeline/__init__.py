"""Lacuna: reproducible comparative law.

The map. Stages in the order in which `dvc repro` runs them; verb = module = stage:

    1 extract    documents in raw/        → canonical text, page by page
    2 parse      text                     → provisions with stable ids
    3 tag        provisions               → tagged spans (citations, penalties, concepts)
    4 link       tags                     → resolved citations, sanctions, offences, versions in time
    5 compare    links                    → comparison tables
    6 gaps       links × benchmarks       → what is met, partial, not found, not assessed
    7 audit      the paper × the statutes → verdicts on its claims
    8 report     everything               → reports/
    9 evaluate   tags × gold facts        → accuracy figures (before 8, which shows them)

Beside the stages: `acquire` and `official` (official texts, and the same stages on them), `check-editions` (digests
against them), `describe` and `new-jurisdiction` (drafts for those who add data), `typeset` (digests → the documents
that the pipeline reads), `check` (packs, sources, digests), `summary` (what the last run found); `changes`, `baseline`
and `gains` (this run against another, and these rules against others), `dictionary` (docs/data.md);
`show`, `explain`, `search`, `offences` (questions in the terminal), as `gaps` and `audit` with an option are.
"""

__version__ = "0.1.0"


class Refused(Exception):
    """What was asked for cannot be done; the message says why and what to do. Ends a verb without a traceback."""
