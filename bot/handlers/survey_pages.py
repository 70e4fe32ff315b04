"""Answering page by page: each page is kept as a draft, and one press sends what was shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.refusing import refused
from bot.handlers.survey_beginning import first_answers
from bot.handlers.survey_following import keep_and_follow
from bot.handlers.survey_forms import confirmation, page_form, receipt
from bot.handlers.survey_seat import Seat, closed_reply, is_anonymous, place_in, seat_at, until
from bot.messages import Action, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import surveys as texts
from surveys.answering import PageRead, UnknownField, read_page, still_wrong, visible_pages, without_hidden
from surveys.condition import Value
from surveys.store import Kept
from surveys.submission import Draft, Submission


def show_page(request: Request, services: Services) -> Reply:
    """The page to go on with, or the one named in the value."""
    seat = seat_at(request, services)
    if isinstance(seat, Reply):
        return seat
    draft = _draft(seat)
    if draft is None:
        return _no_draft(seat)
    wanted = place_in(request.value)
    return _at(seat, draft, draft.page if wanted < 0 else wanted)


def fill_page(request: Request, services: Services) -> Reply:
    """Keep a filled page and show the next one; with mistakes, the same page again."""
    return _keep(request, services, 1)


def back(request: Request, services: Services) -> Reply:
    """Keep what is filled in so far and show the page before; before the first one stands the list."""
    return _keep(request, services, -1)


def save(request: Request, services: Services) -> Reply:
    """Keep what is filled in so far, to go on later."""
    return _keep(request, services, 0)


def submit(request: Request, services: Services) -> Reply:
    """Store what the confirmation showed. Sent again, it says so; changed elsewhere meanwhile, it is shown again."""
    seat = seat_at(request, services)
    if isinstance(seat, Reply):
        return seat
    store = services.stores.surveys
    draft = store.find_draft(seat.round.id, seat.member.person_id)
    if draft is None and not store.has_answered(seat.round.id, seat.member.person_id):
        draft = _draft(seat)
    if draft is None:
        return _no_draft(seat)
    if open_questions := still_wrong(seat.definition, draft.answers):
        errors = {question.id: texts.REQUIRED for question in open_questions}
        return page_form(seat, draft, _page_of(seat, open_questions[0].id), errors=errors)
    if draft.revision != place_in(request.value):
        return confirmation(seat, draft, texts.CHANGED_ELSEWHERE)
    submission = Submission(
        round_id=seat.round.id,
        person_id=seat.member.person_id,
        revision=draft.revision,
        sent_at=services.clock(),
        attributes=seat.attributes,
        answers=without_hidden(seat.definition, draft.answers),
    )
    return _told(seat, submission, keep_and_follow(services, seat.round, request.person, submission))


def _told(seat: Seat, submission: Submission, kept: Kept) -> Reply:
    match kept:
        case Kept.STORED:
            return receipt(seat, submission.answers)
        case Kept.CLOSED:
            return closed_reply(seat.services, seat.round, seat.member.person_id)
        case Kept.NOT_ASKED:
            return refused(texts.NOT_ASKED.format(title=seat.definition.title))
        case Kept.ALREADY if not is_anonymous(seat.round):
            return receipt(seat, submission.answers)
        case Kept.ALREADY:
            return _no_draft(seat)
        case Kept.STALE:
            edit = Action(name="survey_show", label=texts.EDIT, value=seat.value(), opens_form=True)
            return Reply(parts=(Paragraph(text=texts.STALE, tone="warning"),), actions=(edit,))


def _keep(request: Request, services: Services, direction: int) -> Reply:
    seat = seat_at(request, services)
    if isinstance(seat, Reply):
        return seat
    page, pages = place_in(request.value), len(seat.definition.pages)
    draft = _draft(seat)
    if draft is None:
        return _no_draft(seat)
    if page == pages:
        return _turned(seat, draft, page, direction)
    if page not in visible_pages(seat.definition, draft.answers):
        return _at(seat, draft, draft.page)
    try:
        read = read_page(seat.definition, page, request.values, draft.answers, lenient=direction <= 0)
    except UnknownField as unknown:
        return refused(str(unknown))
    if read.errors:
        return _mended(seat, draft, page, read)
    kept = services.stores.surveys.change_draft(
        seat.round.id,
        seat.member.person_id,
        lambda found: _merged(seat, found, read.answers, page, direction),
    )
    return _no_draft(seat) if kept is None else _turned(seat, kept, page, direction)


def _merged(
    seat: Seat, draft: Draft, answers: Mapping[str, Value | None], page: int, direction: int
) -> Draft:
    """The draft with a page's answers in the place of those before, and the page to go on with."""
    merged = {name: value for name, value in {**draft.answers, **answers}.items() if value is not None}
    return draft.model_copy(
        update={"answers": merged, "page": _next(seat, merged, page, direction) if direction else page}
    )


