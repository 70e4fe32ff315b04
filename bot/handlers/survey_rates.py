"""回答の数: how many have answered, as far as it names nobody."""

from __future__ import annotations

from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request, Table
from bot.services import Services
from bot.texts.ja import surveys as texts
from bot.texts.ja.ask import day
from staff.model import Person
from staff.permissions import Permission, allowed
from surveys.definition import Identity
from surveys.rates import Rate, own_rate, shown_rates, whole
from surveys.round import Round, State


def show_rates(request: Request, services: Services) -> Reply:
    """The counts of the open rounds, or of the round in the value: all of them, or a 所属長's own 課."""
    if refusal := permitted(request, Permission.SURVEY_RATES_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    found = [one for one in services.stores.surveys.list_rounds(State.OPEN) if request.value in ("", one.id)]
    if not found:
        return refused(texts.NO_ROUNDS)
    parts = [part for one in found for part in _parts(services, request.person, one)]
    return Reply(title=texts.RATES, parts=tuple(parts))


def _parts(services: Services, person: Person, round_: Round) -> list[Table | Paragraph]:
    counts = services.stores.surveys.count_responses(round_.id)
    rates = shown_rates(round_, counts)
    rows = [_row(round_, rate) for rate in rates]
    if allowed(person, Permission.SURVEY_RATES):
        asked, answered = whole(counts)
        rows.append((texts.RATES_WHOLE, str(asked), str(answered)))
    else:
        member = services.stores.surveys.find_member(round_.id, person.id)
        own = own_rate(rates, member.section_id, member.division_id) if member else None
        rows = [_row(round_, own)] if own else []
    caption = texts.RATES_CAPTION.format(title=round_.definition.title, at=day(services.today()))
    is_anonymous = round_.definition.identity is Identity.ANONYMOUS
    note = texts.RATES_ANONYMOUS if is_anonymous else texts.RATES_NOTE
    return [
        Table(caption=caption, columns=texts.RATES_COLUMNS, rows=tuple(rows)),
        Paragraph(text=note, tone="note"),
    ]


def _row(round_: Round, rate: Rate) -> tuple[str, str, str]:
    names = {department.id: department.name for department in round_.departments}
    shown = "・".join(names.get(one, one) for one in rate.departments)
    return shown, str(rate.asked), str(rate.answered)
