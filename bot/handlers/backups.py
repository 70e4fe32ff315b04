"""Whether the daily backups are as they should be, in one line that says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.services import Services
from bot.texts.ja import backups as texts
from bot.texts.ja.export import file_size
from staff.calendar import JAPAN
from staff.store import AuditFilter

DAILY = re.compile(r"dxbot-\d{8}\.(db|dump)")
MADE = "backup.make"
# The worker looks every hour and takes one on each day: a day without one is no accident of the hour.
LATE = timedelta(hours=26)
# What expired an hour ago goes with the worker's next look.
GRACE = timedelta(hours=26)

Check = Callable[[Path], bool]


@dataclass(frozen=True)
class Verdict:
    """`right` is False when somebody has to do what `text` says."""

    right: bool
    text: str


@dataclass(frozen=True)
class _Kept:
    path: Path
    written_at: datetime
    size: int


def look_at_backups(services: Services, check: Check | None = None) -> Verdict:
    """`check` tells whether a backup is still what was made; it reads the whole file. Without it the file is not read."""
    settings, now = services.settings, services.clock()
    if not settings.backup_dir:
        return Verdict(True, f"{texts.UNSET}{_by_hand(services)}")
    try:
        kept = sorted(_list(Path(settings.backup_dir)), key=lambda one: one.written_at)
    except OSError as error:
        return Verdict(False, texts.NO_FOLDER.format(reason=error.strerror))
    if not kept:
        return Verdict(False, texts.NONE)
    newest = kept[-1]
    made_at = _made_at(newest.path)
    if made_at is None:
        return Verdict(False, texts.NO_MANIFEST.format(name=newest.path.name))
    if now - made_at > LATE:
        return Verdict(False, texts.LATE.format(at=_shown(made_at)))
    if check and not check(newest.path):
        return Verdict(False, texts.DAMAGED.format(name=newest.path.name))
    days = settings.backup_days
    expired = [one for one in kept if now - one.written_at > timedelta(days=days) + GRACE]
    if expired:
        told = texts.EXPIRED.format(days=days, count=len(expired), name=expired[0].path.name)
        return Verdict(False, told)
    checked = texts.CHECKED_NOW if check else texts.CHECKED_THEN
    size = file_size(newest.size)
    return Verdict(
        True,
        texts.WELL.format(at=_shown(made_at), size=size, checked=checked, days=days, count=len(kept)),
    )


def _list(folder: Path) -> Iterator[_Kept]:
    for path in folder.iterdir():
        if DAILY.fullmatch(path.name):
            found = path.stat()
            yield _Kept(path, datetime.fromtimestamp(found.st_mtime, UTC), found.st_size)


def _made_at(path: Path) -> datetime | None:
    try:
        told = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return at if at.tzinfo else None


def _by_hand(services: Services) -> str:
    found = services.stores.audit.search(AuditFilter(action=MADE), 1)
    return texts.LAST_BY_HAND.format(at=_shown(found[0].event.at)) if found else texts.NONE_BY_HAND


def _shown(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M}"
