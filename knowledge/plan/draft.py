"""An article while it is being put together from the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.article import Article, Figure, Kind, Layer, Source
from knowledge.plan.cover import Cover
from knowledge.plan.items import Piece
from knowledge.plan.traced import Span, Traced

_SLUGS = {"本編": "honpen", "実行編": "jikko", "用語集": "yogo"}


def slug(part: str) -> str:
    """The beginning of the ids of a part's articles."""
    return _SLUGS.get(part, part)


@dataclass
class Draft:
    """What is known of an article so far. `headings` are the words that name it, `line` where it begins."""

    id: str
    kind: Kind
    title: str
    part: str
    line: int
    section: str = ""
    heading: str = ""
    page: int | None = None
    aliases: tuple[str, ...] = ()
    headings: list[Traced] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    figures: tuple[Figure, ...] = ()
    blank: tuple[str, ...] = ()

    def article(self, cover: Cover) -> Article:
        """The finished article of the document that `cover` names."""
        return Article(
            id=self.id,
            kind=self.kind,
            layer=Layer.OFFICIAL,
            title=self.title,
            aliases=self.aliases,
            passages=tuple(piece.passage() for piece in self.pieces),
            figures=self.figures,
            blank=self.blank,
            ended_on=cover.ended_on,
            source=Source(
                document=cover.document,
                edition=cover.edition,
                part=self.part,
                section=self.section,
                heading=self.heading or self.title,
                page=self.page,
            ),
        )

    def spans(self) -> tuple[tuple[Span, ...], ...]:
        """For each passage, the stretches of the document its text is made of."""
        return tuple(piece.words.spans() for piece in self.pieces)
