"""YAML: a list of articles under `articles:`; document, edition and owner beside it hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.texts.ja import importing as texts
from bot.written.safe_yaml import YamlDocument, YamlError, load_yaml
from knowledge.importing.records import FIELDS, Record, Value
from knowledge.importing.result import ImportFailed

SHARED = ("document", "section", "edition", "owner", "kind", "review_on", "openness", "visible_to")


def read_yaml_file(name: str, text: str, largest: int) -> Iterator[Record]:
    """The records of a file of at most `largest` bytes. Raises ImportFailed when the file is no such list."""
    try:
        document = load_yaml(text, largest)
    except YamlError as error:
        raise ImportFailed([texts.import_error(texts.file_line(name, error.line), "", str(error))]) from None
    top = {"articles": document.value} if isinstance(document.value, list) else document.value
    if not isinstance(top, dict) or not isinstance(top.get("articles"), list):
        raise ImportFailed([texts.import_error(texts.file_line(name, 1), "", texts.PACK_NO_ARTICLES)])
    listed = isinstance(document.value, dict)
    shared = _fields(
        {key: value for key, value in top.items() if key != "articles"}, SHARED, name, document, ()
    )
    for place, value in enumerate(top["articles"]):
        at = ("articles", place) if listed else (place,)
        line = texts.file_line(name, document.line(at))
        try:
            own = _fields(value, FIELDS, name, document, at)
        except ImportFailed as error:
            yield Record(line, {}, faults=error.errors)
        else:
            yield Record(line, {**shared, **own})


def _fields(
    value: Any, known: tuple[str, ...], file: str, document: YamlDocument, at: tuple[str | int, ...]
) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise ImportFailed(
            [texts.import_error(texts.file_line(file, document.line(at)), "", texts.FIELD_NOT_MAPPING)]
        )
    fields: dict[str, Value] = {}
    mistakes: list[str] = []
    for name, written in value.items():
        found = _value(written)
        if name in known and found is not None:
            fields[name] = found
            continue
        message = texts.FIELD_NOT_TEXT if name in known else texts.field_unknown(list(known))
        place = texts.file_line(file, document.line((*at, name)))
        mistakes.append(texts.import_error(place, str(name), message))
    if mistakes:
        raise ImportFailed(mistakes)
    return fields


def _value(written: Any) -> Value | None:
    """A field's value; None when it is neither text nor a list of texts."""
    if written is None:
        return ""
    if isinstance(written, str):
        return written
    if type(written) is date:
        return written.isoformat()
    if isinstance(written, list) and all(isinstance(part, str) for part in written):
        return tuple(written)
    return None
