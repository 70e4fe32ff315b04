"""A Form as the inputs of an Adaptive Card 1.5."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import (
    Choice,
    Form,
    FormField,
    can_be_cleared,
    full_label,
    row_fields,
    short_hint,
    stands_open,
)
from bot.teams.press import NOTHING, button_data, choice_code, input_id
from bot.teams.render import MAX_ACTIONS, Element, submit, text_block
from bot.teams.wording import plain, shorten
from bot.texts.ja import forms
from bot.texts.ja import teams as texts

MAX_LABEL = 300
MOST_EXPANDED = 7


def form_elements(form: Form) -> Iterator[Element]:
    """The form: its title and page, what it is for, the inputs with their errors, the buttons that send it."""
    yield text_block(form.title, weight="Bolder", size="Medium")
    if form.steps > 1:
        yield text_block(forms.page_of(form.step, form.steps), isSubtle=True, size="Small")
    if form.intro:
        yield text_block(form.intro)
    ids: set[str] = set()
    for field in form.fields:
        yield from _matrix(form, field, ids) if field.kind == "matrix" else _field(form, field, ids)
    buttons = [submit(form.submit, button_data(form.name, form.value, form=form)) | {"style": "positive"}]
    buttons += [
        submit(action.label, button_data(action.name, action.value, form=form)) for action in form.actions
    ]
    for start in range(0, len(buttons), MAX_ACTIONS):
        yield {"type": "ActionSet", "actions": buttons[start : start + MAX_ACTIONS]}


def _field(form: Form, field: FormField, ids: set[str]) -> Iterator[Element]:
    if field.error:
        yield text_block(field.error, color="Attention", weight="Bolder")
    yield _input(form, field, ids)
    if hint := short_hint(field):
        yield text_block(hint, isSubtle=True, size="Small")


def _matrix(form: Form, field: FormField, ids: set[str]) -> Iterator[Element]:
    """A heading, what the choices mean where they say it, and each row: its choices while they are few, else a menu."""
    yield text_block(field.label, weight="Bolder")
    if field.hint:
        yield text_block(field.hint, isSubtle=True, size="Small")
    for choice in field.choices:
        if choice.hint:
            yield text_block(f"{choice.label}: {choice.hint}", isSubtle=True, size="Small")
    bare = tuple(choice.model_copy(update={"hint": ""}) for choice in field.choices)
    compact = not stands_open(field)
    for row in row_fields(field.model_copy(update={"choices": bare})):
        if row.error:
            yield text_block(row.error, color="Attention", weight="Bolder")
        yield _input(form, row, ids, compact=compact)
        if row.hint:
            yield text_block(row.hint, isSubtle=True, size="Small")


def _input(form: Form, field: FormField, ids: set[str], *, compact: bool = False) -> Element:
    """The input. Teams refuses a whole card in which an id stands twice: the first of a name keeps it."""
    id_ = input_id(field)
    while id_ in ids:
        id_ += "'"
    ids.add(id_)
    label = full_label(field)
    element: Element = {"id": id_, "label": plain(shorten(label, MAX_LABEL)), **_kind(field, compact)}
    if field.required and form.actions:
        # Teams would hold back the other buttons too until it is filled in: the mark is ours, the check the server's.
        element["label"] = plain(shorten(label, MAX_LABEL) + forms.REQUIRED)
    elif field.required:
        element |= {
            "isRequired": True,
            "errorMessage": plain(texts.REQUIRED.format(label=shorten(field.label, 60))),
        }
    return element


def _kind(field: FormField, compact: bool) -> Element:
    value = field.value if isinstance(field.value, str) else ""
    match field.kind:
        case "single" | "multi" | "scale" | "matrix":
            return _choices(field, compact)
        case "number":
            return _number(field, value)
        case "date":
            return {"type": "Input.Date"} | ({"value": value} if value else {})
        case "text" | "long_text":
            element: Element = {
                "type": "Input.Text",
                "maxLength": field.max_length,
                "isMultiline": field.kind == "long_text",
            }
            return element | ({"value": plain(value)} if value else {})


def _choices(field: FormField, compact: bool) -> Element:
    chosen = (field.value,) if isinstance(field.value, str) else field.value
    few = len(field.choices) <= MOST_EXPANDED or field.kind == "multi" or any(c.hint for c in field.choices)
    element: Element = {
        "type": "Input.ChoiceSet",
        "isMultiSelect": field.kind == "multi",
        "style": "expanded" if few and not compact else "compact",
        "wrap": True,
        "choices": [_choice(choice) for choice in field.choices],
    }
    if element["style"] == "compact":
        element["placeholder"] = texts.CHOOSE
    if can_be_cleared(field):
        element["choices"].append({"title": forms.CLEAR, "value": NOTHING})
    value = ",".join(choice_code(one) for one in chosen if one)
    return element | ({"value": value} if value else {})


def _choice(choice: Choice) -> Element:
    said = f"{choice.label}: {choice.hint}" if choice.hint else choice.label
    return {"title": plain(shorten(said, MAX_LABEL)), "value": choice_code(choice.value)}


def _number(field: FormField, value: str) -> Element:
    element: Element = {"type": "Input.Number"}
    for name, bound in (("min", field.minimum), ("max", field.maximum)):
        if bound is not None:
            element[name] = bound
    try:
        number = float(value)
    except ValueError:
        return element
    return element | {"value": number}
