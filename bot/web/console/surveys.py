"""職員課 and デジタル推進室 run rounds: what is open and how many have answered; check, open, remind, close; who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from bot.handlers.further_tables import NoSuchTable, add_table, publishable, questions_of, ways_of
from bot.handlers.survey_choosing import definition_named, named_surveys
from bot.handlers.survey_rounds import begin, close, drop, record, remind, set_absent, to_stay
from bot.handlers.survey_troubles import overdue, reason_unopened, stuck_words
from bot.services import Services
from bot.texts.ja import results as result_texts
from bot.texts.ja import survey_rounds as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page
from surveys.definition import Definition
from surveys.disclosure import Refusal
from surveys.loading import DefinitionError, read_definition
from surveys.opening import Opening, OpeningError, open_with, section_ids
from surveys.rates import standing
from surveys.round import Round, State
from surveys.schedule import LONGEST_WAVE, plan_round

PATH = "/console/surveys"
OWN = "own"
MOST_DAYS = 250
MOST_ROUNDS = 30


@dataclass(frozen=True)
class _Row:
    """One round as the page lists it; `trouble` says why it is not open, or has no results."""

    round: Round
    asked: int
    answered: int
    trouble: str = ""

    @property
    def can_be_dropped(self) -> bool:
        """Whether nobody has answered so far."""
        return self.round.state is not State.CLOSED and not self.answered


def show(desk: Desk) -> Page:
    """GET /console/surveys."""
    return _page(desk)


def open_round(desk: Desk) -> Page:
    """POST /console/surveys/open: plan a round, and open it when its day has come."""
    try:
        definition = _definition(desk)
        planned = _planned(desk, definition)
        if begin(desk.services, planned, desk.person.id) is None:
            raise OpeningError(texts.PLANNED_ALREADY_PAGE)
    except (DefinitionError, OpeningError) as error:
        return _page(desk, 400, mistakes=str(error).splitlines())
    return Page(location=PATH)


def check_survey(desk: Desk) -> Page:
    """POST /console/surveys/check: what opening would ask and whom, or every mistake; nothing is opened."""
    services = desk.services
    try:
        planned = _planned(desk, _definition(desk))
        directory, absent = services.stores.directory, services.stores.surveys.list_absent()
        opening = open_with(
            planned, directory.list_people(), directory.list_departments(), absent, services.today()
        )
    except (DefinitionError, OpeningError) as error:
        return _page(desk, 400, mistakes=str(error).splitlines())
    return _page(desk, checked=opening)


def close_round(desk: Desk) -> Page:
    """POST /console/surveys/close: close an open round now."""
    close(desk.services, _found(desk), desk.person.id)
    return Page(location=PATH)


def drop_round(desk: Desk) -> Page:
    """POST /console/surveys/drop: remove a planned round, or an open one that nobody has answered."""
    found = _found(desk)
    if drop(desk.services, found, desk.person.id):
        return Page(location=PATH)
    return _page(desk, 409, mistakes=[to_stay(desk.services, found) or texts.NOT_DROPPED])


def remind_round(desk: Desk) -> Page:
    """POST /console/surveys/remind: today's reminder, once."""
    found = _found(desk)
    count = remind(desk.services, found) if found.state is State.OPEN else None
    if count is not None:
        services = desk.services
        services.stores.transaction(
            lambda stores: record(services, stores, desk.person.id, "survey.remind", found, people=count)
        )
    said = texts.REMINDED_TODAY if count is None else texts.REMINDED.format(count=count)
    return _page(desk, notice=said)


def publish_more(desk: Desk) -> Page:
    """POST /console/surveys/publish: choose a table of a round, or publish it, or hear that it cannot be."""
    found = next((one for one in publishable(desk.services) if one.id == desk.field("more")), None)
    if found is None:
        raise NotThere(result_texts.NOT_PUBLISHED.format(id=desk.field("more")))
    question, way = desk.field("question"), desk.field("by")
    if not question:
        return _page(desk, more=found)
    try:
        answer = add_table(desk.services, found, question, way, desk.person.id)
    except NoSuchTable as error:
        return _page(desk, 400, mistakes=[str(error)], more=found)
    if isinstance(answer, Refusal):
        return _page(desk, 409, mistakes=[answer.reason], more=found)
    return Page(
        location=f"/surveys/{quote(found.id, safe='')}/results?{urlencode({'question': question, 'by': way})}"
    )


