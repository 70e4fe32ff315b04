"""Vectors of encoded texts (knowledge.encoding.store.EncodingStore)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping

import numpy as np

from knowledge.meaning.words import Vectors
from storage.session import Session, Tx


class SqlEncodings:
    """Vectors at half precision, in base64: one SQL text serves both databases."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_encoded(self, encoder: str) -> dict[str, Vectors]:
        """What an encoder made so far."""
        rows = self._session.query(
            "select key, vector from encodings where encoder = :encoder", {"encoder": encoder}
        )
        return {row["key"]: _read(row["vector"]) for row in rows}

    def add(self, encoder: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors; one that is there already stays."""
        rows: list[dict[str, str | int]] = [
            {"encoder": encoder, "key": key, "vector": _written(vector)} for key, vector in vectors.items()
        ]
        self._session.transaction(
            lambda tx: tx.query_many(
                "insert into encodings (encoder, key, vector) values (:encoder, :key, :vector) "
                "on conflict (encoder, key) do nothing",
                rows,
            )
        )

    def settle(self, encoder: str, keys: Collection[str]) -> None:
        """Forget every other vector, and raise the revision of articles."""
        held = self._session.query("select key from encodings where encoder = :encoder", {"encoder": encoder})
        wanted = set(keys)
        gone: list[dict[str, str | int]] = [
            {"encoder": encoder, "key": row["key"]} for row in held if row["key"] not in wanted
        ]

        def work(tx: Tx) -> None:
            tx.query("delete from encodings where encoder <> :encoder", {"encoder": encoder})
            tx.query_many("delete from encodings where encoder = :encoder and key = :key", gone)
            tx.query("update revisions set number = number + 1 where name = 'articles'")

        self._session.transaction(work)


def _written(vector: Vectors) -> str:
    return b64encode(np.asarray(vector, "<f2").tobytes()).decode()


def _read(text: str) -> Vectors:
    return np.frombuffer(b64decode(text), "<f2").astype(np.float32)
