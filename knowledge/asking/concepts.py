"""A question taken apart: what it is about (concepts, each with its synonyms) and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.asking.kinds import (
    ASKING_WORDS,
    GENERAL_HEADS,
    Asked,
    asked_kinds,
    rows_asked,
    words_for_asked,
)
from knowledge.asking.phrasing import is_question, puts_in_doubt
from knowledge.asking.recalling import is_vague
from knowledge.asking.years import years_named
from knowledge.language.japanese import Lexeme, Word, fold, is_all_kana, words_of
from knowledge.language.rewriting import Rewriter
from knowledge.language.terms import is_content, is_indexed, nouns_of_verb, standing_of
from knowledge.language.vocabulary import Vocabulary

_SYNONYM_WEIGHT = 0.6
_COMPOUND_WEIGHT = 0.6
_MOST_REMEMBERED = 8_192
_MOST_RECALLED = 512
_BENDING = frozenset({"動詞", "形容詞"})
_HEAD = re.compile(r"の(?P<head>[一-龠ァ-ヴー]+)(?:は|って)")


@dataclass(frozen=True)
class Alternative:
    """One way to say a concept: weighted index terms, together worth `weight`.

    `guessed`: made by rule, maybe no word at all; then no other word stands for it.
    """

    terms: tuple[tuple[str, float], ...]
    weight: float = 1.0
    guessed: bool = False


@dataclass(frozen=True, eq=False)
class Concept:
    """One thing the question is about. `specific` when nothing else can stand for it (a name, letters, a number).

    Each is made once and compared by identity, so that what is worked out about it can be remembered.
    """

    surface: str
    alternatives: tuple[Alternative, ...]
    specific: bool = False
    is_noun: bool = True

    @property
    def whole(self) -> str:
        """The term of a word as a whole (鎌倉市, whose parts others have too); "" where there is none."""
        terms = self.alternatives[0].terms if self.alternatives else ()
        return terms[0][0] if terms else ""


@dataclass(frozen=True)
class Question:
    """A question as the finder and the decision need it. `text` is rewritten in the vocabulary's spelling."""

    text: str
    concepts: tuple[Concept, ...]
    asked: frozenset[Asked]
    rows: tuple[str, ...]
    years: tuple[tuple[str, int], ...]
    asks: bool
    head: Concept | None = None

    @cached_property
    def is_in_doubt(self) -> bool:
        """Whether it is only asked if something holds, or claimed that it does."""
        return Asked.PREMISE in self.asked or puts_in_doubt(self.text)

    @property
    def is_topic_only(self) -> bool:
        """Whether the question names a subject and asks nothing about it, not even for a row of its table."""
        if self.asks or self.asked or len(self.concepts) > (3 if is_vague(self.text) else 2):
            return False
        return not self.rows or all(rows_asked(concept.surface) for concept in self.concepts)


