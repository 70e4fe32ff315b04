"""「自分のデータ」 before the router: seen, confirmed, deleted, and what stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.messages import Paragraph, Reply, Table
from bot.services import Services
from bot.settings import Settings
from staff.privacy.erasing import look
from staff.privacy.store import Hold
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, Seat, open_city
from tests.staff.privacy.planting import OTHER, leaver, plant
from tests.staff.privacy.planting import settle as settle_rounds

ME = leaver(1)


@pytest.fixture
def city(sqlite_stores: SqlStores, tmp_path: Path) -> Services:
    services = open_city(sqlite_stores, Settings(content=(), erased_list=str(tmp_path / "erased")))
    settle_rounds(sqlite_stores, [ME])
    plant(sqlite_stores, ME)
    return services


def seat(city: Services, **changes: object) -> Seat:
    return replace(Seat(city, ME, "slack", private=True), **changes)  # type: ignore[arg-type]


def items(city: Services) -> set[str]:
    return {one.item for one in look(city.stores, ME.id).holdings if one.whose == "own"}


def text_of(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts if isinstance(part, Paragraph))


@pytest.mark.parametrize("words", ["自分のデータ", " 自分のデータ "])
def test_typed_words_show_it(city: Services, words: str) -> None:
    reply = seat(city).send("ask", "", words)
    (table,) = [part for part in reply.parts if isinstance(part, Table)]
    titles = {row[0]: row for row in table.rows}
    assert titles["技量の自己評価"][1:] == ("1", "在籍の間", "できます")
    assert titles["職員名簿"][3] == "できません"
    assert "職員課へお知らせください" in text_of(reply)
    assert reply.fleeting, "it is shown and never stored"


def test_never_where_others_read(city: Services) -> None:
    reply = seat(city, private=False).send("own_data")
    assert "個別の会話" in text_of(reply) and not reply.form
    assert "個別の会話" in text_of(seat(city, private=False).send("own_delete", items=["plans"], sure="yes"))
    assert "plans" in items(city)


def test_a_stranger_has_nothing(city: Services) -> None:
    assert seat(city, person=None).send("own_data").refused


def test_it_goes_when_chosen_and_confirmed(city: Services) -> None:
    me = seat(city)
    form = me.send("own_delete").form
    assert form and "plans" in {choice.value for choice in form.fields[0].choices}
    unsure = me.send("own_delete", "", "", items=["plans", "assessments"], sure="")
    assert unsure.form and unsure.form.fields[1].error
    assert me.send("own_delete", "", "", items=[], sure="yes").form
    assert "plans" in items(city)
    done = me.send("own_delete", "", "", items=["plans", "assessments", "drafts"], sure="yes")
    assert "消しました" in text_of(done) and "残るものと、そのわけ" in text_of(done)
    assert not items(city) & {"plans", "assessments", "drafts"}
    assert {"directory", "profiles", "answers"} <= items(city)
    event = city.stores.audit.list_events(1)[0]
    assert (event.actor, event.action) == (ME.id, "privacy.erase")


def test_what_is_not_ones_own_to_delete_stays(city: Services) -> None:
    assert seat(city).send("own_delete", "", "", items=["directory", "audit"], sure="yes").form
    assert city.stores.directory.person(ME.id) == ME
    assert city.stores.directory.person(OTHER.id) == OTHER


def test_a_hold_is_told(city: Services) -> None:
    city.stores.records.place_hold(
        Hold(id="h", kind="skills", reason="監査の求め", placed_by=OTHER.id, placed_at=NOW)
    )
    reply = seat(city).send("own_delete", "", "", items=["plans"], sure="yes")
    assert "監査の求め" in text_of(reply)
    assert "plans" in items(city)
