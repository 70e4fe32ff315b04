"""`dxbot audit verify`."""

from __future__ import annotations

from pathlib import Path

from storage.database import open_database
from tests.cli.conftest import Run


def test_an_unbroken_chain(migrated: Run) -> None:
    migrated("demo")
    result = migrated("audit", "verify")
    assert (result.exit_code, result.stdout) == (
        0,
        "2 件の記録は、すべてつながっています。\n",
    )  # people, sample procedures


def test_a_changed_entry_is_found(migrated: Run, tmp_path: Path) -> None:
    migrated("demo")
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        database.transaction(lambda tx: tx.query("update audit_events set actor = 'somebody else'"))
    result = migrated("audit", "verify")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "切れています" in line
