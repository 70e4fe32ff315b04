"""A backup a day by the clock, and its end."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import build_services
from bot.jobs.backups import keep_backups
from bot.settings import Settings
from storage.backup import read_manifest
from storage.database import open_database
from storage.migrations import migrate

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_one_a_day_and_none_for_ever(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
    settings = Settings(database_url=url, content=(), backup_dir=str(kept), backup_days=10)
    services = build_services(settings)
    try:
        at = replace(services, clock=lambda: NOW)
        assert keep_backups(at) == {"backups": 1, "expired": 0}
        assert keep_backups(at) == {"backups": 0, "expired": 0}
        assert {path.name for path in kept.iterdir()} == {"dxbot-20261124.db", "dxbot-20261124.db.json"}
        assert read_manifest(kept / "dxbot-20261124.db").size > 0
        others = [
            kept / "manual.db",
            tmp_path / "dxbot.db.before-restore-20260101-000000",
            tmp_path / "notes.txt",
            kept / "dxbot-20261120.dump.before-restore-20261121-000000",
        ]
        for path in [*kept.iterdir(), *others]:
            path.touch()
            os.utime(path, (NOW.timestamp(), NOW.timestamp()))
        later = replace(services, clock=lambda: NOW + timedelta(days=10, seconds=1))
        assert keep_backups(later) == {"backups": 1, "expired": 3}
        assert {path.name for path in kept.iterdir()} == {
            "dxbot-20261204.db",
            "dxbot-20261204.db.json",
            "manual.db",
        }
        assert not others[1].exists() and others[2].exists(), "only our own"
    finally:
        services.close()


def test_nothing_without_a_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(database_url=url, content=()))
    try:
        assert keep_backups(services) == {"backups": 0, "expired": 0}
    finally:
        services.close()
