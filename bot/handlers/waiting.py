"""Inquiries that wait: seeing them, giving them to another 課, ending them without an answer."""

from __future__ import annotations

from bot.handlers.expert_forms import MAX_REASON, close_form, move_form, reason_mistake
from bot.handlers.forms import is_filled, text_of
from bot.handlers.inquiry import expert_reply, route_for, told_experts
from bot.handlers.inquiry_desk import lost, record, refusal_for, said, tell_asker, too_late
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Choice, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import learning as texts
from knowledge.learning.inquiry import Inquiry, State
from knowledge.learning.routing import may_answer, owners_to_choose
from staff.permissions import Permission

MOST_LISTED = 10


def list_open(request: Request, services: Services) -> Reply:
    """What waits for an answer of this person's 課; デジタル推進室 sees all of it."""
    if refusal := permitted(request, Permission.INQUIRY_ANSWER):
        return refusal
    waiting = services.stores.learning.list_inquiries(State.OPEN)
    own = [inquiry for inquiry in reversed(waiting) if may_answer(request.person, inquiry.department_id)]
    if not own:
        return Reply(title=texts.INQUIRIES_TITLE, parts=(Paragraph(text=texts.INQUIRIES_NONE),))
    more = len(own) - MOST_LISTED
    notes = [Paragraph(text=texts.INQUIRIES_MORE.format(count=more), tone="note")] if more > 0 else []
    return Reply(
        title=texts.INQUIRIES_TITLE,
        parts=(Paragraph(text=texts.INQUIRIES_INTRO), *notes),
        actions=tuple(
            Action(name="inquiry", label=inquiry.question[:60], value=inquiry.id)
            for inquiry in own[:MOST_LISTED]
        ),
    )


def show_inquiry(request: Request, services: Services) -> Reply:
    """One question, with what can be done about it."""
    inquiry = services.stores.learning.find_inquiry(request.value)
    if refusal := refusal_for(request, inquiry):
        return refusal
    assert inquiry is not None  # noqa: S101 (refused above)
    if inquiry.state is not State.OPEN:
        return too_late(services, inquiry)
    return expert_reply(services.seen_by(request.person), inquiry)


def move_inquiry(request: Request, services: Services) -> Reply:
    """Give a question to another 課, whose experts are told."""
    inquiry = services.stores.learning.find_inquiry(request.value)
    if refusal := refusal_for(request, inquiry):
        return refusal
    assert inquiry is not None  # noqa: S101 (refused above)
    if inquiry.state is not State.OPEN:
        return too_late(services, inquiry)
    departments = owners_to_choose(services.stores.directory.list_departments(), services.today())
    chosen = next((one for one in departments if one.id == text_of(request, "department")), None)
    if chosen is None or chosen.name == inquiry.owner:
        error = texts.MOVE_MISSING if chosen is None else texts.MOVE_SAME
        choices = tuple(Choice(value=one.id, label=one.name) for one in departments)
        return Reply(form=move_form(inquiry, choices, error if is_filled(request, "department") else ""))
    return _move(request, services, inquiry, chosen.name, chosen.id)


def close_inquiry(request: Request, services: Services) -> Reply:
    """End a question without an answer, telling the asker why."""
    inquiry = services.stores.learning.find_inquiry(request.value)
    if refusal := refusal_for(request, inquiry):
        return refusal
    assert inquiry is not None  # noqa: S101 (refused above)
    if inquiry.state is not State.OPEN:
        return too_late(services, inquiry)
    reason = text_of(request, "reason")
    if not reason or len(reason) > MAX_REASON:
        return Reply(form=close_form(inquiry, reason, reason_mistake(request, reason)))
    told = Reply(
        title=texts.TOLD_CLOSED_TITLE,
        parts=(
            Paragraph(label=texts.TOLD_QUESTION, text=inquiry.question),
            Paragraph(text=texts.TOLD_CLOSED.format(owner=inquiry.owner, reason=reason)),
        ),
    )

    def work(stores: Stores) -> bool:
        if not stores.learning.close_inquiry(inquiry.id):
            return False
        tell_asker(services, stores, inquiry, told)
        record(request, services, stores, "inquiry.close", inquiry)
        return True

    closed = services.stores.transaction(work)
    return said(texts.CLOSED) if closed else lost(services, inquiry.id)


def _move(request: Request, services: Services, inquiry: Inquiry, owner: str, department_id: str) -> Reply:
    moved = inquiry.model_copy(update={"owner": owner, "department_id": department_id})
    key = f"inquiry/{inquiry.id}/moved/{department_id}/{services.clock().isoformat()}"
    messages = told_experts(services, moved, route_for(services, owner), key)
    if not messages:
        return refused(texts.NO_EXPERT)

    def work(stores: Stores) -> bool:
        if not stores.learning.move_inquiry(inquiry.id, owner, department_id, expected=inquiry.owner):
            return False
        for message in messages:
            stores.outbox.put(message)
        record(request, services, stores, "inquiry.move", inquiry, to=department_id)
        return True

    done = services.stores.transaction(work)
    return said(texts.MOVED.format(owner=owner)) if done else lost(services, inquiry.id)
