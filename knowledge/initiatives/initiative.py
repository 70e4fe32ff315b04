"""Initiatives: what was promised by when, who owns it, and how often its progress is reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from knowledge.article import NonBlank
from staff.model import Role

NO_MONTHS = 0


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Direction(StrEnum):
    """Which way a KPI shall go."""

    UP = "up"
    DOWN = "down"


class Cadence(StrEnum):
    """How often progress is reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    NEVER = "never"

    @property
    def months(self) -> int:
        """Months from one report to the next; 0: none is asked for."""
        return {"monthly": 1, "quarterly": 3}.get(self.value, NO_MONTHS)


class State(StrEnum):
    """Where an initiative stands as a whole."""

    RUNNING = "running"
    CLOSED = "closed"
    CARRIED_OVER = "carried_over"


class Target(_Frozen):
    """What shall be reached by the end of a 年度; None where the plan gives no number. `split` is by 課 (name)."""

    fiscal_year: int = Field(ge=2000, le=2100)
    value: float | None = None
    split: Mapping[str, float] = {}


class Kpi(_Frozen):
    """A KPI as data. `each_year`: the targets of several years are added up; else the last one holds."""

    name: NonBlank
    unit: str = ""
    direction: Direction = Direction.UP
    targets: tuple[Target, ...] = ()
    each_year: bool = False
    note: str = ""

    def target(self, fiscal_year: int) -> float | None:
        """What shall have been reached by the end of a 年度, with the years before where they add up."""
        known = [one for one in self.targets if one.value is not None and one.fiscal_year <= fiscal_year]
        if not known:
            return None
        values = [
            one.value for one in sorted(known, key=lambda one: one.fiscal_year) if one.value is not None
        ]
        return sum(values) if self.each_year else values[-1]


class Milestone(_Frozen):
    """A step of the 工程表. `column` is the 年度 it stands under in the source; `due_on` only where a date is known."""

    text: NonBlank
    column: str = ""
    due_on: date | None = None
    done_on: date | None = None


class Initiative(_Frozen):
    """One initiative of one edition of a plan. `owner` is a 課, `role` the role there that reports; never a person.

    `follows` is the id of the initiative of an earlier plan that this one carries on. `blank` names what the source
    leaves empty (工程表).
    """

    id: str = Field(min_length=1, max_length=100, pattern=r"^[^|/\s]+$")
    title: NonBlank
    plan: NonBlank
    edition: str = ""
    article_id: str = ""
    owner: str = ""
    role: Role = Role.LEADER
    cadence: Cadence = Cadence.MONTHLY
    kpi: Kpi | None = None
    milestones: tuple[Milestone, ...] = ()
    blank: tuple[str, ...] = ()
    starts_on: date
    ends_on: date | None = None
    state: State = State.RUNNING
    closed_on: date | None = None
    follows: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Initiative:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("ends before it starts")
        return self

    def is_open(self, day: date) -> bool:
        """Whether it is under way on that day: neither closed nor carried over, its period begun and not over."""
        ended = self.ends_on is not None and self.ends_on < day
        return self.state is State.RUNNING and self.starts_on <= day and not ended

    def is_coming(self, day: date) -> bool:
        """Whether its period has not begun yet."""
        return self.state is State.RUNNING and day < self.starts_on

    def awaits_decision(self, day: date) -> bool:
        """Whether its period is over and nobody has said yet what becomes of it."""
        return self.state is State.RUNNING and self.ends_on is not None and self.ends_on < day


class InitiativeVersion(_Frozen):
    """One state of an initiative that people changed. The newest stands; `number` counts from 1."""

    number: int = Field(ge=1)
    at: AwareDatetime
    by: str
    reason: str = ""
    initiative: Initiative
