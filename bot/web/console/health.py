"""The state of the machine as the operator sees it: database, knowledge, messages, sessions, backups."""

from __future__ import annotations

from datetime import timedelta

from bot.handlers.backups import look_at_backups
from bot.handlers.digest.lateness import lateness
from bot.handlers.survey_troubles import unopened_lines, unpublished_lines
from bot.texts.ja import backups as backup_texts
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import console as texts
from bot.texts.ja.console import CHANNELS
from bot.texts.ja.outbox import why
from bot.web.console.desk import Desk, Pages
from bot.web.pages import Page
from staff.permissions import Permission, allowed

RECENT = timedelta(days=7)


def show(desk: Desk) -> Page:
    """GET /console/health."""
    services, now = desk.services, desk.services.clock()
    counts = services.stores.outbox.counts()
    facts = [
        (texts.HEALTH_ARTICLES, len(services.knowledge.whole.entries)),
        (texts.HEALTH_PEOPLE, services.stores.directory.count_people()),
        (texts.HEALTH_QUEUED, counts["queued"] + counts["sending"]),
        (texts.HEALTH_SENT, counts["sent"]),
        (texts.HEALTH_DOUBTFUL, counts["doubtful"] + counts["unclear"]),
        (
            texts.HEALTH_SESSIONS,
            services.stores.access.count_sessions(now - desk.services.sign_in.limits.idle),
        ),
    ]
    late = lateness(services)
    not_ready = [name for name, is_ready in services.readiness.items() if not is_ready()]
    failures = [
        (cli_texts.outbox_failure(CHANNELS.get(channel, channel), why(reason), count), count)
        for channel, reason, count in services.stores.outbox.list_failures(now - RECENT)
    ]
    return desk.page(
        "console/health.html",
        facts=facts,
        not_ready=not_ready,
        late=texts.HEALTH_LATE.format(week=late.week) if late else "",
        surveys=[*unpublished_lines(services), *unopened_lines(services)],
        failures=failures,
        backups=look_at_backups(services),
        backups_title=backup_texts.TITLE,
        settles=(failures or counts["unclear"]) and allowed(desk.person, Permission.OUTBOX_SETTLE),
    )


SHOWN: Pages = {"/console/health": show}
DONE: Pages = {}
