"""What experts fill in: an answer, the 課 a question goes to, why it ends; and what is wrong with it."""

from __future__ import annotations

from bot.handlers.forms import is_filled, text_of
from bot.messages import Choice, Form, FormField, Request
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.asking.question import clean, holds_personal_number
from knowledge.editing.details import personal_details
from knowledge.learning.inquiry import MAX_ANSWER, MAX_TITLE, Inquiry

MOST_PHRASINGS = 10
MAX_PHRASING = 100
MAX_REASON = 300


def answer_form(request: Request, services: Services, inquiry: Inquiry, errors: dict[str, str]) -> Form:
    """The form for an answer, with what was filled in already and what is wrong with it."""
    about = services.seen_by(request.person).title_of(inquiry.article_id)
    choices = [Choice(value="new", label=texts.LEARN_NEW)]
    choices += [Choice(value="phrasing", label=texts.LEARN_PHRASING.format(title=about))] if about else []
    choices += [Choice(value="no", label=texts.LEARN_NOT)]
    return Form(
        name="inquiry_answer",
        title=texts.ANSWER_FORM_TITLE,
        intro=texts.ANSWER_FORM_INTRO.format(question=inquiry.question),
        fields=(
            FormField(
                id="answer",
                label=texts.ANSWER_TEXT,
                kind="long_text",
                required=True,
                value=text_of(request, "answer"),
                hint=texts.ANSWER_TEXT_HINT,
                error=errors.get("answer", ""),
                max_length=MAX_ANSWER,
            ),
            FormField(
                id="learn",
                label=texts.LEARN,
                kind="single",
                required=True,
                choices=tuple(choices),
                value=text_of(request, "learn") or "new",
                hint=texts.LEARN_HINT,
                error=errors.get("learn", ""),
            ),
            FormField(
                id="title",
                label=texts.TITLE,
                value=text_of(request, "title") or clean(inquiry.question)[:MAX_TITLE],
                hint=texts.TITLE_HINT,
                error=errors.get("title", ""),
                max_length=MAX_TITLE,
            ),
            FormField(
                id="phrasings",
                label=texts.PHRASINGS,
                kind="long_text",
                value=text_of(request, "phrasings"),
                hint=texts.PHRASINGS_HINT,
                error=errors.get("phrasings", ""),
                max_length=MOST_PHRASINGS * (MAX_PHRASING + 2),
            ),
        ),
        submit=texts.ANSWER_SEND,
        value=inquiry.id,
    )


def mistakes_in(request: Request) -> dict[str, str]:
    """What is wrong with a filled answer form, by field."""
    answer, title, learn = (text_of(request, field) for field in ("answer", "title", "learn"))
    errors = {}
    if not answer:
        errors["answer"] = texts.ANSWER_MISSING
    elif len(answer) > MAX_ANSWER:
        errors["answer"] = texts.ANSWER_TOO_LONG.format(limit=MAX_ANSWER, count=len(answer))
    elif holds_personal_number(clean(answer)):
        errors["answer"] = texts.NO_PERSONAL_NUMBER
    if learn not in ("new", "phrasing", "no"):
        errors["learn"] = texts.CHOICE_MISSING
    if learn == "new" and not title:
        errors["title"] = texts.TITLE_MISSING
    elif len(title) > MAX_TITLE:
        errors["title"] = texts.TITLE_TOO_LONG.format(limit=MAX_TITLE)
    return errors | _phrasing_mistakes(request)


def phrasings_in(request: Request) -> list[str]:
    """The other ways of asking, one a line."""
    return [line.strip() for line in text_of(request, "phrasings").split("\n") if clean(line)]


def move_form(inquiry: Inquiry, choices: tuple[Choice, ...], error: str) -> Form:
    """The form for the 課 a question is given to."""
    field = FormField(
        id="department", label=texts.MOVE_TO, kind="single", required=True, choices=choices, error=error
    )
    intro = texts.ANSWER_FORM_INTRO.format(question=inquiry.question)
    return Form(
        name="inquiry_move",
        title=texts.MOVE_FORM_TITLE,
        intro=intro,
        fields=(field,),
        submit=texts.MOVE_SEND,
        value=inquiry.id,
    )


def reason_mistake(request: Request, reason: str) -> str:
    """What is wrong with the reason sent; empty as long as none was asked for."""
    if len(reason) > MAX_REASON:
        return texts.REASON_TOO_LONG.format(limit=MAX_REASON, count=len(reason))
    return texts.CLOSE_REASON_MISSING if is_filled(request, "reason") and not reason else ""


def reason_field(label: str, reason: str, error: str, hint: str = "") -> FormField:
    """The field for why somebody ends or turns down what others asked."""
    return FormField(
        id="reason",
        label=label,
        required=True,
        value=reason[:MAX_REASON],
        hint=hint,
        error=error,
        max_length=MAX_REASON,
    )


def close_form(inquiry: Inquiry, reason: str, error: str) -> Form:
    """The form for the reason a question ends without an answer."""
    field = reason_field(texts.CLOSE_REASON, reason, error, texts.CLOSE_REASON_HINT)
    intro = texts.ANSWER_FORM_INTRO.format(question=inquiry.question)
    return Form(
        name="inquiry_close",
        title=texts.CLOSE_FORM_TITLE,
        intro=intro,
        fields=(field,),
        submit=texts.CLOSE_SEND,
        value=inquiry.id,
    )


def _phrasing_mistakes(request: Request) -> dict[str, str]:
    phrasings = phrasings_in(request)
    if any(holds_personal_number(clean(phrasing)) for phrasing in phrasings):
        return {"phrasings": texts.NO_PERSONAL_NUMBER}
    if len(phrasings) > MOST_PHRASINGS or any(len(phrasing) > MAX_PHRASING for phrasing in phrasings):
        return {"phrasings": texts.PHRASINGS_TOO_MANY.format(limit=MOST_PHRASINGS, length=MAX_PHRASING)}
    details = personal_details({"questions": "\n".join(phrasings)})
    return {"phrasings": details["questions"]} if details else {}
