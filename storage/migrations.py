"""Bringing a database to the newest schema: named steps in order, each kept whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

from bot.texts.ja import storage as texts
from storage.columns import to_iso
from storage.schema import STEPS
from storage.schema_reading import columns_of
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
        names = database.transaction(lambda tx: _prepare(tx, steps))
    return [step.__name__ for step in steps if step.__name__ not in names]


def applied(database: Database) -> tuple[str, ...]:
    """Names of the steps that the database has, in order of their names; none when it was never migrated."""
    if "migrations" not in columns_of(database):
        return ()
    return tuple(sorted(_applied(database)))


def refuse_newer(names: Iterable[str], steps: Sequence[Step] = STEPS) -> None:
    """Raise SchemaIsNewer when a step of this name is not known to this program."""
    if unknown := set(names) - {step.__name__ for step in steps}:
        raise SchemaIsNewer(sorted(unknown))


def _prepare(tx: Tx, steps: Sequence[Step]) -> set[str]:
    tx.query(_LEDGER)
    names = _applied(tx)
    refuse_newer(names, steps)
    return names


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
