"""Who uses a database file: everybody who opens it holds a share; who puts another file in its place holds it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.texts.ja import storage as texts
from storage.session import DatabaseError


class Share:
    """A share of a database file, until it is given back or the process ends."""

    def __init__(self, path: Path) -> None:
        """Raises DatabaseError while the file is being replaced."""
        self._handle = _hold(path, fcntl.LOCK_SH)

    def give_back(self) -> None:
        """Let go."""
        with suppress(OSError):
            os.close(self._handle)


@contextmanager
def sole_use(path: Path) -> Iterator[None]:
    """Nobody else has the database open for as long as this lasts. Raises DatabaseError when somebody does."""
    handle = _hold(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


def _hold(path: Path, way: int) -> int:
    handle = os.open(path.with_name(f"{path.name}-use"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, way | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise DatabaseError(texts.IN_USE if way == fcntl.LOCK_EX else texts.BEING_REPLACED) from error
    return handle
