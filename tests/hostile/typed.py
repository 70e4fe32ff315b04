"""What is typed to the bot: questions and the two commands with words of one's own, at the three doors in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from tests.hostile.town import CHANNELS, Doors
from tests.web.city import LEADER, OPERATOR, STAFF

CLEAR_EVERY = 50
WORDINGS = {"ask": "{}", "term": "用語 {}", "experts": "{}に詳しい人は"}
LISTS = (
    "進捗",
    "事例",
    "わたしの技量",
    "調査",
    "結果",
    "DX推進だより",
    "担当への質問",
    "答えられなかった質問",
    "自分のデータ",
    "技量マップ",
)


async def type_all(doors: Doors, texts: Sequence[str]) -> None:
    """Every string as a question, as a term, and as what somebody should know about."""
    turns = cycle(CHANNELS)
    for name, wording in WORDINGS.items():
        for number, text in enumerate(texts):
            door = next(turns)
            # A command's words stand in one line.
            told = text if name == "ask" else " ".join(text.split())
            await doors.seat(door, STAFF).say(wording.format(told.replace("\0", "")))
            doors.tally.add(f"typed {name}", door, 1)
            if number % CLEAR_EVERY == 0:
                doors.look()
        next(turns)  # so that the lists below meet each door
    doors.look()


async def read_lists(doors: Doors) -> None:
    """Every command of the chat that shows what others wrote, at every door."""
    for door in CHANNELS:
        for person in (OPERATOR, LEADER, STAFF):
            for text in LISTS:
                await doors.seat(door, person).say(text)
    doors.look()
