"""Packs: folders of YAML with articles in our own words, and the words the city uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.texts.ja import importing as texts
from bot.written.decoding import NotText, decode_text
from bot.written.mistakes import Location, field_name, list_mistakes
from bot.written.safe_yaml import YamlDocument, YamlError, load_yaml
from knowledge.article import (
    Article,
    Audience,
    Figure,
    Kind,
    Layer,
    Need,
    NonBlank,
    Openness,
    Passage,
    Source,
)
from knowledge.learning.sensitive import SensitiveWords, Topic

CONTENT = Path(__file__).parent / "content"

_COVER = "pack.yaml"
_VOCABULARY = "vocabulary.yaml"
_CHAPTER = re.compile(r"^(?P<part>[^\s\d(（]+)\s*(?P<section>.*)$")
_LABEL = re.compile(r"^(?P<label>[^\s:：。]{1,12})[:：]\s*\n")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")

M = TypeVar("M", bound=BaseModel)


class PackError(Exception):
    """A pack cannot be used. `errors` names every mistake with its file and line; the text has one a line."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


class UnknownPack(PackError):
    """There is no pack of that name: the setting is wrong, not a pack."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Cover(_Strict):
    name: NonBlank
    title: NonBlank
    document: NonBlank
    edition: str = ""
    ended_on: date | None = None
    owner: str = ""
    openness: Openness | None = None
    visible_to: tuple[Audience, ...] = ()


class _Record(_Strict):
    """An article as a pack's file has it."""

    id: NonBlank
    kind: Kind
    title: NonBlank
    reading: str = ""
    aliases: tuple[NonBlank, ...] = ()
    questions: tuple[NonBlank, ...] = ()
    explanation: NonBlank
    chapter: str = ""
    owner: str = ""
    review_on: date | None = None
    rests_on: str = ""
    focus: tuple[NonBlank, ...] = ()
    figures: tuple[Figure, ...] = ()
    blank: tuple[NonBlank, ...] = ()
    steps: tuple[NonBlank, ...] = ()
    needs: tuple[Need, ...] = ()
    deadline: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    openness: Openness | None = None
    visible_to: tuple[Audience, ...] | None = None

    def article(self, cover: _Cover) -> Article:
        chapter = _CHAPTER.match(self.chapter)
        return Article(
            layer=Layer.EDITORIAL,
            passages=tuple(_passages(self.explanation)),
            source=Source(
                document=cover.document,
                edition=cover.edition,
                part=chapter["part"] if chapter else "",
                section=chapter["section"].strip() if chapter else "",
                heading="" if self.rests_on else self.title,
            ),
            owner=self.owner or cover.owner,
            ended_on=cover.ended_on,
            openness=self.openness or cover.openness,
            visible_to=cover.visible_to if self.visible_to is None else self.visible_to,
            **self.model_dump(exclude={"explanation", "chapter", "owner", "openness", "visible_to"}),
        )


class Consultation(_Strict):
    """Who is there for a sensitive topic (`desk`), and words of the city's own that belong to it."""

    desk: NonBlank
    words: tuple[NonBlank, ...] = ()


class PackVocabulary(_Strict):
    """The words of a pack: groups of synonyms, and which 課 owns which topics.

    `owners` gives for a 課 the words of questions that go to it; `default_owner` takes the rest. `consultations` gives
    the desk for each topic that is not the bot's to answer.
    """

    synonyms: tuple[Annotated[tuple[NonBlank, ...], Field(min_length=2)], ...] = ()
    owners: Mapping[str, tuple[NonBlank, ...]] = {}
    default_owner: str = ""
    consultations: Mapping[Topic, Consultation] = {}

    @cached_property
    def sensitive_words(self) -> SensitiveWords:
        """A city's own words for each topic that is not the bot's to answer."""
        return tuple((topic, entry.words) for topic, entry in self.consultations.items())


def list_packs() -> list[str]:
    """The names of the packs that ship."""
    return sorted(folder.parent.name for folder in CONTENT.glob(f"*/{_COVER}"))


def load_pack(name_or_path: str | Path) -> list[Article]:
    """The articles of a pack, by its name or its folder. Raises PackError with every mistake at once."""
    return _Folder(_find(name_or_path)).articles()


