"""An article's owner is a 課, which stays when people move: one that the directory knows, never somebody of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.services import Services, Stores
from bot.texts.ja import importing as texts
from knowledge.article import Article
from knowledge.editing.fields import FieldMistakes
from knowledge.importing.result import ImportFailed
from staff.succession import department_called


def require_offices(stores: Stores, articles: Iterable[Article]) -> None:
    """Raise ImportFailed naming each article that somebody of the directory would own."""
    people = _names(stores)
    mistakes = [
        texts.import_error(f"「{article.title}」", "owner", texts.owner_is_person(article.owner))
        for article in articles
        if _names_one(article.owner, people)
    ]
    if mistakes:
        raise ImportFailed(mistakes)


def require_office(stores: Stores, article: Article) -> Article:
    """The article. Raises FieldMistakes where somebody of the directory would own it."""
    if article.owner and _names_one(article.owner, _names(stores)):
        raise FieldMistakes({"owner": texts.owner_is_person(article.owner)})
    return article


def warn_of_office(services: Services, owner: str) -> str:
    """What to tell an editor where no 課 of the directory is in charge of an owner's articles; empty when one is."""
    return texts.owner_unknown(owner) if _unknown(services, [owner]) else ""


def warn_of_offices(services: Services, articles: Sequence[Article]) -> Iterator[str]:
    """A line for each owner whom the directory does not know, with articles of theirs; none without a directory."""
    for owner in _unknown(services, dict.fromkeys(article.owner for article in articles)):
        titles = [article.title for article in articles if article.owner == owner]
        yield texts.owners_unknown(owner, titles)


def _unknown(services: Services, owners: Iterable[str]) -> list[str]:
    departments = services.stores.directory.list_departments()
    today = services.today()
    return [
        owner
        for owner in owners
        if departments and owner and department_called(owner, departments, today) is None
    ]


def _names(stores: Stores) -> frozenset[str]:
    return frozenset(_squeezed(person.name) for person in stores.directory.list_people())


def _names_one(owner: str, people: frozenset[str]) -> bool:
    """Whether an owner is, or ends in, the full name of one of the people (職員課 山田太郎)."""
    squeezed = _squeezed(owner)
    return any(name and squeezed.endswith(name) for name in people) if squeezed else False


def _squeezed(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
