"""Long computing in a process of its own: it can be stopped at any moment, and nothing else waits for it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from bot.faults import described

Tell = Callable[..., None]


class Stopped(Exception):
    """The computing was stopped before it was done: there is no result."""


class Killed(MemoryError):
    """The system ended the computing: as a rule no memory was left."""


class Failed(RuntimeError):
    """The computing failed. The text is the kind of error and where it was; its own may hold what people wrote."""


class Apart:
    """Computes one thing at a time. After `stop` nothing is begun any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: Any = None
        self._stopping = False

    def run(self, work: Callable[..., Any], *arguments: object, tell: Tell) -> Any:
        """What `work(*arguments, tell)` returns; what it tells is told here. Blocks. Raises Stopped, Killed, Failed.

        Work, arguments and result are pickled; `work` is a function of a module.
        """
        context = multiprocessing.get_context(
            "spawn"
        )  # a copy of this process would hold its connections and locks
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_compute, args=(sending, work, arguments), daemon=True)
        with self._lock:
            if self._stopping:
                raise Stopped
            process.start()
            self._process = process
        sending.close()
        try:
            return _result(receiving, tell)
        except EOFError:
            raise (Stopped if self._stopping else Killed) from None
        finally:
            process.join()
            receiving.close()

    def stop(self) -> None:
        """Stop what is being computed."""
        with self._lock:
            self._stopping = True
            if self._process is not None:
                self._process.terminate()


def _result(receiving: Connection, tell: Tell) -> Any:
    while True:
        kind, value = receiving.recv()
        if kind == "done":
            return value
        if kind == "failed":
            raise Failed(value)
        if kind == "out of memory":
            raise Killed
        tell(*value)


def _compute(sending: Connection, work: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is the parent's affair: it stops this process itself
    try:
        result = work(*arguments, lambda *told: sending.send(("told", told)))
    except MemoryError:
        sending.send(("out of memory", ""))
    except Exception as error:
        sending.send(("failed", described(error)))
    else:
        sending.send(("done", result))
