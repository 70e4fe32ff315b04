"""Directory files for tests: CSV and XLSX from lists of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

from staff.importing import DirectoryFile, read_directory
from staff.model import Department

DAY = date(2026, 12, 1)
ORGANISATION = [
    ["所属コード", "部", "課", "適用開始日", "適用終了日"],
    ["10", "総務部", "", "", ""],
    ["11", "総務部", "職員課", "", ""],
    ["12", "総務部", "総務課", "令和8年4月1日", ""],
    ["21", "市民部", "総務課", "", ""],
    ["22", "市民部", "市民窓口課", "2020/4/1", "2027-03-31"],
    ["23", "市民部", "旧窓口課", "", "R8.3.31"],
]
HEADER = ["職員番号", "氏名", "メール", "部", "課", "役割", "兼務課", "兼務役割"]
GOOD = [
    ["000123", "見本 花子", "hanako@example.lg.jp", "総務部", "職員課", "職員課|DX推進リーダー", "", ""],
    ["000124", "見本 太郎", "taro@example.lg.jp", "", "市民窓口課", "所属長", "総務部/総務課", "leader"],
    ["000125", "例示 部長", "bucho@example.lg.jp", "総務部", "", "", "", ""],
]


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(*contents: bytes, present: Sequence[Department] = ()) -> DirectoryFile:
    return read_directory([(f"f{n}.csv", content) for n, content in enumerate(contents, 1)], present, DAY)


def with_people(*rows: Sequence[str]) -> bytes:
    """One CSV with the organisation, an empty line and the people; the people's first row is row 10."""
    return csv_bytes([*ORGANISATION, [], HEADER, *rows])
