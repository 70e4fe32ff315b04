"""Reading a survey's definition from YAML: every mistake is named by its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.texts.ja import survey_files as texts
from bot.written.mistakes import field_name, list_mistakes
from bot.written.records import RecordError, load_document, read_content
from bot.written.safe_yaml import YamlDocument
from surveys.definition import INCONSISTENT, Definition, Mistake
from surveys.question import Question

CONTENT = Path(__file__).parent / "content"


class DefinitionError(ValueError):
    """A definition cannot be taken. The text has one line for each mistake, with its place in the file."""


def list_surveys() -> list[str]:
    """The names of the surveys that ship."""
    return sorted(path.stem for path in CONTENT.glob("*.yaml"))


def load_definition(name_or_path: str | Path) -> Definition:
    """A survey by the name of one that ships, or by its file. Raises DefinitionError."""
    path = CONTENT / f"{name_or_path}.yaml" if str(name_or_path) in list_surveys() else Path(name_or_path)
    if path.suffix not in (".yaml", ".yml") and not path.is_file():
        raise DefinitionError(texts.unknown_survey(str(name_or_path), "、".join(list_surveys())))
    try:
        data = read_content(path)
    except RecordError as error:
        raise DefinitionError(str(error)) from None
    return read_definition(data, path.name)


def read_definition(data: bytes, name: str) -> Definition:
    """A definition from the bytes of a YAML file. Raises DefinitionError; `name` is the file's, for its lines."""
    try:
        document = load_document(data, name)
    except RecordError as error:
        raise DefinitionError(str(error)) from None
    if not isinstance(document.value, dict):
        raise DefinitionError(texts.file_error(name, 1, "", texts.NOT_A_MAPPING))
    mistakes = [*_question_mistakes(document.value)]
    try:
        definition = Definition.model_validate(document.value)
    except ValidationError as error:
        mistakes += _survey_mistakes(error)
        raise DefinitionError("\n".join(_lines(name, document, mistakes))) from None
    return definition


def _question_mistakes(value: dict[str, Any]) -> Iterator[Mistake]:
    questions = value.get("questions")
    for place, question in enumerate(questions if isinstance(questions, list) else ()):
        try:
            Question.model_validate(question)
        except ValidationError as error:
            for location, message in list_mistakes(error, Question):
                yield ("questions", place, *location), message


def _survey_mistakes(error: ValidationError) -> Iterator[Mistake]:
    for detail, (location, message) in zip(
        error.errors(include_url=False), list_mistakes(error, Definition), strict=True
    ):
        if detail["type"] == INCONSISTENT:
            yield from detail["ctx"]["found"]
        elif location[:1] != ("questions",) or len(location) == 1:
            yield location, message


def _lines(name: str, document: YamlDocument, mistakes: list[Mistake]) -> Iterator[str]:
    placed = sorted((document.line(location), location, message) for location, message in mistakes)
    for line, location, message in placed:
        yield texts.file_error(name, line, _field(document.value, location), message)


def _field(value: dict[str, Any], location: tuple[str | int, ...]) -> str:
    """How people name a place: a question by its id."""
    match location:
        case ("questions", int(place), *rest):
            question = value["questions"][place]
            id_ = question.get("id") if isinstance(question, dict) else None
            return " ".join(filter(None, [str(id_ or f"{place + 1}番目の質問"), field_name(rest)]))
        case _:
            return field_name(location)
