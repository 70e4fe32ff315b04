"""The map of skills says what was published, and nothing that was hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from storage.stores import SqlStores
from surveys.disclosure.publication import Cell, Known, Publication, Row, State, Table
from surveys.round import Round
from surveys.skills import demo
from surveys.skills.asking import SURVEY_ID, TIER, common_target
from surveys.skills.city_map import (
    CITY,
    DIVISION,
    SECTION,
    MapCell,
    MapRow,
    Seen,
    skill_map,
    tier_gaps,
    with_above,
)
from surveys.skills.coverage import alone_by_division, leader_coverage, list_alone, skill_coverage
from surveys.skills.demand import training_demand
from surveys.skills.framework import Framework
from surveys.skills.reading import skill_set_in_use
from tests.surveys.skills.conftest import TODAY, small


def last_round(stores: SqlStores) -> Round:
    return stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]


def framework_of(stores: SqlStores) -> Framework:
    return skill_set_in_use(stores.skills).framework


def test_the_same_seed_gives_the_same_city(city: SqlStores) -> None:
    people = city.directory.list_people()[:5]
    framework = framework_of(city)
    again = [demo.plausible_levels(framework, person, 2, 1) for person in people]
    assert again == [demo.plausible_levels(framework, person, 2, 1) for person in people]
    assert len(city.skills.list_latest()) > 250
    assert demo.fill_skills(city, TODAY, 1) == []


def test_shown_shares_are_the_true_ones_and_hidden_ones_are_not_told(city: SqlStores) -> None:
    framework, round_ = framework_of(city), last_round(city)
    publications = city.publications.list_publications(round_.id)
    place = [skill.id for skill in framework.skills].index("sheet")
    wanted = common_target(framework, framework.by_id["sheet"])
    levels: dict[str, list[int]] = {}
    parents = {one.id: one.parent_id or one.id for one in round_.departments}
    for one in city.skills.list_latest():
        if one.round_id == round_.id and "sheet" in one.levels:
            for unit in (CITY, parents[one.department_id], one.department_id):
                levels.setdefault(unit, []).append(one.levels["sheet"])
    seen: set[Seen] = set()
    for by, units in (
        (CITY, [CITY]),
        (DIVISION, [one.id for one in round_.departments if one.parent_id is None]),
        (SECTION, [one.id for one in round_.departments if one.parent_id]),
    ):
        for row in skill_map(framework, publications, by, units):
            cell = row.cells[place]
            seen.add(cell.seen)
            if cell.seen is Seen.SHOWN:
                told = levels[row.unit]
                assert cell.base == len(told)
                assert cell.share == int(100 * sum(level >= wanted for level in told) / len(told) + 0.5)
            elif cell.seen is not Seen.TOGETHER:
                assert (cell.share, cell.median) == (None, None)
    assert Seen.SHOWN in seen
    assert len(seen) > 1


def test_the_city_has_medians_and_checks_show_right_answers(city: SqlStores) -> None:
    framework = framework_of(city)
    publications = city.publications.list_publications(last_round(city).id)
    (whole,) = skill_map(framework, publications, CITY, [CITY])
    cells = dict(zip([skill.id for skill in framework.skills], whole.cells, strict=True))
    assert cells["security"].seen is Seen.SHOWN
    assert 40 < (cells["security"].share or 0) < 100
    gaps = tier_gaps(framework, publications)
    assert {gap.skill for gap in gaps} == {"sheet"}


def test_a_tier_is_measured_by_its_own_target_from_either_side_of_it() -> None:
    framework = small().framework
    rows = (
        ("general", [30, 20, None, None, None]),  # at 2 and above: 100 less the 50 below
        ("field", [None, None, 10, 5, 5]),  # at 1 and above: a hidden level is among them
        ("leader", [None, None, None, 20, 10]),  # at 3 and above
    )
    table = Table(
        question="sheet",
        by=("tier",),
        columns=("0", "1", "2", "3", "4"),
        several=False,
        threshold=5,
        rows=tuple(
            Row(
                members=(tier,),
                base=100,
                cells=tuple(
                    Cell(state=State.HIDDEN if value is None else State.SHOWN, value=value)
                    for value in values
                ),
            )
            for tier, values in rows
        ),
    )
    publication = Publication(
        number=1, round_id="r", tables=(table,), known=Known(headcounts={}, responses={}), source="s"
    )
    shares = {gap.tier: gap.share for gap in tier_gaps(framework, [publication])}
    assert shares == {"general": 50, "field": None, "leader": 30, "manager": None, "expert": None}


def test_what_is_given_with_its_division_only_is_withheld_not_unanswered() -> None:
    framework = small().framework
    cells = tuple(Cell(state=State.MERGED) for _ in range(2))
    table = Table(
        question="sheet",
        by=(SECTION,),
        columns=("目標未満", "目標以上"),
        several=False,
        threshold=5,
        rows=(Row(members=("1",), base=None, cells=cells),),
    )
    publication = Publication(
        number=1, round_id="r", tables=(table,), known=Known(headcounts={}, responses={}), source="s"
    )
    answered, silent = skill_map(framework, [publication], SECTION, ["1", "2"])
    place = [skill.id for skill in framework.skills].index("sheet")
    assert (answered.cells[place].seen, silent.cells[place].seen) == (Seen.HIDDEN, Seen.BLANK)


def test_where_a_section_is_withheld_its_division_stands() -> None:
    withheld, shown = MapCell(Seen.HIDDEN), MapCell(Seen.SHOWN, 60, 20)
    above = MapRow("bu", (MapCell(Seen.SHOWN, 40, 90), withheld))
    rows = [MapRow("ka", (withheld, withheld)), MapRow("kb", (shown, MapCell(Seen.BLANK)))]

    told = with_above(rows, above)

    assert told == [MapRow("ka", (MapCell(Seen.ABOVE, 40, 90), withheld)), rows[1]]


def test_an_unpublished_round_has_nothing_to_show(city: SqlStores) -> None:
    (row,) = skill_map(framework_of(city), [], CITY, [CITY])
    assert {cell.seen for cell in row.cells} == {Seen.BLANK}


def test_coverage_counts_departments_not_people(city: SqlStores) -> None:
    framework, latest = framework_of(city), city.skills.list_latest()
    departments, people = city.directory.list_departments(), city.directory.list_people()
    assert sum(one.sections for one in leader_coverage(departments, people)) == sum(
        one.parent_id is not None for one in departments
    )
    publications = city.publications.list_publications(last_round(city).id)
    (sheet,) = skill_coverage(framework, publications)
    alone = [one for one in list_alone(framework, latest) if one.skill == "sheet"]
    assert sheet.skill == "sheet", "what is checked is not counted by 課"
    assert sheet.alone.low <= len(alone) <= sheet.alone.high
    assert sheet.alone.high - sheet.alone.low >= 4, "nobody's answer moves the number out of its range"
    assert 0 <= sheet.able.low <= sheet.able.high <= sheet.sections
    homes = {one.id: one.parent_id for one in departments}
    for division, pairs in alone_by_division(publications).items():
        assert pairs.low <= sum(homes[one.section_id] == division for one in alone) <= pairs.high
    assert skill_coverage(framework, []) == []


def test_coverage_stays_as_published_when_somebody_learns(city: SqlStores) -> None:
    framework, round_ = framework_of(city), last_round(city)
    before = skill_coverage(framework, city.publications.list_publications(round_.id))
    one = city.skills.list_latest()[0]
    changed = one.model_copy(
        update={"at": one.at + timedelta(days=1), "answers": {"sheet": "4"}, "round_id": ""}
    )
    assert city.skills.add_assessment(changed)
    assert skill_coverage(framework, city.publications.list_publications(round_.id)) == before


def test_a_training_is_wanted_by_those_it_takes_further(city: SqlStores) -> None:
    skill_set = skill_set_in_use(city.skills)
    publications = city.publications.list_publications(last_round(city).id)
    now = last_round(city).closes_at
    found = {
        one.resource.id: one
        for one in training_demand(skill_set.framework, skill_set.catalogue, publications, now)
    }
    assert found
    people = sum(row.base or 0 for row in _by_tier(publications, "sheet").rows)
    for one in found.values():
        assert 0 <= one.people <= people
        assert any(each.skill == "sheet" for each in one.resource.raises)
    assert training_demand(skill_set.framework, skill_set.catalogue, [], now) == []


def _by_tier(publications: Sequence[Publication], skill: str) -> Table:
    tables = [table for one in publications for table in one.tables]
    return next(table for table in tables if (table.question, table.by) == (skill, (TIER,)))
