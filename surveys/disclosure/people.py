"""The valid answers to one question, and the units into which its tables, taken together, divide the people who gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveys.disclosure.block import Counts, Flags, Units
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Codes, Declared, Microdata, Question


@dataclass(frozen=True, eq=False)
class People:
    """Who answered `question`: (people,) arrays. `profile` tells apart whom attribute tables tell apart.

    `marks`: (people, n) columns that make up the profile, by attribute. `keys`: by dimension, the code of each
    person; codes of 課 and 部 are places in `sections` and `divisions`; `homes`: the 部 of each 課.
    """

    question: Question
    ticks: Flags
    keys: dict[str, Codes]
    profile: Codes
    marks: dict[str, Codes]
    sections: tuple[str, ...]
    divisions: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    who: Codes
    homes: tuple[str, ...] = ()

    @property
    def profiled(self) -> bool:
        """Whether tables by attributes cut across the tables by 課 and 部."""
        return bool(self.profile.max(initial=0) > 0)


@dataclass(frozen=True, eq=False)
class Grid:
    """People counted: (units, options) and the codes of each unit by dimension, with its profile."""

    counts: Counts
    base: Counts
    keys: dict[str, Codes]
    profile: Codes
    unit_of: Codes
    first: Codes


def gather(
    microdata: Microdata, question: str, tables: Sequence[Declared], wanted: Sequence[Declared]
) -> People:
    """The people of a question. `tables` are its own; `wanted` all that are published together."""
    answers = microdata.of(question)
    who = np.flatnonzero(answers.valid)
    divisions = tuple(dict.fromkeys(section.division for section in microdata.sections))
    home = np.array([divisions.index(section.division) for section in microdata.sections], dtype=np.int64)
    section = microdata.section[who]
    keys = {SECTION: section, DIVISION: home[section], CITY: np.zeros(len(who), dtype=np.int64)}
    names = {
        SECTION: tuple(one.id for one in microdata.sections),
        DIVISION: divisions,
        CITY: (CITY,),
    }
    attributes = sorted({name for table in tables for name in table.by} - {SECTION, DIVISION, CITY})
    for name in attributes:
        attribute = microdata.attribute(name)
        keys[name] = attribute.codes[who]
        names[name] = attribute.values
    crossing = _crossing(microdata, question, wanted, who)
    marks = {name: keys[name][:, None] for name in attributes} | crossing
    return People(
        answers.question,
        answers.ticks[who],
        keys,
        distinct(list(marks.values()), len(who)),
        marks,
        names[SECTION],
        divisions,
        names,
        who,
        tuple(section.division for section in microdata.sections),
    )


def _crossing(
    microdata: Microdata, question: str, wanted: Sequence[Declared], who: Codes
) -> dict[str, Codes]:
    """What is answered to the questions whose tables are broken down by this one: it must stay with each person."""
    crossing = broken_down_by(microdata, question, wanted)
    found = {
        f"answers {one}": microdata.of(one).ticks[who].astype(np.int64)
        for one in sorted({table.question for table in crossing})
    }
    others = {name for table in crossing for name in table.by} - {SECTION, DIVISION, CITY}
    for name in sorted(others):
        attribute = microdata.attribute(name)
        if attribute.question != question:
            found[f"is {name}"] = attribute.codes[who][:, None]
    return found


def broken_down_by(microdata: Microdata, question: str, wanted: Sequence[Declared]) -> list[Declared]:
    """The tables of other questions that are broken down by the answers to this one."""
    own = {one.id for one in microdata.attributes if one.question == question}
    return [table for table in wanted if own & set(table.by) and table.question != question]


def distinct(columns: Sequence[Codes], length: int) -> Codes:
    """(length,): one number for each distinct row of the columns side by side."""
    if not columns or not length:
        return np.zeros(length, dtype=np.int64)
    return np.unique(np.hstack(columns), axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def grid(people: People, level: str) -> Grid:
    """Count people in units of one 課 or 部 and one profile."""
    pairs = np.stack([people.keys[level], people.profile], axis=1)
    found, first, unit_of = np.unique(pairs, axis=0, return_index=True, return_inverse=True)
    unit_of = unit_of.reshape(-1)
    counts = np.zeros((len(found), people.ticks.shape[1]), dtype=np.int64)
    np.add.at(counts, unit_of, people.ticks)
    base = np.bincount(unit_of, minlength=len(found)).astype(np.int64)
    keys = {name: codes[first] for name, codes in people.keys.items()}
    return Grid(counts, base, keys, found[:, 1], unit_of, first)


def units_of(question: Question, counts: Counts, base: Counts, options: Sequence[int]) -> Units:
    """The units of one decision: every option of a question with one answer, or one option that can be ticked freely."""
    chosen = counts[:, list(options)]
    if not question.several:
        return Units(
            chosen, np.zeros_like(chosen), np.repeat(base[:, None], len(options), axis=1), base, False
        )
    low, high = _ticked(question, counts, base, options[0])
    low, high = np.minimum(np.maximum(low, 0), chosen[:, 0]), np.maximum(high, chosen[:, 0])
    return Units(chosen, low[:, None], high[:, None], base, True)


def _ticked(question: Question, counts: Counts, base: Counts, option: int) -> tuple[Counts, Counts]:
    """How few and how many of each unit can have ticked an option, the other options being as they are.

    Everybody ticked something, at most `most` options, an exclusive one alone.
    """
    alone = np.array([one in question.exclusive for one in question.options])
    most = question.most or max(1, int((~alone).sum()))
    together = counts[:, ~alone]
    if alone[option]:
        room = base - counts[:, alone].sum(axis=1) + counts[:, option]
        ticks = together.sum(axis=1)
        fewest = np.maximum(together.max(axis=1, initial=0), -(-ticks // most))
        return room - ticks, room - fewest
    mixed = base - counts[:, alone].sum(axis=1)
    others = together.sum(axis=1) - counts[:, option]
    return mixed - others, np.minimum(mixed, most * mixed - others)
