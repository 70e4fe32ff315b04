"""What the knowledge domain asks of storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from knowledge.article import Article


class ArticleStore(Protocol):
    """Imported articles, one set for each source (a document's edition, or a file's name).

    Articles that ship as packs are not here: they are read from their files.
    """

    def revision(self) -> int:
        """A number that grows with every change; processes reload when it differs from what they hold."""

    def list_articles(self, source: str | None = None) -> list[Article]:
        """Every imported article, or those of one source, in a stable order."""

    def list_under(self, article_id: str) -> list[Article]:
        """Every imported article of one id: of both layers, and of each source that has it."""

    def replace_source(self, source: str, articles: Sequence[Article]) -> None:
        """Put `articles` in the place of everything imported before under `source`, and raise the revision."""

    def list_sources(self) -> list[tuple[str, int]]:
        """Each source with its number of articles."""

    def list_edits(self) -> Mapping[str, Article | None]:
        """The editorial articles that people edited, by id: each takes the place of what packs and imports hold
        under that id (knowledge.editing.standing); None for one that was deleted.
        """