def save_absent(desk: Desk) -> Page:
    """POST /console/surveys/absent: the list of people on leave."""
    ids = desk.field("people").split()
    unknown = set_absent(desk.services, ids, desk.person.id)
    if unknown:
        return _page(desk, 400, mistakes=[texts.ABSENT_UNKNOWN.format(ids="、".join(unknown))], absent=ids)
    return Page(location=PATH)


def _definition(desk: Desk) -> Definition:
    chosen = desk.field("survey")
    if chosen == OWN:
        return read_definition(desk.field("yaml").encode("utf-8", "replace"), texts.PASTED)
    if chosen not in (name for name, _ in named_surveys(desk.services.stores)):
        raise DefinitionError(texts.CHOOSE_SURVEY)
    return definition_named(chosen, desk.services.stores)


def _planned(desk: Desk, definition: Definition) -> Round:
    services, on = desk.services, desk.field("on")
    try:
        day = date.fromisoformat(on) if on else services.today()
        days = int(desk.field("days") or definition.open_days)
    except ValueError:
        raise OpeningError(texts.WRONG_DAY) from None
    wave = desk.field("wave").strip()
    if len(wave) > LONGEST_WAVE or not wave.isprintable():
        raise OpeningError(texts.WAVE_WRONG_PAGE.format(most=LONGEST_WAVE))
    if day < services.today() or not 1 <= days <= MOST_DAYS:
        raise OpeningError(texts.WRONG_DAY)
    pilots = section_ids(desk.field("pilots").split(), services.stores.directory.list_departments())
    planned = plan_round(definition, day, services.calendar, days=days, wave=wave, pilots=pilots)
    return planned if on else planned.model_copy(update={"opens_at": services.clock()})


def _found(desk: Desk) -> Round:
    found = desk.services.stores.surveys.find_round(desk.field("round"))
    if found is None:
        raise NotThere(texts.NOT_OPEN.format(id=desk.field("round")))
    return found


def _page(
    desk: Desk,
    status: int = 200,
    *,
    mistakes: list[str] | None = None,
    notice: str = "",
    absent: list[str] | None = None,
    more: Round | None = None,
    checked: Opening | None = None,
) -> Page:
    services = desk.services
    typed = {
        name: desk.field(name)
        for name in ("survey", "yaml", "on", "days", "wave", "pilots", "question", "by")
    }
    return desk.page(
        "console/surveys.html",
        status,
        r=texts,
        rows=_rows(services),
        surveys=named_surveys(services.stores),
        own=OWN,
        s=result_texts,
        publishable=publishable(services),
        more=more,
        questions=questions_of(more) if more else (),
        ways=ways_of(more, services) if more else (),
        typed=typed,
        mistakes=mistakes or [],
        notice=notice,
        checked=checked,
        absent=services.stores.surveys.list_absent() if absent is None else absent,
    )


def _rows(services: Services) -> list[_Row]:
    store = services.stores.surveys
    newest = sorted(store.list_rounds(), key=lambda one: one.opens_at, reverse=True)[:MOST_ROUNDS]
    setbacks = services.stores.publications.list_setbacks()
    late = {one.id for one in overdue(services)}

    def trouble(one: Round) -> str:
        if setback := setbacks.get(one.id):
            return stuck_words(setback)
        return reason_unopened(services, one) if one.id in late else ""

    return [_Row(one, *standing(one, store.count_responses(one.id)), trouble=trouble(one)) for one in newest]


SHOWN: Pages = {PATH: show}
DONE: Pages = {
    f"{PATH}/open": open_round,
    f"{PATH}/check": check_survey,
    f"{PATH}/close": close_round,
    f"{PATH}/drop": drop_round,
    f"{PATH}/remind": remind_round,
    f"{PATH}/absent": save_absent,
    f"{PATH}/publish": publish_more,
}
