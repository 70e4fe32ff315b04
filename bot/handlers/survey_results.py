"""結果: what closed rounds found, as it was published; for the telework rounds what the plan asks first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from bot.handlers.button_pages import page_of
from bot.handlers.console import public_address
from bot.handlers.left_out import questions_left_out, ways_left_out
from bot.handlers.own_results import own_action, own_reply
from bot.handlers.refusing import permitted, refused, turned_away
from bot.handlers.result_parts import asked_of, first_parts, question_parts
from bot.handlers.survey_troubles import stuck_words
from bot.handlers.unanswered import record_view
from bot.messages import BETWEEN, Action, Items, Paragraph, Part, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import results as texts
from staff.calendar import date_in_japan, japanese_day
from staff.permissions import NotAllowed, Permission
from surveys.columns import Column, columns_of
from surveys.definition import Question
from surveys.disclosure import CITY
from surveys.own_words import TooFew, own_words
from surveys.results import Reading, reading_of, way_label
from surveys.round import Round, State
from surveys.waves import waves_of

MOST_LISTED, MOST_BUTTONS, MOST_LABEL, MOST_WAVES = 10, 20, 40, 4
MOST_TEXTS, MOST_DIGITS = 200, 6


def list_results(request: Request, services: Services) -> Reply:
    """The closed rounds this person may see the results of, the newest first."""
    if refusal := permitted(request, Permission.RESULTS_READ_SHARED):
        return refusal
    found = [round_ for round_ in _closed(services) if _reading(request, round_) is not None]
    if not found:
        return Reply(title=texts.LIST_TITLE, parts=(Paragraph(text=texts.NONE),))
    actions = [Action(name="results_show", label=_name(one)[:MOST_LABEL], value=one.id) for one in found]
    shown = page_of(actions, _begin(request.value), MOST_LISTED, partial(_turn, "results", ""))
    return Reply(title=texts.LIST_TITLE, parts=(Paragraph(text=texts.LIST_INTRO),), actions=tuple(shown))


def show_results(request: Request, services: Services) -> Reply:
    """One round: how many answered, what the plan asks, and a button for each question."""
    round_id, _, turned = request.value.partition(BETWEEN)
    found = _found(request, services, round_id)
    if isinstance(found, Reply):
        return found
    round_, reading = found
    stores = services.stores
    number = stores.publications.list_numbers().get(round_.id, 0)
    at = stores.publications.published_at(round_.id, number)
    if at is None:
        look_again = Action(name="results_show", label=texts.LOOK_AGAIN, value=round_.id)
        setback = stores.publications.list_setbacks().get(round_.id)
        said = Paragraph(text=stuck_words(setback) if setback else texts.NOT_YET)
        return Reply(title=_name(round_), parts=(said,), actions=(look_again,))
    waves = waves_of(stores.surveys, stores.publications, round_)
    asked, answered = asked_of(stores, round_)
    summary = texts.SUMMARY.format(
        asked=asked,
        answered=answered,
        share=round(100 * answered / asked) if asked else 0,
        number=number,
        day=japanese_day(date_in_japan(at)),
    )
    parts: list[Part] = [Paragraph(text=summary), *first_parts(waves, reading, asked)]
    questions = [
        Action(
            name="results_question",
            label=short_label(column),
            value=BETWEEN.join((round_.id, column.id, CITY)),
        )
        for column in columns_of(round_.definition)
        if any(question == column.id for question, _ in waves[-1].tables)
    ]
    shown = page_of(questions, _begin(turned), MOST_BUTTONS, partial(_turn, "results_show", round_.id))
    actions = [*own_action(waves[-1], request.person), *shown, *_page_link(request, services, round_)]
    if reading.free_text and any(one.type.is_text for one in round_.definition.questions):
        actions.insert(0, Action(name="results_text", label=texts.FREE_TEXT, value=round_.id))
    left = questions_left_out(waves[-1])
    note = Paragraph(text=texts.QUESTIONS, tone="note")
    return Reply(title=_name(round_), parts=(*parts, *left, note), actions=tuple(actions))


def show_own(request: Request, services: Services) -> Reply:
    """The main questions of the person's 課, its 部 and the city beside each other."""
    found = _found(request, services, request.value)
    if isinstance(found, Reply):
        return found
    round_, reading = found
    wave = waves_of(services.stores.surveys, services.stores.publications, round_)[-1]
    back = Action(name="results_show", label=texts.BACK, value=round_.id)
    return own_reply(wave, request.person, reading, [back])


