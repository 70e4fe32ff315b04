"""The city's own plan. No sentence of it stands here: only names, numbers and single words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.article import Kind
from knowledge.plan import PlanDocument, read_plan
from knowledge.plan.traced import words_at
from tests.knowledge.plans import article, texts

pytestmark = pytest.mark.material

ROWS = ["概要", "国の取組方針", "現状と課題", "取組", "KPI", "工程表"]
TERMS = (
    "BPR CIO EBPM KPI RPA UI アジャイル オープンデータ サービスデザイン デジタルデバイド デジタルファースト"
    " マインドセット 基幹系システム 情報系システム 三層の対策"
).split()
INITIATIVES = [
    "情報システムの標準化・共通化",
    "マイナンバーカードの普及促進",
    "行政手続のオンライン化",
    "AI・RPA等先進技術の利用推進",
    "テレワークの推進",
    "オープンデータの推進",
    "キャッシュレス化の推進",
]


@pytest.fixture(scope="module")
def plan(shared_dir: Path) -> PlanDocument:
    return read_plan(shared_dir / "material" / "fujisawa-dx-plan-2022.txt")


def test_title_block(plan: PlanDocument) -> None:
    assert (plan.title, plan.edition, plan.ended_on) == (
        "藤沢市DX推進計画(案)",
        "令和4年4月 案",
        date(2026, 3, 31),
    )


def test_fifteen_terms(plan: PlanDocument) -> None:
    terms = [found for found in plan.articles if found.kind is Kind.TERM]
    assert [found.id for found in terms] == [f"yogo-{term}" for term in TERMS]
    assert all(len(found.passages) == 1 and len(found.body) > 25 for found in terms)
    assert article(plan, "yogo-UI").title == "UI（ユーザーインターフェース）"


def test_seven_initiatives_with_their_rows(plan: PlanDocument) -> None:
    found = [article(plan, f"jikko-{number}") for number in range(1, 8)]
    assert [one.title for one in found] == INITIATIVES
    assert [one.source.page for one in found] == list(range(2, 9))
    for one in found:
        labels = list(dict.fromkeys(passage.label for passage in one.passages))
        assert labels == [row for row in ROWS if row not in one.blank]
    assert [one.blank for one in found] == [()] * 4 + [("工程表",)] * 2 + [()]
    assert found[4].source.cite() == "藤沢市DX推進計画(案) 実行編(5)"


@pytest.mark.parametrize(
    ("number", "issues", "actions"),
    [(1, 2, 3), (2, 2, 2), (3, 2, 3), (4, 3, 3), (5, 3, 5), (6, 2, 3), (7, 1, 4)],
)
def test_items_of_an_initiative(plan: PlanDocument, number: int, issues: int, actions: int) -> None:
    found = article(plan, f"jikko-{number}")
    for label, count in (("現状と課題", issues), ("取組", actions)):
        assert "".join(text[0] for text in texts(found, label)) == "①②③④⑤"[:count]


def test_schedule_cells_stand_in_the_columns_of_the_text(plan: PlanDocument) -> None:
    def cells(number: int) -> list[str]:
        passages = article(plan, f"jikko-{number}").passages
        return [f"{p.column[2]}{p.marker}" for p in passages if p.label == "工程表"]

    assert cells(1) == ["4①", "5", "4②", "4③"]
    assert cells(2) == ["4①", "5", "6", "4②"]
    assert cells(3) == ["4①", "4②", "6③"]
    assert cells(4) == ["4①", "5①", "4②", "6②", "4③"]
    assert cells(7) == ["4①", "4②", "5③", "6④"]


def test_numbers_of_the_kpis(plan: PlanDocument) -> None:
    targets = [f for f in article(plan, "jikko-3").figures if f.name == "目標手続数"]
    assert [(f.value, f.fiscal_year, f.unit) for f in targets] == [
        (401, 2022, "手続"),
        (89, 2023, "手続"),
        (35, 2024, "手続"),
        (198, 2025, "手続"),
    ]
    assert sum(f.value for f in targets) in {f.value for f in article(plan, "jikko-3").figures}
    cards = {(f.value, f.unit, f.fiscal_year, f.as_of) for f in article(plan, "jikko-2").figures}
    assert cards == {(94, "%", 2022, "令和4年度末"), (53.3, "%", None, "令和3年12月末時点")}
    assert [(f.value, f.unit, f.as_of) for f in article(plan, "jikko-4").figures] == [(5, "業務", "毎年")]
    assert [(f.value, f.unit, f.as_of) for f in article(plan, "jikko-7").figures] == [(4, "割", "令和7年6月")]


def test_every_section_of_the_main_part(plan: PlanDocument) -> None:
    ids = [found.id.removeprefix("honpen-") for found in plan.articles if found.kind is Kind.SECTION]
    assert (
        ids
        == (
            "1 1.1 図1 1.2 1.3 2 図2 2.1 2.1-1 2.1-2 2.1-3 2.1-4 2.1-5 2.2 3 3.1 3.2 3.3 3.4"
            " 4 4.1 4.1-1 4.1-2 4.1-3 4.1-4 4.1-5 4.1-6 4.1-7 4.2 4.3 4.4 4.5 5 5-1 5-2 5-3"
        ).split()
    )
    assert [text[3:] for text in texts(article(plan, "honpen-4.1"))] == INITIATIVES
    assert article(plan, "honpen-3.4").title == "DX推進マネージャーとDX推進リーダーの設置"
    for lost in ("2.2", "3.2", "図1", "図2"):
        assert (article(plan, f"honpen-{lost}").blank, article(plan, f"honpen-{lost}").passages) == (
            ("図",),
            (),
        )


@pytest.mark.parametrize(
    ("article_id", "words"),
    [
        ("honpen-5", "2万8千人減少する"),
        ("honpen-5-2", "取組を進めていくにあたって"),
        ("honpen-1.1", "取組を行っていく"),
        ("honpen-4.4", "LGWAN接続系"),
        ("honpen-4", "デジタル3原則"),
        ("honpen-4.3", "取り組めます"),
        ("jikko-2", "行っている"),
        ("jikko-1", "フィット&ギャップ"),
        ("yogo-RPA", "Robotics"),
        ("yogo-CIO", "最高情報責任者"),
        ("honpen-3", "最高情報統括責任者"),
        ("yogo-デジタルデバイド", "貧富・機会"),
    ],
)
def test_wording_is_as_it_stands_but_for_layout(plan: PlanDocument, article_id: str, words: str) -> None:
    assert words in article(plan, article_id).body


def test_footnotes_belong_to_the_sections_that_refer_to_them(plan: PlanDocument) -> None:
    noted = [found.id for found in plan.articles if any(p.marker == "（※）" for p in found.passages)]
    assert noted == ["honpen-1.1", "honpen-3"]


def test_no_markup_is_left(plan: PlanDocument) -> None:
    for found in plan.articles:
        assert not {"<", ">", "\t", "\n"} & set(found.title + "".join(p.text for p in found.passages))


def test_every_passage_stands_in_the_document(plan: PlanDocument) -> None:
    for found in plan.articles:
        for passage, places in zip(found.passages, plan.spans[found.id], strict=True):
            assert words_at(plan.text, places) == passage.text


def test_coverage(plan: PlanDocument) -> None:
    coverage = plan.coverage
    left_out = sum(len(item.text) for item in coverage.left_out)
    assert coverage.article + coverage.heading + coverage.listed + coverage.layout + left_out == len(
        plan.text
    )
    assert coverage.share >= 0.99
    assert coverage.share_without_lists >= 0.99
    assert {item.line for item in coverage.left_out} == {7, 9, 11, 13}
    assert coverage.notes == ()
