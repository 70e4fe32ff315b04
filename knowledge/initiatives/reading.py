"""Reading initiatives from YAML: a pack's own, and the files that デジタル推進室 imports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from bot.texts.ja import initiatives as texts
from bot.written.decoding import NotText, decode_text
from bot.written.mistakes import field_name, list_mistakes
from bot.written.safe_yaml import YamlDocument, YamlError, load_yaml
from knowledge.initiatives.initiative import Initiative
from knowledge.packs import CONTENT

_IN_PACK = Path("progress") / "initiatives.yaml"


class InitiativeFileError(Exception):
    """A file of initiatives has mistakes. `problems` names each with its line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def read_initiatives(data: bytes, name: str) -> list[Initiative]:
    """The initiatives of a file: `initiatives:` with one mapping each. Raises InitiativeFileError naming every mistake."""
    try:
        document = load_yaml(decode_text(data))
    except YamlError as error:
        raise InitiativeFileError([texts.file_problem(name, error.line, str(error))]) from None
    except NotText as error:
        raise InitiativeFileError([texts.file_problem(name, error.line, error.code)]) from None
    records = document.value.get("initiatives") if isinstance(document.value, dict) else None
    if not isinstance(records, list):
        raise InitiativeFileError([texts.file_problem(name, 1, texts.FILE_NO_LIST)])
    problems: list[str] = []
    found: dict[str, Initiative] = {}
    for place, value in enumerate(records):
        initiative = _one(value, place, document, name, problems)
        if initiative is not None and initiative.id in found:
            line = document.line(("initiatives", place))
            problems.append(texts.file_problem(name, line, texts.id_twice(initiative.id)))
        elif initiative is not None:
            found[initiative.id] = initiative
    if problems:
        raise InitiativeFileError(problems)
    return list(found.values())


@lru_cache(maxsize=8)
def pack_initiatives(names: tuple[str, ...]) -> tuple[Initiative, ...]:
    """The initiatives of the packs that ship with the program. Raises InitiativeFileError."""
    paths = [CONTENT / name / _IN_PACK for name in names]
    return tuple(
        initiative
        for path in paths
        if path.is_file()
        for initiative in read_initiatives(path.read_bytes(), path.name)
    )


def _one(
    value: object, place: int, document: YamlDocument, name: str, problems: list[str]
) -> Initiative | None:
    try:
        return Initiative.model_validate(value)
    except ValidationError as error:
        for location, message in list_mistakes(error, Initiative):
            line = document.line(("initiatives", place, *location))
            problems.append(texts.file_problem(name, line, f"{field_name(location)} {message}".strip()))
        return None
