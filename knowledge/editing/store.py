"""What editing asks of storage: the versions of edited articles, and what was proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from knowledge.article import Article, ArticleId

LAST = 2**31 - 1
"""The highest number a version can have."""


class Change(StrEnum):
    """What made a version."""

    EDITED = "edited"
    APPROVED = "approved"
    ROLLED_BACK = "rolled_back"
    DELETED = "deleted"
    RETURNED = "returned"  # to what packs and imports hold: the article is no longer an edited one


class Version(BaseModel):
    """One state of an article of the editorial layer that people changed by hand. The newest stands.

    `number` counts from 1; 0 means what packs and imports hold. `by` is a 職員番号 or `cli/account`. `article` is the
    whole article, or None when this version deletes it. `beneath` is what packs and imports held under this id when
    the version was made, `official` the document's own words: when they differ from now, the source has changed since.
    """

    model_config = ConfigDict(frozen=True)

    article_id: ArticleId
    number: int = Field(ge=1)
    at: AwareDatetime
    by: str
    reason: str = ""
    change: Change
    article: Article | None
    beneath: Article | None = None
    official: Article | None = None

    @property
    def stands(self) -> bool:
        """Whether it takes the place of what packs and imports hold (a deletion does too)."""
        return self.change is not Change.RETURNED


class Outdated(Exception):
    """Somebody saved the article in the meantime. `current` is what stands now; None: nothing was edited yet."""

    def __init__(self, current: Version | None) -> None:
        super().__init__(current.number if current else 0)
        self.current = current


class ArticleVersions(Protocol):
    """Every version of every edited article. Nothing is changed or removed: going back makes a new version."""

    def save(self, version: Version) -> None:
        """Add the version that follows the newest, and raise the articles' revision so that processes reload.

        Raises Outdated when `version.number` is not the newest number + 1: somebody else was first.
        """

    def latest(self, article_id: str) -> Version | None:
        """The newest version of an article; None when nobody edited it."""

    def find(self, article_id: str, number: int) -> Version | None:
        """One version."""

    def list_versions(self, article_id: str, newest: int = LAST, limit: int = LAST) -> Sequence[Version]:
        """An article's versions from the number `newest` down, at most `limit` of them, the newest first."""

    def list_latest(self) -> Sequence[Version]:
        """The newest version of each edited article, by article id."""


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class Origin(StrEnum):
    """What a proposal came from."""

    PERSON = "person"
    INQUIRY = "inquiry"
    FEEDBACK = "feedback"
    MANUAL = "manual"


class Proposal(BaseModel):
    """A new article, or a phrasing for an existing one, that is answered from only after somebody approved it.

    A new article: `article` holds it whole (editorial layer). A phrasing: `phrasing` is the question that shall
    also find the article `article_id`. `proposed_by` is a 職員番号 (that person is told the decision) or `cli/account`,
    or empty. `reference` names where it comes from: the inquiry's id, or a manual's page and heading.
    `id` may be a business key of the caller's (`inquiry/42`): the second of that id is not added.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(default_factory=lambda: uuid4().hex, min_length=1, max_length=200)
    article_id: ArticleId
    article: Article | None = None
    phrasing: str = ""
    origin: Origin = Origin.PERSON
    reference: str = ""
    reason: str = ""
    proposed_by: str = ""
    proposed_at: AwareDatetime
    state: ProposalState = ProposalState.WAITING
    decided_by: str = ""
    decided_at: AwareDatetime | None = None
    decision: str = Field("", description="why it was rejected, or a word with the approval")

    @model_validator(mode="after")
    def _one_of_both(self) -> Proposal:
        if (self.article is None) == (not self.phrasing.strip()):
            raise ValueError("a proposal is an article or a phrasing")
        if self.article is not None and self.article.id != self.article_id:
            raise ValueError("the proposed article has another id")
        return self


class Proposals(Protocol):
    """Everything proposed, waiting or decided."""

    def add(self, proposal: Proposal) -> bool:
        """Add a proposal; False when one of that id is there already."""

    def find(self, proposal_id: str) -> Proposal | None:
        """One proposal."""

    def list_proposals(self, state: ProposalState | None = None, limit: int = 500) -> Sequence[Proposal]:
        """The proposals in that state (all without one): the oldest first while they wait, else the newest first."""

    def settle(
        self, proposal_id: str, state: ProposalState, by: str, at: datetime, decision: str = ""
    ) -> bool:
        """Approve or reject what waits; False when it is decided already, or unknown."""

    def count_waiting(self) -> int:
        """How many wait for a decision."""
