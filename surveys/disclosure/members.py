"""Groups without a row of their own: what is published together must not tell that one of them is a small count.

A member's count is no cell. But rows of others, and who went on to a follow-up question, may leave it no room: so the audit
proves of each small count inside a joint row that it may be nobody, or as many as the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from surveys.disclosure.block import Counts, Flags, Span
from surveys.disclosure.people import Grid
from surveys.disclosure.rows import Row
from surveys.disclosure.task import WHOLE, Columns, Key, Place, mask_of


def members_of(
    unit: Grid,
    counts: Counts,
    rows: Iterable[tuple[Key, Row]],
    columns: Mapping[Key, Mapping[Columns, Flags]],
    threshold: int,
) -> list[tuple[Place, Span]]:
    """The small counts inside joint rows. `counts`: (units, options) of `unit`; `columns`: by table, which options make one."""
    found = []
    for key, row in rows:
        for one in _apart(row):
            mask = mask_of(unit.keys, key[0], one)
            for column, chosen in columns[key].items():
                if 0 < int(counts[mask][:, chosen].sum()) < threshold:
                    found.append(((key, one, column), Span(mask, chosen)))
    return found


def _apart(row: Row) -> Iterator[Row]:
    """Each group of a joint row by itself."""
    first, second = ([frozenset({code}) for code in sorted(group)] or [WHOLE] for group in row)
    if len(first) * len(second) > 1:
        yield from product(first, second)
