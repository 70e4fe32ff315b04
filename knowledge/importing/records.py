"""Records: one article as a file has it, field by field, with its place; and what becomes of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.texts.ja import importing as texts
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.importing.result import ImportResult

FIELDS = (
    "id",
    "kind",
    "title",
    "reading",
    "aliases",
    "questions",
    "body",
    "document",
    "section",
    "edition",
    "owner",
    "review_on",
)
REQUIRED = ("title", "body")
LISTS = ("aliases", "questions")
LONGEST = {"id": 100, "title": 200, "body": 20_000}
LONGEST_OTHER = 500
MOST_WORDS = 100

_KINDS = {kind.value: kind for kind in Kind} | {
    "用語": Kind.TERM,
    "取組": Kind.INITIATIVE,
    "節": Kind.SECTION,
    "役割": Kind.ROLE,
    "手続": Kind.PROCEDURE,
    "よくある質問": Kind.FAQ,
}
_DATE = re.compile(r"(?P<era>令和)?(?P<year>\d{1,4}|元)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")
_LABELLED = re.compile(r"(?:【(?P<label>[^【】\n]{1,20})】)?(?P<marker>[①-⑳])?\s*(?P<text>.*)", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n")

Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """One article as written. `place` is its row or line as people find it."""

    place: str
    fields: Mapping[str, Value]


class _Wrong(ValueError):
    """A field that cannot be taken, in words for whoever wrote it."""


@dataclass
class RecordReader:
    """Turns records into articles; remembers what it saw, to name what comes twice."""

    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def read(self, records: Iterable[Record]) -> ImportResult:
        """Every article, or every mistake."""
        articles = [article for record in records if (article := self._article(record))]
        if not articles and not self.errors:
            self.errors.append(texts.IMPORT_NO_ARTICLES)
        return ImportResult(tuple(articles), tuple(self.errors), tuple(self.notes))

    def _article(self, record: Record) -> Article | None:
        values: dict[str, object] = {}
        for name in FIELDS:
            try:
                values[name] = _READ.get(name, _text)(name, record.fields.get(name, ""))
            except _Wrong as wrong:
                self.errors.append(texts.import_error(record.place, name, str(wrong)))
        if len(values) < len(FIELDS):
            return None
        article = _article(values)
        return article if self._is_new(article, record, bool(values["id"])) else None

    def _is_new(self, article: Article, record: Record, named: bool) -> bool:
        first = self._ids.setdefault(article.id, record.place)
        if first is not record.place:
            name, value = ("id", article.id) if named else ("title", article.title)
            self.errors.append(texts.import_error(record.place, name, texts.import_twice(value, first)))
            return False
        other = self._titles.setdefault(article.title, record.place)
        if other is not record.place:
            self.notes.append(texts.import_same_title(record.place, article.title, other))
        return True


def stable_id(kind: Kind, title: str) -> str:
    """The id of an article that has none: the same whenever the title is, however wide it is written."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title)).casefold()
    return f"{kind.value}-{hashlib.sha256(folded.encode()).hexdigest()[:12]}"


def split_body(body: str) -> Iterator[Passage]:
    """A passage for each paragraph; lines are paragraphs where no blank line parts them. 【概要】 is a label."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    for piece in (
        piece.strip() for piece in (_BLANK_LINE if _BLANK_LINE.search(text) else re.compile("\n")).split(text)
    ):
        match = _LABELLED.fullmatch(piece)
        if match and match["text"].strip():
            yield Passage(
                text=match["text"].strip(), label=match["label"] or "", marker=match["marker"] or ""
            )
        elif piece:
            yield Passage(text=piece)


def _article(values: dict[str, object]) -> Article:
    kind = values["kind"]
    title = str(values["title"])
    assert isinstance(kind, Kind)  # noqa: S101 (_kind gives one)
    return Article.model_validate(
        {
            **{
                name: values[name]
                for name in ("title", "reading", "aliases", "questions", "owner", "review_on")
            },
            "id": values["id"] or stable_id(kind, title),
            "kind": kind,
            "layer": Layer.EDITORIAL,
            "passages": tuple(split_body(str(values["body"]))),
            "source": Source.model_validate(
                {name: values[name] for name in ("document", "section", "edition")}
            ),
        }
    )


def _text(name: str, value: Value) -> str:
    if not isinstance(value, str):
        raise _Wrong(texts.FIELD_NOT_TEXT)
    text = value.strip()
    if not text and name in REQUIRED:
        raise _Wrong(texts.IMPORT_EMPTY)
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(text) > longest:
        raise _Wrong(texts.import_too_long(longest))
    return text


def _id(name: str, value: Value) -> str:
    text = _text(name, value)
    if re.search(r"\s", text):
        raise _Wrong(texts.IMPORT_ID_SPACE)
    return text


def _words(name: str, value: Value) -> tuple[str, ...]:
    parts = value.split("|") if isinstance(value, str) else value
    words = tuple(dict.fromkeys(filter(None, (_text(name, part) for part in parts))))
    if len(words) > MOST_WORDS:
        raise _Wrong(texts.import_too_many(MOST_WORDS))
    return words


def _kind(name: str, value: Value) -> Kind:
    text = _text(name, value)
    if text and text not in _KINDS:
        raise _Wrong(texts.field_choice(", ".join(kind.value for kind in Kind)))
    return _KINDS[text] if text else Kind.FAQ


def _day(name: str, value: Value) -> date | None:
    text = unicodedata.normalize("NFKC", _text(name, value)).removesuffix(" 00:00:00")
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if not match or (not match["era"] and len(match["year"]) != 4):
        raise _Wrong(texts.field_value("date"))
    year = 1 if match["year"] == "元" else int(match["year"])
    try:
        return date(year + (2018 if match["era"] else 0), int(match["month"]), int(match["day"]))
    except ValueError:
        raise _Wrong(texts.field_value("date")) from None


_READ: Mapping[str, Callable[[str, Value], object]] = {
    "id": _id,
    "kind": _kind,
    "review_on": _day,
    **dict.fromkeys(LISTS, _words),
}
