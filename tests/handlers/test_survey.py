"""A survey from the list to the receipt, through the router."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Reply, Table
from bot.services import Services
from bot.texts.ja import results as result_texts
from bot.texts.ja import surveys as texts
from storage.stores import SqlStores
from surveys.definition import Identity
from surveys.opening import POOL
from tests.surveys.city import Seat, city, open_round, staff
from tests.surveys.content import shipped
from tests.surveys.samples import NOW, survey
from tests.web.city import OPERATOR, REAL, STAFF

# The pages of the survey with every type, as people fill them in.
FILLED: dict[str, dict[str, str | list[str]]] = {
    "S": {"S": "a"},
    "M": {"M": ["y", "x"]},
    "F": {"F": "4"},
    "X": {"X.r1": "ok", "X.r2": ""},
    "N": {"N": "２．５"},
    "D": {"D": "2026/5/1"},
    "T": {"T": "  短い\t文 "},
    "L": {"L": "一行目\r\n二行目"},
}
STORED = {
    "S": "a",
    "M": ("x", "y"),
    "F": "4",
    "X": {"r1": "ok"},
    "N": 2.5,
    "D": "2026-05-01",
    "T": "短い 文",
    "L": "一行目\n二行目",
}


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """The city with the survey of every type open."""
    made = city(sqlite_stores)
    open_round(sqlite_stores, survey())
    return made


def begin(seat: Seat, round_id: str = "round-1") -> Reply:
    """The first page."""
    return seat.press(seat.send("survey_start", round_id), texts.START)


def fill(seat: Seat, reply: Reply, filled: dict[str, dict[str, str | list[str]]] = FILLED) -> Reply:
    """Fill every page that comes, up to the confirmation."""
    while reply.form is not None and reply.form.name == "survey_page":
        values = filled[reply.form.fields[0].id]
        reply = seat.send("survey_page", reply.form.value, "", **values)
    return reply


def send(seat: Seat, reply: Reply) -> Reply:
    """Send what the confirmation shows."""
    assert reply.form is not None
    return seat.send(reply.form.name, reply.form.value)


def table(reply: Reply) -> dict[str, str]:
    """What a confirmation or receipt shows."""
    (found,) = [part for part in reply.parts if isinstance(part, Table)]
    return dict(found.rows)  # type: ignore[arg-type]


def test_from_the_list_to_the_receipt(services: Services) -> None:
    seat = staff(services)
    listed = seat.ask("調査")
    assert "すべての形の調査（令和8年12月1日 10:00まで" in listed.text
    notice = seat.press(listed, "回答する: すべての形の調査")
    for words in (
        "試すため",
        "試す人",
        "見る人にはわかりません。システム管理者は締切まで調べられます",
        "回答と課・部・役割",
        "締切から1年で消します",
        "12月1日 10:00まで直せます",
        "任意です。答えなくても不利になりません",
    ):
        assert words in notice.text
    first = seat.press(notice, texts.START)
    assert first.form is not None
    assert (first.form.step, first.form.fields[0].required) == (1, True)
    confirmed = fill(seat, first)
    assert confirmed.form is not None
    assert confirmed.form.step == confirmed.form.steps == 9
    assert table(confirmed) == {
        "一つ": "あ",
        "いくつか": "x、y",
        "五段階": "4",
        "表": "r1: ok",
        "数": "2.5",
        "日": "2026-05-01",
        "短く": "短い 文",
        "長く": "一行目\n二行目",
    }
    assert services.stores.surveys.list_sheets("round-1") == []
    done = send(seat, confirmed)
    assert done.title == texts.RECEIPT_TITLE
    assert table(done) == table(confirmed)
    (sheet,) = services.stores.surveys.list_sheets("round-1")
    assert sheet.answers == STORED
    assert {key.value: value for key, value in sheet.attributes.items()} == {
        "section": "D11",
        "division": "D10",
        "role": "staff",
    }
    assert texts.DONE in seat.ask("調査").text


def test_a_second_press_and_an_edit(services: Services) -> None:
    seat = staff(services)
    confirmed = fill(seat, begin(seat))
    send(seat, confirmed)
    again = send(seat, confirmed)
    assert again.title == texts.RECEIPT_TITLE
    assert len(services.stores.surveys.list_sheets("round-1")) == 1
    edited = seat.press(again, texts.EDIT)
    assert edited.form is not None
    assert edited.form.fields[0].value == "a"
    send(seat, fill(seat, edited, FILLED | {"S": {"S": "b"}}))
    (sheet,) = services.stores.surveys.list_sheets("round-1")
    assert sheet.answers["S"] == "b"
    assert "N" not in sheet.answers  # hidden by now


def test_an_edit_that_is_not_sent_leaves_what_was_sent(services: Services) -> None:
    seat = staff(services)
    again = send(seat, fill(seat, begin(seat)))
    edited = seat.press(again, texts.EDIT)
    assert edited.form is not None
    seat.send("survey_page", edited.form.value, "", S="b")
    assert texts.DRAFTED_AGAIN in seat.ask("調査").text
    assert services.stores.surveys.close_round("round-1")
    late = seat.send("survey_page", edited.form.value, "", S="b")
    assert late.text.endswith(texts.STILL_STANDS)
    (sheet,) = services.stores.surveys.list_sheets("round-1")
    assert sheet.answers["S"] == "a"


def test_a_draft_is_resumed_elsewhere_and_back_goes_back(services: Services) -> None:
    chat, web = staff(services, "slack"), staff(services)
    second = chat.send("survey_page", begin(chat).form.value, "", S="a")  # type: ignore[union-attr]
    assert second.form is not None
    saved = chat.send("survey_save", second.form.value, "", M=["x"])
    assert saved.title == texts.SAVED_TITLE
    assert texts.DRAFTED in web.ask("調査").text
    resumed = web.press(web.send("survey_start", "round-1"), texts.GO_ON)
    assert resumed.form is not None
    assert (resumed.form.fields[0].id, resumed.form.fields[0].value) == ("M", ("x",))
    before = web.send("survey_back", resumed.form.value, "", M=["z"])
    assert before.form is not None
    assert (before.form.fields[0].id, before.form.fields[0].value) == ("S", "a")
    draft = services.stores.surveys.find_draft("round-1", STAFF.id)
    assert draft is not None
    assert draft.answers == {"S": "a", "M": ("z",)}


def test_what_was_confirmed_is_what_is_stored(services: Services) -> None:
    one, other = staff(services, "slack"), staff(services)
    confirmed = fill(one, begin(one))
    other.send("survey_page", "round-1/0", "", S="b")
    shown = send(one, confirmed)
    assert shown.form is not None
    assert shown.form.intro == texts.CHANGED_ELSEWHERE
    assert services.stores.surveys.list_sheets("round-1") == []
    assert table(shown)["一つ"] == "い"
    send(one, shown)
    assert [sheet.answers["S"] for sheet in services.stores.surveys.list_sheets("round-1")] == ["b"]


@pytest.mark.parametrize(
    ("page", "values", "words"),
    [
        (0, {"S": ""}, texts.REQUIRED),
        (0, {"S": "c"}, texts.NOT_AN_OPTION),
        (0, {"S": ["a", "b"]}, texts.NOT_AN_OPTION),
        (1, {"M": ["x", "y", "z"]}, "2つまで"),
        (1, {"M": ["x", "none"]}, "一緒に選べません"),
        (1, {"M": ["x", "q"]}, texts.NOT_AN_OPTION),
        (2, {"F": "6"}, texts.NOT_AN_OPTION),
        (3, {"X.r1": "maybe"}, texts.NOT_AN_OPTION),
        (4, {"N": "2.3"}, "0.5きざみ"),
        (4, {"N": "10.5"}, "0から10まで"),
        (4, {"N": "-1"}, "0から10まで"),
        (4, {"N": "三"}, texts.NOT_A_NUMBER),
        (4, {"N": "1e3"}, texts.NOT_A_NUMBER),
        (5, {"D": "2026-02-30"}, texts.NOT_A_DATE),
        (5, {"D": "2027-04-01"}, "2027-03-31まで"),
        (6, {"T": "あ" * 101}, "100字まで"),
        (7, {"L": "あ" * 31}, "30字まで"),
        (7, {"L": "番号 1234-5678-9018"}, texts.PERSONAL_NUMBER),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(
    services: Services, page: int, values: dict[str, str | list[str]], words: str
) -> None:
    seat = staff(services)
    seat.send("survey_page", "round-1/0", "", S="a")
    before = services.stores.surveys.find_draft("round-1", STAFF.id)
    reply = seat.send("survey_page", f"round-1/{page}", "", **values)
    assert reply.form is not None
    (field,) = reply.form.fields
    assert words in field.error
    assert services.stores.surveys.find_draft("round-1", STAFF.id) == before


def test_a_personal_number_is_neither_kept_nor_repeated(services: Services) -> None:
    seat = staff(services, "slack")
    seat.send("survey_page", "round-1/0", "", S="a")
    for way in ("survey_page", "survey_save", "survey_back"):
        reply = seat.send(way, "round-1/6", "", T="１２３４ ５６７８ ９０１８")
        assert reply.form is not None
        assert texts.STILL_IN_CHAT["slack"] in reply.form.fields[0].error
        assert "１２３４" not in reply.model_dump_json()
    draft = services.stores.surveys.find_draft("round-1", STAFF.id)
    assert draft is not None
    assert "T" not in draft.answers


@pytest.mark.parametrize(
    ("name", "value", "values", "words"),
    [
        ("survey_page", "round-9/0", {"S": "a"}, texts.NO_SUCH_ROUND),
        ("survey_page", "round-1/0", {"Z": "a"}, texts.UNKNOWN_FIELD),
        ("survey_page", "round-1/0", {"S": "a", "T": "x"}, texts.UNKNOWN_FIELD),
        ("survey_page", "round-1/3", {"X.r9": "ok"}, texts.UNKNOWN_FIELD),
        ("survey_page", "", {}, texts.NO_SUCH_ROUND),
        ("survey_start", "'; drop table", {}, texts.NO_SUCH_ROUND),
    ],
)
def test_forged_requests_store_nothing(
    services: Services, name: str, value: str, values: dict[str, str | list[str]], words: str
) -> None:
    reply = staff(services).send(name, value, "", **values)
    assert words in reply.text
    draft = services.stores.surveys.find_draft("round-1", STAFF.id)
    assert draft is None or draft.answers == {}


@pytest.mark.parametrize(
    "value", ["round-1/99", "round-1/-1", "round-1/x", "round-1/99999999999", "round-1/4"]
)
def test_a_page_that_is_none_leads_back_to_the_draft(services: Services, value: str) -> None:
    reply = staff(services).send("survey_page", value, "", S="a")
    assert reply.form is not None
    assert reply.form.fields[0].id == "S"


def test_only_the_audience_answers(services: Services) -> None:
    open_round(services.stores, survey(audience={"departments": ["市民自治部"]}), "round-2")
    asked = Seat(services, STAFF).send("survey_start", "round-2")
    assert asked.actions
    stranger = Seat(services, OPERATOR).send("survey_start", "round-2")
    assert "対象ではない" in stranger.text
    assert Seat(services, None).send("survey_page", "round-2/0", "", S="a").form is None
    assert services.stores.surveys.find_draft("round-2", OPERATOR.id) is None


def test_a_round_that_closes_while_somebody_is_on_page_2(services: Services) -> None:
    seat = staff(services)
    second = seat.send("survey_page", begin(seat).form.value, "", S="a")  # type: ignore[union-attr]
    assert second.form is not None
    late = Seat(replace(services, clock=lambda: NOW + timedelta(days=7)), STAFF)
    assert "締め切りました" in late.send("survey_page", second.form.value, "", M=["x"]).text
    services.stores.surveys.close_round("round-1")
    for name in ("survey_page", "survey_save", "survey_back", "survey_submit", "survey_show", "survey_start"):
        reply = seat.send(name, second.form.value, "", M=["x"])
        assert "締め切りました" in reply.text
        assert reply.form is None
    assert services.stores.surveys.list_sheets("round-1") == []


def test_required_questions_are_asked_for_before_sending(services: Services) -> None:
    seat = staff(services)
    seat.send("survey_save", begin(seat).form.value, "", S="")  # type: ignore[union-attr]
    assert services.stores.surveys.find_draft("round-1", STAFF.id) is None  # nothing was answered yet
    for revision in (1, 2):
        reply = seat.send("survey_submit", f"round-1/{revision}")
        assert reply.form is not None
        assert reply.form.fields[0].error == texts.REQUIRED
    seat.send("survey_page", "round-1/7", "", L="文")
    reply = seat.send("survey_submit", "round-1/2")
    assert reply.form is not None
    assert reply.form.fields[0].error == texts.REQUIRED
    assert services.stores.surveys.list_sheets("round-1") == []


def test_an_anonymous_round_takes_one_and_says_so_beforehand(sqlite_stores: SqlStores) -> None:
    services = city(sqlite_stores)
    open_round(sqlite_stores, survey(identity=Identity.ANONYMOUS))
    seat = staff(services)
    assert "送った後は、本人でも直せません" in seat.send("survey_start", "round-1").text
    confirmed = fill(seat, begin(seat))
    done = send(seat, confirmed)
    assert done.fleeting
    assert not done.actions
    for name in ("survey_start", "survey_show", "survey_submit", "survey_page"):
        assert "回答済み" in seat.send(name, "round-1/0", "", S="b").text
    (sheet,) = sqlite_stores.surveys.list_sheets("round-1")
    assert {key.value: value for key, value in sheet.attributes.items()} == {
        "division": POOL  # of neither 部 five people are asked
    }
    assert sqlite_stores.surveys.find_draft("round-1", STAFF.id) is None


def test_a_delicate_survey_sends_chats_to_its_page(sqlite_stores: SqlStores) -> None:
    services = city(sqlite_stores, DXBOT_PUBLIC_URL="https://dx.city.example")
    open_round(sqlite_stores, survey(identity=Identity.ANONYMOUS))
    chat = Seat(services, STAFF, "slack")
    aloud = chat.send("survey_start", "round-1")
    assert aloud.actions == ()
    assert texts.LINK_IN_PRIVATE in aloud.text


@pytest.mark.parametrize("name", ["telework-needs", "telework-usage", "open-data-needs"])
def test_the_notice_promises_no_more_than_what_is_done(sqlite_stores: SqlStores, name: str) -> None:
    """Where a draft goes on, who sees which results, and what a backup still holds: as the code has it, in the notice's words."""
    services = city(sqlite_stores)
    definition = shipped(name)
    open_round(sqlite_stores, definition)
    seat = staff(services)
    first = seat.press(seat.send("survey"), f"{texts.ANSWER}: {definition.title}")
    rest = seat.press(first, texts.DETAILS)
    assert [(action.label, action.main) for action in rest.actions] == [(texts.START, True)]
    assert [action.label for action in first.actions if action.main] == [texts.START]
    notice = f"{first.text}\n{rest.text}"
    for channel, words in (("slack", "Slack"), ("teams", "Teams")):
        assert (words in notice) == (channel in definition.allowed_channels)
    assert definition.share == "audience" and "集計は全職員" in definition.readers
    has_texts = any(question.type.is_text for question in definition.questions)
    assert all((reader in definition.readers) is has_texts for reader in ("職員課", "デジタル推進室"))
    assert "控え（バックアップ）" in notice
    limits = {one.smallest_count for one in definition.questions}
    assert all(f"{limit}人未満" in notice for limit in limits)
    assert definition.contact in notice


