"""Replies and what channels make of them, kept for questions that recur, as they do among staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from bot.messages import Reply
from knowledge.view import View

Thing = TypeVar("Thing")
Made = TypeVar("Made")

MOST = 1_000  # of each kind: some megabytes


class Replies:
    """The replies that a view of the knowledge gave on a day, by the text that was typed. They go with their view."""

    def __init__(self) -> None:
        self._of_views: WeakKeyDictionary[View, dict[tuple[str, date], Reply]] = WeakKeyDictionary()

    def find(self, view: View, text: str, today: date) -> Reply | None:
        """The reply that was given before."""
        replies = self._of_views.get(view)
        return None if replies is None else replies.get((text, today))

    def keep(self, view: View, text: str, today: date, reply: Reply) -> None:
        """Remember a reply; of too many the oldest goes."""
        replies = self._of_views.setdefault(view, {})
        if len(replies) >= MOST:
            replies.pop(next(iter(replies)), None)
        replies[text, today] = reply


class Kept(Generic[Thing, Made]):
    """What was made of each of the last things, known again by identity: equal ones are made anew."""

    def __init__(self, make: Callable[[Thing], Made]) -> None:
        self._make = make
        self._made: dict[int, tuple[Thing, Made]] = {}

    def of(self, thing: Thing) -> Made:
        """What is made of a thing, made once. The thing is held as long as that is, so that its id stays its own."""
        held = self._made.get(id(thing))
        if held is None:
            held = thing, self._make(thing)
            if len(self._made) >= MOST:
                self._made.pop(next(iter(self._made)), None)
            self._made[id(thing)] = held
        return held[1]
