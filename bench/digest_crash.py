"""The crash test of the digest's sending: a thousand seeds, and what blind retries would do."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.harness import Result
from storage.database import open_database
from storage.migrations import migrate
from tests.crash.harness import Outcome, bare_services, run_seed

SEEDS = 1000
BLIND_SEEDS = 100


def measure() -> Result:
    """Count what arrived once, twice, never, and what is on the operator's list."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            row
            for name, seeds, blind in (("as it is", SEEDS, False), ("blind retries", BLIND_SEEDS, True))
            for row in _rows(name, _run(Path(folder), seeds, blind=blind))
        ]
    return Result(
        "digest-crash",
        f"Crash test: {SEEDS:,} seeds, two workers, kill -9 at drawn steps, failing platforms",
        (
            "variant",
            "platform",
            "messages",
            "once",
            "twice",
            "lost",
            "on the list",
            "open",
            "kills",
            "faults",
        ),
        tuple(rows),
    )


def _run(folder: Path, seeds: int, *, blind: bool) -> Outcome:
    total = Outcome()
    with open_database(f"sqlite:///{folder / f'crash-{blind}.db'}") as database:
        migrate(database)
        services = bare_services(database)
        for seed in range(seeds):
            total.add(run_seed(database, services, seed, blind=blind))
    return total


def _rows(name: str, total: Outcome) -> list[tuple[str | int, ...]]:
    counts = ("messages", "once", "twice", "lost", "on the list", "open")
    shared = (sum(total.kills.values()), sum(total.faults.values()))
    return [
        (name, platform, *(getattr(total, platform)[count] for count in counts), *shared)
        for platform in ("slack", "teams")
    ]
