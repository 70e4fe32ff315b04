"""What encodes texts: one protocol for every model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from knowledge.meaning.words import Vectors


class EncoderError(Exception):
    """The encoder that is set cannot be used; the text says why and how to mend it."""


class Encoder(Protocol):
    """A model of text. What it made is kept under its `name`: another model, or another version, has another."""

    @property
    def name(self) -> str:
        """Which model this is."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Texts to be found, as unit vectors (shape: texts × the model's dimensions)."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """What is asked or looked for, as unit vectors of the same space."""
