"""What reading a file gives: articles, or everything that has to be mended first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.ja import importing as texts
from knowledge.article import Article

FORMATS = ("csv", "xlsx", "md", "yaml")
MOST_SHOWN = 50


class ImportFailed(ValueError):
    """A file that cannot be imported. `errors` holds every mistake; the text shows the first 50, one a line."""

    def __init__(self, errors: Sequence[str]) -> None:
        self.errors = tuple(errors)
        shown = list(self.errors[:MOST_SHOWN])
        if len(self.errors) > MOST_SHOWN:
            shown.append(texts.more_errors(len(self.errors) - MOST_SHOWN))
        super().__init__("\n".join(shown))


@dataclass(frozen=True)
class ImportResult:
    """The articles of a file, its mistakes (each names its row or line) and what else its importer should know."""

    articles: tuple[Article, ...] = ()
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def checked(self) -> tuple[Article, ...]:
        """The articles of a file without a mistake. Raises ImportFailed."""
        if self.errors:
            raise ImportFailed(self.errors)
        return self.articles
