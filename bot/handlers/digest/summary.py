"""The month's summary for each 所属長 (DX推進マネージャー): the city's initiatives, the own 課's, and what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.delivery import Message
from bot.handlers.digest.composing import counts_of, initiative_text
from bot.handlers.digest.gathering import AHEAD, Ground, initiative_line, load_ground
from bot.handlers.initiatives.listing import report_actions
from bot.handlers.notices import notices
from bot.messages import Action, Paragraph, Part, Reply
from bot.services import Services
from bot.texts.ja import digest as texts
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.issue import InitiativeLine
from knowledge.initiatives.owners import own_departments, owning_department
from knowledge.learning.routing import roles_in
from staff.calendar import JAPAN, date_in_japan
from staff.model import Person, Role
from staff.weekly import USUAL_TIME

GRACE = timedelta(days=7)  # for a worker that was down on the first business day


def summaries(services: Services) -> list[Message]:
    """The summary for each 所属長, from 8:45 of the first business day of a month; a week later it is none any more."""
    now = services.clock()
    today = date_in_japan(now)
    first = services.calendar.on_or_after(today.replace(day=1))
    begins = datetime.combine(first, USUAL_TIME, JAPAN)
    if not begins <= now < begins + GRACE or not services.calendar.is_business_day(today):
        return []
    people = services.stores.directory.list_people()
    ground = load_ground(services, today, people)
    key = f"summary/{today:%Y-%m}"
    return [
        message
        for manager in people
        if Role.MANAGER in manager.roles
        for message in notices(services, [manager], key, summary(manager, ground, people))
    ]


def summary(manager: Person, ground: Ground, people: Sequence[Person]) -> Reply:
    """How the initiatives stand, those of the manager's 課 first, and what the 課 was asked and has done."""
    own = own_departments(manager, Role.MANAGER)
    mine = [one for one in ground.initiatives if _owner(one, ground) in own]
    lines = {one.id: _line(one, ground) for one in ground.initiatives}
    month_end = ground.day.replace(day=1) - timedelta(days=1)
    parts = [
        *_gaps(own, ground, people),
        *_listed(texts.SUMMARY_OWN, [initiative_text(lines[one.id]) for one in mine]),
        *_listed(texts.SUMMARY_DUE, _steps(mine, ground.day)),
        *_asked(own, ground, month_end),
    ] or [Paragraph(text=texts.SUMMARY_NONE)]
    if ground.initiatives:
        parts.append(Paragraph(label=texts.SUMMARY_CITY, text=counts_of(tuple(lines.values()))))
    late = [one for one in mine if not lines[one.id].counts]
    return Reply(
        title=texts.SUMMARY_TITLE.format(month=month_end.month),
        parts=tuple(parts),
        actions=(
            *(
                action
                for one in late[:2]
                for action in report_actions(one.id, one.title, ground.reports.get(one.id, ()))
            ),
            Action(name="digest_more", label=texts.MORE),
        ),
    )


def _owner(one: Initiative, ground: Ground) -> str:
    department = owning_department(one, ground.departments, ground.day)
    return department.id if department else ""


def _line(one: Initiative, ground: Ground) -> InitiativeLine:
    reports = ground.reports.get(one.id, ())
    return initiative_line(one, reports, ground.day, nobody=not ground.owners[one.id])


def _gaps(own: Sequence[str], ground: Ground, people: Sequence[Person]) -> Iterator[Part]:
    """The manager's 課 in which nobody gets the digest."""
    names = {one.id: one.name for one in ground.departments}
    for id_ in own:
        if not any(Role.LEADER in roles_in(person, id_) for person in people):
            text = texts.SUMMARY_NO_LEADER.format(department=names.get(id_, id_))
            yield Paragraph(text=text, tone="warning")


def _steps(mine: Sequence[Initiative], day: date) -> list[str]:
    steps = [(step, one) for one in mine for step in one.milestones]
    return [
        texts.dated_step(step.due_on, one.title, step.text) + (texts.OVERDUE if step.due_on < day else "")
        for step, one in steps
        if step.due_on and not step.done_on and step.due_on <= day + AHEAD
    ]


def _asked(own: Sequence[str], ground: Ground, month_end: date) -> Iterator[Part]:
    """Of what was due last month how much is done, and what is open."""
    told = [(one, id_) for one in ground.assignments for id_ in own if one.concerns(id_)]
    last = [each for each in told if each[0].due_on.replace(day=1) == month_end.replace(day=1)]
    done = sum((one.id, id_) in ground.done for one, id_ in last)
    lines = [texts.SUMMARY_DONE.format(month=month_end.month, asked=len(last), done=done)] if last else []
    lines += [
        texts.SUMMARY_OPEN.format(title=one.title, day=texts.short_day(one.due_on))
        for one, id_ in told
        if (one.id, id_) not in ground.done and one.due_on <= ground.day + AHEAD
    ]
    yield from _listed(texts.SUMMARY_ASSIGNMENTS, list(dict.fromkeys(lines)))


def _listed(label: str, lines: Sequence[str]) -> list[Part]:
    return [Paragraph(label=label, text="\n".join(f"・{line}" for line in lines))] if lines else []
