"""What is wrong with a record that people wrote, in words they can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ValidationError

from bot.texts.ja import importing as texts

Location = tuple[str | int, ...]


def list_mistakes(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Location, str]]:
    """Each mistake of a record: where in it, and what to do."""
    for detail in error.errors(include_url=False):
        yield tuple(detail["loc"]), _say(detail["type"], detail["msg"], detail.get("ctx", {}), model)


def field_name(location: Iterable[str | int]) -> str:
    """A location as people name it: figures 2番目 value."""
    return " ".join(f"{part + 1}番目" if isinstance(part, int) else part for part in location)


def _say(kind: str, message: str, context: dict[str, object], model: type[BaseModel]) -> str:
    if kind == "missing":
        return texts.FIELD_MISSING
    if kind == "extra_forbidden":
        return texts.field_unknown(list(model.model_fields))
    if kind == "string_type":
        return texts.FIELD_NOT_TEXT
    if kind in {"string_too_short", "too_short"}:
        return texts.FIELD_EMPTY
    if kind in {"tuple_type", "list_type"}:
        return texts.FIELD_NOT_LIST
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return texts.FIELD_NOT_MAPPING
    if kind in {"enum", "literal_error"}:
        return texts.field_choice(str(context.get("expected", "")))
    if kind.startswith(("date", "float", "int")):
        return texts.field_value(kind.split("_", maxsplit=1)[0])
    return message.removeprefix("Value error, ")
