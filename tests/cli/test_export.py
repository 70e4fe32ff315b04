"""`dxbot export`: files as openpyxl and the csv module read them, on record, whole or not at all."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest

from bot.sheets import xlsx
from bot.texts.ja import export as texts
from staff.store import AuditEvent
from storage.database import open_database
from storage.stores import SqlStores
from surveys.skills.asking import assessment_of
from tests.cli.conftest import Run
from tests.surveys.export.city import FRAMEWORK, publish_skills, publish_telework
from tests.web.city import LEADER, settle

PURPOSE = "研修計画の案を作る"


@pytest.fixture
def city(migrated: Run, tmp_path: Path) -> Run:
    """The made-up city with both published."""
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        stores = SqlStores(database)
        settle(stores)
        publish_skills(stores)
        publish_telework(stores)
    return migrated


def events(tmp_path: Path) -> list[AuditEvent]:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        return SqlStores(database).audit.list_events(1)


@pytest.mark.parametrize(("what", "round_id"), [("skills", "skills-1"), ("telework", "usage-1")])
def test_a_workbook_with_legend_charts_and_signs(city: Run, tmp_path: Path, what: str, round_id: str) -> None:
    out = tmp_path / "集計.xlsx"
    done = city("export", what, "--out", str(out), "--purpose", PURPOSE)
    assert done.exit_code == 0, done.stderr
    assert str(out) in done.stdout
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:2] == [texts.SHEET_LEGEND, texts.SHEET_CHARTS]
    legend = {row[0].value: row[1].value for row in book[texts.SHEET_LEGEND].iter_rows()}
    assert (legend[texts.PURPOSE], legend[texts.MADE_BY]) == (PURPOSE, texts.MADE_ON_SERVER)
    assert book.properties.creator == "DX相談ボット"
    assert all(sheet.freeze_panes for sheet in book)
    charts = [sheet for sheet in book if sheet._charts]  # type: ignore[attr-defined]
    assert [sheet.title for sheet in charts] == [texts.SHEET_CHARTS]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, "no formula"
    assert "秘匿" in {cell.value for cell in cells}
    (event,) = events(tmp_path)
    assert (event.action, event.target, event.channel) == (f"export.{what}", round_id, "cli")
    assert event.detail["purpose"] == PURPOSE


def test_csv_in_both_encodings(city: Run, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "cp932"):
        out = tmp_path / f"{encoding}.csv"
        told = city(
            "export",
            "skills",
            "--format",
            "csv",
            "--encoding",
            encoding,
            "--out",
            str(out),
            "--purpose",
            PURPOSE,
        )
        assert told.exit_code == 0, told.stderr
        rows = list(csv.reader(out.read_text(encoding=encoding).splitlines()))
        assert rows[0][0] == texts.WAY
        assert any("秘匿" in row for row in rows)
    assert (tmp_path / "utf-8-sig.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_plan_has_its_sheets(city: Run, tmp_path: Path) -> None:
    out = tmp_path / "計画.xlsx"
    told = city("export", "skills", "--level", "plan", "--out", str(out), "--purpose", PURPOSE)
    assert told.exit_code == 0, told.stderr
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [texts.SHEET_LEGEND, texts.SHEET_CHARTS, texts.SHEET_PLAN, texts.SHEET_DATA]
    assert book[texts.SHEET_PLAN].freeze_panes == "E2"
    assert events(tmp_path)[0].target == "plan"


def test_history_of_telework_by_its_round(city: Run, tmp_path: Path) -> None:
    out = tmp_path / "推移.xlsx"
    told = city(
        "export",
        "telework",
        "--level",
        "history",
        "--round",
        "usage-1",
        "--out",
        str(out),
        "--purpose",
        PURPOSE,
    )
    assert told.exit_code == 0, told.stderr
    assert openpyxl.load_workbook(out).sheetnames == [
        texts.SHEET_LEGEND,
        texts.SHEET_CHARTS,
        texts.SHEET_HISTORY,
    ]


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("telework", "--level", "individual"), texts.NO_ROWS, 2),
        (("skills", "--format", "ods"), texts.NO_SUCH_FORMAT, 2),
        (("skills", "--encoding", "sjis"), texts.NO_SUCH_ENCODING, 2),
        (("skills", "--round", "usage-1"), texts.NOT_OF_KIND.format(id="usage-1"), 1),
        (("skills", "--round", "x"), texts.NOT_PUBLISHED.format(id="x"), 1),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_written(
    city: Run, tmp_path: Path, arguments: tuple[str, ...], said: str, code: int
) -> None:
    out = tmp_path / "x.xlsx"
    failed = city("export", *arguments, "--out", str(out), "--purpose", PURPOSE)
    assert failed.exit_code == code
    assert said in failed.stderr
    assert not [path for path in tmp_path.iterdir() if "x.xlsx" in path.name]


def test_a_purpose_is_asked_for(city: Run, tmp_path: Path) -> None:
    failed = city("export", "skills", "--out", str(tmp_path / "x.xlsx"))
    assert failed.exit_code == 2
    assert "--purpose" in failed.stderr
    assert texts.PURPOSE_EMPTY in city("export", "skills", "--out", "x.xlsx", "--purpose", " ").stderr


def test_names_are_not_for_the_server_and_the_refusal_is_on_record(city: Run, tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        told = assessment_of(
            FRAMEWORK, LEADER, {"sheet": "4"}, datetime(2026, 11, 25, tzinfo=UTC), "skills-1"
        )
        SqlStores(database).skills.add_assessment(told)
    out = tmp_path / "x.xlsx"
    failed = city("export", "skills", "--level", "individual", "--out", str(out), "--purpose", PURPOSE)
    assert failed.exit_code == 1
    assert "職員課" in failed.stderr
    assert not out.exists()
    (event,) = events(tmp_path)
    assert (event.action, event.target, event.channel) == (
        "permission.refused",
        "export.skills/individual",
        "cli",
    )


def test_ctrl_c_leaves_the_old_file_and_no_other(city: Run, tmp_path: Path) -> None:
    out = tmp_path / "集計.xlsx"
    out.write_bytes(b"old")
    before = {path.name for path in tmp_path.iterdir()}
    with patch.object(xlsx, "draw", side_effect=KeyboardInterrupt):
        assert city("export", "skills", "--out", str(out), "--purpose", PURPOSE).exit_code == 1
    assert out.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} - before <= {"dxbot.db-wal", "dxbot.db-shm"}
    assert events(tmp_path) == [], "nobody has it, so nothing is on record"


def test_a_folder_that_is_not_there_is_named(city: Run, tmp_path: Path) -> None:
    failed = city("export", "skills", "--out", str(tmp_path / "ない" / "x.xlsx"), "--purpose", PURPOSE)
    assert failed.exit_code == 1
    assert "書けません" in failed.stderr
