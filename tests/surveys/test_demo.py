"""The demo's rounds: the same for the same seed, every answer one that a person could have given."""

from __future__ import annotations

from datetime import date

from staff.demo import synthetic_city
from storage.stores import SqlStores
from surveys.answering import read_page, visible_pages
from surveys.demo import fill_rounds
from surveys.question import Kind
from surveys.round import State
from surveys.submission import Sheet

TODAY = date(2026, 11, 24)


def filled(stores: SqlStores) -> list[Sheet]:
    """The sheets of all rounds of a city of 120."""
    departments, people = synthetic_city(120, 1)
    stores.directory.save(departments, people, [])
    rounds = fill_rounds(stores, TODAY, 1)
    assert len(rounds) == 4
    assert all(count > 20 for _, count in rounds)
    assert fill_rounds(stores, TODAY, 1) == []
    return [sheet for round_id, _ in rounds for sheet in stores.surveys.list_sheets(round_id)]


def test_every_answer_is_one_that_people_could_give(sqlite_stores: SqlStores) -> None:
    filled(sqlite_stores)
    states = [round_.state for round_ in sqlite_stores.surveys.list_rounds()]
    assert states == [State.CLOSED, State.CLOSED, State.CLOSED, State.OPEN]
    for round_ in sqlite_stores.surveys.list_rounds():
        definition = round_.definition
        for sheet in sqlite_stores.surveys.list_sheets(round_.id):
            for page in visible_pages(definition, sheet.answers):
                values: dict[str, str | list[str]] = {}
                for question in definition.pages[page].questions:
                    value = sheet.answers.get(question.id)
                    if isinstance(value, tuple):
                        values[question.id] = list(value)
                    elif question.type is Kind.MATRIX and isinstance(value, dict):
                        values |= {f"{question.id}.{row}": chosen for row, chosen in value.items()}
                    elif value is not None:
                        values[question.id] = f"{value:g}" if isinstance(value, float) else str(value)
                assert not read_page(definition, page, values, sheet.answers).errors
