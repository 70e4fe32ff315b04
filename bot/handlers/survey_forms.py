"""A round's pages as forms: the questions of one page, the confirmation, the receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.handlers.survey_seat import Seat, is_anonymous, until
from bot.messages import Action, Choice, Form, FormField, Paragraph, Reply, Table
from bot.texts.ja import surveys as texts
from surveys.answering import Filled, questions_on, shown_answers, visible_pages
from surveys.condition import Value
from surveys.question import Attribute, Kind, Question
from surveys.submission import Draft

_KINDS: Mapping[Kind, str] = {
    Kind.SINGLE: "single",
    Kind.MULTI: "multi",
    Kind.SCALE5: "scale",
    Kind.MATRIX: "matrix",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.SHORT_TEXT: "text",
    Kind.LONG_TEXT: "long_text",
}


def page_form(
    seat: Seat, draft: Draft, page: int, filled: Filled | None = None, errors: Mapping[str, str] | None = None
) -> Reply:
    """One page to fill in: with the draft's answers, or with what was `filled` and what is wrong with it."""
    definition, seen = seat.definition, visible_pages(seat.definition, draft.answers)
    step = seen.index(page) + 1
    fields = tuple(
        _field(seat, question, draft.answers.get(question.id), filled, (errors or {}).get(question.id, ""))
        for question in questions_on(definition, page, draft.answers)
    )
    back = (Action(name="survey_back", label=texts.BACK, value=seat.value(page)),) if step > 1 else ()
    save = Action(name="survey_save", label=texts.SAVE, value=seat.value(page))
    form = Form(
        name="survey_page",
        title=definition.pages[page].title or definition.title,
        fields=fields,
        submit=texts.NEXT if step < len(seen) else texts.CHECK,
        value=seat.value(page),
        actions=(*back, save),
        step=step,
        steps=len(seen) + 1,
    )
    return Reply(form=form, fleeting=definition.is_delicate)


def confirmation(seat: Seat, draft: Draft, notice: str = "") -> Reply:
    """What will be stored, to be sent by one press."""
    pages = len(seat.definition.pages)
    steps = len(visible_pages(seat.definition, draft.answers)) + 1
    form = Form(
        name="survey_submit",
        title=texts.CONFIRM_FORM,
        intro=notice or texts.CONFIRM_INTRO,
        fields=(),
        submit=texts.SEND,
        value=seat.value(draft.revision),
        actions=(
            Action(name="survey_back", label=texts.BACK, value=seat.value(pages)),
            Action(name="survey_save", label=texts.SAVE, value=seat.value(pages)),
        ),
        step=steps,
        steps=steps,
    )
    return Reply(
        title=texts.CONFIRM_TITLE,
        parts=_stored(seat, draft.answers),
        form=form,
        fleeting=seat.definition.is_delicate,
        in_message=_to_go_on(seat),
    )


def _to_go_on(seat: Seat) -> Reply:
    """What a message says of what no window could show and must not stand in one."""
    on = Action(name="survey_show", label=texts.GO_ON, value=seat.value(), opens_form=True)
    return Reply(title=seat.definition.title, parts=(Paragraph(text=texts.NO_WINDOW),), actions=(on,))


def receipt(seat: Seat, answers: Mapping[str, Value]) -> Reply:
    """What was stored. Of a delicate survey it stands on this page only; a message says that it was."""
    delicate, anonymous = seat.definition.is_delicate, is_anonymous(seat.round)
    edit = Action(name="survey_show", label=texts.EDIT, value=seat.value(), opens_form=True)
    short = [] if anonymous else [texts.RECEIPT_EDIT.format(until=until(seat.round.closes_at))]
    notes = [*([texts.RECEIPT_DELICATE] if delicate else []), *short]
    thanks = Paragraph(text=texts.THANKS[seat.definition.share])
    apart = texts.RECEIPT_APART_DELICATE if delicate else texts.RECEIPT_APART
    full = Reply(
        title=texts.RECEIPT_TITLE,
        parts=(Paragraph(text=texts.RECEIPT), *_stored(seat, answers), *_notes(notes), thanks),
        actions=() if anonymous else (edit,),
        fleeting=delicate,
    )
    said = (Paragraph(text=apart), *_notes([texts.RECEIPT_WHERE, *short] if short else []), thanks)
    in_message = full.model_copy(update={"parts": said, "fleeting": False})
    return full.model_copy(update={"in_message": in_message})


def _notes(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text=line, tone="note") for line in lines)


def _stored(seat: Seat, answers: Mapping[str, Value]) -> tuple[Table | Paragraph, ...]:
    rows = tuple(
        (question, words or texts.NO_ANSWER) for question, words in shown_answers(seat.definition, answers)
    )
    table = Table(caption=seat.definition.title, columns=texts.STORED_COLUMNS, rows=rows)
    if not seat.shown_attributes:
        return (table,)
    return (table, Paragraph(label=texts.ATTACHED, text=texts.added(seat.shown_attributes)))


def _field(
    seat: Seat, question: Question, value: Value | None, filled: Filled | None, error: str
) -> FormField:
    shown = _shown(question, value) if filled is None else _as_filled(question, filled)
    if value is None and filled is None and question.prefill is not None:
        shown = _prefilled(seat, question, question.prefill)
    return FormField(
        id=question.id,
        label=question.text,
        kind=_KINDS[question.type],
        required=question.required,
        choices=_choices(question),
        rows=tuple(Choice(value=row.id, label=row.label) for row in question.rows),
        value=shown,
        hint=question.hint,
        unit=question.unit,
        error=error,
        max_length=question.longest,
        minimum=question.minimum,
        maximum=question.maximum,
        step=question.step,
        most=question.most,
        exclusive=tuple(option.id for option in question.choices if option.id in question.alone),
    )


def _choices(question: Question) -> tuple[Choice, ...]:
    """What can be chosen; where several may be ticked, what stands alone comes last."""
    alone = question.alone if question.type is Kind.MULTI else ()
    ordered = sorted(question.choices, key=lambda option: option.id in alone)
    return tuple(Choice(value=option.id, label=option.label) for option in ordered)


def _shown(question: Question, value: Value | None) -> str | tuple[str, ...]:
    match value:
        case None:
            return ""
        case float() | int():
            return f"{value:g}"
        case str():
            return value
        case Mapping():
            return tuple(f"{question.id}.{row}={chosen}" for row, chosen in value.items())
        case _:
            return tuple(value)


def _as_filled(question: Question, filled: Filled) -> str | tuple[str, ...]:
    if question.type is Kind.MATRIX:
        names = [f"{question.id}.{row.id}" for row in question.rows]
        return tuple(f"{name}={filled[name]}" for name in names if filled.get(name))
    given: str | Sequence[str] = filled.get(question.id, "")
    return given if isinstance(given, str) else tuple(given)


def _prefilled(seat: Seat, question: Question, attribute: Attribute) -> str:
    """What the directory knows, where it is one of the options or the answer is free."""
    names = {department.id: department.name for department in seat.round.departments}
    ids = {
        Attribute.SECTION: seat.member.section_id,
        Attribute.DIVISION: seat.member.division_id,
        Attribute.ROLE: seat.member.role.value,
    }
    words = seat.member.role.label if attribute is Attribute.ROLE else names.get(ids[attribute], "")
    if not question.type.is_closed:
        return words
    return question.option_id(ids[attribute]) or question.option_id(words) or ""
