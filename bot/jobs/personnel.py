"""What takes force on its day: 人事異動 that waited, 課 that end, granted roles that begin or end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.directory_admin import apply_due, changed_count
from bot.services import Services


def take_force(services: Services) -> Mapping[str, int]:
    """Apply what is due today; how many people came, changed, left, and have other roles now."""
    diff = apply_due(services)
    today = services.today()
    roles = services.stores.transaction(lambda stores: stores.role_grants.put_in_force(today))
    counts = (
        {"joined": len(diff.joiners), "changed": changed_count(diff), "left": len(diff.leavers)}
        if diff
        else {}
    )
    return {**counts, "people with other roles": roles}
