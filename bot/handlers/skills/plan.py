"""次の一歩: the roadmap, the plan somebody takes on, and its ticks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handlers.console import public_address
from bot.handlers.refusing import permitted, refused
from bot.handlers.skills.page import REFRESH_ACTION, page_of, show_skills, skill_set
from bot.messages import Action, Items, Paragraph, Part, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import skill_page as texts
from staff.calendar import JAPAN
from staff.permissions import Permission
from surveys.skills.assessment import PlanItem
from surveys.skills.my_page import MyPage, PlanStep
from surveys.skills.roadmap import Step

MOST_STEPS = 10
MOST_BUTTONS = 5
CALENDAR_PATH = "/skills/skills.ics"
ACCEPT_ACTION = Action(name="skills_accept", label=texts.PLAN_ACCEPT)


def show_plan(request: Request, services: Services) -> Reply:
    """The person's plan, or the roadmap to take on."""
    page = page_of(services, request.person.id) if request.person else None
    if page is None:
        return show_skills(request, services)
    return _plan(request, page, services) if page.plan else _roadmap(request, page, services)


def accept_plan(request: Request, services: Services) -> Reply:
    """Take on the roadmap of now; what was done of an earlier plan stays done."""
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    page = page_of(services, request.person.id)
    if page is None:
        return show_skills(request, services)
    done = [step.item for step in page.plan if step.item.done_on]
    new = [PlanItem(resource_id=id_, accepted_on=services.today()) for id_ in _resources(page)]
    if not new:
        return Reply(
            title=texts.PLAN_TITLE, parts=(Paragraph(text=texts.PLAN_NOTHING),), actions=(REFRESH_ACTION,)
        )
    services.stores.skills.save_plan(request.person.id, [*done, *new])
    shown = show_plan(request, services)
    return shown.model_copy(update={"parts": (Paragraph(text=texts.PLAN_ACCEPTED), *shown.parts)})


def tick_step(request: Request, services: Services) -> Reply:
    """Mark a step done, or open again when it was done."""
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    store, id_ = services.stores.skills, request.value
    item = next((one for one in store.list_plan(request.person.id) if one.resource_id == id_), None)
    if item is None:
        return refused(texts.NOT_IN_PLAN)
    done_on = None if item.done_on else services.today()
    store.tick(request.person.id, id_, done_on)
    resource = skill_set(services).catalogue.by_id.get(id_)
    title = resource.title if resource else texts.GONE_RESOURCE
    told = (texts.TICKED if done_on else texts.UNTICKED).format(title=title)
    shown = show_plan(request, services)
    return shown.model_copy(update={"parts": (Paragraph(text=told), *shown.parts)})


def _resources(page: MyPage) -> list[str]:
    """The roadmap's resources in order, each once."""
    return list(dict.fromkeys(step.resource.id for step in page.roadmap.steps))


def _roadmap(request: Request, page: MyPage, services: Services) -> Reply:
    steps = page.roadmap.steps
    parts: list[Part] = [Paragraph(text=texts.PLAN_INTRO if steps else texts.NO_GAPS)]
    if steps:
        parts.append(Items(items=tuple(_step(page, step) for step in steps[:MOST_STEPS]), numbered=True))
        parts.append(Paragraph(text=texts.total(len(steps), page.roadmap.hours), tone="note"))
    ahead = [PlanStep(_as_item(step, services), step.resource) for step in steps]
    parts += [*_missing(page), *_sessions(ahead, services)]
    first = ACCEPT_ACTION if steps else REFRESH_ACTION
    return Reply(
        title=texts.PLAN_TITLE, parts=tuple(parts), actions=(first, *_calendar(request, ahead, services))
    )


def _as_item(step: Step, services: Services) -> PlanItem:
    return PlanItem(resource_id=step.resource.id, accepted_on=services.today())


def _plan(request: Request, page: MyPage, services: Services) -> Reply:
    rows = tuple(texts.plan_row(_title(step), step.item.done_on) for step in page.plan)
    still = [step for step in page.plan if not step.item.done_on]
    intro = texts.PLAN_OWN if still else texts.PLAN_ALL_DONE
    ticks = tuple(
        Action(name="skills_tick", label=f"{texts.DONE}: {_title(step)}", value=step.item.resource_id)
        for step in still[:MOST_BUTTONS]
    )
    again = Action(name="skills_accept", label=texts.PLAN_AGAIN)
    return Reply(
        title=texts.PLAN_TITLE,
        parts=(
            Paragraph(text=intro),
            Items(items=rows, numbered=True),
            *_missing(page),
            *_sessions(still, services),
        ),
        actions=(
            *ticks,
            *_calendar(request, still, services),
            *(() if still else (REFRESH_ACTION,)),
            again,
        ),
    )


def _calendar(request: Request, steps: list[PlanStep], services: Services) -> tuple[Action, ...]:
    """The way to the dates as a calendar file, while there are any; outside the web only where the address is known."""
    if not any(step.resource and step.resource.upcoming(services.clock()) for step in steps):
        return ()
    base = "" if request.channel == "web" else public_address(services.settings)
    if request.channel != "web" and not base:
        return ()
    return (link_to(f"{base}{CALENDAR_PATH}", texts.CALENDAR),)


def _title(step: PlanStep) -> str:
    return step.resource.title if step.resource else texts.GONE_RESOURCE


def _step(page: MyPage, step: Step) -> str:
    names = page.framework.by_id
    gains = "、".join(texts.gain(names[gain.skill].name, gain.level, gain.to) for gain in step.gains)
    return texts.step(step.resource.title, step.resource.kind.value, step.resource.hours, gains)


def _missing(page: MyPage) -> Iterator[Part]:
    if missing := page.roadmap.missing:
        names = page.framework.by_id
        told = "、".join(texts.missing(names[gain.skill].name, gain.level, gain.to) for gain in missing)
        yield Paragraph(label=texts.PLAN_MISSING, text=told)


def _sessions(steps: list[PlanStep], services: Services) -> Iterator[Part]:
    """The next date of each training that is still ahead."""
    rows = []
    for step in steps:
        for session in step.resource.upcoming(services.clock())[:1] if step.resource else ():
            at = session.starts_at.astimezone(JAPAN)
            rows.append(texts.session(_title(step), f"{at.month}月{at.day}日 {at:%H:%M}", session.place))
    if rows:
        yield Items(items=tuple(rows))
