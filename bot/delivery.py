"""Sending and receiving without loss: the outbox, the inbox, the ledger of arrivals, and the protocols of channels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from bot.messages import Reply
from bot.pace import Rate
from staff.model import Person


class Reminding(BaseModel):
    """That a message tells somebody (職員番号) of a round of a survey: `announces` it, or reminds of it."""

    model_config = ConfigDict(frozen=True)

    round_id: str
    person_id: str
    announces: bool = False


class Message(BaseModel):
    """Something the bot sends by itself. `key` names it once and for all: a second message of that key is refused.

    `channel` names the messenger, `recipient` the channel's own address of whoever gets it. `in_hours`: it may ring, and
    waits for working hours whenever it is tried. `reminds`: it is dropped when it is no longer wanted by its turn.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    channel: str
    recipient: str
    reply: Reply
    due_at: datetime
    in_hours: bool = False
    reminds: Reminding | None = None


class Claimed(BaseModel):
    """A message a worker holds under a lease, with how often it was tried before and since when."""

    model_config = ConfigDict(frozen=True)

    message: Message
    attempts: int
    first_attempt_at: datetime
    doubtful: bool = False


class Unsettled(BaseModel):
    """A message that did not go out, or of which nobody can tell (`unclear`)."""

    model_config = ConfigDict(frozen=True)

    message: Message
    unclear: bool
    reason: str
    attempts: int
    at: datetime


class Outbox(Protocol):
    """Messages waiting to be sent. Each is sent once; what cannot be known is shown to the operator, not guessed."""

    def put(self, message: Message, attempted_at: datetime | None = None) -> bool:
        """Add a message; False when its key is there already.

        `attempted_at`: since when it may have gone out already. It is looked up before it is sent then.
        """

    def put_aside(self, message: Message, reason: str, now: datetime) -> bool:
        """Put a message on the operator's list without trying to send it; False when its key is there already."""

    def holds(self, key: str) -> bool:
        """Whether a message of that key was ever put."""

    def claim(self, worker: str, now: datetime, lease_seconds: float) -> Claimed | None:
        """Take one due message for `lease_seconds`; None when nothing is due."""

    def claim_some(
        self,
        worker: str,
        now: datetime,
        lease_seconds: float,
        limit: int,
        *,
        channel: str = "",
        other_than: Sequence[str] = (),
    ) -> Sequence[Claimed]:
        """Take up to `limit` due messages at once, of one channel or of any but `other_than`, the longest due first."""

    def seconds_to_turn(self, channel: str, now: datetime) -> float:
        """How long the next turn on a channel is away, by what all workers took; 0 when a message may go out at once."""

    def take_turns(
        self, channel: str, recipients: Sequence[str], now: datetime, rate: Rate
    ) -> Sequence[datetime]:
        """When a message may go to each recipient, in their order: turns that no worker gets again."""

    def hold(self, channel: str, until: datetime, now: datetime) -> None:
        """Give no turn on a channel before that time: its platform asked to wait."""

    def settle_sent(self, key: str, worker: str, reference: str, now: datetime) -> bool:
        """Record that the message went out; `reference` is the channel's id of it. False when the lease was lost."""

    def settle_retry(self, key: str, worker: str, at: datetime, reason: str, *, doubtful: bool) -> bool:
        """Give the message back, to be tried at `at`; `doubtful` when it may have gone out. False: lease lost."""

    def settle_failed(self, key: str, worker: str, reason: str, now: datetime) -> bool:
        """Record that the message cannot go out. False when the lease was lost."""

    def settle_dropped(self, key: str, worker: str, now: datetime) -> bool:
        """Record that the message is wanted no more and did not go out. False when the lease was lost."""

    def settle_unclear(self, key: str, worker: str, reason: str, now: datetime) -> bool:
        """Record that nobody can tell whether the message went out: an operator decides. False: lease lost."""

    def counts(self) -> Mapping[str, int]:
        """How many messages stand in each state (queued, sending, sent, failed, doubtful, unclear, dropped)."""

    def list_keys(self, prefix: str) -> Sequence[str]:
        """The keys that begin so, of messages in every state."""

    def count_waiting(self, prefix: str, due_before: datetime) -> int:
        """How many messages of such keys were due before that time and are not settled."""

    def list_unsettled(self, limit: int = 200) -> Sequence[Unsettled]:
        """What failed or is unclear, the newest first: the operator's list."""

    def unsettled(self, key: str) -> Unsettled | None:
        """One entry of the operator's list."""

    def mark_sent(self, key: str, now: datetime) -> bool:
        """An operator saw that the message arrived. False when it is not on the list any more."""

    def resend(self, key: str, now: datetime) -> bool:
        """An operator wants it sent again, as if for the first time. False when it is not on the list any more."""

    def take_untold(self, now: datetime, limit: int = 1000) -> Sequence[Unsettled]:
        """What came on the list and the operator was not told of yet; told of now."""

    def forget_settled(self, before: datetime) -> int:
        """Empty what was settled before that time; how many. The keys stay: nothing is sent twice."""

    def list_failures(self, since: datetime) -> Sequence[tuple[str, str, int]]:
        """What failed from `since` on, as (channel, reason, how many), most first."""


class Inbox(Protocol):
    """Messages delivered to people in the web channel."""

    def add(self, person_id: str, key: str, reply: Reply, at: datetime) -> bool:
        """Deliver once; False when a message of that key is there already."""

    def list_for(self, person_id: str, limit: int = 50) -> Sequence[tuple[str, datetime, Reply]]:
        """The person's messages as (key, delivered at, what it says), newest first."""

    def forget(self, before: datetime) -> int:
        """Remove what was delivered before that time; how many."""


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

    def find_each(self, channel: str, users: Collection[str]) -> Mapping[str, ConversationReference]:
        """How several users are reached, by user; those not kept are left out."""

    def list_for(self, channel: str, person_id: str) -> Sequence[ConversationReference]:
        """How one person is reached on a channel, the newest first."""

    def forget(self, channel: str, user: str) -> None:
        """Remove a user's reference."""


@dataclass(frozen=True)
class Asker:
    """Who sent something, as the directory and the conversations had it when it was taken.

    `contact` is how that user is reached; None where it is not kept, or was not looked up.
    """

    person: Person
    contact: ConversationReference | None = None


@dataclass(frozen=True)
class Arrival:
    """Something a platform delivered: its own id for it, and what is needed to work it again after a crash.

    `user` is the channel's id of whoever sent it; it is not stored.
    """

    key: str
    channel: str
    body: str
    user: str = ""


@dataclass(frozen=True)
class Receipt:
    """An arrival held under a lease. `attempts` counts this one too: above 1, an earlier holder may have answered.

    `asker` is None where nobody knows yet who sent it.
    """

    key: str
    body: str
    attempts: int
    received_at: datetime
    asker: Asker | None = None


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
