"""kill -9 of the web process at random while a thousand people answer on their links."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.harness import Result
from tests.surveys.killing import Killing

PEOPLE, KILLS = 1_000, 20


def measure() -> Result:
    """One run on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(Path(folder), PEOPLE, KILLS)
        began = time.perf_counter()
        killing.run()
        seconds = time.perf_counter() - began
        stored = killing.stored()
        whole = sum(
            stored.get(person) == {"A": f"{person}-A", "B": f"{person}-B"} for person in killing.acknowledged
        )
        row = (
            KILLS,
            len(killing.acknowledged),
            whole,
            killing.half_stored(),
            "ok" if killing.is_sound() else "broken",
            seconds,
        )
    return Result(
        "surveys-kill",
        f"{PEOPLE:,} people answer while the web process is killed",
        ("kills", "acknowledged", "stored whole", "half stored", "integrity", "seconds"),
        (row,),
    )
