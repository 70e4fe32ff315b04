"""Definitions are read from YAML; each mistake is named by its line and mended by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys.loading import DefinitionError, list_surveys, load_definition, read_definition
from surveys.question import Unit

HEAD = "id: s\ntitle: 調査\npurpose: 試すため\nreaders: 試す人\n"


def complaints(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        read_definition(text.encode(), "調査.yaml")
    return str(caught.value)


@pytest.mark.parametrize("name", list_surveys())
def test_what_ships_is_right(name: str) -> None:
    definition = load_definition(name)
    assert definition.id == name
    assert read_definition((Path("surveys/content") / f"{name}.yaml").read_bytes(), name) == definition


@pytest.mark.parametrize("name", list_surveys())
def test_what_people_think_of_one_superior_is_never_shown_by_section(name: str) -> None:
    for question in load_definition(name).questions:
        asked = [option.label for option in (*question.rows, *question.options)]
        if any("上司" in label for label in asked):
            assert Unit.SECTION in question.never_by, question.id


@pytest.mark.parametrize(
    ("questions", "line", "words"),
    [
        ("- {id: A, type: singel, text: あ}", 6, "single"),
        ("- {id: A, type: date, text: あ}\n- {id: A, type: date, text: い}", 7, "2つあります"),
        ("- {id: A, type: date, text: あ, colour: red}", 6, "知らない欄"),
        ("- {id: A, type: number, text: あ, options: [い, う]}", 6, "options"),
        ("- {id: A, type: single, text: あ, options: [い]}", 6, "2つ以上"),
        ("- {id: A, type: single, text: あ, options: [い, い]}", 6, "2つあります"),
        ("- {id: A, type: scale5, text: あ, options: [い, う]}", 6, "5つ"),
        ("- {id: A, type: matrix, text: あ, options: [い, う]}", 6, "rows"),
        ("- {id: A, type: multi, text: あ, options: [い, う], exclusive: [え]}", 6, "exclusive"),
        ("- {id: A, type: multi, text: あ, options: [い, う], most: 2}", 6, "most"),
        ("- {id: A, type: number, text: あ, minimum: 3, maximum: 2}", 6, "minimum"),
        ("- {id: A, type: date, text: あ, sensitive: true, threshold: 5}", 6, "10以上"),
        ("- {id: A, type: date, text: あ, show_if: B == い}", 6, "ありません"),
        ("- {id: A, type: date, text: あ, show_if: 'A answered'}", 6, "answered"),
        ("- {id: あ い, type: date, text: あ}", 6, "半角"),
        ("- {id: A, type: date, text: あ, never_by: 係}", 6, "課"),
        ("- {id: A, type: single, text: あ, options: [yes, no]}", 6, "引用符で囲んで"),
        ("- {id: A, type: matrix, text: あ, rows: [1], options: [い, う]}", 6, "引用符で囲んで"),
        ("- {id: A, type: number, text: あ, minimum: 0, bins: [0, 5, .inf]}", 6, "限りのある数"),
        ("- {id: A, type: number, text: あ, minimum: .nan}", 6, "限りのある数"),
        ("- {id: A, type: number, text: あ, minimum: 0, bins: [1, 5]}", 6, "minimum（0）以下"),
        ("- {id: A, type: date, text: あ, earliest: 2026/4/1}", 6, "2026-04-01"),
        ("- {id: A, type: date, text: あ, latest: 明日}", 6, "latest の「明日」"),
        ("- {id: A, type: date, text: あ, earliest: 2026-05-01, latest: '2026-04-01'}", 6, "後の日"),
        ("- {id: A, type: matrix, text: あ, options: [い, う], rows: ['窓口|電話', か]}", 6, "「|」"),
        (
            "- {id: A, type: single, text: あ, options: [い, う], by_section: [{え: [い, う]}, {お: []}]}",
            6,
            "1つ以上",
        ),
    ],
)
def test_a_mistake_is_named_by_its_line(questions: str, line: int, words: str) -> None:
    said = complaints(HEAD + "questions:\n" + questions)
    assert f"{line}行目" in said
    assert words in said


TWO = "questions:\n- {id: A, type: single, text: あ, options: [い, う]}\n- {id: N, type: number, text: か, minimum: 0, maximum: 5}\n"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("A == え", "選択肢はありません"),
        ("A > い", "使えません"),
        ("N > い", "数を書いて"),
        ("N > 5", "どう答えても"),
        ("N > 3 and N < 2", "どう答えても"),
        ("C == い", "輪に"),
        ("A ==", "途中で"),
        ("A == い い", "読めません"),
        ("__import__('os')", "使えません"),
        ("A in い", "要ります"),
        ("(" * 11 + "A == い" + ")" * 11, "10重まで"),
        ("(" * 3000 + "A == い" + ")" * 3000, "500字まで"),
        ("N > inf", "数を書いて"),
    ],
)
def test_a_wrong_branch_is_refused(condition: str, words: str) -> None:
    said = complaints(f'{HEAD}{TWO}- {{id: C, type: date, text: さ, show_if: "{condition}"}}')
    assert "8行目" in said
    assert words in said


def test_a_circle_and_a_branch_on_the_same_page_are_refused() -> None:
    circle = (
        "questions:\n- {id: A, type: single, text: あ, options: [い, う], show_if: B == い}\n"
        "- {id: B, type: single, text: あ, options: [い, う], show_if: A == い}"
    )
    assert "A → B → A" in complaints(HEAD + circle)
    same_page = (
        "questions:\n- {id: A, type: single, page: か, text: あ, options: [い, う]}\n"
        "- {id: B, type: date, page: か, text: あ, show_if: A == い}"
    )
    assert "前のページ" in complaints(HEAD + same_page)


def test_what_depends_on_something_hidden_is_unreachable() -> None:
    text = TWO + (
        "- {id: C, type: single, text: さ, options: [い, う], show_if: N > 4}\n"
        "- {id: D, type: date, text: た, show_if: C == い and N == 2}"
    )
    assert "9行目" in complaints(HEAD + text)
    assert read_definition((HEAD + text.replace("N == 2", "N == 5")).encode(), "x").by_id["D"].condition


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: [*a, *a]",
        "- 一覧",
        "",
        "id: s\nid: t",
        "!!python/object/apply:os.system [ls]",
        "[" * 100,
        "\0",
        "questions: 5",
        "x" * (1024 * 1024 + 5),
    ],
)
def test_anything_else_is_refused_politely(text: str) -> None:
    assert "調査.yaml" in complaints(text)


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(DefinitionError, match="open-data-needs"):
        load_definition("no-such-survey")
    with pytest.raises(DefinitionError, match="開けません"):
        load_definition("no-such-file.yaml")


def test_delicate_surveys_stay_on_the_web() -> None:
    sensitive = HEAD + "questions: [{id: A, type: date, text: あ, sensitive: true}]\n"
    assert read_definition(sensitive.encode(), "x").allowed_channels == ("web",)
    assert "chat_allowed" in complaints(sensitive + "channels: [slack]")
    assert "attributes" in complaints(sensitive + "identity: anonymous\nattributes: [section]")
    for attribute in ("section", "role"):
        copied = f"questions: [{{id: P, type: single, text: あ, options: [x, y], prefill: {attribute}}}]\n"
        told = complaints(HEAD + copied + "identity: anonymous")
        assert "questions[0].prefill" in told or "prefill を消してください" in told
        read_definition((HEAD + copied).encode(), "x")
    anonymous = read_definition((sensitive + "identity: anonymous").encode(), "x")
    assert [attribute.value for attribute in anonymous.kept_attributes] == ["division"]
    assert anonymous.by_id["A"].smallest_count == 10


TABLES = (
    "questions:\n- {id: A, type: single, text: あ, options: [い, う]}\n- {id: B, type: single, text: か, options: [い, う]}\n"
    "- {id: C, type: single, text: さ, prefill: section}\n- {id: X, type: matrix, text: た, rows: [r], options: [い, う]}\n"
    "- {id: S, type: single, text: な, options: [い, う], never_by: 部}\n"
    "- {id: Z, type: single, text: は, options: [い, う], never_by: 全庁}\n"
)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("tables: [{question: A, by: [B, 部]}]", "[部, 質問の id]"),
        ("tables: [{question: A, by: [課, 部]}]", "[部, 質問の id]"),
        ("tables: [{question: A, by: [課, B]}]", "[部, 質問の id]"),
        ("tables: [{question: A, by: [全庁, B]}]", "[部, 質問の id]"),
        ("tables: [{question: A, by: [B, 全庁]}]", "[部, 質問の id]"),
        ("tables: [{question: A, by: [B, B]}]", "「B」が2つ"),
        ("tables: [{question: A, by: A}]", "自身"),
        ("tables: [{question: A, by: C}]", "切り口"),
        ("tables: [{question: C, by: A}]", "集計できる質問"),
        ("tables: [{question: X.none, by: A}]", "行の id"),
        ("tables: [{question: A, by: [部, S]}]", "部の数を出さない"),
        ("tables: [{question: A, by: Z}]", "全庁の数を出さない"),
        ("breakdowns: [C]", "切り口"),
        ("breakdowns: [Z]", "全庁の数を出さない"),
    ],
)
def test_a_table_that_could_not_be_made_is_refused(wanted: str, words: str) -> None:
    said = complaints(HEAD + TABLES + wanted)
    assert "12行目" in said
    assert words in said


def test_days_may_stand_without_quotes() -> None:
    text = HEAD + "questions: [{id: A, type: date, text: あ, earliest: 2026-04-01, latest: '2027-03-31'}]"
    question = read_definition(text.encode(), "x").by_id["A"]
    assert (question.earliest, question.latest) == ("2026-04-01", "2027-03-31")
