"""A form's fields as input blocks, within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.messages import Choice, FormField, can_be_cleared, full_label, row_fields, short_hint, stands_open
from bot.slack.wording import Block, cut_or, is_blank, plain, shown
from bot.texts.ja import forms
from bot.texts.ja import slack as texts

MAX_LABEL = 2_000
MAX_OPTION = 75
MAX_OPTION_VALUE = 150
MAX_RADIO = 10
MAX_OPTIONS = 100
MAX_INPUT = 3_000
MAX_EXPLAINED = 3_000
ELEMENT = "value"
NOTHING = "dx-nothing"  # the value of the choice that takes an answer back: Slack knows no empty one


class FormTooLarge(ValueError):
    """A form that Slack cannot show; the text names the field."""


def input_blocks(field: FormField) -> Iterator[Block]:
    """One field: what its choices say in full where an option has no room for it, then its inputs."""
    if field.kind == "matrix":
        yield from _matrix(field)
        return
    if explained := _explained(field):
        yield explained
        field = _unexplained(field)
    yield _input(field, short_hint(field), _element(field))


def _matrix(field: FormField) -> Iterator[Block]:
    """A heading, then each row: radio buttons while they are few, else a menu in one line."""
    yield _heading(field.label)
    if not is_blank(field.hint):
        yield {"type": "context", "elements": [plain(field.hint, MAX_INPUT)]}
    if explained := _explained(field):
        yield explained
        field = _unexplained(field)
    menu = not stands_open(field)
    for row in row_fields(field):
        yield _input(row, row.hint, _single(row, menu=menu))


def _heading(text: str) -> Block:
    words = {"type": "text", "text": cut_or(text, MAX_INPUT, "-"), "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _explained(field: FormField) -> Block | None:
    """The choices in full, where a label or hint is longer than an option."""
    told = [text for choice in field.choices for text in (choice.label, choice.hint)]
    if all(len(shown(text)) <= MAX_OPTION for text in told) or sum(map(len, told)) > MAX_EXPLAINED:
        return None
    lines = [f"{choice.label}: {choice.hint}" if choice.hint else choice.label for choice in field.choices]
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": shown(line)}]} for line in lines
    ]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
    }


def _unexplained(field: FormField) -> FormField:
    choices = tuple(choice.model_copy(update={"hint": ""}) for choice in field.choices)
    return field.model_copy(update={"choices": choices})


def _input(field: FormField, hint: str, element: Block) -> Block:
    made: Block = {
        "type": "input",
        "block_id": field.id,
        "label": plain(full_label(field), MAX_LABEL),
        "optional": not field.required,
        "element": {"action_id": ELEMENT, **element},
    }
    if not is_blank(hint):
        made["hint"] = plain(hint, MAX_LABEL)
    return made


def _element(field: FormField) -> Block:
    match field.kind:
        case "text" | "long_text":
            return _typed(field)
        case "number":
            return _number(field)
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


def _number(field: FormField) -> Block:
    decimals = field.step is None or field.step != int(field.step)
    made: Block = {"type": "number_input", "is_decimal_allowed": decimals}
    for name, bound in (("min_value", field.minimum), ("max_value", field.maximum)):
        if bound is not None:
            made[name] = f"{bound:.10g}"
    return made | (_initial("initial_value", field) if _fits(field) else {})


def _fits(field: FormField) -> bool:
    """Whether Slack takes the value: it refuses a whole view for a number that is none, or out of bounds."""
    try:
        number = float(field.value if isinstance(field.value, str) else "")
    except ValueError:
        return False
    low = field.minimum is None or number >= field.minimum
    return low and (field.maximum is None or number <= field.maximum)


def _initial(name: str, field: FormField) -> Block:
    return {name: field.value[:MAX_INPUT]} if isinstance(field.value, str) and field.value else {}


def _single(field: FormField, *, menu: bool = False) -> Block:
    options = _options(field)
    chosen = next((option for option in options if option["value"] == field.value), None)
    initial = {"initial_option": chosen} if chosen else {}
    if can_be_cleared(field):
        options.append({"text": plain(forms.CLEAR, MAX_OPTION), "value": NOTHING})
    if len(options) <= MAX_RADIO and not menu:
        return {"type": "radio_buttons", "options": options} | initial
    return {"type": "static_select", "placeholder": plain(texts.CHOOSE, 150), **_offered(options)} | initial


def _multi(field: FormField) -> Block:
    options = _options(field)
    chosen = [option for option in options if option["value"] in field.value]
    initial: dict[str, Any] = {"initial_options": chosen} if chosen else {}
    if len(options) <= MAX_RADIO:
        return {"type": "checkboxes", "options": options} | initial
    most = {"max_selected_items": field.most} if field.most and len(chosen) <= field.most else {}
    made = {"type": "multi_static_select", "placeholder": plain(texts.CHOOSE, 150), **_offered(options)}
    return made | most | initial


def _offered(options: list[Block]) -> Block:
    """The options of a menu; more than a hundred stand in groups."""
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
    made: Block = {"text": plain(choice.label, MAX_OPTION), "value": choice.value}
    if not is_blank(choice.hint) and len(shown(choice.hint)) <= MAX_OPTION:
        made["description"] = plain(choice.hint, MAX_OPTION)
    return made
