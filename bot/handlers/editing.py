"""Changing single articles and deciding on proposals: each in one transaction with its audit event and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.delivery import Message
from bot.handlers.deciders import asked_to_decide
from bot.handlers.notices import notices
from bot.handlers.offices import require_office
from bot.handlers.sight import require_sight, unlike_hidden
from bot.messages import Items, Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import editing as texts
from knowledge.article import Article, Kind
from knowledge.editing import proposing
from knowledge.editing.desk import Desk, NothingThere, Standing, look_up_as, started_from
from knowledge.editing.difference import compare
from knowledge.editing.fields import FieldMistakes, change_article, new_article, read_reason, to_values
from knowledge.editing.merging import Merged, merge_values
from knowledge.editing.rights import Editor
from knowledge.editing.store import Outdated, Proposal, ProposalState, Version
from staff.model import Person
from staff.store import AuditEvent


class Clash(Exception):
    """Somebody saved first. `standing` is what stands now, `merged` both people's changes put together."""

    def __init__(self, standing: Standing, merged: Merged) -> None:
        super().__init__(texts.CLASH)
        self.standing = standing
        self.merged = merged


class NothingChanged(Exception):
    """The form says what stands already; the text says so."""

    def __init__(self) -> None:
        super().__init__(texts.NOTHING_CHANGED)


def editor_of(services: Services, person: Person | None) -> Editor:
    """A person as an editor; None is somebody the directory does not know."""
    departments = services.stores.directory.list_departments() if person else ()
    return Editor(by=person.id if person else "", person=person, departments=tuple(departments))


def look(services: Services, editor: Editor, article_id: str) -> Standing:
    """What stands under an id. Raises NothingThere, also for what the editor may not see."""
    return look_up_as(editor, services.stores, services.knowledge.pack_articles, article_id)


def save_article(
    services: Services, editor: Editor, article_id: str, stamp: str, values: Mapping[str, str], reason: str
) -> Version:
    """Save a form's fields over what stood at `stamp`.

    Raises Clash when something else stands now, NothingChanged, FieldMistakes, NotAllowed or NothingThere.
    """

    def work(stores: Stores) -> Version:
        desk = _desk(services, stores, editor)
        standing = desk.look_up(article_id)
        editor.require_change(standing.owner)
        if standing.stamp != stamp:
            raise Clash(standing, _merge(stores, standing, stamp, values))
        article = _changed(standing, values)
        if article == standing.article and not standing.source_changed:
            raise NothingChanged
        if article.owner != standing.owner:
            require_office(stores, article)
        require_sight(editor, article)
        version = desk.save(standing, article, read_reason(reason))
        _record(services, stores, editor, "knowledge.edit", version, standing.article)
        return version

    return services.stores.transaction(work)


def create_article(
    services: Services, editor: Editor, kind: Kind, values: Mapping[str, str], reason: str
) -> Version:
    """Save a new article. Raises FieldMistakes (an id that is taken counts as one) or NotAllowed."""
    article = require_office(services.stores, unlike_hidden(services, editor, new_article(kind, values)))
    require_sight(editor, article)

    def work(stores: Stores) -> Version:
        try:
            version = _desk(services, stores, editor).create(article, read_reason(reason))
        except Outdated:
            raise FieldMistakes({"title": texts.TITLE_TAKEN}) from None
        _record(services, stores, editor, "knowledge.edit", version, None)
        return version

    return services.stores.transaction(work)


def article_to_propose(services: Services, editor: Editor, kind: Kind, values: Mapping[str, str]) -> Article:
    """A new article for a proposal. Raises FieldMistakes, also where one of its title stands already: proposed as
    new it would take that one's place, names and owner and all.
    """
    article = require_office(services.stores, unlike_hidden(services, editor, new_article(kind, values)))
    try:
        look(services, editor, article.id)
    except NothingThere:
        return article
    raise FieldMistakes({"title": texts.TITLE_TAKEN})


def delete_article(services: Services, editor: Editor, article_id: str, stamp: str, reason: str) -> Version:
    """Take an article out of the answers. Raises FieldMistakes (of the reason), Outdated, NotAllowed or NothingThere."""

    def work(stores: Stores) -> Version:
        desk = _desk(services, stores, editor)
        standing = _unchanged(desk, article_id, stamp)
        version = desk.delete(standing, read_reason(reason))
        _record(services, stores, editor, "knowledge.delete", version, standing.article)
        return version

    return services.stores.transaction(work)


def go_back(
    services: Services, editor: Editor, article_id: str, stamp: str, number: int, reason: str
) -> Version:
    """Make an older version stand again; 0 is what packs and imports hold.

    Raises FieldMistakes (of the reason), Outdated, NotAllowed or NothingThere. An empty stamp takes whatever stands.
    """

    def work(stores: Stores) -> Version:
        desk = _desk(services, stores, editor)
        standing = _unchanged(desk, article_id, stamp)
        version = desk.go_back(standing, number, read_reason(reason))
        _record(services, stores, editor, "knowledge.rollback", version, standing.article, to=number)
        return version

    return services.stores.transaction(work)


