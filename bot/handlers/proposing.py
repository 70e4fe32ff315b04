"""Proposing a new article from any channel: a form, and the proposal that waits for approval."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.editing import article_to_propose, editor_of, send_proposals
from bot.handlers.forms import is_filled, text_of
from bot.handlers.offices import warn_of_office
from bot.handlers.refusing import permitted
from bot.messages import Choice, Form, FormField, Items, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from knowledge.article import Article, Kind
from knowledge.editing.fields import MOST_REASON, FieldMistakes, read_reason, refuse_details
from knowledge.editing.store import Proposal
from staff.permissions import Permission

FORM = "propose"
FIELDS = ("title", "body", "steps", "needs", "questions", "owner")
LONG = ("body", "steps", "needs", "questions")
# All of them filled, a card with the form still is as small as Teams takes it.
LONGEST = {"title": 200, "body": 3000, "steps": 1500, "needs": 500, "questions": 1000, "owner": 100}
OF_PROCEDURES = ("steps", "needs")
KINDS = (Kind.FAQ, Kind.PROCEDURE, Kind.TERM)


def propose(request: Request, services: Services) -> Reply:
    """The form for a new article; filled in, it becomes a proposal. Mistakes return to their fields."""
    if refusal := permitted(request, Permission.KNOWLEDGE_PROPOSE):
        return refusal
    if not is_filled(request, "title"):
        return Reply(form=_form({}, {}))
    values = {name: text_of(request, name) for name in (*FIELDS, "kind", "reason")}
    try:
        written = {name: values[name] for name in FIELDS}
        _require_procedure(values)
        article = article_to_propose(
            services, editor_of(services, request.person), _kind(values["kind"]), written
        )
        reason = read_reason(values["reason"])
        refuse_details({"reason": reason})
    except FieldMistakes as wrong:
        return Reply(form=_form(values, wrong.by_field))
    _send(request, services, article, reason)
    warning = warn_of_office(services, article.owner)
    stray = (Paragraph(text=warning, tone="warning"),) if warning else ()
    parts = (Items(items=(article.title,)), *stray, Paragraph(text=texts.PROPOSED))
    return Reply(title=texts.PROPOSED_TITLE, parts=parts)


def _send(request: Request, services: Services, article: Article, reason: str) -> None:
    editor = editor_of(services, request.person)
    proposal = Proposal(
        article_id=article.id,
        article=article,
        reason=reason,
        proposed_by=editor.by,
        proposed_at=services.clock(),
    )
    send_proposals(services, editor, [proposal])


def _require_procedure(values: Mapping[str, str]) -> None:
    """Raise FieldMistakes for steps, or things needed, of what is no procedure."""
    if any(values[name] for name in OF_PROCEDURES) and _kind(values["kind"]) is not Kind.PROCEDURE:
        raise FieldMistakes({"kind": words.STEPS_OF_PROCEDURE})


def _kind(value: str) -> Kind:
    return next((kind for kind in KINDS if kind.value == value), Kind.FAQ)


def _form(values: dict[str, str], mistakes: dict[str, str]) -> Form:
    kinds = tuple(Choice(value=kind.value, label=words.kind(kind.value)) for kind in KINDS)
    written = [
        FormField(
            id=name,
            label=texts.label(name),
            kind="long_text" if name in LONG else "text",
            required=name == "title",
            value=values.get(name, ""),
            hint=words.PROPOSAL_HINTS.get(name, "") or texts.hint(name),
            error=mistakes.get(name, ""),
            max_length=LONGEST[name],
        )
        for name in FIELDS
    ]
    kind = FormField(
        id="kind",
        label=words.KIND,
        kind="single",
        choices=kinds,
        value=values.get("kind") or Kind.FAQ.value,
        error=mistakes.get("kind", ""),
    )
    reason = FormField(
        id="reason",
        label=words.PROPOSAL_REASON,
        value=values.get("reason", ""),
        max_length=MOST_REASON,
        error=mistakes.get("reason", ""),
    )
    return Form(
        name=FORM,
        title=texts.PROPOSE,
        intro=words.NEW_TEXT,
        fields=(written[0], kind, *written[1:], reason),
        submit=words.SEND_PROPOSAL,
    )
