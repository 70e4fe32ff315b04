"""Deciding on what an expert's answer proposes, by a button in chat. The console has the same, with editing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.delivery import Message
from bot.handlers.editing import approve_proposal, editor_of, reject_proposal
from bot.handlers.feedback import article_title
from bot.handlers.forms import is_filled, text_of
from bot.handlers.notices import notices
from bot.handlers.refusing import refused
from bot.messages import Action, Form, FormField, Items, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.editing.desk import NothingThere
from knowledge.editing.proposing import AlreadyDecided
from knowledge.editing.store import Outdated, Proposal
from knowledge.learning.inquiry import Inquiry
from knowledge.learning.routing import roles_in
from knowledge.view import View
from staff.model import Role
from staff.permissions import NotAllowed

MAX_REASON = 300


def told_approvers(services: Services, proposal: Proposal, inquiry: Inquiry) -> list[Message]:
    """The messages that ask for a decision: to デジタル推進室 and the 課's leaders, but for whoever proposed it."""
    everyone = services.stores.directory.list_people()
    people = [
        person
        for person in everyone
        if person.id != proposal.proposed_by
        and (
            Role.OPERATOR in person.roles
            or not roles_in(person, inquiry.department_id).isdisjoint({Role.LEADER, Role.MANAGER})
        )
    ]
    hides = services.knowledge.hides
    people = [each for each in people if not hides(proposal.article_id, services.viewer(each))]
    if not people:  # nobody else is left to decide
        people = [person for person in everyone if person.id == proposal.proposed_by]
    told = _proposed(services.seen_by(people[0]), proposal) if people else Reply()
    return list(notices(services, people, f"proposal/{proposal.id}/waiting", told))


def approve(request: Request, services: Services) -> Reply:
    """Let a proposal stand: it is answered from, from now on."""
    try:
        approve_proposal(services, editor_of(services, request.person), request.value)
    except (NotAllowed, NothingThere, AlreadyDecided) as refusal:
        return refused(str(refusal))
    except Outdated:
        return refused(texts.SAVED_MEANWHILE)
    return Reply(parts=(Paragraph(text=texts.APPROVED),))


def reject(request: Request, services: Services) -> Reply:
    """Turn a proposal down, saying why."""
    reason = text_of(request, "reason")
    if not reason:
        error = texts.CLOSE_REASON_MISSING if is_filled(request, "reason") else ""
        return Reply(form=_reject_form(request.value, error))
    try:
        reject_proposal(services, editor_of(services, request.person), request.value, reason)
    except (NotAllowed, NothingThere, AlreadyDecided) as refusal:
        return refused(str(refusal))
    return Reply(parts=(Paragraph(text=texts.REJECTED),))


def _proposed(seen: View, proposal: Proposal) -> Reply:
    return Reply(
        title=texts.PROPOSED_TITLE,
        parts=tuple(_what(seen, proposal)),
        actions=(
            Action(name="proposal_approve", label=texts.APPROVE, value=proposal.id),
            Action(name="proposal_reject", label=texts.REJECT, value=proposal.id),
        ),
    )


def _what(seen: View, proposal: Proposal) -> Iterator[Part]:
    if proposal.article is None:
        title = article_title(seen, proposal.article_id)
        yield Paragraph(text=texts.PROPOSED_PHRASING.format(title=title))
        yield Items(items=(proposal.phrasing,))
        return
    yield Paragraph(text=texts.PROPOSED)
    yield Paragraph(label=proposal.article.title, text=proposal.article.body)
    yield Paragraph(text=texts.PROPOSED_ASKED, tone="note")
    yield Items(items=proposal.article.questions)


def _reject_form(proposal_id: str, error: str) -> Form:
    field = FormField(id="reason", label=texts.REASON, required=True, error=error, max_length=MAX_REASON)
    return Form(
        name="proposal_reject",
        title=texts.REJECT_FORM_TITLE,
        fields=(field,),
        submit=texts.REJECT_SEND,
        value=proposal_id,
    )
