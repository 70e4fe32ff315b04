"""What the staff domain asks of storage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from staff.model import Department, Person, Role


class Directory(Protocol):
    """People and departments as last imported, and which chat user is whom."""

    def list_people(self) -> list[Person]:
        """Everyone, by 職員番号."""

    def count_people(self) -> int:
        """How many people there are."""

    def list_synthetic(self, role: Role, limit: int) -> list[Person]:
        """The first synthetic people whose main role is this, by 職員番号."""

    def list_departments(self) -> list[Department]:
        """Every department, in the order of the city's own list."""

    def person(self, person_id: str) -> Person | None:
        """One person by 職員番号."""

    def person_by_email(self, email: str) -> Person | None:
        """One person by e-mail, letter case ignored."""

    def save(
        self, departments: Sequence[Department], people: Iterable[Person], leavers: Iterable[str]
    ) -> None:
        """Put in the departments (whole list), add or change `people`, and remove `leavers` (職員番号)."""

    def link_user(self, channel: str, user: str, person_id: str) -> None:
        """Remember that a channel's user is this person."""

    def linked_person(self, channel: str, user: str) -> Person | None:
        """Who a channel's user is, as far as remembered."""


class AuditEvent(BaseModel):
    """Who did what to what, and when. `detail` is small and holds no content of answers."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    actor: str
    action: str
    target: str
    detail: dict[str, str | int] = {}


class AuditLog(Protocol):
    """Append-only: each entry carries a hash over itself and the entry before."""

    def append(self, event: AuditEvent) -> str:
        """Add an event and return its hash."""

    def list_events(self, limit: int = 100) -> list[AuditEvent]:
        """The newest events first."""

    def verify(self) -> int:
        """Check the whole chain and return its length. Raises ValueError naming the first broken entry."""
