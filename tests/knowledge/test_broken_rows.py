"""Fifty and more kinds of broken rows: each is named by its row and column, with how to mend it; nothing is taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from knowledge.importing import ImportFailed, read_articles
from knowledge.importing.records import FIELDS

GOOD = {"id": "good", "title": "良い行", "body": "本文です。"}

# What the row says beside a title and a body, the column that is named, and a word of how to mend it.
ROWS: Mapping[str, tuple[dict[str, str], str, str]] = {
    "no title": ({"title": ""}, "title", "書き加えて"),
    "a title of spaces": ({"title": "　 "}, "title", "書き加えて"),
    "a title nobody sees": ({"title": "\u200b\u200b"}, "title", "書き加えて"),
    "a title of two lines": ({"title": "転入\n転出"}, "title", "1行で"),
    "a title too long": ({"title": "長" * 201}, "title", "200 字まで"),
    "a title that lost its letters": ({"title": "転\ufffd届"}, "title", "文字化け"),
    "a title with a private character": ({"title": "\ue000川市"}, "title", "外字（U+E000）"),
    "no body": ({"body": ""}, "body", "書き加えて"),
    "a body of blank lines": ({"body": "\n\n"}, "body", "書き加えて"),
    "a body too long": ({"body": "長" * 20_001}, "body", "20,000 字まで"),
    "a body that lost its letters": ({"body": "窓口\ufffd\ufffd"}, "body", "文字化け"),
    "a body with a private character": ({"body": "\uf8ff"}, "body", "外字"),
    "an error of Excel": ({"body": "#REF!"}, "body", "計算の誤り"),
    "another error of Excel": ({"title": "#NAME?"}, "title", "計算の誤り"),
    "a procedure without steps or a body": ({"kind": "手続", "body": "", "steps": ""}, "body", "書き加えて"),
    "a kind nobody knows": ({"kind": "手紙"}, "kind", "procedure"),
    "a decision without its day": ({"kind": "決定"}, "valid_from", "決定した日"),
    "two kinds": ({"kind": "term|faq"}, "kind", "procedure"),
    "a kind as a number": ({"kind": "1"}, "kind", "procedure"),
    "an id with a space": ({"id": "a b"}, "id", "空白を取り除いて"),
    "an id with a wide space": ({"id": "転入　届"}, "id", "空白を取り除いて"),
    "an id of two lines": ({"id": "a\nb"}, "id", "1行で"),
    "an id too long": ({"id": "a" * 101}, "id", "100 字まで"),
    "an id that came before": ({"id": "good"}, "id", "どちらかを変える"),
    "a title that came before": ({"title": "良い行", "second": "yes"}, "title", "どちらかを変える"),
    "a reading too long": ({"reading": "よ" * 501}, "reading", "500 字まで"),
    "a reading of two lines": ({"reading": "よみ\nかた"}, "reading", "1行で"),
    "an alias too long": ({"aliases": "短い|" + "長" * 501}, "aliases", "500 字まで"),
    "too many aliases": ({"aliases": "|".join(map(str, range(101)))}, "aliases", "100 個まで"),
    "an alias that lost its letters": ({"aliases": "転入|\ufffd"}, "aliases", "文字化け"),
    "a question too long": ({"questions": "何" * 501}, "questions", "500 字まで"),
    "too many questions": ({"questions": "|".join(map(str, range(101)))}, "questions", "100 個まで"),
    "a document too long": ({"document": "長" * 501}, "document", "500 字まで"),
    "a section with an error of Excel": ({"section": "#VALUE!"}, "section", "計算の誤り"),
    "an edition too long": ({"edition": "長" * 501}, "edition", "500 字まで"),
    "an owner's telephone": ({"owner": "市民課 0466-00-0000"}, "owner", "課の名前"),
    "an owner's e-mail": ({"owner": "yamada@city.example.jp"}, "owner", "課の名前"),
    "an owner of two lines": ({"owner": "市民課\n税務課"}, "owner", "1行で"),
    "a date in words": ({"review_on": "来年の春"}, "review_on", "2027-04-01 の形"),
    "a day that does not exist": ({"review_on": "2027-02-30"}, "review_on", "2027-04-01 の形"),
    "a month that does not exist": ({"review_on": "2027/13/01"}, "review_on", "2027-04-01 の形"),
    "a year of two digits": ({"review_on": "27-04-01"}, "review_on", "2027-04-01 の形"),
    "a date as Excel's number": ({"review_on": "46478"}, "review_on", "2027-04-01 の形"),
    "a date with a time": ({"review_on": "2027-04-01 09:30"}, "review_on", "2027-04-01 の形"),
    "a month without a day": ({"review_on": "令和9年4月"}, "review_on", "2027-04-01 の形"),
    "the first day there is": ({"review_on": "0001-01-01"}, "review_on", "1950年から2099年まで"),
    "a century too late": ({"valid_until": "2127-03-31"}, "valid_until", "年を確かめて"),
    "an era's year too late": ({"valid_from": "令和99年4月1日"}, "valid_from", "年を確かめて"),
    "too many steps": ({"steps": "|".join(map(str, range(101)))}, "steps", "100 個まで"),
    "a step too long": ({"steps": "書く|" + "長" * 501}, "steps", "500 字まで"),
    "a need that lost its letters": ({"needs": "申請\ufffd"}, "needs", "文字化け"),
    "a deadline too long": ({"deadline": "長" * 501}, "deadline", "500 字まで"),
    "a beginning in words": ({"valid_from": "四月から"}, "valid_from", "2027-04-01 の形"),
    "an end before the beginning": (
        {"valid_from": "2027-04-01", "valid_until": "2026-04-01"},
        "valid_until",
        "2027-04-01",
    ),
    "an openness nobody knows": ({"openness": "秘密"}, "openness", "市民案内可, 庁内限り"),
    "an audience nobody knows": ({"visible_to": "市長"}, "visible_to", "全員、職員、DX推進リーダー"),
    "everybody and somebody": ({"visible_to": "全員|職員"}, "visible_to", "「全員」だけにする"),
    "an owner's people without an owner": ({"visible_to": "担当課"}, "visible_to", "担当課（owner）を書いて"),
    "an official article's id with a space": ({"rests_on": "setsu 3"}, "rests_on", "空白を取り除いて"),
    "a figure without a number": ({"figures": "保有率=たくさん"}, "figures", "保有率=94%@2022"),
    "a figure without a name": ({"figures": "=94%"}, "figures", "保有率=94%@2022"),
    "a period that ends in words": ({"ended_on": "年度末"}, "ended_on", "2027-04-01 の形"),
}

# Rows that are broken as rows: the whole line, and a word of how to mend it.
LINES: Mapping[str, tuple[str, str]] = {
    "a comma too many": ("あ,い,う,え", "カンマや改行を含む欄は"),
    "a cell missing": ("あ", "カンマや改行を含む欄は"),
    "a comma in the text": ("手続,窓口へ来て,申請します。,", "カンマや改行を含む欄は"),
    "a quotation mark left open": ('あ,"い,', "引用符"),
    "text behind a quotation mark": ('あ,"い"う,', "引用符"),
    "a null character": ("あ,い\x00,", "使えない文字"),
    "a control character": ("あ,い\x08,", "使えない文字"),
    "an escape character": ("あ,\x1b[31mい,", "使えない文字"),
}


def table(row: Mapping[str, str]) -> str:
    rows = [{**GOOD, **({"id": ""} if "second" in row else {})}]
    names = ["id", "title", "body", *(name for name in row if name in FIELDS and name not in GOOD)]
    broken = {"id": "", "title": "壊れた行", "body": "本文です。", **row}
    rows.append({name: broken.get(name, "") for name in names})
    rows.append({"id": "last", "title": "最後の行", "body": "本文です。"})
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, names, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def refused(path: Path) -> tuple[str, ...]:
    with pytest.raises(ImportFailed) as caught:
        read_articles(path).checked()
    return caught.value.errors


def test_there_are_more_than_fifty_kinds() -> None:
    assert len(ROWS) + len(LINES) > 50


@pytest.mark.parametrize("kind", ROWS)
def test_a_broken_cell_is_named_with_how_to_mend_it(tmp_path: Path, kind: str) -> None:
    row, column, mend = ROWS[kind]
    path = tmp_path / "a.csv"
    path.write_text(table(row), encoding="utf-8-sig", newline="")
    (error,) = refused(path)
    place, _, message = error.partition(": ")
    assert place.startswith("行 3") and place.endswith(f"「{column}」")
    assert mend in message


@pytest.mark.parametrize("kind", ROWS)
def test_the_same_cell_in_a_workbook_is_named_too(tmp_path: Path, kind: str) -> None:
    row, column, mend = ROWS[kind]
    book = openpyxl.Workbook()
    for cells in csv.reader(io.StringIO(table(row), newline="")):
        book.worksheets[0].append(cells)
        for cell in book.worksheets[0][book.worksheets[0].max_row]:
            cell.data_type = "s" if cell.value else "n"
    book.save(tmp_path / "a.xlsx")
    (error,) = refused(tmp_path / "a.xlsx")
    assert error.startswith("シート「Sheet」行 3") and f"「{column}」" in error and mend in error


@pytest.mark.parametrize("kind", LINES)
def test_a_broken_line_is_named_with_how_to_mend_it(tmp_path: Path, kind: str) -> None:
    line, mend = LINES[kind]
    path = tmp_path / "a.csv"
    path.write_bytes(f"title,body,reading\n良い行,本文です。,\n{line}\n最後の行,本文です。,\n".encode())
    error = refused(path)[0]
    assert error.startswith("行 3") and mend in error


def test_every_broken_row_of_one_file_is_named(tmp_path: Path) -> None:
    alone = {kind: row for kind, (row, _, _) in ROWS.items() if "came before" not in kind}
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, FIELDS, restval="")
    writer.writeheader()
    for kind, row in alone.items():
        writer.writerow({"title": kind, "body": "本文です。", **row})
    path = tmp_path / "a.csv"
    path.write_text(written.getvalue(), encoding="utf-8", newline="")
    errors = refused(path)
    columns = [error.partition(": ")[0].rpartition("「")[2].rstrip("」") for error in errors]
    assert columns == [ROWS[kind][1] for kind in alone]


def test_a_workbook_with_errors_dates_and_hidden_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (["title", "body", "review_on"], ["休暇", "本文です。", 46478], [True, "本文です。", None]):
        sheet.append(cells)
    sheet["A4"], sheet["B4"] = "計算", "#DIV/0!"
    sheet["B4"].data_type = "e"
    book.create_sheet("控え").append(["title", "body"])
    book.worksheets[1].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    errors = refused(tmp_path / "a.xlsx")
    assert [error.partition(":")[0] for error in errors] == [
        "シート「Sheet」行 2「review_on」",
        "シート「Sheet」行 4「body」",
    ]


def test_html_in_a_table_is_told_and_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,body\n改行,一行目<br>二行目\n式,1 < 2 です\n", encoding="utf-8")
    result = read_articles(path)
    assert [article.body for article in result.checked()] == ["一行目<br>二行目", "1 < 2 です"]
    assert result.notes == (
        "注意: 行 2「body」: HTML のタグ（<br>）は、そのまま文字として表示されます。不要なら消してください。",
    )


def test_characters_nobody_sees_are_taken_out_and_variants_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,body\n転\u200b入\u00ad届,葛\U000e0100城市\u202eです\n", encoding="utf-8")
    (article,) = read_articles(path).checked()
    assert (article.title, article.body) == ("転入届", "葛\U000e0100城市です")
