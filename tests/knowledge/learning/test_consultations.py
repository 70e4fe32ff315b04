"""A pack's consultation desks: read with its vocabulary, and mistakes named."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.learning.sensitive import Topic
from knowledge.packs import PackError, load_vocabulary

COVER = "name: p\ntitle: 見本\ndocument: 見本の文書\n"


def pack(folder: Path, vocabulary: str) -> Path:
    folder.mkdir()
    (folder / "pack.yaml").write_text(COVER, encoding="utf-8")
    (folder / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    return folder


def test_the_shipped_pack_names_a_desk_for_every_topic() -> None:
    assert set(load_vocabulary(["fujisawa"]).consultations) == set(Topic)


def test_of_two_packs_the_first_ones_desk_stands(tmp_path: Path) -> None:
    first = pack(tmp_path / "a", "consultations:\n  ハラスメント: {desk: 甲課, words: [目安箱]}\n")
    second = pack(tmp_path / "b", "consultations:\n  ハラスメント: {desk: 乙課}\n  公益通報: {desk: 丙課}\n")
    found = load_vocabulary([first, second]).consultations
    assert found[Topic.HARASSMENT].desk == "甲課"
    assert found[Topic.HARASSMENT].words == ("目安箱",)
    assert found[Topic.WHISTLEBLOWING].desk == "丙課"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("  いやなこと: {desk: 甲課}", "ハラスメント"),
        ("  ハラスメント: {desk: ''}", "desk"),
        ("  ハラスメント: {words: [x]}", "desk"),
        ("  ハラスメント: {desk: 甲課, who: 乙}", "who"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, written: str, told: str) -> None:
    folder = pack(tmp_path / "p", f"consultations:\n{written}\n")
    with pytest.raises(PackError) as caught:
        load_vocabulary([folder])
    (error,) = caught.value.errors
    assert "vocabulary.yaml" in error
    assert told in error
