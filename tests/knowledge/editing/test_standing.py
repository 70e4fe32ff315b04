"""Edits laid over packs and imports, and who may make them."""

from __future__ import annotations

import pytest

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.editing.rights import Editor
from knowledge.editing.searching import Catalogue
from knowledge.editing.standing import beneath, lay_edits, official
from knowledge.entry import merge_entries
from staff.permissions import NotAllowed, Permission
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, STAFF


def article(text: str, layer: Layer = Layer.EDITORIAL, id_: str = "a") -> Article:
    return Article(id=id_, kind=Kind.FAQ, layer=layer, title=id_, passages=(Passage(text=text),))


PACK, IMPORTED, OFFICIAL, OTHER = (
    article("同梱"),
    article("取込"),
    article("原文", Layer.OFFICIAL),
    article("別", id_="b"),
)


def texts(edits: dict[str, Article | None]) -> list[tuple[str, str, str]]:
    entries = merge_entries(*lay_edits([PACK, OTHER], [IMPORTED, OFFICIAL], edits))
    return sorted(
        (
            entry.id,
            entry.editorial.body if entry.editorial else "",
            entry.official.body if entry.official else "",
        )
        for entry in entries
    )


def test_an_edit_wins_over_pack_and_import_and_leaves_the_document_alone() -> None:
    assert texts({}) == [("a", "取込", "原文"), ("b", "別", "")]
    assert texts({"a": article("編集")}) == [("a", "編集", "原文"), ("b", "別", "")]
    assert texts({"a": None}) == [("a", "", "原文"), ("b", "別", "")]
    assert texts({"b": None, "c": article("新", id_="c")}) == [("a", "取込", "原文"), ("c", "新", "")]


def test_what_lies_beneath_is_what_would_stand_without_edits() -> None:
    assert beneath([PACK, OTHER], [IMPORTED, OFFICIAL], "a") == IMPORTED
    assert beneath([PACK, OTHER], [OFFICIAL], "a") == PACK
    assert beneath([], [OFFICIAL], "a") is None
    assert official([PACK], [IMPORTED, OFFICIAL], "a") == OFFICIAL
    assert official([PACK], [IMPORTED], "nobody") is None


@pytest.mark.parametrize(
    ("person", "own", "others"),
    [
        (OPERATOR, True, True),
        (LEADER, True, False),
        (MANAGER, True, False),
        (STAFF, False, False),
        (HR, False, False),
        (None, False, False),
    ],
)
def test_who_may_change_whose(person: object, own: bool, others: bool) -> None:
    found = next((each for each in (OPERATOR, LEADER, MANAGER, STAFF, HR) if each == person), None)
    editor = Editor(by="x", person=found, departments=DEPARTMENTS)
    assert editor.may_change("市民窓口課") is own
    assert editor.may_change("職員課") is others
    assert editor.may_change("") is others
    for owner, may in (("市民窓口課", own), ("職員課", others)):
        if may:
            editor.require_change(owner)
        else:
            with pytest.raises(NotAllowed, match="職員名簿への登録" if found is None else owner):
                editor.require_change(owner)


def test_the_operator_at_the_command_line_may_do_everything() -> None:
    editor = Editor(by="cli/root", on_host=True)
    editor.require_change("職員課")
    editor.require(Permission.KNOWLEDGE_PROPOSE)


def test_search_puts_names_first_and_wants_every_word() -> None:
    named = article("本文", id_="受付")
    asked = article("本文", id_="x").model_copy(update={"questions": ("受付はどこ",), "owner": "市民課"})
    entries = merge_entries([asked, named], [])
    assert [entry.id for entry in Catalogue(entries).search("受付")] == ["受付", "x"]
    assert [entry.id for entry in Catalogue(entries).search("受付　市民課")] == ["x"]
    assert len(Catalogue(entries).search(" ")) == 2
