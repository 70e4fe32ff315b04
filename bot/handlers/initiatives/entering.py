"""Adding an initiative, or changing one, by a form: what an import does, for one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from bot.handlers.forms import is_filled, text_of
from bot.handlers.initiatives.deciding import take_in, without_owner
from bot.handlers.initiatives.entering_form import entering_form
from bot.handlers.initiatives.standing import find_initiative, standing_initiatives
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Form, Items, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.changes import changes
from knowledge.initiatives.entering import FIELDS, LONGEST, InitiativeMistakes, read_initiative, written
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.owners import owning_department
from knowledge.initiatives.store import Overtaken
from staff.permissions import Permission

REASON = "reason"


def enter(request: Request, services: Services) -> Reply:
    """The form; filled in, the initiative is added or changed. The value is `id|number of the version seen`."""
    if refusal := permitted(request, Permission.INITIATIVE_MANAGE):
        return refusal
    id_, _, number = request.value.partition("|")
    before = find_initiative(services, id_) if id_ else None
    if id_ and before is None:
        return refused(texts.NOT_FOUND)
    if not is_filled(request, "title"):
        return Reply(form=form_for(services, before))
    if before is not None and number != str(_number(services, id_)):
        return Reply(
            parts=(Paragraph(text=texts.PAGE_OVERTAKEN, tone="warning"),), form=form_for(services, before)
        )
    values = {name: text_of(request, name) for name in (*FIELDS, REASON)}
    try:
        made = _read(services, values, before)
    except InitiativeMistakes as wrong:
        return Reply(form=form_for(services, before, values, wrong.by_field))
    return _keep(services, request.person.id if request.person else "", before, made, values[REASON])


def form_for(
    services: Services,
    before: Initiative | None,
    values: Mapping[str, str] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> Form:
    """The form over what stands, or over what was typed."""
    everything = standing_initiatives(services)
    value = f"{before.id}|{_number(services, before.id)}" if before else ""
    typed = values or (written(before) if before else _fresh(everything, services.today()))
    return entering_form(value, typed, mistakes or {}, everything, before)


def _read(services: Services, values: Mapping[str, str], before: Initiative | None) -> Initiative:
    """The initiative typed. Raises InitiativeMistakes, also for a 課 there is not and for a missing reason."""
    mistakes: dict[str, str] = {}
    made = None
    try:
        made = read_initiative(values, before.id if before else f"t-{uuid4().hex[:8]}", before)
    except InitiativeMistakes as wrong:
        mistakes = wrong.by_field
    if (
        made
        and owning_department(made, services.stores.directory.list_departments(), services.today()) is None
    ):
        mistakes["owner"] = texts.OWNER_UNKNOWN.format(owner=made.owner)
    if before is not None and not values[REASON]:
        mistakes[REASON] = texts.PAGE_REASON_MISSING
    elif len(values[REASON]) > LONGEST:
        mistakes[REASON] = texts.too_long(LONGEST)
    if made is None or mistakes:
        raise InitiativeMistakes(mistakes)
    return made


def _keep(services: Services, by: str, before: Initiative | None, made: Initiative, reason: str) -> Reply:
    told = changes(before, made) if before else ()
    if before == made:
        return Reply(parts=(Paragraph(text=texts.ENTERED_NOTHING.format(title=made.title)),))
    try:
        take_in(services, [made], by, reason or texts.ENTER_NEW)
    except Overtaken:
        return refused(texts.PAGE_OVERTAKEN)
    said = (texts.ENTERED if before else texts.ENTERED_NEW).format(title=made.title)
    parts: list[Part] = [Paragraph(text=said), *([Items(items=told)] if told else [])]
    followed = find_initiative(services, made.follows) if made.follows else None
    if followed and (before is None or before.follows != made.follows):
        parts.append(Paragraph(text=texts.ENTERED_CARRIED.format(title=followed.title), tone="note"))
    if without_owner(services, [made]):
        gap = texts.ENTERED_NOBODY.format(owner=made.owner, role=made.role.label)
        parts.append(Paragraph(text=gap, tone="warning"))
    history = Action(name="progress_history", label=texts.HISTORY, value=made.id)
    return Reply(title=texts.PAGE_TITLE, parts=tuple(parts), actions=(history,))


def _number(services: Services, initiative_id: str) -> int:
    newest = services.stores.initiatives.find_latest(initiative_id)
    return newest.number if newest else 0


def _fresh(everything: list[Initiative], today: date) -> dict[str, str]:
    """What a new one begins with: the newest plan there is."""
    newest = max(everything, key=lambda one: one.starts_on, default=None)
    usual = {"role": "leader", "cadence": "monthly", "each_year": "no"}
    if newest is None or newest.awaits_decision(today):
        return usual
    ends = newest.ends_on.isoformat() if newest.ends_on else ""
    return {
        **usual,
        "plan": newest.plan,
        "edition": newest.edition,
        "starts_on": today.isoformat(),
        "ends_on": ends,
    }
