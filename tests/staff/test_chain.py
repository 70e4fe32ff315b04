"""Ten thousand ways to tamper with a log: each is found against the last anchor."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from staff.chain import PRUNE, Anchor, Base, Check, Entry, digest

ENTRIES = 24
MUTATIONS = 10_000
WORDS = (
    "000001",
    "p-77",
    "cli/root",
    "knowledge.edit",
    "person/p-1",
    "slack",
    "",
    '{"n": 1}',
    "2026-11-24T00:00:00",
)
TEXTS = ("at", "actor", "action", "target", "detail", "channel", "hash")


class Log:
    """Everything that is kept on the machine, free to be tampered with."""

    def __init__(self, entries: list[Entry], base: Base) -> None:
        self.entries, self.base = entries, base
        self.length = entries[-1].position if entries else base.position
        self.end = entries[-1].hash if entries else base.hash

    def verify(self, anchor: Anchor) -> None:
        check = Check(self.base, [anchor])
        for entry in self.entries:
            check.follow(entry)
        check.finish(self.length, self.end)

    def rehash(self, start: int) -> None:
        """What somebody does who knows the program: make every hash from an index on right again, the head too."""
        before = self.entries[start - 1].hash if start else self.base.hash
        for index in range(start, len(self.entries)):
            entry = replace(self.entries[index], position=self.base.position + index + 1)
            before = digest(entry, before)
            self.entries[index] = replace(entry, hash=before)
        self.mend_head()

    def mend_head(self) -> None:
        last = self.entries[-1] if self.entries else None
        self.length = last.position if last else self.base.position
        self.end = last.hash if last else self.base.hash


def chain(count: int, base: Base) -> list[Entry]:
    made: list[Entry] = []
    before = base.hash
    for number in range(base.position + 1, base.position + count + 1):
        detail = json.dumps({"n": number})
        entry = Entry(
            number,
            f"2026-11-24T00:00:{number:02}",
            f"p-{number}",
            "knowledge.edit",
            "記事",
            detail,
            "web",
            "",
        )
        if number == base.position + 2 and base.position:
            told = json.dumps({"through": base.position, "hash": base.hash, "entries": base.position})
            entry = replace(entry, action=PRUNE, detail=told)
        before = digest(entry, before)
        made.append(replace(entry, hash=before))
    return made


def change(log: Log, chance: random.Random) -> int:
    index, name = chance.randrange(len(log.entries)), chance.choice(TEXTS)
    old = getattr(log.entries[index], name)
    new = chance.choice([word for word in WORDS if word != old])
    log.entries[index] = replace(log.entries[index], **{name: new})  # type: ignore[arg-type]
    return index


def remove(log: Log, chance: random.Random) -> int:
    index = chance.randrange(len(log.entries))
    del log.entries[index]
    return index


def truncate(log: Log, chance: random.Random) -> int:
    keep = chance.randrange(len(log.entries))
    del log.entries[keep:]
    return keep


def behead(log: Log, chance: random.Random) -> int:
    gone = chance.randrange(1, len(log.entries))
    last = log.entries[gone - 1]
    del log.entries[:gone]
    log.base = Base(last.position, last.hash)
    return 0


def swap(log: Log, chance: random.Random) -> int:
    one, other = sorted(chance.sample(range(len(log.entries)), 2))
    log.entries[one], log.entries[other] = log.entries[other], log.entries[one]
    return one


def insert(log: Log, chance: random.Random) -> int:
    index = chance.randrange(len(log.entries))
    log.entries.insert(index, replace(log.entries[index], actor="forged"))
    return index


WAYS: tuple[Callable[[Log, random.Random], int], ...] = (change, remove, truncate, behead, swap, insert)


@pytest.mark.parametrize("base", [Base(), Base(7, "a" * 64)], ids=["whole", "pruned"])
def test_ten_thousand_mutations_are_found(base: Base) -> None:
    chance = random.Random(20261124)
    entries = chain(ENTRIES, base)
    anchor = Anchor(base.position + 1, base.position + ENTRIES, entries[-1].hash)
    Log(list(entries), base).verify(anchor)
    found = number = 0
    while found < MUTATIONS // 2:
        number += 1
        log = Log(list(entries), base)
        start = WAYS[number % len(WAYS)](log, chance)
        skill = chance.random()
        if skill < 0.4:
            log.rehash(start)
        elif skill < 0.7:
            log.mend_head()
        if (log.entries, log.base) == (entries, base):  # a hash changed and made right again
            continue
        with pytest.raises(ValueError, match=r"番目|末尾|保存期間"):
            log.verify(anchor)
        found += 1
    assert found * 2 == MUTATIONS


def test_appending_after_the_anchor_is_no_fault() -> None:
    entries = chain(ENTRIES, Base())
    anchor = Anchor(1, 10, entries[9].hash)
    Log(entries, Base()).verify(anchor)


@pytest.mark.parametrize(
    "text", ["", "1", "1-2", "1-2:xyz", "3-1:" + "a" * 64, "1-0:" + "a" * 64, "1-5:", "あ"]
)
def test_an_anchor_is_read_as_printed_or_not_at_all(text: str) -> None:
    with pytest.raises(ValueError, match="アンカー"):
        Anchor.read(text)


def test_an_anchor_reads_back() -> None:
    for anchor in (Anchor(1, 0, ""), Anchor(5, 90, "b" * 64)):
        assert Anchor.read(f" {anchor}\n") == anchor
