"""How fast PDFs become text, on one core, and how much memory it takes: `make bench CORPUS=<folder of PDFs>`.

Compares, in one run on the same files, the whole extraction (furniture found and taken away, paragraphs joined) with
`pdfplumber.Page.extract_text` and with `pdftotext -layout` (poppler), neither of which cleans anything: once without
mending OCR noise and once with it, which asks for the jurisdiction (the file's name begins with its code). Without
CORPUS the PDFs in raw/ are used. Time is that of the processor, so that other work on the machine does not count; file
by file the programs take turns, and of each the best of `ROUNDS` counts. Memory is the peak of a fresh process that
reads the longest file, and that file eight times over, page by page as a stage does.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline import extract
from pipeline.extract.pages import PdfText
from pipeline.packs import PACKS, load_structure

OURS = ("extract, OCR noise left", "extract, everything on")
POPPLER, PLUMBER = "pdftotext -layout", "pdfplumber extract_text"
SHARE = 0.5
ROUNDS = 3
PLUMBER_PAGES = 8  # of each file; pdfplumber takes minutes for more


def ours(path: Path) -> int:
    """Pages read by our extraction."""
    return sum(1 for _ in PdfText(path, SHARE).pages())


def repaired(path: Path) -> int:
    """Pages read by our extraction, OCR noise mended as the file's jurisdiction allows."""
    payload = {"doc_id": path.stem, "path": str(path), "params": {"running_head_share": SHARE, "min_page_letters": 1}}
    code = path.stem.partition("-")[0]
    if (PACKS / code / "structure.yaml").is_file():
        payload["structure"] = load_structure(code).model_dump(mode="json")
    return len(extract.extract_document(payload)["pages"])


def pdftotext(path: Path) -> int:
    """Runs `pdftotext -layout`; it does not say how many pages it read."""
    subprocess.run(["pdftotext", "-layout", str(path), os.devnull], check=False, stderr=subprocess.DEVNULL)
    return 0


def plumber(path: Path) -> int:
    """Pages read by pdfplumber: the first `PLUMBER_PAGES`."""
    with pdfplumber.open(path, pages=list(range(1, PLUMBER_PAGES + 1))) as document:
        return sum(1 for page in document.pages if page.extract_text() is not None)


def seconds(read: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """(processor time of this process and of those it starts, pages)."""
    before = _spent()
    pages = read(path)
    return _spent() - before, pages


def _spent() -> float:
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def peak(path: Path) -> float:
    """Peak memory, MiB, of a fresh process that extracts one file."""
    run = subprocess.run([sys.executable, __file__, "--peak", str(path)], capture_output=True, text=True, check=True)
    return float(run.stdout)


def _peak_so_far() -> float:
    """Peak memory of this process, MiB. What `getrusage` says a process takes over from the one that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main() -> None:
    """Print the table."""
    files = sorted(Path(os.environ.get("CORPUS") or "raw").rglob("*.pdf"))
    if not files:
        sys.exit("no PDF found; name a folder that has some: make bench CORPUS=<folder>")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    programs = {OURS[0]: ours, OURS[1]: repaired, POPPLER: pdftotext}
    if not shutil.which("pdftotext"):
        print("pdftotext is not installed (package poppler-utils): its row is left out")
        del programs[POPPLER]
    repaired(files[0])  # imports and caches
    spent = dict.fromkeys(programs, 0.0)
    pages = 0
    for file in files:
        rounds = [{name: seconds(read, file) for name, read in programs.items()} for _ in range(ROUNDS)]
        pages += rounds[0][OURS[0]][1]
        for name in programs:
            spent[name] += min(r[name][0] for r in rounds)
    rates = {name: pages / time for name, time in spent.items()}
    slow = [seconds(plumber, file) for file in files]
    rates[PLUMBER] = sum(n for _, n in slow) / sum(t for t, _ in slow)
    print(f"{len(files)} files, {pages} pages, one core")
    others = [name for name in (POPPLER, PLUMBER) if name in rates]
    print(f"{'':32}{'pages/s':>10}" + "".join(f"{name:>26}" for name in others))
    for name, rate in rates.items():
        print(f"{name:32}{rate:10.0f}" + "".join(f"{rate / rates[other]:25.2f}×" for other in others))
    longest = max(files, key=lambda f: len(pypdfium2.PdfDocument(f)))
    with tempfile.TemporaryDirectory() as folder:
        eight = pypdfium2.PdfDocument.new()
        once = pypdfium2.PdfDocument(longest)
        for _ in range(8):
            eight.import_pages(once)
        eight.save(Path(folder) / "eight.pdf")
        print(f"peak memory, {len(once)} pages: {peak(longest):.0f} MiB; {len(eight)} pages: ", end="")
        print(f"{peak(Path(folder) / 'eight.pdf'):.0f} MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        ours(Path(sys.argv[2]))
        print(_peak_so_far())
    else:
        main()
