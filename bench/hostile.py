"""Hostile strings through every text input of the chat, the console, Slack and Teams: how many acted anywhere."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from bench.harness import Result
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.hostile.strings import hostile
from tests.hostile.walking import Tally, open_town, walk

COUNT = int(os.environ.get("HOSTILE", "10000"))


def measure() -> Result:
    """Put COUNT strings in; a row for each channel, with what went in and what would have acted of what came out."""
    tally = asyncio.run(_walked())
    rows = [_row(tally, channel) for channel in ("slack", "teams", "web")]
    for channel, found in tally.live.items():
        for one in found[:10]:
            print(f"{channel}: {one}")
    title = f"{COUNT} hostile strings through {len(tally.put)} text inputs"
    columns = ("channel", "inputs", "strings put in", "messages and pages read", "live mentions, scripts")
    return Result("hostile", title, columns, tuple(rows))


def _row(tally: Tally, channel: str) -> tuple[str, int, int, int, int]:
    ours = {name: count for name, count in tally.put.items() if _channel(name) == channel}
    return channel, len(ours), sum(ours.values()), tally.read[channel], len(tally.live[channel])


def _channel(name: str) -> str:
    return name.partition(":")[0] if name.startswith(("slack:", "teams:")) else "web"


async def _walked() -> Tally:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'hostile.db'}") as database,
    ):
        migrate(database)
        return await walk(open_town(SqlStores(database)), list(hostile(COUNT)), batch=25)
