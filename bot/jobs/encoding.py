"""What people edited is encoded, too, where an encoder is set."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.encoding import encode_articles
from bot.services import Services


def encode_edited(services: Services) -> Mapping[str, int]:
    """Encode what is new since the last look; returns how many texts that were."""
    return {"texts": encode_articles(services)}
