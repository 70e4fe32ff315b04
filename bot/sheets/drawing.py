"""Native charts beside their numbers."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bot.sheets.model import Chart, Range, Sheet

_WIDTH, _LEAST_HEIGHT, _BAR, _LINE, _ROW = 620, 220, 34, 320, 20
_COLOURS = ("#1F5FA8", "#C8501E", "#3A7D44", "#7A4E9E", "#B08900", "#4A4A4A", "#A8326B", "#2E8C9A")
_FONT = {"name": "Yu Gothic", "size": 9}


def draw(workbook: xlsxwriter.Workbook, worksheet: Worksheet, sheet: Sheet) -> None:
    """Put a sheet's charts at the right of its table."""
    row = 1
    for one in sheet.charts:
        height = _height(one)
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


def _height(chart: Chart) -> int:
    if chart.style == "line":
        return _LINE
    bars = sum(one.values.last_row - one.values.first_row + 1 for one in chart.series)
    return max(_LEAST_HEIGHT, 90 + _BAR * bars)


def _cells(sheet: Sheet, cells: Range) -> list[object]:
    return [sheet.title, cells.first_row, cells.first_column, cells.last_row, cells.last_column]
