"""What a button carries, written onto cards and read back from untrusted values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.messages import Form, FormField, flat_fields

KEY = "dxbot"
INPUT = "f."
MAX_VALUE = 2000

Text = Annotated[str, Field(max_length=MAX_VALUE)]


class Press(BaseModel):
    """A pressed button: the router's name and value, the page wanted, and a form's fields."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    value: Text = ""
    text: Text = ""
    page: Annotated[int, Field(ge=0, le=1000)] = 0
    single: tuple[Text, ...] = ()
    multi: tuple[Text, ...] = ()
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
        told["single"] = [field.id for field in flat_fields(form) if field.kind in ("single", "scale")]
        told["multi"] = [field.id for field in form.fields if field.kind == "multi"]
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
    values: dict[str, str | list[str]] = {}
    for key, told in data.items():
        if not key.startswith(INPUT) or not isinstance(told, str | int | float):
            continue
        field, text = key.removeprefix(INPUT), str(told)
        if field in press.multi:
            values[field] = [unquote(code) for code in text.split(",") if code]
        else:
            values[field] = unquote(text) if field in press.single else text
    return values
