"""技量の見える化: the map of 部 and 課, tiers, change, coverage and the demand for trainings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handlers.skills.page import skill_set
from bot.texts.ja import development as plan_texts
from bot.texts.ja import skill_map as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page
from bot.web.skills import development
from staff.calendar import date_in_japan
from staff.model import Department
from staff.permissions import Permission, allowed, require
from staff.store import AuditEvent
from surveys.disclosure import Publication
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.city_map import CITY, DIVISION, SECTION, MapCell, MapRow, skill_map, tier_gaps, with_above
from surveys.skills.coverage import alone_by_division, leader_coverage, list_alone, skill_coverage
from surveys.skills.demand import training_demand
from surveys.skills.development import EVERY_SKILL
from surveys.skills.framework import Framework

ADDRESS = "/console/skills"
MOST_ROUNDS = 6


@dataclass(frozen=True)
class Published:
    """A closed round of the self-assessment with what was published of it."""

    round: Round
    publications: Sequence[Publication]


def show(desk: Desk) -> Page:
    """GET /console/skills: `round` and `unit` (a 部) of the address say what is shown."""
    framework, rounds = skill_set(desk.services).framework, _rounds(desk)
    if not rounds:
        return desk.page("skills/no_city.html", m=texts)
    shown = next((one for one in rounds if one.round.id == desk.field("round")), rounds[0])
    unit = _unit(desk, shown.round)
    area = _area(desk, framework)
    stores = desk.services.stores
    return desk.page(
        "skills/city.html",
        m=texts,
        d=plan_texts,
        framework=framework,
        rounds=rounds,
        shown=shown,
        unit=unit,
        area=area,
        skills=[skill for skill in framework.skills if area in ("", skill.area)],
        rows=_of_area(framework, area, _rows(framework, shown, unit)),
        tiers=_tiers(framework, shown),
        trend=_trend(framework, rounds),
        leaders=leader_coverage(stores.directory.list_departments(), stores.directory.list_people()),
        coverage=_coverage(framework, shown),
        alone=_alone(shown),
        demand=_demand(framework, shown, desk),
        plan=_plan(desk),
        published=date_in_japan(stores.publications.published_at(shown.round.id) or shown.round.closes_at),
        sees_names=allowed(desk.person, Permission.SKILLS_PEOPLE),
        sets_goals=allowed(desk.person, Permission.SKILLS_GOALS),
    )


def show_alone(desk: Desk) -> Page:
    """GET /console/skills/alone: by name, for 職員課 only; that it was looked at is recorded."""
    require(desk.person, Permission.SKILLS_PEOPLE)
    stores, framework = desk.services.stores, skill_set(desk.services).framework
    names = {one.id: one.name for one in stores.directory.list_departments()}
    people = {one.id: one.name for one in stores.directory.list_people()}
    rows = [
        (
            names.get(one.section_id, one.section_id),
            framework.by_id[one.skill].name,
            people.get(one.person_id, one.person_id),
        )
        for one in list_alone(framework, stores.skills.list_latest())
    ]
    event = AuditEvent(
        at=desk.services.clock(),
        actor=desk.person.id,
        action="skills.alone",
        target="",
        detail={"rows": len(rows)},
    )
    stores.audit.append(event)
    return desk.page("skills/alone.html", m=texts, rows=rows)


def _rounds(desk: Desk) -> list[Published]:
    """The published rounds, the newest first."""
    stores = desk.services.stores
    closed = stores.surveys.list_rounds(State.CLOSED, SURVEY_ID)
    found = [Published(one, stores.publications.list_publications(one.id)) for one in reversed(closed)]
    return [one for one in found if one.publications][:MOST_ROUNDS]


def _unit(desk: Desk, round_: Round) -> Department | None:
    wanted = desk.field("unit")
    if not wanted:
        return None
    found = next((one for one in round_.departments if one.id == wanted and one.parent_id is None), None)
    if found is None:
        raise NotThere(texts.NO_ROUND)
    return found


def _area(desk: Desk, framework: Framework) -> str:
    """The area of which skills are shown; empty for all."""
    wanted = desk.field("area")
    return wanted if wanted in [area.id for area in framework.areas] else ""


def _of_area(
    framework: Framework, area: str, rows: list[tuple[Department | None, MapRow]]
) -> list[tuple[Department | None, list[MapCell]]]:
    """The cells of the area's skills."""
    return [
        (
            department,
            [
                cell
                for skill, cell in zip(framework.skills, row.cells, strict=True)
                if area in ("", skill.area)
            ],
        )
        for department, row in rows
    ]


