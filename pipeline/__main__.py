"""`python -m pipeline <verb>`: the stages, and what surrounds them. Parses the command line and reads params.yaml.

Verbs import what they need when they run, so that `--help` is quick and a stage's cache key holds only its own code.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from pipeline import Refused

RAW = Path("raw")
PROCESSED = Path("processed")
REPORTS = Path("reports")
TEXT, PROVISIONS, TAGS, LINKS, TABLES, GAPS, AUDIT = (
    PROCESSED / name for name in ("1-text", "2-provisions", "3-tags", "4-links", "5-tables", "6-gaps", "7-audit")
)

SHOWN = 40  # rows of a table in the terminal

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reproducible comparative law. `dvc repro` runs the stages in order; each is also a verb here.",
)


def params() -> dict[str, Any]:
    """params.yaml, with `as_of` as an ISO date.

    Raises:
        SystemExit: the file is missing, or `as_of` is not a date.
    """
    try:
        data: dict[str, Any] = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        sys.exit("params.yaml is not here: run this from the project's top folder")
    try:
        data["as_of"] = datetime.date.fromisoformat(str(data["as_of"])).isoformat()
    except ValueError:
        sys.exit(f"params.yaml: as_of is {data['as_of']!r}; write a date as 2025-12-11")
    return data


@app.command()
def extract() -> None:
    """1. Documents in raw/ → canonical text, page by page."""
    from pipeline import extract as stage

    documents = stage.run(RAW, TEXT, params())
    print(f"extract: {len(documents)} documents, {sum(d.pages for d in documents)} pages", file=sys.stderr)


@app.command()
def parse() -> None:
    """2. Text → provisions with stable ids."""
    from pipeline import parse as stage

    stage.run(TEXT, PROVISIONS, params())


@app.command()
def tag() -> None:
    """3. Provisions → tagged spans."""
    from pipeline import tag as stage

    stage.run(TEXT, PROVISIONS, TAGS, params())


@app.command()
def link() -> None:
    """4. Citations → provisions, offences ↔ penalties, versions in time."""
    from pipeline import link as stage

    stage.run(TEXT, PROVISIONS, TAGS, LINKS, params()["as_of"])


@app.command()
def compare() -> None:
    """5. Links → comparison tables."""
    from pipeline import compare as stage

    stage.run(RAW, TEXT, PROVISIONS, TAGS, LINKS, TABLES, params())


AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Jurisdiction = Annotated[str, typer.Option(help="Only this jurisdiction (id, ph).")]


@app.command()
def gaps(
    jurisdiction: Jurisdiction = "",
    status: Annotated[str, typer.Option(help="Only this answer (met, partial, not_found, not_assessed).")] = "",
    benchmark: Annotated[str, typer.Option(help="Only this benchmark.")] = "",
    as_json: AsJson = False,
) -> None:
    """6. Links × benchmarks → regulatory gaps. With an option: show those that the last run found."""
    if jurisdiction or status or benchmark or as_json:
        wanted = {"jurisdiction": jurisdiction, "status": status, "benchmark": benchmark}
        columns = {"jurisdiction": "", "indicator": "indicator", "question": "question", "status": "status"}
        _table("gaps", wanted, columns | {"severity": "severity", "provisions": "provisions"}, as_json)
        return
    from pipeline import gaps as stage

    stage.run(RAW, TEXT, PROVISIONS, TAGS, LINKS, GAPS, params())


@app.command()
def audit(
    verdict: Annotated[str, typer.Option(help="Only this verdict (supported, contradicted, outdated, …).")] = "",
    as_json: AsJson = False,
) -> None:
    """7. The paper's claims × the statutes → verdicts. With an option: show those of the last run."""
    if verdict or as_json:
        columns = {
            "claim_id": "claim",
            "page": "page",
            "statement": "the paper",
            "found": "the law",
            "verdict": "verdict",
        }
        _table("claims", {"verdict": verdict}, columns, as_json)
        return
    from pipeline import audit as stage

    stage.run(TEXT, PROVISIONS, TAGS, LINKS, AUDIT, params())


@app.command()
def report() -> None:
    """8. Everything → reports/."""
    from pipeline import report as stage

    stage.run(PROCESSED, REPORTS, params())


