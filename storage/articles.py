"""Imported articles (knowledge.store.ArticleStore)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from sys import intern

from knowledge.article import Article, Passage, Source
from knowledge.slim import slim
from storage.columns import to_json
from storage.editing import SqlArticleVersions
from storage.session import Session, Tx

_MOST_ROWS = 2_000
_COUNT_IMPORT = """
insert into revisions (name, number) values ('imports', 1)
on conflict (name) do update set number = revisions.number + 1
"""
_PAGE = """
select position, body from articles
where source = :source and position > :after order by position limit :most
"""


class SqlArticles:
    """Articles as JSON, in the order they were imported under each source. What did not change is not parsed again."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parsed: dict[bytes, Article] = {}
        self._listed: tuple[int, list[Article]] = (-1, [])

    def revision(self) -> int:
        """A number that grows with every change."""
        rows = self._session.query("select number from revisions where name = 'articles'")
        return int(rows[0]["number"])

    def list_articles(self, source: str | None = None) -> list[Article]:
        """Every imported article, or those of one source, by source and then in the order of the import."""
        if source is not None:
            return [article for _, article in self._list([source])]
        imported = self._imported()
        if self._listed[0] != imported:
            listed = self._list([name for name, _ in self.list_sources()])
            self._parsed = dict(listed)
            self._listed = (imported, [article for _, article in listed])
        return list(self._listed[1])

    def _imported(self) -> int:
        """A number that grows with every import; edits don't raise it."""
        rows = self._session.query("select number from revisions where name = 'imports'")
        return int(rows[0]["number"]) if rows else 0

    def _list(self, sources: Sequence[str]) -> list[tuple[bytes, Article]]:
        bodies = (body for source in sources for body in self._bodies(source))
        return [(digest, self._parsed.get(digest) or _parse(body)) for digest, body in bodies]

    def _bodies(self, source: str) -> Iterator[tuple[bytes, str]]:
        """A source's articles as they are kept, each with its digest, page by page: the whole need not fit in memory.
        A page that another process changed meanwhile has raised the revision, and is read again.
        """
        after = -1
        while rows := self._session.query(_PAGE, {"source": source, "after": after, "most": _MOST_ROWS}):
            after = rows[-1]["position"]
            yield from ((blake2b(row["body"].encode(), digest_size=16).digest(), row["body"]) for row in rows)

    def list_under(self, article_id: str) -> list[Article]:
        """Every imported article of one id."""
        rows = self._session.query(
            "select body from articles where id = :id order by source, position", {"id": article_id}
        )
        return [Article.model_validate_json(row["body"]) for row in rows]

    def replace_source(self, source: str, articles: Sequence[Article]) -> None:
        """Put `articles` in the place of what was imported under `source`, and raise the revision."""
        rows: list[dict[str, str | int]] = [
            {
                "source": source,
                "position": position,
                "id": article.id,
                "body": to_json(article, without_defaults=True),
            }
            for position, article in enumerate(articles)
        ]

        def work(tx: Tx) -> None:
            tx.query("delete from articles where source = :source", {"source": source})
            tx.query_many(
                "insert into articles (source, position, id, body) values (:source, :position, :id, :body)",
                rows,
            )
            tx.query("update revisions set number = number + 1 where name = 'articles'")
            tx.query(_COUNT_IMPORT)

        self._session.transaction(work)

    def list_sources(self) -> list[tuple[str, int]]:
        """Each source with its number of articles, by name."""
        rows = self._session.query(
            "select source, count(*) as articles from articles group by source order by source"
        )
        return [(row["source"], row["articles"]) for row in rows]

    def list_edits(self) -> dict[str, Article | None]:
        """The newest version of each edited article, unless it was returned to what packs and imports hold."""
        return {v.article_id: v.article for v in SqlArticleVersions(self._session).list_latest() if v.stands}


_FIELDS, _PASSAGE_FIELDS = set(Article.model_fields), set(Passage.model_fields)


def _parse(body: str) -> Article:
    """An article that shares with others its source, its 課 and the rows of its passages: many take a third of the memory."""
    article = Article.model_validate_json(body)
    passages = tuple(map(_slim_passage, article.passages))
    shared = {"source": _shared(article.source), "owner": intern(article.owner)}
    return slim(Article, _FIELDS, {**article.__dict__, "passages": passages, **shared})


def _slim_passage(passage: Passage) -> Passage:
    shared = {"label": intern(passage.label), "column": intern(passage.column)}
    return slim(Passage, _PASSAGE_FIELDS, {**passage.__dict__, **shared})


@lru_cache(maxsize=4_096)
def _shared(source: Source) -> Source:
    """One object for all articles that stand in the same place."""
    return source
