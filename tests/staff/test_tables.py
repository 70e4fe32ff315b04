"""Workbooks: what a cell shows is what is read, or the cell is named."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from staff.tables import DirectoryFileError, read_table
from tests.staff.files import HEADER, ORGANISATION, read, saved, xlsx_bytes

ROW = [123, "見本 花子", "hanako@example.lg.jp", "総務部", "職員課"]


def book() -> tuple[openpyxl.Workbook, bytes]:
    workbook = openpyxl.load_workbook(BytesIO(xlsx_bytes(組織=ORGANISATION, 職員=[HEADER, ROW])))
    return workbook, saved(workbook)


def test_a_number_as_staff_number_is_named() -> None:
    with pytest.raises(DirectoryFileError) as raised:
        read(book()[1])
    assert raised.value.problems[0].startswith("シート「職員」行 2: 職員番号が数値です")


def test_a_number_format_that_keeps_zeros_is_followed() -> None:
    workbook, _ = book()
    workbook["職員"]["A2"].number_format = "000000"
    assert read(saved(workbook)).roster.people[0].id == "000123"


def test_formulas_and_merged_cells_are_named_all_at_once() -> None:
    workbook, _ = book()
    workbook["職員"]["B2"] = '="見本"&"花子"'
    workbook["職員"].merge_cells("D2:E3")
    with pytest.raises(DirectoryFileError) as raised:
        read(saved(workbook))
    assert {problem.split(":")[0] for problem in raised.value.problems} == {
        "シート「職員」セル B2",
        "シート「職員」セル D2",
    }


def test_dates_of_a_workbook_are_dates() -> None:
    workbook, _ = book()
    workbook["職員"]["A2"] = "000123"
    workbook["組織"]["D3"] = datetime(2026, 4, 1)  # noqa: DTZ001  a workbook's dates have no zone
    assert str(read(saved(workbook)).roster.departments[1].valid_from) == "2026-04-01"


def test_hidden_sheets_are_not_read() -> None:
    workbook, _ = book()
    workbook["職員"]["A2"] = "000123"
    old = workbook.copy_worksheet(workbook["職員"])
    old.sheet_state = "hidden"
    assert len(read(saved(workbook)).roster.people) == 1


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(DirectoryFileError, match="20 MB"):
        read_table("x.csv", b"a" * (20 * 1024 * 1024 + 1))
