"""Changing the knowledge: a source's articles are replaced as a whole, on record, and the operators are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.messages import Items, Paragraph, Reply
from bot.services import Message, Services, Stores
from bot.texts.ja import knowledge_admin as texts
from knowledge.article import Article
from staff.model import Person, Role
from staff.store import AuditEvent

TOLD_TITLES = 20


@dataclass(frozen=True)
class ArticleChange:
    """What an import does to a source: titles added, changed and removed, and how many stay as they are."""

    source: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int

    @property
    def count(self) -> int:
        """How many articles the source has afterwards."""
        return len(self.added) + len(self.changed) + self.same

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.changed or self.removed)


def preview_articles(services: Services, source: str, articles: Sequence[Article]) -> ArticleChange:
    """What importing `articles` under `source` would change."""
    return _change(source, services.stores.articles.list_articles(source), articles)


def import_articles(
    services: Services, source: str, articles: Sequence[Article], actor: str
) -> ArticleChange:
    """Replace what was imported under `source`, in one transaction with the audit event and a message to each
    operator. Nothing is written when nothing changes.
    """

    def work(stores: Stores) -> ArticleChange:
        change = _change(source, stores.articles.list_articles(source), articles)
        if not change.is_empty:
            stores.articles.replace_source(source, articles)
            stores.audit.append(_event(services, change, actor))
            for message in _messages(services, stores, change):
                stores.outbox.put(message)
        return change

    return services.stores.transaction(work)


def _change(source: str, before: Iterable[Article], after: Iterable[Article]) -> ArticleChange:
    old = {(article.id, article.layer): article for article in before}
    new = {(article.id, article.layer): article for article in after}
    return ArticleChange(
        source=source,
        added=tuple(article.title for key, article in new.items() if key not in old),
        changed=tuple(article.title for key, article in new.items() if key in old and old[key] != article),
        removed=tuple(article.title for key, article in old.items() if key not in new),
        same=sum(old.get(key) == article for key, article in new.items()),
    )


def _event(services: Services, change: ArticleChange, actor: str) -> AuditEvent:
    counts: dict[str, str | int] = {
        "added": len(change.added),
        "changed": len(change.changed),
        "removed": len(change.removed),
    }
    return AuditEvent(
        at=services.clock(), actor=actor, action="knowledge.import", target=change.source, detail=counts
    )


def _messages(services: Services, stores: Stores, change: ArticleChange) -> Iterator[Message]:
    revision = stores.articles.revision()
    reply = _reply(change)
    for person in _operators(stores.directory.list_people()):
        yield Message(
            key=f"knowledge-import/{change.source}/{revision}/{person.id}",
            channel="web",
            recipient=person.id,
            reply=reply,
            due_at=services.clock(),
        )


def _operators(people: Iterable[Person]) -> Iterator[Person]:
    return (person for person in people if Role.OPERATOR in person.roles)


def _reply(change: ArticleChange) -> Reply:
    counts = texts.IMPORT_COUNTS.format(
        source=change.source,
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
    )
    lines = [
        *(texts.IMPORT_ADDED.format(title=title) for title in change.added),
        *(texts.IMPORT_CHANGED.format(title=title) for title in change.changed),
        *(texts.IMPORT_REMOVED.format(title=title) for title in change.removed),
    ]
    if len(lines) > TOLD_TITLES:
        lines = [*lines[:TOLD_TITLES], texts.IMPORT_MORE.format(count=len(lines) - TOLD_TITLES)]
    parts = (
        Paragraph(text=counts),
        Items(items=tuple(lines)),
        Paragraph(text=texts.IMPORT_NEXT, tone="note"),
    )
    return Reply(title=texts.IMPORT_TITLE, parts=parts)
