"""The audit log's daily anchor, and the end of what was kept long enough."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from bot.services import Services
from staff.calendar import JAPAN, fiscal_year
from staff.privacy.holding import is_held

log = logging.getLogger(__name__)


def keep_audit(services: Services) -> Mapping[str, int]:
    """Keep today's anchor, telling it in the log, and remove entries of past 年度; returns how many of each."""
    audit, today = services.stores.audit, services.today()
    oldest = datetime(fiscal_year(today) - services.settings.audit_years, 4, 1, tzinfo=JAPAN)
    held = is_held(services.stores.records, "audit")
    pruned = 0 if held else audit.prune(oldest, services.clock())
    anchor = audit.anchor()
    kept = audit.keep_anchor(today, anchor)
    if kept:  # whoever collects the log keeps it off this machine
        log.info("audit anchor %s %s", today.isoformat(), anchor)
    return {"anchors": int(kept), "pruned": pruned}