def _next(seat: Seat, answers: Mapping[str, Value], page: int, direction: int) -> int:
    """The next page with a question, before or behind; -1 before the first one, the number of pages behind the last."""
    seen = visible_pages(seat.definition, answers)
    if direction > 0:
        return next((one for one in seen if one > page), len(seat.definition.pages))
    return next((one for one in reversed(seen) if one < page), -1)


def _turned(seat: Seat, draft: Draft, page: int, direction: int) -> Reply:
    if direction == 0:
        return _saved(seat)
    return _at(seat, draft, _next(seat, draft.answers, page, direction))


def _at(seat: Seat, draft: Draft, page: int) -> Reply:
    seen = visible_pages(seat.definition, draft.answers)
    if page >= len(seat.definition.pages):
        return confirmation(seat, draft)
    return page_form(
        seat, draft, page if page in seen else next((one for one in seen if one > page), seen[0])
    )


def _mended(seat: Seat, draft: Draft, page: int, read: PageRead) -> Reply:
    """The page again, as it was filled in; a personal number is not repeated."""
    values = seat.request.values
    if not read.personal_number:
        return page_form(seat, draft, page, values, read.errors)
    clean = {
        name: "" if read.errors.get(name) == texts.PERSONAL_NUMBER else value
        for name, value in values.items()
    }
    errors = {
        name: f"{text}{texts.STILL_IN_CHAT.get(seat.request.channel, '')}"
        if text == texts.PERSONAL_NUMBER
        else text
        for name, text in read.errors.items()
    }
    return page_form(seat, draft, page, clean, errors)


def _draft(seat: Seat) -> Draft | None:
    first = first_answers(seat)

    def begun(draft: Draft) -> Draft:
        is_new = draft.revision == 1 and not draft.answers
        return draft.model_copy(update={"answers": first}) if is_new else draft

    return seat.services.stores.surveys.change_draft(seat.round.id, seat.member.person_id, begun)


def _no_draft(seat: Seat) -> Reply:
    """Nothing is under way: it was sent before, or the round has closed in this very moment."""
    store = seat.services.stores.surveys
    if is_anonymous(seat.round) and store.has_answered(seat.round.id, seat.member.person_id):
        return Reply(parts=(Paragraph(text=texts.ANONYMOUS_ALREADY.format(title=seat.definition.title)),))
    stored = store.find_submission(seat.round.id, seat.member.person_id)
    return (
        closed_reply(seat.services, seat.round, seat.member.person_id)
        if stored is None
        else receipt(seat, stored.answers)
    )


def _saved(seat: Seat) -> Reply:
    text = texts.SAVED.format(title=seat.definition.title, until=until(seat.round.closes_at))
    go_on = Action(name="survey_show", label=texts.GO_ON, value=seat.value(), opens_form=True)
    return Reply(title=texts.SAVED_TITLE, parts=(Paragraph(text=text),), actions=(go_on,))


def _page_of(seat: Seat, question_id: str) -> int:
    pages = seat.definition.pages
    return next(at for at, page in enumerate(pages) if any(one.id == question_id for one in page.questions))
