"""A page of a survey that a check accepts fits into one message of Teams, filled in to the last character."""

from __future__ import annotations

from typing import Any

import pytest

from bot.outgoing import json_bytes
from bot.teams.card import card_message
from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.loading import DefinitionError, read_definition
from tests.fakes.teams import MAX_MESSAGE
from tests.surveys.city import city, open_round, staff

HEAD = "id: wide\ntitle: 広い調査\npurpose: 試すため\nreaders: 試す人\n"
ADDRESSING = 2_000


def page(questions: int, kind: str, options: int = 0, length: int = 1) -> str:
    """A questionnaire of one page with so many questions alike."""
    labels = ", ".join(f"{number:02}" + "字" * (length - 2) for number in range(options))
    fields = f", options: [{labels}]" if options else f", max_length: {length}"
    fields += ", rows: [一行目, 二行目, 三行目]" if kind == "matrix" else ""
    lines = [f"- {{id: Q{n}, page: か, type: {kind}, text: 質問{n}{fields}}}" for n in range(questions)]
    return f"{HEAD}questions:\n" + "\n".join(lines)


def read(text: str) -> Definition | str:
    try:
        return read_definition(text.encode(), "調査.yaml")
    except DefinitionError as error:
        return str(error)


@pytest.mark.parametrize(
    ("questions", "kind", "options", "length"), [(8, "multi", 15, 40), (1, "matrix", 60, 75)]
)
def test_a_page_that_teams_would_refuse_is_refused(
    questions: int, kind: str, options: int, length: int
) -> None:
    said = read(page(questions, kind, options, length))
    assert isinstance(said, str)
    assert "6行目（Q0）" in said
    assert "page を分ける" in said
    only_web = read("channels: [web, slack]\n" + page(questions, kind, options, length))
    assert isinstance(only_web, Definition)


@pytest.mark.parametrize(
    ("kind", "options", "length"),
    [
        ("multi", 15, 40),
        ("multi", 60, 6),
        ("matrix", 8, 30),
        ("single", 2, 4),
        ("long_text", 0, 900),
        ("short_text", 0, 100),
    ],
)
def test_the_fullest_page_that_is_accepted_fits(
    sqlite_stores: SqlStores, kind: str, options: int, length: int
) -> None:
    accepted = [
        found for n in range(1, 9) if isinstance(found := read(page(n, kind, options, length)), Definition)
    ]
    definition = accepted[-1]
    seat = staff(city(sqlite_stores), "teams")
    round_ = open_round(sqlite_stores, definition)
    seat.send("survey_page", f"{round_.id}/0", "", **_fullest(definition))
    shown = seat.send("survey_back", f"{round_.id}/1")
    assert shown.form is not None
    assert any(field.value for field in shown.form.fields)
    assert len(json_bytes(card_message(shown))) + ADDRESSING <= MAX_MESSAGE


def _fullest(definition: Definition) -> dict[str, Any]:
    """Every question answered with as much as it takes."""
    filled: dict[str, Any] = {}
    for one in definition.questions:
        if one.rows:
            filled |= {f"{one.id}.{row.id}": one.options[-1].id for row in one.rows}
        else:
            last = one.options[-1].id if one.options else "字" * one.longest
            filled[one.id] = [option.id for option in one.options] if one.type.value == "multi" else last
    return filled
