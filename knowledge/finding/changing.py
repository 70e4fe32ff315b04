"""What differs between two lists of entries, so that an index need not be built anew for a few changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
from numpy.typing import NDArray

from knowledge.entry import Entry
from knowledge.finding.counting import Numbers


@dataclass(frozen=True)
class Change:
    """`kept` is the new number of every old entry, -1 for one that is gone or changed; `added` are the new numbers of
    those that are new or changed, ascending; `gone` are the old entries taken out.
    """

    kept: Numbers
    added: tuple[int, ...]
    gone: tuple[Entry, ...]

    @classmethod
    def between(cls, old: Sequence[Entry], new: Sequence[Entry]) -> Change:
        """Compare by id, then by what the entries hold."""
        # Entries that nothing happened to are the very same objects.
        places = dict(zip(map(id, new), count(), strict=False))
        kept = np.fromiter(map(places.get, map(id, old), repeat(-1)), np.int32, len(old))
        left = np.flatnonzero(kept < 0).tolist()
        numbers = {entry.id: number for number, entry in enumerate(new)} if left else {}
        for number in left:
            place = numbers.get(old[number].id)
            if place is not None and old[number] == new[place]:
                kept[number] = place
        gone = tuple(old[number] for number in np.flatnonzero(kept < 0).tolist())
        stays = np.zeros(len(new), np.bool_)
        stays[kept[kept >= 0]] = True
        return cls(kept, tuple(np.flatnonzero(~stays).tolist()), gone)

    @property
    def keeps_order(self) -> bool:
        """Whether the entries kept follow each other as before."""
        return bool(np.all(np.diff(self.kept[self.kept >= 0]) > 0))

    @property
    def size(self) -> int:
        """How many entries are gone, new or changed."""
        return max(len(self.gone), len(self.added))

    def moved(self, values: NDArray[np.int64], added: Sequence[int]) -> NDArray[np.int64]:
        """A number for each old entry as one for each new entry; `added` are those of the added ones."""
        stays = self.kept >= 0
        result = np.zeros(int(stays.sum()) + len(self.added), np.int64)
        result[self.kept[stays]] = values[stays]
        result[list(self.added)] = added
        return result
