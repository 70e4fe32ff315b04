"""What people wrote as YAML, read whole or into a model: every mistake with its file and line, in Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.texts.ja import importing as texts
from bot.written.decoding import NotText, decode_text
from bot.written.mistakes import field_name, list_mistakes
from bot.written.safe_yaml import LARGEST, YamlDocument, YamlError, load_yaml

M = TypeVar("M", bound=BaseModel)


class RecordError(Exception):
    """A record cannot be used. `errors` has one line a mistake: file, line, field, and how to mend it."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


def read_record(path: Path, model: type[M]) -> M:
    """The record in a file. Raises RecordError, also when the file cannot be read."""
    return parse_record(read_content(path), model, path.name)


def parse_record(content: bytes, model: type[M], name: str) -> M:
    """The record in the bytes of a file called `name`. Raises RecordError."""
    document = load_document(content, name)
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise RecordError(list(dict.fromkeys(_lines(error, model, document, name)))) from None


def read_content(path: Path) -> bytes:
    """The bytes of a file, and of one that is too large enough of them to see it. Raises RecordError."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise RecordError([texts.unreadable(path.name, error.strerror or "")]) from None


def load_document(content: bytes, name: str) -> YamlDocument:
    """The YAML in the bytes of a file called `name`. Raises RecordError."""
    try:
        return load_yaml(decode_text(content))
    except YamlError as error:
        raise RecordError([texts.pack_error(name, error.line, "", str(error))]) from None
    except NotText as error:
        raise RecordError([f"{name} {texts.not_text(error.line, error.code)}"]) from None


def _lines(error: ValidationError, model: type[M], document: YamlDocument, name: str) -> list[str]:
    return [
        texts.pack_error(name, document.line(location), field_name(location), line)
        for location, message in list_mistakes(error, model)
        for line in message.splitlines()
    ]
