"""A progress bar on stderr, where a person is looking at it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")


@contextmanager
def progress(items: Sequence[T], label: str, *, at_least: int = 20) -> Iterator[Iterable[T]]:
    """Iterate over `items` under a bar; without one when stderr is no terminal or there are fewer than `at_least`."""
    if len(items) < at_least or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield bar
