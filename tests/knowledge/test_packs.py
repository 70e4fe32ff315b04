"""Packs: folders of YAML. Every mistake is named at once, with file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.article import Kind, Layer
from knowledge.packs import PackError, list_packs, load_pack, load_vocabulary

COVER = """\
name: test
title: かえで浜市DX推進計画(案) 解説集
document: かえで浜市DX推進計画(案)
edition: 令和8年5月 案
ended_on: 2029-03-31
owner: デジタル課
"""
TERMS = """\
articles:
- id: yogo-BPR
  kind: term
  title: BPR
  reading: びーぴーあーる
  aliases: [業務改革]
  questions: [BPRとは何ですか]
  explanation: |
    仕事の流れを
    作り直すこと。

    言葉の由来は英語です。
  chapter: 用語集
- id: role-CIO
  kind: role
  title: CIO
  explanation: 副市長がつとめます。
  chapter: 本編 2.1(3)
  owner: 秘書課
  rests_on: honpen-3
  focus: [副市長]
- id: jikko-1
  kind: initiative
  title: 窓口のデジタル化
  explanation: |
    概要:
    書かない窓口にします。

    KPI: 目標は310手続です。
  chapter: 実行編(1)
  figures: [{name: 目標手続数, value: 310, unit: 手続, fiscal_year: 2026}]
  blank: [工程表]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "pack.yaml").write_text(COVER, encoding="utf-8")
    (tmp_path / "terms.yaml").write_text(TERMS, encoding="utf-8")
    return tmp_path


def write(pack: Path, name: str, text: str) -> None:
    (pack / name).write_text(text, encoding="utf-8")


def errors_of(pack: Path) -> tuple[str, ...]:
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    assert str(caught.value) == "\n".join(caught.value.errors)
    return caught.value.errors


def test_a_pack_is_read(pack: Path) -> None:
    term, role, initiative = load_pack(pack)
    assert (term.layer, term.kind, term.owner) == (Layer.EDITORIAL, Kind.TERM, "デジタル課")
    assert [passage.text for passage in term.passages] == [
        "仕事の流れを\n作り直すこと。",
        "言葉の由来は英語です。",
    ]
    assert (role.owner, role.rests_on, role.focus) == ("秘書課", "honpen-3", ("副市長",))
    assert role.source.cite() == "かえで浜市DX推進計画(案) 本編2.1(3)"
    assert initiative.source.cite() == "かえで浜市DX推進計画(案) 実行編(1)"
    assert initiative.source.edition == "令和8年5月 案"
    assert initiative.ended_on == date(2029, 3, 31)
    assert (initiative.figures[0].value, initiative.blank) == (310, ("工程表",))


def test_a_line_above_a_paragraph_is_its_label(pack: Path) -> None:
    passages = load_pack(pack)[2].passages
    assert [(p.label, p.text) for p in passages] == [
        ("概要", "書かない窓口にします。"),
        ("", "KPI: 目標は310手続です。"),
    ]


def test_every_mistake_is_named_at_once(pack: Path) -> None:
    write(pack, "terms.yaml", TERMS.replace("  title: BPR\n", "").replace("kind: role", "kind: roll"))
    write(
        pack, "more.yaml", "articles:\n- id: x\n  kind: term\n  titel: X\n  title: 2026\n  explanation: い\n"
    )
    errors = errors_of(pack)
    assert (
        errors[0]
        == "more.yaml 5行目「x の title」: 文字で書いてください。数字、日付、yes・no のように見える言葉は引用符で囲みます。"
    )
    assert errors[1].startswith("more.yaml 4行目「x の titel」: 知らない欄です。書ける欄は id、kind、")
    assert errors[2] == "terms.yaml 2行目「yogo-BPR の title」: この欄がありません。書き加えてください。"
    assert errors[3].startswith("terms.yaml 14行目「role-CIO の kind」: 'term', 'initiative'")
    assert len(errors) == 4