@app.command()
def evaluate(
    show: Annotated[
        Path | None, typer.Option(help="Only show the scores of this metrics.json as a table (reports/metrics.json).")
    ] = None,
) -> None:
    """9. Tags and links against hand-checked gold facts → accuracy figures."""
    if show:
        from json import loads

        from pipeline.report.accuracy import lines

        table = lines(loads(show.read_text(encoding="utf-8")))
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        for row in table:
            heads = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=False)]
            print(
                "  ".join(
                    [*heads, *(cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True))]
                ).rstrip()
            )
        return
    from pipeline import evaluate as stage

    stage.run(RAW, PROCESSED, Path("tests/gold"), REPORTS)


@app.command()
def summary() -> None:
    """Say in five lines what the last run found, and where the report is."""
    from pipeline.report.summary import lines

    for line in lines(REPORTS):
        print(line)


@app.command()
def changes(
    since: Annotated[str, typer.Option(help="Git revision to compare with.")] = "HEAD",
    json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
) -> None:
    """Findings added, removed and changed since the last committed run."""
    from json import dumps

    from pipeline import changes as compared

    found = compared.since(since, REPORTS)
    if json:
        print(dumps(compared.as_data(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(compared.lines(found, since)))


@app.command()
def baseline(
    of: Annotated[str, typer.Option(help="Git revision of the run to keep.")] = "HEAD",
) -> None:
    """Keep a committed run in baseline/: the report then says what changed since that one."""
    from pipeline import baseline as kept

    taken = kept.take(of, REPORTS)
    print(f"{kept.FOLDER}: the run of {taken.day}, commit {taken.commit}; `dvc repro` says what changed since")


@app.command()
def dictionary() -> None:
    """Write docs/data.md: what every published table and column holds."""
    from pipeline.report.exports.dictionary import build

    Path("docs/data.md").write_text(build(), encoding="utf-8", newline="\n")


@app.command()
def typeset(
    check: Annotated[bool, typer.Option(help="Only say which typeset files are not current.")] = False,
) -> None:
    """Digests (Markdown) → the PDFs and HTML pages that the pipeline reads."""
    from pipeline.typeset import typeset_all

    stale = 0
    for path, data in typeset_all(RAW):
        if path.is_file() and path.read_bytes() == data:
            continue
        stale += 1
        if check:
            print(f"{path}: not current")
        else:
            path.write_bytes(data)
            print(f"{path}: typeset")
    if check and stale:
        sys.exit(f"{stale} file(s) are not current; run `make typeset`")


@app.command()
def acquire(
    documents: Annotated[list[str] | None, typer.Argument(help="Only these doc_ids.", show_default="all")] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Take files named by doc_id from a folder; fetch nothing.")
    ] = None,
    replace: Annotated[bool, typer.Option(help="Take a file although its hash differs from the recorded one.")] = False,
) -> None:
    """Official documents → raw/<code>/official/, from their official addresses or from a folder."""
    from pipeline.acquire import AcquireError, from_addresses, from_folder

    failed = 0
    if folder is not None:
        taken, strangers = from_folder(RAW, folder, documents or [], replace)
        for document in taken:
            print(f"{document.path}: {document.news or 'in place, as recorded'}")
        for path in strangers:
            print(f"{path}: no sources.yaml describes {path.stem}; not taken (raw/README.md says how to describe it)")
    else:
        for answer in from_addresses(RAW, documents or [], replace):
            if isinstance(answer, AcquireError):
                failed += 1
                print(f"{answer}", file=sys.stderr)
            else:
                print(f"{answer.path}: {answer.news or 'in place, as recorded'}")
    if failed:
        sys.exit(f"{failed} document(s) could not be fetched; the others are in place")


@app.command("new-jurisdiction")
def new_jurisdiction(
    code: Annotated[str, typer.Argument(help="Its code, best ISO 3166 in small letters (us).")],
    name: Annotated[str, typer.Option(help="Its name in English.")],
    language: Annotated[str, typer.Option(help="Language of its laws, ISO 639 (en).")],
    currency: Annotated[str, typer.Option(help="Currency of its fines, ISO 4217 (USD).")],
) -> None:
    """Start a pack and a folder of sources for another country; no Python is needed to fill them in."""
    from pipeline.packs import PACKS
    from pipeline.scaffold import create

    for path in create(PACKS, RAW, code, name, language, currency):
        print(f"{path}: written; fill it in")
    print("then `make check` says what is missing, and docs/packs.md how rules are written")


@app.command()
def describe(
    file: Annotated[Path, typer.Argument(help="An official file named by its doc_id (id-uu-39-2014.pdf).")],
) -> None:
    """Draft the sources.yaml entry of a file that nobody has described yet; complete it and paste it in."""
    from pipeline.acquire import wanted
    from pipeline.describe import describe as read
    from pipeline.describe import draft

    found = read(file, {d: w.source for d, w in wanted(RAW).items()})
    if found is None:
        sys.exit(
            f"{file}: cannot be described. Its name must be <pack code>-<kind>-<number>-<year>, the pack needs a "
            "`description` (docs/packs.md), and it must be readable"
        )
    print(draft(found[1]), end="")


@app.command()
def official(
    corpus: Annotated[Path | None, typer.Option(help="Folder of official files named by doc_id.")] = None,
) -> None:
    """Run the whole analysis on official texts, in build/official/ (digests where there is no official text)."""
    from pipeline import editions
    from pipeline.acquire import wanted
    from pipeline.report.summary import lines

    workspace, taken, strangers = editions.official(Path(), corpus)
    described = wanted(RAW)
    for path in strangers:
        print(
            f"not read: {path} (no sources.yaml describes it, and its name is not <pack code>-<kind>-<number>-<year>)"
        )
    for document in taken:
        if document.doc_id not in described:
            print(
                f"{document.doc_id}: described from its own first page (`python -m pipeline describe` prints the draft)"
            )
    print(f"{len(taken)} documents in their official edition; the others in digest")
    for line in lines(workspace / "reports"):
        print(line)


@app.command("check-editions")
def check_editions(
    corpus: Annotated[Path | None, typer.Option(help="Folder of official files named by doc_id.")] = None,
) -> None:
    """Digests against official texts, facts and statuses; fails while a difference is not explained."""
    from pipeline import check_editions as facts
    from pipeline import editions, records
    from pipeline.gaps import editions as statuses

    workspace, _, _ = editions.official(Path(), corpus)
    digest = editions.digest(Path())
    found, compared = facts.differences(RAW, digest / PROCESSED, workspace / PROCESSED)
    changed = statuses.differences(digest / PROCESSED, workspace / PROCESSED, ("digest", "official"))
    records.write_csv(workspace / REPORTS / "editions.csv", facts.SCHEMA, records.rows_of(found))
    records.write_csv(workspace / REPORTS / "statuses.csv", statuses.SCHEMA, records.rows_of(changed))
    open_facts = [f for f in found if not f.explanation]
    for row in open_facts:
        print(f"{row.doc_id} {row.eid} {row.what}: digest [{row.digest}] official [{row.official}]")
    for status in changed:
        print(
            f"{status.jurisdiction} {status.indicator}: {status.status_a} in the digests, {status.status_b} in the "
            f"official texts: {status.explanation or 'NOT EXPLAINED'}"
        )
    open_statuses = [s for s in changed if not s.explanation]
    print(
        f"{len(compared)} documents compared: {len(found)} differences, {len(open_facts)} not explained; "
        f"{len(changed)} statuses differ, {len(open_statuses)} not explained; all in {workspace / REPORTS}"
    )
    if open_facts or open_statuses:
        sys.exit("correct the digest, or read both texts and sign the difference in raw/<code>/editions.yaml")


def _table(name: str, wanted: dict[str, str], columns: dict[str, str], as_json: bool) -> None:
    from pipeline import terminal

    rows = terminal.table(REPORTS / "tables", name, wanted)
    if as_json:
        terminal.print_json(rows)
    else:
        terminal.print_rows(rows, columns, name)


@app.command()
def offences(
    doc: Annotated[str, typer.Argument(help="Only those of this document.", show_default="all")] = "",
    conduct: Annotated[str, typer.Option(help="Only of this conduct (conduct.grooming).")] = "",
    victim: Annotated[str, typer.Option(help="child or any.")] = "",
    in_force: Annotated[str, typer.Option(help="yes, no or unknown on the day of the analysis.")] = "",
    as_json: AsJson = False,
) -> None:
    """Offences joined to their penalties, as the last run found them."""
    columns = {"doc_id": "law", "eid": "provision", "conduct": "conduct", "victim": "victim"}
    columns |= {"prison_max_months": "months", "life": "life", "fine_max": "fine", "in_force": "in force"}
    _table("offences", {"doc_id": doc, "conduct": conduct, "victim": victim, "in_force": in_force}, columns, as_json)


@app.command()
def show(
    doc: Annotated[str, typer.Argument(help="A document (id-uu-11-2008).")],
    provision: Annotated[
        str, typer.Argument(help="A provision and what is below it (art_27).", show_default="all")
    ] = "",
    as_of: Annotated[str, typer.Option(help="The law as it stood on this day (2026-01-02), amendments applied.")] = "",
    as_json: AsJson = False,
) -> None:
    """A document or a provision; with --as-of as the law stood on a day, with the source of every provision."""
    from pipeline import terminal

    if as_of:
        try:
            as_of = datetime.date.fromisoformat(as_of).isoformat()
        except ValueError:
            raise terminal.QueryError(f"--as-of is {as_of!r}; write a day as 2026-01-02") from None
    rows = terminal.show(*terminal.load(PROCESSED), doc, provision, as_of)
    if as_json:
        terminal.print_json(rows)
    else:
        terminal.print_provisions(rows, f"{doc} {provision}".strip() + (f" on {as_of}" if as_of else ""))


@app.command()
def explain(
    evidence_id: Annotated[
        str, typer.Argument(help="An evidence id of any table or page, or a part that only one has.")
    ],
    as_json: AsJson = False,
) -> None:
    """One result: its words and context, the rule that found it, document, page, provision, and what else competed."""
    from pipeline import terminal

    found = terminal.explain(*terminal.load(PROCESSED), PROCESSED, evidence_id)
    if as_json:
        terminal.print_json(found)
    else:
        terminal.print_explained(found)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words, or beginnings of words, that a provision must all hold.")],
    jurisdiction: Jurisdiction = "",
    as_json: AsJson = False,
) -> None:
    """Provisions that hold all of some words."""
    from pipeline import terminal

    rows = terminal.search(terminal.load(PROCESSED)[0], " ".join(words), jurisdiction)
    if as_json:
        terminal.print_json(rows)
    else:
        terminal.print_rows(rows, {"doc_id": "document", "eid": "provision", "page": "page", "text": "words"}, "found")


