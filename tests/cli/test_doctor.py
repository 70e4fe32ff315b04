"""`dxbot doctor`."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.app import build_services, create_app
from bot.delivery import Message
from bot.messages import Reply
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from storage.database import open_database
from storage.outbox import SqlOutbox
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def port(run: Run, monkeypatch: pytest.MonkeyPatch) -> int:
    """A port that nobody listens on, and no proxy. After `run`, which clears the settings."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    free = unused_port()
    monkeypatch.setenv("PORT", str(free))
    return free


def lines(output: str, verdict: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(f"[{verdict}]")]


def test_everything_is_well(migrated: Run) -> None:
    result = migrated("doctor")
    assert result.exit_code == 0
    assert lines(result.stdout, "要対応") == []
    for about in (
        "待ち受け",
        "設定",
        "データベース",
        "SQLite: 版 3.",
        "知識",
        "監査の記録",
        "Slack",
        "Teams",
    ):
        assert about in result.stdout


def test_a_missing_schema_is_named(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert "dxbot migrate" in line


def test_a_database_out_of_reach_is_named_without_its_password(run: Run) -> None:
    result = run("doctor", DATABASE_URL="postgresql://clerk:himitsu@127.0.0.1:1/none")
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert "PostgreSQL" in line
    assert "himitsu" not in result.stdout


def test_wrong_settings_end_with_2(run: Run) -> None:
    for wrong in ({"PORT": "many"}, {"DXBOT_CONTNET": "fujisawa"}):
        result = run("doctor", **wrong)
        assert result.exit_code == 2
        (line,) = lines(result.stdout, "要対応")
        assert next(iter(wrong)) in line


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DXBOT_CONTENT": ""}, "項目が1つもありません"),
        ({"DXBOT_CONTENT": "nosuchpack"}, "nosuchpack"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_SIGNING_SECRET がありません。設定に加えてください（Socket Mode",
        ),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN がありません。設定に加えてください。"),
        ({"TEAMS_APP_ID": "1"}, "TEAMS_APP_PASSWORD、TEAMS_APP_TENANT_ID がありません"),
    ],
)
def test_what_is_wrong_is_named(migrated: Run, settings: dict[str, str], words: str) -> None:
    result = migrated("doctor", **settings)
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert words in line


def test_tokens_are_never_shown(migrated: Run) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "signing-secret"}
    result = migrated("doctor", **tokens, SLACK_API_URL="http://127.0.0.1:1/")
    assert result.exit_code == 1
    assert "secret" not in result.stdout


