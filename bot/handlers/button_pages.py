"""Many buttons, a page at a time: the first and last of each page are told, and none is out of reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.messages import Action
from bot.texts.ja import lists as texts


def page_of(
    actions: Sequence[Action], begin: int, most: int, turn: Callable[[int, str], Action]
) -> list[Action]:
    """The buttons of the page with the one at `begin` (from 0), and those to the pages before and after.

    `turn(start, label)` makes the button to the page that begins at `start`.
    """
    start = min(begin, max(len(actions) - 1, 0)) // most * most
    others = ((start - most, texts.BUTTONS_BEFORE), (start + most, texts.BUTTONS_AFTER))
    turns = [
        turn(other, words.format(first=other + 1, last=min(other + most, len(actions))))
        for other, words in others
        if 0 <= other < len(actions)
    ]
    return [*actions[start : start + most], *turns]
