"""Entries encoded once, and found by what the model made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest

from bot.services import Stores
from knowledge.base import KnowledgeBase
from knowledge.encoding.encoding import Batch, Encoding, encode_missing
from knowledge.encoding.texts import encodable, key_of
from knowledge.entry import Entry
from knowledge.finding.encoded import EncodedMeaning, Encodings
from knowledge.finding.indexing import Indexes
from knowledge.language.japanese import words_of
from knowledge.language.terms import has_meaning, weighed
from tests.knowledge.encoding.city import SUBJECTS, articles, entries, model

ALL = np.arange(120, dtype=np.int32)


def encodings(found: Sequence[Entry], but: Iterable[int] = ()) -> Encodings:
    texts = [text for number, entry in enumerate(found) if number not in but for text in encodable(entry)]
    return Encodings(dict(zip(map(key_of, texts), model().encode(texts), strict=True)))


def encoded(but: Iterable[int] = ()) -> EncodedMeaning:
    found = entries()
    made = EncodedMeaning.of(found, encodings(found, but), Indexes.of(found).meaning.rarity)
    assert made is not None
    return made


def scores(meaning: EncodedMeaning, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return meaning.scores(text, weighed(words_of(text), has_meaning), ALL)


@pytest.mark.parametrize(("place", "text"), list(enumerate(SUBJECTS)))
def test_words_are_carried_to_where_the_model_puts_their_subject(place: int, text: str) -> None:
    found = scores(encoded(), f"{text}のことで")
    best = np.argsort(-found)[:30]
    assert set(best % 4) == {place}
    assert abs(float(found.mean())) < 0.1


def test_an_entry_that_is_not_encoded_yet_stands_where_its_words_do() -> None:
    found = scores(encoded(but=[41]), "税金")
    assert found[41] > np.sort(found)[60]
    assert found[41] > found[[40, 42, 43]].max()


def test_a_model_may_encode_questions_too() -> None:
    found = entries()
    taken = Encodings(encodings(found).vectors, lambda text: model().encode_questions([text]))
    meaning = EncodedMeaning.of(found, taken, Indexes.of(found).meaning.rarity)
    assert meaning is not None
    # No word of the knowledge base; the model alone knows the character.
    assert set(np.argsort(-meaning.scores("票", {}, ALL))[:30] % 4) == {3}


def test_neighbours_are_on_the_same_subject() -> None:
    near = encoded().nearest(ALL, 10)
    assert all(set(near[number] % 4) == {number % 4} for number in range(8))


def test_too_few_entries_teach_nothing() -> None:
    few = entries(60)
    assert EncodedMeaning.of(few, encodings(few), Indexes.of(few).meaning.rarity) is None


def test_each_text_is_encoded_once(sqlite_stores: Stores) -> None:
    encoding = Encoding(model(), sqlite_stores.encodings)
    sizes: list[int] = []

    @contextmanager
    def counted(batches: Sequence[Batch]) -> Iterator[Iterable[Batch]]:
        sizes.append(sum(map(len, batches)))
        yield batches

    found = entries(110)
    assert encode_missing(found, encoding, counted) == 220
    before = sqlite_stores.articles.revision()
    assert encode_missing(found, encoding, counted) == 0
    assert sqlite_stores.articles.revision() == before
    assert encode_missing(entries(112), encoding, counted) == 4
    assert sqlite_stores.articles.revision() > before
    assert sizes == [220, 4]
    encode_missing(found, encoding, counted)  # two entries less: their vectors go
    assert len(sqlite_stores.encodings.list_encoded(model().name)) == 220


def test_a_process_takes_up_what_another_encoded(sqlite_stores: Stores) -> None:
    sqlite_stores.articles.replace_source("faq", articles())
    encoding = Encoding(model(), sqlite_stores.encodings)
    base = KnowledgeBase(sqlite_stores.articles, (), encoding)
    assert _held(base) is None
    encode_missing(entries(), encoding, _unseen)
    assert base.refresh()
    assert _held(base) is not None
    assert base.whole.answer("税金の案内").ranking[0].id in {f"a{n}" for n in range(1, 120, 4)}
    sqlite_stores.articles.replace_source("faq", [*articles(), *articles(121)[-1:]])
    assert base.refresh()
    held = _held(base)
    assert held is not None
    assert len(held.spaces[0].table) == 121


def _held(base: KnowledgeBase) -> EncodedMeaning | None:
    return base.whole.library.finder.encoded


@contextmanager
def _unseen(batches: Sequence[Batch]) -> Iterator[Iterable[Batch]]:
    yield batches