def test_nobody_is_promised_to_be_told_of_results() -> None:
    """Results are looked up; no message goes out when they are there."""
    assert not any("お知らせします" in said for said in (*texts.THANKS.values(), result_texts.NONE))


def test_reminders_can_be_muted(services: Services) -> None:
    seat = Seat(services, REAL)
    muted = seat.send("survey_mute", "round-1")
    assert services.stores.surveys.list_muted("round-1") == {REAL.id}
    assert [action.label for action in muted.actions] == [texts.MUTE_ALL, texts.UNMUTE]
    all_muted = seat.press(muted, texts.MUTE_ALL)
    assert services.stores.surveys.list_muted("round-2") == {REAL.id}
    seat.press(all_muted, texts.UNMUTE)
    assert services.stores.surveys.list_muted("round-1") == set()


def test_muted_reminders_come_back_by_words_and_by_a_button_in_the_list(services: Services) -> None:
    seat = Seat(services, REAL)
    muted = services.stores.surveys.list_muted
    for words in (texts.MUTE_ALL, "調査の督促を止める"):
        seat.ask(words)
        assert muted("round-1") == {REAL.id}
        assert "また受け取る" in seat.ask(texts.UNMUTE).text
        assert muted("round-1") == set()
    assert texts.UNMUTE not in [action.label for action in seat.ask("調査").actions]
    seat.send("survey_mute", "round-1")
    seat.press(seat.ask("調査"), texts.UNMUTE)
    assert muted("round-1") == set()


