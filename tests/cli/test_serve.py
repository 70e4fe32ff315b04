"""`dxbot serve`, `dxbot worker` and what `make run` starts, as processes of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.app import build_services
from bot.cli import serve as serving
from bot.delivery import Message
from bot.handlers.knowledge_admin import import_articles
from bot.messages import Paragraph, Reply
from bot.settings import load_settings
from knowledge.article import Article, Kind, Layer, Passage
from staff.demo import synthetic_city
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run

READY = "準備ができました: http://127.0.0.1:"
# Seconds until a process is taken for hung; a busy machine may need a good part of them.
PATIENCE = 90.0


@contextmanager
def process(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process of the project in this test's folder; killed at the end if it still runs."""
    environment = os.environ | {"PORT": "0", "PYTHONPATH": str(Path(__file__).parents[2])} | settings
    command = [sys.executable, "-m", *arguments]
    started = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def first_line(started: subprocess.Popen[str], beginning: str) -> str:
    assert started.stdout is not None
    for line in started.stdout:
        if line.startswith(beginning):
            return line.strip()
    raise AssertionError(started.communicate())


def wait_for_sent(stores: SqlStores) -> bool:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        if stores.outbox.counts()["sent"]:
            return True
        sleep(0.05)
    return False


def test_serve_prints_its_address_answers_and_ends_when_told(migrated: Run) -> None:
    with process("bot.cli", "serve") as server:
        address = first_line(server, READY).split(" ")[1]
        with urllib.request.urlopen(f"{address}/?q=himitsu-no-shitsumon") as response:
            assert response.status == 200
        packed = urllib.request.Request(f"{address}/chat", b"x" * 70_000, {"Content-Encoding": "gzip"})
        with pytest.raises(urllib.error.HTTPError, match="415") as refused:
            urllib.request.urlopen(packed)
        refused.value.close()
        server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert "Unhandled exception" not in log
    assert "GET / 200" in log
    assert "himitsu" not in log


def test_a_port_that_is_taken_is_one_line(migrated: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = migrated("serve", PORT=str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "PORT か HOST" in result.stderr.splitlines()[-1]


def test_a_host_that_is_none_is_a_wrong_setting(migrated: Run) -> None:
    result = migrated("serve", HOST="999.1.1.1", PORT="0")
    assert result.exit_code == 2
    assert "HOST" in result.stderr.splitlines()[-1]


def test_worker_delivers_and_ends_when_told(migrated: Run, tmp_path: Path) -> None:
    assert migrated("migrate").exit_code == 0
    reply = Reply(parts=(Paragraph(text="お知らせです"),))
    now = datetime.now(UTC)
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        stores = SqlStores(database)
        stores.directory.save(*synthetic_city(6, 1), [])
        stores.outbox.put(Message(key="k", channel="web", recipient="000001", reply=reply, due_at=now))
        with process("bot.cli", "worker") as worker:
            assert wait_for_sent(stores)
            worker.send_signal(signal.SIGINT)
            worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0
        ((key, _, delivered),) = stores.inbox.list_for("000001")
    assert (key, delivered) == ("k", reply)


def test_make_run_prepares_everything_and_ends_as_a_whole(run: Run, tmp_path: Path) -> None:
    with process("bot.cli.local") as local:
        first_line(local, READY)
        first_line(local, "知らせの送信を始めました")
        local.send_signal(signal.SIGINT)
        output, _ = local.communicate(timeout=PATIENCE)
    assert local.returncode == 0
    assert "止めました" in output
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        assert len(SqlStores(database).directory.list_people()) == 30


async def test_a_serving_process_takes_over_what_another_imports(
    migrated: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LOOK_SECONDS", 0.05)
    ours, theirs = build_services(load_settings()), build_services(load_settings())
    try:
        ours.knowledge.refresh()
        stop = asyncio.Event()
        following = asyncio.create_task(serving.follow_knowledge(ours.knowledge, stop))
        import_articles(theirs, "test.csv", [_article()], "test")
        for _ in range(200):
            if ours.knowledge.whole.explain("term/kuroneko"):
                break
            await asyncio.sleep(0.05)
        stop.set()
        await following
        assert ours.knowledge.whole.explain("term/kuroneko") is not None
    finally:
        ours.close()
        theirs.close()


def _article() -> Article:
    passages = (Passage(text="クロネコ方式とは、申請を一度で済ませる進め方です。"),)
    return Article(
        id="term/kuroneko", kind=Kind.TERM, layer=Layer.EDITORIAL, title="クロネコ方式", passages=passages
    )


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
        ("bot.example", "http://bot.example:80"),
    ],
)
def test_the_address_shown_can_be_opened(host: str, shown: str) -> None:
    assert serving.address(host, 80) == shown
