"""What kind of fact is asked for, and how a question is put."""

from __future__ import annotations

import pytest

from knowledge.asking.kinds import Asked, asked_kinds, rows_asked
from knowledge.asking.phrasing import asks_what_to_do, is_question, puts_in_doubt
from knowledge.asking.years import years_named


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("RPAとは何ですか", Asked.DEFINITION),
        ("BPRとRPAの違いは", Asked.COMPARISON),
        ("重点項目を全部教えて", Asked.LIST),
        ("いつまでに終わる", Asked.WHEN),
        ("担当者のお名前は", Asked.PERSON),
        ("窓口の電話番号は", Asked.CONTACT),
        ("手数料はいくら", Asked.PRICE),
        ("何人が受けますか", Asked.COUNT),
        ("会議は年に何回", Asked.FREQUENCY),
        ("昨年度の実績は", Asked.OUTCOME),
        ("移行は結局間に合ったの", Asked.OUTCOME),
        ("カードが使えるようになったのはいつ", Asked.OUTCOME),
        ("もう電子化が済んだ手続は", Asked.OUTCOME),
        ("決済手数料は市と業者のどっちが持つ", Asked.PRICE),
        ("議長になったのは誰さん", Asked.PERSON),
        ("現在の人数は", Asked.TODAY),
        ("体制の図を見たい", Asked.PICTURE),
        ("他市と比べてどう", Asked.ELSEWHERE),
        ("会計を基幹系って呼んでいい?", Asked.PREMISE),
        ("研修は一回でおしまいですか?", Asked.PREMISE),
        ("受付の機器が発端でいいの?", Asked.PREMISE),
        ("机を予約したい", Asked.HOW_TO),
        ("受付はなんていうソフト?", Asked.NAME),
        ("RPAとBPRの線引きを知りたい", Asked.COMPARISON),
        ("KPIは日本語なら何指標?", Asked.DEFINITION),
        ("有料の冊子もオープンデータに数えてok?", Asked.PREMISE),
        ("紙で受けてもBPRって言える?", Asked.PREMISE),
        ("RPAとBPRって何で線を引くの", Asked.COMPARISON),
        ("RPAとBPRがごっちゃになる", Asked.COMPARISON),
        ("どの理由がいちばん多かった", Asked.OUTCOME),
        ("電子申請はもう出せるようになってますか", Asked.OUTCOME),
    ],
)
def test_kinds(question: str, kind: Asked) -> None:
    assert kind in asked_kinds(question)


@pytest.mark.parametrize(
    ("question", "kind", "asks"),
    [
        ("この部署っていつできたの", Asked.WHEN, True),
        ("いつでも申請できるか知りたい", Asked.WHEN, False),
        ("会議は月に何回", Asked.FREQUENCY, True),
        ("きょうは誰が当番", Asked.TODAY, True),
        ("きょうそうは誰とやる", Asked.TODAY, False),
        ("指針はまだ続くの", Asked.OUTCOME, False),
        ("推進室って何年何月にできた部署", Asked.DEFINITION, False),
        ("端末の使い方を教えて", Asked.HOW_TO, True),
        ("端末の使い方を教える講座の場所は", Asked.HOW_TO, False),
        ("三層の分離はもう済んでる", Asked.OUTCOME, False),
        ("令和4年5月に何が始まる", Asked.FREQUENCY, False),
        ("手続は全部で何件", Asked.LIST, False),
        ("そのあとは何をする", Asked.DEFINITION, False),
        ("お客さんたちがいつも困る", Asked.COMPARISON, False),
        ("課長の名前だけでいい", Asked.PREMISE, False),
        ("議長って何をもとに決める", Asked.DEFINITION, False),
        ("リーダーが職場でやることは", Asked.DEFINITION, False),
        ("心配ごとは計画に書いてある", Asked.DEFINITION, False),
        ("紙の申請はどうするって書いてある", Asked.HOW_TO, False),
        ("申請はどうするの", Asked.HOW_TO, True),
        ("端末の使い方を教えるの、職員だけですか", Asked.HOW_TO, False),
        ("台の数はどうすると書いてある", Asked.COUNT, False),
        ("台の数は", Asked.COUNT, True),
        ("目標がいちばん少ない年度は", Asked.OUTCOME, False),
        ("申請がいちばん多い手続は", Asked.OUTCOME, True),
        ("いまなんだいありますか", Asked.TODAY, True),
        ("いまなんで待つの", Asked.TODAY, False),
        ("ABCは正式にはどう書きますか", Asked.DEFINITION, True),
        ("正式な書類はどこ", Asked.DEFINITION, False),
        ("左官って何ですか", Asked.DEFINITION, True),
        ("左官って何でしょうか", Asked.DEFINITION, True),
        ("左官って何で塗るの", Asked.DEFINITION, False),
        ("左と右、名前は似てるけど別物", Asked.COMPARISON, True),
        ("左と右、古いのはどっちで新しいのはどっち", Asked.COMPARISON, True),
        ("左と右のどっち", Asked.COMPARISON, False),
        ("会議がすることを三つ", Asked.LIST, True),
        ("三つの対策とは", Asked.LIST, False),
    ],
)
def test_a_kind_is_not_read_out_of_another_word(question: str, kind: Asked, asks: bool) -> None:
    assert (kind in asked_kinds(question)) == asks


