"""One way of writing a million cells, in a process of its own: python -m bench.export_writing WAY FILE. Prints seconds and peak MB.

Seconds are the processor's."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import xlsxwriter

from bench.megabytes import megabytes
from bot.sheets.csv_file import write_csv
from bot.sheets.model import Book, Column, Kind, Row, Sheet
from bot.sheets.xlsx import write_xlsx

ROWS = 100_000
COLUMNS = (
    Column("切り口"),
    Column("部"),
    Column("課"),
    Column("質問番号"),
    Column("質問"),
    Column("選択肢"),
    Column("有効回答（人）", Kind.COUNT),
    Column("人数", Kind.COUNT),
    Column("割合（%）", Kind.SHARE),
    Column("平均", Kind.DECIMAL),
)


def rows() -> Iterator[Row]:
    """ROWS rows as an export has them: six texts, four numbers."""
    for number in range(ROWS):
        section, option = number % 97, number % 5
        yield (
            "課ごと",
            f"見本{section % 13}部",
            f"見本{section}課{number:06}",
            f"N{number % 12}",
            "テレワークを使いたい回数を選んでください",
            f"選択肢{option}（{option}日くらい）",
            20 + section,
            number % 20,
            number % 101,
            option + 0.5,
        )


def _ours(path: Path, write: Callable[..., object]) -> None:
    sheet = Sheet("表", COLUMNS, rows(), ROWS)
    with path.open("w+b") as file:
        write(Book("見本", datetime.now(UTC), (sheet,), sheet), file)


def ours_xlsx(path: Path) -> None:
    """What an export does."""
    _ours(path, write_xlsx)


def ours_csv(path: Path) -> None:
    """What an export does."""
    _ours(path, write_csv)


def raw_xlsx(path: Path) -> None:
    """XlsxWriter in constant memory, by its methods for one type, without looks, widths or checks."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    worksheet = workbook.add_worksheet("表")
    for place, column in enumerate(COLUMNS):
        worksheet.write_string(0, place, column.title)
    for number, row in enumerate(rows(), 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                worksheet.write_string(number, place, value)
            else:
                worksheet.write_number(number, place, value)
    workbook.close()


def raw_csv(path: Path) -> None:
    """The csv module."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in COLUMNS])
        writer.writerows(rows())


WAYS: Mapping[str, Callable[[Path], None]] = {
    "ours-xlsx": ours_xlsx,
    "raw-xlsx": raw_xlsx,
    "ours-csv": ours_csv,
    "raw-csv": raw_csv,
}

if __name__ == "__main__":
    began = process_time()
    WAYS[sys.argv[1]](Path(sys.argv[2]))
    took = process_time() - began
    print(took, megabytes("VmHWM"))
