"""Models of validated values in a third of the memory, for knowledge bases of a hundred thousand articles.

pydantic gives every model a dict of its own. An object whose attributes are set one by one keeps them in an array, their
names once for its class; but CPython learns a class's names from its first few objects alone. Whoever reads its `__dict__`
makes the dict after all, for good: pickling does, so these models are sent to other processes by their values. It also
leaves beside every text that it sends the same in UTF-8, for good: texts are sent as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


def share_names(model: type[M]) -> type[M]:
    """Decorate a model's class: its fields' names are learnt before there is any object, and pickling spares the dict."""
    slim(model, frozenset(), dict.fromkeys(model.model_fields))
    model.__reduce__ = _reduce  # type: ignore[method-assign, assignment]
    return model


def slim(model: type[M], fields_set: Set[str], values: Mapping[str, Any]) -> M:
    """A model of values that were validated; all of its fields, in their order. Nothing is checked."""
    made = model.__new__(model)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    object.__setattr__(made, "__pydantic_fields_set__", fields_set)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def _reduce(made: BaseModel) -> tuple[Any, ...]:
    model = type(made)
    values = tuple(_sent(getattr(made, name)) for name in model.model_fields)
    return _made_again, (model, made.__pydantic_fields_set__, values)


def _made_again(model: type[M], fields_set: Set[str], values: tuple[Any, ...]) -> M:
    return slim(model, fields_set, dict(zip(model.model_fields, map(_received, values), strict=True)))


def _sent(value: object) -> object:
    if type(value) is str and not value.isascii():
        return value.encode("utf-8", "surrogatepass")
    return tuple(map(_sent, value)) if type(value) is tuple else value


def _received(value: object) -> object:
    if type(value) is bytes:
        return value.decode("utf-8", "surrogatepass")
    return tuple(map(_received, value)) if type(value) is tuple else value
