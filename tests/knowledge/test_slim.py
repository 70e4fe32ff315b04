from __future__ import annotations

import gc
import pickle
import sys
from datetime import date

import pytest
from pydantic import ValidationError

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.slim import slim

WHOLE = Article(
    id="a",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="題名",
    passages=(Passage(text="本文"),),
    review_on=date(2027, 3, 31),
)


def _slimmed() -> Article:
    return slim(Article, set(Article.model_fields), WHOLE.__dict__)


def test_it_is_the_same_model() -> None:
    slimmed = _slimmed()
    assert slimmed == WHOLE
    assert hash(slimmed) == hash(WHOLE)
    assert slimmed.model_dump_json() == WHOLE.model_dump_json()
    assert pickle.loads(pickle.dumps(slimmed)) == WHOLE
    assert slimmed.model_copy(update={"title": "別"}).title == "別"
    assert slimmed.title == "題名"
    with pytest.raises(ValidationError):
        slimmed.title = "別"  # type: ignore[misc]


def test_its_names_are_shared() -> None:
    assert sys.getsizeof(_slimmed().__dict__) * 2 < sys.getsizeof(dict(WHOLE.__dict__))


def test_sending_it_to_another_process_leaves_it_slim_here_and_there() -> None:
    passage = slim(Passage, set(Passage.model_fields), WHOLE.passages[0].__dict__)
    here = slim(Article, set(Article.model_fields), {**WHOLE.__dict__, "passages": (passage,)})
    there = pickle.loads(pickle.dumps(here))
    for one in (here, here.passages[0], there, there.passages[0]):
        assert not any(isinstance(held, dict) for held in gc.get_referents(one))
    assert there == WHOLE
    assert there.model_fields_set == set(Article.model_fields)


def test_sending_it_leaves_no_second_copy_of_its_texts() -> None:
    text, question = ("新しい本文" * 9 for _ in range(2))
    passage = slim(Passage, set(Passage.model_fields), {**WHOLE.passages[0].__dict__, "text": text})
    sent = slim(
        Article,
        set(Article.model_fields),
        {**WHOLE.__dict__, "questions": (question,), "passages": (passage,)},
    )
    before = sys.getsizeof(text), sys.getsizeof(question)
    there = pickle.loads(pickle.dumps(sent))
    assert (there.passages[0].text, there.questions) == (text, (question,))
    assert (sys.getsizeof(text), sys.getsizeof(question)) == before
