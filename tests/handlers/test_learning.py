"""Feedback, asking the experts, the queue of unanswered questions, and consultation desks: through the router."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs.retention import forget_expired
from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import learning as texts
from knowledge.learning.feedback import ArticleFeedback
from knowledge.learning.inquiry import State
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, UNWRITTEN, Seat, later, open_city, outgoing
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


@pytest.fixture
def asker(services: Services) -> Seat:
    return Seat(services, STAFF)


@pytest.fixture
def expert(services: Services) -> Seat:
    return Seat(services, LEADER)


@pytest.fixture
def operator(services: Services) -> Seat:
    return Seat(services, OPERATOR)


def labels(reply: Reply) -> list[str]:
    return [action.label for action in reply.actions]


def put(asker: Seat, question: str = UNWRITTEN, name: str = "no") -> Reply:
    form = asker.press(asker.ask(question), texts.ASK_EXPERT)
    return asker.fill(asker.fill(form), name=name)


# Feedback -------------------------------------------------------------------------------------------------


def test_every_answer_can_be_judged_and_the_judgement_changed(services: Services, asker: Seat) -> None:
    answer = asker.ask("BPRとは何ですか")
    assert labels(answer)[-2:] == [texts.SOLVED, texts.WRONG]
    thanks = asker.press(answer, texts.SOLVED)
    assert texts.THANKS in thanks.text
    asker.press(answer, texts.SOLVED)
    counts = services.stores.learning.count_feedback(NOW.date())
    assert counts == [ArticleFeedback("term:bpr", 1, 0, askers=1)]
    asker.press(thanks, texts.STILL_WRONG)
    counts = services.stores.learning.count_feedback(NOW.date())
    assert counts == [ArticleFeedback("term:bpr", 0, 1, askers=1)]


def test_a_wrong_answer_is_followed_by_candidates_and_the_experts(services: Services, asker: Seat) -> None:
    sorry = asker.press(asker.ask("RPAとは何ですか"), texts.WRONG)
    assert texts.ASK_EXPERT in labels(sorry)
    for action in sorry.actions:
        assert ask_texts.UNKNOWN_ACTION not in asker.send(action.name, action.value).text
    assert [q.question for q in services.stores.learning.list_questions()] == ["RPAとは何ですか"]


def test_an_opened_article_can_be_judged_too(asker: Seat) -> None:
    article = asker.send("article", "term:rpa")
    assert texts.SORRY_ASK in asker.press(article, texts.WRONG).text


@pytest.mark.parametrize("value", ["", "|", "|q"])
def test_a_button_that_carries_nothing_is_answered_politely(asker: Seat, value: str) -> None:
    assert texts.FEEDBACK_STALE in asker.send("solved", value).text
    assert texts.FEEDBACK_STALE in asker.send("wrong", value).text


def test_only_the_operator_reads_the_counts_and_that_is_on_record(
    services: Services, asker: Seat, operator: Seat
) -> None:
    assert texts.COUNTS_NONE in operator.send("feedback_counts").text
    asker.press(asker.ask("BPRとは何ですか"), texts.WRONG)
    assert "評価の集計の閲覧" in asker.send("feedback_counts").text
    shown = operator.press(operator.send("help"), texts.COUNTS_TITLE)
    assert "BPR / 0 / 1" in shown.text
    assert [event.action for event in services.stores.audit.list_events()] == [
        "feedback.read",
        "permission.refused",
        "feedback.read",
    ]
    assert labels(operator.press(shown, "BPR"))


# Asking the experts ---------------------------------------------------------------------------------------


def test_the_loop_from_unknown_to_found(stores: SqlStores) -> None:
    services = open_city(stores)  # on both databases
    asker, expert, operator = (Seat(services, person) for person in (STAFF, LEADER, OPERATOR))
    assert texts.ASKED.format(owner="市民窓口課") in put(asker).text
    ((_, recipient, told),) = outgoing(services.stores)
    assert recipient == LEADER.id
    assert UNWRITTEN in told.text
    assert STAFF.name not in told.text
    done = expert.fill(
        expert.press(told, texts.ANSWER),
        answer="ケースは青色です。",
        title="印鑑登録証のケース",
        phrasings="登録証の入れ物の色",
    )
    assert texts.ANSWERED in done.text
    messages = {key.split("/")[-1]: (recipient, reply) for key, recipient, reply in outgoing(services.stores)}
    assert messages["told"][0] == STAFF.id
    assert "ケースは青色です。" in messages["told"][1].text
    assert MANAGER.id in messages
    assert LEADER.id not in messages
    proposal = messages[OPERATOR.id][1]
    services.knowledge.refresh()
    assert asker.ask("登録証の入れ物の色は").answer.outcome != "answer"  # type: ignore[union-attr]
    assert texts.STATES["answered"] in operator.press(told, texts.ANSWER).text
    assert texts.APPROVED in operator.press(proposal, editing_texts.APPROVE).text
    assert texts.STATES["approved"] in expert.press(told, texts.ANSWER).text
    assert "承認済み" in operator.press(proposal, editing_texts.APPROVE).text
    services.knowledge.refresh()
    found = Seat(services, HR).ask("登録証の入れ物の色は何色でしょうか")
    assert "ケースは青色です。" in found.text
    assert [reply.title for key, _, reply in outgoing(services.stores)] == ["提案が承認されました"]


def test_details_are_masked_before_the_experts_see_them(services: Services, asker: Seat) -> None:
    form = asker.send("inquire", "|")
    preview = asker.fill(form, question="0466-25-1111の田中花子さんの印鑑登録証のケース")
    assert preview.form is not None
    assert "〔電話番号〕の〔氏名〕さんの印鑑登録証のケース" in preview.form.intro
    assert "電話番号・氏名を伏せました" in preview.form.intro
    assert outgoing(services.stores) == []
    asker.fill(preview)
    ((_, _, told),) = outgoing(services.stores)
    assert "0466" not in told.text
    assert "田中" not in told.text
    assert "0466" not in str(services.stores.learning.list_inquiries())


def test_a_question_that_grows_by_its_marks_is_sent(services: Services, asker: Seat) -> None:
    """Forty addresses of a few letters become forty marks."""
    question = (
        " ".join(f"{letter}@b.jp" for letter in "abcdefghijklmnopqrstuvwxyzabcdefghijklmn") + "印鑑登録証"
    )
    preview = asker.fill(asker.send("inquire", "|"), question=question.ljust(500, "の"))
    assert texts.ASKED_TITLE in asker.fill(preview).text
    assert "@" not in outgoing(services.stores)[0][2].text


def test_a_forged_confirmation_is_masked_all_the_same(services: Services, asker: Seat) -> None:
    asker.send("inquire_send", "|0466-25-1111の印鑑登録証", name="no")
    ((_, _, told),) = outgoing(services.stores)
    assert "0466" not in told.text


def test_the_confirmation_opened_anew_sends_nothing(services: Services, asker: Seat) -> None:
    assert asker.send("inquire_send", f"|{UNWRITTEN}").form is not None
    assert outgoing(services.stores) == []


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ("", texts.QUESTION_MISSING),
        ("。。。", texts.QUESTION_MISSING),
        ("あ" * 1001, texts.QUESTION_TOO_LONG.format(limit=500, count=1001)),
        ("番号は1234-5678-9012です", texts.NO_PERSONAL_NUMBER),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_field(
    services: Services, asker: Seat, question: str, error: str
) -> None:
    reply = asker.fill(asker.send("inquire", "|"), question=question)
    assert reply.form is not None
    assert reply.form.fields[0].error == error
    assert error in asker.send("inquire_send", f"|{question}", name="no").text
    assert outgoing(services.stores) == []


def test_a_question_just_too_long_stays_in_its_form(asker: Seat) -> None:
    reply = asker.fill(asker.send("inquire", "|"), question="あ" * 501)
    assert reply.form is not None
    assert "今は501文字" in reply.form.fields[0].error


def test_asking_twice_is_told_once(services: Services, asker: Seat) -> None:
    put(asker)
    assert texts.ASKED_ALREADY in put(asker).text
    assert len(outgoing(services.stores)) == 1


def test_nobody_waits_for_more_than_a_few_answers(services: Services, asker: Seat) -> None:
    for number in range(20):
        put(asker, f"印鑑登録証のケースの色見本{number}はどこですか")
    assert "20件" in put(asker).text


def test_whoever_the_directory_lacks_is_told_how_to_be_known(services: Services) -> None:
    guest = Seat(services, None)
    assert "職員名簿への登録" in guest.press(guest.ask(UNWRITTEN), texts.ASK_EXPERT).text


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


# Unanswered questions -------------------------------------------------------------------------------------


def three_ask(services: Services, question: str) -> None:
    for person in (STAFF, LEADER, HR):
        Seat(services, person).ask(question)


def test_unanswered_questions_are_listed_without_names(services: Services, operator: Seat) -> None:
    assert texts.UNANSWERED_NONE in operator.send("unanswered").text
    three_ask(services, UNWRITTEN)
    Seat(services, STAFF).ask(f"{UNWRITTEN}か教えて")
    shown = operator.press(operator.send("help"), texts.UNANSWERED)
    assert f"{UNWRITTEN} / 3人 / 4回 / 市民窓口課 / 2026-11-24" in shown.text
    assert not any(person.name in shown.text for person in (STAFF, LEADER, HR))
    assert "questions.read" in {event.action for event in services.stores.audit.list_events()}


def test_leaders_see_their_own_office_from_three_askers_on(services: Services, expert: Seat) -> None:
    Seat(services, STAFF).ask(UNWRITTEN)
    assert texts.UNANSWERED_NONE_SHOWN in expert.send("unanswered").text
    three_ask(services, UNWRITTEN)
    assert UNWRITTEN in expert.send("unanswered").text
    three_ask(services, "BPRの研修は何時からですか")
    assert "研修" not in expert.send("unanswered").text
    assert "答えられなかった質問の閲覧" in Seat(services, STAFF).send("unanswered").text


def test_what_is_answered_by_now_is_left_out(
    services: Services, asker: Seat, expert: Seat, operator: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="ケースは青色です。", title="印鑑登録証のケースの色")
    (proposal,) = [reply for _, to, reply in outgoing(services.stores) if to == OPERATOR.id]
    assert UNWRITTEN in operator.send("unanswered").text
    operator.press(proposal, editing_texts.APPROVE)
    services.knowledge.refresh()
    assert texts.UNANSWERED_NONE in operator.send("unanswered").text


def test_a_cluster_is_discarded_by_the_operator(services: Services, operator: Seat, expert: Seat) -> None:
    three_ask(services, UNWRITTEN)
    (action,) = operator.send("unanswered").actions
    expert.send(action.name, action.value)
    assert len(services.stores.learning.list_questions()) == 3
    assert "3件" in operator.send(action.name, action.value).text
    assert texts.DISCARD_STALE in operator.send(action.name, action.value).text


def test_what_is_looked_up_as_it_is_typed_is_not_kept(services: Services, asker: Seat) -> None:
    asker.send("term", "", "印鑑登録証のケ")
    assert services.stores.learning.list_questions() == []


def test_none_of_the_candidates_is_kept_and_leads_to_the_experts(services: Services, asker: Seat) -> None:
    reply = asker.press(asker.ask("言語と業務"), ask_texts.NONE_OF_THESE)
    assert asker.press(reply, texts.ASK_EXPERT).form.fields[0].value == "言語と業務"  # type: ignore[union-attr]
    assert [question.reason for question in services.stores.learning.list_questions()] == ["none_fits"]


def test_what_is_old_is_forgotten(services: Services, asker: Seat) -> None:
    put(asker)
    asker.press(asker.ask("BPRとは何ですか"), texts.WRONG)
    assert set(forget_expired(services).values()) == {0}
    key = services.stores.learning.key("2026Q4")
    gone = forget_expired(later(services, NOW + timedelta(days=366)))
    assert {name: gone[name] for name in ("questions", "feedback", "inquiries")} == {
        "questions": 2,
        "feedback": 1,
        "inquiries": 1,
    }
    assert services.stores.learning.key("2026Q4") != key


# Consultation desks ---------------------------------------------------------------------------------------


SENSITIVE = "上司からパワハラを受けています。印鑑登録証のケースは何色ですか"


def test_a_sensitive_question_gets_the_desk_and_leaves_no_trace(services: Services, asker: Seat) -> None:
    desk = asker.ask(SENSITIVE)
    assert desk.title == texts.DESK_TITLE
    assert texts.DESK_NOT_KEPT in desk.text
    assert labels(desk) == [texts.ASK_ANYWAY]
    found = asker.press(desk, texts.ASK_ANYWAY)
    assert labels(found).count(texts.ASK_EXPERT) == labels(found).count(texts.SOLVED) == 0
    asker.send("wrong", f"term:bpr|{SENSITIVE}")
    asker.send("none_of_these", f"term:bpr|{SENSITIVE}")
    assert services.stores.learning.list_questions() == []
    assert services.stores.learning.count_feedback(NOW.date()) == []
    metrics = services.meter.exposition().decode()
    assert "anyway" not in metrics
    assert "パワハラ" not in metrics


def test_a_sensitive_question_is_never_routed(services: Services, asker: Seat) -> None:
    for reply in (
        asker.fill(asker.send("inquire", "|"), question=SENSITIVE),
        asker.send("inquire_send", f"|{SENSITIVE}", name="no"),
    ):
        assert reply.title == texts.DESK_TITLE
        assert reply.actions == ()
    assert outgoing(services.stores) == []
    assert services.stores.learning.list_inquiries() == []


def test_the_pack_names_the_desk(sqlite_stores: SqlStores) -> None:
    services = open_city(sqlite_stores)
    with_pack = replace(services, knowledge=type(services.knowledge)(sqlite_stores.articles, ("fujisawa",)))
    assert "公益通報の窓口" in Seat(with_pack, STAFF).ask("内部通報は匿名でできますか").text
