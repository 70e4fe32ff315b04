"""凡例: what a file is, how its signs are read, who made it when and what for, and until when to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sheets.model import Column, Kind, Sheet
from bot.texts.ja import export as texts
from staff.calendar import JAPAN, date_in_japan, japanese_day
from surveys.export.published import Published


@dataclass(frozen=True)
class Made:
    """When a file is made, by somebody of which role, and what for."""

    at: datetime
    role: str
    purpose: str

    @property
    def told(self) -> str:
        """The time in Japan, in ISO form and in the 和暦."""
        at = self.at.astimezone(JAPAN)
        return f"{at:%Y-%m-%d %H:%M}（{japanese_day(at.date())}）"


def round_line(published: Published) -> str:
    """A round in one line: its title with the wave, when it was open, its publications."""
    round_ = published.round
    return texts.ROUND_LINE.format(
        title=published.name,
        id=round_.id,
        since=days(round_.opens_at),
        until=days(round_.closes_at),
        numbers=published.numbers,
        on=days(published.at),
    )


def days(at: datetime) -> str:
    """A day in ISO form and in the 和暦."""
    day = date_in_japan(at)
    return f"{day.isoformat()}（{japanese_day(day)}）"


def legend(
    title: str,
    made: Made,
    rounds: Sequence[Published],
    sheets: Iterable[tuple[str, str]],
    notes: Iterable[str],
    kept: str,
) -> Sheet:
    """The first sheet. `sheets`: each other sheet's title with what it holds; `kept`: until when to keep the file."""
    rows = list(_rows(title, made, rounds, sheets, notes, kept))
    return Sheet(texts.SHEET_LEGEND, (Column(texts.ITEM), Column(texts.MEANING, Kind.NOTE)), rows, len(rows))


def _rows(
    title: str,
    made: Made,
    rounds: Sequence[Published],
    sheets: Iterable[tuple[str, str]],
    notes: Iterable[str],
    kept: str,
) -> Iterator[tuple[str, str]]:
    yield texts.TITLE, title
    yield from ((texts.ROUND, round_line(one)) for one in rounds)
    yield from ((texts.NOT_USED_FOR, text) for text in dict.fromkeys(_not_used_for(rounds)))
    yield texts.MADE_AT, made.told
    yield texts.MADE_BY, made.role
    yield texts.PURPOSE, made.purpose
    yield texts.KEPT, kept
    yield from texts.SIGNS
    yield from ((texts.SHEET_NAMED.format(title=name), about) for name, about in sheets)
    yield from ((texts.NOTE, note) for note in notes)


def _not_used_for(rounds: Sequence[Published]) -> Iterator[str]:
    return (text for one in rounds if (text := one.round.definition.not_used_for))
