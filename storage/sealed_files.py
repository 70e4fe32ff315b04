"""Files under way and made (bot.sealed_files.SealedFiles): one SQL text serves both databases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from bot.sealed_files import SealedFile
from storage.columns import from_iso, to_iso
from storage.session import Session

_KEEP = """
insert into sealed_files (key, person_id, told_at, done, total, body)
values (:key, :person_id, :told_at, :done, :total, :body)
on conflict (key) do update
set told_at = excluded.told_at, done = excluded.done, total = excluded.total, body = excluded.body
"""


class SqlSealedFiles:
    """A row for each file, until it is forgotten."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_file(self, file: SealedFile) -> None:
        """Keep one, in the place of what was kept of it before."""
        row = asdict(file) | {"told_at": to_iso(file.told_at)}
        self._session.transaction(lambda tx: tx.query(_KEEP, row))

    def find_file(self, key: str) -> SealedFile | None:
        """The one under this key."""
        rows = self._session.query("select * from sealed_files where key = :key", {"key": key})
        return SealedFile(**(rows[0] | {"told_at": from_iso(rows[0]["told_at"])})) if rows else None

    def forget_files(self, before: datetime, person_id: str = "") -> int:
        """Remove those without a sign of life since `before`, and all of a person; how many went."""
        sql = "delete from sealed_files where told_at < :before or person_id = :person_id returning key"
        given = {"before": to_iso(before), "person_id": person_id}
        return len(self._session.transaction(lambda tx: tx.query(sql, given)))
