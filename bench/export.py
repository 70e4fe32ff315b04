"""A million cells as .xlsx and .csv against raw XlsxWriter and the csv module, turn by turn in one run; peaks of memory.

Seconds are the processor's: all four ways are bound by it, and other programs on the machine don't count.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.export_writing import COLUMNS, ROWS, WAYS
from bench.harness import ROOT, Result

TURNS = 3


def measure() -> Result:
    """Every way TURNS times, one after the other each turn, each in a process of its own. Bars: 1.3 and 1.5 times, 300 MB."""
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    peaks: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(TURNS):
            for way in WAYS:
                took, peak = _run(way, Path(folder) / way)
                seconds[way].append(took)
                peaks[way].append(peak)
    rows = []
    for way in WAYS:
        raw = f"raw-{way.partition('-')[2]}"
        ratio = median(ours / theirs for ours, theirs in zip(seconds[way], seconds[raw], strict=True))
        rows.append((way, ROWS * len(COLUMNS), median(seconds[way]), ratio, max(peaks[way])))
    columns = ("way", "cells", "CPU s (median)", "x raw (median of turns)", "peak MB")
    return Result("export", "Writing a million cells", columns, tuple(rows))


def _run(way: str, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.export_writing", way, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    took, peak = done.stdout.split()
    return float(took), float(peak)
