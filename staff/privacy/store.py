"""What the life of personal data asks of storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict

from staff.privacy.subject import Subject

Whose = Literal["own", "named", "mentioned"]


@dataclass(frozen=True)
class Holding:
    """One row that has to do with somebody: theirs, one that names them by number, or one whose text mentions them.

    `row` has the columns, JSON read.
    """

    item: str
    table: str
    whose: Whose
    row: Mapping[str, Any]


class PersonalData(Protocol):
    """Everything on one person, along the register."""

    def subject(self, person_id: str) -> Subject:
        """By what a person is known, in the directory, among leavers and in planned changes; by the number alone if nowhere."""

    def holdings(self, subject: Subject) -> list[Holding]:
        """Every row, in the order of the register."""

    def erase(self, subject: Subject, items: Collection[str] | None = None) -> Mapping[str, int]:
        """Remove and make nameless, of these items or of all; by item how many rows were touched. Frozen places stay."""

    def find(self, text: str, *, alone: bool = False) -> Sequence[str]:
        """The tables that hold a text in any column; `alone`: only where it is not a part of a longer word or number."""

    def secret(self) -> bytes:
        """The key under which erased people are remembered outside the database."""

    def known_ids(self) -> set[str]:
        """Every 職員番号 that stands in a column of its own."""


class Hold(BaseModel):
    """The city's record rules hold deletions of a kind (of one round where `round_id` says so) until the hold is lifted."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    round_id: str = ""
    reason: str
    placed_by: str
    placed_at: AwareDatetime
    lifted_by: str = ""
    lifted_at: AwareDatetime | None = None


class Deletion(BaseModel):
    """Proof of one deletion: what kind, why, how many rows went, how many that were due are still there.

    `cleaned_at` is when the database file was last rewritten without what was deleted (SQLite), None while it is to be.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    at: AwareDatetime
    kind: str
    cause: str
    removed: int
    remaining: int
    cleaned_at: AwareDatetime | None = None


class Records(Protocol):
    """Holds, proofs of deletion, and leavers whose term runs."""

    def place_hold(self, hold: Hold) -> None:
        """Keep a hold."""

    def lift_hold(self, hold_id: str, by: str, at: datetime) -> Hold | None:
        """Lift a hold; None when there is none of that id that still holds."""

    def list_holds(self, *, lifted_too: bool = False) -> list[Hold]:
        """Holds, the newest first."""

    def add_deletion(self, deletion: Deletion) -> None:
        """Keep a proof."""

    def list_deletions(self, limit: int = 100) -> list[Deletion]:
        """Proofs, the newest first."""

    def uncleaned_since(self) -> datetime | None:
        """Since when something that was deleted may still lie in the database file; None when nothing does."""

    def mark_cleaned(self, before: datetime, at: datetime) -> None:
        """The file was rewritten: what was deleted before is not in it."""

    def leavers_due(self, left_before: date) -> list[str]:
        """Who left before that day, by 職員番号."""
