"""What the staff domain asks of storage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from staff.acting import channel_now
from staff.chain import Anchor
from staff.model import Department, Person, Role


class Directory(Protocol):
    """People and departments as last imported, and which chat user is whom."""

    def list_people(self) -> list[Person]:
        """Everyone, by 職員番号."""

    def list_imported(self) -> list[Person]:
        """Everyone as last imported, without granted roles."""

    def count_people(self) -> int:
        """How many people there are."""

    def list_synthetic(self, role: Role, limit: int) -> list[Person]:
        """The first synthetic people whose main role is this, by 職員番号."""

    def list_holders(self, role: Role, *, but: Collection[str] = ()) -> list[Person]:
        """Everyone who holds a role, by 職員番号, but for those named; nobody else is read whole."""

    def list_departments(self) -> list[Department]:
        """Every department, in the order of the city's own list."""

    def person(self, person_id: str) -> Person | None:
        """One person by 職員番号."""

    def person_by_email(self, email: str) -> Person | None:
        """One person by e-mail, letter case ignored."""

    def save(
        self,
        departments: Sequence[Department],
        people: Iterable[Person],
        leavers: Iterable[str],
        on: date | None = None,
    ) -> None:
        """Put in the departments (whole list), add or change `people`, and remove `leavers` (職員番号).

        `on` is the day from which people are where they are now; without it nothing is kept of where they were.
        """

    def members_on(self, day: date) -> dict[str, tuple[str, ...]]:
        """Who was in which 課 on a day, 兼務 included: department → 職員番号, as far as the history goes back."""

    def link_user(self, channel: str, user: str, person_id: str) -> None:
        """Remember that a channel's user is this person."""

    def linked_person(self, channel: str, user: str) -> Person | None:
        """Who a channel's user is, as far as remembered."""

    def linked_people(self, channel: str, users: Collection[str]) -> Mapping[str, Person]:
        """As `linked_person` for several users at once; those not remembered are left out."""


class AuditEvent(BaseModel):
    """Who did what to what, when, and where from. `detail` is small and holds no content of answers.

    `actor` is a 職員番号, or "cli/…" or "worker"; a `target` "person/…" is one too. Both are kept as pseudonyms.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    actor: str
    action: str
    target: str
    detail: dict[str, str | int] = {}
    channel: str = Field(default_factory=channel_now)


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted; empty fields want any. `action` is a beginning, `before` a position."""

    actor: str = ""
    action: str = ""
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int = 0


@dataclass(frozen=True)
class AuditRecord:
    """An event at its position in the chain."""

    position: int
    event: AuditEvent


class AuditLog(Protocol):
    """Append-only: each entry carries a hash over itself and the entry before."""

    def append(self, event: AuditEvent) -> str:
        """Add an event and return its hash."""

    def list_events(self, limit: int = 100) -> list[AuditEvent]:
        """The newest events first."""

    def search(self, wanted: AuditFilter, limit: int = 100) -> list[AuditRecord]:
        """The newest entries that fit, first."""

    def verify(self, anchor: Anchor | None = None) -> int:
        """Check every kept entry, also against the anchors, and return how many there are. Raises ValueError naming the
        first broken entry.
        """

    def anchor(self) -> Anchor:
        """What the log is now, in one line to be kept off the machine."""

    def keep_anchor(self, day: date, anchor: Anchor) -> bool:
        """Keep the anchor of a day; False when that day has one already."""

    def list_anchors(self) -> list[Anchor]:
        """The kept anchors, oldest first."""

    def prune(self, before: datetime, at: datetime) -> int:
        """Remove entries from before that time, on record; return how many went."""

    def forget_person(self, person_id: str) -> bool:
        """Delete a person's key, so that their entries name nobody; False when there was none."""
