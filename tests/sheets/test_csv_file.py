"""CSV: BOM, CP932, harmless text, and characters that don't fit."""

from __future__ import annotations

import io
from datetime import date

import pytest

from bot.sheets.csv_file import CP932, UnfitCharacters, write_csv
from bot.sheets.model import Column, Kind, Mark
from bot.sheets.neutral import as_csv_text, holdable, looks_like_formula
from tests.sheets.books import as_csv, book, lines
from tests.sheets.hostile import hostile_strings

COLUMNS = (Column("職員番号"), Column("人数", Kind.COUNT), Column("締切日", Kind.DAY))


def test_it_opens_in_excel_and_keeps_what_it_holds() -> None:
    made = as_csv(
        book(COLUMNS, [("000123", -5, date(2026, 11, 26)), ("4", Mark.HIDDEN, None), ("5", 0, None)])
    )
    assert made.startswith(b"\xef\xbb\xbf")
    assert lines(made) == [
        ["職員番号", "人数", "締切日"],
        ["000123", "-5", "2026-11-26"],
        ["4", "秘匿", ""],
        ["5", "0", ""],
    ]
    assert b"\r\n" in made


def test_ten_thousand_hostile_strings_stay_text_and_come_back() -> None:
    texts = list(hostile_strings(10_000))
    found = lines(as_csv(book((Column("=1"), Column("数", Kind.COUNT)), [(text, 1) for text in texts])))
    assert found[0][0] == "'=1"
    cells = [row[0] for row in found[1:]]
    assert not [cell for cell in cells if cell[:1] != "'" and looks_like_formula(cell)]
    assert cells == [as_csv_text(text) for text in texts]
    for text, cell in zip(texts, cells, strict=True):
        assert cell.removeprefix("'" if looks_like_formula(holdable(text)) else "") == holdable(text)


@pytest.mark.parametrize("sign", "=+-@＝＋－＠\t\r")
def test_each_sign_is_made_harmless(sign: str) -> None:
    assert as_csv_text(f"{sign}1") == f"'{sign}1"
    assert as_csv_text(f"　{sign}=1")[0] == "'"
    assert as_csv_text(f"課{sign}1") == f"課{sign}1"


def test_what_cp932_lacks_is_named_by_row_column_and_character() -> None:
    made = book((Column("氏名"), Column("課")), [("見本 花子", "職員課"), ("𠮷田 健", "〜係−髙—")])
    with pytest.raises(UnfitCharacters) as refused:
        as_csv(made, CP932)
    (unfit,) = refused.value.unfit
    assert (unfit.row, unfit.column, unfit.character) == (3, "氏名", "𠮷")
    assert "3行目「氏名」: 𠮷（U+20BB7）" in str(refused.value)
    target = io.BytesIO()
    assert write_csv(made, target, CP932, replace_unfit=True) == [unfit]
    assert lines(target.getvalue(), CP932)[2] == ["〓田 健", "～係－髙―"], (
        "the same signs under CP932's code points"
    )


def test_formulas_are_harmless_in_cp932_too() -> None:
    made = as_csv(book((Column("名"),), [("＝1+1",), ("=1",), ("−1",)]), CP932)
    assert [row[0] for row in lines(made, CP932)[1:]] == ["'＝1+1", "'=1", "'－1"]


def test_rows_that_need_nothing_and_rows_that_do_come_out_alike() -> None:
    plain = [("課", number, None, Mark.HIDDEN, date(2026, 4, 1), 0.5) for number in range(1000)]
    odd = [(text, -1, None, Mark.TOGETHER, date(2026, 4, 1), -0.5) for text in hostile_strings(1000)]
    columns = [Column(name) for name in "甲乙丙丁戊己"]
    both = lines(as_csv(book(columns, [*plain, *odd])))[1:]
    assert both[:1000] == [["課", str(one), "", "秘匿", "2026-04-01", "0.5"] for one in range(1000)]
    assert both == [lines(as_csv(book(columns, [row])))[1] for row in (*plain, *odd)]
