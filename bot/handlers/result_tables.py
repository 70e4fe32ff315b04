"""Published tables as parts of a reply: every row that has numbers, and in words what has none and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.messages import Paragraph, Part, Table
from bot.texts.ja import results as texts
from surveys.asked_after import asked_if
from surveys.disclosure import State
from surveys.results import Figure, Line
from surveys.waves import Wave

FEWEST_GROUPS = 2
WITHOUT_NUMBER = {texts.HIDDEN, texts.WITH_OTHERS, texts.OTHER_ROW}


def table_parts(wave: Wave, figure: Figure, caption: str) -> Iterator[Part]:
    """The table with the number of valid answers, what has no row or column in it, and how to read it."""
    shown = [line for line in figure.told if not line.tells_nothing]
    means = any(line.mean is not None for line in shown)
    named = {line.label: label for line, label in _named(shown)}
    cells = [_cells(line, shown) for line in shown]
    told = _told_columns(cells, len(figure.columns))
    head = (figure.columns[place] for place in told)
    columns = (texts.GROUP, texts.BASE, *head, *((texts.MEAN,) if means else ()))
    rows = tuple(
        (
            named[line.label],
            f"{line.base:,}",
            *(own[place] for place in told),
            *((texts.BLANK if line.mean is None else f"{line.mean:g}",) if means else ()),
        )
        for line, own in zip(shown, cells, strict=True)
    )
    if rows:
        yield Table(caption=caption, columns=columns, rows=rows)
    if untold := [name for place, name in enumerate(figure.columns) if place not in told]:
        yield Paragraph(text=texts.without_column(untold, every=not told), tone="note")
    if sums := [texts.sum_in_full(short, full) for full, short in named.items() if short != full]:
        yield Paragraph(label=texts.SUMS, text="\n".join(sums), tone="note")
    if rest := _without_row(figure, shown):
        yield Paragraph(label="" if rows else caption, text=texts.without_line(rest), tone="note")
    notes = [*_signs(figure, shown, cells), _asked_note(wave, figure)]
    yield Paragraph(text="".join(filter(None, notes)), tone="note")


def _told_columns(cells: Sequence[Sequence[str]], count: int) -> Sequence[int]:
    """The places of the answers that some group has a number of; all of them where there is one group."""
    every = range(count)
    if len(cells) < FEWEST_GROUPS:
        return every
    return [place for place in every if any(own[place] not in WITHOUT_NUMBER for own in cells)]


def _cells(line: Line, shown: Sequence[Line]) -> tuple[str, ...]:
    """A line's cells; 秘匿 where a number is in a sum, or in rows of other groups, that have none themselves."""
    return tuple(
        texts.HIDDEN
        if (cell == texts.WITH_OTHERS and not _sum_of(line, place, shown))
        or (cell == texts.OTHER_ROW and not _in_another(line, place, shown))
        else cell
        for place, cell in enumerate(line.cells)
    )


def _in_another(line: Line, place: int, shown: Sequence[Line]) -> bool:
    """Whether another of these lines tells of an answer of one of a line's groups."""
    return any(
        one is not line
        and not set(line.members).isdisjoint(one.members)
        and one.row.cells[place].state is not State.BLANK
        for one in shown
    )


def _sum_of(line: Line, place: int, shown: Sequence[Line]) -> bool:
    """Whether one of these lines tells a sum that a line's answer is in."""
    return any(
        len(one.members) > len(line.members)
        and set(line.members) <= set(one.members)
        and one.row.cells[place].state is not State.BLANK
        for one in shown
    )


def _without_row(figure: Figure, shown: Sequence[Line]) -> Sequence[str]:
    """The groups that no row tells of."""
    known = {one for line in shown for one in line.members}
    return tuple(dict.fromkeys(one for line in figure.lines for one in line.members if one not in known))


def _signs(figure: Figure, shown: Sequence[Line], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """How to read what stands in the table."""
    every = [cell for own in cells for cell in own]
    if not shown or any(texts.HIDDEN in cell for cell in every):
        yield texts.HIDDEN_NOTE.format(threshold=figure.threshold)
    if any(len(line.members) > 1 for line in shown):
        yield texts.SUM_NOTE
    if texts.WITH_OTHERS in every:
        yield texts.WITH_OTHERS_NOTE
    if texts.OTHER_ROW in every:
        yield texts.OTHER_ROW_NOTE
    yield texts.SHARE_NOTE
    if figure.several:
        yield texts.SEVERAL_NOTE


def _named(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with a short name of its own: two sums may begin with the same group."""
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.short] += 1
        yield line, texts.again(line.short, seen[line.short])


def _asked_note(wave: Wave, figure: Figure) -> str:
    """To whom the question was not put, where an earlier answer decides."""
    columns = tuple(wave.columns.values())
    asked = asked_if(wave.columns[figure.question].source, wave.round.definition, columns)
    if asked is None:
        return ""
    before = wave.columns[asked.question]
    others = [label for option, label in before.labels.items() if option not in asked.options]
    return texts.not_asked(before.label, others) if others else ""
