"""Two people changed the same article: what goes together, and where somebody has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.editing.fields import EDITABLE, plain


@dataclass(frozen=True)
class Merged:
    """The values put together; `clashing` names the fields that both changed, each in another way (ours is kept)."""

    values: Mapping[str, str]
    clashing: tuple[str, ...]


def merge_values(
    base: Mapping[str, str] | None, theirs: Mapping[str, str], ours: Mapping[str, str]
) -> Merged:
    """Three-way merge by field. Without a base every field in which the two differ clashes."""
    values = dict(ours)
    clashing: list[str] = []
    for name in EDITABLE:
        mine, other = ours.get(name, ""), theirs.get(name, "")
        before = base.get(name, "") if base is not None else None
        if _same(mine, other) or _same(other, before):
            continue
        if _same(mine, before):
            values[name] = other
        else:
            clashing.append(name)
    return Merged(values, tuple(clashing))


def _same(one: str, other: str | None) -> bool:
    return other is not None and plain(one) == plain(other)
