"""わたしの技量: where somebody stands, what changed, and the next step, on every channel."""

from __future__ import annotations

from collections.abc import Iterator

from bot.charts.chart import Chart, Series
from bot.handlers.console import public_address
from bot.handlers.refusing import permitted
from bot.messages import Action, Items, Paragraph, Part, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import skill_page as texts
from staff.calendar import date_in_japan
from staff.permissions import Permission
from surveys.skills.asking import SURVEY_ID
from surveys.skills.framework import LEVELS
from surveys.skills.my_page import MyPage, my_page
from surveys.skills.reading import SkillSet, skill_set_in_use

PAGE_PATH = "/skills"
MOST_GAPS = 3
MOST_TOLD = 5
REFRESH_ACTION = Action(name="skills_refresh", label=texts.REFRESH)
PLAN_ACTION = Action(name="skills_plan", label=texts.SEE_PLAN)


def show_skills(request: Request, services: Services) -> Reply:
    """The person's own page; an invitation to the self-assessment while there is none."""
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    page = page_of(services, request.person.id)
    if page is None:
        return _invitation(services, request.person.id)
    share = (
        Action(name="skills_unshare", label=texts.UNSHARE)
        if page.shared_since
        else Action(name="skills_share", label=texts.SHARE)
    )
    base = "" if request.channel == "web" else public_address(services.settings)
    whole = (link_to(f"{base}{PAGE_PATH}", texts.SEE_PAGE),) if base else ()
    actions = (*_assess(services, request.person.id), PLAN_ACTION, REFRESH_ACTION, share, *whole)
    return Reply(title=texts.TITLE, parts=tuple(own_parts(page)), actions=actions)


def page_of(services: Services, person_id: str) -> MyPage | None:
    """A person's page; None while they have no assessment."""
    return my_page(services.stores.skills, skill_set(services), person_id)


def skill_set(services: Services) -> SkillSet:
    """The framework and catalogue in use."""
    return skill_set_in_use(services.stores.skills)


def own_parts(page: MyPage) -> Iterator[Part]:
    """Everything of a page, for the person themselves."""
    yield from level_parts(page)
    yield Paragraph(text=texts.NOT_USED, tone="note")
    if page.shared_since:
        yield Paragraph(text=texts.SHARED, tone="note")
    if page.comments:
        yield Paragraph(label=texts.COMMENTS, text="\n".join(comment.text for comment in page.comments))


def level_parts(page: MyPage) -> Iterator[Part]:
    """Levels against targets, change and gaps."""
    tier = next((one.label for one in page.framework.tiers if one.id == page.assessment.tier), "")
    yield Paragraph(text=texts.standing(tier, page.reached, page.rated, date_in_japan(page.assessment.at)))
    yield from _gaps(page)
    if moved := tuple(texts.moved(bar.skill.name, bar.moved) for bar in page.bars if bar.moved):
        yield Paragraph(label=texts.CHANGED, text="、".join(moved))
    yield _bars(page)
    yield from _without_level(page)


def _bars(page: MyPage) -> Chart:
    """Every skill with a level, against its target."""
    rated = [(bar, bar.level) for bar in page.bars if bar.level is not None]
    places = {bar.skill.id: place for place, (bar, _) in enumerate(rated)}
    told = [texts.bar_of(gap.skill.name, gap.level, gap.target) for gap in page.gaps[:MOST_TOLD]]
    return Chart(
        title=texts.BARS,
        labels=tuple(bar.skill.name for bar, _ in rated),
        series=(Series(name=texts.NOW_LEVEL, values=tuple(float(level) for _, level in rated)),),
        targets=tuple(float(bar.target) if bar.target else None for bar, _ in rated),
        maximum=float(LEVELS[-1]),
        first=tuple(places[gap.skill.id] for gap in page.gaps[:MOST_TOLD]),
        alt=texts.all_bars(page.reached, page.rated, told),
    )


def _without_level(page: MyPage) -> Iterator[Part]:
    for answer, label in texts.WITHOUT.items():
        if names := [bar.skill.name for bar in page.bars if bar.level is None and bar.answer == answer]:
            yield Paragraph(label=label, text="、".join(names))


def _gaps(page: MyPage) -> Iterator[Part]:
    if not page.gaps:
        yield Paragraph(text=texts.NO_GAPS)
        return
    label = page.framework.label
    yield Paragraph(text=texts.GAPS, tone="note")
    yield Items(
        items=tuple(
            texts.gap(gap.skill.name, label(gap.level), label(gap.target), gap.skill.anchors[gap.level + 1])
            for gap in page.gaps[:MOST_GAPS]
        ),
        numbered=True,
    )


def _invitation(services: Services, person_id: str) -> Reply:
    if assess := _assess(services, person_id):
        return Reply(title=texts.TITLE, parts=(Paragraph(text=texts.NOT_YET),), actions=assess)
    return Reply(title=texts.TITLE, parts=(Paragraph(text=texts.NOT_YET_NO_ROUND),))


def _assess(services: Services, person_id: str) -> tuple[Action, ...]:
    """The way into the open round of the self-assessment that still waits for this person."""
    for round_, answered in services.stores.surveys.list_open_for(person_id):
        if round_.survey_id == SURVEY_ID and not answered:
            return (Action(name="survey_start", label=texts.ASSESS, value=round_.id),)
    return ()
