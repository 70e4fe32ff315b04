"""A real worker is told to end while it audits a real round: it ends at once, with its child, and has published nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.surveys.rounds import answer_round, work_round

LONGEST, SOON = 60.0, 15.0
DECIDED = "1 of 8 questions decided"


@contextmanager
def worker(url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DATABASE_URL": url, "DXBOT_CONTENT": ""}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "worker"],
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for(words: str, log: Path) -> None:
    until = time.monotonic() + LONGEST
    while words not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < until, log.read_text(encoding="utf-8")
        time.sleep(0.02)


def is_alive(group: int) -> bool:
    """Whether any process of the group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_worker_ends_during_an_audit(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
        stores = SqlStores(database)
        answer_round(stores.surveys, work_round())
        with worker(url, tmp_path / "first.log") as first:
            wait_for(DECIDED, tmp_path / "first.log")
            first.send_signal(signal.SIGTERM)
            assert first.wait(SOON) == 0
            until = time.monotonic() + SOON
            while is_alive(first.pid):
                assert time.monotonic() < until, "the audit outlives its worker"
                time.sleep(0.02)
        assert "decided anew at the next start" in (tmp_path / "first.log").read_text(encoding="utf-8")
        assert stores.publications.list_publications("round-1") == []
        assert stores.publications.list_snapshots() == []
