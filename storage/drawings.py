"""Drawings of published charts (bot.charts.keeping.Drawings), compressed: one SQL text serves both databases."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping

from storage.session import Row, Session, Tx


class SqlDrawings:
    """Rows by the drawing's key, and for each owner what its drawings were made of."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_drawing(self, key: str) -> str | None:
        """The SVG under this key."""
        rows = self._session.query("select svg from drawings where key = :key limit 1", {"key": key})
        return zlib.decompress(b64decode(rows[0]["svg"])).decode() if rows else None

    def keep_drawings(self, owner: str, mark: str, drawings: Mapping[str, str]) -> None:
        """Put an owner's drawings in the place of its earlier ones."""
        rows: list[Row] = [
            {"key": key, "owner": owner, "svg": b64encode(zlib.compress(svg.encode(), 9)).decode()}
            for key, svg in drawings.items()
        ]

        def work(tx: Tx) -> None:
            tx.query("delete from drawings where owner = :owner", {"owner": owner})
            tx.query_many(
                "insert into drawings (key, owner, svg) values (:key, :owner, :svg) on conflict (key, owner) do nothing",
                rows,
            )
            tx.query(
                "insert into drawing_marks (owner, mark) values (:owner, :mark) "
                "on conflict (owner) do update set mark = excluded.mark",
                {"owner": owner, "mark": mark},
            )

        self._session.transaction(work)

    def list_marks(self) -> dict[str, str]:
        """The mark of every owner."""
        return {
            row["owner"]: row["mark"] for row in self._session.query("select owner, mark from drawing_marks")
        }
