"""The knowledge base a process answers from: packs and imports, reloaded when the revision moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.answering.asking import COMMON_WORDS
from knowledge.answering.concepts import QuestionReader
from knowledge.answering.deciding import Decider
from knowledge.answering.finding import SIGNALS, Finder, Signal
from knowledge.article import Article
from knowledge.entry import Entry, merge_entries
from knowledge.language.rewriting import Rewriter
from knowledge.language.vocabulary import Vocabulary
from knowledge.packs import PackVocabulary, load_pack, load_vocabulary
from knowledge.store import ArticleStore

ANSWERS_RECALLED = 2_000


@dataclass(frozen=True)
class _Loaded:
    """Everything built from one revision."""

    revision: int
    decider: Decider
    decide: Callable[[str, int], Answer]  # the decider's, recalling the questions that recur


class KnowledgeBase:
    """Answers questions. Safe to use from several threads. Loads at the first question, or by `refresh`."""

    def __init__(self, store: ArticleStore, packs: Sequence[str]) -> None:
        self._store = store
        self._packs = packs
        self._lock = threading.Lock()
        self._pack_articles: list[Article] | None = None
        self._vocabulary = PackVocabulary()
        self._loaded: _Loaded | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be asked about."""
        return self._current().decider.entries

    def refresh(self) -> bool:
        """Reload when the stored revision differs from the one held; True when it did.

        Answers go on from the old state until the new one stands. Raises PackError when a pack cannot be read.
        """
        with self._lock:
            revision = self._store.revision()
            if self._loaded is not None and self._loaded.revision == revision:
                return False
            self._loaded = self._load(revision)
            return True

    def answer(self, question: str, *, top: int = 3) -> Answer:
        """Decide and answer a cleaned question."""
        return self._current().decide(question, top)

    def answer_about(self, question: str, article_id: str) -> Answer | None:
        """What one article says to a cleaned question, as when a candidate is clicked; None without such an article."""
        return self._current().decider.answer_about(question, article_id)

    def explain(self, article_id: str) -> Answer | None:
        """Everything about one article; None when there is no such article."""
        return self._current().decider.explain(article_id)

    def find_term(self, word: str) -> str | None:
        """The id of the glossary term that `word` names, spelling variants allowed; None when there is none."""
        return self._current().decider.find_term(word)

    def owner_of(self, article_id: str) -> str:
        """The 課 that a question about this article goes to."""
        decider = self._current().decider
        return decider.owner_of(decider.entry(article_id))

    def _current(self) -> _Loaded:
        if self._loaded is None:
            self.refresh()
        assert self._loaded is not None  # noqa: S101 (refresh loads or raises)
        return self._loaded

    def _load(self, revision: int) -> _Loaded:
        if self._pack_articles is None:
            self._pack_articles = [article for name in self._packs for article in load_pack(name)]
            self._vocabulary = load_vocabulary(self._packs)
        decider = build_decider(self._pack_articles, self._store.list_articles(), self._vocabulary)
        return _Loaded(revision, decider, lru_cache(ANSWERS_RECALLED)(decider.decide))


def build_decider(
    packs: Sequence[Article],
    imported: Sequence[Article],
    words: PackVocabulary,
    signals: frozenset[Signal] = SIGNALS,
) -> Decider:
    """Index articles of both layers: nothing read, nothing written."""
    finder = Finder(merge_entries(packs, imported), signals)
    vocabulary = Vocabulary(finder.entries, words.synonyms, COMMON_WORDS)
    reader = QuestionReader(vocabulary, Rewriter(vocabulary, finder.index.__contains__))
    return Decider(finder, reader, words.owners, words.default_owner or texts.DEFAULT_OWNER)
