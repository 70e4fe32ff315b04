"""An article as a form and back."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.article import Article, Figure, Kind, Layer, Need, Openness, Passage, Source
from knowledge.editing.difference import list_changes
from knowledge.editing.fields import FieldMistakes, change_article, new_article, overlay, to_values

FULL = Article(
    id="a",
    kind=Kind.PROCEDURE,
    layer=Layer.EDITORIAL,
    title="転入届",
    reading="てんにゅうとどけ",
    aliases=("転入", "引っ越し"),
    questions=("いつまでですか",),
    passages=(
        Passage(text="窓口へ。", label="概要"),
        Passage(text="着手", label="工程表", column="令和4年度"),
    ),
    source=Source(document="手引", edition="第1版", part="実行編", section="(1)", heading="転入", page=3),
    owner="市民課",
    review_on=date(2027, 4, 1),
    figures=(Figure(name="件数", value=3, unit="件"),),
    steps=("書く", "出す"),
    needs=(Need(text="様式1号", url="https://city.example/1"),),
    deadline="14日以内",
    openness=Openness.CITIZENS,
    rests_on="setsu-1",
)


def test_an_unchanged_form_changes_nothing() -> None:
    assert change_article(FULL, to_values(FULL)) is FULL
    browser = {name: text.replace("\n", "\r\n") + " " for name, text in to_values(FULL).items()}
    assert change_article(FULL, browser) is FULL


@pytest.mark.parametrize(
    ("field", "text", "update"),
    [
        ("title", "転居届", {"title": "転居届"}),
        ("aliases", "転居\n\n引越", {"aliases": ("転居", "引越")}),
        ("owner", "税務課", {"owner": "税務課"}),
        ("review_on", "", {"review_on": None}),
        ("steps", "書く", {"steps": ("書く",)}),
        ("needs", "印鑑", {"needs": (Need(text="印鑑"),)}),
        ("openness", "庁内限り", {"openness": Openness.STAFF}),
        ("edition", "第2版", {"source": FULL.source.model_copy(update={"edition": "第2版"})}),
        ("body", "【概要】窓口です。", {"passages": (Passage(text="窓口です。", label="概要"),)}),
    ],
)
def test_one_changed_field_leaves_the_rest_alone(field: str, text: str, update: dict[str, object]) -> None:
    changed = change_article(FULL, {**to_values(FULL), field: text})
    assert changed == FULL.model_copy(update=update)
    assert [change.field for change in list_changes(FULL, changed)] == [field]


def test_a_paragraph_that_was_not_touched_keeps_its_column() -> None:
    body = to_values(FULL)["body"].replace("窓口へ。", "窓口です。")
    changed = change_article(FULL, {**to_values(FULL), "body": body})
    assert [(passage.text, passage.column) for passage in changed.passages] == [
        ("窓口です。", ""),
        ("着手", "令和4年度"),
    ]


def test_a_field_that_no_form_takes_blocks_nothing_while_it_is_left_alone() -> None:
    odd = FULL.model_copy(update={"owner": "市民課\n電話 0466-00-0000"})
    assert change_article(odd, {**to_values(odd), "title": "転居届"}).owner == odd.owner
    with pytest.raises(FieldMistakes) as wrong:
        change_article(odd, {**to_values(odd), "title": "", "owner": "0466-00-0000"})
    assert set(wrong.value.by_field) == {"title", "owner"}


def test_the_body_may_go_only_where_the_documents_words_stand() -> None:
    with pytest.raises(FieldMistakes, match="本文"):
        change_article(FULL, {**to_values(FULL), "body": " "})
    official = FULL.model_copy(update={"layer": Layer.OFFICIAL})
    beside = overlay(official)
    assert (beside.layer, beside.passages, beside.title) == (Layer.EDITORIAL, (), "転入届")
    changed = change_article(beside, {**to_values(beside), "aliases": "引越"})
    assert (changed.aliases, changed.passages) == (("引越",), ())
    assert change_article(changed, {**to_values(changed), "body": "説明です。"}).body == "説明です。"


def test_a_new_article_has_an_id_of_its_title() -> None:
    values = {"title": "駐輪場", "body": "北側です。", "aliases": "自転車置場\n駐輪場所"}
    first, again = new_article(Kind.FAQ, values), new_article(Kind.FAQ, values)
    assert first.id == again.id and first.aliases == ("自転車置場", "駐輪場所")
    with pytest.raises(FieldMistakes) as wrong:
        new_article(Kind.FAQ, {"title": "駐輪場", "review_on": "来年"})
    assert set(wrong.value.by_field) == {"body", "review_on"}
