"""`dxbot audit verify`."""

from __future__ import annotations

import re
from pathlib import Path

from storage.database import open_database
from tests.cli.conftest import Run


def test_an_unbroken_chain(migrated: Run) -> None:
    migrated("demo")
    result = migrated("audit", "verify")
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ 件の記録は、すべてつながっています。\n", result.stdout)


def test_a_changed_entry_is_found(migrated: Run, tmp_path: Path) -> None:
    migrated("demo")
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        database.transaction(lambda tx: tx.query("update audit_events set actor = 'somebody else'"))
    result = migrated("audit", "verify")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "切れています" in line


def test_an_anchor_kept_elsewhere_tells_of_a_cut(migrated: Run, tmp_path: Path) -> None:
    migrated("demo")
    anchor = migrated("audit", "anchor").stdout.strip()
    assert migrated("audit", "verify", "--anchor", anchor).exit_code == 0
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        for statement in (
            "delete from audit_events where position = (select length from audit_head)",
            "update audit_head set length = length - 1",
            "update audit_head set hash = (select hash from audit_events order by position desc limit 1)",
            "delete from audit_anchors",
        ):
            database.transaction(lambda tx, sql=statement: tx.query(sql))  # type: ignore[misc]
    assert migrated("audit", "verify").exit_code == 0
    assert migrated("audit", "verify", "--anchor", anchor).exit_code == 1
    assert migrated("audit", "verify", "--anchor", "?").exit_code == 1
