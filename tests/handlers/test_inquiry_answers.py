"""What experts do with a question: answer, move, close, propose an article; who may: through the router."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import learning as texts
from knowledge.article import Audience
from knowledge.editing.store import ProposalState
from knowledge.learning.inquiry import State
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from tests.handlers.learning_city import SEAL, UNWRITTEN, Seat, open_city, outgoing, put
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


def test_a_name_is_told_only_when_the_asker_wants(services: Services, asker: Seat, expert: Seat) -> None:
    put(asker, name="yes")
    ((_, _, told),) = outgoing(services.stores)
    assert "青葉 花（市民窓口課）" in told.text
    expert.fill(expert.press(told, texts.ANSWER), answer="青です。")
    assert "青葉" not in str(services.stores.learning.list_inquiries())
    assert not any("青葉" in reply.text for _, _, reply in outgoing(services.stores))


def test_the_first_answer_wins_and_the_second_is_shown_it(
    services: Services, asker: Seat, expert: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    second = Seat(services, MANAGER)
    form = second.press(told, texts.ANSWER)
    expert.fill(expert.press(told, texts.ANSWER), answer="青です。")
    late = second.fill(form, answer="赤です。")
    assert texts.ALREADY_ANSWERED in late.text
    assert "青です。" in late.text
    assert "赤です。" in late.text
    told_askers = [reply for key, _, reply in outgoing(services.stores) if key.endswith("/told")]
    assert len(told_askers) == 1
    assert "赤です。" not in told_askers[0].text


def test_an_answer_is_checked_field_by_field(services: Services, asker: Seat, expert: Seat) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    form = expert.press(told, texts.ANSWER)
    wrong = expert.fill(form, answer="", title="", learn="?", phrasings="\n".join("あ" for _ in range(11)))
    assert wrong.form is not None
    assert {field.id for field in wrong.form.fields if field.error} == {"answer", "learn", "phrasings"}
    for values in ({"answer": "あ" * 2001}, {"answer": "1234 5678 9012"}, {"answer": "青", "title": " "}):
        again = expert.fill(form, **values)
        assert again.form is not None
        assert [field.id for field in again.form.fields if field.error] in (["answer"], ["title"])
    assert services.stores.learning.list_inquiries(State.ANSWERED) == []


def test_an_answer_need_not_become_an_article(services: Services, asker: Seat, expert: Seat) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="青です。", learn="no")
    assert [key.rpartition("/")[2] for key, _, _ in outgoing(services.stores)] == ["told"]
    assert services.stores.proposals.count_waiting() == 0


def test_phrasings_are_proposed_for_the_article_that_was_meant(
    services: Services, asker: Seat, expert: Seat, operator: Seat
) -> None:
    answer = asker.ask("印鑑登録証の再発行")
    form = asker.press(asker.press(answer, texts.WRONG), texts.ASK_EXPERT)
    asker.fill(asker.fill(form, question="ハンコの証明のカードが見当たらない"))
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(
        expert.press(told, texts.ANSWER),
        answer="窓口へお越しください。",
        learn="phrasing",
        phrasings="ハンコのカードを紛失",
    )
    waiting = [reply for key, to, reply in outgoing(services.stores) if to == OPERATOR.id]
    assert len(waiting) == 2
    for reply in waiting:
        assert texts.APPROVED in operator.press(reply, editing_texts.APPROVE).text
    services.knowledge.refresh()
    assert "窓口で届け出てから" in asker.ask("ハンコのカードを紛失").text


def test_another_office_is_given_the_question(
    services: Services, asker: Seat, expert: Seat, operator: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    form = expert.press(told, texts.MOVE)
    assert form.form is not None
    assert form.form.fields[0].error == ""
    for chosen, error in (("", texts.MOVE_MISSING), ("D11", texts.MOVE_SAME)):
        again = expert.fill(form, department=chosen)
        assert again.form is not None
        assert again.form.fields[0].error == error
    moved = expert.fill(form, department="D22")
    assert texts.MOVED.format(owner="デジタル推進室") in moved.text
    ((_, recipient, told_again),) = outgoing(services.stores)
    assert recipient == OPERATOR.id
    assert "デジタル推進室のDX推進リーダー" in expert.press(told, texts.ANSWER).text
    assert texts.ANSWERED in operator.fill(operator.press(told_again, texts.ANSWER), answer="青です。").text


def test_a_question_ends_without_an_answer_and_the_asker_is_told_why(
    services: Services, asker: Seat, expert: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    form = expert.press(told, texts.CLOSE)
    assert expert.fill(form, reason=" ").form is not None
    assert texts.CLOSED in expert.fill(form, reason="電話でお答えしました。").text
    ((_, recipient, reply),) = outgoing(services.stores)
    assert recipient == STAFF.id
    assert "電話でお答えしました。" in reply.text
    assert texts.NOT_OPEN in expert.press(told, texts.ANSWER).text


@pytest.mark.parametrize("who", [STAFF, HR, None])
@pytest.mark.parametrize("name", ["inquiry_answer", "inquiry_move", "inquiry_close", "inquiry"])
def test_others_may_not_touch_it(services: Services, asker: Seat, who: Person | None, name: str) -> None:
    put(asker)
    (inquiry,) = services.stores.learning.list_inquiries()
    reply = Seat(services, who).send(name, inquiry.id, answer="x", department="D22", reason="x")
    assert reply.form is None
    assert services.stores.learning.find_inquiry(inquiry.id) == inquiry


def test_a_leader_of_another_office_may_not_either(services: Services, asker: Seat) -> None:
    put(asker)
    (inquiry,) = services.stores.learning.list_inquiries()
    posts = (Post(department_id="D21", roles=frozenset({Role.STAFF, Role.LEADER})),)
    stranger = Seat(services, HR.model_copy(update={"posts": posts}))
    assert "市民窓口課のDX推進リーダー" in stranger.send("inquiry_answer", inquiry.id).text
    assert texts.INQUIRIES_NONE in stranger.send("inquiries").text


def test_what_waits_is_listed_for_those_who_answer(services: Services, asker: Seat, expert: Seat) -> None:
    assert texts.INQUIRIES_NONE in expert.send("inquiries").text
    put(asker)
    waiting = expert.press(expert.send("help"), texts.INQUIRIES)
    shown = expert.press(waiting, UNWRITTEN)
    assert texts.ANSWERED in expert.fill(expert.press(shown, texts.ANSWER), answer="青です。").text
    assert "青です。" in expert.press(waiting, UNWRITTEN).text
    assert texts.NO_INQUIRY in expert.send("inquiry", "nobody").text


def test_a_channel_can_stand_for_the_people(services: Services, asker: Seat) -> None:
    settings = services.settings.model_copy(update={"inquiry_channels": ("市民窓口課=slack/C0MADO",)})
    put(Seat(replace(services, settings=settings), STAFF))
    ((_, recipient, _),) = outgoing(services.stores)
    assert recipient == "C0MADO"


def test_without_anyone_in_the_office_the_operators_answer(sqlite_stores: SqlStores) -> None:
    services = open_city(sqlite_stores)
    sqlite_stores.directory.save(sqlite_stores.directory.list_departments(), [], [LEADER.id, MANAGER.id])
    put(Seat(services, STAFF))
    assert [recipient for _, recipient, _ in outgoing(sqlite_stores)] == [OPERATOR.id]


def test_who_is_alone_decides_alone(sqlite_stores: SqlStores) -> None:
    services = open_city(sqlite_stores)
    sqlite_stores.directory.save(sqlite_stores.directory.list_departments(), [], [LEADER.id, MANAGER.id])
    put(Seat(services, STAFF))
    ((_, _, told),) = outgoing(sqlite_stores)
    alone = Seat(services, OPERATOR)
    alone.fill(alone.press(told, texts.ANSWER), answer="青です。")
    (proposal,) = [reply for _, to, reply in outgoing(sqlite_stores) if to == OPERATOR.id]
    assert texts.APPROVED in alone.press(proposal, editing_texts.APPROVE).text


def test_without_anyone_at_all_it_is_said(sqlite_stores: SqlStores) -> None:
    services = open_city(sqlite_stores)
    gone = [LEADER.id, MANAGER.id, OPERATOR.id]
    sqlite_stores.directory.save(sqlite_stores.directory.list_departments(), [], gone)
    assert texts.NO_EXPERT in put(Seat(services, STAFF)).text


def test_a_proposal_is_turned_down_with_a_reason(
    services: Services, asker: Seat, expert: Seat, operator: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="青です。")
    (proposal,) = [reply for _, to, reply in outgoing(services.stores) if to == OPERATOR.id]
    assert asker.press(proposal, editing_texts.APPROVE).text.startswith("この記事を変えられるのは")
    assert (
        "この記事を変えられるのは" in asker.fill(asker.press(proposal, editing_texts.REJECT), reason="x").text
    )
    form = operator.press(proposal, editing_texts.REJECT)
    assert operator.fill(form, reason="").form is not None
    assert texts.REJECTED in operator.fill(form, reason="一時的な内容のため").text
    assert "却下" in operator.press(proposal, editing_texts.APPROVE).text
    assert texts.STATES["rejected"] in expert.press(told, texts.ANSWER).text
    ((_, recipient, reply),) = outgoing(services.stores)
    assert recipient == LEADER.id
    assert "一時的な内容のため" in reply.text


def _asked_again(asker: Seat, reply: Reply) -> Reply:
    """What comes of pressing 違う below an expert's answer, and sending the question once more."""
    form = asker.press(asker.press(reply, texts.WRONG), texts.ASK_EXPERT)
    return asker.fill(asker.fill(form))


