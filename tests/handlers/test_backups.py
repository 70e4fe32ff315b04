"""What doctor and the console say of the daily backups, over real files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import build_services
from bot.handlers.backups import LATE, look_at_backups
from bot.jobs.backups import keep_backups
from bot.services import Services
from bot.settings import Settings
from storage.backup import read_manifest
from storage.database import open_database
from storage.migrations import migrate
from storage.session import DatabaseError

NOW = datetime.now(UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def services(tmp_path: Path, kept: Path) -> Iterator[Services]:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
    built = build_services(Settings(database_url=url, content=(), backup_dir=str(kept), backup_days=10))
    yield replace(built, clock=lambda: NOW)
    built.close()


def whole(path: Path) -> bool:
    try:
        read_manifest(path)
    except DatabaseError:
        return False
    return True


def newest(kept: Path) -> Path:
    return next(path for path in kept.iterdir() if path.suffix == ".db")


def test_one_of_today_is_well(services: Services) -> None:
    keep_backups(services)
    found = look_at_backups(services, whole)
    assert found.right and "SHA-256 は取ったときのまま" in found.text and "1 個" in found.text
    assert "取ったときに確かめ済み" in look_at_backups(services).text


def test_none_yet_or_no_folder_is_told(services: Services, kept: Path) -> None:
    assert "読めません" in look_at_backups(services).text
    kept.mkdir()
    found = look_at_backups(services)
    assert not found.right and "まだ1つもありません" in found.text


def test_a_day_without_one_is_told(services: Services) -> None:
    keep_backups(services)
    shortly = replace(services, clock=lambda: NOW + LATE - timedelta(hours=1))
    assert look_at_backups(shortly).right
    later = replace(services, clock=lambda: NOW + LATE + timedelta(hours=1))
    found = look_at_backups(later)
    assert not found.right and "dxbot worker" in found.text


def test_a_damaged_one_is_told_by_who_reads_it(services: Services, kept: Path) -> None:
    keep_backups(services)
    content = newest(kept).read_bytes()
    newest(kept).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert look_at_backups(services).right, "the page does not read the file"
    found = look_at_backups(services, whole)
    assert not found.right and newest(kept).name in found.text and "壊れた" in found.text


def test_one_without_what_lies_beside_it_is_told(services: Services, kept: Path) -> None:
    keep_backups(services)
    newest(kept).with_name(f"{newest(kept).name}.json").unlink()
    found = look_at_backups(services)
    assert not found.right and "この控えからは戻せません" in found.text


def test_those_that_outlived_their_term_are_told(services: Services, kept: Path) -> None:
    keep_backups(services)
    old = kept / "dxbot-20200101.db"
    old.touch()
    past = (NOW - timedelta(days=12)).timestamp()
    os.utime(old, (past, past))
    found = look_at_backups(services)
    assert not found.right and old.name in found.text and "期限（10日）" in found.text
    assert keep_backups(services)["expired"] == 1
    assert look_at_backups(services).right


def test_without_the_setting_it_is_named(services: Services) -> None:
    unset = replace(services, settings=services.settings.model_copy(update={"backup_dir": ""}))
    found = look_at_backups(unset)
    assert (
        found.right and "DXBOT_BACKUP_DIR" in found.text and "手で取った控えの記録もありません" in found.text
    )
