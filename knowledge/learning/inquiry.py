"""Asking the experts: a masked question goes to a 課, somebody there answers, the asker is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from knowledge.article import Article, Audience, Kind, Layer, Passage, Source
from knowledge.editing.store import Origin, Proposal, ProposalState

MAX_QUESTION = 500
MAX_ANSWER = 2000
MAX_TITLE = 60
_MADE_OF = "faq:"


class State(StrEnum):
    """Where an inquiry stands."""

    OPEN = "open"
    ANSWERED = "answered"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


class Inquiry(BaseModel):
    """A question put to a 課. It names nobody who asked: how the asker is reached stands apart (Asker), until told.

    `department_id` is empty when no 課 of that name is in the directory: デジタル推進室 answers then. `article_id` is the
    article whose answer did not help, where there was one. `answered_by` is a 職員番号. `proposed` says whether the
    answer was proposed as an article, whose approval or rejection is then the inquiry's further state. `asked_by` is
    a name only while an asker who wanted to be known waits for the answer.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(default_factory=lambda: uuid4().hex[:16])
    question: str
    article_id: str = ""
    owner: str
    department_id: str = ""
    state: State = State.OPEN
    asked_at: AwareDatetime
    asked_by: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: AwareDatetime | None = None
    proposed: bool = False

    @property
    def proposal_id(self) -> str:
        """The id of the proposal made of its answer."""
        return f"inquiry/{self.id}"

    @property
    def made_id(self) -> str:
        """The id of the article its answer makes, once approved."""
        return f"{_MADE_OF}{self.id}"


@dataclass(frozen=True)
class Asker:
    """How the person who asked is told: kept beside an open inquiry, and removed with the telling."""

    person_id: str
    channel: str
    recipient: str


class InquiryStore(Protocol):
    """Inquiries, and who waits for an answer."""

    def add_inquiry(self, inquiry: Inquiry, asker: Asker) -> bool:
        """Keep an open inquiry with its asker; False when one of that id is there already."""

    def find_inquiry(self, inquiry_id: str) -> Inquiry | None:
        """One inquiry."""

    def list_inquiries(self, state: State | None = None, limit: int = 200) -> Sequence[Inquiry]:
        """Inquiries, the newest first."""

    def count_open_of(self, person_id: str) -> int:
        """How many inquiries of this person wait for an answer."""

    def answer_inquiry(self, answered: Inquiry) -> bool:
        """Keep the answer of an open inquiry; False when it is not open any more: somebody else was first."""

    def move_inquiry(self, inquiry_id: str, owner: str, department_id: str, *, expected: str) -> bool:
        """Give an open inquiry of the 課 `expected` to another; False when it is elsewhere by now, or not open."""

    def close_inquiry(self, inquiry_id: str) -> bool:
        """End an open inquiry without an answer; False when it is not open."""

    def take_asker(self, inquiry_id: str) -> Asker | None:
        """Whoever asked, removed from the store; None when nobody is to be told any more."""

    def forget_inquiries(self, before: datetime) -> int:
        """Remove what was asked before that time; return how much."""


def inquiry_behind(article_id: str) -> str:
    """The id of the inquiry whose answer makes this article; empty for one that no answer can have made."""
    return article_id.removeprefix(_MADE_OF) if article_id.startswith(_MADE_OF) else ""


def state_of(inquiry: Inquiry, proposal: Proposal | None) -> State:
    """Where an inquiry stands, the decision on its proposal included."""
    if inquiry.state is not State.ANSWERED or proposal is None:
        return inquiry.state
    decided = {ProposalState.APPROVED: State.APPROVED, ProposalState.REJECTED: State.REJECTED}
    return decided.get(proposal.state, State.ANSWERED)


def proposals_from(
    inquiry: Inquiry,
    title: str,
    phrasings: Sequence[str],
    article_id: str,
    visible_to: tuple[Audience, ...] = (),
) -> list[Proposal]:
    """What an answered inquiry proposes: phrasings of `article_id`, or a new article found by its question, for
    those in `visible_to` alone where there are any.
    """
    assert inquiry.answered_at is not None  # noqa: S101 (the caller's condition)
    asked = tuple(dict.fromkeys([inquiry.question, *phrasings]))
    common = {
        "origin": Origin.INQUIRY,
        "reference": inquiry.id,
        "proposed_by": inquiry.answered_by,
        "proposed_at": inquiry.answered_at,
    }
    if article_id:
        return [
            Proposal(id=f"{inquiry.proposal_id}/{n}" if n else inquiry.proposal_id, article_id=article_id, phrasing=words, **common)
            for n, words in enumerate(asked)
        ]  # fmt: skip
    article = article_from(inquiry, title, asked, visible_to)
    return [Proposal(id=inquiry.proposal_id, article_id=article.id, article=article, **common)]


def article_from(
    inquiry: Inquiry, title: str, asked: Sequence[str], visible_to: tuple[Audience, ...] = ()
) -> Article:
    """The article that an answered inquiry makes: the expert's words, found by the question as it was asked."""
    assert inquiry.answered_at is not None  # noqa: S101 (the caller's condition)
    paragraphs = [text.strip() for text in inquiry.answer.split("\n\n")]
    return Article(
        id=inquiry.made_id,
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title=title,
        questions=tuple(asked),
        passages=tuple(Passage(text=text) for text in paragraphs if text),
        source=Source(document=f"{inquiry.owner}の回答", heading=title),
        owner=inquiry.owner,
        visible_to=visible_to,
    )
