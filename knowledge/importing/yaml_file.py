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
    beside = {key: value for key, value in top.items() if key != "articles"}
    shared, faults = _fields(beside, SHARED, name, document, ())
    if faults:
        yield Record(name, {}, faults=tuple(faults))
    for place, value in enumerate(top["articles"]):
        at = ("articles", place) if listed else (place,)
        own, faults = _fields(value, FIELDS, name, document, at)
        fields = {**shared, **own} if not faults else {}
        yield Record(texts.file_line(name, document.line(at)), fields, faults=tuple(faults))


def _fields(
    value: Any, known: tuple[str, ...], file: str, document: YamlDocument, at: tuple[str | int, ...]
) -> tuple[dict[str, Value], list[str]]:
    """The fields of a mapping, and what is wrong with it; a field that is no text is named and left out."""
    if not isinstance(value, dict):
        place = texts.file_line(file, document.line(at))
        return {}, [texts.import_error(place, "", texts.FIELD_NOT_MAPPING)]
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
    return fields, mistakes


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
