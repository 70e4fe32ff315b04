"""Hostile strings through every text input of the product: how many acted at any outlet."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path
from time import monotonic

from bench.harness import Result
from tests.hostile.inputs import walked
from tests.hostile.strings import hostile
from tests.hostile.town import Tally
from tests.hostile.walking import walk

COUNT = int(os.environ.get("HOSTILE", "10000"))
BEGIN, END = os.environ.get("HOSTILE_FROM", ""), os.environ.get("HOSTILE_UNTIL", "")


def measure() -> Result:
    """Put COUNT strings in; a row for each outlet, with what was read there and what would have acted of it.

    Each part is told as it begins. A walk that breaks off still prints what it had done before the fault is raised; with
    HOSTILE_FROM the part that broke off another goes on from there, in a new city; HOSTILE_UNTIL names the part to stop before.
    """
    tally, begun = Tally(), monotonic()

    def tell(part: str) -> None:
        live = sum(map(len, tally.live.values()))
        figures = f"{sum(tally.put.values()):,} put in, {sum(tally.read.values()):,} read, {live} live"
        print(f"{monotonic() - begun:7.0f} s  {figures}; now: {part}", flush=True)

    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            asyncio.run(walk(Path(folder), list(hostile(COUNT)), tally, tell, BEGIN, END))
        except BaseException:
            print("BROKEN OFF. Until then:")
            raise
        finally:
            print_found(tally)
            print_inputs(tally)
    rows = tuple((name, tally.read[name], len(tally.live.get(name, ()))) for name in sorted(tally.read))
    put = tally.by_input
    whole = sum(count >= COUNT for count in put.values())
    title = f"{COUNT} hostile strings: {len(put)} text inputs, {whole} of them took every one; {len(walked())} kinds"
    return Result("hostile", title, ("outlet", "messages, pages, files and log lines read", "live"), rows)


def print_found(tally: Tally) -> None:
    """The first of what would have acted at each outlet, and how much of everything was read there."""
    for outlet, count in sorted(tally.read.items()):
        found = tally.live.get(outlet, [])
        print(f"{outlet}: {count:,} read, {len(found)} live", *found[:10], sep="\n    ")


def print_inputs(tally: Tally) -> None:
    """Each input with the strings it took, the fewest first, and by which doors."""
    for name, count in reversed(tally.by_input.most_common()):
        doors = ", ".join(f"{door} {put}" for (one, door), put in sorted(tally.put.items()) if one == name)
        print(f"{count:8} {name} ({doors})")
