"""The register in rows, for docs/personal-data.md and for the sheet of the security review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.settings import Settings
from bot.texts.ja import personal_data as texts
from staff.model import Role
from staff.permissions import ROLES, Permission
from staff.privacy.item import Item
from staff.privacy.register import OUTSIDE, REGISTER


@dataclass(frozen=True)
class Row:
    """One item as people read it. `place` names tables, or what lies outside the database."""

    title: str
    what: str
    place: str
    kept: str
    viewers: str
    erasing: str


def register_rows() -> list[Row]:
    """What lies in the database, in the order of the register."""
    return [_row(item) for item in REGISTER]


def outside_rows() -> list[Row]:
    """What lies outside the database."""
    told = [texts.OUTSIDE[id_] for id_ in OUTSIDE]
    return [Row(one.title, one.what, one.title, _kept(one.kept), one.viewers, one.erasing) for one in told]


def register_page() -> str:
    """docs/personal-data.md."""
    inside = [(row.title, row.what, row.place, row.kept, row.viewers, row.erasing) for row in register_rows()]
    outside = [(row.title, row.what, row.kept, row.viewers, row.erasing) for row in outside_rows()]
    tables = (markdown_table(texts.COLUMNS, inside), markdown_table(texts.OUTSIDE_COLUMNS, outside))
    return texts.PAGE + tables[0] + texts.PAGE_OUTSIDE + tables[1]


def viewers_of(permissions: Sequence[Permission]) -> list[str]:
    """The roles that may see something, by the table of permissions."""
    return [role.label for role in Role if any(role in ROLES[one] for one in permissions)]


def kept_of(item: Item) -> str:
    """How long an item stays, for people: without the settings' names."""
    return re.sub(r"（`DXBOT_\w+`）", "", _kept(texts.ITEMS[item.id].kept)).replace(
        "調査票の `kept_days`（ふつう365日）", texts.AS_TOLD
    )


def _row(item: Item) -> Row:
    told = texts.ITEMS[item.id]
    place = "、".join(f"`{one.table}`" for one in item.places)
    viewers = [texts.PERSON, *viewers_of(item.seen_by), *filter(None, [told.viewers])]
    return Row(
        told.title,
        told.what,
        place,
        _kept(told.kept),
        "、".join(viewers),
        texts.several(list(_erasing(item))),
    )


def _erasing(item: Item) -> Iterator[str]:
    """What erasing does to an item: what its places say, and what is told besides."""
    told = texts.ITEMS[item.id]
    if any(place.owned for place in item.places):
        yield texts.REMOVED
    if any(place.named or (place.told and not place.owned) for place in item.places) and not _frozen(item):
        yield texts.REPLACED
    if _frozen(item) and not told.erasing:
        yield f"{texts.STAYS}（{told.stays}）"
    if told.erasing:
        yield told.erasing


def _frozen(item: Item) -> bool:
    return all(place.frozen for place in item.places)


def _kept(text: str) -> str:
    defaults = {field.alias: field.default for field in Settings.model_fields.values() if field.alias}
    return text.format(**defaults)


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as the documents have it."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
