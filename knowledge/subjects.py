"""What a conversation is about, kept for a while, so that 「それはいつから?」 needs no subject of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Subjects(Protocol):
    """The articles that each conversation was last answered from. No question, no name, nothing past its time."""

    def remember(self, conversation: str, article_ids: Sequence[str], now: datetime, until: datetime) -> None:
        """Keep these articles as the conversation's subject until then; what ran out by `now` is removed."""

    def recall(self, conversation: str, now: datetime) -> tuple[str, ...]:
        """The articles the conversation is about; empty when there are none, or their time ran out."""
