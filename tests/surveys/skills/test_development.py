"""育成計画: goals as typed, and actual numbers from what was published."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.texts.ja import development as texts
from storage.stores import SqlStores
from surveys.disclosure import CITY
from surveys.disclosure.publication import Cell, Known, Publication, Row, State, Table
from surveys.skills.asking import TIER, survey_of
from surveys.skills.city_map import Seen
from surveys.skills.development import EVERY_SKILL, DevelopmentPlan, Goal, PlanCell, read_plan
from surveys.skills.goals import places_of, read_goals
from surveys.skills.reading import read_skill_set
from tests.surveys.city import city, open_round

FRAMEWORK = read_skill_set().framework
TODAY = date(2026, 11, 26)


def table(question: str, by: str, columns: tuple[str, ...], rows: dict[str, tuple[int | None, ...]]) -> Table:
    return Table(
        question=question,
        by=(by,),
        columns=columns,
        several=False,
        threshold=5,
        rows=tuple(
            Row(
                members=(unit,),
                base=50,
                cells=tuple(
                    Cell(state=State.HIDDEN if value is None else State.SHOWN, value=value)
                    for value in values
                ),
            )
            for unit, values in rows.items()
        ),
    )


def publish(stores: SqlStores, *tables: Table) -> None:
    """A closed round of 令和8年度 with these tables."""
    city(stores)
    open_round(stores, survey_of(FRAMEWORK), "skills-1")
    stores.surveys.close_round("skills-1")
    publication = Publication(
        number=1, round_id="skills-1", tables=tables, known=Known(headcounts={}, responses={}), source="s"
    )
    stores.publications.add_publication(publication, datetime(2026, 12, 1, tzinfo=UTC))


def plan(stores: SqlStores) -> DevelopmentPlan:
    return read_plan(stores.skills, stores.surveys, stores.publications, TODAY)


def cell(found: DevelopmentPlan, tier: str, skill: str, level: int, year: int) -> PlanCell:
    (line,) = [one for one in found.of_skill(skill) if (one.tier, one.level) == (tier, level)]
    return line.cells[found.years.index(year)]


def test_goals_stand_beside_what_was_published(stores: SqlStores) -> None:
    publish(
        stores,
        table(TIER, CITY, tuple(tier.id for tier in FRAMEWORK.tiers), {CITY: (30, 10, 6, 4, None)}),
        table("sheet", TIER, tuple("01234"), {"general": (20, 10, 8, None, None), "leader": (None,) * 5}),
    )
    stores.skills.save_goals(2026, EVERY_SKILL, [Goal(year=2026, tier="leader", people=60)])
    stores.skills.save_goals(
        2027, "sheet", [Goal(year=2027, tier="general", skill="sheet", level=3, people=9)]
    )
    found = plan(stores)
    assert found.years == (2026, 2027, 2028)
    assert cell(found, "leader", EVERY_SKILL, 0, 2026) == PlanCell(60, 6, Seen.SHOWN)
    assert cell(found, "expert", EVERY_SKILL, 0, 2026) == PlanCell(None, None, Seen.HIDDEN)
    assert cell(found, "general", "sheet", 2, 2026) == PlanCell(None, 20, Seen.SHOWN), "50 - 20 - 10"
    assert cell(found, "general", "sheet", 4, 2026) == PlanCell(None, None, Seen.HIDDEN)
    assert cell(found, "leader", "sheet", 1, 2026).seen is Seen.HIDDEN
    assert cell(found, "general", "sheet", 3, 2027) == PlanCell(9, None, Seen.BLANK)
    assert not found.of_skill("security"), "what is checked has no levels to plan"


def test_a_renamed_skill_keeps_its_earlier_years(stores: SqlStores) -> None:
    publish(stores, table("T1", TIER, tuple("01234"), {"general": (10, 10, 10, 10, 10)}))
    assert cell(plan(stores), "general", "sheet", 3, 2026) == PlanCell(None, 20, Seen.SHOWN)


def test_goals_take_the_place_of_those_of_the_same_year_and_skill(stores: SqlStores) -> None:
    goal = Goal(year=2026, tier="leader", people=60)
    stores.skills.save_goals(2026, EVERY_SKILL, [goal])
    stores.skills.save_goals(2027, EVERY_SKILL, [goal.model_copy(update={"year": 2027})])
    stores.skills.save_goals(2026, EVERY_SKILL, [])
    assert [one.year for one in stores.skills.list_goals()] == [2027]


def test_typed_goals_are_read_as_people_write_them() -> None:
    goals, errors = read_goals(FRAMEWORK, 2026, EVERY_SKILL, {("leader", 0): " １,200人 ", ("field", 0): ""})
    assert not errors
    assert goals == [Goal(year=2026, tier="leader", people=1200)]


@pytest.mark.parametrize("text", ["-1", "たくさん", "1.5", "٣", "99999999999999999999"])
def test_what_is_no_number_is_named(text: str) -> None:
    typed = {("leader", 0): text, ("manager", 0): "5"}
    assert read_goals(FRAMEWORK, 2026, EVERY_SKILL, typed) == ([], {("leader", 0): texts.NOT_A_NUMBER})


def test_a_goal_above_that_of_a_lower_level_is_refused() -> None:
    typed = {("leader", 1): "30", ("leader", 3): "31", ("leader", 4): "0"}
    assert read_goals(FRAMEWORK, 2026, "sheet", typed) == ([], {("leader", 3): texts.more_than_below(30)})
    assert ("leader", 0) not in places_of(FRAMEWORK, "sheet")
