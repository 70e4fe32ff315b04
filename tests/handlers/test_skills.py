"""My page, refreshing, the plan, sharing with the 所属長, and experts, through the router on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.charts.chart import HIDDEN, Chart
from bot.messages import Paragraph
from bot.services import Services
from bot.texts.ja import skill_map as map_texts
from bot.texts.ja import skill_page as texts
from bot.texts.ja.staff import PERMISSION_NAMES, not_known
from staff.model import Person
from staff.permissions import Permission
from storage.stores import SqlStores
from surveys.disclosure import CITY, DIVISION
from surveys.disclosure.publication import Cell, Known, Publication, Row, State, Table
from surveys.skills.asking import assessment_of, survey_of
from surveys.skills.assessment import Training
from surveys.skills.reading import read_skill_set
from surveys.submission import Value
from tests.handlers.learning_city import NOW, Seat, later, open_city
from tests.surveys.city import open_round
from tests.web.city import LEADER, MANAGER, OPERATOR, STAFF

FRAMEWORK = read_skill_set().framework
BEFORE = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
TOLD: dict[str, Value] = {
    "tier": "leader",
    "sheet": "2",
    "process": "0",
    "automate": "0",
    "ai": "not_my_work",
}


@pytest.fixture
def city(stores: SqlStores) -> Services:
    return open_city(stores)


def assessed(
    services: Services, person: Person, told: dict[str, Value] = TOLD, at: datetime = BEFORE
) -> None:
    services.stores.skills.add_assessment(assessment_of(FRAMEWORK, person, told, at))


def test_without_an_assessment_it_says_what_comes(city: Services) -> None:
    assert texts.NOT_YET_NO_ROUND in Seat(city, STAFF).send("skills").text
    assert not_known(Permission.SKILLS_OWN) in Seat(city, None).send("skills").text
    for name in ("skills_plan", "skills_accept", "skills_refresh", "skills_same", "skills_share"):
        assert texts.NOT_YET_NO_ROUND in Seat(city, STAFF).send(name).text


def test_my_page_shows_levels_targets_gaps_and_change(city: Services) -> None:
    assessed(city, STAFF)
    assessed(city, STAFF, {**TOLD, "sheet": "3", "automate": "1"}, NOW)
    page = Seat(city, STAFF).send("ask", "", "わたしの技量")
    assert "DX推進リーダーの目標: 3項目のうち1項目に届いています" in page.text
    assert "業務の見直し（BPR）: 今は「これから」、目標は「一人でできる」" in page.text
    assert "表計算での集計 ＋1" in page.text
    assert Paragraph(label=texts.WITHOUT["not_my_work"], text="AIの活用") in page.parts
    (chart,) = [part for part in page.parts if isinstance(part, Chart)]
    assert ("表計算での集計", "3", "3") in chart.rows
    assert "業務の見直し（BPR）は0（目標3）" in chart.alt
    assert "AIの活用" not in chart.labels
    assert texts.NOT_USED in page.text


def test_a_plan_is_taken_on_and_ticked_and_the_next_begins_from_there(city: Services) -> None:
    staff = Seat(city, STAFF)
    assessed(city, STAFF)
    roadmap = staff.send("skills_plan")
    assert [action.name for action in roadmap.actions] == ["skills_accept"]
    assert texts.PLAN_ACCEPTED in staff.send("skills_accept").text
    plan = city.stores.skills.list_plan(STAFF.id)
    first = plan[0].resource_id
    assert "を済にしました" in staff.send("skills_tick", first).text
    assert city.stores.skills.list_plan(STAFF.id)[0].done_on == city.today()
    assert "まだに戻しました" in staff.send("skills_tick", first).text
    assert texts.NOT_IN_PLAN in staff.send("skills_tick", "nothing").text
    staff.send("skills_tick", first)
    staff.send("skills_accept")
    again = city.stores.skills.list_plan(STAFF.id)
    assert [item.resource_id for item in again].count(first) == 1
    assert again[0].done_on == city.today()


def test_a_training_one_attended_is_not_suggested_again(city: Services) -> None:
    assessed(city, STAFF)
    assert "関数とピボットテーブル" not in Seat(city, STAFF).send("skills_plan").text
    first = Seat(city, STAFF).send("skills_plan").text
    assert "業務の流れの書き出しかた" in first
    attended = Training(
        person_id=STAFF.id, title="業務の流れ", attended_on=city.today(), resource_id="o-process"
    )
    city.stores.skills.add_trainings([attended])
    assert "業務の流れの書き出しかた" not in Seat(city, STAFF).send("skills_plan").text


def test_a_refresh_takes_only_changes(city: Services) -> None:
    staff = Seat(city, STAFF)
    assessed(city, STAFF)
    which = staff.send("skills_refresh").form
    assert which is not None
    labels = [choice.label for choice in which.fields[0].choices]
    assert "表計算での集計: 支援があればできる" in labels
    assert "AIの活用: 担当業務にない" in labels
    assert staff.send("skills_refresh", "", "", which=[]).form.fields[0].error == texts.REFRESH_NONE  # type: ignore[union-attr]
    form = staff.send("skills_refresh", "", "", which=["sheet", "ai"]).form
    assert form is not None
    assert [(field.id, field.value) for field in form.fields] == [("sheet", "2"), ("ai", "not_my_work")]
    wrong = staff.send("skills_refresh_save", form.value, "", sheet="9", ai="1").form
    assert wrong is not None
    assert [field.error for field in wrong.fields] == [texts.CHOOSE, ""]
    assert len(city.stores.skills.list_assessments(STAFF.id)) == 1
    assert texts.REFRESHED in staff.send("skills_refresh_save", form.value, "", sheet="3", ai="1").text
    now = city.stores.skills.latest_assessment(STAFF.id)
    assert now is not None
    assert now.levels == {"sheet": 3, "ai": 1, "process": 0, "automate": 0}
    assert len(city.stores.skills.list_assessments(STAFF.id)) == 2


def test_nothing_changed_is_one_press(city: Services) -> None:
    assessed(city, STAFF)
    assert texts.KEPT_SAME in Seat(city, STAFF).send("skills_same").text
    history = city.stores.skills.list_assessments(STAFF.id)
    assert [one.at for one in history] == [NOW, BEFORE]
    assert history[0].answers == history[1].answers


def test_a_manager_sees_levels_only_while_they_are_shown_and_sends_a_word(city: Services) -> None:
    staff, manager = Seat(city, STAFF), Seat(city, MANAGER)
    assert STAFF.department_id == MANAGER.department_id
    assessed(city, STAFF)
    assert texts.NOT_SHARED in manager.send("skills_of", STAFF.id).text
    assert texts.TEAM_NONE in manager.send("skills_team").text
    assert texts.SHARE_DONE in staff.send("skills_share").text
    assert [action.label for action in manager.send("skills_team").actions] == [STAFF.name]
    assert "表計算での集計は2（目標3）" in manager.send("skills_of", STAFF.id).text
    assert city.stores.audit.list_events(1)[0].action == "skills.view"
    form = manager.send("skills_comment", STAFF.id).form
    assert form is not None
    assert [field.id for field in form.fields] == ["text"]
    assert texts.COMMENT_SENT in manager.send("skills_comment", STAFF.id, "", text="よく進んでいます。").text
    assert "よく進んでいます。" in staff.send("skills").text
    claimed = city.stores.outbox.claim("w", NOW, 60)
    assert claimed is not None
    assert "よく進んでいます。" in claimed.message.reply.text
    assert texts.UNSHARE_DONE in staff.send("skills_unshare").text
    assert texts.NOT_SHARED in manager.send("skills_of", STAFF.id).text
    assert texts.NOT_SHARED in manager.send("skills_comment", STAFF.id, "", text="まだ").text
    assert "よく進んでいます。" not in staff.send("skills").text


def test_nobody_but_the_own_manager_sees_shared_levels(city: Services) -> None:
    assessed(city, STAFF)
    Seat(city, STAFF).send("skills_share")
    for person in (LEADER, OPERATOR, STAFF, None):
        for name in ("skills_of", "skills_comment"):
            reply = Seat(city, person).send(name, STAFF.id)
            assert PERMISSION_NAMES[Permission.SKILLS_SHARED] in reply.text
            assert reply.refused
            assert city.stores.audit.list_events(1)[0].action == "permission.refused"
    assessed(city, OPERATOR)
    Seat(city, OPERATOR).send("skills_share")
    assert texts.NOT_SHARED in Seat(city, MANAGER).send("skills_of", OPERATOR.id).text


def test_experts_offer_themselves_and_are_found(city: Services) -> None:
    staff, leader = Seat(city, STAFF), Seat(city, LEADER)
    assert "名乗っている職員は、まだいません" in leader.send("ask", "", "RPAに詳しい人は？").text
    form = staff.send("expert_offer").form
    assert form is not None
    wrong = staff.send("expert_offer", "", "", skills=[], words="x" * 201).form
    assert wrong is not None
    assert all(field.error for field in wrong.fields)
    staff.send("expert_offer", "", "", skills=["automate"], words="帳票の自動化")
    for question in ("RPAに詳しい人は？", "ＲＰＡに詳しい職員を教えて", "帳票に詳しい人は"):
        found = leader.send("ask", "", question).text
        assert STAFF.name in found, question
        assert "目標" not in found
    assert texts.EXPERT_STOPPED in staff.send("expert_stop").text
    assert STAFF.name not in leader.send("experts", "", "RPA").text


def test_history_is_followed_over_time(city: Services) -> None:
    assessed(city, STAFF)
    for days, level in ((10, "2"), (20, "3")):
        seat = Seat(later(city, NOW + timedelta(days=days)), STAFF)
        seat.send("skills_refresh_save", "sheet", "", sheet=level)
    assert [one.levels["sheet"] for one in city.stores.skills.list_assessments(STAFF.id)] == [3, 2, 2]


def test_the_map_in_chat_shows_what_was_published_to_whom_may_see_it(city: Services) -> None:
    assert map_texts.NO_ROUND in Seat(city, MANAGER).send("ask", "", "技量の見える化").text
    refused_ = Seat(city, STAFF).send("skills_map")
    assert refused_.refused
    round_ = open_round(city.stores, survey_of(FRAMEWORK), "skills-1")
    counts = tuple(Cell(state=State.SHOWN, value=value) for value in (10, 10, 20, 5, 5))
    hidden = tuple(Cell(state=State.HIDDEN) for _ in counts)
    tables = tuple(
        Table(
            question="sheet",
            by=(by,),
            columns=tuple("01234"),
            several=False,
            threshold=5,
            rows=(Row(members=(unit,), base=50, cells=cells),),
        )
        for by, unit, cells in ((CITY, CITY, counts), (DIVISION, "D10", hidden))
    )
    city.stores.surveys.close_round(round_.id)
    known = Known(headcounts={}, responses={})
    publication = Publication(number=1, round_id=round_.id, tables=tables, known=known, source="s")
    city.stores.publications.add_publication(publication, NOW)
    (chart,) = [one for one in Seat(city, MANAGER).send("skills_map").parts if isinstance(one, Chart)]
    assert [one.name for one in chart.series] == ["全庁", "市民自治部", "市民窓口課"]
    at = chart.labels.index("表計算での集計")
    assert [one.values[at] for one in chart.series] == [60.0, HIDDEN, None]
    assert "表計算での集計 60%" in chart.alt
