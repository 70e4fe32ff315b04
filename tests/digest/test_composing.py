"""What the digest says: one screen that tells what to do, and one line when nothing is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.charts.chart import Chart
from bot.charts.picture import svg_of
from bot.handlers.digest import gathering
from bot.handlers.digest.composing import compose_whole, trainings
from bot.handlers.digest.reading import preview
from bot.jobs.digests import send_digests
from bot.messages import Reply
from bot.slack.render import message
from bot.teams.card import reply_card
from bot.texts.ja import digest as texts
from knowledge.article import Kind
from knowledge.editing.store import Change, Version
from knowledge.initiatives.demo import demo_initiatives, demo_reports
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.issue import OwnPart, Responses, SurveyLine
from knowledge.learning.unanswered import Reason, keep_question
from staff.calendar import BusinessCalendar
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from surveys.skills.catalogue import Catalogue, Session
from surveys.skills.reading import read_skill_set
from tests.digest.town import ONLINE, TELEWORK, Town, jst
from tests.fakes.slack_blocks import check_message
from tests.fakes.teams import card_problems
from tests.web.city import ARTICLES, DEPARTMENTS, HR, LEADER, OPERATOR, REAL, STAFF, SYNTHETIC

WEEK = "2026-W48"


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    return Town(sqlite_stores)


def digest(town: Town, person: Person = LEADER) -> Reply:
    return preview(town.services, WEEK, person)[2]


def test_a_quiet_week_is_one_line_and_silence_is_not_called_green(town: Town) -> None:
    reply = digest(town)
    assert len(reply.parts) == 1
    assert [action.name for action in reply.actions] == ["digest_more"]
    later = ONLINE.model_copy(update={"milestones": (), "owner": "職員課"})
    hr_leads = Person(
        id="900009",
        name="職員 課",
        email="x@city.example",
        posts=(Post(department_id="D21", roles=frozenset({Role.STAFF, Role.MANAGER})),),
        synthetic=True,
    )
    town.stores.directory.save(DEPARTMENTS, [hr_leads], [])
    town.begin(later)
    town.now = jst("2026-11-24 09:00")
    said = digest(town)
    assert len(said.parts) == 1
    assert "⚪未報告 1" in said.text
    assert "🟢" not in said.text


def test_the_first_screen_tells_what_to_do_with_buttons_that_answer(town: Town) -> None:
    town.begin(ONLINE, TELEWORK)
    town.report("on_track", "60", "2026-09-30", "2026-10-01 10:00")
    town.report("at_risk", "80", "2026-10-20", "2026-10-22 10:00", blocked="様式の確認待ち")
    town.send(OPERATOR, "assign", title="端末の台数調査", due_on="2026-11-27", text="", departments=["D11"])
    town.send(OPERATOR, "assign", title="よその課への依頼", due_on="2026-11-27", text="", departments=["D21"])
    reply = digest(town)
    assert "第48週 11月24日（火）" in reply.title
    assert reply.text.index("進捗の報告") < reply.text.index("端末の台数調査")  # overdue first
    assert texts.OVERDUE in reply.text
    assert "よその課" not in reply.text
    assert "11月27日（金）まで" in reply.text
    assert "最後の報告は10月22日の「🟡遅れ気味」" in reply.text  # told as the past, not as today
    assert "⚪未報告 2" in reply.text
    assert "担当者がいません（なくなった課）" in reply.text
    assert "12月10日（木）" in reply.text
    assert [action.name for action in reply.actions] == [
        "progress_report",
        "progress_same",
        "assignment_done",
        "digest_more",
    ]
    for action in reply.actions:
        answer = town.send(LEADER, action.name, action.value)
        assert answer.text or answer.form
    after = digest(town)
    assert "端末の台数調査" not in after.text
    assert "progress_report" not in [action.name for action in after.actions]


def test_what_exactly_is_asked_stands_below_the_task(town: Town) -> None:
    asked = "来年度に使う台数を、\n共有フォルダーの表に入れてください。" + "予備の端末も数えてください。" * 4
    town.send(OPERATOR, "assign", title="端末の台数調査", due_on="2026-11-27", text=asked)
    assert "端末の台数調査　11月27日（金）まで\n　　来年度に使う台数を、 共有フォルダー" in digest(town).text
    assert asked not in digest(town).text  # one screen: the whole text is behind 「もっと見る」
    issue, own, _ = preview(town.services, WEEK, LEADER)
    assert asked in compose_whole(issue, own).text


def test_a_first_report_stands_before_what_is_due_later(town: Town) -> None:
    town.begin(ONLINE)
    town.send(OPERATOR, "assign", title="端末の台数調査", due_on="2026-11-27", text="")
    text = digest(town).text
    assert "1. 「行政手続のオンライン化」の進捗の報告　まだ報告がありません" in text
    assert "2. 端末の台数調査" in text


def test_a_report_shows_target_value_change_and_course(town: Town) -> None:
    town.begin(ONLINE)
    for month, value in ((8, "40"), (9, "52"), (10, "60"), (11, "81")):
        town.report(
            "at_risk" if month == 11 else "on_track",
            value,
            f"2026-{month:02}-10",
            f"2026-{month:02}-12 10:00",
        )
    text = digest(town).text
    assert (
        "🟡遅れ気味 行政手続のオンライン化：前回は🟢順調、81手続／目標 120手続（11月10日時点、前回から+21手続） ▁▃▄█"
        in text
    )


def test_more_draws_the_course_and_tells_it_in_words(town: Town) -> None:
    town.begin(ONLINE, TELEWORK)
    for month, value in ((8, "40"), (9, "52"), (10, "60"), (11, "81")):
        town.report("on_track", value, f"2026-{month:02}-10", f"2026-{month:02}-12 10:00")
    issue, own, first = preview(town.services, WEEK, LEADER)
    (chart,) = [part for part in compose_whole(issue, own).parts if isinstance(part, Chart)]
    assert chart.alt == "行政手続のオンライン化は、4回の報告で40手続から81手続になりました。"
    assert chart.rows == (("3回前", "40"), ("2回前", "52"), ("前回", "60"), ("最新", "81"))
    assert svg_of(chart).startswith("<svg")
    assert not [
        part for part in first.parts if isinstance(part, Chart)
    ]  # one screen: small bars in its lines


def test_more_tells_everything_in_a_table(town: Town) -> None:
    town.begin(ONLINE, TELEWORK)
    town.now = jst("2026-11-24 08:45")
    send_digests(town.services)
    whole = town.send(LEADER, "digest_more", WEEK)
    assert "テレワークの推進" in whole.text
    assert [action.name for action in whole.actions][-1] == "digest_settings"
    assert texts.NO_ISSUE in town.send(LEADER, "digest_more", "2026-W40").text
    assert "digest_settings" not in [action.name for action in town.send(STAFF, "digest_more").actions]


def test_what_was_sent_stays_as_it_was(town: Town) -> None:
    town.begin(ONLINE)
    town.now = jst("2026-11-24 08:45")
    send_digests(town.services)
    town.report("on_track", "80", "2026-11-20", "2026-11-24 09:00")
    issue = town.stores.digests.issue(WEEK)
    assert issue
    assert not issue.initiatives[0].counts
    copy = town.stores.digests.copy(WEEK, LEADER.id)
    assert copy
    assert [task.kind for task in copy.tasks] == ["report"]


def test_questions_are_told_from_three_askers_on(town: Town) -> None:
    def judge(person: Person, article: str, question: str) -> None:
        town.send(person, "solved", f"{article}|{question}")

    for person in (STAFF, LEADER, HR):
        judge(person, "term:bpr", "BPRとは")
    for question in ("RPAとは", "RPAの効果は", "RPAの例は"):  # one person asking thrice is one asker
        judge(STAFF, "term:rpa", question)
        judge(LEADER, "term:rpa", question)
    text = digest(town).text
    assert "「BPR」（3人以上が質問）" in text
    assert "RPA" not in text
    judge(HR, "term:rpa", "RPAとは")
    assert "「RPA」（3人以上が質問）" in digest(town).text


def test_a_question_of_few_is_told_once_it_is_approved(town: Town) -> None:
    keep_question(
        town.stores.learning, STAFF.id, "名刺の作り方", Reason.UNKNOWN, "職員課", town.services.clock()
    )
    assert "名刺" not in digest(town).text
    queue = town.send(OPERATOR, "unanswered")
    tell = next(action for action in queue.actions if action.name == "unanswered_tell")
    assert town.send(LEADER, tell.name, tell.value).refused
    assert "次の「DX推進だより」に載せます" in town.send(OPERATOR, tell.name, tell.value).text
    text = digest(town).text
    assert "まだ答えがない質問: 「名刺の作り方」" in text
    assert "人以上が質問" not in text
    assert "unanswered_tell" not in [action.name for action in town.send(OPERATOR, "unanswered").actions]


def test_a_decision_is_told_once_however_it_was_entered(town: Town) -> None:
    decided = ARTICLES[0].model_copy(
        update={
            "id": "decision-1",
            "kind": Kind.DECISION,
            "title": "生成AIの全庁利用の開始",
            "valid_from": date(2026, 11, 18),
        }
    )
    town.stores.articles.replace_source("会議.csv", [*ARTICLES, decided])
    town.services.knowledge.refresh()
    assert "DX推進本部会議の決定（11月18日）: 生成AIの全庁利用の開始" in digest(town).text
    town.now = jst("2026-11-24 08:45")
    send_digests(town.services)
    assert "生成AIの全庁利用" in digest(town).text  # the issue as it was sent
    town.now = jst("2026-11-30 08:45")
    assert "生成AIの全庁利用" not in preview(town.services, "2026-W49", LEADER)[2].text


def test_a_decision_by_title_alone_is_none(town: Town) -> None:
    article = ARTICLES[0].model_copy(update={"id": "faq:1", "title": "本部会議の会場の予約"})
    town.stores.versions.save(
        Version(article_id="faq:1", number=1, at=town.now, by="900005", change=Change.EDITED, article=article)
    )
    assert "新しい記事: 本部会議の会場の予約" in digest(town).text


def test_trainings_within_four_weeks_tell_seats_and_how_to_apply(town: Town) -> None:
    def held(day: str, **more: object) -> Session:
        begins = jst(f"{day} 13:30")
        told = {"starts_at": begins, "ends_at": begins + timedelta(hours=3), "place": "研修室"}
        return Session.model_validate(told | more)

    shipped = read_skill_set()
    dates = (
        held("2026-12-03", seats=30, taken=18),
        held("2026-12-04", seats=20, taken=20),  # full
        held("2026-12-08", departments=("職員課",)),  # another 課
        held("2026-12-10", departments=("市民窓口課",)),
        held("2026-12-23"),  # later than four weeks
    )
    resources = tuple(
        one.model_copy(update={"sessions": dates, "apply": "庁内ポータルの「研修」"})
        if one.id == "c-sheet"
        else one
        for one in shipped.catalogue.resources
    )
    mine = shipped.model_copy(update={"catalogue": Catalogue(resources=resources)})
    town.stores.skills.add_set(mine.model_dump_json(by_alias=True), town.now)
    issue, own, _ = preview(town.services, WEEK, LEADER)
    assert trainings(issue, own) == [
        "12月3日（木）13:30 関数とピボットテーブル（研修室、残り12席） 申込み: 庁内ポータルの「研修」",
        "12月10日（木）13:30 関数とピボットテーブル（研修室） 申込み: 庁内ポータルの「研修」",
    ]
    assert "残り12席" in digest(town).text


def test_new_articles_are_told(town: Town) -> None:
    article = ARTICLES[0].model_copy(update={"id": "faq:1", "title": "RPAで給付の入力を半分にした例"})
    version = Version(
        article_id="faq:1", number=1, at=town.now, by="900005", change=Change.EDITED, article=article
    )
    town.stores.versions.save(version)
    assert "新しい記事: RPAで給付の入力を半分にした例" in digest(town).text
    issue, own, _ = preview(town.services, WEEK, LEADER)
    (read,) = [action for action in compose_whole(issue, own).actions if action.name == "article"]
    assert (read.label, read.value) == ("読む: RPAで給付の入力を半分にした例", "faq:1")


def test_one_readers_broken_data_stops_nobody_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    second = LEADER.model_copy(update={"id": "900008", "email": "p900008@city.example"})
    town.stores.directory.save(DEPARTMENTS, (*SYNTHETIC, REAL, second), [])
    town.begin(ONLINE)
    right = gathering.own_part

    def broken(person: Person, ground: gathering.Ground) -> OwnPart:
        if person.id == LEADER.id:
            raise KeyError("broken")
        return right(person, ground)

    monkeypatch.setattr("bot.handlers.digest.sending.own_part", broken)
    town.now = jst("2026-11-24 08:45")
    assert send_digests(town.services) == {"digests": 2, "broken": 1}
    told = {message.recipient: message.reply.text for message in town.outgoing()}
    assert texts.OWN_BROKEN in told[LEADER.id]
    assert texts.OWN_BROKEN not in told["900008"]


def test_a_section_that_cannot_be_read_is_named_and_the_rest_goes_out(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.begin(ONLINE)
    monkeypatch.setattr("bot.handlers.digest.sources.trainings", lambda *_: 1 / 0)
    text = digest(town).text
    assert "読み取れませんでした: 研修" in text
    assert "行政手続のオンライン化" in text


def test_a_request_is_settled_once_for_the_own_department(town: Town) -> None:
    town.send(OPERATOR, "assign", title="調査票", due_on="2026-11-27", text="")
    (asked,) = town.stores.assignments.list_since(date(2026, 11, 1))
    assert "済みとして受け付けました" in town.send(LEADER, "assignment_done", asked.id).text
    assert "もう済み" in town.send(LEADER, "assignment_done", asked.id).text
    assert town.send(STAFF, "assignment_done", asked.id).actions[0].name == "help"
    assert town.stores.assignments.list_done(asked.id) == ["D11"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "", "due_on": "2026-11-27", "text": ""}, "title"),
        ({"title": "件名", "due_on": "2026-11-20", "text": ""}, "due_on"),
        ({"title": "件名", "due_on": "来週", "text": ""}, "due_on"),
        ({"title": "件名", "due_on": "2026-11-27", "text": "", "departments": ["D99"]}, "departments"),
    ],
)
def test_a_wrong_request_is_asked_again(town: Town, values: dict[str, str], field: str) -> None:
    reply = town.send(OPERATOR, "assign", **values)
    assert reply.form
    assert [one.id for one in reply.form.fields if one.error] == [field]


def test_settings_are_kept_or_asked_again(town: Town) -> None:
    form = town.send(LEADER, "digest_settings").form
    assert form
    wrong = town.send(
        LEADER, "digest_settings", "", at="20:00", place="channel", channel="総務", paused_until="いつか"
    )
    assert wrong.form
    assert [one.id for one in wrong.form.fields if one.error] == ["at", "channel", "paused_until"]
    said = town.send(
        LEADER,
        "digest_settings",
        "",
        at="9:30",
        place="channel",
        channel="C0123ABC",
        paused_until="2026-12-28",
    )
    assert "09:30" in said.text
    kept = town.stores.digests.subscription(LEADER.id)
    assert (f"{kept.at:%H:%M}", kept.place, str(kept.paused_until)) == (
        "09:30",
        "slack/C0123ABC",
        "2026-12-28",
    )


def test_an_initiative_without_number_or_schedule_reads_well(town: Town) -> None:
    plain = Initiative(
        id="plain", title="数値のない取組", plan="計画", owner="市民窓口課", starts_on=date(2026, 4, 1)
    )
    town.begin(plain)
    form = town.send(LEADER, "progress_report", "plain").form
    assert form
    assert [field.id for field in form.fields] == ["status", "done", "next", "blocked"]
    town.send(LEADER, "progress_report", "plain", status="at_risk")
    assert "🟡遅れ気味 数値のない取組" in digest(town).text


def test_both_platforms_take_the_digest_and_its_whole(town: Town) -> None:
    town.begin(ONLINE, TELEWORK, *demo_initiatives(town.now.date(), BusinessCalendar()))
    for report in demo_reports(town.now):
        town.stores.initiatives.add_report(report)
    issue, own, first = preview(town.services, WEEK, LEADER)
    for reply in (first, compose_whole(issue, own)):
        blocks: list[dict[str, object]] = message(reply)["blocks"]
        check_message(blocks)
        assert card_problems(reply_card(reply)) == []
    assert "（最後の報告）" in compose_whole(issue, own).text


def test_running_surveys_tell_counts_of_large_departments(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (Responses(department_id="D11", name="市民窓口課", answered=4, asked=9),)
    lines = [
        SurveyLine(
            id="r1", title="テレワークの利用", closes_on=date(2026, 12, 4), answered=40, asked=90, rows=rows
        )
    ]
    monkeypatch.setattr("bot.handlers.digest.sources.running_surveys", lambda *_: lines)
    issue, own, first = preview(town.services, WEEK, LEADER)
    assert "テレワークの利用: 40／90人が回答（12月4日（金）まで）、市民窓口課は4／9人" in first.text
    assert "回答は任意です" in compose_whole(issue, own).text
