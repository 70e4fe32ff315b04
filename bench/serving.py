"""A `dxbot serve` of its own for the time of a measure."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from bench.harness import DXBOT, ROOT
from bot.texts.ja.cli import READY

READY_WORDS = READY.partition("{")[0]


@dataclass(frozen=True)
class Serving:
    """A server that is ready: its process id, the seconds from its start until it said so, and its address."""

    pid: int
    seconds: float
    address: str


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Serving]:
    """Start the server, wait until it is ready, and end it afterwards. Raises RuntimeError when it ends before."""
    began = perf_counter()
    process = subprocess.Popen([DXBOT, "serve"], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith(READY_WORDS):
            raise RuntimeError(f"dxbot serve ended with {process.wait()}: {line}")
        yield Serving(process.pid, perf_counter() - began, line.removeprefix(READY_WORDS).strip())
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