@pytest.mark.parametrize("forged", ["no-such-round", ""])
def test_a_round_that_is_none_cannot_be_muted(services: Services, forged: str) -> None:
    assert texts.NO_SUCH_ROUND in Seat(services, REAL).send("survey_mute", forged).text
    assert services.stores.surveys.list_muted(forged) == set()


def test_what_stands_alone_comes_last(sqlite_stores: SqlStores) -> None:
    services = city(sqlite_stores)
    open_round(sqlite_stores, shipped("telework-needs"))
    seat = staff(services)
    first = begin(seat).form
    assert first is not None
    page = seat.send("survey_page", first.value, "", N5="weekly").form
    assert page is not None
    (reasons,) = [field for field in page.fields if field.id == "N8"]
    assert reasons.exclusive == ("none",)
    assert [choice.value for choice in reasons.choices][-2:] == ["other", "none"]


def test_the_directory_fills_in_what_it_knows(sqlite_stores: SqlStores) -> None:
    services = city(sqlite_stores)
    text = """
id: prefilled
title: 名簿から
purpose: 試すため
readers: 試す人
questions:
  - {id: P, type: single, text: 所属, prefill: section}
  - {id: R, type: short_text, text: 役割, prefill: role}
"""
    open_round(sqlite_stores, survey(text))
    seat = staff(services)
    first = begin(seat)
    assert first.form is not None
    assert first.form.fields[0].value == "D11"
    assert len(first.form.fields[0].choices) > 1
    second = seat.send("survey_page", first.form.value, "", P="D11")
    assert second.form is not None
    assert second.form.fields[0].value == "職員"