class QuestionReader:
    """Reads questions with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, rewriter: Rewriter) -> None:
        self._vocabulary = vocabulary
        self._rewriter = rewriter
        self._synonym_heads = _by_first_character(vocabulary.synonyms)
        self._bent = _by_last_word(vocabulary.synonyms)
        self._of_span: dict[tuple[str, str], Concept] = {}
        self._read_before: dict[str, Question] = {}

    def read(self, question: str) -> Question:
        """Take a cleaned question apart; remembered, for it is asked several times on the way to an answer."""
        found = self._read_before.get(question)
        if found is None:
            if len(self._read_before) >= _MOST_RECALLED:
                self._read_before.clear()
            found = self._read_before.setdefault(question, self._read(question))
        return found

    def _read(self, question: str) -> Question:
        text = self._rewriter.rewrite(question)
        both = f"{fold(question)}\n{text}"
        concepts = tuple(self._concepts(text, asking=False))
        return Question(
            text=text,
            concepts=concepts,
            head=_head(text, concepts),
            asked=asked_kinds(both),
            rows=rows_asked(both),
            years=years_named(text),
            asks=is_question(both),
        )

    def read_asking_words(self, question: Question) -> tuple[Concept, ...]:
        """The concepts with the asking words left in, for a question that has nothing else."""
        words = words_for_asked(question.text, question.asked)
        return tuple(self._concepts(f"{question.text} {words}", asking=True))

    def _concepts(self, text: str, *, asking: bool) -> Iterator[Concept]:
        said = words_of(text)
        spans = self._synonym_spans(text, said)
        words = [word for word in said if _is_subject(word) and (asking or word.form not in ASKING_WORDS)]
        taken: set[tuple[int, int, str]] = set()
        for word in words:
            span = next((s for s in spans if s[0] <= word.start and word.end <= s[1]), None)
            if span is None:
                yield _concept_of(word.lexeme, word.surface)
            elif span not in taken:
                taken.add(span)
                yield self._concept_of_span(text[span[0] : span[1]], span[2])

    def _synonym_spans(self, text: str, words: Sequence[Word]) -> list[tuple[int, int, str]]:
        """Where synonyms stand in the text, and which: the longest at each place, not overlapping; then those bent as the
        sentence wants them (「お金がなくて」).
        """
        spans: list[tuple[int, int, str]] = []
        place = 0
        while place < len(text):
            found = next(
                (w for w in self._synonym_heads.get(text[place], ()) if text.startswith(w, place)), None
            )
            if found and _on_boundary(text, place, place + len(found)):
                spans.append((place, place + len(found), found))
                place += len(found)
            else:
                place += 1
        bent = self._bent
        for word in words:
            for before, synonym in bent.get(word.lexeme.form, ()):
                start = word.start - len(before)
                if text.endswith(before, 0, word.start) and not any(
                    s < word.end and start < e for s, e, _ in spans
                ):
                    spans.append((start, word.end, synonym))
                    break
        return spans

    def _concept_of_span(self, surface: str, synonym: str) -> Concept:
        known = self._of_span.get((surface, synonym))
        if known is None:
            known = self._of_span.setdefault((surface, synonym), self._with_synonyms(surface, synonym))
        return known

    def _with_synonyms(self, surface: str, synonym: str) -> Concept:
        others = (word for word in self._vocabulary.synonyms[synonym] if word != synonym)
        own = _alternative(synonym, 1.0)
        return Concept(
            surface, tuple(a for a in (own, *(_alternative(w, _SYNONYM_WEIGHT) for w in others)) if a.terms)
        )


def _head(text: str, concepts: Sequence[Concept]) -> Concept | None:
    """The noun that 「の…は」 puts the question to, when at most a verb comes after it."""
    found = _HEAD.search(text)
    if found is None or found["head"] in GENERAL_HEADS:
        return None
    return next((concept for concept in concepts[-2:] if concept.surface == found["head"]), None)


def _by_first_character(synonyms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for word in sorted(synonyms, key=len, reverse=True):
        heads.setdefault(word[0], []).append(word)
    return heads


def _by_last_word(synonyms: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The synonyms that end in a verb or an adjective, by that word's form: what stands before it, and the synonym."""
    bent: dict[str, list[tuple[str, str]]] = {}
    for synonym in sorted(synonyms, key=len, reverse=True):
        last = words_of(synonym)[-1:]
        if last and last[0].word_class in _BENDING:
            bent.setdefault(last[0].form, []).append((synonym[: last[0].start], synonym))
    return bent


def _on_boundary(text: str, start: int, end: int) -> bool:
    """A katakana or Latin synonym must not be cut out of a longer word."""
    return not (_continues(text, start - 1, start) or _continues(text, end - 1, end))


def _continues(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    return _script(text[left]) == _script(text[right]) != ""


def _script(ch: str) -> str:
    if "ァ" <= ch <= "ヶ" or ch == "ー":
        return "katakana"
    return "latin" if ch.isascii() and ch.isalnum() else ""


def _is_subject(word: Word) -> bool:
    """A number is a subject only when it is telling (53.3, 1784); a single letter is a slip of the hand."""
    if word.surface.startswith("何"):
        return False
    if word.is_number:
        return sum(ch.isdigit() for ch in word.form) > 1
    return is_content(word) and not (word.surface.isascii() and len(word.surface) == 1)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _concept_of(lexeme: Lexeme, surface: str) -> Concept:
    """A word by itself as a concept."""
    nouns = nouns_of_verb(lexeme.form) if lexeme.word_class == "動詞" else ()
    ways = (Alternative(_weighted(lexeme)), *(Alternative(((noun, 1.0),), guessed=True) for noun in nouns))
    return Concept(surface, ways, specific=_is_specific(lexeme, surface), is_noun=lexeme.word_class == "名詞")


def _is_specific(lexeme: Lexeme, surface: str) -> bool:
    latin = surface.isascii() and surface.isalpha()
    return latin or (lexeme.is_name and not is_all_kana(surface))


def _alternative(surface: str, weight: float) -> Alternative:
    """By the words with content; endings count where a noun is made of several (システム業者): else it would be its other part."""
    words = words_of(surface)
    endings = [word for word in words if is_indexed(word) and not is_content(word)]
    told = [word for word in words if is_content(word) or len(endings) > 1]
    return Alternative(
        tuple(pair for word in told if is_indexed(word) for pair in _weighted(word.lexeme)), weight
    )


def _weighted(lexeme: Lexeme) -> tuple[tuple[str, float], ...]:
    terms = standing_of(lexeme).terms
    share = 1.0 if len(terms) == 1 else _COMPOUND_WEIGHT
    return tuple((term, share) for term in terms)