def send_proposals(
    services: Services,
    editor: Editor,
    proposals: Sequence[Proposal],
    alongside: Callable[[Stores], object] = lambda _: None,
) -> int:
    """Add proposals, all or none, and tell those who decide; how many were not there before. Raises NotAllowed.

    `alongside` is done in the same transaction.
    """
    new = [proposal for proposal in proposals if services.stores.proposals.find(proposal.id) is None]
    messages = asked_to_decide(services, new)

    def work(stores: Stores) -> int:
        added = [proposal for proposal in proposals if proposing.propose(stores, editor, proposal)]
        for proposal in added:
            _audit(services, stores, editor, "knowledge.propose", proposal.article_id, proposal=proposal.id)
            for message in messages.get(proposal.id, ()):
                stores.outbox.put(message)
        alongside(stores)
        return len(added)

    return services.stores.transaction(work)


def approve_proposal(
    services: Services,
    editor: Editor,
    proposal_id: str,
    stamp: str | None = None,
    values: Mapping[str, str] | None = None,
    word: str = "",
) -> Version:
    """Let a proposal stand, mended by a form's `values` where there are any, and tell whoever proposed it.

    `stamp` is that of what stood beside it when the approver looked. Raises NothingThere, AlreadyDecided, NotAllowed, FieldMistakes or Outdated.
    """
    told = _told(services, proposal_id, ProposalState.APPROVED, read_reason(word, "word"))

    def work(stores: Stores) -> Version:
        desk = _desk(services, stores, editor)
        found = proposing.consider(stores, desk.packs, proposal_id, editor)
        editor.require_change(found.owner)
        if stamp is not None and found.proposal.state is ProposalState.WAITING and found.stamp != stamp:
            raise Outdated(found.standing.version if found.standing else None)
        mended = change_article(found.result, values) if values and found.result else None
        if mended:
            require_sight(editor, mended)
            if found.result and mended.owner != found.result.owner:
                require_office(stores, mended)
        version = proposing.approve(desk, stores, proposal_id, mended, read_reason(word, "word"))
        _record(services, stores, editor, "knowledge.approve", version, found.before, proposal=proposal_id)
        for message in told:
            stores.outbox.put(message)
        return version

    return services.stores.transaction(work)


def reject_proposal(services: Services, editor: Editor, proposal_id: str, reason: str) -> Proposal:
    """Turn a proposal down and tell whoever proposed it why.

    Raises NoReason, FieldMistakes (of the reason), NothingThere, AlreadyDecided or NotAllowed.
    """
    told = _told(services, proposal_id, ProposalState.REJECTED, read_reason(reason))

    def work(stores: Stores) -> Proposal:
        desk = _desk(services, stores, editor)
        proposal = proposing.reject(desk, stores, proposal_id, read_reason(reason))
        _audit(services, stores, editor, "knowledge.reject", proposal.article_id, proposal=proposal.id)
        for message in told:
            stores.outbox.put(message)
        return proposal

    return services.stores.transaction(work)


def _desk(services: Services, stores: Stores, editor: Editor) -> Desk:
    return Desk(stores, services.knowledge.pack_articles, editor, services.clock())


def _unchanged(desk: Desk, article_id: str, stamp: str) -> Standing:
    standing = desk.look_up(article_id)
    desk.editor.require_change(standing.owner)
    if stamp and standing.stamp != stamp:
        raise Outdated(standing.version)
    return standing


def _changed(standing: Standing, values: Mapping[str, str]) -> Article:
    if standing.start is not None:
        return change_article(standing.start, values)
    kind = standing.shown.kind if standing.shown else Kind.FAQ  # it was deleted: saving brings it back
    return new_article(kind, values, standing.id)


def _merge(stores: Stores, standing: Standing, stamp: str, values: Mapping[str, str]) -> Merged:
    base = started_from(stores, standing, stamp)
    theirs = to_values(standing.start) if standing.start else {}
    return merge_values(to_values(base) if base else None, theirs, values)


def _record(
    services: Services,
    stores: Stores,
    editor: Editor,
    action: str,
    version: Version,
    before: Article | None,
    **detail: str | int,
) -> None:
    old = to_values(before) if before else {}
    new = to_values(version.article) if version.article else {}
    fields = ",".join(change.field for change in compare(old, new))
    _audit(
        services, stores, editor, action, version.article_id, version=version.number, fields=fields, **detail
    )


def _audit(
    services: Services, stores: Stores, editor: Editor, action: str, target: str, **detail: str | int
) -> None:
    event = AuditEvent(at=services.clock(), actor=editor.by, action=action, target=target, detail=detail)
    stores.audit.append(event)


def _told(services: Services, proposal_id: str, state: ProposalState, decision: str) -> list[Message]:
    """What whoever proposed it is told; nobody for what came from a file or from somebody who left."""
    proposal = services.stores.proposals.find(proposal_id)
    person = services.stores.directory.person(proposal.proposed_by) if proposal else None
    if proposal is None or person is None:
        return []
    approved = state is ProposalState.APPROVED
    title = proposal.article.title if proposal.article else proposal.phrasing
    parts = [Paragraph(text=texts.TOLD_APPROVED if approved else texts.TOLD_REJECTED), Items(items=(title,))]
    if decision:
        parts.append(Paragraph(label=texts.TOLD_WORD if approved else texts.TOLD_REASON, text=decision))
    heading = texts.TOLD_APPROVED_TITLE if approved else texts.TOLD_REJECTED_TITLE
    reply = Reply(title=heading, parts=tuple(parts))
    return list(notices(services, [person], f"proposal/{proposal.id}/decided", reply))
