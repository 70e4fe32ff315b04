"""What the process logs while it is fed: every line read, as written for the operator's collector."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.opening import JsonLines
from tests.fakes import teams
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from tests.hostile.strings import MARK, SEEDS
from tests.hostile.town import PEOPLE, Tally

FIELDS = frozenset({"at", "level", "place", "event", "fault", "where"})
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, teams.SECRET)
PERSONAL = tuple(word for person in PEOPLE for word in (person.id, person.name, person.email))
TYPED = (MARK, *(seed.strip() for seed in SEEDS if len(seed) > 8))
# The platforms' own requests: they are the fakes', and stand in no log of ours.
_FAKES = "aiohttp.access"


def told_in_line(line: str) -> list[str]:
    """What a line of the log tells that it must not: something typed, somebody, a secret; or that it is no record."""
    try:
        record = json.loads(line) if "\n" not in line else None
    except ValueError:
        record = None
    if not isinstance(record, dict) or not {"at", "level", "place", "event"} <= record.keys() <= FIELDS:
        return [f"no record: {line[:200]!r}"]
    words = " ".join(re.sub(r"\s+", " ", str(value)) for value in record.values())
    return [f"{one!r} in {words[:200]!r}" for one in (*TYPED, *SECRETS, *PERSONAL) if one in words]


class _Reader(logging.Handler):
    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally
        self.setFormatter(JsonLines())
        self.addFilter(lambda record: record.name != _FAKES)

    def emit(self, record: logging.LogRecord) -> None:
        self._tally.see("log", told_in_line(self.format(record)))


@contextmanager
def log_read(tally: Tally) -> Iterator[None]:
    """Read everything logged meanwhile, as `serve` and `worker` would write it."""
    root, reader = logging.getLogger(), _Reader(tally)
    level = root.level
    root.setLevel(logging.INFO)
    root.addHandler(reader)
    try:
        yield
    finally:
        root.removeHandler(reader)
        root.setLevel(level)
