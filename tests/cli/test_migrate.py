"""`dxbot migrate`."""

from __future__ import annotations

from pathlib import Path

from storage.database import open_database
from tests.cli.conftest import Run


def test_migrate_says_what_it_applied_and_then_nothing(run: Run) -> None:
    first, second = run("migrate"), run("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "articles" in first.stdout
    assert second.stdout == "データベースは最新です。\n"


def test_a_newer_database_is_refused(migrated: Run, tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        database.transaction(
            lambda tx: tx.query("insert into migrations (name, applied_at) values ('from_the_future', '')")
        )
    for command in (["migrate"], ["ask", "q"]):
        result = migrated(*command)
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert "from_the_future" in line
