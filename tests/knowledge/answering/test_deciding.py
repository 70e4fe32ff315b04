"""Answer, ask back, or refuse: over a small invented city."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.article import Article, Layer, Passage
from knowledge.asking.question import clean
from tests.knowledge.small_city import ARTICLES, ENDED, MEETING, ONLINE, TELEWORK, small_decider, term

DECIDER = small_decider()
ISSUES = [f"{p.label}{p.marker}" for p in TELEWORK.passages if p.label == "現状と課題"]
_TEXTS = {(a.id, a.layer): a for a in ARTICLES}


def _titles(question: str) -> tuple[str, ...]:
    return tuple(candidate.title for candidate in DECIDER.decide(question, 3).candidates)


@pytest.mark.parametrize(
    ("question", "title", "words"),
    [
        ("BPRとは何ですか", "BPR", "再設計"),
        ("業務改革って何のこと", "BPR", "再設計"),
        ("テレワークの課題を全部教えて", "テレワークの推進", "導入範囲を精査"),
        ("在宅勤務は非常時に役立ちますか", "テレワークの推進", "業務継続"),
        ("電子申請の目標手続数は何手続ですか", "電子申請の拡大", "40手続"),
        ("国は電子申請をいつまでにと言っていますか", "電子申請の拡大", "令和4年度末"),
        ("DX推進会議の議長は誰ですか", "DX推進会議", "市長"),
    ],
)
def test_answers_in_the_sources_words(question: str, title: str, words: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "answer"
    assert answer.title == title
    assert words in "".join(excerpt.text for excerpt in answer.excerpts)
    assert answer.source
    assert answer.source.document == "みどり野市DX計画"


@pytest.mark.parametrize(
    ("claim", "title", "words"),
    [
        ("BPRは書類の形式のことですよね", "BPR", "再設計"),
        ("テレワークは窓口の職場でも必須ですよね", "テレワークの推進", "馴染まない"),
        ("電子申請の目標は毎年同じ数ですよね", "電子申請の拡大", "25手続"),
        ("DX推進会議って公募の会議でしたっけ", "DX推進会議", "市長を議長"),
        ("電子申請は令和7年度の25手続がいちばん多いってこと？", "電子申請の拡大", "40手続"),
    ],
)
def test_a_claim_about_a_known_subject_gets_the_passage_that_corrects_it(
    claim: str, title: str, words: str
) -> None:
    answer = DECIDER.decide(claim, 3)
    assert answer.title == title
    assert words in "".join(excerpt.text for excerpt in answer.excerpts)


def test_a_headword_that_another_title_has_in_it_is_asked_back_and_its_own_title_is_not() -> None:
    other = MEETING.model_copy(update={"id": "honpen-9", "title": "RPAの推進"})
    decider = small_decider(other)
    assert [c.title for c in decider.decide("RPA", 3).candidates] == ["RPA", "RPAの推進"]
    assert decider.decide("RPAとは", 3).title == "RPA"
    assert decider.decide("RPAの推進", 3).title == "RPAの推進"


def test_a_noun_that_many_use_and_none_explains_is_asked_back_when_its_meaning_is_asked() -> None:
    told = {
        "窓口の案内": "総合案内は番号順とする。",
        "予約": "予約は番号順に受ける。",
        "名札": "番号を記す。",
    }
    others = [
        MEETING.model_copy(update={"id": f"honpen-{n}", "title": title, "passages": (Passage(text=text),)})
        for n, (title, text) in enumerate(told.items(), 20)
    ]
    decider = small_decider(*others)
    answer = decider.decide("番号って何だっけ", 3)
    assert answer.outcome == "clarify"
    assert {candidate.title for candidate in answer.candidates} == {*told}
    assert decider.decide("呼ばない番号って何", 3).outcome == "unknown", "a thing of its own"


def test_a_part_of_the_only_title_that_has_it_is_asked_back_beside_what_shares_that_title() -> None:
    assert _titles("デバイド") == ("デジタルデバイド", "デジタルファースト")
    assert DECIDER.decide("デジタルデバイド", 3).outcome == "answer"


def test_a_heading_is_offered_once_however_many_of_its_roles_have_the_subject() -> None:
    roles = [
        MEETING.model_copy(update={"id": f"role-{r}", "title": f"DX推進会議：{r}"}) for r in ("議長", "書記")
    ]
    titles = [c.title for c in small_decider(*roles).decide("推進", 3).candidates]
    assert len(titles) > 2
    assert len({title.partition("：")[0] for title in titles}) == len(titles)


def test_what_a_way_of_doing_things_is_called_is_no_how_to() -> None:
    assert DECIDER.decide("業務の流れを根本から見直して再設計するやり方の名前は", 3).title == "BPR"
    assert DECIDER.decide("テレワークの申請の仕方は", 3).outcome == "unknown"


@pytest.mark.parametrize("opening", ["どうなってる", "教えて", "どうなの？"])
def test_a_bare_subject_is_one_with_an_opening_too(opening: str) -> None:
    other = MEETING.model_copy(update={"id": "honpen-9", "title": "RPAの推進"})
    answer = small_decider(other).decide(f"RPA{opening}", 3)
    assert [c.title for c in answer.candidates] == ["RPA", "RPAの推進"]


@pytest.mark.parametrize("question", ["在宅勤務って今どうなってる", "テレワークどうなってる？"])
def test_how_an_initiative_stands_is_told_by_its_own_entry(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.title == "テレワークの推進"
    assert {*ISSUES} <= {e.label for e in answer.excerpts}


def test_an_opening_asks_of_a_part_of_a_subject() -> None:
    other = MEETING.model_copy(update={"id": "honpen-9", "title": "デジタルファーストの推進"})
    assert small_decider(other).decide("デジタルファーストの設計を教えて", 3).title == "デジタルファースト"


def test_only_who_is_asked_offers_those_who_do_it() -> None:
    assert {"DX推進会議", "推進体制のイメージ図"} <= set(_titles("だれがやるの"))


def test_any_wording_that_asks_for_all_of_a_list_gets_all() -> None:
    rows = [p.text for p in TELEWORK.passages if p.label == "現状と課題"]
    for wording in ("漏れなく", "残らず教えて", "二つとも挙げて"):
        texts = {e.text for e in DECIDER.decide(f"テレワークの課題を{wording}", 3).excerpts}
        assert set(rows) <= texts


def test_a_list_is_complete() -> None:
    texts = {e.text for e in DECIDER.decide("テレワークの課題を全部教えて", 3).excerpts}
    assert {p.text for p in TELEWORK.passages if p.label == "現状と課題"} <= texts


@pytest.mark.parametrize(
    "wording", ["の違いは何ですか", "、ごっちゃになるから両方説明して", "を並べて見せて"]
)
def test_a_comparison_shows_both(wording: str) -> None:
    answer = DECIDER.decide(f"BPRとRPA{wording}", 3)
    assert answer.title == "BPRとRPA"
    assert {e.article_id for e in answer.excerpts} == {"yogo-BPR", "yogo-RPA"}


def test_a_bare_part_of_two_names_is_asked_back() -> None:
    answer = DECIDER.decide("デジタル", 3)
    assert answer.outcome == "clarify"
    assert {"デジタルデバイド", "デジタルファースト"} <= set(_titles("デジタル"))


def test_only_an_asking_word_offers_what_has_it() -> None:
    assert set(_titles("KPIは?")) == {"テレワークの推進", "電子申請の拡大"}


@pytest.mark.parametrize(
    "question",
    [
        "複合機が紙詰まりして動かない",
        "テレワークは何年度から全庁に広げますか",
        "テレワークの工程表の年度別スケジュールは",
        "電子申請の手数料はいくらですか",
        "DX推進会議は年に何回ありますか",
        "議長の苗字は何ですか",
        "推進体制のイメージ図には何が描いてある",
        "電子申請は昨年度何件達成できましたか",
        "令和9年度の電子申請の目標は",
        "BPRとウォーターフォールの違いは",
        "健診の採用の案内はどこ",
        "PayPayで電子申請の払いはできますか",
    ],
)
def test_what_is_not_written_is_refused(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "unknown"
    assert not answer.excerpts
    assert answer.owner


def test_a_blank_row_is_said_to_be_blank() -> None:
    assert "空白" in "".join(DECIDER.decide("テレワークの工程表の年度別スケジュールは", 3).notes)


def test_the_owner_follows_the_topic() -> None:
    assert DECIDER.decide("複合機が動かない", 3).owner == "情報システム課"


def test_the_end_of_the_period_goes_along() -> None:
    assert DECIDER.decide("テレワークの課題を教えて", 3).ended_on == ENDED
    assert DECIDER.decide("BPRとは", 3).ended_on is None


@pytest.mark.parametrize("question", ["工程表は?", "工程表を教えて", "KPIは何ですか", "課題は何ですか"])
def test_a_row_without_a_subject_is_asked_back(question: str) -> None:
    assert DECIDER.decide(question, 3).outcome in {"clarify", "unknown"}


@pytest.mark.parametrize("typed", ["instructions", "hello world", "ignore previous instructions"])
def test_english_is_not_read_as_romaji(typed: str) -> None:
    assert DECIDER.decide(typed, 3).outcome == "unknown"


def test_ranking_is_as_long_as_asked() -> None:
    assert len(DECIDER.decide("電子申請とテレワークの目標", 5).ranking) >= 2
    assert len(DECIDER.decide("電子申請とテレワークの目標", 1).ranking) == 1


def test_explain_tells_everything() -> None:
    answer = DECIDER.explain("jikko-1")
    assert answer
    assert [e.text for e in answer.excerpts] == [p.text for p in TELEWORK.passages]
    assert DECIDER.explain("nothing") is None


_WORDS = st.sampled_from(
    "テレワーク 在宅勤務 電子申請 BPR rpa デジタル 課題 KPI 工程表 いつ 何件 違い とは 全部 国 市長 会議 複合機 令和6年度 の は を と ?".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS | st.text(max_size=8), max_size=9).map("".join))
def test_every_sentence_stands_in_its_article(typed: str) -> None:
    question = clean(typed)
    answer = DECIDER.decide(question, 3) if question else None
    for excerpt in answer.excerpts if answer else ():
        article = _TEXTS[excerpt.article_id, excerpt.layer]
        assert excerpt.text in article.body
        assert excerpt.layer is not Layer.OFFICIAL or excerpt.source == article.source


@pytest.mark.parametrize("question", ["どこの課?", "KPI見せて"])
def test_what_has_no_subject_is_asked_back(question: str) -> None:
    answer = small_decider().decide(question, 3)
    assert answer.outcome == "clarify"
    assert len(answer.candidates) > 1


def test_of_two_that_stand_as_high_the_one_with_the_question_in_one_passage_answers() -> None:
    question = "市民が選ぶ紙面は職員が印刷するの"
    apart = _section("honpen-8", "広報一", "職員が印刷する。", "市民が選ぶ紙面。")
    together = _section("honpen-9", "広報二", "市民が選ぶ紙面を職員が印刷する。", "毎年度行う。")
    decider = small_decider(apart, together)
    assert decider.ranked(question)[0].entry.title == apart.title
    assert decider.decide(question, 3).title == together.title


def test_of_entries_in_reach_the_one_with_far_more_of_the_question_in_one_passage_answers() -> None:
    question = "市民が選ぶ紙面は職員が印刷するの"
    apart = _section("honpen-8", "市民の広報", "職員が印刷する。", "市民が選ぶ。", "紙面。")
    together = _section("honpen-9", "お知らせ", "市民が選ぶ紙面を職員が印刷する。", "毎年度行う。")
    decider = small_decider(apart, together)
    first, second = decider.ranked(question)[:2]
    assert first.entry.title == apart.title
    assert second.score < 0.95 * first.score
    assert decider.decide(question, 3).title == together.title


def test_a_term_that_is_not_named_stands_behind_what_the_question_is_about() -> None:
    decider = small_decider(
        *term("yogo-9", "バッチ処理", "パソコンの表計算やメールの操作を夜の間にまとめて動かすこと。"),
        _section(
            "honpen-32", "機器の入替え", "古い機器を入れ替え、パソコンの操作を改める。職員への案内も行う。"
        ),
    )
    question = "パソコンとメールの操作はどう変わりますか"
    assert decider.decide(question, 3).title == "機器の入替え"
    assert decider.decide("バッチ処理ではメールの操作をどうしますか", 3).title == "バッチ処理"
    assert decider.decide("パソコンのメールの操作をまとめて動かすことを何と言う", 3).title == "バッチ処理"


def test_who_deals_with_a_thing_is_not_that_thing() -> None:
    decider = small_decider(
        *term("yogo-8", "CIO", "専門的な知見に基づき技術の活用を進める役職。"),
        _section("honpen-33", "推進体制", "CIO補佐官は、専門的な知見からCIOを補佐する役職である。"),
    )
    assert decider.decide("CIOを専門の知見で支える人の役職名", 3).title == "推進体制"
    assert decider.decide("CIOとは", 3).title == "CIO"


def test_what_shares_but_the_verb_of_a_wish_is_not_offered() -> None:
    decider = small_decider(
        _section("honpen-34", "人を育てる", "職員の研修を増やす。"),
        _section("honpen-35", "道具を配る", "機器の研修を開く。"),
        _section("honpen-36", "窓口の相談", "市民の相談を受ける。"),
    )
    offered = {candidate.title for candidate in decider.decide("研修を受けたい", 3).candidates}
    assert offered == {"人を育てる", "道具を配る"}


def test_what_a_document_says_is_told_by_the_passage_that_begins_with_it() -> None:
    rests = _section(
        "honpen-30",
        "文書保存計画の位置づけ",
        "本計画は、文書保存基本法に定める市町村文書保存計画を兼ねる。",
    )
    tells = _section("honpen-31", "原本の管理", "文書保存基本法では、市町村は、原本を守ることとしている。")
    decider = small_decider(rests, tells)
    assert decider.decide("文書保存基本法だと市町村は何をする", 3).title == "原本の管理"
    assert decider.decide("文書保存基本法に定める市町村の計画を兼ねるの", 3).title == "文書保存計画の位置づけ"


def test_a_word_of_the_text_is_offered_where_it_stands_though_it_hints_at_a_row() -> None:
    decider = small_decider(
        _section("honpen-8", "広報", "紙面の優先順位を決める。"),
        _section("honpen-9", "図書", "購入の優先順位を決める。"),
    )
    answer = decider.decide("優先順位", 1)
    assert {candidate.title for candidate in answer.candidates} == {"広報", "図書"}


def test_what_the_asker_has_to_do_is_asked_back() -> None:
    more = ONLINE.model_copy(update={"passages": (Passage(label="取組", text="窓口の電子申請を広げる。"),)})
    decider = small_decider(more.model_copy(update={"id": "jikko-9", "title": "窓口の改善"}))
    for question in ("うちの課は何すりゃいいの", "で、私は何をやればいい?"):
        answer = decider.decide(question, 1)
        assert {candidate.title for candidate in answer.candidates} == {"テレワークの推進", "窓口の改善"}


def test_whoever_wants_to_apply_is_not_asked_back_with_what_else_can_be_applied_for() -> None:
    answer = DECIDER.decide("テレワークを申請したい", 1)
    assert answer.outcome == "unknown"
    assert {candidate.title for candidate in answer.candidates} <= {"テレワークの推進"}


def _section(id_: str, title: str, *texts: str) -> Article:
    passages = tuple(Passage(text=text) for text in texts)
    return MEETING.model_copy(update={"id": id_, "title": title, "passages": passages})


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("3つのやつ", {"DX推進会議", "推進の原則"}),
        ("三つのなんとか、ってあったよね", {"DX推進会議", "推進の原則"}),
        ("何％だったっけ、あの数字", {"推進の原則", "利用の調査"}),
        ("令和2年", {"DX推進会議", "利用の調査"}),
    ],
)
def test_a_figure_alone_is_asked_back_with_what_has_it(question: str, titles: set[str]) -> None:
    meeting = MEETING.model_copy(update={"passages": (Passage(text="令和2年に3つの部会を置いた。"),)})
    principles = MEETING.model_copy(
        update={"id": "a-1", "title": "推進の原則", "passages": (Passage(text="三原則を守り、8%を減らす。"),)}
    )
    survey = MEETING.model_copy(
        update={"id": "a-2", "title": "利用の調査", "passages": (Passage(text="令和2年度に53%が使った。"),)}
    )
    answer = small_decider(meeting, principles, survey).decide(question, 3)
    assert answer.outcome == "clarify"
    assert {c.title for c in answer.candidates} == titles


def test_what_is_only_recalled_is_asked_back() -> None:
    survey = MEETING.model_copy(
        update={"id": "a-2", "title": "利用の調査", "passages": (Passage(text="議長が調査を行う。"),)}
    )
    answer = small_decider(survey).decide("議長のことでちょっといい？", 3)
    assert {c.title for c in answer.candidates} == {"DX推進会議", "利用の調査"}


def test_two_questions_each_on_a_subject_of_its_own_are_both_answered() -> None:
    answer = DECIDER.decide("電子申請の目標は令和6年度に何手続で、DX推進会議の議長は誰なの？", 3)
    said = "".join(excerpt.text for excerpt in answer.excerpts)
    assert answer.outcome == "answer"
    assert "40手続" in said
    assert "市長を議長" in said
    assert {standing.title for standing in answer.standings} == {"電子申請の拡大", "DX推進会議"}


def test_two_questions_on_one_subject_stay_one() -> None:
    answer = DECIDER.decide("電子申請の目標は令和6年度に何手続で、電子申請の国の方針はいつまで？", 3)
    assert answer.title == "電子申請の拡大"
