"""Words on a card: shown as they are, whatever they look like."""

from __future__ import annotations

import re

from bot.charts.looks import width_of

# Control characters, halves of surrogate pairs, and the marks that turn the reading direction around.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_JOINER = "\u2060"
# Beginnings of what a client could take for markup: tags and mentions, links, card functions.
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\](?=\()|\{(?=\{)|\$(?=\{)|!(?=\[)")
_WIDE = str.maketrans("<>&[]`*_", "＜＞＆［］｀＊＿")


def plain(text: str) -> str:
    """The same words, in which no client finds a mention, a link or a card function.

    An invisible joiner goes into what would begin one. Meant for places without Markdown (text runs, button titles).
    """
    return _MARKUP.sub(lambda found: found.group() + _JOINER, _INVISIBLE.sub("", text))


def unmarked(text: str) -> str:
    """Words that stood in an input, without the joiners that `plain` put there."""
    return text.replace(_JOINER, "")


def wide(text: str) -> str:
    """The words for places that read Markdown or HTML (a list's preview): the signs of markup become full-width."""
    return plain(text.translate(_WIDE))


def shorten(text: str, length: int) -> str:
    """At most `length` characters, the last one an ellipsis when something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def middle_cut(text: str, width: float) -> str:
    """A line of about so many pixels: both ends stay, for long titles are told apart by either."""
    if width_of(text) <= width:
        return text
    kept = next(kept for kept in range(len(text) - 1, -1, -1) if width_of(_ends(text, kept)) <= width)
    return _ends(text, kept)


def _ends(text: str, kept: int) -> str:
    """`kept` characters of a text, more of them from its beginning, and what was between them as an ellipsis."""
    tail = kept * 2 // 5
    return f"{text[: kept - tail]}…{text[len(text) - tail :]}"