def test_an_id_that_comes_twice_is_named_with_both_places(pack: Path) -> None:
    write(pack, "zz.yaml", "articles:\n- {id: role-CIO, kind: term, title: あ, explanation: い}\n")
    assert errors_of(pack) == (
        "zz.yaml 2行目「id」: id「role-CIO」は terms.yaml 14行目 にもあります。どちらかの id を変えてください。",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "terms.yaml 1行目: いちばん上に「articles:」"),
        ("- id: a\n", "terms.yaml 1行目: いちばん上に「articles:」"),
        ("articles:\n- あ\n", "terms.yaml 2行目: 「名前: 値」の形"),
        ("articles:\n- id: a\n  id: b\n", "terms.yaml 3行目: 「id」が2行目にもあります"),
        ("articles: &a\n- *a\n", "terms.yaml 1行目: 「&」「*」で始まる参照"),
        ("articles:\n- id: a\n kind: term\n", "terms.yaml 3行目: YAML の書き方が正しくありません"),
        (
            TERMS.replace("value: 310", "value: 多い"),
            "terms.yaml 31行目「jikko-1 の figures 1番目 value」: 数で",
        ),
        (
            TERMS.replace("[業務改革]", "業務改革"),
            "terms.yaml 6行目「yogo-BPR の aliases」: 「- 」を並べるか",
        ),
        (TERMS.replace("[業務改革]", "['']"), "terms.yaml 6行目「yogo-BPR の aliases 1番目」: 空か"),
    ],
)
def test_a_broken_file_is_named(pack: Path, text: str, message: str) -> None:
    write(pack, "terms.yaml", text)
    assert errors_of(pack)[0].startswith(message)


def test_a_broken_cover_is_named(pack: Path) -> None:
    write(pack, "pack.yaml", COVER.replace("document: ", "documents: ").replace("2029-03-31", "いつか"))
    errors = errors_of(pack)
    assert any(error.startswith("pack.yaml 5行目「ended_on」: 日付は") for error in errors)
    assert any("「document」: この欄がありません" in error for error in errors)


def test_a_file_in_another_encoding_is_named(pack: Path) -> None:
    (pack / "terms.yaml").write_bytes(b"articles:\n# \x82\xff\n")
    assert errors_of(pack) == (
        "terms.yaml 2行目の文字コードを読み取れません。UTF-8 か Shift_JIS（CP932）で保存し直してください。",
    )


def test_an_unknown_pack_is_answered_with_the_packs_there_are(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="「nowhere」という資料集はありません。ある資料集: fujisawa"):
        load_pack("nowhere")
    with pytest.raises(PackError, match="という資料集はありません"):
        load_pack(tmp_path)


def test_the_words_of_packs_are_put_together(pack: Path, tmp_path: Path) -> None:
    write(
        pack,
        "vocabulary.yaml",
        "synonyms:\n- [窓口, カウンター]\nowners:\n  窓口課: [窓口]\ndefault_owner: 総務課\n",
    )
    both = load_vocabulary([pack, "fujisawa"])
    assert both.synonyms[0] == ("窓口", "カウンター")
    assert both.owners["窓口課"] == ("窓口",)
    assert both.default_owner == "総務課"
    assert len(both.synonyms) > 1
    assert load_vocabulary([]).synonyms == ()


def test_a_vocabulary_is_checked(pack: Path) -> None:
    write(pack, "vocabulary.yaml", "synonyms:\n- [窓口]\n")
    with pytest.raises(PackError, match=r"vocabulary\.yaml 2行目「synonyms 1番目」"):
        load_vocabulary([pack])


def test_a_pack_may_have_no_vocabulary(pack: Path) -> None:
    assert load_vocabulary([pack]).default_owner == ""


def test_the_pack_that_ships_is_read() -> None:
    assert "fujisawa" in list_packs()
    articles = load_pack("fujisawa")
    assert len({article.id for article in articles}) == len(articles) >= 50
    assert all(article.passages and article.source.part and article.owner for article in articles)
