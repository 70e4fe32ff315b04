"""依頼・照会: what デジタル推進室 asks of 課, and which have done it."""

from __future__ import annotations

from datetime import timedelta

from bot.handlers.assignments import assignment_form, keep_assignment
from bot.texts.ja import initiatives as texts
from bot.texts.ja.digest import short_day
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page
from bot.web.paging import portion
from knowledge.initiatives.assignment import Assignment
from knowledge.learning.routing import owners_to_choose

BEHIND = timedelta(days=60)
EACH_PAGE = 20


def show(desk: Desk) -> Page:
    """GET /requests: what is asked, who has done it, and the form for another."""
    services = desk.services
    asked = [
        one for one in services.stores.assignments.list_since(services.today() - BEHIND) if not one.withdrawn
    ]
    return desk.page(
        "console/requests.html",
        i=texts,
        requests=portion(asked, desk.visit.number, EACH_PAGE).shown_as(
            lambda one: (one, short_day(one.due_on), *_progress(desk, one))
        ),
        form=assignment_form(services),
    )


def withdraw(desk: Desk) -> Page:
    """POST /requests/withdraw: asked no more."""
    found = desk.services.stores.assignments.find(desk.field("id"))
    if found is None:
        raise NotThere(texts.NO_ASSIGNMENT)
    changed = found.model_copy(
        update={"withdrawn": True, "entered_by": desk.person.id, "entered_at": desk.services.clock()}
    )
    keep_assignment(desk.services, changed)
    return Page(location="/requests")


def _progress(desk: Desk, one: Assignment) -> tuple[str, list[str]]:
    departments = owners_to_choose(desk.services.stores.directory.list_departments(), desk.services.today())
    asked = [each for each in departments if one.concerns(each.id)]
    done = set(desk.services.stores.assignments.list_done(one.id))
    open_ones = [each.name for each in asked if each.id not in done]
    return texts.done_of(len(asked) - len(open_ones), len(asked)), open_ones


SHOWN: Pages = {"/requests": show}
DONE: Pages = {"/requests/withdraw": withdraw}
