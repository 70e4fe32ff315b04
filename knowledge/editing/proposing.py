"""Proposals: anyone of the staff proposes, the owner decides, and only an approved one is answered from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.texts.ja import editing as texts
from knowledge.article import Article
from knowledge.editing.desk import Desk, EditingStores, NothingThere, Standing, look_up
from knowledge.editing.rights import Editor
from knowledge.editing.store import Change, Proposal, Proposals, ProposalState, Version
from staff.permissions import Permission


class ProposalStores(EditingStores, Protocol):
    """The stores that approval needs, in one transaction."""

    @property
    def proposals(self) -> Proposals:
        """What was proposed."""


class AlreadyDecided(Exception):
    """Somebody decided first; the text says what."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(texts.already_decided(proposal.state.value))
        self.proposal = proposal


class NoReason(ValueError):
    """A proposal is rejected with a reason or not at all."""


@dataclass(frozen=True)
class Considered:
    """A proposal beside what stands now: `standing` is None for an article of a new id; `result` is what approving
    makes stand, None when the article that a phrasing is for is gone.
    """

    proposal: Proposal
    standing: Standing | None
    result: Article | None

    @property
    def before(self) -> Article | None:
        """What is answered from now."""
        return self.standing.article if self.standing else None

    def is_seen_by(self, editor: Editor) -> bool:
        """Whether an editor may see both sides; whoever proposed an article sees it as long as nothing stands."""
        proposed = self.proposal.article
        own = proposed is None or self.proposal.proposed_by == editor.by or editor.viewer.sees(proposed)
        return own and (self.standing is None or self.standing.is_seen_by(editor.viewer))

    @property
    def stamp(self) -> str:
        """Changes with what stands; empty while nothing does."""
        return self.standing.stamp if self.standing else ""

    @property
    def owner(self) -> str:
        """The 課 that decides, besides デジタル推進室: of what stands, else of what is proposed."""
        proposed = self.proposal.article.owner if self.proposal.article else ""
        return (self.standing.owner if self.standing else "") or proposed


def propose(stores: ProposalStores, editor: Editor, proposal: Proposal) -> bool:
    """Add a proposal; False when one of its id is there already. Raises NotAllowed."""
    editor.require(Permission.KNOWLEDGE_PROPOSE)
    return stores.proposals.add(proposal)


def consider(
    stores: ProposalStores, packs: Sequence[Article], proposal_id: str, editor: Editor
) -> Considered:
    """A proposal beside what stands. Raises NothingThere when it is unknown, or about what the editor may not see."""
    proposal = stores.proposals.find(proposal_id)
    found = beside(stores, packs, proposal) if proposal else None
    if found is None or not found.is_seen_by(editor):
        raise NothingThere(texts.no_proposal(proposal_id))
    return found


def beside(stores: EditingStores, packs: Sequence[Article], proposal: Proposal) -> Considered:
    """A proposal, kept or not yet, beside what stands."""
    try:
        standing = look_up(stores, packs, proposal.article_id)
    except NothingThere:
        standing = None
    return Considered(proposal, standing, proposal.article or _with_phrasing(standing, proposal.phrasing))


def approve(
    desk: Desk, stores: ProposalStores, proposal_id: str, article: Article | None = None, word: str = ""
) -> Version:
    """Make a proposal stand as a new version, or `article` in its place where the editor mended it.

    Raises NothingThere, AlreadyDecided, NotAllowed, or Outdated when somebody saves at the same moment.
    """
    found = _undecided(desk, stores, proposal_id)
    result = article or found.result
    if result is None:
        raise NothingThere(texts.no_article(found.proposal.article_id))
    _settle(desk, stores, found.proposal, ProposalState.APPROVED, word)
    if found.standing is None:
        return desk.create(result, texts.APPROVED_REASON, Change.APPROVED)
    return desk.save(found.standing, result, texts.APPROVED_REASON, Change.APPROVED)


def reject(desk: Desk, stores: ProposalStores, proposal_id: str, reason: str) -> Proposal:
    """Turn a proposal down. Raises NoReason, NothingThere, AlreadyDecided or NotAllowed."""
    if not reason.strip():
        raise NoReason(texts.REASON_NEEDED)
    found = _undecided(desk, stores, proposal_id)
    _settle(desk, stores, found.proposal, ProposalState.REJECTED, reason.strip())
    return found.proposal


def _undecided(desk: Desk, stores: ProposalStores, proposal_id: str) -> Considered:
    found = consider(stores, desk.packs, proposal_id, desk.editor)
    desk.editor.require_change(found.owner)
    if found.proposal.state is not ProposalState.WAITING:
        raise AlreadyDecided(found.proposal)
    return found


def _settle(
    desk: Desk, stores: ProposalStores, proposal: Proposal, state: ProposalState, decision: str
) -> None:
    if not stores.proposals.settle(proposal.id, state, desk.editor.by, desk.at, decision):
        raise AlreadyDecided(stores.proposals.find(proposal.id) or proposal)


def _with_phrasing(standing: Standing | None, phrasing: str) -> Article | None:
    base = standing.start if standing else None
    if base is None:
        return None
    questions = tuple(dict.fromkeys([*base.questions, phrasing.strip()]))
    return base.model_copy(update={"questions": questions})