def load_vocabulary(names: Sequence[str | Path]) -> PackVocabulary:
    """The vocabularies of several packs as one; of two owners of a word the first pack's stands."""
    found = [_Folder(_find(name)).vocabulary() for name in names]
    owners: dict[str, tuple[str, ...]] = {}
    for vocabulary in found:
        for owner, words in vocabulary.owners.items():
            owners[owner] = tuple(dict.fromkeys([*owners.get(owner, ()), *words]))
    return PackVocabulary(
        synonyms=tuple(group for vocabulary in found for group in vocabulary.synonyms),
        owners=owners,
        default_owner=next((v.default_owner for v in found if v.default_owner), ""),
        consultations={
            topic: entry
            for vocabulary in reversed(found)
            for topic, entry in vocabulary.consultations.items()
        },
    )


@dataclass
class _Folder:
    """A pack's folder while it is read: mistakes are gathered, then told together."""

    path: Path
    errors: list[str] = field(default_factory=list)

    def articles(self) -> list[Article]:
        cover = self._cover
        found = [article for path in self._article_files() for article in self._read_articles(path, cover)]
        if self.errors:
            raise PackError(self.errors)
        return found

    def vocabulary(self) -> PackVocabulary:
        path = self.path / _VOCABULARY
        document = self._load(path) if path.exists() else None
        if document is None or document.value is None:
            found: PackVocabulary | None = PackVocabulary()
        else:
            found = self._validate(PackVocabulary, document.value, path, document, ())
        if self.errors or found is None:
            raise PackError(self.errors)
        return found

    @cached_property
    def _cover(self) -> _Cover | None:
        path = self.path / _COVER
        document = self._load(path)
        return None if document is None else self._validate(_Cover, document.value, path, document, ())

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {}

    def _article_files(self) -> list[Path]:
        return sorted(p for p in self.path.glob("*.yaml") if p.name not in {_COVER, _VOCABULARY})

    def _read_articles(self, path: Path, cover: _Cover | None) -> Iterator[Article]:
        document = self._load(path)
        if document is None:
            return
        records = document.value.get("articles") if isinstance(document.value, dict) else None
        if not isinstance(records, list) or set(document.value) != {"articles"}:
            self.errors.append(texts.pack_error(path.name, 1, "", texts.PACK_NO_ARTICLES))
            return
        for place, value in enumerate(records):
            at: Location = ("articles", place)
            record = self._validate(_Record, value, path, document, at)
            if record and self._is_new(record, path, document.line(at)) and cover:
                yield record.article(cover)

    def _is_new(self, record: _Record, path: Path, line: int) -> bool:
        here = texts.pack_place(path.name, line)
        first = self._ids.setdefault(record.id, here)
        if first != here:
            message = texts.pack_twice(record.id, first)
            self.errors.append(texts.pack_error(path.name, line, "id", message))
        return first == here

    def _validate(
        self, model: type[M], value: Any, path: Path, document: YamlDocument, at: Location
    ) -> M | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for location, message in list_mistakes(error, model):
                line = document.line((*at, *location))
                name = f"{value['id']} の " if isinstance(value, dict) and value.get("id") else ""
                self.errors.append(texts.pack_error(path.name, line, name + field_name(location), message))
            return None

    def _load(self, path: Path) -> YamlDocument | None:
        try:
            return load_yaml(decode_text(path.read_bytes()))
        except YamlError as error:
            self.errors.append(texts.pack_error(path.name, error.line, "", str(error)))
        except NotText as error:
            self.errors.append(f"{path.name} {texts.not_text(error.line, error.code)}")
        except OSError as error:
            self.errors.append(texts.unreadable(path.name, error.strerror or ""))
        return None


def _find(name_or_path: str | Path) -> Path:
    named = CONTENT / name_or_path
    if str(name_or_path) in list_packs():
        return named
    path = Path(name_or_path)
    if (path / _COVER).is_file():
        return path
    raise UnknownPack([texts.pack_unknown(str(name_or_path), list_packs())])


def _passages(explanation: str) -> Iterator[Passage]:
    """A passage for each paragraph; a line such as 概要: above it is its label."""
    for paragraph in _BLANK_LINES.split(explanation.strip()):
        text = paragraph.strip()
        label = _LABEL.match(text)
        yield Passage(text=text[label.end() :] if label else text, label=label["label"] if label else "")
