"""A record's mistakes name file, line and field."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, model_validator

from bot.written.records import RecordError, parse_record, read_record


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    rooms: list[int]

    @model_validator(mode="after")
    def _some(self) -> "Place":
        if not self.rooms:
            raise ValueError("部屋がありません。\n1つは書いてください。")
        return self


def test_a_record_is_read() -> None:
    assert parse_record("name: 本庁舎\nrooms: [1, 2]\n".encode(), Place, "a.yaml").rooms == [1, 2]


@pytest.mark.parametrize(
    "text, said",
    [
        ("name: 本庁舎\nrooms:\n  - 1\n  - x\n", "a.yaml 4行目"),
        ("name: 本庁舎\nrooms: [1]\nfloor: 2\n", "a.yaml 3行目"),
        ("name: a\nname: b\nrooms: [1]\n", "a.yaml 2行目"),
        ("name: &x a\nrooms: [1]\n", "a.yaml 1行目"),
        ("- 1\n", "a.yaml 1行目"),
        ("name: a\nrooms: []\n", "1つは書いてください"),
    ],
)
def test_mistakes_name_file_and_line(text: str, said: str) -> None:
    with pytest.raises(RecordError) as raised:
        parse_record(text.encode(), Place, "a.yaml")
    assert any(said in line for line in raised.value.errors), raised.value.errors
    assert all("\n" not in line for line in raised.value.errors)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"none\.yaml"):
        read_record(tmp_path / "none.yaml", Place)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(RecordError, match=r"a\.yaml"):
        parse_record(b"\xff\xfe\x00\xd8", Place, "a.yaml")
