"""A backup a day, and the end of old ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.handlers.backups import DAILY
from bot.services import Services

_FORMER = re.compile(r".+\.before-restore-\d{8}-\d{6}")


def keep_backups(services: Services) -> Mapping[str, int]:
    """Take today's backup unless it is there, and remove those older than DXBOT_BACKUP_DAYS; how many of each."""
    settings, today = services.settings, services.today()
    made = 0
    if settings.backup_dir and services.back_up:
        kind = "db" if settings.database_url.startswith("sqlite:") else "dump"
        target = Path(settings.backup_dir) / f"dxbot-{today:%Y%m%d}.{kind}"
        if not target.exists():
            services.back_up(target)
            made = 1
    before = services.clock() - timedelta(days=settings.backup_days)
    gone = [path for path in _kept(services) if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before]
    for path in gone:
        path.unlink(missing_ok=True)
    return {"backups": made, "expired": sum(not path.name.endswith(".json") for path in gone)}


def _kept(services: Services) -> Iterator[Path]:
    """Our own backups, and what restoring put aside; no other file in these folders."""
    settings = services.settings
    if settings.backup_dir and Path(settings.backup_dir).is_dir():
        yield from (path for path in Path(settings.backup_dir).iterdir() if _is_ours(path.name))
    if settings.database_url.startswith("sqlite:///"):
        database = Path(settings.database_url.removeprefix("sqlite:///"))
        yield from (
            path
            for path in database.parent.glob(f"{database.name}.before-restore-*")
            if _FORMER.fullmatch(path.name)
        )


def _is_ours(name: str) -> bool:
    """PostgreSQL's former database is kept beside the backup that took its place."""
    return bool(
        DAILY.fullmatch(name.removesuffix(".json")) or (name.startswith("dxbot-") and _FORMER.fullmatch(name))
    )
