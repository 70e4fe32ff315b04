"""The secrets behind askers' codes (knowledge.learning.askers.AskerKeys)."""

from __future__ import annotations

from secrets import token_hex

from storage.session import Session

# Of two processes that make a secret at the same time the first one's stands, for both.
_MAKE = """
insert into asker_keys (period, secret) values (:period, :secret) on conflict (period) do nothing
"""
_READ = "select secret from asker_keys where period = :period"
_FORGET = "delete from asker_keys where period <> :current"


class AskerKeyTable:
    """One random secret for each period."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def key(self, period: str) -> bytes:
        """The secret of a period, made at random when it is asked for the first time."""
        rows = self._session.query(_READ, {"period": period})
        if not rows:
            made = {"period": period, "secret": token_hex(32)}
            self._session.transaction(lambda tx: tx.query(_MAKE, made))
            rows = self._session.query(_READ, {"period": period})
        return bytes.fromhex(rows[0]["secret"])

    def forget_keys(self, current: str) -> None:
        """Remove the secrets of every other period."""
        self._session.transaction(lambda tx: tx.query(_FORGET, {"current": current}))
