"""`dxbot knowledge import`, `check` and `export`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run

ROWS = "title,body,aliases\nクロネコ方式,申請を一度で済ませる進め方です。,黒猫|ネコ式\nシロネコ方式,申請を二度に分ける進め方です。,\n"


@contextmanager
def stores(tmp_path: Path) -> Iterator[SqlStores]:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        yield SqlStores(database)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "手続.csv"
    path.write_text(ROWS, encoding="utf-8-sig")
    return path


def test_an_import_is_answered_recorded_and_told(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("demo")
    result = migrated("knowledge", "import", str(table))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "「手続.csv」を取り込みました。追加 2、変更 0、削除 0" in result.stdout
    assert "申請を一度で済ませる進め方です。" in migrated("ask", "黒猫とは").stdout
    with stores(tmp_path) as kept:
        event = kept.audit.list_events()[0]
        assert (event.action, event.target, event.detail["added"]) == ("knowledge.import", "手続.csv", 2)
        operators = [person for person in kept.directory.list_people() if "operator" in person.roles]
        assert kept.outbox.counts()["queued"] == len(operators) >= 1


def test_an_import_replaces_what_the_file_brought_before(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("knowledge", "import", str(table))
    table.write_text("title,body\nクロネコ方式,申請を窓口で済ませる進め方です。\n", encoding="utf-8")
    result = migrated("knowledge", "import", str(table))
    assert "追加 0、変更 1、削除 1" in result.stdout
    with stores(tmp_path) as kept:
        assert [article.title for article in kept.articles.list_articles()] == ["クロネコ方式"]


def test_the_same_file_again_changes_nothing(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("knowledge", "import", str(table))
    with stores(tmp_path) as kept:
        before = kept.articles.revision()
    result = migrated("knowledge", "import", str(table))
    assert "同じ内容のため" in result.stdout
    with stores(tmp_path) as kept:
        assert (kept.articles.revision(), len(kept.audit.list_events())) == (before, 1)


def test_a_dry_run_changes_nothing(migrated: Run, table: Path, tmp_path: Path) -> None:
    result = migrated("knowledge", "import", str(table), "--dry-run")
    assert result.exit_code == 0
    assert "追加 2" in result.stdout
    with stores(tmp_path) as kept:
        assert kept.articles.list_articles() == []
        assert kept.audit.list_events() == []


def test_every_bad_row_is_named_and_the_last_good_knowledge_stays(
    migrated: Run, table: Path, tmp_path: Path
) -> None:
    migrated("knowledge", "import", str(table))
    table.write_text("title,body\n,本文だけ\n題だけ,\nよい題,よい本文\n", encoding="utf-8")
    result = migrated("knowledge", "import", str(table))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [("2" in line, "3" in line) for line in lines] == [(True, False), (False, True)]
    with stores(tmp_path) as kept:
        assert len(kept.articles.list_articles()) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("broken.yaml", b"articles: [\n", "broken.yaml"),
        ("broken.csv", b"\xff\xfe\x00", "UTF-16"),
        ("broken.xlsx", b"PK\x03\x04nothing", "xlsx"),
        ("notes.doc", b"text", "notes.doc"),
        ("empty.md", b"", ""),
    ],
)
def test_a_broken_file_is_told_without_a_traceback(
    migrated: Run, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = migrated("knowledge", "import", name)
    assert result.exit_code == 1
    assert result.stderr
    assert words in result.stderr


def test_a_missing_file_is_one_line(migrated: Run) -> None:
    for arguments in (["nowhere.csv"], ["nowhere.txt", "--format", "plan"]):
        result = migrated("knowledge", "import", *arguments)
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert "nowhere" in line


def test_check_counts_the_articles_and_names_what_is_due(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "due.csv"
    path.write_text("title,body,review_on\n古い手続,本文です。,2020-04-01\n", encoding="utf-8")
    migrated("knowledge", "import", str(path))
    result = migrated("knowledge", "check")
    assert result.exit_code == 0
    assert "見直しの期日を過ぎています: 古い手続" in result.stdout
    assert "項目に誤りはありません" in result.stdout


def test_export_and_import_come_full_circle(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("knowledge", "import", str(table))
    assert migrated("knowledge", "export", "--out", "out.csv", "--source", "手続.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [row["title"] for row in rows] == ["クロネコ方式", "シロネコ方式"]
    (tmp_path / "手続.csv").write_bytes((tmp_path / "out.csv").read_bytes())
    assert "同じ内容のため" in migrated("knowledge", "import", "手続.csv").stdout


def test_export_gives_everything_people_may_edit(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("knowledge", "import", str(table))
    assert migrated("knowledge", "export", "--out", "all.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    titles = [row[2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert {"クロネコ方式", "BPR"} <= set(titles)


def test_export_of_an_unknown_source_or_format_is_one_line(migrated: Run) -> None:
    for arguments in (
        ["--out", "a.csv", "--source", "nosuch"],
        ["--out", "a.doc"],
        ["--out", "nowhere/a.csv"],
    ):
        result = migrated("knowledge", "export", *arguments)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.material
def test_the_citys_plan(migrated: Run, shared_dir: Path) -> None:
    plan = str(shared_dir / "material" / "fujisawa-dx-plan-2022.txt")
    dry = migrated("knowledge", "import", plan, "--format", "plan", "--dry-run")
    assert "記事・見出しに入った文字" in dry.stdout
    assert "確かめただけです" in dry.stdout
    assert migrated("knowledge", "import", plan, "--format", "plan").exit_code == 0
    assert "原文" in migrated("ask", "RPAとは何ですか").stdout
