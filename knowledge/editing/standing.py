"""What stands: edited articles in the place of what packs and imports hold; and what lies beneath an edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.article import Article, Layer
from knowledge.entry import Entry, merge_entries

Edits = Mapping[str, Article | None]


def lay_edits(
    packs: Sequence[Article], imported: Sequence[Article], edits: Edits
) -> tuple[list[Article], list[Article]]:
    """Packs and imports with the edits laid over them: an edit takes the place of every editorial article of its
    id (None removes it). The official layer is left word for word.
    """
    if not edits:
        return list(packs), list(imported)
    standing = [article for article in edits.values() if article is not None]
    return _untouched(packs, edits), [*_untouched(imported, edits), *standing]


def beneath(packs: Iterable[Article], imported: Iterable[Article], article_id: str) -> Article | None:
    """The editorial article that packs and imports hold under an id, without any edit."""
    entry = _entry(packs, imported, article_id)
    return entry.editorial if entry else None


def official(packs: Iterable[Article], imported: Iterable[Article], article_id: str) -> Article | None:
    """The document's own article under an id, word for word."""
    entry = _entry(packs, imported, article_id)
    return entry.official if entry else None


def _entry(packs: Iterable[Article], imported: Iterable[Article], article_id: str) -> Entry | None:
    layers = [[article for article in articles if article.id == article_id] for articles in (packs, imported)]
    return next(iter(merge_entries(layers[0], layers[1])), None)


def _untouched(articles: Iterable[Article], edits: Edits) -> list[Article]:
    return [article for article in articles if article.layer is Layer.OFFICIAL or article.id not in edits]
