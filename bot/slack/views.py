"""Modals: a reply to read, or a form to fill in, within Slack's limits for views."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.messages import Choice, Form, FormField, Reply, flat_fields
from bot.slack.render import blocks
from bot.slack.wording import Block, cut_or, is_blank, plain
from bot.texts.ja import slack as texts

MAX_BLOCKS = 100
MAX_TITLE = 24
MAX_LABEL = 2_000
MAX_OPTION = 75
MAX_OPTION_VALUE = 150
MAX_RADIO = 10
MAX_OPTIONS = 100
MAX_INPUT = 3_000
FORM_VIEW = "dx-form"
REPLY_VIEW = "dx-reply"
ELEMENT = "value"

Values = dict[str, str | list[str]]


class FormTooLarge(ValueError):
    """A form that Slack cannot show; the text names the field."""


def reply_view(reply: Reply) -> Block:
    """A reply to read. Its form, if any, is shown by `form_view`."""
    return _view(REPLY_VIEW, texts.PRODUCT, blocks(reply, MAX_BLOCKS, most_tables=0))


def form_view(form: Form) -> Block:
    """A form to fill in. Raises FormTooLarge."""
    intro = [] if is_blank(form.intro) else [{"type": "section", "text": plain(form.intro, 3_000)}]
    made = [*intro, *(_input(field) for field in flat_fields(form))]
    if len(made) > MAX_BLOCKS:
        raise FormTooLarge(form.name)
    metadata = json.dumps({"name": form.name, "value": form.value}, ensure_ascii=False)
    if len(metadata) > MAX_INPUT:
        raise FormTooLarge(form.name)
    view = _view(FORM_VIEW, form.title, made)
    return view | {"submit": plain(form.submit, MAX_TITLE, texts.SUBMIT), "private_metadata": metadata}


def refilled(form: Form, values: Mapping[str, str | Sequence[str]]) -> Form:
    """The form as it was filled in, with what is wrong told at the top."""
    fields = tuple(_refilled(field, values.get(field.id, field.value)) for field in form.fields)
    wrong = [texts.field_error(field.label, field.error) for field in form.fields if field.error]
    return form.model_copy(
        update={"intro": "\n".join([*wrong, *([form.intro] if form.intro else [])]), "fields": fields}
    )


def form_of(view: Mapping[str, Any]) -> tuple[str, str]:
    """The name and value of the form that a submitted view is."""
    kept = json.loads(view.get("private_metadata") or "{}")
    return str(kept.get("name", "")), str(kept.get("value", ""))


def values_of(view: Mapping[str, Any]) -> Values:
    """What was filled in, by field; a field left empty is an empty text or list."""
    state = (view.get("state") or {}).get("values") or {}
    return {field: _value(entry.get(ELEMENT) or {}) for field, entry in state.items()}


def _refilled(field: FormField, value: str | Sequence[str]) -> FormField:
    return field.model_copy(update={"value": value if isinstance(value, str) else tuple(value)})


def errors_of(form: Form) -> dict[str, str]:
    """The message of every wrong field, where Slack shows it."""
    return {field.id: cut_or(field.error, MAX_LABEL, "-") for field in form.fields if field.error}


def _view(callback_id: str, title: str, made: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MAX_TITLE, texts.PRODUCT),
        "close": plain(texts.CLOSE, MAX_TITLE),
        "blocks": made,
    }


def _input(field: FormField) -> Block:
    made: Block = {
        "type": "input",
        "block_id": field.id,
        "label": plain(field.label, MAX_LABEL),
        "optional": not field.required,
        "element": {"action_id": ELEMENT, **_element(field)},
    }
    if not is_blank(field.hint):
        made["hint"] = plain(field.hint, MAX_LABEL)
    return made


def _element(field: FormField) -> Block:
    match field.kind:
        case "text" | "long_text":
            return _typed(field)
        case "number":
            return {"type": "number_input", "is_decimal_allowed": True} | _initial("initial_value", field)
        case "date":
            return {"type": "datepicker"} | _initial("initial_date", field)
        case "single" | "scale" | "matrix":
            return _single(field)
        case "multi":
            return _multi(field)


def _typed(field: FormField) -> Block:
    made: Block = {"type": "plain_text_input", "max_length": min(max(field.max_length, 1), MAX_INPUT)}
    if field.kind == "long_text":
        made["multiline"] = True
    return made | _initial("initial_value", field)


def _initial(name: str, field: FormField) -> Block:
    return {name: field.value[:MAX_INPUT]} if isinstance(field.value, str) and field.value else {}


def _single(field: FormField) -> Block:
    chosen = next((choice for choice in field.choices if choice.value == field.value), None)
    initial = {"initial_option": _option(field, chosen)} if chosen else {}
    if len(field.choices) <= MAX_RADIO:
        return {"type": "radio_buttons", "options": _options(field)} | initial
    return {"type": "static_select", **_offered(field)} | initial


def _multi(field: FormField) -> Block:
    chosen = [choice for choice in field.choices if choice.value in field.value]
    initial = {"initial_options": [_option(field, choice) for choice in chosen]} if chosen else {}
    if len(field.choices) <= MAX_RADIO:
        return {"type": "checkboxes", "options": _options(field)} | initial
    return {"type": "multi_static_select", **_offered(field)} | initial


def _offered(field: FormField) -> Block:
    """The options of a menu; more than a hundred stand in groups."""
    options = _options(field)
    if len(options) <= MAX_OPTIONS:
        return {"options": options}
    groups = [options[at : at + MAX_OPTIONS] for at in range(0, len(options), MAX_OPTIONS)]
    return {
        "option_groups": [
            {"label": plain(texts.option_group(number), MAX_OPTION), "options": group}
            for number, group in enumerate(groups, 1)
        ]
    }


def _options(field: FormField) -> list[Block]:
    if not field.choices:
        raise FormTooLarge(field.id)
    return [_option(field, choice) for choice in field.choices]


def _option(field: FormField, choice: Choice) -> Block:
    if not 0 < len(choice.value) <= MAX_OPTION_VALUE:
        raise FormTooLarge(field.id)
    return {"text": plain(choice.label, MAX_OPTION), "value": choice.value}


def _value(entry: Mapping[str, Any]) -> str | list[str]:
    if "selected_options" in entry:
        return [str(option["value"]) for option in entry["selected_options"] or []]
    if "selected_option" in entry:
        return str((entry["selected_option"] or {}).get("value", ""))
    if "selected_date" in entry:
        return str(entry["selected_date"] or "")
    return str(entry.get("value") or "")
