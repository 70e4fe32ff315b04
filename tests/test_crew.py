from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from bot.crew import Crew


async def test_everyone_gets_their_own_result_or_failure() -> None:
    crew = Crew("test", size=3)

    def work(number: int) -> int:
        if number % 7 == 0:
            raise LookupError(str(number))
        return number * number

    jobs = (crew.do(partial(work, number)) for number in range(200))
    done = await asyncio.gather(*jobs, return_exceptions=True)
    crew.close()
    for number, result in enumerate(done):
        if number % 7 == 0:
            assert isinstance(result, LookupError)
            assert str(result) == str(number)
        else:
            assert result == number * number


async def test_a_slow_work_keeps_neither_the_loop_nor_the_others_waiting() -> None:
    crew, gate = Crew("test", size=2), threading.Event()
    slow = asyncio.create_task(crew.do(gate.wait))
    assert await crew.do(lambda: 1) == 1
    assert not slow.done()
    gate.set()
    assert await slow is True
    crew.close()


async def test_whoever_went_away_is_not_told() -> None:
    crew, gate = Crew("test", size=1), threading.Event()
    gone = asyncio.create_task(crew.do(gate.wait))
    await asyncio.sleep(0.01)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    gate.set()
    assert await crew.do(lambda: "next") == "next"
    crew.close()
