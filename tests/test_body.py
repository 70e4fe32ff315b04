"""What no channel takes from outside: JSON nested too deeply, and texts that no database keeps."""

from __future__ import annotations

import pytest

from bot.body import find_fault, media_type


def _nested(levels: int) -> object:
    value: object = "底"
    for level in range(levels - 1):
        value = [value] if level % 2 else {"a": value}
    return value


@pytest.mark.parametrize("levels", [1, 2, 7, 40])
def test_nesting_is_taken_up_to_the_limit(levels: int) -> None:
    assert find_fault(_nested(levels), levels) == ""
    assert find_fault(_nested(levels + 1), levels) == "nested too deeply"


def test_a_nesting_no_recursion_survives_is_refused() -> None:
    assert find_fault(_nested(100_000), 40) == "nested too deeply"


@pytest.mark.parametrize("text", ["a\0", "\ud83d", "\udf00x"])
@pytest.mark.parametrize("place", ["value", "key", "item"])
def test_a_text_that_cannot_be_kept_is_found_anywhere(text: str, place: str) -> None:
    whole: dict[str, object] = {"value": {"a": text}, "key": {"a": {text: 1}}, "item": {"a": [1, [text]]}}
    assert find_fault(whole[place], 5) == "a text with NUL or half a character"


def test_anything_else_is_taken() -> None:
    assert find_fault({"a": ["庁舎🏯\n", 1, 2.5, None, True], "b": {}}, 5) == ""


def test_a_media_type_is_read_without_parameters_and_case() -> None:
    assert media_type(" Application/JSON ; charset=utf-8") == "application/json"
    assert media_type("") == ""
