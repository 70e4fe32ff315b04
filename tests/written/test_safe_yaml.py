"""YAML that people write: plain values with their lines; bombs, tags and slips refused by line."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.written.safe_yaml import LARGEST, YamlError, load_yaml

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_values_come_with_their_lines() -> None:
    document = load_yaml("articles:\n- id: a\n  aliases:\n  - い\n  - ろ\n  on: 2027-04-01\n")
    assert document.value == {"articles": [{"id": "a", "aliases": ["い", "ろ"], "on": date(2027, 4, 1)}]}
    assert document.line(("articles", 0, "aliases", 1)) == 5
    assert document.line(("articles", 0, "missing")) == 2
    assert document.line(("nothing",)) == 1


def test_an_empty_document_is_none() -> None:
    assert load_yaml("# まだ何もない\n").value is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "「a」が1行目にもあります"),
        ("- a: 1\n- {b: 1, b: 2}\n", 2, "「b」が2行目にもあります"),
        ("a: &x [1]\nb: *x\n", 1, "参照は使えません"),
        (BOMB, 1, "参照は使えません"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "特別な書き方"),
        ("a: !local x\n", 1, "特別な書き方"),
        ("a: {<<: {b: 1}}\n", 1, "欄の名前が文字ではありません"),
        ("a: !!binary aGk=\n", 1, "特別な書き方"),
        ("? [a]\n: b\n", 1, "欄の名前が文字ではありません"),
        ("a: [1, 2\nb: 3\n", 2, "YAML の書き方が正しくありません"),
        ("a: b: c\n", 1, "YAML の書き方が正しくありません"),
        ("a: 1\n---\nb: 2\n", 2, "YAML の書き方が正しくありません"),
        ("a: 2027-13-45\n", 1, "値として読み取れません"),
        ("a: 1\nb: " + "[" * 30 + "]" * 30, 2, "入れ子が深すぎます"),
        ("[" * 10_000, 1, "入れ子が深すぎます"),
        ("a: \x00\n", 0, "YAML として読み取れません"),
        ("a: \ud800\n", 0, "YAML として読み取れません"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(YamlError, match=message) as caught:
        load_yaml(text)
    assert caught.value.line == line


def test_a_large_document_is_refused_unless_allowed() -> None:
    text = "a: " + "あ" * (LARGEST // 3)
    with pytest.raises(YamlError, match="1 MB を超えています"):
        load_yaml(text)
    assert len(load_yaml(text, 2 * LARGEST).value["a"]) == LARGEST // 3


def test_a_bomb_is_refused_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(YamlError):
        load_yaml(BOMB)
    assert time.perf_counter() - began < 0.5


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="ab:-[]{}&*!?|>'\"# \n\t0.", max_size=80)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        load_yaml(text)
    except YamlError as error:
        assert str(error)
