"""`dxbot directory import` and `dxbot demo`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from staff.demo import synthetic_city
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run

DEPARTMENTS = "部,課\n企画部,デジタル推進室\n市民部,市民窓口課\n"
PEOPLE = (
    "職員番号,氏名,メール,部,課,役割\n000001,見本 一,a@example.lg.jp,企画部,デジタル推進室,デジタル推進室\n"
)
MORE = "000002,見本 二,b@example.lg.jp,市民部,市民窓口課,\n"


@contextmanager
def stores(tmp_path: Path) -> Iterator[SqlStores]:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        yield SqlStores(database)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    people, departments = tmp_path / "people.csv", tmp_path / "departments.csv"
    people.write_text(PEOPLE + MORE, encoding="utf-8-sig")
    departments.write_text(DEPARTMENTS, encoding="utf-8-sig")
    return str(people), str(departments)


def test_the_diff_is_shown_and_applied(migrated: Run, files: tuple[str, str], tmp_path: Path) -> None:
    people, departments = files
    result = migrated("directory", "import", people, "--departments", departments, "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "見本 一" in result.stdout
    assert "反映しました（追加 2、変更 0、いなくなった人 0）" in result.stdout
    with stores(tmp_path) as kept:
        assert [person.id for person in kept.directory.list_people()] == ["000001", "000002"]
        event = kept.audit.list_events()[0]
        assert (event.action, event.actor.startswith("cli/")) == ("directory.import", True)
        assert kept.outbox.counts()["queued"] == 1  # one operator
    again = migrated("directory", "import", people, "--yes")
    assert again.exit_code == 0
    assert "反映しました" not in again.stdout


def test_a_dry_run_changes_nothing(migrated: Run, files: tuple[str, str], tmp_path: Path) -> None:
    result = migrated("directory", "import", files[0], "--departments", files[1], "--dry-run")
    assert result.exit_code == 0
    assert "見本 二" in result.stdout
    with stores(tmp_path) as kept:
        assert kept.directory.list_people() == []
        assert [event.action for event in kept.audit.list_events()] == ["cli.run"], "it shows names"


def test_nothing_is_applied_unasked(migrated: Run, files: tuple[str, str], tmp_path: Path) -> None:
    result = migrated("directory", "import", files[0], "--departments", files[1])
    assert result.exit_code == 1
    assert "--yes" in result.stderr
    with stores(tmp_path) as kept:
        assert kept.directory.list_people() == []


def test_every_bad_row_is_named_and_nothing_is_half_done(
    migrated: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    rows = "000003,見本 三,c@example.lg.jp,企画部,ない課,\n000001,見本 四,d@example.lg.jp,企画部,デジタル推進室,\n"
    bad.write_text(PEOPLE + rows, encoding="utf-8")
    result = migrated("directory", "import", str(bad), "--departments", files[1], "--yes")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "ない課" in result.stderr
    assert "000001" in result.stderr
    with stores(tmp_path) as kept:
        assert kept.directory.list_people() == []


def test_many_leavers_must_be_allowed(migrated: Run, files: tuple[str, str], tmp_path: Path) -> None:
    migrated("directory", "import", files[0], "--departments", files[1], "--yes")
    fewer = tmp_path / "fewer.csv"
    fewer.write_text(PEOPLE, encoding="utf-8")
    refused = migrated("directory", "import", str(fewer), "--yes")
    assert refused.exit_code == 1
    assert "--allow-leavers" in refused.stderr
    allowed = migrated("directory", "import", str(fewer), "--yes", "--allow-leavers")
    assert allowed.exit_code == 0
    with stores(tmp_path) as kept:
        assert [person.id for person in kept.directory.list_people()] == ["000001"]


def test_a_missing_file_is_one_line(migrated: Run) -> None:
    result = migrated("directory", "import", "nowhere.csv", "--yes")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "nowhere.csv" in line


def test_demo_fills_the_directory_and_is_the_same_each_time(migrated: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert migrated("demo", "--staff", "40", "--seed", "3").exit_code == 0
    with stores(tmp_path) as kept:
        people = kept.directory.list_people()
    assert people == sorted(synthetic_city(40, 3)[1], key=lambda person: person.id)


def test_demo_is_refused_among_real_staff(migrated: Run, files: tuple[str, str]) -> None:
    migrated("directory", "import", files[0], "--departments", files[1], "--yes")
    result = migrated("demo")
    assert result.exit_code == 1
    assert "実在の職員が 2 人" in result.stderr
