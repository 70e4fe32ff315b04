"""Spoken questions: dialect, and what only leads up to a question."""

from __future__ import annotations

import pytest

from knowledge.asking.spoken import asking_part, in_common_words


@pytest.mark.parametrize(
    ("said", "common"),
    [
        ("それなんぼですか", "それいくらですか"),
        ("電子申請でけへん原因", "電子申請できない原因"),
        ("CIOと補佐官て何がちゃうの", "CIOと補佐官て違うの"),
        ("全部替えちゃうの?", "全部替えちゃうの?"),
        ("加工してもええのん?", "加工してもいいですか?"),
        ("失敗したらあかん?", "失敗したらだめ?"),
        ("RPAて何", "RPAって何"),
        ("受付ってどないしてはるの", "受付ってどうしているの"),
        ("推進室はいつできましたか(答弁メモ用)", "推進室はいつできましたか"),
        ("手続は何件(令和3年12月時点)", "手続は何件(令和3年12月時点)"),
    ],
)
def test_dialect_in_common_words(said: str, common: str) -> None:
    assert in_common_words(said) == common


@pytest.mark.parametrize(
    "said", ["じっこうへんの更新", "大阪へんの計画", "見やすい画面", "テレワークの課題は?", "あかんたい"]
)
def test_common_words_stay_unless_dialect(said: str) -> None:
    assert in_common_words(said).replace("だめ", "あかん") == said


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("異動してきたばかりなのですが、計画の期間はいつまでですか", "計画の期間はいつまでですか"),
        ("新人です。RPAとは何ですか。", "RPAとは何ですか。"),
        ("RPAとは何ですか。工程表もありますか。", "RPAとは何ですか。 工程表もありますか。"),
        ("テレワークの話です。", "テレワークの話です。"),
        ("課題は何ですか", "課題は何ですか"),
        ("", ""),
    ],
)
def test_what_leads_up_is_left_out(text: str, asking: str) -> None:
    assert asking_part(text) == asking
