"""Where what is done comes from (slack, teams, web, console, cli): told once at the door, kept by the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CHANNEL: ContextVar[str] = ContextVar("channel", default="")


def channel_now() -> str:
    """The channel that this work is done for; "" for the worker's own."""
    return _CHANNEL.get()


@contextmanager
def acting_from(channel: str) -> Iterator[None]:
    """For as long as this lasts, work is done for that channel."""
    token = _CHANNEL.set(channel)
    try:
        yield
    finally:
        _CHANNEL.reset(token)
