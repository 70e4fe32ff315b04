"""What answering, giving on and ending an inquiry have in common: who may, what happened meanwhile, who is told."""

from __future__ import annotations

from bot.delivery import Message
from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request
from bot.reaching import WEB
from bot.services import Services, Stores
from bot.texts.ja import learning as texts
from knowledge.learning.inquiry import Inquiry, State, state_of
from knowledge.learning.routing import may_answer
from staff.permissions import Permission
from staff.store import AuditEvent


def refusal_for(request: Request, inquiry: Inquiry | None) -> Reply | None:
    """Why this person may not work on an inquiry; None when they may."""
    if refusal := permitted(request, Permission.INQUIRY_ANSWER):
        return refusal
    if inquiry is None:
        return refused(texts.NO_INQUIRY)
    if not may_answer(request.person, inquiry.department_id):
        return refused(texts.NOT_YOURS.format(owner=inquiry.owner))
    return None


def tell_asker(services: Services, stores: Stores, inquiry: Inquiry, reply: Reply) -> None:
    """Tell whoever asked, and forget who that was: the message is the last thing that needs it."""
    asker = stores.learning.take_asker(inquiry.id)
    if asker is None:
        return
    stores.outbox.put(
        Message(
            key=f"inquiry/{inquiry.id}/told",
            channel=asker.channel,
            recipient=asker.recipient,
            reply=reply,
            due_at=services.clock() if asker.channel == WEB else services.working_moment(),
            in_hours=asker.channel != WEB,
        )
    )


def lost(services: Services, inquiry_id: str, written: str = "") -> Reply:
    """Somebody else was first: what happened meanwhile."""
    inquiry = services.stores.learning.find_inquiry(inquiry_id)
    if inquiry is None:
        return refused(texts.NO_INQUIRY)
    if inquiry.state is State.OPEN:
        return said(texts.MOVED_MEANWHILE.format(owner=inquiry.owner))
    return too_late(services, inquiry, written)


def too_late(services: Services, inquiry: Inquiry, written: str = "") -> Reply:
    """What was answered first, what became of it, and what this person wrote, so that nothing is lost."""
    if inquiry.state is State.CLOSED:
        return refused(texts.NOT_OPEN)
    proposal = services.stores.proposals.find(inquiry.proposal_id) if inquiry.proposed else None
    stands = texts.STATES[state_of(inquiry, proposal).value]
    own = [Paragraph(label=texts.YOUR_ANSWER, text=written)] if written else []
    return Reply(
        title=texts.ALREADY_ANSWERED_TITLE,
        parts=(
            Paragraph(text=texts.ALREADY_ANSWERED),
            Paragraph(label=texts.EXPERT_QUESTION, text=inquiry.question),
            Paragraph(label=texts.ANSWERED_BY, text=inquiry.answer),
            *own,
            *([Paragraph(text=stands, tone="note")] if proposal else []),
        ),
    )


def record(
    request: Request, services: Services, stores: Stores, action: str, inquiry: Inquiry, **detail: str | int
) -> None:
    """Keep on record what was done with an inquiry."""
    actor = request.person.id if request.person else ""
    event = AuditEvent(at=services.clock(), actor=actor, action=action, target=inquiry.id, detail=detail)
    stores.audit.append(event)


def said(text: str) -> Reply:
    """A reply of one sentence."""
    return Reply(parts=(Paragraph(text=text),))
