"""Whatever is sent, an answer is one that can be stored, or is refused; nothing breaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveys.answering import UnknownField, in_words, read_page, without_hidden
from surveys.condition import ConditionError, parse_condition
from surveys.submission import Sheet, Value
from tests.surveys.samples import ANSWERS, survey

SURVEY = survey()
PAGES = range(len(SURVEY.pages))
KNOWN = ("S", "M", "F", "X.r1", "X.r2", "N", "D", "T", "L", "Z")
TYPED = st.one_of(
    st.text(max_size=40), st.sampled_from(["a", "x", "none", "ok", "5", "2.5", "2026-05-01", ""])
)
FILLED = st.dictionaries(st.sampled_from(KNOWN), st.one_of(TYPED, st.lists(TYPED, max_size=4)), max_size=3)


@given(st.sampled_from(PAGES), FILLED, st.booleans())
def test_any_form_is_read(page: int, filled: dict[str, str | list[str]], lenient: bool) -> None:
    try:
        read = read_page(SURVEY, page, filled, {"S": "a"}, lenient=lenient)
    except UnknownField:
        return
    kept = {name: value for name, value in read.answers.items() if value is not None}
    assert not set(kept) & set(read.errors)
    sheet = Sheet(answers=kept)
    assert Sheet.model_validate_json(sheet.model_dump_json()) == sheet
    for name, value in kept.items():
        assert in_words(SURVEY.by_id[name], value)


@given(st.sampled_from(PAGES), FILLED)
def test_what_was_read_is_read_again_alike(page: int, filled: dict[str, str | list[str]]) -> None:
    only = {
        name: value for name, value in filled.items() if name in {q.id for q in SURVEY.pages[page].questions}
    }
    read = read_page(SURVEY, page, only, {"S": "a"}, lenient=True)
    for name, value in read.answers.items():
        if isinstance(value, str):
            assert read_page(SURVEY, page, {name: value}, {"S": "a"}).answers[name] == value


def test_answers_to_hidden_questions_are_dropped() -> None:
    assert "N" in without_hidden(SURVEY, ANSWERS)
    assert "N" not in without_hidden(SURVEY, {**ANSWERS, "S": "b"})


def test_values_keep_their_kind_in_json() -> None:
    values: TypeAdapter[Value] = TypeAdapter(Value)
    for value in ("5", 5.0, ("5",), {"r1": "5"}):
        assert values.validate_json(values.dump_json(value)) == value
        assert type(values.validate_json(values.dump_json(value))) is type(value)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from("A == != in not [ ] , ( ) and or 5 x answered".split())),
    )
)
def test_any_condition_is_parsed_or_refused(text: str | list[str]) -> None:
    try:
        condition = parse_condition(text if isinstance(text, str) else " ".join(text))
    except ConditionError:
        return
    assert list(condition.comparisons())


def test_conditions_hold_as_written() -> None:
    def holds(text: str, **answers: Value) -> bool:
        return parse_condition(text).holds(answers)

    assert holds("U > 0", U=0.5)
    assert not holds("U > 0", U=0.0)
    assert not holds("U > 0")
    assert holds("A not in [x, 'y z']", A="w")
    assert not holds("A not in [x, 'y z']", A="y z")
    assert not holds("A not in [x]")
    assert holds("M in [x, y]", M=("y", "z"))
    assert holds("A == x and (B == y or answered C)", A="x", C="1")
    assert not holds("A == x and (B == y or answered C)", A="x", B="z")
    assert holds('A != "and"', A="b")
