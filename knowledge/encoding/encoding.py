"""Encoding what is not encoded yet, and what a process that answers takes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from knowledge.encoding.encoder import Encoder
from knowledge.encoding.store import EncodingStore
from knowledge.encoding.texts import texts_by_key
from knowledge.entry import Entry
from knowledge.finding.encoded import Encodings

_BATCH = 16

Batch = Sequence[tuple[str, str]]
Progress = Callable[[Sequence[Batch]], AbstractContextManager[Iterable[Batch]]]


@dataclass(frozen=True)
class Encoding:
    """The encoder of a city with the vectors it made; `at_questions`: whether it encodes questions, too."""

    encoder: Encoder
    store: EncodingStore
    at_questions: bool = False

    def taken(self) -> Encodings:
        """What a process that answers takes of it."""
        ask = (lambda text: self.encoder.encode_questions([text])) if self.at_questions else None
        return Encodings(self.store.list_encoded(self.encoder.name), ask)


def encode_missing(entries: Iterable[Entry], encoding: Encoding, progress: Progress) -> int:
    """Encode the texts that have no vector yet, batch by batch, each kept at once; return how many there were.

    A run that is broken off goes on where it stopped. Raises EncoderError when the model cannot be read.
    """
    texts = texts_by_key(entries)
    held = encoding.store.list_encoded(encoding.encoder.name)
    missing = [pair for pair in texts.items() if pair[0] not in held]
    if not missing and len(held) == len(texts):
        return 0
    with progress([missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]) as batches:
        for batch in batches:
            vectors = encoding.encoder.encode([text for _, text in batch])
            made = {key: vector for (key, _), vector in zip(batch, vectors, strict=True)}
            encoding.store.add(encoding.encoder.name, made)
    encoding.store.settle(encoding.encoder.name, texts.keys())
    return len(missing)
