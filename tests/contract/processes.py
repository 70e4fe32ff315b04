"""Several processes that do the same thing to one database at the same time.

Run as `python -m tests.contract.processes JOB URL NAME`: opens the database, says `ready`, waits for a line, does the
job and prints its result as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery import Arrival
from staff.store import AuditEvent
from storage.database import Database, Tx, open_database
from storage.migrations import migrate
from storage.stores import SqlStores

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


def claim_all(database: Database, name: str) -> list[str]:
    """Claim until nothing is due; the keys claimed."""
    outbox = SqlStores(database).outbox
    keys = []
    while (claimed := outbox.claim(name, NOW, 600)) is not None:
        keys.append(claimed.message.key)
    return keys


def take_all(database: Database, name: str) -> list[str]:
    """Take the same two hundred arrivals as everyone else, several at once; the keys that were ours."""
    receipts = SqlStores(database).receipts
    keys = [f"event:{number:03}" for number in range(200)]
    if name[-1] in "13579":
        keys.reverse()
    taken: list[str] = []
    for at in range(0, 200, 8):
        arrivals = [Arrival(key, "slack", "{}") for key in keys[at : at + 8]]
        got = receipts.exchange(name, NOW, NOW + timedelta(seconds=15), arrivals=arrivals)
        taken += [receipt.key for receipt in got if receipt is not None]
    return taken


def append_audit(database: Database, name: str) -> list[str]:
    """Append thirty events; their hashes."""
    audit = SqlStores(database).audit
    return [audit.append(AuditEvent(at=NOW, actor=name, action="test", target=str(n))) for n in range(30)]


def bring_up(database: Database, _name: str) -> list[str]:
    """Migrate; the names applied."""
    return migrate(database)


def commit_for_ever(database: Database, name: str) -> list[str]:
    """Put articles' revisions up one by one, printing each number once it is durable, until killed."""
    while True:
        rows = database.transaction(
            lambda tx: tx.query("update revisions set number = number + 1 returning number")
        )
        print(rows[0]["number"], flush=True)


def hold_open(database: Database, name: str) -> list[str]:
    """Write inside a transaction that is never finished, until killed."""

    def work(tx: Tx) -> None:
        tx.query("update revisions set number = number + 1000000")
        print("holding", flush=True)
        time.sleep(600)

    database.transaction(work)
    return []


JOBS: dict[str, Callable[[Database, str], list[str]]] = {
    job.__name__: job for job in (claim_all, take_all, append_audit, bring_up, commit_for_ever, hold_open)
}


def start(job: str, url: str, name: str) -> subprocess.Popen[str]:
    """One process, opened and ready."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.contract.processes", job, url, name],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Let a ready process begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def run_together(job: str, url: str, count: int = 3) -> list[list[str]]:
    """Run a job in `count` processes at once; what each returned."""
    processes = [start(job, url, f"worker-{number}") for number in range(count)]
    for process in processes:
        go(process)
    results = []
    for process in processes:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        results.append(json.loads(output))
    return results


if __name__ == "__main__":
    job_name, address, own_name = sys.argv[1:]
    with open_database(address) as opened:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(JOBS[job_name](opened, own_name)))
