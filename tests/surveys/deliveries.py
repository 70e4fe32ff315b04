"""Submissions delivered several times each, out of order, to two processes at once; and what must be stored in the end.

Run as `python -m tests.surveys.deliveries URL HALF COUNT`: waits for a line, delivers its half, prints how many there were.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from storage.database import open_database
from storage.stores import SqlStores
from surveys.definition import Identity
from surveys.store import Kept, SurveyStore
from surveys.submission import Submission
from tests.surveys.samples import NOW, members, opened, planned, survey

ROOT = Path(__file__).resolve().parents[2]
HALVES = 2
THREADS = 6
MOST_REVISIONS, MOST_DELIVERIES = 3, 4
FINE = {Kept.STORED, Kept.ALREADY, Kept.STALE}


def open_for(store: SurveyStore, people: int, identity: Identity) -> None:
    """A round that asks so many people."""
    round_ = planned(survey(identity=identity))
    assert store.plan_round(round_)
    assert store.open_round(opened(round_, people), members(people))


def submissions(count: int) -> list[Submission]:
    """So many submissions: each person sends one, two or three, each newer than the one before."""
    chance = random.Random(5)
    made: list[Submission] = []
    person = 0
    while len(made) < count:
        person += 1
        for revision in range(1, min(chance.randint(1, MOST_REVISIONS), count - len(made)) + 1):
            made.append(
                Submission(
                    round_id="round-1",
                    person_id=f"{person:06}",
                    revision=revision,
                    sent_at=NOW + timedelta(hours=revision),
                    answers={"S": "a", "N": revision / 2, "L": f"{person}の{revision}"},
                )
            )
    return made


def newest(count: int) -> Mapping[str, str]:
    """For each person the text that must be stored in the end."""
    return {one.person_id: str(one.answers["L"]) for one in submissions(count)}


def deliveries(count: int) -> list[Submission]:
    """Each submission one to four times, shuffled."""
    chance = random.Random(6)
    sent = [one for one in submissions(count) for _ in range(chance.randint(1, MOST_DELIVERIES))]
    chance.shuffle(sent)
    return sent


def deliver(url: str, count: int) -> int:
    """Deliver everything by two processes at once; returns how many deliveries there were."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.surveys.deliveries", url, str(half), str(count)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in range(HALVES)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    done = 0
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        output, _ = process.communicate(timeout=400)
        assert process.returncode == 0
        done += int(output)
    return done


def _deliver_half(url: str, half: int, count: int) -> int:
    mine = deliveries(count)[half::HALVES]
    with open_database(url) as database:
        store = SqlStores(database).surveys
        print("ready", flush=True)
        sys.stdin.readline()
        with ThreadPoolExecutor(THREADS) as threads:
            outcomes = list(threads.map(store.keep_submission, mine))
    assert set(outcomes) <= FINE, set(outcomes)
    return len(outcomes)


if __name__ == "__main__":
    address, which, size = sys.argv[1:]
    print(_deliver_half(address, int(which), int(size)))