def show_question(request: Request, services: Services) -> Reply:
    """One question by one breakdown: a chart of the city, the table, the rounds before, and other breakdowns."""
    round_id, _, rest = request.value.partition(BETWEEN)
    question, _, rest = rest.partition(BETWEEN)
    way, _, turned = rest.partition(BETWEEN)
    found = _found(request, services, round_id)
    if isinstance(found, Reply):
        return found
    round_, reading = found
    waves = waves_of(services.stores.surveys, services.stores.publications, round_)
    by = tuple(way.split("×"))
    if (question, by) not in waves[-1].tables or not (turned.isdecimal() or turned == ""):
        return refused(texts.NO_SUCH)
    left = ways_left_out(waves[-1], question)
    parts = (*question_parts(waves, question, by, reading), *left)
    ways = [one for named, one in waves[-1].tables if named == question and one != by]
    actions = [
        Action(
            name="results_question",
            label=texts.OTHER_WAYS.format(way=way_label(round_, one))[:MOST_LABEL],
            value=BETWEEN.join((round_.id, question, "×".join(one))),
        )
        for one in ways
    ]
    here = BETWEEN.join((round_.id, question, way))
    shown = page_of(actions, _begin(turned), MOST_BUTTONS, partial(_turn, "results_question", here))
    back = Action(name="results_show", label=texts.BACK, value=round_.id)
    return Reply(title=waves[-1].columns[question].label, parts=parts, actions=(*shown, back))


def show_texts(request: Request, services: Services) -> Reply:
    """What people wrote in their own words, without 課 and in no telling order; on record, and never kept in a chat.

    The value is a round, or a round, a question and how many of its texts were read already.
    """
    if refusal := permitted(request, Permission.RESULTS_READ):
        return refusal
    round_id, _, rest = request.value.partition(BETWEEN)
    wanted, _, skipped = rest.partition(BETWEEN)
    found = _found(request, services, round_id)
    if isinstance(found, Reply):
        return found
    round_, _ = found
    try:
        every = own_words(round_, services.stores.surveys.list_sheets(round_.id))
    except TooFew:
        return refused(texts.TEXTS_FEW)
    begin = _begin(skipped)
    shown = [
        (question, said) for question, said in every if wanted in ("", question.id) and begin <= len(said)
    ]
    if not shown:
        return refused(texts.NO_SUCH)
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    record_view(services, request.person.id, "results.text", round_.id)
    parts: list[Part] = []
    actions: list[Action] = []
    for question, said in shown:
        parts += _page_of_texts(question, said, begin)
        actions += _further_texts(round_, question, len(said), begin)
    back = Action(name="results_show", label=texts.BACK, value=round_.id)
    return Reply(
        title=texts.FREE_TEXT, parts=tuple(parts), actions=(*actions[:MOST_BUTTONS], back), fleeting=True
    )


def _page_of_texts(question: Question, said: Sequence[str], begin: int) -> list[Part]:
    end = min(begin + MOST_TEXTS, len(said))
    count = texts.SAID.format(count=len(said))
    if end - begin < len(said):
        count += texts.SAID_PAGE.format(first=begin + 1, last=end)
    head = Paragraph(label=question.text, text=count)
    return [head, Items(items=tuple(said[begin:end]))] if end > begin else [head]


def _further_texts(round_: Round, question: Question, count: int, begin: int) -> list[Action]:
    """Buttons for the texts before and after those shown."""
    pages = [
        (start, label)
        for start, label in ((begin - MOST_TEXTS, texts.SAID_BEFORE), (begin + MOST_TEXTS, texts.SAID_AFTER))
        if 0 <= start < count
    ]
    return [
        Action(
            name="results_text",
            label=label.format(first=start + 1, last=min(start + MOST_TEXTS, count), question=question.text)[
                :MOST_LABEL
            ],
            value=BETWEEN.join((round_.id, question.id, str(start))),
        )
        for start, label in pages
    ]


def _turn(name: str, place: str, start: int, label: str) -> Action:
    """A button to another page of the buttons of this place."""
    return Action(name=name, label=label, value=BETWEEN.join(filter(None, (place, str(start)))))


def _begin(skipped: str) -> int:
    """How many were on the pages before."""
    return int(skipped) if skipped.isdecimal() and len(skipped) <= MOST_DIGITS else 0


def short_label(column: Column) -> str:
    """A question's words as far as a button holds them; of a matrix the row's stay whole, for they tell the buttons apart."""
    if not column.row or len(column.label) <= MOST_LABEL:
        return column.label[:MOST_LABEL]
    room = max(MOST_LABEL - len(column.row_label) - len(texts.CUT_BEFORE), 0)
    return f"{column.source.text[:room]}{texts.CUT_BEFORE}{column.row_label}"


def _closed(services: Services, survey_id: str | None = None) -> list[Round]:
    return list(reversed(services.stores.surveys.list_rounds(State.CLOSED, survey_id)))


def _reading(request: Request, round_: Round) -> Reading | None:
    try:
        return reading_of(request.person, round_)
    except NotAllowed:
        return None


def _page_link(request: Request, services: Services, round_: Round) -> tuple[Action, ...]:
    """The page with the same, for chats; on the web one is there already."""
    base = public_address(services.settings)
    if request.channel == "web" or not base:
        return ()
    return (link_to(f"{base}/surveys/{quote(round_.id, safe='')}/results", texts.WEB),)


def _found(request: Request, services: Services, round_id: str) -> tuple[Round, Reading] | Reply:
    round_ = services.stores.surveys.find_round(round_id)
    if round_ is None:
        return refused(texts.NO_SUCH)
    try:
        return round_, reading_of(request.person, round_)
    except NotAllowed as problem:
        return turned_away(problem)


def _name(round_: Round) -> str:
    return f"{round_.definition.title} {round_.wave}".strip()
