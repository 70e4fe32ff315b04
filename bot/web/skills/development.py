"""育成計画: people by tier and level against the goals of each 年度, and the form that sets the goals."""

from __future__ import annotations

from bot.services import Stores
from bot.texts.ja import development as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page, link
from staff.calendar import fiscal_year, reiwa
from staff.permissions import Permission, allowed, require
from staff.store import AuditEvent
from surveys.skills.city_map import Seen
from surveys.skills.development import (
    EVERY_SKILL,
    DevelopmentPlan,
    PlanCell,
    PlanLine,
    rated_skills,
    read_plan,
)
from surveys.skills.framework import Framework
from surveys.skills.goals import Errors, Typed, places_of, read_goals

ADDRESS = "/console/skills/plan"
_PREFIX = "people"


def show(desk: Desk) -> Page:
    """GET /console/skills/plan: `skill` (empty: the tiers at all) and `year` of the form."""
    plan = plan_of(desk)
    skill, year = _skill(desk, plan.framework), _year(desk, plan)
    goals = {(line.tier, line.level): line.cells[plan.years.index(year)] for line in plan.of_skill(skill)}
    typed = {place: "" if cell.target is None else str(cell.target) for place, cell in goals.items()}
    return _page(desk, plan, skill, year, typed, {})


def save(desk: Desk) -> Page:
    """POST /console/skills/plan/save: the goals of one 年度; all of them, or none and what is wrong."""
    require(desk.person, Permission.SKILLS_GOALS)
    plan = plan_of(desk)
    skill, year = _skill(desk, plan.framework), _year(desk, plan)
    typed = {place: desk.field(field_name(*place)) for place in places_of(plan.framework, skill)}
    goals, errors = read_goals(plan.framework, year, skill, typed)
    if errors:
        return _page(desk, plan, skill, year, typed, errors)
    event = AuditEvent(
        at=desk.services.clock(),
        actor=desk.person.id,
        action="skills.goals",
        target=skill,
        detail={"year": year, "goals": len(goals), "people": sum(goal.people for goal in goals)},
    )

    def work(stores: Stores) -> None:
        stores.skills.save_goals(year, skill, goals)
        stores.audit.append(event)

    desk.services.stores.transaction(work)
    return Page(location=link(ADDRESS, skill=skill, year=year, saved="yes"))


def plan_of(desk: Desk) -> DevelopmentPlan:
    """The plan as of today."""
    stores = desk.services.stores
    return read_plan(stores.skills, stores.surveys, stores.publications, desk.services.today())


def field_name(tier: str, level: int) -> str:
    """The form's field of a goal."""
    return f"{_PREFIX}.{tier}.{level}"


def year_label(year: int) -> str:
    """令和8年度."""
    return texts.fiscal(reiwa(year))


def said(cell: PlanCell) -> tuple[str, str]:
    """Actual and target in words."""
    actual = {Seen.HIDDEN: texts.HIDDEN, Seen.BLANK: texts.NOT_YET}.get(cell.seen, f"{cell.actual}")
    return actual, texts.NO_GOAL if cell.target is None else str(cell.target)


def line_label(framework: Framework, line: PlanLine) -> str:
    """The tier of a line, with its level where it has one."""
    tier = next(one.label for one in framework.tiers if one.id == line.tier)
    return f"{tier} {texts.level_or_more(line.level, framework.label(line.level))}" if line.skill else tier


def _page(desk: Desk, plan: DevelopmentPlan, skill: str, year: int, typed: Typed, errors: Errors) -> Page:
    framework = plan.framework
    return desk.page(
        "skills/plan.html",
        status=422 if errors else 200,
        d=texts,
        framework=framework,
        skills=rated_skills(framework),
        skill=skill,
        year=year,
        years=plan.years,
        year_label=year_label,
        lines=[(line, [said(cell) for cell in line.cells]) for line in plan.of_skill(skill)],
        levels=sorted({level for _, level in places_of(framework, skill)}),
        name=field_name,
        typed=typed,
        errors=errors,
        may_set=allowed(desk.person, Permission.SKILLS_GOALS),
        saved=texts.SAVED.format(year=year_label(year)) if desk.field("saved") else "",
    )


def _skill(desk: Desk, framework: Framework) -> str:
    wanted = desk.field("skill")
    if wanted != EVERY_SKILL and wanted not in [skill.id for skill in rated_skills(framework)]:
        raise NotThere(texts.NO_SUCH_SKILL)
    return wanted


def _year(desk: Desk, plan: DevelopmentPlan) -> int:
    wanted = desk.field("year")
    known = {str(year): year for year in plan.years}
    if not wanted:
        return fiscal_year(desk.services.today())
    if wanted not in known:
        first, last = year_label(plan.years[0]), year_label(plan.years[-1])
        raise NotThere(texts.BAD_YEAR.format(first=first, last=last))
    return known[wanted]


SHOWN: Pages = {ADDRESS: show}
DONE: Pages = {f"{ADDRESS}/save": save}
