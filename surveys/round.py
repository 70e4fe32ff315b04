"""One asking of a survey: its wording, its audience and its departments as they were when it opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime

from staff.model import Department, Role
from surveys.definition import Definition
from surveys.question import Attribute, Frozen


class State(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Round(Frozen):
    """A round. `definition` is frozen at opening, `content_hash` names it; `departments` are those of that day, in order.

    `wave` is how people call it (令和8年度 第2回); `pilots` are the ids of 課 that try something out (実証); `headcounts` tells
    for each 課 how many are asked, and `answered` how many of all have answered: counted once, at closing, so that nothing that is
    forgotten later changes it. A round that repeats counts every later one from `repeats_from`, the date of the first.
    """

    id: str
    survey_id: str
    definition: Definition
    content_hash: str
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    state: State = State.PLANNED
    repeats_from: date | None = None
    wave: str = ""
    pilots: frozenset[str] = frozenset()
    departments: tuple[Department, ...] = ()
    headcounts: Mapping[str, int] = {}
    answered: int | None = None

    def takes_answers(self, now: datetime) -> bool:
        """Whether a submission is taken at this time."""
        return self.state is State.OPEN and self.opens_at <= now < self.closes_at

    def attributes_of(self, member: Member) -> dict[Attribute, str]:
        """What is stored of the directory with this person's answers: ids as they were when the round opened."""
        known = {
            Attribute.SECTION: member.section_id,
            Attribute.DIVISION: member.division_id,
            Attribute.ROLE: member.role.value,
        }
        return {one: known[one] for one in self.definition.kept_attributes}


class Member(Frozen):
    """Somebody who is asked, with their 課, 部 (ids) and role of that time."""

    person_id: str
    section_id: str
    division_id: str
    role: Role


class ResponseCount(Frozen):
    """How many of a 課 are asked, and how many have answered."""

    section_id: str
    division_id: str
    asked: int
    answered: int
