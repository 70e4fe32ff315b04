"""`dxbot knowledge import`, `check` and `export`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from knowledge.importing import read_articles
from knowledge.packs import load_pack
from staff.model import Department
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run
from tests.knowledge.encoding.city import FOLDER, model
from tests.knowledge.manuals.files import telework_docx
from tests.knowledge.plans import MADE_UP, made_up_plan, revised_plan, revised_text

ROWS = "title,body,aliases\nクロネコ方式,申請を一度で済ませる進め方です。,黒猫|ネコ式\nシロネコ方式,申請を二度に分ける進め方です。,\n"

HR = Department(id="shokuin", name="職員課", parent_id="soumu")


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
        imports = ("samples", "手続.csv")
        assert kept.outbox.counts()["queued"] == len(imports) * len(operators) >= 2


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
    assert all(f"  追加: {article.title}\n" in result.stdout for article in read_articles(table).articles)
    with stores(tmp_path) as kept:
        assert kept.articles.list_articles() == []
        assert kept.audit.list_events() == []


def test_a_workbook_is_read_as_it_is_shown(migrated: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    japanese = '[$-411]ggge"年"m"月"d"日";@'
    rows = (
        ("保有率", 0.94, "0%", "94%"),
        ("割合", 0.125, "0.0%", "12.5%"),
        ("開庁", timedelta(hours=26), "[h]:mm", "26:00"),
        ("可否", True, "General", "TRUE"),
        ("件数", 1234567, '#,##0"件"', "1,234,567件"),
        ("開始", date(2027, 4, 1), japanese, "令和9年4月1日"),
        ("和", 0.1 + 0.2, "General", "0.3"),
    )
    sheet.append(["title", "body", "review_on"])
    for number, (title, value, shape, _) in enumerate(rows, 2):
        sheet.append([title, value, date(2028, 4, 1)])
        sheet.cell(number, 2).number_format = shape
        sheet.cell(number, 3).number_format = japanese
    sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "表.xlsx")
    result = migrated("knowledge", "import", str(tmp_path / "表.xlsx"))
    assert "シート「Sheet」の非表示の行 5 も読みました" in result.stdout
    with stores(tmp_path) as kept:
        articles = kept.articles.list_articles()
    assert {article.title: article.body for article in articles} == {row[0]: row[3] for row in rows}
    assert {article.review_on for article in articles} == {date(2028, 4, 1)}


def test_a_cell_that_cannot_be_read_as_it_is_shown_is_named(migrated: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["title", "body"], ["郵便番号", 2510001], ["よい行", "本文"], ["半分", 0.5]):
        sheet.append(row)
    sheet["B2"].number_format, sheet["B4"].number_format = "[<=999]000;000-0000", "# ?/?"
    book.save(tmp_path / "表.xlsx")
    result = migrated("knowledge", "import", str(tmp_path / "表.xlsx"))
    assert result.exit_code == 1
    assert "シート「Sheet」行 2「body」: この表示形式のセルは" in result.stderr
    assert "シート「Sheet」行 4「body」: この表示形式のセルは" in result.stderr
    with stores(tmp_path) as kept:
        assert kept.articles.list_articles() == []


def test_an_owner_whom_the_directory_does_not_know_is_told(migrated: Run, tmp_path: Path) -> None:
    table = tmp_path / "記事.csv"
    table.write_text(
        "title,body,owner\n名札,作ります。,市民なんとか課\n在宅,申請します。,職員課\n", encoding="utf-8"
    )
    assert "職員名簿" not in migrated("knowledge", "import", str(table), "--dry-run").stdout
    with stores(tmp_path) as kept:
        kept.directory.save([Department(id="soumu", name="総務部"), HR], [], [])
    for options in (["--dry-run"], []):
        told = migrated("knowledge", "import", str(table), *options).stdout
        assert "注意: 「名札」の担当課: 「市民なんとか課」という課は職員名簿にありません" in told
        assert "「職員課」という課" not in told
    manual = tmp_path / "手引.docx"
    manual.write_bytes(telework_docx())
    told = migrated("knowledge", "import", str(manual), "--owner", "職員かー課").stdout
    assert (
        "「在宅勤務」「申請のしかた」「端末の貸出」の担当課: 「職員かー課」という課は職員名簿にありません"
        in told
    )


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


def test_another_file_of_the_same_name_is_not_taken_for_the_first(
    migrated: Run, table: Path, tmp_path: Path
) -> None:
    migrated("knowledge", "import", str(table))
    other = tmp_path / "別の課" / table.name
    other.parent.mkdir()
    other.write_text("title,body\nミケネコ方式,窓口を一つにする進め方です。\n", encoding="utf-8")
    refused = migrated("knowledge", "import", str(other))
    assert refused.exit_code == 1
    assert "--source" in refused.stderr
    named = migrated("knowledge", "import", str(other), "--source", "別の課の手続")
    assert "「別の課の手続」を取り込みました。追加 1" in named.stdout
    with stores(tmp_path) as kept:
        assert kept.articles.list_sources() == [("別の課の手続", 1), ("手続.csv", 2)]
    meant = migrated("knowledge", "import", str(other), "--source", table.name)
    assert meant.exit_code == 0
    assert "id「" in meant.stdout
    assert "「別の課の手続」にもあります" in meant.stdout
    assert "削除 2" in meant.stdout


def test_a_file_that_shares_a_few_ids_with_the_first_is_not_taken_for_it_either(
    migrated: Run, tmp_path: Path
) -> None:
    first, other = tmp_path / "a" / "faq.csv", tmp_path / "b" / "faq.csv"
    for file, ids in ((first, ("p1", "p2", "p3")), (other, ("p1", "q1"))):
        file.parent.mkdir()
        rows = "".join(f"{id_},ミケネコ{id_}方式,{file.parent.name}の{id_}です。\n" for id_ in ids)
        file.write_text(f"id,title,body\n{rows}", encoding="utf-8")
    migrated("knowledge", "import", str(first))
    refused = migrated("knowledge", "import", str(other))
    assert (refused.exit_code, "3 項目のうち 2 項目がなくなり" in refused.stderr) == (1, True)
    with stores(tmp_path) as kept:
        assert kept.articles.list_sources() == [("faq.csv", 3)]


def test_articles_of_a_pack_whose_place_is_taken_are_named(migrated: Run, tmp_path: Path) -> None:
    file = tmp_path / "用語.csv"
    file.write_text("id,kind,title,body\nyogo-RPA,term,RPA,庁内の言葉で説明します。\n", encoding="utf-8")
    for option in (["--dry-run"], []):
        assert "資料集の 1 項目が、このファイルのものに代わります（id: yogo-RPA）" in (
            migrated("knowledge", "import", str(file), *option).stdout
        )
    assert "資料集の" not in migrated("knowledge", "import", str(file)).stdout
    assert "庁内の言葉" in migrated("ask", "RPAとは何ですか").stdout
    assert "消しました" in migrated("knowledge", "remove", file.name).stdout
    assert "庁内の言葉" not in migrated("ask", "RPAとは何ですか").stdout


def test_a_source_is_removed_on_record(migrated: Run, table: Path, tmp_path: Path) -> None:
    migrated("demo")
    migrated("knowledge", "import", str(table))
    tried = migrated("knowledge", "remove", table.name, "--dry-run")
    assert "クロネコ方式" in tried.stdout
    assert "2 項目が消えます" in tried.stdout
    assert "申請を一度で済ませる" in migrated("ask", "クロネコ方式とは").stdout
    done = migrated("knowledge", "remove", table.name)
    assert (done.exit_code, "2 項目を消しました" in done.stdout) == (0, True)
    assert "申請を一度で済ませる" not in migrated("ask", "クロネコ方式とは").stdout
    with stores(tmp_path) as kept:
        event = kept.audit.list_events()[0]
        assert (event.action, event.target, event.detail["removed"]) == ("knowledge.remove", table.name, 2)
    again = migrated("knowledge", "remove", table.name)
    assert (again.exit_code, table.name in again.stderr) == (1, True)


def test_an_export_of_the_pack_loses_nothing(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    migrated("knowledge", "export", "--source", "fujisawa", "--out", str(path))
    before = {article.id: article for article in load_pack("fujisawa")}
    for article in read_articles(path).checked():
        old = before.pop(article.id)
        assert article.model_copy(update={"source": old.source}) == old
        assert article.source.cite() == old.source.cite()
    assert not before


def test_two_editions_are_compared_and_the_revised_named(migrated: Run, tmp_path: Path) -> None:
    old, new = made_up_plan().source, revised_plan().source
    (tmp_path / "new.txt").write_text(revised_text(), encoding="utf-8")
    for path in (MADE_UP, tmp_path / "new.txt"):
        assert migrated("knowledge", "import", str(path), "--format", "plan").exit_code == 0
    told = migrated("knowledge", "diff", old, new)
    assert "■ 窓口のデジタル化" in told.stdout
    assert "  - 【国の取組方針】令和9年6月までに対応窓口の比率を6割程度とする。" in told.stdout
    assert "  + 【国の取組方針】令和9年6月までに対応窓口の比率を8割程度とする。" in told.stdout
    assert "1 項目が変わりました" in told.stdout
    unknown = migrated("knowledge", "diff", old, "ない版")
    assert (unknown.exit_code, old in unknown.stderr) == (1, True)


def test_check_names_the_explanations_of_a_revised_text(migrated: Run, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(revised_text(), encoding="utf-8")
    migrated("knowledge", "import", str(tmp_path / "new.txt"), "--format", "plan")
    told = migrated("knowledge", "check").stdout
    assert "原文が改訂されています: BPR（yogo-BPR）" in told
    assert "解説は 令和4年4月 案 に合わせたもの" in told


def test_texts_are_encoded_when_they_are_imported(migrated: Run, table: Path, tmp_path: Path) -> None:
    settings = {"DXBOT_ENCODER": str(FOLDER), "DXBOT_CONTENT": ""}
    result = migrated("knowledge", "import", str(table), **settings)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "4 件の文を数にしました" in result.stdout
    assert "新しく数にする文はありません" in migrated("knowledge", "encode", **settings).stdout
    with stores(tmp_path) as held:
        assert len(held.encodings.list_encoded(model().name)) == 4


def test_encoding_needs_the_setting_and_a_model_that_is_there(migrated: Run) -> None:
    result = migrated("knowledge", "encode")
    assert (result.exit_code, "DXBOT_ENCODER を設定していません" in result.stderr) == (1, True)
    result = migrated("knowledge", "encode", DXBOT_ENCODER="/no/such")
    assert (result.exit_code, "フォルダー /no/such がありません" in result.stderr) == (1, True)
