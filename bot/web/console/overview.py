"""The first page: what waits for whoever is here, and where they may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.handlers.digest.lateness import lateness
from bot.handlers.sight import count_waiting
from bot.handlers.survey_troubles import overdue
from bot.texts.ja import console as texts
from bot.texts.ja import survey_troubles as trouble_texts
from bot.web.console.desk import Desk, Pages
from bot.web.pages import Page
from knowledge.editing.rights import Editor
from staff.model import Role
from staff.permissions import Permission, allowed

RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """Something to be done: what, how many, and where."""

    label: str
    count: int
    path: str


def show(desk: Desk) -> Page:
    """GET /console."""
    names = {one.id: one.name for one in desk.services.stores.directory.list_departments()}
    posts = [
        (
            names.get(post.department_id, post.department_id),
            [role.label for role in Role if role in post.roles],
        )
        for post in desk.person.posts
    ]
    waiting = [one for one in _waiting(desk) if one.count]
    return desk.page("console/overview.html", duties=waiting, posts=posts)


def _waiting(desk: Desk) -> Iterator[Waiting]:
    stores, person = desk.services.stores, desk.person
    editor = Editor(by=person.id, person=person, departments=tuple(stores.directory.list_departments()))
    if editor.may_change("") or editor.holds_own:
        yield Waiting(texts.PROPOSALS_WAITING, count_waiting(desk.services, editor), "/knowledge/proposals")
    if allowed(person, Permission.HEALTH_READ):
        counts = stores.outbox.counts()
        failed = sum(count for *_, count in stores.outbox.list_failures(desk.services.clock() - RECENT))
        yield Waiting(texts.FAILURES, failed, "/console/health")
        yield Waiting(
            trouble_texts.UNPUBLISHED_WAITING, len(stores.publications.list_setbacks()), "/console/health"
        )
        yield Waiting(trouble_texts.UNOPENED_WAITING, len(list(overdue(desk.services))), "/console/health")
        yield Waiting(texts.DIGEST_LATE, int(lateness(desk.services) is not None), "/console/health")
        settles = allowed(person, Permission.OUTBOX_SETTLE)
        yield Waiting(texts.DOUBTFUL, counts["unclear"], "/outbox" if settles else "/console/health")


SHOWN: Pages = {"/console": show}
DONE: Pages = {}
