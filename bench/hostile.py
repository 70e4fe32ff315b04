"""Hostile strings through every text input of the product: how many acted at any outlet."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from bench.harness import Result
from tests.hostile.inputs import walked
from tests.hostile.strings import hostile
from tests.hostile.town import Tally
from tests.hostile.walking import walk

COUNT = int(os.environ.get("HOSTILE", "10000"))


def measure() -> Result:
    """Put COUNT strings in; a row for each outlet, with what was read there and what would have acted of it."""
    with tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(walk(Path(folder), list(hostile(COUNT))))
    for outlet, found in tally.live.items():
        for one in found[:10]:
            print(f"{outlet}: {one}")
    print_inputs(tally)
    rows = tuple((name, tally.read[name], len(tally.live.get(name, ()))) for name in sorted(tally.read))
    put = tally.by_input
    whole = sum(count >= COUNT for count in put.values())
    title = f"{COUNT} hostile strings: {len(put)} text inputs, {whole} of them took every one; {len(walked())} kinds"
    return Result("hostile", title, ("outlet", "messages, pages and files read", "live"), rows)


def print_inputs(tally: Tally) -> None:
    """Each input with the strings it took, the fewest first, and by which doors."""
    for name, count in reversed(tally.by_input.most_common()):
        doors = ", ".join(f"{door} {put}" for (one, door), put in sorted(tally.put.items()) if one == name)
        print(f"{count:8} {name} ({doors})")
