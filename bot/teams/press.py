"""What a button carries, written onto cards and read back from untrusted values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.messages import Form, FormField, flat_fields
from bot.teams.wording import unmarked

KEY = "dxbot"
INPUT = "f."
MAX_VALUE = 2000
NOTHING = "%"  # the code of the choice that takes an answer back: `choice_code` makes no such one

Text = Annotated[str, Field(max_length=MAX_VALUE)]


class Press(BaseModel):
    """A pressed button: the router's name and value, the page wanted, and a form's fields.

    A button of a `form` names its fields by what they hold (`single`, `multi`, `typed`): Teams leaves out what is not
    filled in.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    value: Text = ""
    text: Text = ""
    page: Annotated[int, Field(ge=0, le=1000)] = 0
    single: tuple[Text, ...] = ()
    multi: tuple[Text, ...] = ()
    typed: tuple[Text, ...] = ()
    form: bool = False
    values: dict[str, str | list[str]] = {}


def button_data(
    name: str, value: str, *, text: str = "", page: int = 0, form: Form | None = None
) -> dict[str, Any]:
    """The `data` of an action."""
    told: dict[str, Any] = {"name": name, "value": value}
    if text:
        told["text"] = text
    if page:
        told["page"] = page
    if form is not None:
        fields = flat_fields(form)
        told["form"] = True
        told["single"] = [field.id for field in fields if field.kind in ("single", "scale")]
        told["multi"] = [field.id for field in fields if field.kind == "multi"]
        told["typed"] = [field.id for field in fields if field.kind not in ("single", "scale", "multi")]
    return {KEY: told}


def input_id(field: FormField) -> str:
    """The id of a field's input: never the same as a key of ours or of Teams."""
    return INPUT + field.id


def choice_code(value: str) -> str:
    """A choice's value as an input carries it: several are joined by commas, so that none may hold one."""
    return quote(value, safe="", errors="replace")


def read_press(data: object) -> Press | None:
    """The press in an action's data; None when it is none of ours."""
    if not isinstance(data, Mapping) or not isinstance(data.get(KEY), Mapping):
        return None
    told = {key: tuple(item) if isinstance(item, list) else item for key, item in data[KEY].items()}
    try:
        press = Press.model_validate({**told, "values": {}})
    except ValidationError:
        return None
    return press.model_copy(update={"values": _values(press, data)})


def _values(press: Press, data: Mapping[str, Any]) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = dict.fromkeys((*press.single, *press.typed), "")
    values |= {field: [] for field in press.multi}
    for key, told in data.items():
        if not key.startswith(INPUT) or isinstance(told, bool) or not isinstance(told, str | int | float):
            continue
        field = key.removeprefix(INPUT)
        text = told if isinstance(told, str) else f"{told:.15g}"
        if field in press.multi:
            values[field] = [unquote(code) for code in text.split(",") if code]
        elif field in press.single:
            values[field] = "" if text == NOTHING else unquote(text)
        else:
            values[field] = unmarked(text).replace("\r\n", "\n")
    return values
