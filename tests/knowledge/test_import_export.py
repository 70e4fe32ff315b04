"""What is exported is read back as it was."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.article import Article, Audience, Figure, Kind, Layer, Need, Openness, Passage, Source
from knowledge.importing import FORMATS, ImportFailed, export_articles, read_articles
from knowledge.importing.table_file import defuse

ARTICLES = [
    Article(
        id="p1",
        kind=Kind.PROCEDURE,
        layer=Layer.EDITORIAL,
        title="転入届",
        reading="てんにゅうとどけ",
        aliases=("転入", "引っ越し"),
        questions=("転入届はどこ",),
        passages=(
            Passage(text="窓口へ。", label="概要"),
            Passage(text="二つ。", label="取組", marker="①"),
            Passage(text="## 見出しではない"),
            Passage(text="- これは行"),
        ),
        source=Source(document="手引き", section="2章", edition="令和8年版"),
        owner="市民課",
        review_on=date(2027, 4, 1),
        steps=("届を書きます。", "窓口へ出します。", "窓口へ出します。"),
        needs=(
            Need(text="転入届 様式1号", url="https://city.example/forms/1?a=b"),
            Need(text="本人確認書類"),
        ),
        deadline="14日以内",
        valid_from=date(2026, 4, 1),
        valid_until=date(2028, 3, 31),
        openness=Openness.CITIZENS,
        visible_to=(Audience.LEADER, Audience.OWNER),
        rests_on="setsu-3",
        focus=("市長", "リーダー"),
        figures=(
            Figure(name="保有率（目標）", value=94, unit="%", fiscal_year=2022),
            Figure(name="申請率", value=53.3, unit="%", as_of="令和3年12月末"),
            Figure(name="差", value=-1.5, unit="", fiscal_year=2022, as_of="年度末"),
        ),
        blank=("工程表", "図"),
        ended_on=date(2026, 3, 31),
    ),
    Article(
        id="p2",
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title="=HYPERLINK(A1)",
        aliases=("+81", "@名前"),
        passages=(Passage(text="-5度\nの日は。"), Passage(text="'=引用")),
    ),
]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_read_back_as_it_was(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"articles.{format_}"
    path.write_bytes(export_articles(ARTICLES, format_))
    assert list(read_articles(path).checked()) == ARTICLES


def test_csv_opens_in_excel_and_runs_no_formula() -> None:
    content = export_articles(ARTICLES, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("sign", ["＝1+1", "＠SUM(A1)", "＋1", "－1", " =1+1", "\u200b=1+1"])
def test_full_width_signs_and_what_hides_a_sign_are_harmless_too(sign: str) -> None:
    assert defuse(sign) == f"'{sign}"


def test_xlsx_holds_text_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export_articles(ARTICLES, "xlsx"))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["C3"].value == "=HYPERLINK(A1)"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ImportFailed, match="docx の形式が分かりません"):
        export_articles(ARTICLES, "docx")


TEXT = st.text(alphabet="あア亜aA1=+-@＝＠'\"|,;#<>&*:!?[]{}%`~\\ 　、。", min_size=1, max_size=20).filter(
    lambda text: bool(text.strip()) and "<" not in text
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, body=TEXT, format_=st.sampled_from(("csv", "xlsx", "yaml")))
def test_any_text_survives_a_table(tmp_path: Path, title: str, body: str, format_: str) -> None:
    article = Article(
        id="a",
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title=title.strip(),
        passages=(Passage(text=body.strip()),),
    )
    path = tmp_path / f"any.{format_}"
    path.write_bytes(export_articles([article], format_))
    (back,) = read_articles(path).checked()
    assert (back.title, back.body) == (article.title, article.body)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("openness", "公開", "市民案内可"),
        ("figures", "保有率は94%", "名前=値と単位@年度か時点"),
        ("valid_until", "2025-01-01", "始まり（2026-04-01）より前"),
        ("valid_from", "来月", "2027-04-01"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(tmp_path: Path, field: str, written: str, said: str) -> None:
    path = tmp_path / "a.yaml"
    rest = {"valid_from": "2026-04-01"} | {field: written}
    lines = "".join(f"    {name}: '{value}'\n" for name, value in rest.items())
    path.write_text(f"articles:\n  - title: 転入届\n    body: 窓口へ。\n{lines}", encoding="utf-8")
    (error,) = read_articles(path).errors
    assert f"「{field}」" in error
    assert said in error