def test_a_question_whose_answer_did_not_help_goes_to_who_answered_once_more(
    services: Services, asker: Seat, expert: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="青です。", learn="no")
    ((_, _, answered),) = outgoing(services.stores)
    assert texts.ASKED.format(owner="市民窓口課") in _asked_again(asker, answered).text
    ((_, recipient, again),) = outgoing(services.stores)
    assert recipient == LEADER.id
    assert UNWRITTEN in again.text and texts.EXPERT_AGAIN in again.text
    assert texts.ASKED_ALREADY in _asked_again(asker, answered).text
    expert.fill(expert.press(again, texts.ANSWER), answer="水色です。", learn="no")
    ((_, _, second),) = outgoing(services.stores)
    assert "水色です。" in second.text


def test_a_question_that_ended_without_an_answer_may_be_asked_again(
    services: Services, asker: Seat, expert: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.CLOSE), reason="もう少し詳しく")
    outgoing(services.stores)
    assert texts.ASKED.format(owner="市民窓口課") in put(asker).text
    assert len(outgoing(services.stores)) == 1


def test_what_is_learned_about_a_restricted_article_is_for_those_who_see_that(services: Services) -> None:
    kept = SEAL.model_copy(update={"visible_to": (Audience.LEADER, Audience.MANAGER)})
    services.stores.articles.replace_source("窓口", [kept])
    services.knowledge.refresh()
    asker, expert, staff = Seat(services, MANAGER), Seat(services, LEADER), Seat(services, STAFF)
    form = asker.press(asker.press(asker.ask(SEAL.title), texts.WRONG), texts.ASK_EXPERT)
    asker.fill(asker.fill(form, question="印鑑登録証の再発行の手数料の免除は"))
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="免除は内示のあとです。", title="再発行の免除")
    messages = [(recipient, reply) for _, recipient, reply in outgoing(services.stores)]
    ((_, waiting),) = [one for one in messages if one[1].title == editing_texts.WAITING_TITLE]
    assert [recipient for recipient, _ in messages] == [MANAGER.id, MANAGER.id], "no operator is shown it"
    assert "見られる人: DX推進リーダー・所属長だけです" in waiting.text
    assert texts.APPROVED in asker.press(waiting, editing_texts.APPROVE).text
    services.knowledge.refresh()
    assert "内示のあと" in expert.ask("再発行の免除は").text
    assert "内示のあと" not in staff.ask("再発行の免除は").text


def test_what_is_learned_from_a_restricted_answer_not_approved_yet_is_restricted_as_well(
    services: Services,
) -> None:
    kept = SEAL.model_copy(update={"visible_to": (Audience.LEADER, Audience.MANAGER)})
    services.stores.articles.replace_source("窓口", [kept])
    services.knowledge.refresh()
    asker, expert = Seat(services, MANAGER), Seat(services, LEADER)
    form = asker.press(asker.press(asker.ask(SEAL.title), texts.WRONG), texts.ASK_EXPERT)
    asker.fill(asker.fill(form, question="印鑑登録証の再発行の手数料の免除は"))
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="内示のあとです。", learn="no")
    ((_, _, answered),) = outgoing(services.stores)
    _asked_again(asker, answered)
    ((_, _, again),) = outgoing(services.stores)
    expert.fill(expert.press(again, texts.ANSWER), answer="春の内示のあとです。")
    (proposal,) = services.stores.proposals.list_proposals(ProposalState.WAITING)
    assert proposal.article is not None and proposal.article.visible_to == kept.visible_to
