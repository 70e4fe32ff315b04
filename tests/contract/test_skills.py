"""Skills on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from staff.model import Department, Person, Post
from storage.stores import SqlStores
from surveys.skills.assessment import Assessment, Comment, ExpertProfile, PlanItem, Training
from surveys.skills.reading import read_skill_set, skill_set_in_use

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def assessment(person: str, days: int = 0, level: str = "2") -> Assessment:
    return Assessment.model_validate(
        {
            "person_id": person,
            "framework": "2026.2",
            "tier": "general",
            "at": NOW + timedelta(days=days),
            "answers": {"sheet": level, "ai": "declined"},
        }
    )


@pytest.fixture
def city(stores: SqlStores) -> SqlStores:
    people = [
        Person(id=id_, name=f"職員{id_}", email=f"{id_}@example.jp", posts=(Post(department_id="D1"),))
        for id_ in ("001", "002")
    ]
    stores.directory.save([Department(id="D1", name="職員課")], people, [])
    return stores


def test_assessments_are_kept_with_their_history(city: SqlStores) -> None:
    skills = city.skills
    assert skills.latest_assessment("001") is None
    assert skills.add_assessment(assessment("001"))
    assert not skills.add_assessment(assessment("001", level="4"))
    assert skills.add_assessment(assessment("001", days=90, level="3"))
    assert skills.add_assessment(assessment("002", days=1))
    assert [one.levels for one in skills.list_assessments("001")] == [{"sheet": 3}, {"sheet": 2}]
    assert [one.levels["sheet"] for one in skills.list_latest()] == [3, 2]
    assert [one.levels["sheet"] for one in skills.list_latest(until=NOW + timedelta(hours=1))] == [2]


def test_an_edited_answer_takes_the_place_of_the_one_of_its_round(city: SqlStores) -> None:
    before, first = assessment("001"), assessment("001", days=90, level="3")
    for one in (before, first.model_copy(update={"round_id": "r1"})):
        city.skills.add_assessment(one)
    edited = assessment("001", days=91, level="1").model_copy(update={"round_id": "r1"})
    assert city.skills.add_assessment(edited)
    assert [one.levels["sheet"] for one in city.skills.list_assessments("001")] == [1, 2]


def test_a_plan_is_ticked_and_counted(city: SqlStores) -> None:
    skills, today = city.skills, date(2026, 11, 24)
    items = [PlanItem(resource_id=id_, accepted_on=today) for id_ in ("b", "a")]
    skills.save_plan("001", items)
    skills.save_plan("002", items[:1])
    assert skills.list_plan("001") == items
    assert skills.count_demand() == [("b", 2), ("a", 1)]
    assert skills.tick("001", "b", today)
    assert not skills.tick("001", "c", today)
    assert skills.list_plan("001")[0].done_on == today
    assert skills.count_demand() == [("a", 1), ("b", 1)]
    assert skills.tick("001", "b", None)
    skills.save_plan("001", [])
    assert skills.list_plan("001") == []


def test_sharing_ends_with_the_comments(city: SqlStores) -> None:
    skills = city.skills
    skills.share("001", NOW)
    skills.share("001", NOW + timedelta(days=1))
    assert skills.shared_since("001") == NOW
    skills.add_comment(Comment(person_id="001", by="002", at=NOW, text="よく進んでいます。"))
    assert [one.text for one in skills.list_comments("001")] == ["よく進んでいます。"]
    skills.stop_sharing("001")
    assert skills.shared_since("001") is None
    assert skills.list_comments("001") == []


def test_trainings_are_added_once(city: SqlStores) -> None:
    one = Training(person_id="001", title="表計算", attended_on=date(2026, 7, 1), resource_id="c-sheet")
    assert city.skills.add_trainings([one, one]) == 1
    assert city.skills.add_trainings([one]) == 0
    assert city.skills.list_trainings("001") == [one]


def test_experts_show_what_they_choose(city: SqlStores) -> None:
    skills = city.skills
    skills.save_profile(ExpertProfile(person_id="001", skills=("automate",), words="帳票の自動化"))
    skills.save_profile(ExpertProfile(person_id="001", skills=("sheet",)))
    assert skills.find_profile("001") == ExpertProfile(person_id="001", skills=("sheet",))
    assert [one.person_id for one in skills.list_profiles()] == ["001"]
    assert skills.remove_profile("001")
    assert not skills.remove_profile("001")


def test_everything_goes_with_the_person(city: SqlStores) -> None:
    skills = city.skills
    skills.add_assessment(assessment("001"))
    skills.save_plan("001", [PlanItem(resource_id="a", accepted_on=date(2026, 11, 24))])
    skills.share("001", NOW)
    skills.add_comment(Comment(person_id="001", by="002", at=NOW, text="はい"))
    skills.add_trainings([Training(person_id="001", title="表計算", attended_on=date(2026, 7, 1))])
    skills.save_profile(ExpertProfile(person_id="001", skills=("sheet",)))
    city.directory.save([Department(id="D1", name="職員課")], [], ["001"])
    assert skills.list_assessments("001") == []
    assert skills.list_plan("001") == []
    assert skills.shared_since("001") is None
    assert skills.list_trainings("001") == []
    assert skills.list_profiles() == []


def test_the_newest_skill_set_is_in_use(stores: SqlStores) -> None:
    shipped = skill_set_in_use(stores.skills)
    assert shipped == read_skill_set()
    renamed = shipped.model_copy(
        update={"framework": shipped.framework.model_copy(update={"version": "2027.1"})}
    )
    assert stores.skills.add_set(renamed.model_dump_json(by_alias=True), NOW) == 1
    assert skill_set_in_use(stores.skills).framework.version == "2027.1"
    with pytest.raises(KeyError):
        stores.skills.find_set(9)
