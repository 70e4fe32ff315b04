"""What a person sent, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AwareDatetime, Field

from surveys.question import Attribute, Frozen

Value = float | str | tuple[str, ...] | Mapping[str, str]
"""As surveys.condition.Value: option id, text or ISO date; number; ids ticked; row id → option id of a matrix."""


class Draft(Frozen):
    """Answers under way. `revision` grows with every change, over the whole round: it tells which of two is newer.

    `page` is the page to go on with, from 0. Kept with the person until it is sent or the round closes.
    """

    round_id: str
    person_id: str
    revision: Annotated[int, Field(ge=1)]
    page: int = 0
    answers: Mapping[str, Value] = {}


class Submission(Frozen):
    """A complete set of answers on its way into the store. Of two of one person and round the higher `revision` stands."""

    round_id: str
    person_id: str
    revision: Annotated[int, Field(ge=1)]
    sent_at: AwareDatetime
    attributes: Mapping[Attribute, str] = {}
    answers: Mapping[str, Value] = {}


class Sheet(Frozen):
    """One stored submission as results read it: ids of 課, 部 and role as far as kept, and the answers.

    `person_id` is there in a named round only.
    """

    attributes: Mapping[Attribute, str] = {}
    answers: Mapping[str, Value] = {}
    person_id: str = ""
