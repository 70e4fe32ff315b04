"""Workbooks: types, looks, charts, and text that stays text."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets.model import Book, Chart, Column, Kind, Mark, Range, Row, Series, Sheet, SheetError
from bot.sheets.neutral import holdable
from bot.sheets.widths import text_width
from bot.sheets.xlsx import SCRATCH, write_xlsx
from tests.sheets.books import MADE_AT, as_xlsx, book, opened, parts
from tests.sheets.hostile import hostile_strings

COLUMNS = (
    Column("職員番号", Kind.CODE),
    Column("人数", Kind.COUNT),
    Column("割合（%）", Kind.SHARE),
    Column("締切日", Kind.DAY),
)
ROWS: list[Row] = [
    ("000123", 1234, 50, date(2026, 11, 26)),
    ("4", 0, Mark.HIDDEN, None),
    ("5", Mark.TOGETHER, None, None),
]


def test_cells_keep_their_kind() -> None:
    sheet = opened(as_xlsx(book(COLUMNS, ROWS)))["表"]
    assert [(cell.value, cell.number_format) for cell in sheet[2]][:3] == [
        ("000123", "@"),
        (1234, "#,##0"),
        (50, "0"),
    ]
    assert sheet["D2"].is_date and sheet["D2"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in sheet[3]] == ["4", 0, "秘匿", None], (
        "hidden, nobody and no data are three things"
    )
    assert sheet["B4"].value == "合算"
    assert sheet["C3"].font.italic and not sheet["C2"].font.italic


def test_the_header_stays_in_sight_and_japanese_fits() -> None:
    long = "情報システムの標準化を進める課"
    sheet = opened(as_xlsx(book((Column("課"), Column("数", Kind.COUNT)), [(long, 1)])))["表"]
    assert isinstance(sheet, Worksheet)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert text_width(long) == 2 * len(long)
    assert sheet.column_dimensions["A"].width >= text_width(long)
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("rows, high", [(32, 1), (33, 0)])
def test_a_short_table_is_printed_on_one_page(rows: int, high: int) -> None:
    sheet = opened(as_xlsx(book((Column("項目"),), [("説明",)] * rows)))["表"]
    assert isinstance(sheet, Worksheet) and sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    written = sheet.page_setup.fitToHeight
    assert (1 if written is None else written) == high  # one page is what a workbook need not say


@pytest.mark.parametrize("skills, across", [(5, 1), (23, 1), (40, 2)])
def test_a_wide_map_can_be_read_on_paper(skills: int, across: int) -> None:
    """Its headings are written downwards, so that a page holds some twenty columns; what is wider goes on beside, with the names."""
    columns = (Column("部"), *(Column(f"分かりやすい案内{n}", Kind.SHARE) for n in range(skills)))
    rows = [("健康医療部", *(Mark.HIDDEN if n % 2 else n for n in range(skills)))] * 3
    made = Sheet("表", columns, rows, len(rows), frozen=1)
    sheet = opened(as_xlsx(Book("見本", MADE_AT, (made,), made)))["表"]
    assert isinstance(sheet, Worksheet)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.orientation) == (across, "landscape")
    assert sheet.print_options.gridLines
    grid = parts(as_xlsx(Book("見本", MADE_AT, (made,), made)))["xl/worksheets/sheet1.xml"]
    wide = sum(
        (int(last) - int(first) + 1) * float(width)
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', grid)
    )
    assert 0 < wide / across <= 110 / 0.6, "no smaller than three fifths"
    upright = [cell.alignment.textRotation == 255 for cell in sheet[1]]
    assert upright == [False] + [skills > 5] * skills
    height = sheet.row_dimensions[1].height
    assert height is not None and (height > 14 * len(columns[1].title)) == (skills > 5)


def test_a_native_chart_stands_beside_its_numbers() -> None:
    series = Series("割合", Range(1, 0, 2, 0), Range(1, 1, 2, 1))
    columns = (Column("項目"), Column("割合（%）", Kind.SHARE))
    made = as_xlsx(book(columns, [("甲", 40), ("乙", 60)], Chart("図", "bar", "%", (series,))))
    (chart,) = [text for name, text in parts(made).items() if name.startswith("xl/charts/chart")]
    assert "<c:barChart>" in chart and "表!$B$2:$B$3" in chart.replace("'", "")
    assert ">図<" in chart and 'tickLblSkip val="1"' in chart.replace("<c:", "").replace("/>", "")


def test_no_chart_is_cut_where_a_page_ends() -> None:
    labels = [(f"とても長い質問の文の図{number // 8}", f"選択肢{number}", number) for number in range(64)]
    columns = (Column("グラフ", Kind.NOTE), Column("項目"), Column("割合（%）", Kind.SHARE))
    charts = tuple(
        Chart(
            f"図{n}",
            "bar",
            "%",
            (Series("割合", Range(first, 1, first + 7, 1), Range(first, 2, first + 7, 2)),),
        )
        for n, first in enumerate(range(1, 64, 8))
    )
    found = parts(as_xlsx(book(columns, labels, *charts)))
    sheet, drawn = found["xl/worksheets/sheet1.xml"], found["xl/drawings/drawing1.xml"]
    breaks = [int(one) for one in re.findall(r'<brk id="(\d+)" max="16383" man="1"/>', sheet)]
    places = [
        (int(begin), int(end))
        for begin, end in re.findall(
            r"<xdr:from>.*?<xdr:row>(\d+)<.*?</xdr:from>.*?<xdr:to>.*?<xdr:row>(\d+)<", drawn
        )
    ]
    assert len(places) == 8 and len(breaks) >= 2
    assert not [(place, at) for place in places for at in breaks if place[0] < at <= place[1]]
    (scale,) = re.findall(r'scale="(\d+)"', sheet)
    assert "fitToPage" not in sheet and 40 <= int(scale) <= 100
    tall = 24 * int(scale) / 100
    starts = [0, *breaks]
    for start, after in zip(starts, [*breaks, places[-1][1]], strict=True):
        assert (after - start) * tall <= 660, "a page holds what stands between two breaks"
    table = sum(float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', sheet))
    ((column, beyond),) = set(re.findall(r"<xdr:to><xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)<", drawn))
    usual = 9.14  # characters of a column that was given no width; LibreOffice draws one in up to 9 pixels, and a chart over them
    wide = 9 * (table + usual * (int(column) - len(columns) + int(beyond) / 9525 / 64))
    assert wide * int(scale) / 100 <= 988, "a page is as wide as the table and its charts"


def test_no_formula_comes_of_ten_thousand_hostile_strings() -> None:
    texts = list(hostile_strings(10_000))
    columns = (Column("=1+1"), Column("＝職員"), Column("数", Kind.COUNT))
    made = as_xlsx(book(columns, [(text, text, -1) for text in texts]))
    found = parts(made)
    sheet = found["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "<f " not in sheet
    assert "<hyperlink" not in sheet
    assert not [name for name in found if "externalLink" in name or "connections" in name]
    rows = list(opened(made)["表"].iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row[:2]} <= {"s", "n"}
    assert all(row[0].data_type == "s" for row, text in zip(rows, texts, strict=True) if text)
    assert {row[2].value for row in rows} == {-1}, "numbers are left alone"


@pytest.mark.parametrize(
    "text", ["=1+1", "000123", "<r><t>=1</t></r>", "http://evil.example/", "1e5", "TRUE", "{=1}", "  端 "]
)
def test_text_comes_back_as_it_was(text: str) -> None:
    cell = opened(as_xlsx(book((Column("名"),), [(text,)])))["表"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_a_workbook_cannot_hold_is_marked() -> None:
    assert holdable("a\x00b\ud800c\ufffe") == "a�b�c�"
    assert opened(as_xlsx(book((Column("名"),), [("a\x00b",)])))["表"]["A2"].value == "a�b"


def test_nothing_tells_of_the_machine() -> None:
    found = parts(as_xlsx(book(COLUMNS, ROWS)))
    core = found["docProps/core.xml"]
    assert "<dc:creator>DX相談ボット</dc:creator>" in core
    assert "2026-11-26T05:00:00Z" in core
    assert core.count("DX相談ボット") == 2, "author and last author"
    assert "<Company></Company>" in found["docProps/app.xml"]


def test_text_too_long_for_a_cell_is_an_error_naming_it() -> None:
    with pytest.raises(SheetError, match=r"表.*B2"):
        as_xlsx(book((Column("甲"), Column("乙")), [("短い", "長" * 40_000)]))


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def breaks() -> Iterator[tuple[str]]:
        yield ("一",)
        assert list(tmp_path.glob(f"{SCRATCH}*")), "rows lie in a folder of their own meanwhile"
        raise KeyboardInterrupt

    sheet = Sheet("表", (Column("名"),), breaks(), 2)
    with pytest.raises(KeyboardInterrupt):
        write_xlsx(Book("題", MADE_AT, (sheet,), sheet), io.BytesIO())
    as_xlsx(book(COLUMNS, ROWS))
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    target = io.BytesIO()
    rows = [(number,) for number in range(6001)]
    write_xlsx(book((Column("数", Kind.COUNT),), rows), target, lambda done, size: told.append((done, size)))
    assert told == [(2000, 6001), (4000, 6001), (6000, 6001)]
    assert zipfile.is_zipfile(target)
