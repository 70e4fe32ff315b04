"""Bringing a database to the newest schema: named steps in order, each kept whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from bot.texts.ja import storage as texts
from storage.columns import to_iso
from storage.schema import STEPS
from storage.session import Database, DatabaseError, Session, Tx

Step = Callable[[Tx], None]

_LEDGER = """
create table if not exists migrations (
  name text primary key,
  applied_at text not null
)
"""


class SchemaIsNewer(DatabaseError):
    """The database knows migrations (`names`) that this program does not."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(texts.newer_schema("、".join(names)))
        self.names = tuple(names)


def migrate(database: Database, steps: Sequence[Step] = STEPS) -> list[str]:
    """Apply what is missing and return the names applied; safe from several processes at the same time.

    Raises SchemaIsNewer, with nothing changed, when a newer program has migrated this database.
    """
    with database.alone():
        database.transaction(lambda tx: _prepare(tx, steps))
        return [step.__name__ for step in steps if database.transaction(partial(_apply, step))]


def pending(database: Database, steps: Sequence[Step] = STEPS) -> list[str]:
    """Names of the steps that are still to apply. Raises SchemaIsNewer as `migrate` does."""
    with database.alone():
        applied = database.transaction(lambda tx: _prepare(tx, steps))
    return [step.__name__ for step in steps if step.__name__ not in applied]


def _prepare(tx: Tx, steps: Sequence[Step]) -> set[str]:
    tx.query(_LEDGER)
    applied = _applied(tx)
    if unknown := applied - {step.__name__ for step in steps}:
        raise SchemaIsNewer(sorted(unknown))
    return applied


def _apply(step: Step, tx: Tx) -> bool:
    if step.__name__ in _applied(tx):
        return False
    step(tx)
    tx.query(
        "insert into migrations (name, applied_at) values (:name, :at)",
        {"name": step.__name__, "at": to_iso(datetime.now(UTC))},
    )
    return True


def _applied(session: Session) -> set[str]:
    return {row["name"] for row in session.query("select name from migrations")}