@app.command()
def gains(
    base: Annotated[str, typer.Option(help="The git revision to compare the last run with.")] = "HEAD",
    examples: Annotated[int, typer.Option(help="How many examples of each gain and loss to show.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What today's rules find more, and no longer, than those of another revision; on all documents and on gold."""
    import dataclasses
    import json

    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from pipeline.gains import gains as compared
    from pipeline.gains import totals

    documents, gold = compared(Path(), base, examples)
    if as_json:
        found = {"documents": documents, "gold": gold}
        data = {name: [dataclasses.asdict(c) for c in changes] for name, changes in found.items()}
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return
    console = Console()
    for title, rows, more, fewer in (
        (f"All documents, {base} → now", documents, "gained", "lost"),
        ("Disagreements with gold facts", gold, "new", "gone"),
    ):
        table = Table(title=f"{title}: {totals(rows)[0]} {more}, {totals(rows)[1]} {fewer}")
        for column in ("rule or kind", more, fewer, "examples"):
            table.add_column(column, overflow="fold")
        for row in rows[:SHOWN]:
            table.add_row(row.rule, str(row.gained), str(row.lost), escape("\n".join(e[:160] for e in row.examples)))
        console.print(table)
        if len(rows) > SHOWN:
            console.print(f"{len(rows) - SHOWN} more rows; --json prints all")


@app.command()
def check() -> None:
    """Packs, vocabulary, benchmarks, sources: is everything valid, does every rule match its examples?"""
    from pipeline.checks import problems

    found = list(problems(RAW))
    for problem in found:
        print(problem)
    if found:
        sys.exit(f"{len(found)} problem(s)")
    print("packs, vocabulary, benchmarks and sources are valid")


def main() -> None:
    """Run a verb; what it refuses to do is one message without a traceback."""
    try:
        app()
    except Refused as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
