"""How every chart looks: sizes for a phone, colours that colour-blind people tell apart, and how wide words are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 352  # fits a phone of 360 pixels
LEFT, RIGHT = 8, 344  # what is drawn stays between them; signs at an end may stand over
INNER = RIGHT - LEFT
TEXT, SMALL = 13, 11
LINE = 17
INK, FAINT, PALE, PAPER = "#111111", "#595959", "#ececec", "#ffffff"
FAMILY = "Noto Sans CJK JP"
# A Latin word or one character, with the brackets before it and the marks after it that begin no line.
_UNBROKEN = re.compile(r"[（「『]*(?:[!-~]+|.)[・、。）」』]*")
FONTS = f"{FAMILY}, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif"
# Okabe and Ito's colours, the dark ones first.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#595959")
# Two things, each before and after: light and dark of one hue.
PAIRED = ("#56B4E9", "#0072B2", "#E69F00", "#A63603")
# Two or three things beside each other, told apart in grey print as well.
BESIDE = ("#E69F00", "#848484"), ("#0B4F8A", "#E69F00", "#848484")
# What is told of several answers together: no colour of any scale.
SUMMED = "#d9c9ee"
# Good, caution, bad; what comes after them (not reported) is white.
STATUS = ("#009E73", "#F0E442", "#D55E00", PAPER)
# An order from one end to the other, told apart by lightness as well.
ORDERED = ("#08519c", "#6baed6", "#d9d9d9", "#fdae6b", "#a63603")


def colours_of_order(count: int, *, upwards: bool = False) -> tuple[str, ...]:
    """`count` colours for answers with an order, blue at its good end; beyond five the palette of single things."""
    picked = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}.get(count)
    if picked is not None:
        return tuple(ORDERED[place] for place in (reversed(picked) if upwards else picked))
    return tuple(COLOURS[place % len(COLOURS)] for place in range(count))


def colours_of_groups(count: int) -> tuple[str, ...]:
    """`count` colours for bars that are compared."""
    palette = {2: BESIDE[0], 3: BESIDE[1], 4: PAIRED}.get(count, COLOURS)
    return tuple(palette[place % len(palette)] for place in range(count))


def ink_on(colour: str) -> str:
    """The colour of words on a ground: whichever stands out more."""
    return INK if luminance(colour) > 0.179 else PAPER


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1: what grey print leaves of it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def width_of(text: str, size: float = TEXT) -> float:
    """About how many pixels a text takes: a Japanese character its size, a Latin one some more than half."""
    return sum(size if unicodedata.east_asian_width(one) in "WFA" else size * 0.58 for one in text)


def wrapped(text: str, width: float, size: float = TEXT, most: int = 3) -> list[str]:
    """A text in at most `most` lines of `width` pixels; what is left out shows as …."""
    lines = list(_lines(text, width, size))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return lines or [""]


def _lines(text: str, width: float, size: float) -> Iterator[str]:
    """Broken at a space or behind 「・」 where there is one, else anywhere that Japanese is: not in a Latin word, nor before 「）」."""
    line = ""
    for piece in _pieces(" ".join(text.split()), width, size):
        while line and width_of(line + piece, size) > width:
            head, line = _broken(line)
            yield head
        line += piece
    if line:
        yield line


def _broken(line: str) -> tuple[str, str]:
    """A full line, and what of it goes to the next."""
    head, _, tail = line.rpartition(" ")
    if head:
        return head, tail
    head, dot, tail = line.rpartition("・")
    return (head + dot, tail) if head else (line, "")


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """What stays on one line; a piece wider than a line comes character by character."""
    for piece in _UNBROKEN.findall(text):
        yield from (piece,) if width_of(piece, size) <= width else piece


def flowed(
    names: Sequence[str], width: float, size: float = SMALL, gap: float = 26
) -> list[tuple[int, float]]:
    """Where each name of a legend stands as (line, x), one after the other in as few lines as they need."""
    places, line, x = [], 0, 0.0
    for name in names:
        needed = width_of(name, size) + gap
        if x and x + needed > width:
            line, x = line + 1, 0.0
        places.append((line, x))
        x += needed
    return places
