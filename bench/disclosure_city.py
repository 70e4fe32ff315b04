"""A city to publish the answers of, and how synthetic people answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveys.disclosure import Declared, Microdata, Presence, PublicKnowledge


@dataclass(frozen=True)
class Case:
    """What publish() is given."""

    microdata: Microdata
    declared: tuple[Declared, ...]
    public: PublicKnowledge
    presences: tuple[Presence, ...] = ()


def one_of(chance: np.random.Generator, asked: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(people, options) with one tick where asked; `weights`: (people, options)."""
    share = weights / weights.sum(axis=1, keepdims=True)
    pick = (share.cumsum(axis=1) < chance.random((len(share), 1))).sum(axis=1).clip(max=share.shape[1] - 1)
    ticks: np.ndarray = (np.arange(share.shape[1]) == pick[:, None]) & asked[:, None]
    return ticks


def some_of(
    chance: np.random.Generator, asked: np.ndarray, rates: np.ndarray, alone: Sequence[int], most: int | None
) -> np.ndarray:
    """(people, options): each option with its rate; an exclusive one stands alone; at least one, at most `most`."""
    order = chance.random(rates.shape) / np.maximum(rates, 1e-9)
    ticks = chance.random(rates.shape) < rates
    ticks[np.arange(len(order)), order.argmin(axis=1)] = True
    if most is not None:
        ticks &= order.argsort(axis=1).argsort(axis=1) < most
        ticks[np.arange(len(order)), order.argmin(axis=1)] = True
    for option in alone:
        ticks[np.ix_(ticks[:, option], np.arange(rates.shape[1]) != option)] = False
    ticks &= asked[:, None]
    return ticks
