"""Those who decide on proposals are told that some wait: デジタル推進室, and the leaders of the 課 that owns the article."""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery import Message
from bot.handlers.notices import notices
from bot.messages import Action, Items, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import editing as texts
from knowledge.editing.proposing import Considered, beside
from knowledge.editing.rights import Editor
from knowledge.editing.store import Origin, Proposal
from staff.model import Person


def asked_to_decide(services: Services, proposals: Sequence[Proposal]) -> dict[str, list[Message]]:
    """The messages of each proposal, by its id: one with buttons for what a person proposed, one about all drafts of
    a manual. Whoever proposed is not asked. An inquiry's proposals are told where the inquiry is handled.
    """
    packs = services.knowledge.pack_articles
    drafts = [proposal for proposal in proposals if proposal.origin is Origin.MANUAL]
    told: dict[str, list[Message]] = {}
    for proposal in (*drafts[:1], *(each for each in proposals if each.origin is Origin.PERSON)):
        found = beside(services.stores, packs, proposal)
        people = _deciders(services, found, proposal.proposed_by)
        reply = _about_drafts(drafts) if proposal.origin is Origin.MANUAL else _about(proposal)
        told[proposal.id] = list(notices(services, people, f"proposal/{proposal.id}/waiting", reply))
    return told


def _deciders(services: Services, found: Considered, proposer: str) -> list[Person]:
    departments = services.stores.directory.list_departments()
    return [
        person
        for person in services.stores.directory.list_people()
        if person.id != proposer and _decides(Editor(person.id, person, departments), found)
    ]


def _decides(editor: Editor, found: Considered) -> bool:
    return editor.may_change(found.owner) and found.is_seen_by(editor)


def _about(proposal: Proposal) -> Reply:
    article = proposal.article
    body = (
        [Paragraph(label=article.title, text=article.body)]
        if article
        else [Paragraph(text=proposal.phrasing)]
    )
    reason = [Paragraph(label=texts.TOLD_REASON, text=proposal.reason)] if proposal.reason else []
    return Reply(
        title=texts.WAITING_TITLE,
        parts=(Paragraph(text=texts.WAITING_ARTICLE if article else texts.WAITING_PHRASING), *body, *reason),
        actions=(
            Action(name="proposal_approve", label=texts.APPROVE, value=proposal.id),
            Action(name="proposal_reject", label=texts.REJECT, value=proposal.id),
        ),
    )


def _about_drafts(drafts: Sequence[Proposal]) -> Reply:
    titles = tuple(draft.article.title for draft in drafts[:10] if draft.article)
    parts = (Paragraph(text=texts.waiting_drafts(len(drafts))), Items(items=titles))
    return Reply(title=texts.WAITING_TITLE, parts=parts)
