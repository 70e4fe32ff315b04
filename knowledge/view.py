"""The knowledge base as somebody sees it: everything that is asked of it goes through here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.answering.composing import explained_earlier
from knowledge.answering.deciding import Decider
from knowledge.article import Article
from knowledge.editing.searching import Catalogue
from knowledge.editions import (
    Change,
    Edition,
    Revision,
    articles_of,
    changes_between,
    edition_asked,
    older_editions,
)
from knowledge.entry import Entry, merge_entries
from knowledge.library import Library
from knowledge.packs import PackVocabulary

ANSWERS_RECALLED = 2_000

Layers = tuple[Sequence[Article], Sequence[Article]]


class View:
    """What one revision says to those who see the same articles. Safe to share between threads; it never changes."""

    def __init__(self, library: Library, layers: Layers, words: PackVocabulary) -> None:
        """`layers` are the packs' articles and the imported ones that the library was made of."""
        self.library = library
        self._layers = layers
        self._words = words
        # Questions recur; what is recalled is the view's own, so nobody is told what another sees.
        self._decide: Callable[[str, int], Answer] = lru_cache(ANSWERS_RECALLED)(library.decider.decide)
        self._deciders: dict[Edition, Decider] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be asked about."""
        return self._decider.entries

    @cached_property
    def catalogue(self) -> Catalogue:
        """The entries to be searched word by word, for those who edit them."""
        return Catalogue(self.entries)

    @cached_property
    def revised(self) -> tuple[Entry, ...]:
        """The entries whose explanation is left out, for a newer edition says something else."""
        return tuple(entry for entry in self.entries if entry.is_revised)

    def answer(self, question: str, *, top: int = 3) -> Answer:
        """Decide and answer a cleaned question."""
        return self._decide(question, top)

    def follow(self, question: str, article_ids: Sequence[str]) -> Answer | None:
        """What these articles say to a cleaned question that leaves its subject out; None when it has its own."""
        return self._decider.follow(question, article_ids)

    def leans_on_another(self, question: str) -> bool:
        """Whether a question leaves its subject out, so that what was asked before decides what it means."""
        return self._decider.leans_on_another(question)

    def answer_of_edition(self, question: str, *, top: int = 3) -> Answer | None:
        """What an older edition says to a cleaned question that names it (「令和4年度版では」); None for any other."""
        asked = edition_asked(question, self._older)
        if asked is None:
            return None
        edition, rest = asked
        answer = self._decider_of(edition).decide(rest, top)
        newest = next((e.source.edition for e in self.entries if e.earlier), "")
        note = texts.OLDER_EDITION.format(edition=edition.name, newest=newest)
        return answer.model_copy(update={"notes": (note, *answer.notes), "more": ""})

    def explain_edition(self, article_id: str, edition: str) -> tuple[Answer, Sequence[Change]] | None:
        """Everything an older edition says about one article, and what changed since; None where there is none."""
        entry = self._decider.entry(article_id)
        answer = explained_earlier(entry, edition, self._decider.owner_of(entry)) if entry else None
        if entry is None or answer is None:
            return None
        old = [article for article in entry.earlier if article.source.edition == edition]
        return answer, list(changes_between(old, [entry.official] if entry.official else []))

    def revision(self, article_id: str) -> Revision | None:
        """What changed in an article since the edition before; None where there is no such article."""
        entry = self._decider.entry(article_id)
        if entry is None:
            return None
        before = entry.earlier[0] if entry.earlier else None
        changes = changes_between([before], [entry.official]) if before and entry.official else ()
        older = before.source.edition if before else ""
        source = entry.source
        return Revision(entry.title, source.document, source.edition, older, tuple(changes))

    def answer_about(self, question: str, article_id: str) -> Answer | None:
        """What one article says to a cleaned question, as when a candidate is clicked; None without such an article."""
        return self._decider.answer_about(question, article_id)

    def explain(self, article_id: str) -> Answer | None:
        """Everything about one article; None when there is no such article."""
        return self._decider.explain(article_id)

    def title_of(self, article_id: str) -> str:
        """An article's title; empty when there is no such article."""
        entry = self._decider.entry(article_id)
        return entry.title if entry else ""

    def find_term(self, word: str) -> str | None:
        """The id of the glossary term that `word` names, spelling variants allowed; None when there is none."""
        return self._decider.find_term(word)

    def owner_of(self, article_id: str) -> str:
        """The 課 that a question about this article goes to."""
        return self._decider.owner_of(self._decider.entry(article_id))

    @property
    def _decider(self) -> Decider:
        return self.library.decider

    @cached_property
    def _older(self) -> list[Edition]:
        """The editions that newer ones took the place of."""
        return older_editions(self.entries)

    def _decider_of(self, edition: Edition) -> Decider:
        """What answers from an older edition; built when it is first asked for."""
        if edition not in self._deciders:
            packs, imported = self._layers
            older = merge_entries(packs, articles_of(edition, imported))
            self._deciders[edition] = Library.build(older, self._words).decider
        return self._deciders[edition]