@pytest.mark.parametrize("arguments", [("doctor",), ("ask", "BPRとは")])
def test_a_database_that_is_not_there_is_not_made(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(*arguments, DATABASE_URL=f"sqlite:///{tmp_path / 'typo' / 'dxbto.db'}")
    assert result.exit_code == 1
    said = result.stdout + result.stderr
    assert "dxbto.db」がありません" in said
    assert "dxbot migrate" in said
    assert not (tmp_path / "typo").exists()


def test_only_the_bot_token_missing_names_no_other(migrated: Run) -> None:
    result = migrated("doctor", SLACK_SIGNING_SECRET="s")
    (line,) = lines(result.stdout, "要対応")
    assert "SLACK_BOT_TOKEN" in line
    assert "SLACK_APP_TOKEN" not in line


def test_offline_asks_nobody(migrated: Run) -> None:
    told = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:1/"}
    told |= {"TEAMS_APP_ID": "1", "TEAMS_APP_PASSWORD": "p", "TEAMS_APP_TENANT_ID": "t"}
    result = migrated("doctor", "--offline", **told)
    assert result.exit_code == 0
    assert result.stdout.count("（--offline）") == 2


def test_what_did_not_arrive_is_told_with_its_reason(migrated: Run) -> None:
    with open_database(load_settings().database_url) as database:
        outbox, now = SqlOutbox(database), datetime.now(UTC)
        old = now - timedelta(days=8)
        for key, at, reason in (
            ("1", now, "left"),
            ("2", now, "left"),
            ("3", old, "long ago"),
            ("4", now, ""),
        ):
            outbox.put(Message(key=key, channel="web", recipient="1", reply=Reply(), due_at=old))
            claimed = outbox.claim("w", now, 60)
            assert claimed is not None
            if reason:
                outbox.settle_failed(key, "w", reason, at)
            else:
                outbox.settle_retry(key, "w", now, "lost", doubtful=True)
    result = migrated("doctor")
    assert result.exit_code == 1
    (wrong,) = lines(result.stdout, "要対応")
    assert "2 件" in wrong
    assert "web の 2 件: left" in wrong
    assert "long ago" not in wrong
    assert "確かめている知らせが 1 件" in result.stdout


@contextmanager
def _listening(app: web.Application, port: int) -> Iterator[None]:
    """A server in a thread of its own, as the command under test has the main one."""
    ready, stop = threading.Event(), threading.Event()

    async def serve() -> None:
        async with TestServer(app, port=port):
            ready.set()
            await asyncio.to_thread(stop.wait, 10)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield
    stop.set()
    thread.join()


def test_a_running_server_is_seen(migrated: Run, port: int) -> None:
    services = build_services(load_settings())
    with _listening(create_app(services), port):
        assert texts.DOCTOR_SERVED.format(address=f"http://127.0.0.1:{port}") in migrated("doctor").stdout
    services.close()
    assert texts.DOCTOR_NOT_SERVED.format(address=f"http://127.0.0.1:{port}") in migrated("doctor").stdout


def test_another_program_on_the_port_is_named(migrated: Run, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        (line,) = lines(migrated("doctor").stdout, "要対応")
    assert line.endswith(texts.DOCTOR_OTHER_SERVER.format(address=f"http://127.0.0.1:{port}"))


def test_the_ways_in_from_elsewhere_are_looked_at(migrated: Run) -> None:
    assert "この機械からだけ使えます" in migrated("doctor").stdout
    away = {"DXBOT_PUBLIC_URL": "http://127.0.0.1:1"}
    (line,) = lines(migrated("doctor", **away).stdout, "要対応")
    assert "http://127.0.0.1:1 を開けません" in line
    assert "--offline のため" in migrated("doctor", "--offline", **away).stdout
    oidc = away | {"DXBOT_OIDC_ISSUER": "http://127.0.0.1:1", "DXBOT_OIDC_CLIENT_ID": "dxbot"}
    assert "認証サーバー: http://127.0.0.1:1 を使えません" in migrated("doctor", **oidc).stdout


def test_an_address_that_is_not_this_machines_is_named(migrated: Run) -> None:
    taken, unreachable = lines(migrated("doctor", HOST="203.0.113.9").stdout, "要対応")
    assert "203.0.113.9" in taken and "DXBOT_PUBLIC_URL" in unreachable


def test_an_address_for_others_without_a_public_one_is_named(migrated: Run) -> None:
    result = migrated("doctor", HOST="0.0.0.0")
    (line,) = lines(result.stdout, "要対応")
    assert "DXBOT_PUBLIC_URL" in line and "TLS" in line


@pytest.mark.parametrize(("ranges", "right"), [("10.1.2.3", True), ("10.0.0.0/8", False), ("::/0", False)])
def test_a_range_that_anybody_may_sit_in_is_named(migrated: Run, ranges: str, right: bool) -> None:
    settings = {"DXBOT_PROXY_HEADER": "X-Remote-User", "DXBOT_TRUSTED_PROXIES": ranges}
    wrong = lines(migrated("doctor", **settings).stdout, "要対応")
    assert [one for one in wrong if "広すぎます" in one] == ([] if right else wrong)
    assert bool(wrong) != right


def test_the_daily_backups_are_looked_at(migrated: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    result = migrated("doctor", DXBOT_BACKUP_DIR=str(kept))
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert line.startswith("[要対応] 控え: ") and "dxbot worker" in line
    made = migrated("backup", str(kept / "dxbot-20261124.db"))
    assert made.exit_code == 0, made.output
    result = migrated("doctor", DXBOT_BACKUP_DIR=str(kept))
    assert result.exit_code == 0, result.stdout
    assert "SHA-256 は取ったときのまま" in result.stdout
    (kept / "dxbot-20261124.db").write_bytes(b"something else")
    result = migrated("doctor", DXBOT_BACKUP_DIR=str(kept))
    assert result.exit_code == 1 and "dxbot-20261124.db" in lines(result.stdout, "要対応")[0]
    assert "手で取った最後の控え" in migrated("doctor").stdout
