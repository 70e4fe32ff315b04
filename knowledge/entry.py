"""Entries: the official text and the plain explanation of one thing, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import is_

from knowledge.article import Article, Audience, Kind, Layer, Openness, Passage, Source
from knowledge.language.japanese import fold
from knowledge.visibility import Viewer, narrowest


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing people can ask about. At least one of the two layers is there.

    `earlier` are the official articles of older editions, the newest first.
    """

    id: str
    editorial: Article | None
    official: Article | None
    earlier: tuple[Article, ...] = ()

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
    def heading(self) -> str:
        """The heading of its section, which the roles there share (「見出し：役割」)."""
        return self.title.partition("：")[0]

    @property
    def under_heading(self) -> str:
        """What it is called under that heading; the whole title where it stands for itself."""
        return self.title.rpartition("：")[2]

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
    def openness(self) -> Openness:
        """Who may be told: the narrower of what both layers say, and staff alone where neither says."""
        said = {article.openness for article in (self.official, self.editorial) if article} - {None}
        return Openness.CITIZENS if said == {Openness.CITIZENS} else Openness.STAFF

    @property
    def visible_to(self) -> tuple[Audience, ...]:
        """Those who may find it; empty for everybody."""
        return narrowest(article for article in (self.official, self.editorial) if article)

    def is_seen_by(self, viewer: Viewer) -> bool:
        """Whether a viewer may see all of it."""
        layers = (self.official, self.editorial, *self.earlier)
        return all(viewer.sees(article) for article in layers if article)

    @property
    def official_passages(self) -> tuple[Passage, ...]:
        """The official passages about this entry: all, or those that name its focus."""
        if self.official is None:
            return ()
        focus = self.editorial.focus if self.editorial and self.editorial.rests_on else ()
        if not focus:
            return self.official.written
        folded = [fold(word) for word in focus]
        return tuple(p for p in self.official.written if any(word in fold(p.text) for word in folded))

    @property
    def editorial_passages(self) -> tuple[Passage, ...]:
        """The explanation; none beside an official text that was revised, whose figures it would contradict."""
        return () if self.editorial is None or self.is_revised else self.editorial.written

    @property
    def is_revised(self) -> bool:
        """Whether the official text is of another edition than the explanation, and not the same as it was then."""
        if self.editorial is None or self.official is None:
            return False
        edition = self.editorial.source.edition
        if edition in ("", self.official.source.edition):
            return False
        then = next((article for article in self.earlier if article.source.edition == edition), None)
        return then is None or then.written != self.official.written

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


Held = Callable[[str], Entry | None]


def merge_entries(
    packs: Iterable[Article], imported: Sequence[Article], held: Held = lambda _: None
) -> list[Entry]:
    """Lay both layers of the same id together; an imported article stands before a pack's of the same layer.

    Of two editions of one document the later one stands (by the end of its period, then by edition name); the official
    text of the others is kept as `earlier`. `held` gives entries made before, by id: what is the same is taken over.
    """
    official: dict[str, list[Article]] = {}
    editorial: dict[str, Article] = {}
    for article in chain(packs, _in_order(imported)):
        if article.layer is Layer.OFFICIAL:
            official.setdefault(article.id, []).append(article)
        else:
            editorial[article.id] = article
    ids = dict.fromkeys([*editorial, *official])
    return [_entry(id_, editorial.get(id_), official, held(id_)) for id_ in ids]


def _in_order(articles: Sequence[Article]) -> Sequence[Article]:
    if len({(article.ended_on, article.source.edition) for article in articles}) < 2:
        return articles
    return sorted(articles, key=lambda a: (a.ended_on or date.max, a.source.edition))


def _entry(
    id_: str, editorial: Article | None, official: Mapping[str, Sequence[Article]], held: Entry | None
) -> Entry:
    texts = (official.get(id_) or official.get(editorial.rests_on if editorial else "")) if official else ()
    newest, earlier = _newest_first(texts) if texts else (None, ())
    made = Entry(id_, editorial, newest, earlier)
    return held if held is not None and _is_same(held, made) else made


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries of an id are made of the very same articles."""
    layers = one.editorial is other.editorial and one.official is other.official
    return layers and len(one.earlier) == len(other.earlier) and all(map(is_, one.earlier, other.earlier))


def _newest_first(texts: Sequence[Article]) -> tuple[Article, tuple[Article, ...]]:
    newest = texts[-1]
    earlier = {a.source.edition: a for a in texts if a.source.edition != newest.source.edition}
    return newest, tuple(reversed(earlier.values()))
