"""Results from closing on: who sees what, in chat and on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.charts.chart import Chart
from bot.handlers.survey_results import MOST_LABEL, MOST_TEXTS, short_label
from bot.jobs.results import publish_results
from bot.messages import Items, Reply, Table
from bot.services import Services
from bot.texts.ja import disclosure as disclosure_texts
from bot.texts.ja import results as texts
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from surveys.columns import columns_of
from surveys.disclosure import CITY, Declared, Refusal
from surveys.publishing import publish_more, publish_round
from surveys.results import way_label
from surveys.round import State
from surveys.store import Kept, SurveyStore
from surveys.submission import Submission
from tests.surveys.city import Seat, city
from tests.surveys.rounds import SECTIONS, answer_round, work_members, work_round
from tests.surveys.samples import NOW, members, opened, planned, survey
from tests.web.city import HR, STAFF

ANONYMOUS = """
id: anonymous
title: 無記名の調査
purpose: 試すため
readers: 試す人
identity: anonymous
questions:
  - {id: T, type: long_text, text: 意見}
"""


def _write_anonymously(surveys: SurveyStore, count: int) -> list[str]:
    """The closed round `many`, in which so many people wrote something of their own; what they wrote, sorted."""
    planned_round = planned(survey(ANONYMOUS), "many")
    assert surveys.plan_round(planned_round)
    sections = {"headcounts": {"D11": count - 1, "D12": 1}}
    assert surveys.open_round(opened(planned_round, count).model_copy(update=sections), members(count))
    written = [f"意見{number:04}" for number in range(count)]
    for member, text in zip(members(count), reversed(written), strict=True):
        sent = Submission(
            round_id="many",
            person_id=member.person_id,
            revision=1,
            sent_at=NOW,
            attributes={},
            answers={"T": text},
        )
        assert surveys.keep_submission(sent) is Kept.STORED
    assert surveys.close_round("many")
    return written


def manager(section: str) -> Person:
    """The 所属長 of a 課 of the round."""
    post = Post(department_id=section, roles=frozenset({Role.STAFF, Role.MANAGER}))
    return Person(id="900009", name="所属 長", email="m@city.example", posts=(post,))


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """The city after a round has closed and been published."""
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round())
    assert publish_results(made)["published"] == 1
    assert publish_results(made)["published"] == 0
    return made


def tables(reply: Reply) -> list[Table]:
    return [part for part in reply.parts if isinstance(part, Table)]


def test_nobody_sees_results_before_closing(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores)
    round_ = work_round()
    assert sqlite_stores.surveys.plan_round(round_.model_copy(update={"state": State.PLANNED}))
    assert sqlite_stores.surveys.open_round(round_, [])
    assert Seat(made, HR).send("results_show", "round-1").text == texts.NOT_CLOSED
    assert texts.NONE in Seat(made, HR).ask("結果").text


def test_typed_words_lead_to_a_question_with_chart_and_table(services: Services) -> None:
    seat = Seat(services, STAFF)
    shown = seat.press(seat.ask("結果"), "働き方の調査 試行 round-1")
    assert "公表番号 1" in shown.text
    question = seat.press(shown, "満足度")
    assert any(isinstance(part, Chart) for part in question.parts)
    (table,) = tables(question)
    assert table.columns[:2] == (texts.GROUP, texts.BASE)
    by_section = seat.press(question, texts.OTHER_WAYS.format(way=texts.BY_SECTION))
    assert {"1の1課", "2の3課"} <= {row[0] for row in tables(by_section)[0].rows}


def test_what_is_not_published_is_named_with_the_reason(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round(), share=0.08)
    assert publish_results(made)["published"] == 1
    (publication,) = sqlite_stores.publications.list_publications("round-1")
    shown = {table.question for table in publication.tables}
    without = {one.question for one in publication.left} - shown
    assert without and shown
    said = Seat(made, STAFF).send("results_show", "round-1").text
    for column in columns_of(work_round().definition):
        assert (f"「{column.label}」" in said) == (column.id in without)
    assert disclosure_texts.TOO_FEW in said
    for one in (one for one in publication.left if one.question in shown):
        reply = Seat(made, STAFF).send("results_question", f"round-1|{one.question}|{CITY}")
        assert f"公表しない表: {way_label(work_round(), one.by)}" in reply.text and one.reason in reply.text


def test_a_chat_has_a_button_to_the_page_and_the_page_has_none_to_itself(services: Services) -> None:
    chat = Seat(services, HR, "slack").send("results_show", "round-1")
    assert [one.url for one in chat.actions if one.url] == ["http://127.0.0.1:8080/surveys/round-1/results"]
    assert [one.url for one in Seat(services, HR).send("results_show", "round-1").actions if one.url] == []


def test_every_button_of_every_question_answers(services: Services) -> None:
    seat = Seat(services, HR)
    for action in seat.send("results_show", "round-1").actions:
        reply = seat.send(action.name, action.value)
        assert texts.NO_SUCH not in reply.text
        for further in reply.actions:
            assert texts.NO_SUCH not in seat.send(further.name, further.value).text


def test_every_question_and_round_is_reached_by_turning_pages(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    for number in range(12):
        answer_round(sqlite_stores.surveys, work_round(f"round-{number}"), share=0.2)
    many = [f"Q{number}" for number in range(1, 27)]
    questions = [
        {"id": name, "type": "single", "text": f"問い{name}", "options": ["x", "y"]} for name in many
    ]
    round_ = work_round("many", questions=questions, breakdowns=[], tables=[])
    assert sqlite_stores.surveys.plan_round(round_.model_copy(update={"state": State.PLANNED}))
    assert sqlite_stores.surveys.open_round(round_, work_members())
    for place, member in enumerate(work_members()):
        answers = dict.fromkeys(many, "xy"[place % 2])
        attributes = round_.attributes_of(member)
        sent = Submission(
            round_id="many",
            person_id=member.person_id,
            revision=1,
            sent_at=NOW,
            attributes=attributes,
            answers=answers,
        )
        assert sqlite_stores.surveys.keep_submission(sent) is Kept.STORED
    assert sqlite_stores.surveys.close_round("many")
    found = sqlite_stores.surveys.find_round("many")
    assert found is not None
    assert publish_round(found, sqlite_stores.surveys, sqlite_stores.publications, NOW)
    seat = Seat(made, HR)
    first = seat.ask("結果")
    second = seat.press(first, "次の 11～13 番目")
    labels = {action.label for reply in (first, second) for action in reply.actions}
    assert {f"働き方の調査 試行 round-{number}" for number in range(12)} <= labels
    assert seat.press(second, "前の 1～10 番目") == first
    head = seat.send("results_show", "many")
    rest = seat.press(head, "次の 21～26 番目")
    reached = {action.label for reply in (head, rest) for action in reply.actions}
    assert {f"問い{name}" for name in many} <= reached
    assert "問いQ26" in seat.press(rest, "問いQ26").title
    assert seat.press(rest, "前の 1～20 番目") == head


def test_rows_of_a_long_matrix_have_buttons_of_their_own(services: Services) -> None:
    text = "担当業務について、今の端末と通信の環境のままでテレワークで行うことができると思うもの"
    rows = [{"doc": "資料作成"}, {"call": "電話"}]
    definition = survey(
        questions=[{"id": "X", "type": "matrix", "text": text, "rows": rows, "options": ["a", "b"]}]
    )
    labels = [short_label(column) for column in columns_of(definition)]
    assert [label[-4:] for label in labels] == ["資料作成", ": 電話"]
    assert all(len(label) <= MOST_LABEL for label in labels)


def test_a_further_publication_is_told_with_its_own_day(services: Services) -> None:
    later = replace(services, clock=lambda: NOW + timedelta(days=30))
    (first,) = services.stores.publications.list_publications("round-1")
    further = first.model_copy(update={"number": 2, "tables": ()})
    assert services.stores.publications.add_publication(further, later.clock())
    said = Seat(later, HR).send("results_show", "round-1").text
    assert "公表番号 2、公表日 令和8年12月24日" in said


def test_free_text_is_for_the_readers_alone_and_on_record(services: Services) -> None:
    reply = Seat(services, HR).send("results_text", "round-1")
    assert reply.fleeting
    assert "ご意見" in reply.text
    assert not any(name in reply.text for name in SECTIONS)
    assert "ご意見" not in Seat(services, STAFF).send("results_text", "round-1").text
    (refusal,) = services.stores.audit.list_events(1)
    assert (refusal.actor, refusal.action, refusal.target) == (
        STAFF.id,
        "permission.refused",
        "results_text",
    )
    assert "results.text" in {event.action for event in services.stores.audit.list_events()}


def test_a_round_for_one_section_shows_nothing_that_is_never_shown_by_section(
    sqlite_stores: SqlStores,
) -> None:
    """Where one 課 is asked, 部 and 全庁 are that 課: neither the question with never_by: 課 nor the texts come out."""
    made = city(sqlite_stores, NOW + timedelta(days=8))
    alone = work_round().model_copy(update={"headcounts": {"D11": 20}})
    answer_round(sqlite_stores.surveys, alone, share=1.0)
    assert publish_results(made)["published"] == 1
    (publication,) = sqlite_stores.publications.list_publications("round-1")
    assert "F" in {table.question for table in publication.tables}
    assert "S" not in {table.question for table in publication.tables}
    assert ("S", disclosure_texts.NEVER) in {(one.question, one.reason) for one in publication.left}
    more = publish_more(alone, [Declared("S", ("K",))], sqlite_stores.publications, NOW)
    assert isinstance(more, Refusal) and more.reason == disclosure_texts.NEVER
    reply = Seat(made, HR).send("results_text", "round-1")
    assert texts.TEXTS_FEW in reply.text and "ご意見" not in reply.text


def test_texts_of_fewer_than_five_are_not_shown(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    _write_anonymously(sqlite_stores.surveys, 4)
    assert texts.TEXTS_FEW in Seat(made, HR).send("results_text", "many").text


def test_all_free_text_of_an_anonymous_round_can_be_read_page_by_page(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    written = _write_anonymously(sqlite_stores.surveys, 2 * MOST_TEXTS + 10)
    seat = Seat(made, HR)
    read: list[str] = []
    labels: list[str] = []
    reply = seat.send("results_text", "many")
    while True:
        (items,) = [part for part in reply.parts if isinstance(part, Items)]
        read += map(str, items.items)
        after = [one for one in reply.actions if one.label.startswith("次（")]
        if not after:
            break
        labels.append(after[0].label[: len("次（201～400件目）")])
        reply = seat.send(after[0].name, after[0].value)
    assert read == written
    assert labels == ["次（201～400件目）", "次（401～410件目）"]
    (before,) = [one for one in reply.actions if one.label.startswith("前（")]
    assert "意見0200" in seat.send(before.name, before.value).text
    for wrong in ("many|X|0", "many|T|999", "many|T|9999999|1"):
        assert "意見0409" not in seat.send("results_text", wrong).text


def test_a_round_for_its_readers_shows_managers_their_own_rows(sqlite_stores: SqlStores) -> None:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round(share="readers"))
    publish_results(made)
    assert "ご覧になれません" in Seat(made, STAFF).send("results_show", "round-1").text or not tables(
        Seat(made, STAFF).send("results_question", "round-1|F|課")
    )
    (refusal,) = made.stores.audit.list_events(1)
    assert (refusal.action, refusal.target) == ("permission.refused", "results_question")
    own = Seat(made, manager("D11")).send("results_question", "round-1|F|課")
    assert {row[0] for row in tables(own)[0].rows} == {"1の1課"}


def test_unknown_rounds_and_tables_are_said_politely(services: Services) -> None:
    seat = Seat(services, HR)
    assert texts.NO_SUCH in seat.send("results_show", "no-such").text
    assert texts.NO_SUCH in seat.send("results_question", "round-1|S|課").text
    assert texts.NO_SUCH in seat.send("results_question", "").text


def test_waves_stand_side_by_side(services: Services) -> None:
    later = work_round("round-2").model_copy(update={"closes_at": NOW + timedelta(days=7, hours=1)})
    answer_round(services.stores.surveys, later, seed=2)
    publish_results(services)
    reply = Seat(services, HR).send("results_question", "round-2|F|全庁")
    assert [row[0] for row in tables(reply)[-1].rows] == ["試行 round-1", "試行 round-2"]
