"""Messages that did not arrive, or of which nobody can tell: operators see them and decide."""

from __future__ import annotations

from bot.delivery import Unsettled
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Paragraph, Reply, Request, Table
from bot.reaching import person_in
from bot.services import Services, Stores
from bot.texts.ja import outbox as texts
from staff.calendar import JAPAN
from staff.permissions import Permission
from staff.store import AuditEvent

MOST_SHOWN = 10
MOST_BUTTONS = 4
LONGEST_VALUE = 200


def list_unsettled(request: Request, services: Services) -> Reply:
    """The operator's list, with buttons for the newest."""
    if refusal := permitted(request, Permission.OUTBOX_SETTLE):
        return refusal
    found = services.stores.outbox.list_unsettled()
    if not found:
        return Reply(title=texts.LIST_TITLE, parts=(Paragraph(text=texts.LIST_NONE),))
    more = len(found) - MOST_SHOWN
    notes = [Paragraph(text=texts.LIST_MORE.format(count=more), tone="note")] if more > 0 else []
    rows = tuple(_row(one, services) for one in found[:MOST_SHOWN])
    table = Table(caption=texts.LIST_CAPTION, columns=texts.LIST_COLUMNS, rows=rows)
    return Reply(
        title=texts.LIST_TITLE,
        parts=(Paragraph(text=texts.LIST_INTRO), table, *notes),
        actions=tuple(action for one in found[:MOST_BUTTONS] for action in _buttons(one, services)),
    )


def mark_sent(request: Request, services: Services) -> Reply:
    """「送信済みにする」."""
    return _settle(request, services, resend=False)


def resend(request: Request, services: Services) -> Reply:
    """「再送する」."""
    return _settle(request, services, resend=True)


def settle(services: Services, key: str, by: str, *, resend: bool) -> bool:
    """What an operator decided, on record. False when the message is not on the list any more."""
    now = services.clock()
    action = "outbox.resend" if resend else "outbox.mark_sent"

    def work(stores: Stores) -> bool:
        done = stores.outbox.resend(key, now) if resend else stores.outbox.mark_sent(key, now)
        if done:
            stores.audit.append(AuditEvent(at=now, actor=by, action=action, target=key))
        return done

    return services.stores.transaction(work)


def recipient_name(one: Unsettled, services: Services) -> str:
    """Who a message is for, as an operator knows them: a name where the directory has one."""
    recipient, directory = one.message.recipient, services.stores.directory
    id_ = person_in(recipient) or recipient
    person = directory.person(id_) or directory.linked_person(one.message.channel, recipient)
    return person.name if person else recipient[:40]


def _settle(request: Request, services: Services, *, resend: bool) -> Reply:
    if refusal := permitted(request, Permission.OUTBOX_SETTLE):
        return refusal
    by = request.person.id if request.person else ""
    if not settle(services, request.value[:LONGEST_VALUE], by, resend=resend):
        return refused(texts.GONE)
    back = Action(name="outbox", label=texts.LIST_TITLE)
    return Reply(parts=(Paragraph(text=texts.RESENT if resend else texts.MARKED),), actions=(back,))


def _row(one: Unsettled, services: Services) -> tuple[str, ...]:
    at = one.at.astimezone(JAPAN)
    return (
        recipient_name(one, services),
        one.message.reply.title or one.message.reply.text[:30],
        texts.UNCLEAR if one.unclear else texts.FAILED,
        texts.why(one.reason)[:160],
        f"{at:%m/%d %H:%M}",
    )


def _buttons(one: Unsettled, services: Services) -> tuple[Action, ...]:
    who = recipient_name(one, services)
    return (
        Action(name="outbox_sent", label=texts.MARK.format(who=who), value=one.message.key),
        Action(name="outbox_resend", label=texts.RESEND.format(who=who), value=one.message.key),
    )
