"""Files that are being made in this process: how far they are, and the file, for ten minutes. Nothing is kept on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe

from bot.faults import report

KEPT = timedelta(minutes=10)
MOST_AT_ONCE = 3
MOST_HELD = 20


@dataclass(frozen=True)
class MadeFile:
    """A file that is ready. `notes` are lines to tell with it."""

    content: bytes
    name: str
    type: str
    notes: tuple[str, ...] = ()


class Refused(Exception):
    """The file cannot be made; the text says why, for people."""


class TooBusy(Exception):
    """Enough files are being made already."""


@dataclass
class Making:
    """One file under way, for its owner (職員番号) alone. `total` is 0 until it is known."""

    id: str
    owner: str
    started_at: datetime
    done: int = 0
    total: int = 0
    file: MadeFile | None = None
    problem: str = ""
    finished: threading.Event = field(default_factory=threading.Event)

    def tell(self, done: int, total: int) -> None:
        """How far it is."""
        self.done, self.total = done, total


Make = Callable[[Making], MadeFile]


class Exports:
    """All of them, each made on a thread of its own that never keeps the process from ending."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[str, Making] = {}

    def start(self, owner: str, now: datetime, make: Make, failed: str) -> Making:
        """Begin one; an earlier one of the same owner goes. `failed` is what a fault is told as. Raises TooBusy."""
        making = Making(token_urlsafe(16), owner, now)
        with self._lock:
            self._tidy(now, owner)
            if sum(not one.finished.is_set() for one in self._all.values()) >= MOST_AT_ONCE:
                raise TooBusy
            if len(self._all) >= MOST_HELD:
                raise TooBusy
            self._all[making.id] = making
        threading.Thread(target=_run, args=(making, make, failed), name="dxbot-export", daemon=True).start()
        return making

    def find(self, owner: str, id_: str, now: datetime) -> Making | None:
        """One's own, as long as it is kept."""
        with self._lock:
            self._tidy(now)
            found = self._all.get(id_)
        return found if found is not None and found.owner == owner else None

    def _tidy(self, now: datetime, owner: str = "") -> None:
        self._all = {
            one.id: one
            for one in self._all.values()
            if not one.finished.is_set() or (one.owner != owner and now - one.started_at < KEPT)
        }


def _run(making: Making, make: Make, failed: str) -> None:
    try:
        making.file = make(making)
    except Refused as refused:
        making.problem = str(refused)
    except Exception as error:  # whoever waits is told, and the operator by the log
        report("making a file", error)
        making.problem = failed
    finally:
        making.finished.set()
