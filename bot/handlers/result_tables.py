"""Published tables as parts of a reply: every row that has numbers, and in words what has none and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.messages import Paragraph, Part, Table
from bot.texts.ja import results as texts
from surveys.asked_after import asked_if
from surveys.results import Figure, Line
from surveys.waves import Wave


def table_parts(wave: Wave, figure: Figure, caption: str) -> Iterator[Part]:
    """The table with the number of valid answers, what has no row in it, and how to read it."""
    means = any(line.mean is not None for line in figure.told)
    empty = [line for line in figure.told if _tells_nothing(line)]
    columns = (texts.GROUP, texts.BASE, *figure.columns, *((texts.MEAN,) if means else ()))
    named = {line.label: label for line, label in _named(figure.told) if line not in empty}
    rows = tuple(
        (
            named[line.label],
            str(line.base),
            *line.cells,
            *((texts.BLANK if line.mean is None else f"{line.mean:g}",) if means else ()),
        )
        for line in figure.told
        if line.label in named
    )
    if rows:
        yield Table(caption=caption, columns=columns, rows=rows)
    if sums := [texts.sum_in_full(short, full) for full, short in named.items() if short != full]:
        yield Paragraph(label=texts.SUMS, text="\n".join(sums), tone="note")
    if figure.without_line:
        yield Paragraph(
            label="" if rows else caption, text=texts.without_line(figure.without_line), tone="note"
        )
    notes = [
        texts.TABLE_NOTE.format(threshold=figure.threshold),
        texts.SEVERAL_NOTE if figure.several else "",
        _asked_note(wave, figure),
        texts.ALL_HIDDEN.format(count=len(empty)) if empty else "",
    ]
    yield Paragraph(text=" ".join(note for note in notes if note), tone="note")


def _named(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with a short name of its own: two sums may begin with the same group."""
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.short] += 1
        yield line, texts.again(line.short, seen[line.short])


def _tells_nothing(line: Line) -> bool:
    """Whether a line of several groups has no number in it."""
    cells = (*line.row.cells, *(one.cell for one in line.row.together))
    return len(line.members) > 1 and all(cell.value is None for cell in cells)


def _asked_note(wave: Wave, figure: Figure) -> str:
    """To whom the question was not put, where an earlier answer decides."""
    columns = tuple(wave.columns.values())
    asked = asked_if(wave.columns[figure.question].source, wave.round.definition, columns)
    if asked is None:
        return ""
    before = wave.columns[asked.question]
    others = [label for option, label in before.labels.items() if option not in asked.options]
    return texts.not_asked(before.label, others) if others else ""
