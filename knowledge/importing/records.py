"""Records: one article as a file has it, field by field, with its place; and what becomes of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.texts.ja import importing as texts
from knowledge.article import Article, Audience, Figure, Kind, Layer, Need, Openness, Passage, Source
from knowledge.importing.days import NoDay, read_day
from knowledge.importing.faults import fault_of, html_in, visible
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
    "steps",
    "needs",
    "deadline",
    "valid_from",
    "valid_until",
    "openness",
    "visible_to",
    "rests_on",
    "focus",
    "figures",
    "blank",
    "ended_on",
)
REQUIRED = ("title", "body")
LISTS = ("aliases", "questions", "steps", "needs", "visible_to", "focus", "figures", "blank")
DAYS = ("review_on", "valid_from", "valid_until", "ended_on")
LONGEST = {"id": 100, "title": 200, "body": 20_000}
LONGEST_OTHER = 500
MOST_WORDS = 100

_OF_SOURCE = ("document", "section", "edition")
_OPENNESS = {openness.value: openness for openness in Openness} | {
    texts.OPENNESS[openness.value]: openness for openness in Openness
}
_AUDIENCES = {audience.value: audience for audience in Audience} | {
    texts.AUDIENCES[audience.value]: audience for audience in Audience
}
_EVERYONE = ("public", texts.EVERYONE)
_KINDS = {kind.value: kind for kind in Kind} | {
    "用語": Kind.TERM,
    "取組": Kind.INITIATIVE,
    "節": Kind.SECTION,
    "役割": Kind.ROLE,
    "手続": Kind.PROCEDURE,
    "よくある質問": Kind.FAQ,
    "決定": Kind.DECISION,
}
_LABELLED = re.compile(r"(?:【(?P<label>[^【】\n]{1,20})】)?(?P<marker>[①-⑳])?\s*(?P<text>.*)", re.DOTALL)
_NEED = re.compile(r"(?P<text>\S.*?)(?:\s+(?P<url>https?://\S+))?")
_FIGURE = re.compile(
    r"(?P<name>[^=]+)=\s*(?P<value>-?[\d,]+(?:\.\d+)?)\s*(?P<unit>[^@]*?)\s*"
    r"(?:@\s*(?P<year>\d{4})?\s*(?P<as_of>.*))?"
)
# The mark of a paragraph that is one item stands apart from its text; in a paragraph of several items they stay.
_LABELLED_LIST = re.compile(r"(?:【(?P<label>[^【】\n]{1,20})】)?(?P<marker>)\s*(?P<text>.*)", re.DOTALL)
_OWN_MARK = re.compile(r"^\\(?=\\*[①-⑳])")
_FURTHER_ITEM = re.compile(r"\n[①-⑳]")
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n")

Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """One article as written. `place` is its row or line as people find it.

    `tags_are_text`: the file's format gives HTML no meaning, and whoever wrote some may not know. `faults`: what is
    wrong with it as a row or section, each with its place; without `fields` where these cannot be told apart.
    """

    place: str
    fields: Mapping[str, Value]
    tags_are_text: bool = True
    faults: tuple[str, ...] = ()


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
        self.errors += record.faults
        if record.faults and not record.fields:
            return None
        values, mistakes = read_values(record.fields)
        self.errors += [texts.import_error(record.place, name, wrong) for name, wrong in mistakes.items()]
        if record.faults or mistakes:
            return None
        self.notes += [
            texts.import_html(record.place, name, tag)
            for name, value in record.fields.items()
            if record.tags_are_text and isinstance(value, str) and (tag := html_in(value))
        ]
        article = make_article(values)
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


def read_values(fields: Mapping[str, Value]) -> tuple[dict[str, object], dict[str, str]]:
    """Every field's value as `make_article` takes it, and for each field that cannot be taken, what to do."""
    values: dict[str, object] = {}
    mistakes: dict[str, str] = {}
    for name in FIELDS:
        try:
            values[name] = _READ.get(name, _text)(name, fields.get(name, ""))
        except _Wrong as wrong:
            mistakes[name] = str(wrong)
    if not {"body", "steps"} & mistakes.keys() and not values["body"] and not values["steps"]:
        mistakes["body"] = texts.IMPORT_EMPTY
    first, last = values.get("valid_from"), values.get("valid_until")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        mistakes["valid_until"] = texts.import_days(first.isoformat(), last.isoformat())
    if values.get("kind") is Kind.DECISION and "valid_from" not in mistakes and not first:
        mistakes["valid_from"] = texts.IMPORT_NO_DECISION_DAY
    if Audience.OWNER in _several(values.get("visible_to")) and not values.get("owner"):
        mistakes["visible_to"] = texts.IMPORT_NO_OWNER_TO_SEE
    return values, {name: mistakes[name] for name in FIELDS if name in mistakes}


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
        match = (_LABELLED_LIST if _FURTHER_ITEM.search(piece) else _LABELLED).fullmatch(piece)
        if match and match["text"].strip():
            said = _OWN_MARK.sub("", match["text"].strip(), count=1)
            yield Passage(text=said, label=match["label"] or "", marker=match["marker"] or "")
        elif piece:
            yield Passage(text=piece)


