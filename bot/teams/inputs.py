"""A Form as the inputs of an Adaptive Card 1.5."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import Form, FormField, flat_fields
from bot.teams.press import button_data, choice_code, input_id
from bot.teams.render import Element, submit, text_block
from bot.teams.wording import plain, shorten
from bot.texts.ja import teams as texts

MAX_LABEL = 300


def form_elements(form: Form) -> Iterator[Element]:
    """The form: its title, what it is for, the inputs with their errors, the button that sends it."""
    yield text_block(form.title, weight="Bolder", size="Medium")
    if form.intro:
        yield text_block(form.intro)
    ids: set[str] = set()
    for field in flat_fields(form):
        if field.error:
            yield text_block(field.error, color="Attention")
        yield _input(field, ids)
        if field.hint:
            yield text_block(field.hint, isSubtle=True, size="Small")
    button = submit(form.submit, button_data(form.name, form.value, form=form)) | {"style": "positive"}
    yield {"type": "ActionSet", "actions": [button]}


def _input(field: FormField, ids: set[str]) -> Element:
    """The input. Teams refuses a whole card in which an id stands twice: the first of a name keeps it."""
    id_ = input_id(field)
    while id_ in ids:
        id_ += "'"
    ids.add(id_)
    element: Element = {"id": id_, "label": plain(shorten(field.label, MAX_LABEL)), **_kind(field)}
    if field.required:
        element |= {
            "isRequired": True,
            "errorMessage": plain(texts.REQUIRED.format(label=shorten(field.label, 60))),
        }
    return element


def _kind(field: FormField) -> Element:
    value = field.value if isinstance(field.value, str) else ""
    match field.kind:
        case "single" | "multi" | "scale" | "matrix":
            return _choices(field)
        case "number":
            number = _number(value)
            return {"type": "Input.Number"} | ({} if number is None else {"value": number})
        case "date":
            return {"type": "Input.Date"} | ({"value": value} if value else {})
        case "text" | "long_text":
            element: Element = {
                "type": "Input.Text",
                "maxLength": field.max_length,
                "isMultiline": field.kind == "long_text",
            }
            return element | ({"value": plain(value)} if value else {})


def _choices(field: FormField) -> Element:
    chosen = (field.value,) if isinstance(field.value, str) else field.value
    element: Element = {
        "type": "Input.ChoiceSet",
        "isMultiSelect": field.kind == "multi",
        "style": "expanded" if len(field.choices) <= 7 or field.kind == "multi" else "compact",
        "wrap": True,
        "choices": [
            {"title": plain(shorten(choice.label, MAX_LABEL)), "value": choice_code(choice.value)}
            for choice in field.choices
        ],
    }
    value = ",".join(choice_code(one) for one in chosen if one)
    return element | ({"value": value} if value else {})


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
