"""Changing the knowledge: a source's articles are replaced as a whole, on record, and the operators are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.delivery import Message
from bot.handlers.offices import require_offices
from bot.messages import Items, Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import knowledge_admin as texts
from knowledge.article import Article, Layer
from knowledge.store import ArticleStore
from knowledge.visibility import Viewer
from staff.model import Person, Role
from staff.store import AuditEvent

TOLD_TITLES = 20


@dataclass(frozen=True)
class ArticleChange:
    """What an import does to a source: titles added, changed and removed, and how many stay as they are.

    `shared` are the ids that another source holds too, each with that source's name: one of the two is answered from.
    `taken_over` are the ids of a pack's articles whose place the source takes that had not taken it before.
    `restricted` are those articles, before and after, that not everybody sees.
    """

    source: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int
    shared: tuple[tuple[str, str], ...] = ()
    taken_over: tuple[str, ...] = ()
    restricted: tuple[Article, ...] = ()

    def seen_by(self, viewer: Viewer) -> ArticleChange:
        """The change without the articles that somebody may not see."""
        hidden = {article.title for article in self.restricted if not viewer.sees(article)}

        def seen(titles: Iterable[str]) -> tuple[str, ...]:
            return tuple(title for title in titles if title not in hidden)

        return replace(self, added=seen(self.added), changed=seen(self.changed), removed=seen(self.removed))

    @property
    def count(self) -> int:
        """How many articles the source has afterwards."""
        return len(self.added) + len(self.changed) + self.same

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.changed or self.removed)

    @property
    def is_another_file(self) -> bool:
        """Whether most of what the source had is gone for something new: another file of the same name, it seems."""
        return bool(self.added) and len(self.removed) > len(self.changed) + self.same


def preview_articles(services: Services, source: str, articles: Sequence[Article]) -> ArticleChange:
    """What importing `articles` under `source` would change. Raises ImportFailed where a person would own one."""
    require_offices(services.stores, articles)
    before = services.stores.articles.list_articles(source)
    return replace(
        _change(source, before, articles),
        shared=tuple(_shared(services.stores.articles, source, articles)),
        taken_over=tuple(_taken_over(services.knowledge.pack_articles, before, articles)),
    )


def import_articles(
    services: Services, source: str, articles: Sequence[Article], actor: str
) -> ArticleChange:
    """Replace what was imported under `source`, in one transaction with the audit event and a message to each
    operator. Nothing is written when nothing changes. Raises ImportFailed where a person would own an article.
    """
    require_offices(services.stores, articles)

    return _replace(services, source, articles, actor, "knowledge.import")


def remove_source(services: Services, source: str, actor: str) -> ArticleChange:
    """Remove everything imported under `source`, on record and told as an import is. Nothing when there is nothing."""
    return _replace(services, source, (), actor, "knowledge.remove")


def _replace(
    services: Services, source: str, articles: Sequence[Article], actor: str, action: str
) -> ArticleChange:
    def work(stores: Stores) -> ArticleChange:
        change = _change(source, stores.articles.list_articles(source), articles)
        if not change.is_empty:
            stores.articles.replace_source(source, articles)
            stores.audit.append(_event(services, change, actor, action))
            for message in _messages(services, stores, change):
                stores.outbox.put(message)
        return replace(change, shared=tuple(_shared(stores.articles, source, articles)))

    return services.stores.transaction(work)


def _shared(store: ArticleStore, source: str, articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """The ids that other sources hold in the same layer, but for other editions of one document."""
    mine = {(article.id, article.layer): article.source.document for article in articles}
    for other in (name for name, _ in store.list_sources() if name != source):
        for article in store.list_articles(other):
            key = (article.id, article.layer)
            if key in mine and not (article.layer is Layer.OFFICIAL and article.source.document == mine[key]):
                yield article.id, other


def _taken_over(
    packs: Iterable[Article], before: Iterable[Article], after: Iterable[Article]
) -> Iterator[str]:
    """The ids of pack articles that the source takes the place of from now on."""
    held = {(article.id, article.layer) for article in before}
    packed = {(article.id, article.layer) for article in packs}
    for article in after:
        if (article.id, article.layer) in packed - held:
            yield article.id


def _change(source: str, before: Iterable[Article], after: Iterable[Article]) -> ArticleChange:
    old = {(article.id, article.layer): article for article in before}
    new = {(article.id, article.layer): article for article in after}
    return ArticleChange(
        source=source,
        added=tuple(article.title for key, article in new.items() if key not in old),
        changed=tuple(article.title for key, article in new.items() if key in old and old[key] != article),
        removed=tuple(article.title for key, article in old.items() if key not in new),
        same=sum(old.get(key) == article for key, article in new.items()),
        restricted=tuple(article for article in (*old.values(), *new.values()) if article.visible_to),
    )


def _event(services: Services, change: ArticleChange, actor: str, action: str) -> AuditEvent:
    counts: dict[str, str | int] = {
        "added": len(change.added),
        "changed": len(change.changed),
        "removed": len(change.removed),
    }
    return AuditEvent(at=services.clock(), actor=actor, action=action, target=change.source, detail=counts)


def _messages(services: Services, stores: Stores, change: ArticleChange) -> Iterator[Message]:
    revision = stores.articles.revision()
    departments = stores.directory.list_departments()
    for person in _operators(stores.directory.list_people()):
        told = change.seen_by(Viewer.of(person, departments))
        if told.is_empty:
            continue
        yield Message(
            key=f"knowledge-import/{change.source}/{revision}/{person.id}",
            channel="web",
            recipient=person.id,
            reply=_reply(told),
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
