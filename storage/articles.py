"""Imported articles (knowledge.store.ArticleStore)."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.article import Article
from storage.columns import to_json
from storage.session import Session, Tx


class SqlArticles:
    """Articles as JSON, in the order they were imported under each source."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def revision(self) -> int:
        """A number that grows with every change."""
        rows = self._session.query("select number from revisions where name = 'articles'")
        return int(rows[0]["number"])

    def list_articles(self, source: str | None = None) -> list[Article]:
        """Every imported article, or those of one source, by source and then in the order of the import."""
        rows = self._session.query(
            "select body from articles where source = coalesce(:source, source) order by source, position",
            {"source": source},
        )
        return [Article.model_validate_json(row["body"]) for row in rows]

    def replace_source(self, source: str, articles: Sequence[Article]) -> None:
        """Put `articles` in the place of what was imported under `source`, and raise the revision."""
        rows: list[dict[str, str | int]] = [
            {"source": source, "position": position, "id": article.id, "body": to_json(article)}
            for position, article in enumerate(articles)
        ]

        def work(tx: Tx) -> None:
            tx.query("delete from articles where source = :source", {"source": source})
            tx.query_many(
                "insert into articles (source, position, id, body) values (:source, :position, :id, :body)",
                rows,
            )
            tx.query("update revisions set number = number + 1 where name = 'articles'")

        self._session.transaction(work)

    def list_sources(self) -> list[tuple[str, int]]:
        """Each source with its number of articles, by name."""
        rows = self._session.query(
            "select source, count(*) as articles from articles group by source order by source"
        )
        return [(row["source"], row["articles"]) for row in rows]
