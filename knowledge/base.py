"""The knowledge base a process answers from: packs and imports, reloaded when the revision moves."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from knowledge.answering.deciding import Decider
from knowledge.article import Article
from knowledge.editing.standing import lay_edits
from knowledge.encoding.encoding import Encoding
from knowledge.entry import merge_entries
from knowledge.finding.finder import SIGNALS, Signal
from knowledge.library import Library
from knowledge.memory import give_back, set_aside
from knowledge.packs import PackVocabulary, load_pack, load_vocabulary
from knowledge.store import ArticleStore
from knowledge.view import View
from knowledge.views import Views
from knowledge.visibility import Viewer


class KnowledgeBase:
    """Gives each viewer their view. Safe to use from several threads. Loads at the first question, or by `refresh`."""

    def __init__(self, store: ArticleStore, packs: Sequence[str], encoding: Encoding | None = None) -> None:
        """`encoding`: the vectors that a model made of articles when they were imported, where the city uses one."""
        self._store = store
        self._packs = packs
        self._encoding = encoding
        self._lock = threading.Lock()
        self._reading_packs = threading.Lock()
        self._pack_articles: list[Article] | None = None
        self._vocabulary = PackVocabulary()
        self._loaded: Views | None = None
        self._replaced = False

    def seen_by(self, viewer: Viewer) -> View:
        """What a viewer sees, the newest revision that was loaded."""
        return self._current().seen_by(viewer)

    def held_for(self, viewer: Viewer) -> View | None:
        """As `seen_by`, at once; None where the knowledge is not loaded, or that view not made."""
        return self._loaded.held_for(viewer) if self._loaded else None

    def hides(self, article_id: str, viewer: Viewer) -> bool:
        """Whether an article is there, but not for this viewer."""
        return self._current().hides(article_id, viewer)

    @property
    def whole(self) -> View:
        """Everything, for whoever runs the program; what people ask goes to `seen_by`."""
        return self._current().whole

    @property
    def names_owners(self) -> bool:
        """Whether it matters to any article of which 課 a viewer is."""
        return self._current().restrictions.name_owners

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
                self._tidy()
                return False
            self._loaded = self._load(revision)
            library = self._loaded.whole.library
            give_back(len(library.finder.entries), anew=library.is_new)
            self._replaced = True
            return True

    def _tidy(self) -> None:
        """The questions that were asked of the index before are answered by now, and it is free."""
        if self._replaced and self._loaded is not None:
            give_back(len(self._loaded.whole.entries), anew=False)
            self._replaced = False

    def prepare(self) -> None:
        """Make the views of each role where they differ, so that nobody's first question waits for it."""
        self._current().prepare()

    def _current(self) -> Views:
        if self._loaded is None:
            self.refresh()
        assert self._loaded is not None  # noqa: S101 (refresh loads or raises)
        return self._loaded

    def _load(self, revision: int) -> Views:
        layers = lay_edits(self._read_packs(), self._store.list_articles(), self._store.list_edits())
        held = self._loaded
        if held is None:
            set_aside(len(layers[1]))
        encodings = self._encoding.taken() if self._encoding else None
        return Views.of(revision, layers, self._vocabulary, held, encodings)

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
