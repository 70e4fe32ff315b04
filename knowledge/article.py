"""Articles: what the knowledge base is made of."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.slim import share_names

NonBlank = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


ArticleId = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^|]+$")
]


# The rows of a procedure.
STEPS, NEEDS, DEADLINE, OWNER = "手順", "必要なもの", "期限", "担当"


class Kind(StrEnum):
    """What sort of thing an article explains."""

    TERM = "term"
    INITIATIVE = "initiative"
    SECTION = "section"
    ROLE = "role"
    PROCEDURE = "procedure"
    FAQ = "faq"
    DECISION = "decision"


# Entries of these kinds answer one question of their own; the others are of a document.
OF_ONE_QUESTION = frozenset({Kind.FAQ, Kind.PROCEDURE})


class Layer(StrEnum):
    """Whose words an article is in: the city's document, or ours."""

    OFFICIAL = "official"
    EDITORIAL = "editorial"


class Openness(StrEnum):
    """Who may be told what an article says."""

    CITIZENS = "citizens"
    STAFF = "staff"


class Audience(StrEnum):
    """Who may see a restricted article: everybody of a role, or the people of the 課 that owns it."""

    STAFF = "staff"
    LEADER = "leader"
    MANAGER = "manager"
    HR = "hr"
    OPERATOR = "operator"
    OWNER = "owner"


class Source(BaseModel):
    """Where a text stands in a document."""

    model_config = ConfigDict(frozen=True)

    document: str = ""
    edition: str = ""
    part: str = ""
    section: str = ""
    heading: str = ""
    page: int | None = None

    def cite(self) -> str:
        """The citation people read, e.g. 藤沢市DX推進計画(案) 実行編(5)."""
        return f"{self.document} {self.part}{self.section}".strip()


@share_names
class Passage(BaseModel):
    """A piece of an article that can be quoted by itself: a paragraph, a list item, or a 工程表 cell.

    `label` is the row of the initiative table it stands in (概要, 取組, KPI, 工程表 …), or empty in running text.
    `marker` is the item's own mark (①). `column` is the 工程表 column where the source's text has the cell.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    label: str = ""
    marker: str = ""
    column: str = ""


class Figure(BaseModel):
    """A number of the source as data: a KPI target or a count, with its fiscal year or as-of date as written."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: float
    unit: str
    fiscal_year: int | None = None
    as_of: str = ""


class Need(BaseModel):
    """Something a procedure takes: what to bring, or the form to fill in with the address it is found at."""

    model_config = ConfigDict(frozen=True)

    text: NonBlank
    url: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.url}".strip()


@share_names
class Article(BaseModel):
    """One thing the knowledge base can explain. The two layers of the same thing share `id`.

    `focus` narrows the official text that an editorial article stands on: only passages that contain one of these
    words are quoted beside it. `rests_on` is the id of the official article it stands on, when that is not its own id.
    `blank` names the rows that the source leaves empty (工程表, a figure that was lost). A procedure has `steps`, what
    it `needs` and its `deadline`, and holds from `valid_from` to `valid_until`, both days included. `owner` is a 課,
    never a person. A decision (of DX推進本部会議) was made on `valid_from`. What has no `openness` is for staff alone.
    `visible_to` are those who may find it at all; empty: everybody who asks, known or not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ArticleId
    kind: Kind
    layer: Layer
    title: NonBlank
    passages: tuple[Passage, ...] = ()
    reading: str = ""
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    source: Source = Source()
    owner: str = ""
    review_on: date | None = None
    figures: tuple[Figure, ...] = ()
    blank: tuple[str, ...] = ()
    rests_on: str = ""
    focus: tuple[str, ...] = ()
    ended_on: date | None = Field(None, description="the last day of the period the source speaks about")
    steps: tuple[NonBlank, ...] = ()
    needs: tuple[Need, ...] = ()
    deadline: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    openness: Openness | None = None
    visible_to: tuple[Audience, ...] = ()

    @property
    def written(self) -> tuple[Passage, ...]:
        """Everything that can be quoted: the passages, then a procedure's steps, needs, deadline and owner."""
        steps = (Passage(text=step, label=STEPS, marker=str(n)) for n, step in enumerate(self.steps, 1))
        needs = (Passage(text=str(need), label=NEEDS) for need in self.needs)
        rest = ((DEADLINE, self.deadline), (OWNER, self.owner if self.steps else ""))
        named = (Passage(text=text, label=label) for label, text in rest if text)
        return (*self.passages, *steps, *needs, *named)

    @property
    def body(self) -> str:
        """Every passage, one a line."""
        return "\n".join(passage.text for passage in self.passages)


Outcome = Literal["answer", "clarify", "unknown"]
