"""What handlers may use: the stores, the knowledge base, the clock; and the protocols of sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from bot.messages import Reply
from bot.metering import Meter
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from knowledge.editing.store import ArticleVersions, Proposals
from knowledge.learning.store import LearningStore
from knowledge.store import ArticleStore
from knowledge.subjects import Subjects
from staff.store import AuditLog, Directory

T = TypeVar("T")


class Message(BaseModel):
    """Something the bot sends by itself. `key` names it once and for all: a second message of that key is refused.

    `channel` names the messenger, `recipient` the channel's own address of whoever gets it.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    channel: str
    recipient: str
    reply: Reply
    due_at: datetime


class Claimed(BaseModel):
    """A message a worker holds under a lease, with how often it was tried before and since when."""

    model_config = ConfigDict(frozen=True)

    message: Message
    attempts: int
    first_attempt_at: datetime
    doubtful: bool = False


class Outbox(Protocol):
    """Messages waiting to be sent. Each is sent once; what cannot be known is shown to the operator, not guessed."""

    def put(self, message: Message, attempted_at: datetime | None = None) -> bool:
        """Add a message; False when its key is there already.

        `attempted_at`: since when it may have gone out already. It is looked up before it is sent then.
        """

    def holds(self, key: str) -> bool:
        """Whether a message of that key was ever put."""

    def claim(self, worker: str, now: datetime, lease_seconds: float) -> Claimed | None:
        """Take one due message for `lease_seconds`; None when nothing is due."""

    def settle_sent(self, key: str, worker: str, reference: str, now: datetime) -> bool:
        """Record that the message went out; `reference` is the channel's id of it. False when the lease was lost."""

    def settle_retry(self, key: str, worker: str, at: datetime, reason: str, *, doubtful: bool) -> bool:
        """Give the message back, to be tried at `at`; `doubtful` when it may have gone out. False: lease lost."""

    def settle_failed(self, key: str, worker: str, reason: str, now: datetime) -> bool:
        """Record that the message cannot go out, or that nobody can tell. False when the lease was lost."""

    def counts(self) -> Mapping[str, int]:
        """How many messages stand in each state (queued, sending, sent, failed, doubtful)."""

    def list_failures(self, since: datetime) -> Sequence[tuple[str, str, int]]:
        """What failed from `since` on, as (channel, reason, how many), most first."""


class Inbox(Protocol):
    """Messages delivered to people in the web channel."""

    def add(self, person_id: str, key: str, reply: Reply, at: datetime) -> bool:
        """Deliver once; False when a message of that key is there already."""

    def list_for(self, person_id: str, limit: int = 50) -> Sequence[tuple[str, datetime, Reply]]:
        """The person's messages as (key, delivered at, what it says), newest first."""


@dataclass(frozen=True)
class ConversationReference:
    """How a channel's user is reached: `reference` is the channel's own, as plain JSON. `person_id` when known."""

    channel: str
    user: str
    person_id: str | None
    reference: Mapping[str, Any]
    updated_at: datetime


class Conversations(Protocol):
    """How the bot can write first: kept from a user's first contact or installation on."""

    def save(
        self, channel: str, user: str, person_id: str | None, reference: Mapping[str, Any], at: datetime
    ) -> None:
        """Remember how a user is reached; a known person stays known when `person_id` is None."""

    def find(self, channel: str, user: str) -> ConversationReference | None:
        """How one user is reached."""

    def list_for(self, channel: str, person_id: str) -> Sequence[ConversationReference]:
        """How one person is reached on a channel, the newest first."""

    def forget(self, channel: str, user: str) -> None:
        """Remove a user's reference."""


@dataclass(frozen=True)
class Arrival:
    """Something a platform delivered: its own id for it, and what is needed to work it again after a crash."""

    key: str
    channel: str
    body: str


@dataclass(frozen=True)
class Receipt:
    """An arrival held under a lease. `attempts` counts this one too: above 1, an earlier holder may have answered."""

    key: str
    body: str
    attempts: int
    received_at: datetime


class Receipts(Protocol):
    """What the platforms delivered, possibly several times and to several processes: each is worked once.

    The body is kept only until the arrival is answered, the key for as long as a platform may deliver it again.
    """

    def exchange(
        self,
        worker: str,
        now: datetime,
        until: datetime,
        *,
        arrivals: Sequence[Arrival] = (),
        answered: Sequence[str] = (),
        extended: Sequence[str] = (),
    ) -> Sequence[Receipt | None]:
        """In one durable step: take each arrival for `worker` until `until` (None: answered already, or held by
        another), settle what this worker answered, and prolong what it still holds.
        """

    def list_overdue(self, channel: str, now: datetime, limit: int = 20) -> Sequence[Arrival]:
        """What was taken and not answered before its lease ran out."""

    def forget(self, before: datetime) -> None:
        """Remove what was received before that time."""


class TemporaryFailure(Exception):
    """The message did not go out; try again, not before `retry_after` seconds when the platform says so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentFailure(Exception):
    """The message can never go out (the person left, the bot is blocked)."""


class Doubtful(Exception):
    """The message may have gone out: the platform's reply was lost."""


class Messenger(Protocol):
    """Sends messages on one channel. One attempt a call, no retry inside."""

    async def send(self, message: Message) -> str:
        """Send and return the channel's id of the message.

        Raises TemporaryFailure, PermanentFailure or Doubtful.
        """

    async def find(self, message: Message, since: datetime) -> str | None:
        """After doubt: the id of the message if the channel's history has it, None if it provably does not.

        Raises Doubtful where the channel cannot tell.
        """


class Stores(Protocol):
    """Every store, over one database. Outside a transaction each call stands for itself."""

    @property
    def articles(self) -> ArticleStore:
        """Imported articles."""

    @property
    def directory(self) -> Directory:
        """People and departments."""

    @property
    def audit(self) -> AuditLog:
        """Who changed what."""

    @property
    def outbox(self) -> Outbox:
        """Messages waiting to be sent."""

    @property
    def inbox(self) -> Inbox:
        """Messages delivered on the web."""

    @property
    def conversations(self) -> Conversations:
        """How users are reached."""

    @property
    def receipts(self) -> Receipts:
        """What the platforms delivered."""

    @property
    def subjects(self) -> Subjects:
        """What conversations are about."""

    @property
    def versions(self) -> ArticleVersions:
        """Articles that people edited, in every version."""

    @property
    def proposals(self) -> Proposals:
        """Articles and phrasings that wait for approval, or were decided."""

    @property
    def learning(self) -> LearningStore:
        """Feedback, unanswered questions and inquiries."""

    def transaction(self, work: Callable[[Stores], T]) -> T:
        """Run `work` with stores that share one transaction: all of it is kept, or nothing."""


@dataclass(frozen=True)
class Services:
    """Everything a handler may use. `close` ends the database connections.

    `readiness`: what a channel of this process waits for at its start, by name; /readyz tells what is not there yet.
    """

    settings: Settings
    stores: Stores
    knowledge: KnowledgeBase
    clock: Callable[[], datetime]
    close: Callable[[], None] = lambda: None
    meter: Meter = field(default_factory=Meter)
    readiness: dict[str, Callable[[], bool]] = field(default_factory=dict)
