"""The tables a definition asks for are checked when it is loaded: each one can be made once its round is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.texts.ja import survey_files as texts
from surveys.question import Attribute, Frozen, Kind, Question, Unit

Mistake = tuple[tuple[str | int, ...], str]


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class CrossTable(Frozen):
    """A table of one question by a unit, another question's answers, or both (部 first)."""

    question: str
    by: Annotated[tuple[str, ...], Field(min_length=1, max_length=2), BeforeValidator(_listed)]


def check_tables(
    questions: Sequence[Question], breakdowns: Sequence[str], tables: Sequence[CrossTable]
) -> Iterator[Mistake]:
    """Every mistake in the tables: where in the definition, and what is wrong there."""
    counted = [one for one in questions if _is_counted(one)]
    ways = {one.id: one for one in counted if one.type in (Kind.SINGLE, Kind.SCALE5, Kind.NUMBER)}
    columns = {column for one in counted for column in (one.id, *(f"{one.id}.{row.id}" for row in one.rows))}
    for name in breakdowns:
        if name not in ways:
            yield ("breakdowns",), texts.not_a_breakdown(name)
        elif Unit.CITY in ways[name].hidden_units:
            yield ("breakdowns",), texts.way_never(name, Unit.CITY)
    for place, table in enumerate(tables):
        if table.question not in columns:
            yield ("tables", place, "question"), texts.not_counted(table.question)
        for text in _wrong_ways(table, ways):
            yield ("tables", place, "by"), text


def _is_counted(question: Question) -> bool:
    from_directory = question.prefill in (Attribute.SECTION, Attribute.DIVISION)
    return question.type is not Kind.DATE and not question.type.is_text and not from_directory


def _wrong_ways(table: CrossTable, ways: Mapping[str, Question]) -> Iterator[str]:
    unknown = [name for name in table.by if name not in {*ways, *Unit}]
    yield from (texts.not_a_breakdown(name) for name in unknown)
    if unknown:
        return
    if table.question in table.by:
        yield texts.by_itself(table.question)
    if len(table.by) > 1 and (table.by[0] not in {*ways, Unit.DIVISION} or table.by[1] not in ways):
        yield texts.WAYS_IN_ORDER
    elif len(set(table.by)) < len(table.by):
        yield texts.way_twice(table.by[0])
    unit = Unit.DIVISION if Unit.DIVISION in table.by else Unit.CITY
    for name in table.by:
        if name in ways and unit in ways[name].hidden_units:
            yield texts.way_never(name, unit)
