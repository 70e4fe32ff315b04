"""From the start of `dxbot serve` until it answers: median of several starts."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from bench.harness import PLAN, Result, city
from bench.serving import serving

STARTS = 5


def measure() -> Result:
    """Start the server STARTS times, with the pack alone and, where it lies beside the checkout, with the plan."""
    kinds = [("pack", False)] + ([("pack + plan", True)] if PLAN.exists() else [])
    rows = []
    for name, plan in kinds:
        with tempfile.TemporaryDirectory() as folder:
            seconds = _starts(Path(folder), plan=plan)
        rows.append((name, STARTS, statistics.median(seconds), min(seconds), max(seconds)))
    columns = ("knowledge", "starts", "median s", "min s", "max s")
    return Result("startup", "Start-up of dxbot serve until ready", columns, tuple(rows))


def _starts(folder: Path, *, plan: bool) -> list[float]:
    environment = city(folder, plan=plan)
    seconds = []
    for _ in range(STARTS):
        with serving(environment) as server:
            seconds.append(server.seconds)
    return seconds
