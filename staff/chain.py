"""The hash chain of the audit log: what an entry's hash covers, and how a whole log is checked against anchors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.texts.ja import storage as texts

PRUNE = "audit.prune"
_ANCHOR = re.compile(r"(\d{1,12})-(\d{1,12}):([0-9a-f]{64})?")


@dataclass(frozen=True)
class Entry:
    """One entry as it is kept. `detail` is JSON text."""

    position: int
    at: str
    actor: str
    action: str
    target: str
    detail: str
    channel: str
    hash: str


@dataclass(frozen=True)
class Anchor:
    """What a log was at one time: entries `first` to `last`, and the hash of the last. Kept off the machine."""

    first: int
    last: int
    hash: str

    def __str__(self) -> str:
        return f"{self.first}-{self.last}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Anchor:
        """An anchor as it was printed. Raises ValueError."""
        found = _ANCHOR.fullmatch(text.strip())
        if found is None or int(found[1]) > int(found[2]) + 1 or bool(found[3]) != (int(found[2]) > 0):
            raise ValueError(texts.BAD_ANCHOR)
        return cls(int(found[1]), int(found[2]), found[3] or "")


@dataclass(frozen=True)
class Base:
    """The entry before the oldest kept one: where a pruned log begins. Position 0 is the very beginning."""

    position: int = 0
    hash: str = ""


def digest(entry: Entry, before: str) -> str:
    """The hash of an entry that follows one of hash `before`."""
    parts = [before, entry.position, entry.at, entry.actor, entry.action, entry.target, entry.detail]
    if entry.channel:  # entries from before the channel was kept have none
        parts.append(entry.channel)
    return sha256(json.dumps(parts).encode()).hexdigest()


@dataclass
class Check:
    """Walks a log from its base. Each method raises ValueError naming the first broken entry."""

    base: Base
    anchors: Iterable[Anchor] = ()
    position: int = field(init=False)
    _before: str = field(init=False)
    _wanted: Mapping[int, str] = field(init=False)
    _pruned_to: set[tuple[int, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.position, self._before = self.base.position, self.base.hash
        self.anchors = tuple(self.anchors)
        self._wanted = {anchor.last: anchor.hash for anchor in self.anchors if anchor.last}

    def follow(self, entry: Entry) -> None:
        """Check the next entry and its link to the one before."""
        position = self.position + 1
        if entry.position != position:
            raise ValueError(texts.broken_entry(position, texts.ENTRY_MISSING))
        if entry.hash != digest(entry, self._before):
            raise ValueError(texts.broken_entry(position, texts.ENTRY_CHANGED))
        self._hold(position, entry.hash)
        if entry.action == PRUNE:
            self._pruned_to.add(_pruned_to(entry.detail))
        self.position, self._before = position, entry.hash

    def finish(self, length: int, end: str) -> None:
        """Check the end against the head's length and hash, and everything against the anchors."""
        if self.position < length:
            raise ValueError(texts.broken_entry(self.position + 1, texts.ENTRY_MISSING))
        if self.position > length or self._before != end:
            raise ValueError(texts.broken_entry(length, texts.HEAD_CHANGED))
        if self.base.position and (self.base.position, self.base.hash) not in self._pruned_to:
            raise ValueError(texts.broken_entry(self.base.position + 1, texts.PRUNED_UNRECORDED))
        for anchor in self.anchors:
            if anchor.last > length:
                raise ValueError(texts.broken_entry(length + 1, texts.BEFORE_ANCHOR.format(anchor=anchor)))
            if anchor.last < self.base.position:
                raise ValueError(texts.ANCHOR_TOO_OLD.format(anchor=anchor))
            if anchor.last == self.base.position and anchor.hash != self.base.hash:
                raise ValueError(texts.broken_entry(anchor.last, texts.NOT_AS_ANCHORED))

    def _hold(self, position: int, hash_: str) -> None:
        if self._wanted.get(position, hash_) != hash_:
            raise ValueError(texts.broken_entry(position, texts.NOT_AS_ANCHORED))


def _pruned_to(detail: str) -> tuple[int, str]:
    """Up to which entry a removal went, by its own word; (0, "") when it says nothing sensible."""
    try:
        told = json.loads(detail)
        return int(told["through"]), str(told["hash"])
    except (ValueError, KeyError, TypeError):
        return 0, ""
