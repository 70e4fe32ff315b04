"""What a week's digest says, as data: the part that all share, and the part of one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict

from knowledge.initiatives.progress import Standing, Status


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class InitiativeLine(_Frozen):
    """One initiative. `value` and `before` are the last two reported; `trend` the last values, oldest first.

    `status` is the last one reported, whatever its age: `standing` says whether it still counts.
    """

    id: str
    title: str
    owner: str
    standing: Standing
    status: Status | None = None
    unit: str = ""
    target: float | None = None
    target_year: int = 0
    value: float | None = None
    before: float | None = None
    as_of: date | None = None
    reported_on: date | None = None
    was: Status | None = None
    trend: tuple[float, ...] = ()
    blocked: str = ""
    nobody: bool = False

    @property
    def counts(self) -> bool:
        """Whether its status may be told as today's."""
        return self.standing is Standing.REPORTED and self.status is not None

    @property
    def stirs(self) -> bool:
        """Whether a reader should look at it: not on track, moved, not reported, or nobody in charge."""
        moved = self.counts and self.was is not None and self.was is not self.status
        return self.nobody or moved or not self.counts or self.status is not Status.ON_TRACK


class Deadline(_Frozen):
    """A milestone to come, or the deadline of a request to every 課."""

    on: date
    text: str
    is_request: bool = False


class Responses(_Frozen):
    """How many of a 課 have answered."""

    department_id: str
    name: str
    answered: int
    asked: int


class SurveyLine(_Frozen):
    """A running survey. `rows` has no 課 below the floor, and none at all for an anonymous round."""

    id: str
    title: str
    closes_on: date | None = None
    answered: int
    asked: int
    rows: tuple[Responses, ...] = ()


class QuestionLine(_Frozen):
    """A question that enough people asked, or that デジタル推進室 approved (`askers` 0 then); never who."""

    question: str
    askers: int
    owner: str
    answered: bool


class ArticleLine(_Frozen):
    """An article that is new, or changed. `decided_on` is the day of a decision of DX推進本部会議."""

    id: str
    title: str
    change: Literal["new", "changed"]
    on: date
    is_case: bool = False
    is_decision: bool = False
    decided_on: date | None = None


class TrainingLine(_Frozen):
    """A training to come. `department_ids` are the 課 it is meant for (none: all); `left` the free seats, None without limit."""

    on: date
    title: str
    place: str = ""
    begins: str = ""
    left: int | None = None
    apply: str = ""
    department_ids: tuple[str, ...] = ()

    def is_for(self, department_ids: Sequence[str]) -> bool:
        """Whether people of one of these 課 may go."""
        return not self.department_ids or not set(self.department_ids).isdisjoint(department_ids)


class Issue(_Frozen):
    """What every reader of a week shares. `broken` names the sections that could not be read."""

    week: str
    day: date
    made_at: AwareDatetime
    initiatives: tuple[InitiativeLine, ...] = ()
    undecided: int = 0
    deadlines: tuple[Deadline, ...] = ()
    surveys: tuple[SurveyLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    articles: tuple[ArticleLine, ...] = ()
    trainings: tuple[TrainingLine, ...] = ()
    broken: tuple[str, ...] = ()


class Task(_Frozen):
    """Something for this reader to do. `kind` decides the button; `text` says more of what is asked."""

    kind: Literal["assignment", "report", "inquiry"]
    id: str
    title: str
    due_on: date | None = None
    first: bool = False
    text: str = ""


class OwnPart(_Frozen):
    """What one reader's digest says beyond the shared part. `departments` are the ids of the reader's own 課."""

    tasks: tuple[Task, ...] = ()
    departments: tuple[str, ...] = ()
    broken: bool = False


class DigestStore(Protocol):
    """Every issue as it was sent, and the part of each reader."""

    def add_issue(self, issue: Issue) -> Issue:
        """Keep a week's issue; the one that stands afterwards: of two made at once, the first."""

    def issue(self, week: str) -> Issue | None:
        """A week's issue."""

    def list_weeks(self, limit: int = 60) -> Sequence[str]:
        """The weeks that have an issue, the newest first."""

    def save_copies(self, week: str, parts: Mapping[str, OwnPart]) -> None:
        """Keep readers' parts, by 職員番号; what stands already stays."""

    def copy(self, week: str, person_id: str) -> OwnPart | None:
        """The part of one reader, as it was sent."""
