"""`dxbot year-roll` and `dxbot handover`."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.cli.conftest import Run


def test_what_is_not_settled_is_listed(migrated: Run) -> None:
    migrated("demo", "--staff", "6")
    result = migrated("year-roll")
    assert result.exit_code == 1
    assert "■ 役割の人がいない" in result.stdout
    assert "職員課 DX推進リーダー" in result.stdout
    assert "監査" not in result.stdout.split("■")[1].splitlines()[1]


def test_the_handover_is_written_as_markdown_and_word(migrated: Run, tmp_path: Path) -> None:
    migrated("demo", "--staff", "6")
    shown = migrated("handover")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# DX相談ボット 引継書")
    assert "## 役割の人" in shown.stdout
    assert migrated("handover", "--out", str(tmp_path / "h.docx")).exit_code == 0
    told = [paragraph.text for paragraph in docx.Document(str(tmp_path / "h.docx")).paragraphs]
    assert "役割の人" in told
    assert migrated("handover", "--out", str(tmp_path / "no" / "h.md")).exit_code == 1
