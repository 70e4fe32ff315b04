"""My page, refreshing, the plan, sharing with the 所属長, and experts, through the router on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.texts.ja.staff import PERMISSION_NAMES, not_known
from staff.model import Person
from staff.permissions import Permission
from storage.stores import SqlStores
from surveys.skills.asking import assessment_of
from surveys.skills.assessment import Training
from surveys.skills.reading import read_skill_set
from surveys.submission import Value
from tests.handlers.learning_city import NOW, Seat, later, open_city
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
    assert "業務の流れの見直し（BPR）: 今は「これから」、目標は「一人でできる」" in page.text
    assert "表計算でのデータの集計と読み取り ＋1" in page.text
    assert "AIの活用 /  / 担当業務にない / 2" in page.text
    assert "■■■・ / 3 / 3" in page.text
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
    assert "表計算でのデータの集計と読み取り: 支援があればできる" in labels
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
    assert "■■" in manager.send("skills_of", STAFF.id).text
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
        assert "■" not in found
    assert texts.EXPERT_STOPPED in staff.send("expert_stop").text
    assert STAFF.name not in leader.send("experts", "", "RPA").text


def test_history_is_followed_over_time(city: Services) -> None:
    assessed(city, STAFF)
    for days, level in ((10, "2"), (20, "3")):
        seat = Seat(later(city, NOW + timedelta(days=days)), STAFF)
        seat.send("skills_refresh_save", "sheet", "", sheet=level)
    assert [one.levels["sheet"] for one in city.stores.skills.list_assessments(STAFF.id)] == [3, 2, 2]
