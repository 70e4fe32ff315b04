"""Native charts beside their numbers."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bot.sheets.model import Chart, Range, Sheet

_WIDTH, _LEAST_HEIGHT, _BAR, _LINE, _ROW = 620, 220, 34, 320, 20
# A sheet of A4 lying, within XlsxWriter's margins, in the pixels (1/96 inch) that widths and heights are told in. Characters
# and rows are taken for what the widest font makes of them: programs differ, and none may cut a chart. A chart lies over cells and
# grows with them; its own width is told for characters of seven pixels.
_PAPER_WIDTH, _PAPER_HEIGHT = 980, 640
_CHARACTER, _SPARE, _TALL_ROW, _HEADER_ROWS = 9, 100, 24, 3
_WIDEST = _WIDTH * _CHARACTER // 7
_COLOURS = ("#1F5FA8", "#C8501E", "#3A7D44", "#7A4E9E", "#B08900", "#4A4A4A", "#A8326B", "#2E8C9A")
_FONT = {"name": "Yu Gothic", "size": 9}


def draw(workbook: xlsxwriter.Workbook, worksheet: Worksheet, sheet: Sheet, width: int) -> None:
    """Put a sheet's charts at the right of its table, which is `width` characters wide; on paper none is cut by a page's end."""
    row, top, breaks = 1, 0, []
    scale = min(100, 100 * _PAPER_WIDTH // (width * _CHARACTER + _SPARE + _WIDEST))
    rows_a_page = 100 * _PAPER_HEIGHT // (scale * _TALL_ROW) - _HEADER_ROWS
    for one in sheet.charts:
        height = _height(one)
        if row + height // _ROW > top + rows_a_page and row > 1:
            top = row - 1
            breaks.append(top)
        chart = workbook.add_chart({"type": one.style})
        for place, series in enumerate(one.series):
            colour = _COLOURS[place % len(_COLOURS)]
            chart.add_series(
                {
                    "name": series.name,
                    "categories": _cells(sheet, series.labels),
                    "values": _cells(sheet, series.values),
                    "fill": {"color": colour},
                    "line": {"color": colour},
                    "marker": {"type": "circle"} if one.style == "line" else None,
                    "gap": 50,
                    "data_labels": {"value": True, "font": _FONT} if one.style == "bar" else None,
                }
            )
        chart.set_title({"name": one.title, "name_font": {**_FONT, "size": 11}, "overlay": False})
        across = {"name": one.unit, "min": 0, "num_font": _FONT, "name_font": _FONT}
        if one.unit == "%":
            across["max"] = 100
        # A label for every bar, however many there are: by itself Excel leaves some out.
        along = {"num_font": _FONT, "interval_unit": 1}
        if one.style == "bar":
            # A bar chart lies. The first row is to be at the top, and the numbers below the last all the same.
            chart.set_y_axis({**along, "reverse": True, "crossing": "max"})
            chart.set_x_axis(across)
        else:
            chart.set_x_axis(along)
            chart.set_y_axis(across)
        chart.set_legend({"none": True} if len(one.series) == 1 else {"position": "right", "font": _FONT})
        chart.show_blanks_as("gap")
        chart.set_size({"width": _WIDTH, "height": height})
        worksheet.insert_chart(row, len(sheet.columns) + 1, chart, {"description": one.title})
        row += height // _ROW + 2
    if sheet.charts:
        worksheet.set_print_scale(scale)  # breaks of one's own are not heeded where a page is to be fitted
        worksheet.set_h_pagebreaks(breaks)


def _height(chart: Chart) -> int:
    if chart.style == "line":
        return _LINE
    bars = sum(one.values.last_row - one.values.first_row + 1 for one in chart.series)
    return max(_LEAST_HEIGHT, 90 + _BAR * bars)


def _cells(sheet: Sheet, cells: Range) -> list[object]:
    return [sheet.title, cells.first_row, cells.first_column, cells.last_row, cells.last_column]
