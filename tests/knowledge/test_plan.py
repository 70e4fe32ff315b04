"""Reading a plan's text: what becomes an article, what is layout, what is said to be missing."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.article import Kind, Layer
from knowledge.plan import PlanDocument, parse_plan
from knowledge.plan.traced import words_at
from tests.knowledge.plans import MADE_UP, article, made_up_plan, texts


@pytest.fixture
def plan() -> PlanDocument:
    return made_up_plan()


def test_the_title_block_names_the_document_its_edition_and_its_end(plan: PlanDocument) -> None:
    assert (plan.title, plan.edition) == ("かえで浜市DX推進計画(案)", "令和8年5月 案")
    assert plan.source == "かえで浜市DX推進計画(案) 令和8年5月 案"
    assert {found.ended_on for found in plan.articles} == {date(2029, 3, 31)}
    assert {found.layer for found in plan.articles} == {Layer.OFFICIAL}


def test_what_the_caller_knows_wins_over_the_title_block() -> None:
    plan = parse_plan(MADE_UP.read_text(encoding="utf-8"), title="別の計画", edition="令和9年版")
    assert article(plan, "jikko-3").source.cite() == "別の計画 実行編(3)"
    assert article(plan, "jikko-3").source.edition == "令和9年版"


def test_every_heading_is_an_article_in_the_order_of_the_document(plan: PlanDocument) -> None:
    ids = [found.id.removeprefix("honpen-") for found in plan.articles if found.kind is Kind.SECTION]
    assert ids == ("1 1.1 図1 1.2 2 2.1 2.1-1 2.1-2 2.2 3 3.1 3.2 4 4.1 4.1-1 4.1-2 4.1-3 5 5-1".split())


@pytest.mark.parametrize(
    ("article_id", "cite", "page"),
    [
        ("jikko-3", "かえで浜市DX推進計画(案) 実行編(3)", 4),
        ("honpen-3.2", "かえで浜市DX推進計画(案) 本編3.2", 7),
        ("honpen-2.1-2", "かえで浜市DX推進計画(案) 本編2.1(2)", None),
        ("honpen-5-1", "かえで浜市DX推進計画(案) 本編5(1)", None),
        ("yogo-BPR", "かえで浜市DX推進計画(案) 用語集", None),
    ],
)
def test_an_article_cites_its_place(plan: PlanDocument, article_id: str, cite: str, page: int | None) -> None:
    source = article(plan, article_id).source
    assert (source.cite(), source.page) == (cite, page)


def test_titles_lose_their_numbers_and_the_spaces_of_the_layout(plan: PlanDocument) -> None:
    titles = {found.id: found.title for found in plan.articles}
    assert titles["honpen-3.2"] == "DXのしくみの図"
    assert titles["honpen-4.1"] == "3つの重点項目"
    assert titles["honpen-2.1-2"] == "小さく試す（トライ&アジャイル）"
    assert titles["yogo-UI"] == "UI（ユーザーインターフェース）"
    assert article(plan, "yogo-UI").aliases == ("UI", "ユーザーインターフェース")


def test_letters_spaced_apart_are_joined(plan: PlanDocument) -> None:
    assert texts(article(plan, "honpen-1"))[0].startswith("かえで浜市は、DXを通じて")
    assert "LGWANの内と外" in texts(article(plan, "honpen-2.1-1"))[0]
    assert "デジタル3原則" in texts(article(plan, "honpen-2"))[0]
    assert texts(article(plan, "yogo-BPR"))[0].startswith("Business Process Re-engineeringの略。")


def test_hard_wrapped_lines_are_joined_and_paragraphs_kept_apart(plan: PlanDocument) -> None:
    wrapped = texts(article(plan, "honpen-1.1"))
    assert len(wrapped) == 3
    assert "庁内の情報化の考え方を引き継ぎ（※）" in wrapped[0]
    assert wrapped[1].startswith("また、毎年見直す")


def test_a_word_torn_by_a_page_break_is_whole_again(plan: PlanDocument) -> None:
    first, *rest = texts(article(plan, "honpen-5"))
    assert "約1万人減少すると" in first
    assert rest == ["(1)方針"]


def test_a_footnote_belongs_to_the_section_that_refers_to_it(plan: PlanDocument) -> None:
    assert texts(article(plan, "honpen-1.1"))[-1].startswith("（※）前の情報化計画")
    assert texts(article(plan, "honpen-3"))[-1] == "（※）事務分担の規則に記載のもの"
    assert texts(article(plan, "honpen-3.1")) == [
        "会議では次のことを決めます。",
        "①毎年の目標",
        "②担当の割り振り",
    ]


def test_a_section_without_text_of_its_own_lists_its_headings(plan: PlanDocument) -> None:
    assert texts(article(plan, "honpen-4.1")) == [
        "(1)窓口のデジタル化",
        "(2)AI・RPA等の活用",
        "(3)在宅勤務のひろがり",
    ]
    assert texts(article(plan, "honpen-2.1"))[1:] == [
        "(1)使う人から始める（ユーザーファースト）",
        "(2)小さく試す（トライ&アジャイル）",
    ]


@pytest.mark.parametrize("article_id", ["honpen-2.2", "honpen-3.2", "honpen-図1"])
def test_a_lost_figure_is_said_to_be_blank(plan: PlanDocument, article_id: str) -> None:
    assert article(plan, article_id).passages == ()
    assert article(plan, article_id).blank == ("図",)


def test_an_initiative_has_its_rows_and_items(plan: PlanDocument) -> None:
    found = article(plan, "jikko-1")
    labels = list(dict.fromkeys(passage.label for passage in found.passages))
    assert labels == ["概要", "国の取組方針", "現状と課題", "取組", "KPI", "工程表"]
    assert [text[0] for text in texts(found, "現状と課題")] == ["①", "②"]
    assert texts(found, "取組")[1] == "②窓口の配置を見直し、 ①の結果を生かす。"


def test_items_within_one_tag_are_told_apart(plan: PlanDocument) -> None:
    found = article(plan, "jikko-3")
    assert texts(found, "現状と課題") == ["①端末が足りない。", "②窓口の職場では馴染まない。"]
    assert texts(found, "取組") == ["①制度を見直す。", "②一部の課で実証する。", "③全庁で行なえます。"]


def test_the_schedule_keeps_the_column_of_each_cell(plan: PlanDocument) -> None:
    cells = [(p.column, p.marker, p.text) for p in article(plan, "jikko-1").passages if p.label == "工程表"]
    assert cells == [
        ("令和8年度", "①", "対象手続の選定"),
        ("令和9年度", "", "(国の仕様が遅れた場合)"),
        ("令和8年度", "②", "試行 窓口の配置替え"),
        ("令和9年度", "", "※試行の結果により"),
        ("令和10年度", "", "本格実施"),
    ]
    both = [(p.column, p.marker) for p in article(plan, "jikko-2").passages if p.label == "工程表"]
    assert both == [("令和8年度", "①"), ("令和8年度", "②"), ("令和9年度", "①")]


def test_empty_rows_are_said_to_be_blank(plan: PlanDocument) -> None:
    assert article(plan, "jikko-1").blank == ()
    assert article(plan, "jikko-3").blank == ("国の取組方針", "工程表")


def test_numbers_become_data(plan: PlanDocument) -> None:
    figures = [(f.name, f.value, f.unit, f.fiscal_year, f.as_of) for f in article(plan, "jikko-1").figures]
    assert figures == [
        ("対応窓口の比率", 6, "割", None, "令和9年6月"),
        ("書かない窓口の利用率", 12.5, "%", None, "令和7年12月末時点"),
        ("対面が必須となる手続", 180, "手続", None, ""),
        ("目標手続数", 310, "手続", 2026, "令和8年度"),
        ("目標手続数", 72, "手続", 2027, "令和9年度"),
        ("目標手続数", 8, "手続", 2028, "令和10年度"),
    ]
    (yearly,) = article(plan, "jikko-2").figures
    assert (yearly.name, yearly.value, yearly.unit, yearly.as_of) == (
        "RPAによる作業時間の削減",
        4,
        "業務",
        "毎年",
    )
    assert article(plan, "jikko-3").figures == ()


def test_terms_of_every_table_are_read_word_for_word(plan: PlanDocument) -> None:
    terms = [found.id for found in plan.articles if found.kind is Kind.TERM]
    assert terms == ["yogo-BPR", "yogo-UI", "yogo-アジャイル", "yogo-デジタルデバイド", "yogo-三層の対策"]
    assert texts(article(plan, "yogo-三層の対策")) == ["LGWANと他の網を分け，行き来を絞る対策。"]
    assert len(article(plan, "yogo-アジャイル").passages) == 1


def test_every_passage_stands_in_the_document_at_its_spans(plan: PlanDocument) -> None:
    for found in plan.articles:
        spans = plan.spans[found.id]
        assert len(spans) == len(found.passages)
        for passage, places in zip(found.passages, spans, strict=True):
            assert words_at(plan.text, places) == passage.text
            assert [end for _, end in places[:-1]] <= [start for start, _ in places[1:]]


def test_the_coverage_accounts_for_every_character(plan: PlanDocument) -> None:
    coverage = plan.coverage
    left_out = sum(len(item.text) for item in coverage.left_out)
    placed = coverage.article + coverage.heading + coverage.listed + coverage.layout
    assert placed + left_out == coverage.total == len(plan.text)
    assert [item.line for item in coverage.left_out] == [6, 8, 10, 12]
    assert coverage.notes == ()


def test_the_report_names_what_was_left_out_and_why(plan: PlanDocument) -> None:
    report = plan.coverage.render()
    assert "除いた文字 45" in report
    assert "8行目 表紙（書名・期間・版としてのみ使用）: ＜令和8年度～令和10年度＞" in report
