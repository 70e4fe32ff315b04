"""`dxbot privacy`: shown, erased, and looked for byte by byte."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import build_services
from bot.cli.proving import prove_erased
from bot.settings import Settings
from bot.texts.ja import privacy as texts
from staff.privacy.erasing import look
from staff.privacy.remains import count
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run
from tests.staff.privacy.planting import DEPARTMENTS, OTHER, leaver, plant, settle

GONE = [leaver(number) for number in range(1, 9)]
STAYING = leaver(9)


@pytest.fixture
def town(migrated: Run, tmp_path: Path) -> Run:
    def fill(stores: SqlStores) -> None:
        settle(stores, [*GONE, STAYING])
        for person in (*GONE, STAYING):
            plant(stores, person)

    with_stores(tmp_path, fill)
    return migrated


def with_stores(tmp_path: Path, work: Callable[[SqlStores], object]) -> object:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        return work(SqlStores(database))


def test_showing_one_person(town: Run, tmp_path: Path) -> None:
    result = town("privacy", "show", GONE[0].id)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == f"職員番号 {GONE[0].id} {GONE[0].name}"
    for title in ("職員名簿", "技量の自己評価", "調査の回答", "担当への質問", "監査の記録"):
        assert f"  {title}: " in result.stdout
    assert STAYING.name not in result.stdout
    held = json.loads(town("privacy", "show", GONE[0].id, "--json").stdout)
    assert {one["id"] for one in held["items"]} >= {"directory", "assessments", "answers", "outbox", "holds"}
    shown = with_stores(tmp_path, lambda stores: stores.audit.list_events(1)[0])
    assert (shown.action, shown.target) == ("privacy.show", f"person/{GONE[0].id}")  # type: ignore[attr-defined]


def test_a_number_that_nobody_has(town: Run) -> None:
    result = town("privacy", "show", "NOBODY-1")
    assert (result.exit_code, result.stdout) == (
        0,
        "職員番号 NOBODY-1 について残っているデータはありません。\n",
    )


def test_erased_people_are_in_no_byte_of_any_file(town: Run, tmp_path: Path) -> None:
    def needles(stores: SqlStores) -> list[str]:
        return [text for one in GONE for text in look(stores, one.id).needles]

    wanted = with_stores(tmp_path, needles)
    assert isinstance(wanted, list) and len(wanted) > 100
    database = tmp_path / "dxbot.db"
    assert sum(count(database, wanted).values()) > len(wanted), "the search finds them before"
    result = town("privacy", "erase", *(one.id for one in GONE), "--yes")
    assert result.exit_code == 0, result.output
    assert "要対応" not in result.output
    lines = result.stdout.splitlines()
    assert f"職員番号 {GONE[0].id}: 消しました" in result.stdout
    assert "データベースの表: 残っていません" in lines
    assert f"{database}: 残っていません" in lines
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert {text: found for text, found in count(path, wanted).items() if found} == {}, path
    assert town("audit", "verify").exit_code == 0
    assert STAYING.name in town("privacy", "show", STAYING.id).stdout


def test_searching_the_files_keeps_the_locks_on_them(town: Run, tmp_path: Path) -> None:
    """SQLite's locks are the process's: to open the database beside SQLite, and close it, gives them all up."""
    path = tmp_path / "dxbot.db"
    services = build_services(Settings(_env_file=None, database_url=f"sqlite:///{path}", content=()))
    with closing(services):
        assert f"{path}: {texts.NONE_LEFT}" in prove_erased(services, []).lines
        looking = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('select 1 from people').close()"
        subprocess.run([sys.executable, "-c", looking, str(path)], check=True)
        assert path.with_name(f"{path.name}-wal").exists(), "another process took itself for the last one"


def test_nothing_goes_before_it_is_confirmed(town: Run) -> None:
    refused = town("privacy", "erase", GONE[0].id)
    assert refused.exit_code == 1
    assert "まだ消していません。" in refused.stdout
    assert "技量の自己評価: 1 件" in refused.stdout
    assert GONE[0].name in town("privacy", "show", GONE[0].id).stdout


def test_what_is_left_elsewhere_is_found(town: Run, tmp_path: Path) -> None:
    kept = tmp_path / "exports"
    kept.mkdir()
    (kept / "old.csv").write_bytes(f"氏名\r\n{GONE[0].name}\r\n".encode("cp932"))
    result = town("privacy", "erase", GONE[0].id, "--yes", "--also", str(kept))
    assert result.exit_code == 1
    assert f"{kept / 'old.csv'}: 要対応: 1 か所に残っています" in result.stdout
    (kept / "old.csv").unlink()
    assert town("privacy", "erase", GONE[0].id, "--yes", "--also", str(kept)).exit_code == 0


def test_a_document_that_names_them_is_named(town: Run, tmp_path: Path) -> None:
    from tests.web.city import ARTICLES

    article = ARTICLES[0].model_copy(update={"title": f"{GONE[0].name}の手引き"})
    with_stores(tmp_path, lambda stores: stores.articles.replace_source("手引き", [article]))
    result = town("privacy", "erase", GONE[0].id, "--yes")
    assert result.exit_code == 1
    assert "データベースの表: 要対応: 残っています（articles）" in result.stdout


def test_the_last_operator_stays(migrated: Run, tmp_path: Path) -> None:
    from staff.model import Role

    operator = OTHER.model_copy(
        update={
            "posts": (OTHER.posts[0].model_copy(update={"roles": frozenset({Role.STAFF, Role.OPERATOR})}),)
        }
    )
    with_stores(tmp_path, lambda stores: stores.directory.save(DEPARTMENTS, [operator], []))
    result = migrated("privacy", "erase", operator.id, "--yes")
    assert result.exit_code == 1
    assert "先に、ほかの人に役割を付けてください" in result.stderr
    assert operator.name in migrated("privacy", "show", operator.id).stdout


def test_a_list_that_cannot_be_written_stops_it(town: Run, tmp_path: Path) -> None:
    result = town("privacy", "erase", GONE[0].id, "--yes", DXBOT_ERASED_LIST=str(tmp_path))
    assert result.exit_code == 1
    assert "DXBOT_ERASED_LIST" in result.stderr and "何も消していません" in result.stderr
    assert GONE[0].name in town("privacy", "show", GONE[0].id).stdout


def test_who_was_erased_after_a_backup_does_not_come_back_with_it(town: Run, tmp_path: Path) -> None:
    made = town("backup", str(tmp_path / "kept" / "copy.db"))
    assert made.exit_code == 0 and "SHA-256" in made.stdout
    assert town("privacy", "erase", GONE[0].id, "--yes").exit_code == 0
    restored = town("restore", str(tmp_path / "kept" / "copy.db"), "--yes")
    assert restored.exit_code == 0, restored.output
    assert "控えのあとで消去していた 1 人は、もう一度消しました。" in restored.stdout
    assert town("privacy", "show", GONE[0].id).stdout.endswith("残っているデータはありません。\n")
    assert GONE[1].name in town("privacy", "show", GONE[1].id).stdout
    wanted = [*look_forms(GONE[0].name), GONE[0].id]
    assert sum(count(tmp_path / "dxbot.db", wanted).values()) == 0
    assert town("audit", "verify").exit_code == 0


def look_forms(name: str) -> list[str]:
    return [name, name.replace(" ", ""), name.replace(" ", "\u3000")]
