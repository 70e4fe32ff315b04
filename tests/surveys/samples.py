"""A small survey with every type of question, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from staff.model import Role
from surveys.definition import Definition, Identity
from surveys.loading import read_definition
from surveys.round import Member, Round, State

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
EVERY_TYPE = """
id: every-type
title: すべての形の調査
purpose: 試すため
readers: 試す人
questions:
  - {id: S, type: single, text: 一つ, options: [{a: あ}, {b: い}], besides: [{no: 答えたくない}], required: true}
  - {id: M, type: multi, text: いくつか, options: [x, y, z, none], exclusive: [none], most: 2}
  - {id: F, type: scale5, text: 五段階, options: ["1", "2", "3", "4", "5"], besides: [na]}
  - {id: X, type: matrix, text: 表, rows: [r1, r2], options: [ok, ng]}
  - {id: N, type: number, text: 数, minimum: 0, maximum: 10, step: 0.5, show_if: S == a}
  - {id: D, type: date, text: 日, earliest: "2026-04-01", latest: "2027-03-31"}
  - {id: T, type: short_text, text: 短く}
  - {id: L, type: long_text, text: 長く, max_length: 30}
"""


def survey(text: str = EVERY_TYPE, **changes: Any) -> Definition:
    """The survey, with these fields changed."""
    definition = read_definition(text.encode(), "every-type.yaml")
    return Definition.model_validate(definition.model_dump(mode="json", exclude_unset=True) | changes)


def planned(definition: Definition, id_: str = "round-1") -> Round:
    """A round that is to open now, for a week."""
    return Round(
        id=id_,
        survey_id=definition.id,
        definition=definition,
        content_hash=definition.content_hash,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
    )


def opened(round_: Round, members: int) -> Round:
    """The same, open to so many people."""
    return round_.model_copy(update={"state": State.OPEN, "headcounts": {"D11": members}})


def members(count: int, first: int = 1) -> list[Member]:
    """So many people of one 課."""
    return [
        Member(person_id=f"{number:06}", section_id="D11", division_id="D10", role=Role.STAFF)
        for number in range(first, first + count)
    ]


IDENTITIES = list(Identity)
ANSWERS: Mapping[str, Any] = {"S": "a", "M": ("x", "y"), "X": {"r1": "ok"}, "N": 2.5, "L": "自由に"}
