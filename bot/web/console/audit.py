"""The audit log: filtered, verified, and its anchor to be kept off the machine. Looking at it is on record too."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.texts.ja import audit_detail
from bot.texts.ja import console as texts
from bot.web.console.desk import Desk, Pages
from bot.web.pages import Page, link
from staff.calendar import JAPAN
from staff.chain import Anchor
from staff.store import AuditEvent, AuditFilter, AuditRecord

EACH_PAGE = 50
CHANNELS = ("slack", "teams", "web", "cli")


def show(desk: Desk) -> Page:
    """GET /console/audit: the newest entries that fit."""
    wanted, wrong = _filter(desk)
    records = [] if wrong else desk.services.stores.audit.search(wanted, EACH_PAGE + 1)
    _record(desk, "audit.read", {"entries": min(len(records), EACH_PAGE)})
    shown = records[:EACH_PAGE]
    return desk.page(
        "console/audit.html",
        422 if wrong else 200,
        rows=[_row(desk, one) for one in shown],
        filters={name: desk.field(name) for name in ("actor", "action", "channel", "since", "until")},
        channels=CHANNELS,
        wrong=wrong,
        older=_older(desk, shown) if len(records) > EACH_PAGE else "",
        verdict="",
        anchor="",
    )


def verify(desk: Desk) -> Page:
    """POST /console/audit/verify: check the whole chain, against an anchor if one was kept."""
    told = desk.field("anchor").strip()
    audit = desk.services.stores.audit
    try:
        count = audit.verify(Anchor.read(told) if told else None)
        verdict, sound = texts.AUDIT_SOUND.format(count=count), True
    except ValueError as broken:
        verdict, sound = texts.AUDIT_BROKEN.format(reason=broken), False
    _record(desk, "audit.verify", {"sound": int(sound)})
    return desk.page("console/verdict.html", verdict=verdict, sound=sound, anchor=str(audit.anchor()))


def _filter(desk: Desk) -> tuple[AuditFilter, str]:
    try:
        since, until = _day(desk.field("since")), _day(desk.field("until"))
    except ValueError:
        return AuditFilter(), texts.BAD_DAY
    return (
        AuditFilter(
            actor=desk.field("actor").strip()[:64],
            action=desk.field("action").strip()[:64].replace("%", ""),
            channel=desk.field("channel") if desk.field("channel") in CHANNELS else "",
            since=since,
            until=until + timedelta(days=1) if until else None,
            before=max(desk.visit.number, 0),
        ),
        "",
    )


def _day(text: str) -> datetime | None:
    if not text.strip():
        return None
    day = date.fromisoformat(text.strip())
    return datetime(day.year, day.month, day.day, tzinfo=JAPAN)


def _row(desk: Desk, record: AuditRecord) -> tuple[int, datetime, str, str, str, str, str]:
    event = record.event
    action = texts.ACTIONS.get(event.action, event.action)
    return (
        record.position,
        event.at,
        _name(desk, event.actor),
        action,
        _name(desk, event.target),
        texts.CHANNELS.get(event.channel, event.channel),
        audit_detail.told(event.detail),
    )


def _name(desk: Desk, told: str) -> str:
    person = desk.services.stores.directory.person(told.removeprefix("person/"))
    if person is not None:
        return f"{person.name}（{person.id}）"
    return (
        texts.ERASED.format(key=told.removeprefix("person/"))
        if told.removeprefix("person/").startswith("p-")
        else told
    )


def _older(desk: Desk, shown: list[AuditRecord]) -> str:
    kept = {
        name: desk.field(name)
        for name in ("actor", "action", "channel", "since", "until")
        if desk.field(name)
    }
    return link("/console/audit", **kept, number=shown[-1].position)


def _record(desk: Desk, action: str, detail: dict[str, str | int]) -> None:
    event = AuditEvent(
        at=desk.services.clock(), actor=desk.person.id, action=action, target="audit", detail=detail
    )
    desk.services.stores.audit.append(event)


SHOWN: Pages = {"/console/audit": show}
DONE: Pages = {"/console/audit/verify": verify}
