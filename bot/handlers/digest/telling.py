"""What is sent around the digest: nudges to owners before it, alerts to デジタル推進室."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.delivery import Message
from bot.handlers.digest.gathering import Ground, load_ground
from bot.handlers.digest.lateness import Lateness, lateness
from bot.handlers.notices import notices
from bot.messages import Action, Items, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import digest as texts
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.progress import due_on
from staff.calendar import JAPAN, date_in_japan, iso_week
from staff.model import Person, Role
from staff.weekly import delivery_day

NUDGE_AT = time(14, 0)
MOST_NUDGED = 2


def nudges(services: Services) -> list[Message]:
    """What asks owners for a report, from 14:00 of the business day before the next digest until it goes out."""
    now = services.clock()
    today = date_in_japan(now)
    coming = services.calendar.after(today, 1)
    week = iso_week(coming)
    is_eve = delivery_day(week, services.calendar) == coming and services.calendar.is_business_day(today)
    if not is_eve or now < datetime.combine(today, NUDGE_AT, JAPAN):
        return []
    people = services.stores.directory.list_people()
    ground = load_ground(services, coming, people)
    due = [one for one in ground.initiatives if _is_due(one, ground, coming)]
    owners: dict[str, list[Initiative]] = {}
    orphans: list[Initiative] = []
    for one in due:
        for id_ in ground.owners[one.id]:
            owners.setdefault(id_, []).append(one)
        orphans += [] if ground.owners[one.id] else [one]
    told = {person.id: person for person in people}
    key = f"nudge/{week}"
    messages = [
        message
        for id_, own in owners.items()
        for message in notices(services, [told[id_]], key, _nudge(own, ground, coming))
    ]
    operators = [person for person in people if Role.OPERATOR in person.roles]
    if orphans:
        messages += notices(
            services, operators, f"{key}/nobody", _nudge(orphans, ground, coming, orphaned=True)
        )
    return messages


def unread(services: Services, count: int) -> list[Message]:
    """Tells デジタル推進室, once a week, that readers' data could not be read; the others got theirs."""
    week = iso_week(services.today())
    text = texts.ALERT_UNREAD.format(week=week, count=count)
    return list(notices(services, _operators(services), f"unread/{week}", _alert(text, texts.UNREAD_TITLE)))


def alerts(services: Services) -> list[Message]:
    """The dead man's alert, once a day and kind, and what could not be read for this week's issue."""
    operators = _operators(services)
    messages: list[Message] = []
    if late := lateness(services):
        kind = "missing" if not late.made else "waiting" if late.waiting else "unmade"
        key = f"late/{services.today()}/{kind}"
        messages += notices(services, operators, key, _alert(_late_text(late)))
    week = iso_week(services.today())
    issue = services.stores.digests.issue(week)
    if issue is not None and issue.broken:
        names = "、".join(texts.SECTIONS[name] for name in issue.broken)
        text = texts.ALERT_BROKEN.format(week=week, names=names)
        messages += notices(services, operators, f"broken/{week}", _alert(text, texts.UNREAD_TITLE))
    return messages


def _is_due(initiative: Initiative, ground: Ground, coming: date) -> bool:
    due = due_on(initiative, next(iter(ground.reports.get(initiative.id, ())), None))
    return due is not None and due <= coming


def _nudge(own: Sequence[Initiative], ground: Ground, coming: date, *, orphaned: bool = False) -> Reply:
    lines, actions = [], []
    for one in own:
        reports = ground.reports.get(one.id, ())
        due = due_on(one, next(iter(reports), None))
        when = texts.NUDGE_DUE.format(day=texts.short_day(due)) if due and reports else texts.NEVER_REPORTED
        lines.append(texts.NUDGE_ITEM.format(title=one.title, when=when))
        actions.append(
            Action(name="progress_report", label=texts.REPORT_LABEL.format(title=one.title), value=one.id)
        )
        if reports:
            actions.append(
                Action(name="progress_same", label=texts.SAME_LABEL.format(title=one.title), value=one.id)
            )
    owners = "・".join(dict.fromkeys(one.owner for one in own))
    gap = [Paragraph(text=texts.NUDGE_NOBODY.format(owner=owners), tone="warning")] if orphaned else []
    return Reply(
        title=texts.NUDGE_TITLE,
        parts=(
            *gap,
            Items(items=tuple(lines)),
            Paragraph(text=texts.NUDGE.format(day=texts.short_day(coming))),
        ),
        actions=tuple(actions),
    )


def _late_text(late: Lateness) -> str:
    if not late.made:
        return texts.ALERT_NO_ISSUE.format(week=late.week)
    if not late.waiting:
        return texts.ALERT_MISSING.format(week=late.week, count=late.missing)
    return texts.ALERT_WAITING.format(week=late.week, count=late.waiting)


def _operators(services: Services) -> list[Person]:
    return [person for person in services.stores.directory.list_people() if Role.OPERATOR in person.roles]


def _alert(text: str, title: str = texts.ALERT_TITLE) -> Reply:
    return Reply(title=title, parts=(Paragraph(text=text, tone="warning"),))
