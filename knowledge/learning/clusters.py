"""Unanswered questions that ask much the same, put together by their words and what the words mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from knowledge.asking.kinds import ASKING_WORDS
from knowledge.language.terms import terms_of
from knowledge.learning.masking import MARK
from knowledge.learning.unanswered import UnansweredQuestion
from knowledge.meaning.words import Vectors, load_words, unit

# Half by shared words, half by meaning: tried on sets of paraphrases of our own (tests/knowledge/learning).
LEAST_SIMILARITY = 0.5
# From this many different askers on, nobody is known by the question alone.
LEAST_ASKERS = 3


@dataclass(frozen=True)
class Cluster:
    """Questions that ask much the same, the oldest first.

    `askers` is how many different people asked in the quarter when most did: codes of two quarters cannot be compared,
    so that there may have been more, never fewer.
    """

    questions: tuple[UnansweredQuestion, ...]

    @property
    def id(self) -> str:
        """The id of its first question."""
        return self.questions[0].id

    @property
    def question(self) -> str:
        """The wording that stands for all: the one most used, of these the shortest."""
        counts = Counter(question.question for question in self.questions)
        return min(counts, key=lambda wording: (-counts[wording], len(wording), wording))

    @property
    def owner(self) -> str:
        """The 課 that most of the questions were referred to."""
        return Counter(question.owner for question in self.questions).most_common(1)[0][0]

    @property
    def askers(self) -> int:
        """How many different people asked, at least."""
        codes: dict[str, set[str]] = defaultdict(set)
        for question in self.questions:
            codes[question.period].add(question.asker)
        return max(map(len, codes.values()))

    @property
    def approved(self) -> bool:
        """Whether デジタル推進室 lets the digest tell it."""
        return any(question.approved for question in self.questions)

    @property
    def newest(self) -> date:
        """The day of the newest question."""
        return max(question.asked_on for question in self.questions)


def cluster_questions(questions: Sequence[UnansweredQuestion]) -> list[Cluster]:
    """The questions in clusters, those of most askers first. The same questions give the same clusters.

    Each question, the oldest first, joins the most similar cluster there is, judged by its first question.
    """
    ordered = sorted(questions, key=lambda question: (question.asked_on, question.id))
    terms = [_terms(question.question) for question in ordered]
    leaders = _Leaders(terms, _vectors(terms))
    groups: dict[int, list[int]] = {}
    for number in range(len(ordered)):
        groups.setdefault(leaders.leader_of(number), []).append(number)
    clusters = [Cluster(tuple(ordered[number] for number in group)) for group in groups.values()]
    return sorted(
        clusters, key=lambda found: (-found.askers, -len(found.questions), found.questions[0].asked_on)
    )


def similarity(one: str, other: str) -> float:
    """How much two questions ask the same, 0 to 1."""
    terms = [_terms(one), _terms(other)]
    return _Leaders(terms, _vectors(terms)).similarity(0, 1)


class _Leaders:
    """The first question of each cluster so far, looked up by its terms: without a common one nothing is similar."""

    def __init__(self, terms: Sequence[frozenset[str]], vectors: Vectors) -> None:
        self._terms = terms
        self._vectors = vectors
        self._having: dict[str, list[int]] = defaultdict(list)

    def leader_of(self, number: int) -> int:
        """The most similar leader of a question; itself, a new one, when none is similar enough."""
        own = self._terms[number] or {""}
        near = {leader for term in own for leader in self._having.get(term, ())}
        best = max(near, key=lambda leader: (self.similarity(number, leader), -leader), default=number)
        if best != number and self.similarity(number, best) >= LEAST_SIMILARITY:
            return best
        for term in own:
            self._having[term].append(number)
        return number

    def similarity(self, one: int, other: int) -> float:
        """Half the share of common terms, half the cosine."""
        cosine = float(self._vectors[one] @ self._vectors[other])
        return (_shared(self._terms[one], self._terms[other]) + cosine) / 2


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of terms that two questions have in common (Dice); two without any term are the same."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def _terms(question: str) -> frozenset[str]:
    found = frozenset(terms_of(MARK.sub(" ", question)))
    return found - ASKING_WORDS or found


def _vectors(terms: Sequence[frozenset[str]]) -> Vectors:
    """What each question means: its terms' vectors added up, as a unit vector (shape: questions × dimensions)."""
    words = load_words()
    found = np.zeros((len(terms), words.dimensions), np.float32)
    for number, own in enumerate(terms):
        if own:
            found[number] = words.vectors(sorted(own)).sum(axis=0)
    return unit(found)
