"""Numbers and days as a sheet shows them; what is not read is told apart from what is."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pytest

from staff.number_formats import shown_text
from staff.tables import read_table
from tests.staff.files import saved

DAY = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (1234567, "#,##0", "1,234,567"),
        (0, "#,##0", "0"),
        (1234.5, "#,##0.00", "1,234.50"),
        (2.5, "0", "3"),
        (5.25, "0.##", "5.25"),
        (5, "0.0#", "5.0"),
        (7, "000000", "000007"),
        (0.945, "0.0%", "94.5%"),
        (12, '0"件"', "12件"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (-1200, "#,##0", "-1,200"),
        (-1200, "#,##0;[Red]▲#,##0", "▲1,200"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "-"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (0.1 + 0.2, "General", "0.3"),
        (3, "G/標準", "3"),
        (DAY, '[$-411]ggge"年"m"月"d"日";@', "令和9年4月1日"),
        (DAY, "[$-411]ge.m.d", "R9.4.1"),
        (date(2019, 5, 1), '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (date(2019, 4, 30), '[$-411]ggge"年"m"月"d"日"', "平成31年4月30日"),
        (DAY, 'yyyy"年"m"月"d"日"', "2027年4月1日"),
        (DAY, "mm-dd-yy", "2027/4/1"),
        (DAY, 'm"月"d"日"(aaa)', "4月1日(木)"),
        (datetime(2027, 4, 1, 9, 5), "yyyy/m/d h:mm", "2027/4/1 9:05"),  # noqa: DTZ001  a workbook's have no zone
        (time(17, 5), 'h"時"mm"分"', "17時05分"),
        (time(17, 5), "h:mm AM/PM", "5:05 PM"),
        (time(17, 5, 3), "mm:ss", "05:03"),
    ],
)
def test_what_a_format_shows(value: float | date | time, shape: str, text: str) -> None:
    assert shown_text(value, shape) == text


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (2510001, "[<=999]000;000-0000"),
        (466250001, "000-0000"),
        (0.5, "# ?/?"),
        (1e20, "0.00E+00"),
        (DAY, "d-mmm-yy"),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy"),
        (date(1850, 1, 1), "[$-411]ge.m.d"),
        (time(1), "yyyy/m/d"),
    ],
)
def test_a_format_that_is_not_read(value: float | date | time, shape: str) -> None:
    assert shown_text(value, shape) is None


def test_a_day_in_a_format_of_the_japanese_excel_without_a_code() -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value = 46478
    cell.number_format = "0"
    cell._style.numFmtId = 28
    (row,) = read_table("a.xlsx", saved(book)).sheets[0]
    assert (row.cells, row.shown) == (("2027-04-01",), {0: "令和9年4月1日"})
    assert openpyxl.load_workbook(BytesIO(saved(book))).worksheets[0]["A1"].number_format == "General"
