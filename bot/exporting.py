"""Files that are being made: how far they are, and the file, for ten minutes.

The process that makes one has it in memory; every other process finds it sealed in the database (bot.sealed_files).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from secrets import token_urlsafe

from bot.faults import report
from bot.sealed_files import MadeFile, SealedFile, SealedFiles, row_key, seal, unseal

KEPT = timedelta(minutes=10)
SILENT = timedelta(minutes=2)  # a process that told nothing for so long has stopped
TOLD_EVERY = timedelta(seconds=1)
MOST_AT_ONCE = 3
MOST_HELD = 20
ID_BYTES = 32


class Refused(Exception):
    """The file cannot be made; the text says why, for people."""


class TooBusy(Exception):
    """Enough files are being made already."""


@dataclass
class Making:
    """One file under way, for its owner (職員番号) alone. `total` is 0 until it is known."""

    id: str
    owner: str
    clock: Callable[[], datetime]
    told_at: datetime
    done: int = 0
    total: int = 0
    file: MadeFile | None = None
    problem: str = ""
    finished: threading.Event = field(default_factory=threading.Event)
    pass_on: Callable[[Making], None] = lambda _: None

    def tell(self, done: int, total: int) -> None:
        """How far it is: other processes hear of it once a second."""
        self.done, self.total = done, total
        if (now := self.clock()) - self.told_at >= TOLD_EVERY:
            self.told_at = now
            self.pass_on(self)


Make = Callable[[Making], MadeFile]


class Exports:
    """All of them, each made on a thread of its own that never keeps the process from ending."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[str, Making] = {}

    def start(
        self, files: SealedFiles, owner: str, clock: Callable[[], datetime], make: Make, failed: str
    ) -> Making:
        """Begin one; an earlier one of the same owner goes. `failed` is what a fault is told as. Raises TooBusy."""
        now = clock()
        making = Making(token_urlsafe(ID_BYTES), owner, clock, now, pass_on=lambda one: _keep(files, one))
        with self._lock:
            self._tidy(now, owner)
            if sum(not one.finished.is_set() for one in self._all.values()) >= MOST_AT_ONCE:
                raise TooBusy
            if len(self._all) >= MOST_HELD:
                raise TooBusy
            self._all[making.id] = making
        files.forget_files(now - KEPT, owner)
        making.pass_on(making)
        threading.Thread(target=_run, args=(making, make, failed), name="dxbot-export", daemon=True).start()
        return making

    def find(
        self, files: SealedFiles, owner: str, id_: str, clock: Callable[[], datetime], stopped: str
    ) -> Making | None:
        """One's own, as long as it is kept, whichever process makes it. `stopped` is what is told of one whose process ended."""
        now = clock()
        with self._lock:
            self._tidy(now)
            found = self._all.get(id_)
        if found is None:
            found = _elsewhere(files, id_, clock, stopped)
        return found if found is not None and found.owner == owner else None

    def _tidy(self, now: datetime, owner: str = "") -> None:
        self._all = {
            one.id: one
            for one in self._all.values()
            if not one.finished.is_set() or (one.owner != owner and now - one.told_at < KEPT)
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
        making.told_at = making.clock()
        making.pass_on(making)
        making.finished.set()


def _keep(files: SealedFiles, making: Making) -> None:
    """For the other processes. Where that fails, this one still has the file."""
    outcome = making.file or making.problem
    body = seal(making.id, outcome) if outcome else ""
    kept = SealedFile(row_key(making.id), making.owner, making.told_at, making.done, making.total, body)
    try:
        files.keep_file(kept)
    except Exception as error:
        report("keeping a file for other processes", error)


def _elsewhere(files: SealedFiles, id_: str, clock: Callable[[], datetime], stopped: str) -> Making | None:
    kept = files.find_file(row_key(id_))
    if kept is None or clock() - kept.told_at >= KEPT:
        return None
    making = Making(id_, kept.person_id, clock, kept.told_at, kept.done, kept.total)
    if kept.body:
        outcome = unseal(id_, kept.body)
        making.finished.set()
        return replace(making, problem=outcome) if isinstance(outcome, str) else replace(making, file=outcome)
    if clock() - kept.told_at >= SILENT:
        return replace(making, problem=stopped)
    return making
