"""依頼・照会: what デジタル推進室 asks of 課 by a deadline, and which have done it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

LONGEST_TITLE = 80
LONGEST_TEXT = 1000


class Assignment(BaseModel):
    """One request. `department_ids` are the 課 it goes to; none means every 課."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(default_factory=lambda: uuid4().hex[:12])
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    text: str = Field("", max_length=LONGEST_TEXT)
    due_on: date
    department_ids: tuple[str, ...] = ()
    entered_by: str
    entered_at: AwareDatetime
    withdrawn: bool = False

    def concerns(self, department_id: str) -> bool:
        """Whether it goes to that 課."""
        return not self.withdrawn and (not self.department_ids or department_id in self.department_ids)


class AssignmentStore(Protocol):
    """What was asked of 課, and what is done."""

    def save(self, assignment: Assignment) -> None:
        """Add a request, or put it in the place of the one of its id."""

    def find(self, assignment_id: str) -> Assignment | None:
        """One request."""

    def list_since(self, due_from: date) -> Sequence[Assignment]:
        """Requests due on or after that day, the earliest first."""

    def settle(self, assignment_id: str, department_id: str, by: str, at: datetime) -> bool:
        """Say that a 課 has done it; False when it was said before."""

    def list_done(self, assignment_id: str) -> Sequence[str]:
        """The ids of the 課 that have done it."""

    def done_of(self, department_ids: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Which requests are done by these 課, as (request id, department id)."""
