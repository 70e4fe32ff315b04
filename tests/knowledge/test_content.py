"""The editorial pack of 藤沢市DX推進計画(案): complete, in our own words, true to the plan's figures, and without a person's name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from sudachipy import Dictionary, Tokenizer

PACK = Path(__file__).resolve().parents[2] / "knowledge" / "content" / "fujisawa"
PARTS = ("terms", "initiatives", "sections", "roles")
LABELS = ["概要:", "国の動き:", "課題:", "取組:", "KPI:", "工程表:"]
LONGEST_SHARED_RUN = 17

TERMS = (
    "BPR CIO EBPM KPI RPA UI アジャイル オープンデータ サービスデザイン デジタルデバイド デジタルファースト "
    "マインドセット 基幹系システム 情報系システム 三層の対策"
)
SECTIONS = (
    "1 1.1 1.2 1.3 2 2.1 2.1-1 2.1-2 2.1-3 2.1-4 2.1-5 2.2 3 3.1 3.2 3.3 3.4 4 4.1 4.1-1 4.1-2 4.1-3 4.1-4 4.1-5 "
    "4.1-6 4.1-7 4.2 4.3 4.4 4.5 5 5-1 5-2 5-3"
)
ROLES = "市長 CIO CIO補佐官 デジタル推進室 DX推進マネージャー DX推進リーダー"

# Names carry over as they are; headings come from the articles' own titles, which are the plan's.
NAMES = (
    "藤沢市市政運営の総合指針2024",
    "藤沢市官民データ活用推進指針",
    "官民データ活用推進基本法",
    "市町村官民データ活用推進計画",
    "藤沢市行財政改革2024基本方針",
    "藤沢市SDGs共創指針",
    "藤沢市都市マスタープラン",
    "藤沢市環境基本計画",
    "藤沢市産業振興計画",
    "藤沢市人材育成基本方針",
    "藤沢市将来人口推計",
    "藤沢市DX推進計画実行編",
    "副市長事務分担規則第2条第1項第1号",
    "地方公共団体における情報セキュリティポリシーに関するガイドライン",
    "Business Process Re-engineering",
    "Chief Information Officer",
    "Evidence Based Policy Making",
    "Key Performance Indicators",
    "Robotics Process Automation",
)

Record = dict[str, Any]


def _read(name: str) -> Any:
    return yaml.safe_load((PACK / f"{name}.yaml").read_text(encoding="utf-8"))


ARTICLES: list[Record] = [article for part in PARTS for article in _read(part)["articles"]]
VOCABULARY: Record = _read("vocabulary")
each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])


def fold(text: str) -> str:
    """NFKC without item marks (①), whitespace, punctuation and symbols: what two texts are compared by."""
    plain = unicodedata.normalize("NFKC", re.sub("[①-⑳]", " ", text))
    return "".join(ch for ch in plain if unicodedata.category(ch)[0] not in "ZPSC")


HEADINGS = [
    fold(a["title"]) for a in ARTICLES if a["kind"] in ("initiative", "section") and len(a["title"]) >= 9
]
MASKED = sorted({*map(fold, NAMES), *HEADINGS}, key=len, reverse=True)


def mask(text: str) -> str:
    """The folded text with every proper name as one character, so that a name alone is no copied run."""
    folded = fold(text)
    for name in MASKED:
        folded = folded.replace(name, "\N{REPLACEMENT CHARACTER}")
    return folded


def shared_runs(text: str, source: str, longest: int = LONGEST_SHARED_RUN) -> list[str]:
    """The runs longer than `longest` characters that a masked source has too."""
    masked, size = mask(text), longest + 1
    pieces = (masked[at : at + size] for at in range(len(masked) - size + 1))
    return [piece for piece in pieces if piece in source]


def numbers_of(text: str) -> set[str]:
    """Every number of a text; 本編4.1(3) and item marks are places, not figures."""
    places = re.sub(r"(?:本編|実行編)[\d.()]+|[①-⑳]", " ", text)
    return set(re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", places).replace(",", "")))


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="core").tokenizer()


def person_names(text: str) -> list[str]:
    """Family and given names that Sudachi finds in a text; a shop's name is not a person's."""
    tokens = _tokenizer().tokenize(text.replace("イトーヨーカドー", ""))
    return [
        t.surface() for t in tokens if t.part_of_speech()[2] == "人名" and t.part_of_speech()[3] in "姓名"
    ]


@pytest.fixture(scope="module")
def plan(shared_dir: Path) -> str:
    return (shared_dir / "material" / "fujisawa-dx-plan-2022.txt").read_text(encoding="utf-8")


def _words(article: Record) -> list[str]:
    return [article["explanation"], *article["questions"]]


def _chapter_of(id_: str) -> str:
    layer, _, place = id_.partition("-")
    if layer == "honpen":
        section, _, item = place.partition("-")
        return f"本編 {section}({item})" if item else f"本編 {section}"
    return {"yogo": "用語集", "jikko": f"実行編({place})"}[layer]


def test_ids_are_exactly_those_shared_with_the_official_layer() -> None:
    expected = [f"yogo-{term}" for term in TERMS.split()]
    expected += [f"jikko-{number}" for number in range(1, 8)]
    expected += [f"honpen-{section}" for section in SECTIONS.split()]
    expected += [f"role-{role}" for role in ROLES.split()]
    assert Counter(article["id"] for article in ARTICLES) == Counter(expected)


def test_the_pack_names_its_document_edition_and_end() -> None:
    pack = _read("pack")
    assert (pack["document"], pack["edition"]) == ("藤沢市DX推進計画(案)", "令和4年4月 案")
    assert pack["ended_on"].isoformat() == "2026-03-31"
    assert pack["owner"] == VOCABULARY["default_owner"]


@each_article
def test_article_has_its_kind_chapter_and_owner(article: Record) -> None:
    kinds = {"yogo": "term", "jikko": "initiative", "honpen": "section", "role": "role"}
    assert article["kind"] == kinds[article["id"].split("-")[0]]
    assert article["chapter"] == _chapter_of(str(article.get("rests_on", article["id"])))
    assert article["owner"] in VOCABULARY["owners"]


@each_article
def test_reading_is_hiragana(article: Record) -> None:
    assert re.fullmatch("[ぁ-ゖー・（）]+", article["reading"])


@each_article
def test_article_has_enough_different_questions(article: Record) -> None:
    questions = [fold(question) for question in article["questions"]]
    assert len(questions) == len(set(questions)) >= 3
    assert all(isinstance(text, str) and text.strip() for text in (*_words(article), *article["aliases"]))


def test_no_question_and_no_alias_leads_to_two_articles() -> None:
    said = Counter(
        text for a in ARTICLES for text in {fold(t).lower() for t in (*a["questions"], *a["aliases"])}
    )
    assert [text for text, times in said.items() if times > 1] == []


def _label_lines(article: Record) -> list[str]:
    return [paragraph.split("\n")[0] for paragraph in article["explanation"].strip().split("\n\n")]


@each_article
def test_initiative_has_every_row_in_order_and_others_none(article: Record) -> None:
    if article["kind"] == "initiative":
        assert _label_lines(article) == LABELS
    else:
        assert not set(_label_lines(article)) & set(LABELS)


@each_article
def test_blank_rows_are_said_to_be_blank(article: Record) -> None:
    said = re.search("すべて空白|文字に残って|図の内容は文字に", article["explanation"])
    assert bool(article.get("blank")) == bool(said)


@each_article
def test_role_rests_on_a_section_of_the_pack(article: Record) -> None:
    rests_on = {a["id"] for a in ARTICLES if a["kind"] == "section"}
    assert (article["kind"] == "role") == ("rests_on" in article) == ("focus" in article)
    assert article.get("rests_on", "honpen-3") in rests_on


def _spoken(value: float) -> set[str]:
    plain = f"{value:g}" if value < 10_000 else f"{int(value) // 10_000}万{int(value) % 10_000 // 1000}千"
    return {plain, f"{value:,g}"}


@each_article
def test_figures_as_data_stand_in_the_explanation(article: Record) -> None:
    for figure in article.get("figures", []):
        assert any(
            f"{value}{figure['unit']}" in article["explanation"] for value in _spoken(figure["value"])
        ), figure


@each_article
def test_no_person_is_named(article: Record) -> None:
    assert [name for text in (*_words(article), *article["aliases"]) for name in person_names(text)] == []


def test_a_person_would_be_found() -> None:
    assert person_names("この取組の担当は山田太郎さんです。") == ["山田", "太郎"]


def test_a_synonym_stands_in_one_group_only() -> None:
    groups: list[list[str]] = VOCABULARY["synonyms"]
    said = Counter(unicodedata.normalize("NFKC", word).lower() for group in groups for word in group)
    assert [word for word, times in said.items() if times > 1] == []
    assert len(groups) >= 150
    assert min(map(len, groups)) >= 2


def test_an_owner_word_leads_to_one_department() -> None:
    said = Counter(word for words in VOCABULARY["owners"].values() for word in words)
    assert [word for word, times in said.items() if times > 1] == []
    assert VOCABULARY["default_owner"] in VOCABULARY["owners"]


@pytest.mark.material
def test_no_run_of_the_plan_is_copied(plan: str) -> None:
    source = mask(plan)
    copied = [(a["id"], run) for a in ARTICLES for text in _words(a) for run in shared_runs(text, source)]
    assert copied == []


@pytest.mark.material
def test_a_copied_run_would_be_found(plan: str) -> None:
    source = mask(plan)
    start = next(
        at for at in range(3000, len(source)) if "\N{REPLACEMENT CHARACTER}" not in source[at : at + 18]
    )
    assert shared_runs(f"計画では、{source[start : start + 18]}とのことです。", source)
    assert not shared_runs(f"計画では、{source[start : start + 10]}とのことです。", source)


@pytest.mark.material
@each_article
def test_every_number_stands_in_the_plan(article: Record, plan: str) -> None:
    assert set().union(*map(numbers_of, _words(article))) - numbers_of(plan) == set()


@pytest.mark.material
@each_article
def test_title_is_a_heading_of_the_plan(article: Record, plan: str) -> None:
    cells = [
        cell for line in plan.splitlines() for cell in unicodedata.normalize("NFKC", line).split("\t")[:2]
    ]
    headings = {fold(re.sub(r"^(?:\d\. ?(?:\d )?|\(\d\) )", "", cell)) for cell in cells}
    assert fold(article["title"].split("：")[0]) in headings


@pytest.mark.material
@each_article
def test_focus_words_stand_in_the_plan(article: Record, plan: str) -> None:
    assert [word for word in article.get("focus", []) if fold(word) not in fold(plan)] == []
