"""Exactly once, whatever breaks: a small number of seeds here, a thousand in `python -m bench digest-crash`."""

from __future__ import annotations

from storage.database import Database
from tests.crash.harness import Outcome, bare_services, run_seed
from tests.crash.platforms import FAULTS

SEEDS = 40


def run(database: Database, seeds: range, *, blind: bool = False) -> Outcome:
    services = bare_services(database)
    total = Outcome()
    for seed in seeds:
        outcome = run_seed(database, services, seed, blind=blind)
        if not blind:
            assert outcome.is_right, (seed, outcome)
        total.add(outcome)
    return total


def test_nothing_is_sent_twice_and_nothing_is_lost(database: Database) -> None:
    total = run(database, range(SEEDS))
    print(total)
    assert total.slack["once"] == total.slack["messages"]
    assert total.teams["on the list"] > 0  # the harness makes doubt, and it is not guessed away
    assert set(total.faults) == set(FAULTS)
    assert sum(total.kills.values()) > SEEDS / 2
    assert {"asking", "asked", "answered"} <= set(total.kills)


def test_the_harness_sees_what_blind_retries_do(database: Database) -> None:
    total = run(database, range(SEEDS // 2), blind=True)
    assert total.slack["twice"] > 0
    assert total.teams["twice"] > 0
