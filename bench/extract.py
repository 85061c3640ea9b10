"""How fast PDFs become text, on one core, and how much memory it takes: `make bench CORPUS=<folder of PDFs>`.

Compares, in one run on the same files, the whole extraction (furniture found and taken away, paragraphs joined) with
`pdfplumber.Page.extract_text` and with `pdftotext -layout` (poppler), neither of which cleans anything. Without CORPUS
the PDFs in raw/ are used. Memory is the peak of a fresh process, on the longest file and on that file eight times over.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pdfplumber
import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.extract.pages import PdfText

SHARE = 0.5
PLUMBER_PAGES = 8  # of each file; pdfplumber takes minutes for more


def ours(path: Path) -> int:
    """Pages read by our extraction."""
    return sum(1 for _ in PdfText(path, SHARE).pages())


def peak(path: Path) -> float:
    """Peak memory, MiB, of a fresh process that extracts one file."""
    run = subprocess.run([sys.executable, __file__, "--peak", str(path)], capture_output=True, text=True, check=True)
    return float(run.stdout)


def main() -> None:
    """Print the table."""
    files = sorted(Path(os.environ.get("CORPUS") or "raw").rglob("*.pdf"))
    if not files:
        sys.exit("no PDF found; name a folder that has some: make bench CORPUS=<folder>")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ours(files[0])  # imports and caches
    start = time.perf_counter()
    pages = sum(ours(f) for f in files)
    rates = {"extract (all cleaning)": pages / (time.perf_counter() - start)}
    if shutil.which("pdftotext"):
        start = time.perf_counter()
        for file in files:
            subprocess.run(["pdftotext", "-layout", str(file), os.devnull], check=False, stderr=subprocess.DEVNULL)
        rates["pdftotext -layout"] = pages / (time.perf_counter() - start)
    else:
        print("pdftotext is not installed (package poppler-utils): its row is left out")
    start, read = time.perf_counter(), 0
    for file in files:
        with pdfplumber.open(file, pages=list(range(1, PLUMBER_PAGES + 1))) as document:
            for page in document.pages:
                page.extract_text()
                read += 1
    rates["pdfplumber extract_text"] = read / (time.perf_counter() - start)
    mine = rates["extract (all cleaning)"]
    print(f"{len(files)} files, {pages} pages, one core")
    print(f"{'':28}{'pages/s':>10}{'ours is':>12}")
    for name, rate in rates.items():
        print(f"{name:28}{rate:10.0f}{mine / rate:11.2f}×")
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
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        main()
