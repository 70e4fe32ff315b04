"""Entries: the official text and the plain explanation of one thing, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.language.japanese import fold


@dataclass(frozen=True)
class Entry:
    """One thing people can ask about. At least one of the two layers is there."""

    id: str
    editorial: Article | None
    official: Article | None

    @property
    def main(self) -> Article:
        """The article whose title the entry carries: ours where there is one, for its title suits the reader."""
        found = self.editorial or self.official
        assert found is not None  # noqa: S101 (merge_entries makes no empty entry)
        return found

    @property
    def title(self) -> str:
        """The heading shown."""
        return self.main.title

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""
        return self.main.kind

    @property
    def owner(self) -> str:
        """The 課 questions go to; empty when none is named."""
        return self.main.owner

    @property
    def source(self) -> Source:
        """Where it stands: the document's own place when it is imported, else the chapter the pack names."""
        return self.official.source if self.official else self.main.source

    @property
    def ended_on(self) -> date | None:
        """The last day of the period the source speaks about."""
        return (self.official or self.main).ended_on

    @property
    def blank(self) -> tuple[str, ...]:
        """Rows that the source leaves empty."""
        return (self.official or self.main).blank

    @property
    def official_passages(self) -> tuple[Passage, ...]:
        """The official passages about this entry: all, or those that name its focus."""
        if self.official is None:
            return ()
        focus = self.editorial.focus if self.editorial and self.editorial.rests_on else ()
        if not focus:
            return self.official.passages
        folded = [fold(word) for word in focus]
        return tuple(p for p in self.official.passages if any(word in fold(p.text) for word in folded))

    @property
    def editorial_passages(self) -> tuple[Passage, ...]:
        """The explanation; none beside the official text of another edition, whose figures it would contradict."""
        if self.editorial is None:
            return ()
        if self.official and self.editorial.source.edition not in ("", self.official.source.edition):
            return ()
        return self.editorial.passages

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called: titles of both layers and aliases."""
        titles = dict.fromkeys(article.title for article in (self.editorial, self.official) if article)
        if self.editorial and self.editorial.rests_on:
            titles = {self.title: None}
        aliases = (
            alias for article in (self.editorial, self.official) if article for alias in article.aliases
        )
        return tuple(dict.fromkeys([*titles, *aliases]))


def merge_entries(packs: Iterable[Article], imported: Iterable[Article]) -> list[Entry]:
    """Lay both layers of the same id together; an imported article stands before a pack's of the same layer.

    Of two editions of one document the later one stands (by the end of its period, then by edition name).
    """
    official: dict[str, Article] = {}
    editorial: dict[str, Article] = {}
    for article in packs:
        _layer(article, official, editorial)[article.id] = article
    for article in sorted(imported, key=lambda a: (a.ended_on or date.max, a.source.edition)):
        _layer(article, official, editorial)[article.id] = article
    ids = dict.fromkeys([*editorial, *official])
    return [_entry(id_, editorial.get(id_), official) for id_ in ids]


def _layer(
    article: Article, official: dict[str, Article], editorial: dict[str, Article]
) -> dict[str, Article]:
    return official if article.layer is Layer.OFFICIAL else editorial


def _entry(id_: str, editorial: Article | None, official: dict[str, Article]) -> Entry:
    rests_on = editorial.rests_on if editorial else ""
    return Entry(id_, editorial, official.get(id_) or official.get(rests_on))