def test_a_subject_asks_for_nothing() -> None:
    assert not asked_kinds("テレワーク")
    assert not is_question("テレワーク")
    assert is_question("テレワークはいつ")


def test_rows() -> None:
    assert rows_asked("テレワークのKPIは") == ("KPI",)
    assert "現状と課題" in rows_asked("課題を教えて")
    assert rows_asked("国の方針") == ("国の取組方針",)
    assert rows_asked("RPAは今どの環境で動いてるの") == ("現状と課題",)


@pytest.mark.parametrize(
    ("question", "of_the_state"),
    [("基本法だと市は何をする", True), ("根拠の法律は", True), ("この方法では遅い", False)],
)
def test_what_a_law_says_is_told_by_the_row_of_the_state(question: str, of_the_state: bool) -> None:
    assert ("国の取組方針" in rows_asked(question)) == of_the_state


def test_whether_a_thing_is_there_already_is_told_by_how_it_stands() -> None:
    assert "現状と課題" in rows_asked("方針はもうできてたんだよね")
    assert "現状と課題" not in rows_asked("方針ができたのはいつ")


def test_years() -> None:
    assert years_named("令和8年度と2023年") == (("令和8年度", 2026), ("2023年", 2023))
    assert years_named("令和元年") == (("令和元年", 2019),)


@pytest.mark.parametrize("text", ["R6って何やるの", "r6年度は", "6年度のうちに", "令和6年度"])
def test_a_year_as_colleagues_shorten_it_is_read_as_documents_write_it(text: str) -> None:
    assert years_named(text) == (("令和6年度", 2024),)


@pytest.mark.parametrize("text", ["PR6枚", "版R6.1", "26年度目標", "2016年度"])
def test_no_year_is_read_out_of_other_figures(text: str) -> None:
    assert ("令和6年度", 2024) not in years_named(text)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("窓口は一度に替える?", True),
        ("どんな本が要るか分かってるの?", True),
        ("いつ替えるの?", False),
        ("窓口は一度に替えるって話ですか", True),
        ("どこで替えますか", False),
        ("替える", False),
    ],
)
def test_what_is_put_in_doubt(text: str, doubted: bool) -> None:
    assert puts_in_doubt(text) == doubted


def test_what_is_to_be_done() -> None:
    assert asks_what_to_do("うちの課は何すりゃいいの")
    assert not asks_what_to_do("何が要りますか")


def test_what_a_thing_is_asks_for_no_reason() -> None:
    assert "概要" not in rows_asked("申請の課題はなんですか")
    assert "概要" in rows_asked("なんで進めるの")
