"""The knowledge base a process answers from: packs and imports, reloaded when the revision moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.answering.composing import explained_earlier
from knowledge.answering.deciding import Decider
from knowledge.answering.finding import SIGNALS, Signal
from knowledge.article import Article
from knowledge.editing.standing import lay_edits
from knowledge.editions import Change, Edition, articles_of, changes_between, edition_asked, older_editions
from knowledge.entry import Entry, merge_entries
from knowledge.library import Library
from knowledge.memory import give_back, set_aside
from knowledge.packs import PackVocabulary, load_pack, load_vocabulary
from knowledge.store import ArticleStore

ANSWERS_RECALLED = 2_000


@dataclass(frozen=True)
class _Loaded:
    """Everything built from one revision."""

    revision: int
    library: Library
    decide: Callable[[str, int], Answer]  # the decider's, recalling the questions that recur
    articles: tuple[Sequence[Article], Sequence[Article]]
    words: PackVocabulary
    _deciders: dict[Edition, Decider] = field(default_factory=dict)

    @property
    def decider(self) -> Decider:
        """What answers."""
        return self.library.decider

    @cached_property
    def older(self) -> list[Edition]:
        """The editions that newer ones took the place of."""
        return older_editions(self.decider.entries)

    def decider_of(self, edition: Edition) -> Decider:
        """What answers from an older edition; built when it is first asked for."""
        if edition not in self._deciders:
            packs, imported = self.articles
            self._deciders[edition] = build_decider(packs, articles_of(edition, imported), self.words)
        return self._deciders[edition]


class KnowledgeBase:
    """Answers questions. Safe to use from several threads. Loads at the first question, or by `refresh`."""

    def __init__(self, store: ArticleStore, packs: Sequence[str]) -> None:
        self._store = store
        self._packs = packs
        self._lock = threading.Lock()
        self._reading_packs = threading.Lock()
        self._pack_articles: list[Article] | None = None
        self._vocabulary = PackVocabulary()
        self._loaded: _Loaded | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be asked about."""
        return self._current().decider.entries

    @property
    def pack_articles(self) -> Sequence[Article]:
        """What the packs hold, before imports and edits are laid over it. The database is not asked."""
        return self._read_packs()

    @property
    def vocabulary(self) -> PackVocabulary:
        """The packs' words. The database is not asked."""
        self._read_packs()
        return self._vocabulary

    def refresh(self) -> bool:
        """Reload when the stored revision differs from the one held; True when it did.

        Answers go on from the old state until the new one stands. Raises PackError when a pack cannot be read.
        """
        with self._lock:
            revision = self._store.revision()
            if self._loaded is not None and self._loaded.revision == revision:
                return False
            self._loaded = self._load(revision)
            give_back(len(self._loaded.decider.entries))
            return True

    def answer(self, question: str, *, top: int = 3) -> Answer:
        """Decide and answer a cleaned question."""
        return self._current().decide(question, top)

    def follow(self, question: str, article_ids: Sequence[str]) -> Answer | None:
        """What these articles say to a cleaned question that leaves its subject out; None when it has its own."""
        return self._current().decider.follow(question, article_ids)

    def answer_of_edition(self, question: str, *, top: int = 3) -> Answer | None:
        """What an older edition says to a cleaned question that names it (「令和4年度版では」); None for any other."""
        loaded = self._current()
        asked = edition_asked(question, loaded.older)
        if asked is None:
            return None
        edition, rest = asked
        answer = loaded.decider_of(edition).decide(rest, top)
        newest = next((e.source.edition for e in loaded.decider.entries if e.earlier), "")
        note = texts.OLDER_EDITION.format(edition=edition.name, newest=newest)
        return answer.model_copy(update={"notes": (note, *answer.notes), "more": ""})

    def explain_edition(self, article_id: str, edition: str) -> tuple[Answer, Sequence[Change]] | None:
        """Everything an older edition says about one article, and what changed since; None where there is none."""
        decider = self._current().decider
        entry = decider.entry(article_id)
        answer = explained_earlier(entry, edition, decider.owner_of(entry)) if entry else None
        if entry is None or answer is None:
            return None
        old = [article for article in entry.earlier if article.source.edition == edition]
        return answer, list(changes_between(old, [entry.official] if entry.official else []))

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
        packs, imported = lay_edits(self._read_packs(), self._store.list_articles(), self._store.list_edits())
        entries = merge_entries(packs, imported)
        held = self._loaded
        if held is None:
            set_aside(len(entries))
        library = held.library.changed_to(entries) if held else Library.build(entries, self._vocabulary)
        decide = lru_cache(ANSWERS_RECALLED)(library.decider.decide)
        return _Loaded(revision, library, decide, (packs, imported), self._vocabulary)

    def _read_packs(self) -> list[Article]:
        with self._reading_packs:  # not the lock of `refresh`, which is held for as long as an index is built
            if self._pack_articles is None:
                articles = [article for name in self._packs for article in load_pack(name)]
                self._vocabulary = load_vocabulary(self._packs)
                self._pack_articles = articles
            return self._pack_articles


def build_decider(
    packs: Sequence[Article],
    imported: Sequence[Article],
    words: PackVocabulary,
    signals: frozenset[Signal] = SIGNALS,
) -> Decider:
    """Index articles of both layers: nothing read, nothing written."""
    return Library.build(merge_entries(packs, imported), words, signals).decider
