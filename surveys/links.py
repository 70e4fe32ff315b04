"""Personal links: whoever holds one answers one round as one person, until it closes. Only a hash of it is kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

TOKEN_BYTES = 24


def new_token() -> str:
    """192 random bits for an address."""
    return token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def form_key(token: str) -> str:
    """What forms of the token's pages bring along: no other site can know it."""
    return sha256(b"form\x1f" + token.encode("utf-8", "replace")).hexdigest()[:32]
