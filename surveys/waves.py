"""Published rounds of one survey, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.columns import Column, columns_of
from surveys.disclosure import Left, Publication
from surveys.publishing import Publications
from surveys.results import Figure, Reading, Tables, figure_of, tables_of
from surveys.round import Round, State
from surveys.store import SurveyStore

MOST_WAVES = 4


@dataclass(frozen=True)
class Wave:
    """One round with everything that is published of it, and what of it was declared and left out."""

    round: Round
    tables: Tables
    left: tuple[Left, ...] = ()

    @property
    def name(self) -> str:
        """What people call it."""
        return self.round.wave or self.round.id

    @cached_property
    def columns(self) -> dict[str, Column]:
        """What it counts, by question."""
        return {column.id: column for column in columns_of(self.round.definition)}

    def figure(self, question: str, by: tuple[str, ...], reading: Reading) -> Figure | None:
        """A table of it; None where it is not published."""
        table = self.tables.get((question, by))
        return None if table is None else figure_of(self.round, table, reading)


@dataclass(frozen=True)
class Answered:
    """One round's figure of a question, under the name people call the round by."""

    wave: str
    figure: Figure


def rounds_until(surveys: SurveyStore, round_: Round) -> Sequence[Round]:
    """A closed round and those before it of the same survey, MOST_WAVES at most, the oldest first."""
    closed = surveys.list_rounds(State.CLOSED, round_.survey_id)
    before = sorted(
        (one for one in closed if one.closes_at < round_.closes_at), key=lambda one: one.closes_at
    )
    return (*before[1 - MOST_WAVES :], round_)


def waves_of(surveys: SurveyStore, publications: Publications, round_: Round) -> Sequence[Wave]:
    """This round, published or not, and the published ones before it of the same survey, the oldest first."""
    waves = [_wave(one, publications.list_publications(one.id)) for one in rounds_until(surveys, round_)]
    return [wave for wave in waves if wave.tables or wave.round.id == round_.id]


def _wave(round_: Round, published: Sequence[Publication]) -> Wave:
    """What was left out first and published later is not left out."""
    tables = tables_of(published)
    left = [each for one in published for each in one.left if (each.question, each.by) not in tables]
    return Wave(round_, tables, tuple(left))


def alike(waves: Sequence[Wave], figure: Figure, reading: Reading) -> Sequence[Answered]:
    """The same table in every one of these rounds that has it with the same options."""
    found = [
        (wave, wave.figure(figure.question, figure.by, reading))
        for wave in waves
        if figure.question in wave.columns
    ]
    return [
        Answered(wave.name, one) for wave, one in found if one is not None and one.columns == figure.columns
    ]
