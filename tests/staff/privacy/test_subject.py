"""By what a person is known, and texts without them."""

from __future__ import annotations

import json

import pytest

from staff.privacy.subject import Subject, words_of

PERSON = Subject("000123", ("見本 花子",), ("Hanako@City.Example",), ("U012AB",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000123", "x"),
        ("digest/2026-W48/000123", "digest/2026-W48/x"),
        ("@000123", "@x"),
        ("person/000123", "person/x"),
        ("100012345", "100012345"),
        ("2026-11-24T08:45:00.000123+00:00", "2026-11-24T08:45:00.000123+00:00"),
        ("見本花子と見本 花子と見本\u3000花子", "（消去した職員）と（消去した職員）と（消去した職員）"),
        ("見本 太郎", "見本 太郎"),
        ("hanako@city.example、Hanako@City.Example", "（消去した職員）、（消去した職員）"),
        ("<@U012AB> さん", "<@x> さん"),
        ("U012ABC", "U012ABC"),
        (
            '{"by":"000123","n":1.5,"000123":["見本花子",null]}',
            '{"by":"x","n":1.5,"x":["（消去した職員）",null]}',
        ),
        ('{"by": "000124"}', '{"by": "000124"}'),
        ("{000123", "{x"),
        ("", ""),
    ],
)
def test_texts_without_them(text: str, expected: str) -> None:
    assert PERSON.nameless(text, "x") == expected
    assert PERSON.is_in(text) == (text != expected)


def test_json_that_escapes_names_is_read() -> None:
    written = json.dumps({"contact": "見本 花子"})
    assert "\\u898b" in written
    assert json.loads(PERSON.nameless(written, "x")) == {"contact": "（消去した職員）"}


def test_a_short_number_is_left_in_what_people_write() -> None:
    short = Subject("12")
    assert short.nameless("12 件のうち", "x") == "12 件のうち"
    assert short.nameless("review/a/12", "x") == "review/a/x"
    assert short.nameless('{"by":"12","text":"12 件"}', "x") == '{"by":"x","text":"12 件"}'


def test_nobody_elses_name_goes() -> None:
    namesake = Subject("000123", ("見本 花子",), namesakes=True)
    assert namesake.nameless("見本 花子", "x") == "見本 花子"


def test_words_of_their_own() -> None:
    row = {
        "table": "assessments",
        "body": {
            "evidence": {"a": "窓口の表を自動で作った"},
            "answers": {"x": "2"},
            "tier": "一般行政職員のみ",
        },
    }
    assert list(words_of(row)) == ["窓口の表を自動で作った"]
