"""AI・RPA事例: what a 課 automated, shared as an article once approved, and counted against the KPI of 業務 a 年度."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from bot.texts.ja import cases as texts
from knowledge.article import Article, Kind, Layer, NonBlank, Openness, Passage, Source
from staff.calendar import fiscal_year

MOST_HOURS = 1_000_000


class Stage(StrEnum):
    """How far a case is."""

    CANDIDATE = "candidate"
    RUNNING = "running"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        """What people read."""
        return texts.STAGES[self.value]


class Tool(StrEnum):
    """What it is built with."""

    RPA = "rpa"
    AI = "ai"
    NO_CODE = "no_code"
    SPREADSHEET = "spreadsheet"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What people read."""
        return texts.TOOLS[self.value]


Hours = Annotated[float, Field(ge=0, le=MOST_HOURS, allow_inf_nan=False)]


class Case(BaseModel):
    """One version of a case. `hours_before` and `hours_after` are hours a year; `started_on` is when it began to run.

    `number` counts the versions of `id` from 1. `contact` is a role of the 課, never a person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    number: Annotated[int, Field(ge=1)] = 1
    work: Annotated[NonBlank, Field(max_length=60)]
    department_id: str
    department: str
    tool: Tool
    stage: Stage
    started_on: date | None = None
    hours_before: Hours | None = None
    hours_after: Hours | None = None
    built: Annotated[str, Field(max_length=1500)] = ""
    link: Annotated[str, Field(max_length=300)] = ""
    contact: Annotated[NonBlank, Field(max_length=60)]
    registered_by: str
    registered_at: AwareDatetime

    @model_validator(mode="after")
    def _told_enough(self) -> Self:
        if self.stage is not Stage.CANDIDATE and self.started_on is None:
            raise ValueError(texts.START_WANTED)
        if self.stage is Stage.VERIFIED and (self.hours_before is None or self.hours_after is None):
            raise ValueError(texts.HOURS_WANTED)
        return self

    @property
    def article_id(self) -> str:
        """The id of the article it becomes."""
        return f"case-{self.id}"

    @property
    def proposal_id(self) -> str:
        """The proposal that this version waits in."""
        return f"case/{self.id}/{self.number}"

    @property
    def saved_hours(self) -> float | None:
        """Hours saved a year; None while they are not told."""
        if self.hours_before is None or self.hours_after is None:
            return None
        return self.hours_before - self.hours_after


class CaseStore(Protocol):
    """Every version of every case. Which of them stand is what their proposals say."""

    def add_case(self, case: Case) -> bool:
        """Keep a version; False when there is one of that number already."""

    def latest_case(self, case_id: str) -> Case | None:
        """The newest version, approved or not."""

    def list_approved(self) -> Sequence[Case]:
        """The newest approved version of each case, the latest registered first."""

    def list_waiting(self) -> Sequence[Case]:
        """Versions that wait for approval, the oldest first."""


@dataclass(frozen=True)
class Tally:
    """What a 年度 brought, of approved cases: 業務 that began to run in it, and hours a year saved by verified ones."""

    year: int
    works: int
    hours: float


def tally(cases: Iterable[Case], day: date) -> Tally:
    """Count the approved cases of the 年度 that `day` lies in."""
    year = fiscal_year(day)
    begun = [
        case
        for case in cases
        if case.stage is not Stage.CANDIDATE and case.started_on and fiscal_year(case.started_on) == year
    ]
    saved = sum(case.saved_hours or 0.0 for case in begun if case.stage is Stage.VERIFIED)
    return Tally(year, len(begun), saved)


def article_of(case: Case, owner: str) -> Article:
    """The article a case becomes; `owner` is the 課 that approves it."""
    return Article(
        id=case.article_id,
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title=texts.title(case.work, case.tool.label),
        questions=tuple(texts.questions(case.work, case.tool.label)),
        passages=tuple(_passages(case)),
        source=Source(document=texts.DOCUMENT, section=case.department),
        owner=owner,
        openness=Openness.STAFF,
    )


def _passages(case: Case) -> Iterator[Passage]:
    rows = (
        (texts.WORK, texts.work_line(case.department, case.work, case.tool.label)),
        (texts.STAGE, texts.stage_line(case.stage.label, case.started_on)),
        (texts.BUILT, case.built),
        (texts.EFFECT, _effect(case)),
        (texts.LINK, case.link),
        (texts.CONTACT, texts.contact_line(case.department, case.contact)),
    )
    return (Passage(label=label, text=text) for label, text in rows if text.strip())


def _effect(case: Case) -> str:
    if case.hours_before is None or case.hours_after is None:
        return ""
    return texts.effect(case.hours_before, case.hours_after)
