"""Those who decide on proposals are told that some wait: デジタル推進室, and the leaders of the 課 that owns the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.delivery import Message
from bot.handlers.notices import notices
from bot.messages import BETWEEN, Action, Items, Paragraph, Part, Reply
from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja.importing import AUDIENCES
from bot.texts.ja.knowledge_pages import SIDE_MARKS
from knowledge.editing.difference import list_changes
from knowledge.editing.proposing import Considered, beside
from knowledge.editing.rights import Editor
from knowledge.editing.store import Origin, Proposal
from staff.model import Person

MOST_LINES = 20


def asked_to_decide(services: Services, proposals: Sequence[Proposal]) -> dict[str, list[Message]]:
    """The messages of each proposal, by its id: one with buttons, but one about all drafts of a manual together.

    Whoever proposed is asked only where nobody else is left to decide.
    """
    packs = services.knowledge.pack_articles
    drafts = [proposal for proposal in proposals if proposal.origin is Origin.MANUAL]
    told: dict[str, list[Message]] = {}
    for proposal in (*drafts[:1], *(each for each in proposals if each.origin is not Origin.MANUAL)):
        found = beside(services.stores, packs, proposal)
        reply = _about_drafts(drafts) if proposal.origin is Origin.MANUAL else decision_on(found)
        people = _deciders(services, found)
        told[proposal.id] = list(notices(services, people, f"proposal/{proposal.id}/waiting", reply))
    return told


def _deciders(services: Services, found: Considered) -> list[Person]:
    departments = services.stores.directory.list_departments()
    people = [
        person
        for person in services.stores.directory.list_people()
        if _decides(Editor(person.id, person, departments), found)
    ]
    return [person for person in people if person.id != found.proposal.proposed_by] or people


def _decides(editor: Editor, found: Considered) -> bool:
    return editor.may_change(found.owner) and found.is_seen_by(editor)


def decision_on(found: Considered, notice: str = "") -> Reply:
    """A proposal with what approving it changes, and the buttons; `notice` goes before.

    An article's approval carries the stamp of what stood beside it when it was shown.
    """
    proposal = found.proposal
    notices_ = [Paragraph(text=notice, tone="warning")] if notice else []
    shown = f"{proposal.id}{BETWEEN}{found.stamp}" if proposal.article else proposal.id
    reason = [Paragraph(label=texts.TOLD_REASON, text=proposal.reason)] if proposal.reason else []
    return Reply(
        title=texts.WAITING_TITLE,
        parts=(*notices_, *(_article(found) if proposal.article else _phrasing(found)), *reason),
        actions=(
            Action(name="proposal_approve", label=texts.APPROVE, value=shown),
            Action(name="proposal_reject", label=texts.REJECT, value=proposal.id),
        ),
    )


def _article(found: Considered) -> Iterator[Part]:
    proposal, article = found.proposal, found.proposal.article
    assert article is not None  # noqa: S101 (a phrasing has none)
    yield Paragraph(text=texts.WAITING_ANSWER if proposal.origin is Origin.INQUIRY else texts.WAITING_ARTICLE)
    yield Paragraph(label=article.title, text=article.body)
    if article.questions:
        yield Paragraph(text=texts.WAITING_ASKED, tone="note")
        yield Items(items=article.questions)
    if article.visible_to:
        names = [AUDIENCES[one.value] for one in article.visible_to]
        told = texts.WAITING_SEEN_AS_ASKED if proposal.origin is Origin.INQUIRY else texts.WAITING_SEEN
        yield Paragraph(text=told.format(names="・".join(names)), tone="note")
    if found.before:
        yield from _replaced(found)


def _replaced(found: Considered) -> Iterator[Part]:
    """What stands now and would not, or otherwise, once this is approved."""
    lines = [
        texts.changed_line(change.field, SIDE_MARKS[line.side], line.text)
        for change in list_changes(found.before, found.result)
        for line in change.lines
        if line.side != "same"
    ]
    yield Paragraph(text=texts.WAITING_REPLACES, tone="warning")
    yield Items(items=tuple(lines[:MOST_LINES]))
    if len(lines) > MOST_LINES:
        yield Paragraph(text=texts.WAITING_MORE_LINES.format(count=len(lines) - MOST_LINES), tone="note")


def _phrasing(found: Considered) -> Iterator[Part]:
    title = found.result.title if found.result else found.proposal.article_id
    yield Paragraph(text=texts.WAITING_PHRASING.format(title=title))
    yield Items(items=(found.proposal.phrasing,))


def _about_drafts(drafts: Sequence[Proposal]) -> Reply:
    titles = tuple(draft.article.title for draft in drafts[:10] if draft.article)
    parts = (Paragraph(text=texts.waiting_drafts(len(drafts))), Items(items=titles))
    return Reply(title=texts.WAITING_TITLE, parts=parts)
