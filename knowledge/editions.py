"""Editions of a document: which older ones a question may mean, and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.article import Article, Layer, Passage
from knowledge.asking.years import years_named
from knowledge.entry import Entry
from knowledge.language.japanese import fold

_YEAR = r"(?:令和(?:\d+|元)年(?:度|\d+月)?|20\d\d年(?:度|\d+月)?)"
_AFTER = r"(?:では|だと|には|での|の|で|は)?[、,\s]*"
_OF_YEAR = re.compile(rf"(?P<year>{_YEAR})の?(?:[^\s、。]{{0,8}}?計画)?(?:版|案|策定時){_AFTER}")
_FORMER = re.compile(
    rf"(?:(?:一つ|ひとつ|1つ)?前の?|旧|以前の|改訂前の?|改定前の?)(?:版|計画|バージョン){_AFTER}"
)

_SINCE = r"(?:(?:(?:一つ|ひとつ)?前の?|旧|以前の|改[訂定]前の?)(?:版|計画|バージョン)|旧版)(?:から|と(?:は|比べて?)?|より)"
_CHANGED = r"(?:[、,\s]*(?:何|なに|どこ|どう|どんな|内容)?(?:が|か|を|は|に|も|の)?)(?:変わ|違|ちが|変更|差)"
_CHANGES_ASKED = re.compile(rf"{_SINCE}{_CHANGED}.*|改[訂定](?:で|され(?:て|た)[^。?]{{0,4}}?){_CHANGED}.*")
_LEFT_OPEN = re.compile(r"^(?:それ|これ|その|この)?(?:は|って|、|,|\s)*$")


@dataclass(frozen=True, order=True)
class Edition:
    """One edition of one document."""

    document: str
    name: str

    @classmethod
    def of(cls, article: Article) -> Edition:
        """The edition an article was read from."""
        return cls(article.source.document, article.source.edition)


@dataclass(frozen=True)
class Change:
    """A passage that one edition has and the other has not. `article` is its article's title."""

    kind: Literal["added", "removed"]
    article: str
    text: str


@dataclass(frozen=True)
class Revision:
    """What became of an article from the edition before to the newest; `older` is "" where only one is there."""

    title: str
    document: str
    newest: str
    older: str
    changes: tuple[Change, ...]


def older_editions(entries: Iterable[Entry]) -> list[Edition]:
    """Every edition that a newer one took the place of, each once."""
    return list(dict.fromkeys(Edition.of(article) for entry in entries for article in entry.earlier))


def edition_asked(question: str, older: Sequence[Edition]) -> tuple[Edition, str] | None:
    """The older edition a cleaned question names, with the question as it is without that; None for any other."""
    if not older:
        return None
    text = fold(question)
    if (former := _FORMER.search(text)) is not None:
        return older[0], text[: former.start()] + text[former.end() :]
    named = _OF_YEAR.search(text)
    if named is None:
        return None
    years = {year for _, year in years_named(named["year"])}
    found = next((each for each in older if years & {year for _, year in years_named(each.name)}), None)
    return None if found is None else (found, text[: named.start()] + text[named.end() :])


def changes_asked(question: str) -> str | None:
    """Of a cleaned question that asks what changed since the edition before: what it asks it of, "" where that is left open.
    None for any other.
    """
    text = fold(question)
    asked = _CHANGES_ASKED.search(text)
    if asked is None:
        return None
    subject = text[: asked.start()].strip()
    return "" if _LEFT_OPEN.match(subject) else re.sub(r"(?:は|って|の|が|も)?[、,\s]*$", "", subject)


def articles_of(edition: Edition, articles: Iterable[Article]) -> list[Article]:
    """The articles as they were when `edition` was the newest: other editions of the same things left out."""
    listed = list(articles)
    ids = {article.id for article in listed if _is_official(article) and Edition.of(article) == edition}
    rivals = {Edition.of(a) for a in listed if _is_official(a) and a.id in ids} - {edition}
    return [a for a in listed if not _is_official(a) or Edition.of(a) not in rivals]


def changes_between(old: Sequence[Article], new: Sequence[Article]) -> Iterator[Change]:
    """Every passage that went or came, article by article in the order of the newer edition."""
    before, after = ({article.id: article for article in side} for side in (old, new))
    for id_ in dict.fromkeys([*after, *before]):
        yield from _changes(before.get(id_), after.get(id_))


def changes_since_explained(entry: Entry) -> list[Change]:
    """What the official text says that it did not when a revised entry's explanation was written."""
    written_for = entry.editorial.source.edition if entry.editorial else ""
    then = [article for article in entry.earlier if article.source.edition == written_for]
    return list(changes_between(then, [entry.official])) if then and entry.official else []


def _changes(old: Article | None, new: Article | None) -> Iterator[Change]:
    one, other = (tuple(map(_said, article.written)) if article else () for article in (old, new))
    title = next(article.title for article in (new, old) if article)
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (Change("removed", title, text) for text in one[a:b])
            yield from (Change("added", title, text) for text in other[c:d])


def _said(passage: Passage) -> str:
    label = f"【{passage.label}】" if passage.label else ""
    return f"{label}{passage.marker}{passage.text}"


def _is_official(article: Article) -> bool:
    return article.layer is Layer.OFFICIAL
