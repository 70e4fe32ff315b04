"""Proposing a new article from any channel: a form, and the proposal that waits for approval."""

from __future__ import annotations

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
FIELDS = ("title", "body", "questions", "owner")
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


def _kind(value: str) -> Kind:
    return next((kind for kind in KINDS if kind.value == value), Kind.FAQ)


def _form(values: dict[str, str], mistakes: dict[str, str]) -> Form:
    kinds = tuple(Choice(value=kind.value, label=words.kind(kind.value)) for kind in KINDS)
    written = [
        FormField(
            id=name,
            label=texts.label(name),
            kind="long_text" if name in {"body", "questions"} else "text",
            required=name in {"title", "body"},
            value=values.get(name, ""),
            hint=texts.hint(name),
            error=mistakes.get(name, ""),
        )
        for name in FIELDS
    ]
    kind = FormField(
        id="kind", label=words.KIND, kind="single", choices=kinds, value=values.get("kind") or Kind.FAQ.value
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
        fields=(*written, kind, reason),
        submit=words.SEND_PROPOSAL,
    )
