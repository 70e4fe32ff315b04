"""A survey as the city writes it: what it is for, who is asked, how answers are kept, and its questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from bot.texts.ja import survey_files as texts
from staff.model import Role
from surveys.branching import check_branches
from surveys.cards import fit_on_a_card
from surveys.condition import Answers
from surveys.question import Attribute, Frozen, Id, Question, Text, is_stored
from surveys.table_checks import CrossTable, check_tables

MOST_QUESTIONS = 60
MOST_ON_A_PAGE = 8
Channel = Literal["web", "slack", "teams"]
INCONSISTENT = "inconsistent"
Mistake = tuple[tuple[str | int, ...], str]
"""Where in the definition, and what is wrong there."""
_FOLD = re.compile(r"(?<=[、。，．）」]) (?=\S)")


def _unfolded(value: object) -> object:
    """Japanese folded over several lines of YAML, without the spaces that stand for the line breaks."""
    return _FOLD.sub("", value) if isinstance(value, str) else value


Long = Annotated[str, Field(min_length=1, max_length=1000), BeforeValidator(_unfolded)]


class Identity(StrEnum):
    """How answers and people belong together.

    NAMED: stored with the 職員番号. CONFIDENTIAL: nobody sees who, and the person can edit until closing. ANONYMOUS: no key at all.
    """

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Repeat(StrEnum):
    """How often a new round begins, on the first business day on or after the same date."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Audience(Frozen):
    """Who is asked: everyone, or those in `departments` (部 or 課 by name), with `roles`, or of the list `people` (職員番号).

    What is told narrows: departments and roles together are those with the roles in the departments.
    """

    departments: Listed = ()
    roles: Annotated[tuple[Role, ...], BeforeValidator(_listed)] = ()
    people: Listed = ()


class PageOfQuestions(Frozen):
    """The questions that stand together on one page, under its title."""

    title: str
    questions: tuple[Question, ...]


class Definition(Frozen):
    """A survey. `stored`, `readers` and `kept_days` are shown before the first question, and again when it is sent.

    `attributes`: what the directory says of whoever answers and is stored with the answers. `open_days` are business days.
    `breakdowns`: questions (single, number) by whose answers all others are tabulated besides 課 and 部; `tables`: further ones.
    """

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=75)]
    purpose: Long
    readers: Long
    not_used_for: Annotated[str, Field(max_length=300)] = ""
    contact: Annotated[str, Field(max_length=200)] = ""
    kept_days: Annotated[int, Field(ge=1, le=3660)] = 365
    minutes: Annotated[int, Field(ge=1, le=60)] = 3
    audience: Audience = Audience()
    identity: Identity = Identity.CONFIDENTIAL
    attributes: tuple[Attribute, ...] | None = None
    channels: Annotated[tuple[Channel, ...], BeforeValidator(_listed)] = ()
    chat_allowed: bool = False
    open_days: Annotated[int, Field(ge=1, le=250)] = 10
    repeat: Repeat | None = None
    share: Literal["audience", "readers"] = "audience"
    breakdowns: Listed = ()
    tables: tuple[CrossTable, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        if found := [] if is_stored(info) else list(self._mistakes()):
            raise PydanticCustomError(INCONSISTENT, "{first}", {"first": found[0][1], "found": found})
        return self

    @property
    def is_delicate(self) -> bool:
        """Whether answers should stay out of chats, and receipts out of messages."""
        return self.identity is Identity.ANONYMOUS or any(question.sensitive for question in self.questions)

    @property
    def allowed_channels(self) -> tuple[Channel, ...]:
        """Where it can be answered: always on the web, in chats unless it is delicate or told otherwise."""
        chats: tuple[Channel, ...] = () if self.is_delicate else ("slack", "teams")
        return ("web", *(channel for channel in self.channels or chats if channel != "web"))

    @property
    def kept_attributes(self) -> tuple[Attribute, ...]:
        """What is stored of the directory with each submission; nothing below 部 when anonymous."""
        if self.attributes is not None:
            return self.attributes
        return (Attribute.DIVISION,) if self.identity is Identity.ANONYMOUS else tuple(Attribute)

    @property
    def can_be_edited(self) -> bool:
        """Whether a stored submission can be changed until closing."""
        return self.identity is not Identity.ANONYMOUS

    @cached_property
    def pages(self) -> tuple[PageOfQuestions, ...]:
        """The questions by page, in order."""
        return tuple(PageOfQuestions(title=page, questions=found) for page, found in _paged(self.questions))

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Each question under its id."""
        return {question.id: question for question in self.questions}

    def asked(self, answers: Answers) -> tuple[Question, ...]:
        """The questions whose condition holds. An answer to a hidden question counts for nothing."""
        shown: list[Question] = []
        known: dict[str, object] = {}
        for question in self.questions:
            if question.condition is None or question.condition.holds(known):  # type: ignore[arg-type]
                shown.append(question)
                if question.id in answers:
                    known[question.id] = answers[question.id]
        return tuple(shown)

    @property
    def content_hash(self) -> str:
        """Names this very wording: any change gives another."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def _mistakes(self) -> Iterator[Mistake]:
        names = [question.id for question in self.questions]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield ("questions", place, "id"), texts.question_twice(name)
        paged = _paged(self.questions)
        titles = [title for title, _ in paged if title]
        if len(titles) != len(set(titles)):
            yield ("questions",), texts.PAGE_APART
        if any(len(found) > MOST_ON_A_PAGE for _, found in paged):
            yield ("questions",), texts.page_full(MOST_ON_A_PAGE)
        if "teams" in self.allowed_channels:
            yield from _large_pages(paged)
        yield from self._identity_mistakes()
        yield from check_tables(self.questions, self.breakdowns, self.tables)
        pages = [page for page, (_, found) in enumerate(paged) for _ in found]
        if len(names) == len(set(names)):
            for mistake in check_branches(self.questions, pages):
                yield ("questions", mistake.place, "show_if"), mistake.text

    def _identity_mistakes(self) -> Iterator[Mistake]:
        fine = {Attribute.SECTION, Attribute.ROLE} & set(self.attributes or ())
        if self.identity is Identity.ANONYMOUS and fine:
            yield ("attributes",), texts.ANONYMOUS_FINE
        for place, question in enumerate(self.questions):
            if self.identity is Identity.ANONYMOUS and question.prefill in (
                Attribute.SECTION,
                Attribute.ROLE,
            ):
                yield ("questions", place, "prefill"), texts.ANONYMOUS_PREFILL
        if self.is_delicate and set(self.channels) - {"web"} and not self.chat_allowed:
            yield ("channels",), texts.CONFLICT_CHANNELS


def _large_pages(paged: Iterable[tuple[str, tuple[Question, ...]]]) -> Iterator[Mistake]:
    place = 0
    for _, questions in paged:
        if not fit_on_a_card(questions):
            yield ("questions", place), texts.page_large(questions[0].id)
        place += len(questions)


def _paged(questions: tuple[Question, ...]) -> list[tuple[str, tuple[Question, ...]]]:
    """Runs of one page name; a question without one stands alone."""
    keyed = groupby(enumerate(questions), key=lambda item: item[1].page or item[0])
    return [
        (key if isinstance(key, str) else "", tuple(question for _, question in found))
        for key, found in keyed
    ]


__all__ = ["Audience", "Channel", "Definition", "Identity", "PageOfQuestions", "Question", "Repeat", "Text"]
