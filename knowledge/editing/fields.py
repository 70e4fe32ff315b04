"""An article as the fields of a form, and back: only what was changed is taken from the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.texts.ja import editing as texts
from bot.texts.ja.importing import import_too_long
from knowledge.article import Article, Audience, Kind, Layer, Passage
from knowledge.editing.details import personal_details
from knowledge.importing.exporting import fields_of
from knowledge.importing.records import FIELDS, LISTS, make_article, read_values

FIXED = ("id", "kind")
EDITABLE = tuple(name for name in FIELDS if name not in FIXED)
_OF_SOURCE = ("document", "section", "edition")
MOST_REASON = 500
_DAYS = ("valid_from", "valid_until")
_SIGHT = ("visible_to", "owner")
_DECIDE = frozenset({Audience.STAFF, Audience.OPERATOR})
_DECIDE_FOR_OWNER = frozenset({Audience.OWNER, Audience.LEADER, Audience.MANAGER})

Values = Mapping[str, str]


class FieldMistakes(ValueError):
    """Fields that cannot be taken. `by_field` says for each what to do."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__("\n".join(f"{texts.label(name)}: {what}" for name, what in by_field.items()))
        self.by_field = dict(by_field)


def to_values(article: Article) -> dict[str, str]:
    """Each editable field as text: lists have one entry a line."""
    values = fields_of(article)
    return {name: values[name].replace("|", "\n") if name in LISTS else values[name] for name in EDITABLE}


def change_article(article: Article, values: Values) -> Article:
    """The article with the fields whose text differs from its own; the rest stays as it is, figures included.

    Raises FieldMistakes. A text without passages may stay so: it stands on the document's own words.
    """
    before = to_values(article)
    changed = {name for name in EDITABLE if plain(values.get(name, before[name])) != plain(before[name])}
    if not changed:
        return article
    read = _read_changed(article, changed, {**before, **values})
    refuse_details({name: values[name] for name in changed if not personal_details({name: before[name]})})
    update: dict[str, Any] = {
        name: getattr(read, name) for name in changed if name not in {"body", *_OF_SOURCE}
    }
    if "body" in changed:
        update["passages"] = _keep_columns(article.passages, read.passages)
    if changed & set(_OF_SOURCE):
        update["source"] = article.source.model_copy(update=_source(read, changed))
    return article.model_copy(update=update)


def new_article(kind: Kind, values: Values, article_id: str = "") -> Article:
    """An article of the editorial layer from a form's fields. Raises FieldMistakes, as where nobody who decides on it
    would see it.
    """
    article = _read(kind, values, article_id=article_id)
    refuse_details(values)
    if not _is_seen_by_who_decides(article):
        raise FieldMistakes({"visible_to": texts.UNSEEN_BY_WHO_DECIDES})
    return article


def refuse_details(values: Values) -> None:
    """Raise FieldMistakes for personal details that a form's fields tell."""
    if mistakes := personal_details(values):
        raise FieldMistakes(mistakes)


def _is_seen_by_who_decides(article: Article) -> bool:
    """Whether デジタル推進室, or somebody in charge of the owner's 課, is among those who may see it."""
    seen = frozenset(article.visible_to)
    return not seen or bool(seen & _DECIDE) or bool(article.owner and seen & _DECIDE_FOR_OWNER)


def read_reason(text: str, field: str = "reason") -> str:
    """Why something is changed, proposed or decided, as it is kept. Raises FieldMistakes naming the field where it is too long."""
    reason = text.strip()
    if len(reason) > MOST_REASON:
        raise FieldMistakes({field: import_too_long(MOST_REASON)})
    return reason


def overlay(official: Article) -> Article:
    """What an official article gets beside its words: names, questions and an owner, but no text of ours."""
    return Article(
        id=official.id,
        kind=official.kind,
        layer=Layer.EDITORIAL,
        title=official.title,
        reading=official.reading,
        aliases=official.aliases,
        questions=official.questions,
        owner=official.owner,
        visible_to=official.visible_to,
    )


def plain(text: str) -> str:
    """A field's text without what nobody sees: line ends of other systems, spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _read_changed(article: Article, changed: set[str], values: Values) -> Article:
    """The changed fields read; the others, which may hold what no form takes, are left alone."""
    judged = _DAYS if changed.isdisjoint(_SIGHT) else (*_DAYS, *_SIGHT)
    together = {name: values[name] for name in judged}
    fields = {"title": "-", "body": "-", **together, **{name: values[name] for name in changed}}
    may_be_empty = not article.passages and not values["body"].strip()
    return _read(article.kind, fields, bodiless=may_be_empty and "body" in changed)


def _read(kind: Kind, values: Values, *, article_id: str = "", bodiless: bool = False) -> Article:
    fields = {name: _joined(text) if name in LISTS else text for name, text in values.items()}
    read, mistakes = read_values({**fields, "id": article_id, "kind": kind.value})
    if bodiless:
        mistakes.pop("body", None)
        read["body"] = ""
    if mistakes:
        raise FieldMistakes(mistakes)
    return make_article(read)


def _joined(lines: str) -> str:
    """The entries of a list as a file has them; a line of a form is one, whatever stands in it."""
    return "|".join(line.replace("|", "｜") for line in lines.splitlines())


def _source(read: Article, changed: set[str]) -> dict[str, str]:
    update = {name: getattr(read.source, name) for name in changed & set(_OF_SOURCE)}
    return {**update, "part": ""} if "section" in update else update


def _keep_columns(before: tuple[Passage, ...], after: tuple[Passage, ...]) -> tuple[Passage, ...]:
    # A form shows no 工程表 column: a passage that was not touched keeps its own.
    known = {(p.label, p.marker, p.text): p for p in before}
    return tuple(known.get((p.label, p.marker, p.text), p) for p in after)
