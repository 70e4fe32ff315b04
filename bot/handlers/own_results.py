"""わたしの課・部・全庁: the main questions of a round beside each other, from what is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.charts.chart import HIDDEN, Chart, Series, Value
from bot.messages import Action, Paragraph, Part, Reply
from bot.texts.ja import result_charts as chart_texts
from bot.texts.ja import results as texts
from staff.model import Person, Role
from surveys.beside import HELD_BACK, Beside, Share, Side, beside, units_of
from surveys.disclosure import CITY, DIVISION, SECTION
from surveys.results import Reading
from surveys.telework import MAIN
from surveys.waves import Wave

MOST_QUESTIONS, MOST_ANSWERS, MOST_NAMED = 4, 10, 2
_OWN = {SECTION: texts.OWN_SECTION, DIVISION: texts.OWN_DIVISION}


def own_department(person: Person | None) -> str:
    """The 課 somebody looks at first: the one they lead, else the one they belong to; "" for who is not known."""
    if person is None:
        return ""
    led = [post.department_id for post in person.posts if Role.MANAGER in post.roles]
    return led[0] if led else person.department_id


def own_action(wave: Wave, person: Person | None) -> tuple[Action, ...]:
    """The button to it, where the round has tables by 部 and knows the person's 課."""
    known = units_of(wave.round, own_department(person))
    is_there = any((question, (DIVISION,)) in wave.tables for question in wave.columns)
    return (Action(name="results_own", label=texts.OWN, value=wave.round.id),) if known and is_there else ()


def own_reply(wave: Wave, person: Person | None, reading: Reading, actions: Sequence[Action]) -> Reply:
    """A chart for each main question, and what is not told of the 課."""
    department = own_department(person)
    names = {one.id: one.name for one in wave.round.departments} | {CITY: CITY}
    found = [one for one in _main(wave, department, reading) if one is not None]
    parts: list[Part] = [Paragraph(text=texts.OWN_INTRO)]
    for one in found[:MOST_QUESTIONS]:
        parts += _parts(one, names)
    if not found:
        parts = [Paragraph(text=texts.OWN_NOTHING)]
    return Reply(title=texts.OWN, parts=tuple(parts), actions=tuple(actions))


def _main(wave: Wave, department: str, reading: Reading) -> Iterator[Beside | None]:
    """The questions the city decides with; of other surveys the first ones."""
    for question in MAIN.get(wave.round.survey_id, tuple(wave.columns)):
        if question in wave.columns:
            yield beside(wave.round, wave.tables, wave.columns[question], department, reading)


def _parts(one: Beside, names: dict[str, str]) -> Iterator[Part]:
    sides = [(_side_name(side, names), side) for side in one.sides]
    answers: Sequence[int] = range(len(one.answers))
    if one.column.question.several:
        answers = sorted(answers, key=lambda place: _or_least(one.sides[-1].shares[place]), reverse=True)
        answers = answers[:MOST_ANSWERS]
    series = tuple(
        Series(name=name, values=tuple(_value(side.shares[place]) for place in answers))
        for name, side in sides
    )
    labels = tuple(one.answers[place] for place in answers)
    title = chart_texts.BESIDE_TITLE.format(question=one.column.label)
    if not any(isinstance(value, float) for each in series for value in each.values):
        base = max(side.base for side in one.sides)
        yield Paragraph(label=title, text=chart_texts.ALL_WITHHELD.format(base=base))
        return
    hidden = any(value == HIDDEN for each in series for value in each.values)
    tops = [(each.name, _tops(labels, each.values)) for each in series]
    alt = chart_texts.beside_alt(tops) + (chart_texts.SOME_HIDDEN if hidden else "")
    yield Chart(title=title, style="grouped", unit="%", labels=labels, series=series, maximum=100.0, alt=alt)
    if SECTION in one.column.question.never_by:
        yield Paragraph(text=texts.OWN_NEVER_BY_SECTION, tone="note")
    elif not one.by_section:
        yield Paragraph(text=texts.OWN_NOT_PUBLISHED, tone="note")
    elif not one.has_section:
        yield Paragraph(text=texts.OWN_TOO_SMALL, tone="note")
    if len(labels) < len(one.answers):
        yield Paragraph(text=texts.OWN_MOST.format(most=MOST_ANSWERS), tone="note")


def _side_name(side: Side, names: dict[str, str]) -> str:
    """「わたしの課 市民窓口課 (23人)」, 「わたしの課をふくむ3つの課 (41人)」, 「全庁 (980人)」."""
    base = chart_texts.base_of(side.base)
    if side.by == CITY:
        return CITY + base
    if len(side.units) > MOST_NAMED:
        return texts.own_among(_OWN[side.by], len(side.units), side.by) + base
    return "＋".join(names.get(unit, unit) for unit in side.units) + base


def _tops(labels: Sequence[str], values: Sequence[Value]) -> list[tuple[str, float]]:
    """What is named most, of what is told."""
    pairs = zip(labels, values, strict=True)
    known = [(label, value) for label, value in pairs if isinstance(value, float) and value > 0]
    return sorted(known, key=lambda one: one[1], reverse=True)[: chart_texts.MOST_LISTED]


def _value(share: Share) -> Value:
    return HIDDEN if share == HELD_BACK else float(share) if isinstance(share, int) else None


def _or_least(share: Share) -> int:
    return share if isinstance(share, int) else -1
