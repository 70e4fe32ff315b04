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


_PLAIN = {
    "missing": texts.FIELD_MISSING,
    "string_type": texts.FIELD_NOT_TEXT,
    "string_too_short": texts.FIELD_EMPTY,
    "too_short": texts.FIELD_EMPTY,
    "tuple_type": texts.FIELD_NOT_LIST,
    "list_type": texts.FIELD_NOT_LIST,
    "dict_type": texts.FIELD_NOT_MAPPING,
    "model_type": texts.FIELD_NOT_MAPPING,
    "model_attributes_type": texts.FIELD_NOT_MAPPING,
    "finite_number": texts.FIELD_NOT_FINITE,
    "string_pattern_mismatch": texts.FIELD_PATTERN,
}


def _say(kind: str, message: str, context: dict[str, object], model: type[BaseModel]) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "extra_forbidden":
        return texts.field_unknown(list(model.model_fields))
    if kind in {"enum", "literal_error"}:
        return texts.field_choice(str(context.get("expected", "")))
    if kind in {"string_too_long", "too_long"}:
        return texts.field_too_long(str(context.get("max_length", "")))
    if kind in {"greater_than", "greater_than_equal", "less_than_equal"}:
        return texts.field_range(str(context.get("ge", context.get("gt", ""))), str(context.get("le", "")))
    if kind.startswith(("date", "float", "int", "bool")):
        return texts.field_value(kind.split("_", maxsplit=1)[0])
    return message.removeprefix("Value error, ")
