"""The editing desk: what stands under an id, and saving, deleting and going back, each as a new version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.texts.ja import editing as texts
from knowledge.article import Article
from knowledge.editing.fields import overlay
from knowledge.editing.rights import Editor
from knowledge.editing.standing import beneath, official
from knowledge.editing.store import ArticleVersions, Change, Outdated, Version
from knowledge.store import ArticleStore
from knowledge.visibility import Viewer


class EditingStores(Protocol):
    """The stores that editing needs; in one transaction when something is written."""

    @property
    def articles(self) -> ArticleStore:
        """What was imported."""

    @property
    def versions(self) -> ArticleVersions:
        """What people edited."""


class NothingThere(LookupError):
    """No article, or no version, of that name; the text says so."""


@dataclass(frozen=True)
class Standing:
    """What stands under an id: `version` is the newest edit, `beneath` what packs and imports hold of our own words,
    `official` the document's words, `last` what stood before it was deleted. `stamp` changes with every change of
    what an editor would overwrite.
    """

    id: str
    version: Version | None
    beneath: Article | None
    official: Article | None
    last: Article | None = None

    @property
    def article(self) -> Article | None:
        """The editorial article that is answered from; None when there is none, or it was deleted."""
        return self.version.article if self.version and self.version.stands else self.beneath

    @property
    def number(self) -> int:
        """The newest version's number; 0 when nobody edited it."""
        return self.version.number if self.version else 0

    @property
    def deleted(self) -> bool:
        """Whether an edit hides what is beneath."""
        return self.version is not None and self.version.stands and self.version.article is None

    @property
    def owner(self) -> str:
        """The 課 it belongs to, a deleted article's too."""
        shown = self.shown
        return shown.owner if shown else ""

    @property
    def shown(self) -> Article | None:
        """The article a page is headed by: what stands, else what stood, else what lies beneath."""
        return self.article or self.last or self.beneath or self.official

    def is_seen_by(self, viewer: Viewer) -> bool:
        """Whether everything a page shows of it may be seen."""
        return all(viewer.sees(article) for article in (self.shown, self.official) if article)

    def source_is_seen_by(self, viewer: Viewer) -> bool:
        """Whether what lies beneath may be seen, as it is and as it was when the newest edit was made."""
        then = (self.version.beneath, self.version.official) if self.version else ()
        return all(viewer.sees(article) for article in (self.beneath, self.official, *then) if article)

    @property
    def source_changed(self) -> bool:
        """Whether packs, imports or the document say something else than when the standing edit was made."""
        version = self.version
        if version is None or not version.stands:
            return False
        return version.beneath != self.beneath or self.document_changed

    @property
    def document_changed(self) -> bool:
        """Whether the document's words beside the standing edit are others than then, or gone."""
        version = self.version
        return bool(version and version.official is not None and version.official != self.official)

    @property
    def start(self) -> Article | None:
        """What an editor starts from: the article, or what an official one can get beside its words."""
        if self.article is not None or self.official is None or self.deleted:
            return self.article
        return overlay(self.official)

    @property
    def stamp(self) -> str:
        """Two equal stamps: nothing changed in between."""
        return f"{self.number}-{_digest(self.beneath)}"


def look_up(stores: EditingStores, packs: Sequence[Article], article_id: str) -> Standing:
    """What stands under an id. Raises NothingThere when nothing ever did."""
    imported = stores.articles.list_under(article_id)
    version = stores.versions.latest(article_id)
    deleted = version is not None and version.stands and version.article is None
    before = stores.versions.find(article_id, version.number - 1) if version and deleted else None
    standing = Standing(
        id=article_id,
        version=version,
        beneath=beneath(packs, imported, article_id),
        official=official(packs, imported, article_id),
        last=before.article if before else None,
    )
    if not (standing.version or standing.beneath or standing.official):
        raise NothingThere(texts.no_article(article_id))
    return standing


