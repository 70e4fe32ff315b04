"""Which initiatives stand: a pack's own, unless people changed them."""

from __future__ import annotations

from bot.services import Services
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.reading import pack_initiatives
from knowledge.initiatives.store import merge_initiatives


def standing_initiatives(services: Services) -> list[Initiative]:
    """Every initiative as it stands now."""
    packs = pack_initiatives(services.settings.content)
    return merge_initiatives(packs, services.stores.initiatives.list_latest())


def find_initiative(services: Services, initiative_id: str) -> Initiative | None:
    """One initiative."""
    return next((one for one in standing_initiatives(services) if one.id == initiative_id), None)


def beneath(services: Services, initiative_id: str) -> Initiative | None:
    """What the packs hold of that id, under whatever people changed."""
    packs = pack_initiatives(services.settings.content)
    return next((one for one in packs if one.id == initiative_id), None)