def _rows(
    framework: Framework, shown: Published, unit: Department | None
) -> list[tuple[Department | None, MapRow]]:
    """Each unit with its row: the city and its 部, or the 課 of one 部."""
    departments = shown.round.departments
    if unit is None:
        (city,) = skill_map(framework, shown.publications, CITY, [CITY])
        divisions = [one for one in departments if one.parent_id is None]
        rows = skill_map(framework, shown.publications, DIVISION, [one.id for one in divisions])
        return [(None, city), *zip(divisions, rows, strict=True)]
    sections = [one for one in departments if one.parent_id == unit.id]
    (above,) = skill_map(framework, shown.publications, DIVISION, [unit.id])
    rows = with_above(skill_map(framework, shown.publications, SECTION, [one.id for one in sections]), above)
    return [(None, above), *zip(sections, rows, strict=True)]


def _tiers(framework: Framework, shown: Published) -> list[tuple[str, list[int | str | None]]]:
    """Skill by skill, the share of each tier at its target; "" where the tier has none."""
    shares = {(one.tier, one.skill): one.share for one in tier_gaps(framework, shown.publications)}
    return [
        (skill.name, [shares.get((tier.id, skill.id), "") for tier in framework.tiers])
        for skill in framework.skills
        if not skill.checks
    ]


def _trend(framework: Framework, rounds: Sequence[Published]) -> list[tuple[str, list[int | None]]]:
    """Skill by skill, the city's share in each round, the oldest first."""
    cities = [skill_map(framework, one.publications, CITY, [CITY])[0] for one in reversed(rounds)]
    return [
        (skill.name, [city.cells[place].share for city in cities])
        for place, skill in enumerate(framework.skills)
    ]


def _plan(desk: Desk) -> tuple[list[str], list[tuple[str, list[tuple[str, str]]]]]:
    """The 年度 of the 育成計画, and tier by tier actual and target of each."""
    plan = development.plan_of(desk)
    lines = plan.of_skill(EVERY_SKILL)
    rows = [
        (development.line_label(plan.framework, line), [development.said(cell) for cell in line.cells])
        for line in lines
    ]
    return [development.year_label(year) for year in plan.years], rows


def _coverage(framework: Framework, shown: Published) -> list[tuple[str, str, str, int]]:
    """Skill by skill the 課 with somebody at level 3 and those with one person, as ranges, and of how many."""
    return [
        (
            framework.by_id[one.skill].name,
            texts.between(one.able.low, one.able.high),
            texts.between(one.alone.low, one.alone.high),
            one.sections,
        )
        for one in skill_coverage(framework, shown.publications)
    ]


def _alone(shown: Published) -> list[tuple[str, str]]:
    pairs = alone_by_division(shown.publications)
    return [
        (one.name, texts.between(pairs[one.id].low, pairs[one.id].high))
        for one in shown.round.departments
        if one.id in pairs
    ]


def _demand(framework: Framework, shown: Published, desk: Desk) -> list[tuple[str, str, str]]:
    """Whom each training could take further, with the seats to come."""
    catalogue = skill_set(desk.services).catalogue
    found = training_demand(framework, catalogue, shown.publications, desk.services.clock())
    return [
        (
            one.resource.title,
            texts.people(one.people, at_least=one.at_least),
            texts.seats(one.seats, dated=one.dated),
        )
        for one in found
        if one.people
    ]


SHOWN: Pages = {ADDRESS: show, f"{ADDRESS}/alone": show_alone, **development.SHOWN}
DONE: Pages = {**development.DONE}