def look_up_as(editor: Editor, stores: EditingStores, packs: Sequence[Article], article_id: str) -> Standing:
    """What an editor finds under an id. Raises NothingThere also for what they may not see."""
    standing = look_up(stores, packs, article_id)
    if not standing.is_seen_by(editor.viewer):
        raise NothingThere(texts.no_article(article_id))
    return standing


def started_from(stores: EditingStores, standing: Standing, stamp: str) -> Article | None:
    """What stood when `stamp` was taken; None when it cannot be told any more."""
    number, _, digest = stamp.partition("-")
    if number.isdecimal() and number != "0":
        version = stores.versions.find(standing.id, int(number[:9]))
        return version.article if version else None
    if number == "0" and digest == _digest(standing.beneath):
        return replace(standing, version=None).start
    return None


def list_source_changes(stores: EditingStores, packs: Sequence[Article], editor: Editor) -> list[Standing]:
    """Edited articles whose source changed since, by id, as far as the editor sees them."""
    edited = (look_up(stores, packs, version.article_id) for version in stores.versions.list_latest())
    viewer = editor.viewer
    return [
        one
        for one in edited
        if one.source_changed and one.is_seen_by(viewer) and one.source_is_seen_by(viewer)
    ]


@dataclass(frozen=True)
class Desk:
    """An editor at the desk: `stores` share one transaction."""

    stores: EditingStores
    packs: Sequence[Article]
    editor: Editor
    at: datetime

    def look_up(self, article_id: str) -> Standing:
        """What the editor finds under an id. Raises NothingThere."""
        return look_up_as(self.editor, self.stores, self.packs, article_id)

    def save(
        self, standing: Standing, article: Article, reason: str, change: Change = Change.EDITED
    ) -> Version:
        """Save the whole article. Raises NotAllowed, or Outdated when `standing` no longer stands."""
        self.editor.require_change(standing.owner)
        self.editor.require_change(article.owner or standing.owner)
        return self._write(standing, article, change, reason)

    def create(self, article: Article, reason: str, change: Change = Change.EDITED) -> Version:
        """Save an article of an id that nothing stands under. Raises NotAllowed or Outdated."""
        self.editor.require_change(article.owner)
        return self._write(Standing(article.id, None, None, None), article, change, reason)

    def delete(self, standing: Standing, reason: str) -> Version:
        """Take an article out of the answers; `go_back` brings it back.

        Raises NothingThere when there is none of our own words, NotAllowed or Outdated.
        """
        self.editor.require_change(standing.owner)
        if standing.article is None:
            raise NothingThere(texts.nothing_to_delete(standing.id))
        return self._write(standing, None, Change.DELETED, reason)

    def go_back(self, standing: Standing, number: int, reason: str) -> Version:
        """Make an older version stand again, as a new one; 0 is what packs and imports hold.

        Raises NothingThere for a version that is none, or that the editor may not see, NotAllowed or Outdated.
        """
        self.editor.require_change(standing.owner)
        older = self.stores.versions.find(standing.id, number) if number else None
        article = older.article if older else standing.beneath
        if (number and older is None) or (article and not self.editor.viewer.sees(article)):
            raise NothingThere(texts.no_version(standing.id, number))
        return self._write(standing, article, Change.ROLLED_BACK if number else Change.RETURNED, reason)

    def _write(self, standing: Standing, article: Article | None, change: Change, reason: str) -> Version:
        now = self._now(standing)
        if now.stamp != standing.stamp:
            raise Outdated(now.version)
        version = Version(
            article_id=standing.id,
            number=standing.number + 1,
            at=self.at,
            by=self.editor.by,
            reason=reason,
            change=change,
            article=article,
            beneath=standing.beneath,
            official=standing.official,
        )
        self.stores.versions.save(version)
        return version

    def _now(self, standing: Standing) -> Standing:
        try:
            return look_up(self.stores, self.packs, standing.id)
        except NothingThere:
            return replace(standing, version=None, beneath=None, official=None)


def _digest(article: Article | None) -> str:
    held = article.model_dump_json() if article else ""
    return hashlib.sha256(held.encode()).hexdigest()[:16]
