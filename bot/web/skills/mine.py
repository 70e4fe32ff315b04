"""わたしの技量 as a page: bars against targets, gaps, the plan to tick off, and trainings for one's calendar."""

from __future__ import annotations

from collections.abc import Callable

from bot.handlers.skills import page as mine
from bot.handlers.skills import plan, sharing
from bot.messages import Reply, Request
from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.web.console.desk import Desk, Pages
from bot.web.pages import File, Page
from surveys.skills.calendar_file import calendar_file
from surveys.skills.catalogue import Resource
from surveys.skills.my_page import MyPage

ADDRESS = "/skills"
CALENDAR = "skills.ics"
MOST_LEVELS = 4
Do = Callable[[Request, Services], Reply]


def show(desk: Desk) -> Page:
    """GET /skills."""
    page = mine.page_of(desk.services, desk.person.id)
    if page is None:
        return desk.page(
            "skills/none.html", s=texts, reply=mine.show_skills(_request(desk, "skills"), desk.services)
        )
    return desk.page(
        "skills/mine.html",
        s=texts,
        page=page,
        tier=next((one.label for one in page.framework.tiers if one.id == page.assessment.tier), ""),
        areas=[
            (area, [bar for bar in page.bars if bar.skill.area == area.id]) for area in page.framework.areas
        ],
        most=MOST_LEVELS,
        has_dates=bool(_dated(page, desk)),
    )


def calendar(desk: Desk) -> Page:
    """GET /skills/skills.ics: the coming dates of what one took on, or of the roadmap while there is no plan."""
    page = mine.page_of(desk.services, desk.person.id)
    resources = _dated(page, desk) if page else []
    return Page(file=File(calendar_file(resources, desk.services.clock()), CALENDAR, "text/calendar"))


def _dated(page: MyPage, desk: Desk) -> list[Resource]:
    if page.plan:
        resources = [step.resource for step in page.plan if step.resource and not step.item.done_on]
    else:
        resources = [step.resource for step in page.roadmap.steps]
    return [one for one in resources if one.upcoming(desk.services.clock())]


def _doing(name: str, do: Do) -> Callable[[Desk], Page]:
    """A handler of chat done from the page: the same rules, then the page again."""

    def done(desk: Desk) -> Page:
        do(_request(desk, name), desk.services)
        return Page(location=ADDRESS)

    return done


def _request(desk: Desk, name: str) -> Request:
    return Request(
        channel="web",
        user=desk.person.id,
        name=name,
        value=desk.field("value"),
        person=desk.person,
        at=desk.services.clock(),
    )


SHOWN: Pages = {ADDRESS: show, plan.CALENDAR_PATH: calendar}
DONE: Pages = {
    f"{ADDRESS}/plan": _doing("skills_accept", plan.accept_plan),
    f"{ADDRESS}/tick": _doing("skills_tick", plan.tick_step),
    f"{ADDRESS}/share": _doing("skills_share", sharing.share),
    f"{ADDRESS}/unshare": _doing("skills_unshare", sharing.unshare),
}
