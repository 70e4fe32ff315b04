"""`python -m tests.playground slack|teams`: ask and press buttons at a terminal; see what the platform got or refused."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from tests.playground.seat import SEATS, Seat
from tests.scenarios.drivers import Button, NoReply, Said

USAGE = "使いかた: python -m tests.playground slack|teams"
READY = """{channel} の試験用の窓口とボットを動かしました。ボットの記録: {log}
質問か、ボタンの番号を入力してください。「!502 2」のように入力すると、窓口が次の2回を 502 で断ります。
終わるには Ctrl-D を押します。"""
NO_REPLY = "（返事がひとつではありませんでした: {count} 件）"
PLANNED = "（次の{times}回、窓口が {fault} になります）"
NO_FAULT = "（{fault} という故障は、この窓口にはありません）"
REFUSED = "（窓口が断りました: {place} {reason}）"


async def talk(channel: str, folder: Path) -> None:
    """Until the input ends: read a line, send it, print what came of it."""
    async with SEATS[channel](folder) as seat:
        print(READY.format(channel=channel, log=folder / "bot.log"))
        buttons: tuple[Button, ...] = ()
        async for line in lines():
            if line.startswith("!"):
                print(planned(seat, line))
            elif said := await one_turn(seat, line, buttons):
                buttons = said.buttons


async def one_turn(seat: Seat, line: str, buttons: tuple[Button, ...]) -> Said | None:
    """Send a line, or press the button of that number; print the reply, then the refusals."""
    before, said = len(seat.refused), None
    number = int(line) if line.isascii() and line.isdigit() else 0
    try:
        pressed = 0 < number <= len(buttons)
        said = await (seat.driver.press(buttons[number - 1]) if pressed else seat.driver.say(line))
        print(f"\n{shown(said)}")
    except NoReply as missing:
        print(NO_REPLY.format(count=len(missing.args[0])))
    for place, reason in seat.refused[before:]:
        print(REFUSED.format(place=place, reason=reason))
    return said


def planned(seat: Seat, line: str) -> str:
    """Plan the fault of a line like `!502 2`; what to tell about it."""
    fault, _, times = line.removeprefix("!").strip().rpartition(" ")
    if not times.isdecimal():
        fault, times = f"{fault} {times}".strip(), "1"
    try:
        seat.fail(fault, int(times))
    except ValueError:
        return NO_FAULT.format(fault=fault)
    return PLANNED.format(fault=fault, times=times)


def shown(said: Said) -> str:
    """A reply as plain text, its buttons numbered."""
    numbered = [f"  [{number}] {button.label}" for number, button in enumerate(said.buttons, 1)]
    return "\n".join([said.text, *numbered])


async def lines() -> AsyncIterator[str]:
    """The lines of the standard input that are not empty, with a prompt before each."""
    read: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_read, args=(loop, read), daemon=True).start()
    while True:
        print("\n> ", end="", flush=True)
        line = await read.get()
        if line is None:
            return
        if line.strip():
            yield line.strip()


def _read(loop: asyncio.AbstractEventLoop, read: asyncio.Queue[str | None]) -> None:
    # Unbuffered: a thread that waits on sys.stdin would hold its lock when Ctrl-C ends the program.
    with open(0, "rb", buffering=0, closefd=False) as source, suppress(RuntimeError):
        for line in iter(source.readline, b""):
            loop.call_soon_threadsafe(read.put_nowait, line.decode(errors="replace"))
        loop.call_soon_threadsafe(read.put_nowait, None)


def main(arguments: list[str]) -> int:
    """Run until Ctrl-D or Ctrl-C."""
    if len(arguments) != 1 or arguments[0] not in SEATS:
        print(USAGE, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="dxbot-playground-") as folder, suppress(KeyboardInterrupt):
        asyncio.run(talk(arguments[0], Path(folder)))
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
