"""What encoding asks of storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from knowledge.meaning.words import Vectors


class EncodingStore(Protocol):
    """Vectors of texts beside the articles, by encoder and by the key of the text: each text is encoded once."""

    def list_encoded(self, encoder: str) -> Mapping[str, Vectors]:
        """What an encoder made so far: a vector (shape: dimensions) for each key."""

    def add(self, encoder: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors; one that is there already stays."""

    def settle(self, encoder: str, keys: Collection[str]) -> None:
        """Forget every vector but those of `keys` made by `encoder`, and raise the revision of articles, so that
        processes take the vectors up.
        """
