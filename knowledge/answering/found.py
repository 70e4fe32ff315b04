"""What was found for a question: what the reasons not to answer look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from knowledge.answer import Excerpt
from knowledge.answering.evidence import asked_concepts
from knowledge.article import OF_ONE_QUESTION, Layer
from knowledge.asking.concepts import Concept, Question
from knowledge.asking.spoken import asking_part
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold


@dataclass(frozen=True)
class Found:
    """The question, the entry at hand and the passages chosen from it."""

    question: Question
    hit: Hit
    excerpts: tuple[Excerpt, ...]
    finder: Finder
    topics_elsewhere: frozenset[str] = frozenset()

    @property
    def is_document(self) -> bool:
        """Whether the entry is of a document, and does not answer one question of its own (FAQ, procedures)."""
        return self.hit.entry.kind not in OF_ONE_QUESTION

    @cached_property
    def asked_about(self) -> tuple[Concept, ...]:
        """The concepts that an answer must cover."""
        return asked_concepts(self.finder, self.hit.number, self.question)

    @cached_property
    def asking(self) -> str:
        """What of the question asks, without what leads up to it."""
        return asking_part(self.question.text)

    @cached_property
    def text(self) -> str:
        """The chosen passages, folded, in the source's words where the document is there."""
        official = [excerpt.text for excerpt in self.excerpts if excerpt.layer is Layer.OFFICIAL]
        return fold("\n".join(official)) if official else self.whole_text

    @cached_property
    def whole_text(self) -> str:
        """The chosen passages with the explanation beside them, folded."""
        return fold("\n".join(excerpt.text for excerpt in self.excerpts))
