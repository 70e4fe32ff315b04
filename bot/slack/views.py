"""Modals: a reply to read, or a form to fill in, within Slack's limits for views."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.messages import Form, FormField, Reply, flat_fields, row_id
from bot.slack.inputs import ELEMENT, MAX_INPUT, MAX_LABEL, NOTHING, FormTooLarge, input_blocks
from bot.slack.render import blocks, button_blocks
from bot.slack.wording import Block, cut, cut_or, is_blank, plain, shown
from bot.texts.ja import forms
from bot.texts.ja import slack as texts

MAX_BLOCKS = 100
MAX_CHARACTERS = 40_000  # Slack refuses views of 250 KB; a character of Japanese is six bytes at most
MAX_TITLE = 24
FORM_VIEW = "dx-form"
REPLY_VIEW = "dx-reply"
FORM_ACTIONS = "dx-form-actions-"

Values = dict[str, str | list[str]]


def reply_view(reply: Reply) -> Block:
    """A reply to read. Its form, if any, is shown by `form_view`."""
    made = blocks(reply, MAX_BLOCKS, most_tables=0, characters=MAX_CHARACTERS)
    return _view(REPLY_VIEW, texts.PRODUCT, made)


def form_view(form: Form, said: Sequence[Block] = ()) -> Block:
    """A form to fill in below what is `said` with it, the other ways on as buttons. Raises FormTooLarge."""
    ways = button_blocks(form.actions)
    made = [
        *_head(form),
        *said,
        *([] if is_blank(form.intro) else [{"type": "section", "text": plain(form.intro, MAX_INPUT)}]),
        *(block for field in form.fields for block in input_blocks(field)),
        *(block | {"block_id": f"{FORM_ACTIONS}{place}"} for place, block in enumerate(ways)),
    ]
    if len(made) > MAX_BLOCKS:
        raise FormTooLarge(form.name)
    metadata = json.dumps({"name": form.name, "value": form.value}, ensure_ascii=False)
    if len(metadata) > MAX_INPUT:
        raise FormTooLarge(form.name)
    view = _view(FORM_VIEW, form.title, made or [{"type": "divider"}])
    return view | {"submit": plain(form.submit, MAX_TITLE, texts.SUBMIT), "private_metadata": metadata}


def reply_form_view(reply: Reply) -> Block:
    """A reply's form, below its other parts. Raises FormTooLarge."""
    assert reply.form is not None  # noqa: S101 (the caller's condition)
    words = reply.model_copy(update={"form": None, "actions": ()})
    others = button_blocks(reply.actions, start=len(reply.form.actions))
    room = MAX_BLOCKS - len(form_view(reply.form)["blocks"]) - len(others)
    is_said = room > 0 and (reply.title or reply.parts)
    said = blocks(words, room, most_tables=0, characters=MAX_CHARACTERS) if is_said else []
    view = form_view(reply.form, said)
    return view | {"blocks": [*view["blocks"], *others][:MAX_BLOCKS]}


def carries_values(action: Mapping[str, Any]) -> bool:
    """Whether a pressed button of a form takes what is filled in along."""
    return str(action.get("block_id", "")).startswith(FORM_ACTIONS)


def _head(form: Form) -> Iterator[Block]:
    """Which page this is, and the title where the window's own has no room for it."""
    told = [form.title] if len(shown(form.title)) > MAX_TITLE else []
    told += [forms.page_of(form.step, form.steps)] if form.steps > 1 else []
    if told:
        yield {"type": "context", "elements": [plain("　".join(told), MAX_INPUT)]}


def refilled(form: Form, values: Mapping[str, str | Sequence[str]]) -> Form:
    """The form as it was filled in, with what is wrong told at the top."""
    fields = tuple(_refilled(field, values) for field in form.fields)
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
    return {field: _value(entry[ELEMENT]) for field, entry in state.items() if ELEMENT in entry}


def errors_of(form: Form) -> dict[str, str]:
    """The message of every wrong field, where Slack shows it."""
    return {field.id: cut_or(field.error, MAX_LABEL, "-") for field in flat_fields(form) if field.error}


def _refilled(field: FormField, values: Mapping[str, str | Sequence[str]]) -> FormField:
    if field.kind == "matrix":
        names = [row_id(field, row) for row in field.rows]
        if any(name in values for name in names):
            chosen = tuple(f"{name}={values[name]}" for name in names if values.get(name))
            return field.model_copy(update={"value": chosen})
        return field
    value = values.get(field.id, field.value)
    return field.model_copy(update={"value": value if isinstance(value, str) else tuple(value)})


def _view(callback_id: str, title: str, made: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(cut(title, MAX_TITLE), MAX_TITLE, texts.PRODUCT),
        "close": plain(texts.CLOSE, MAX_TITLE),
        "blocks": made,
    }


def _value(entry: Mapping[str, Any]) -> str | list[str]:
    if "selected_options" in entry:
        return [str(option["value"]) for option in entry["selected_options"] or []]
    if "selected_option" in entry:
        value = str((entry["selected_option"] or {}).get("value", ""))
        return "" if value == NOTHING else value
    if "selected_date" in entry:
        return str(entry["selected_date"] or "")
    return str(entry.get("value") or "")