def join_body(passages: Sequence[Passage]) -> str:
    """The text that `split_body` takes apart again; a text that begins with ① by itself gets a \\ before it."""
    pieces = [
        (f"【{p.label}】" if p.label else "") + (p.marker or _escaped_mark(p.text)) + p.text for p in passages
    ]
    return ("\n\n" if any("\n" in piece for piece in pieces) else "\n").join(pieces)


def _escaped_mark(text: str) -> str:
    return "\\" if re.match(r"\\*[①-⑳]", text) and not _FURTHER_ITEM.search(text) else ""


def make_article(values: Mapping[str, object]) -> Article:
    """The article of the values that `read_values` gave without a mistake."""
    kind = values["kind"]
    title = str(values["title"])
    assert isinstance(kind, Kind)  # noqa: S101 (_kind gives one)
    return Article.model_validate(
        {
            **{name: values[name] for name in FIELDS if name not in {"id", "kind", "body", *_OF_SOURCE}},
            "id": values["id"] or stable_id(kind, title),
            "kind": kind,
            "layer": Layer.EDITORIAL,
            "passages": tuple(split_body(str(values["body"]))),
            "source": Source.model_validate({name: values[name] for name in _OF_SOURCE}),
        }
    )


def _text(name: str, value: Value) -> str:
    if not isinstance(value, str):
        raise _Wrong(texts.FIELD_NOT_TEXT)
    text = visible(value).strip()
    if not text and name == "title":
        raise _Wrong(texts.IMPORT_EMPTY)
    if fault := fault_of(name, text):
        raise _Wrong(fault)
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
    return tuple(dict.fromkeys(_lines(name, value)))


def _lines(name: str, value: Value) -> tuple[str, ...]:
    parts = value.split("|") if isinstance(value, str) else value
    lines = tuple(filter(None, (_text(name, part) for part in parts)))
    if len(lines) > MOST_WORDS:
        raise _Wrong(texts.import_too_many(MOST_WORDS))
    return lines


def _needs(name: str, value: Value) -> tuple[Need, ...]:
    return tuple(read_need(line) for line in _lines(name, value))


def read_need(line: str) -> Need:
    """Something a procedure takes, with the address behind it if there is one: 貸出申請書 https://…"""
    match = _NEED.fullmatch(line)
    return Need(text=match["text"], url=match["url"] or "") if match else Need(text=line)


def _figures(name: str, value: Value) -> tuple[Figure, ...]:
    return tuple(_figure(line) for line in _lines(name, value))


def _figure(line: str) -> Figure:
    match = _FIGURE.fullmatch(line)
    if match is None or not re.search(r"\d", match["value"]):
        raise _Wrong(texts.import_figure(line))
    return Figure(
        name=match["name"].strip(),
        value=float(match["value"].replace(",", "")),
        unit=match["unit"],
        fiscal_year=int(match["year"]) if match["year"] else None,
        as_of=(match["as_of"] or "").strip(),
    )


def _openness(name: str, value: Value) -> Openness | None:
    text = _text(name, value)
    if text and text not in _OPENNESS:
        raise _Wrong(texts.field_choice(", ".join(texts.OPENNESS.values())))
    return _OPENNESS[text] if text else None


def _audiences(name: str, value: Value) -> tuple[Audience, ...]:
    written = _words(name, value)
    everyone = [text for text in written if text in _EVERYONE]
    if everyone and len(written) > 1:
        raise _Wrong(texts.IMPORT_EVERYONE_ALONE)
    if unknown := [text for text in written if text not in _AUDIENCES and text not in _EVERYONE]:
        raise _Wrong(texts.import_audience(unknown[0]))
    named = {_AUDIENCES[text] for text in written if text not in _EVERYONE}
    return tuple(audience for audience in Audience if audience in named)


def _several(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _kind(name: str, value: Value) -> Kind:
    text = _text(name, value)
    if text and text not in _KINDS:
        raise _Wrong(texts.field_choice(", ".join(kind.value for kind in Kind)))
    return _KINDS[text] if text else Kind.FAQ


def _day(name: str, value: Value) -> date | None:
    try:
        return read_day(_text(name, value))
    except NoDay as wrong:
        raise _Wrong(str(wrong)) from None


_READ: Mapping[str, Callable[[str, Value], object]] = {
    "id": _id,
    "kind": _kind,
    "rests_on": _id,
    "openness": _openness,
    "visible_to": _audiences,
    "steps": _lines,
    "needs": _needs,
    "figures": _figures,
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(("aliases", "questions", "focus", "blank"), _words),
}
