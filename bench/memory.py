"""Resident memory: a server that is ready, and a process that has answered every question of the bench."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.answering import questions
from bench.harness import DXBOT, PLAN, ROOT, Result, city
from bench.megabytes import megabytes
from bench.serving import serving


def measure() -> Result:
    """Read the kernel's figures in MB (Linux)."""
    with tempfile.TemporaryDirectory() as folder:
        environment = city(Path(folder), plan=PLAN.exists())
        with serving(environment) as server:
            ready = megabytes("VmRSS", server.pid)
        asked = _peak_of_asking(Path(folder), environment)
    rows = (("dxbot serve, ready", ready), ("dxbot ask --batch, peak", asked))
    return Result("memory", "Resident memory", ("process", "MB"), rows)


def _peak_of_asking(folder: Path, environment: Mapping[str, str]) -> float:
    batch = folder / "questions.jsonl"
    lines = [json.dumps({"id": number, "question": text}) for number, text in enumerate(questions())]
    batch.write_text("\n".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [DXBOT, "ask", "--batch", str(batch), "--json"], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"dxbot ask ended with {process.returncode}")
    return usage.ru_maxrss / 1024
