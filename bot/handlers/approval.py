"""Deciding on what an expert's answer proposes, by a button in chat. The console has the same, with editing."""

from __future__ import annotations

from bot.handlers.deciders import decision_on
from bot.handlers.editing import approve_proposal, editor_of, reject_proposal
from bot.handlers.expert_forms import MAX_REASON, reason_field, reason_mistake
from bot.handlers.forms import text_of
from bot.handlers.refusing import refused, turned_away
from bot.messages import BETWEEN, Form, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.editing.desk import NothingThere
from knowledge.editing.proposing import AlreadyDecided, consider
from knowledge.editing.store import Outdated
from staff.permissions import NotAllowed


def approve(request: Request, services: Services) -> Reply:
    """Let a proposal stand: it is answered from, from now on. What changed since it was shown is shown anew."""
    proposal_id, told, stamp = request.value.partition(BETWEEN)
    editor = editor_of(services, request.person)
    try:
        approve_proposal(services, editor, proposal_id, stamp if told else None)
    except (NotAllowed, NothingThere, AlreadyDecided) as refusal:
        return _told(refusal)
    except Outdated:
        found = consider(services.stores, services.knowledge.pack_articles, proposal_id, editor)
        return decision_on(found, texts.SAVED_MEANWHILE)
    return Reply(parts=(Paragraph(text=texts.APPROVED),))


def reject(request: Request, services: Services) -> Reply:
    """Turn a proposal down, saying why."""
    reason = text_of(request, "reason")
    if not reason or len(reason) > MAX_REASON:
        return Reply(form=_reject_form(request.value, reason_mistake(request, reason), reason))
    try:
        reject_proposal(services, editor_of(services, request.person), request.value, reason)
    except (NotAllowed, NothingThere, AlreadyDecided) as refusal:
        return _told(refusal)
    return Reply(parts=(Paragraph(text=texts.REJECTED),))


def _reject_form(proposal_id: str, error: str, reason: str) -> Form:
    return Form(
        name="proposal_reject",
        title=texts.REJECT_FORM_TITLE,
        fields=(reason_field(texts.REASON, reason, error),),
        submit=texts.REJECT_SEND,
        value=proposal_id,
    )


def _told(refusal: NotAllowed | NothingThere | AlreadyDecided) -> Reply:
    return turned_away(refusal) if isinstance(refusal, NotAllowed) else refused(str(refusal))
