"""`dxbot skills`: a city's own framework, training histories, published figures."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

from storage.database import open_database
from storage.stores import SqlStores
from surveys.disclosure import CITY
from surveys.disclosure.publication import Cell, Known, Publication, Row, State, Table
from surveys.skills.asking import SURVEY_ID
from surveys.skills.reading import FRAMEWORK, SHIPPED
from tests.cli.conftest import Run


def own_framework(tmp_path: Path, before: str, after: str) -> str:
    """The shipped folder with a change in the framework's text."""
    folder = tmp_path / "own"
    if not folder.exists():
        copytree(SHIPPED, folder)
    text = (SHIPPED / FRAMEWORK).read_text(encoding="utf-8")
    assert before in text
    (folder / FRAMEWORK).write_text(text.replace(before, after, 1), encoding="utf-8")
    return str(folder)


def test_a_framework_is_checked_taken_into_use_and_the_last_good_one_stays(
    migrated: Run, tmp_path: Path
) -> None:
    assert "スキル 23 個" in migrated("skills", "check").stdout
    folder = own_framework(tmp_path, 'version: "2026.2"', 'version: "2027.1"')
    assert "版 2027.1 を使い始めました（1 回目の取り込み）" in migrated("skills", "import", folder).stdout
    own_framework(tmp_path, "id: copyright", "id: rights")
    failed = migrated("skills", "import", folder)
    assert failed.exit_code == 1
    assert "rights" in failed.stderr or "copyright" in failed.stderr
    own_framework(tmp_path, "leader: 3", "leader: 9")
    failed = migrated("skills", "check", folder)
    assert failed.exit_code == 1
    assert "framework.yaml 36行目" in failed.stderr


def test_trainings_are_imported_whole_or_not_at_all(migrated: Run, tmp_path: Path) -> None:
    assert migrated("demo", "--staff", "6").exit_code == 0
    assert f"{SURVEY_ID}-" in migrated("survey", "open", SURVEY_ID).stdout
    file = tmp_path / "trainings.csv"
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        person = SqlStores(database).directory.list_people()[0].id
    rows = [
        "職員番号,研修名,受講日",
        f"{person},関数とピボットテーブル,2026-07-01",
        "999999,表計算,2026-07-01",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    failed = migrated("skills", "trainings", str(file))
    assert failed.exit_code == 1
    assert "999999" in failed.stderr
    file.write_text("\n".join(rows[:2]), encoding="utf-8")
    assert "1 件を読み、新しい 1 件を取り込みました" in migrated("skills", "trainings", str(file)).stdout
    assert "新しい 0 件" in migrated("skills", "trainings", str(file)).stdout


def test_published_figures_are_printed(migrated: Run, tmp_path: Path) -> None:
    assert "見つかりません" in migrated("skills", "results").stderr
    assert migrated("demo", "--staff", "30").exit_code == 0
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        stores = SqlStores(database)
        round_ = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
        cells = tuple(Cell(state=State.SHOWN, value=value) for value in (10, 10, 20, 5, 5))
        table = Table(
            question="sheet",
            by=(CITY,),
            columns=("0", "1", "2", "3", "4"),
            several=False,
            threshold=5,
            rows=(Row(members=(CITY,), base=50, cells=cells),),
        )
        known = Known(headcounts={}, responses={})
        publication = Publication(number=1, round_id=round_.id, tables=(table,), known=known, source="s")
        stores.publications.add_publication(publication, round_.closes_at)
    assert "表計算での集計: 60%" in migrated("skills", "results").stdout
    told = json.loads(migrated("skills", "results", "--json", "--round", round_.id).stdout)
    assert told[0]["skills"]["sheet"] == {"state": "shown", "share": 60, "base": 50, "median": 2.0}
    assert "DX推進リーダー" in migrated("skills", "plan").stdout
    lines = json.loads(migrated("skills", "plan", "--json").stdout)
    assert {line["skill"] for line in lines} >= {"", "sheet"}
    assert "3 一人でできる 以上" in migrated("skills", "plan", "--skill", "sheet").stdout
    assert migrated("skills", "plan", "--skill", "security").exit_code == 1
