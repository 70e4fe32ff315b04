"""Anonymous submissions in heaps: each one text of its submissions sorted by content, written anew with each of them.

While a round is open, PostgreSQL's row versions say in which transaction a heap and the mark 「回答した」 of a person were written.
So a heap holds all that was sent from one 部 (which every submission tells anyway), and is divided by lot once both parts
hold many: who wrote it last is known to be among no fewer than that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from random import SystemRandom

from storage.columns import checked
from storage.session import Row, Session, Tx
from surveys.question import Attribute

FEWEST = 100
_CHANCE = SystemRandom()
_PLACES = 2**16
_NUMBERS = """
select heap from survey_heaps where round_id = :round_id and heap between :first and :last order by heap
"""
_FIND = "select body from survey_heaps where round_id = :round_id and heap = :heap"
_LIST = "select body from survey_heaps where round_id = :round_id"
_TAKE = "delete from survey_heaps where round_id = :round_id returning body"
_PILE = """
insert into survey_heaps (round_id, heap, body) values (:round_id, :heap, :body)
on conflict (round_id, heap) do update set body = excluded.body
"""


def heap_up(tx: Tx, round_id: str, attributes: Mapping[Attribute, str], body: str) -> None:
    """Add a submission (JSON) to a heap of those with the same attributes; divide it when both halves hold enough."""
    first = _first(attributes)
    span: Row = {"round_id": round_id, "first": first, "last": first + _PLACES - 1}
    numbers = [row["heap"] for row in tx.query(_NUMBERS, span)] or [first]
    heap = _CHANCE.choice(numbers)
    rows = tx.query(_FIND, {"round_id": round_id, "heap": heap})
    bodies = [*(json.loads(rows[0]["body"]) if rows else []), body]
    if len(bodies) >= 2 * FEWEST:
        _CHANCE.shuffle(bodies)
        pile(tx, round_id, numbers[-1] + 1, bodies[FEWEST:])
        bodies = bodies[:FEWEST]
    pile(tx, round_id, heap, bodies)


def list_heaped(session: Session, round_id: str) -> list[str]:
    """Every anonymous submission of a round as JSON text."""
    return _bodies(session.query(_LIST, {"round_id": round_id}))


def take_heaps(tx: Tx, round_id: str) -> list[str]:
    """The same, removed from the heaps."""
    return _bodies(tx.query(_TAKE, {"round_id": round_id}))


def pile(tx: Tx, round_id: str, heap: int, bodies: list[str]) -> None:
    """Write a heap: its submissions in the order of their content."""
    if bodies:
        text = checked(json.dumps(sorted(bodies), ensure_ascii=False))
        tx.query(_PILE, {"round_id": round_id, "heap": heap, "body": text})


def _first(attributes: Mapping[Attribute, str]) -> int:
    """The number of the first heap for these attributes; each combination has a span of numbers of its own."""
    named = json.dumps({str(name): value for name, value in attributes.items()}, sort_keys=True)
    return int.from_bytes(sha256(named.encode()).digest()[:4]) * _PLACES


def _bodies(rows: list[Row]) -> list[str]:
    return [body for row in rows for body in json.loads(row["body"])]
