"""職員課 runs rounds on the console; nobody else does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.services import Services
from bot.texts.ja import survey_rounds as texts
from bot.texts.ja import surveys as survey_texts
from bot.web.people import COOKIE
from surveys.round import State
from tests.surveys.city import Seat
from tests.web.city import HR, MANAGER, STAFF
from tests.web.conftest import Client
from tests.web.html import Html

PATH = "/console/surveys"
OWN = "id: own\ntitle: 課の調査\npurpose: 試す\nreaders: 人\nquestions:\n- {id: A, type: date, text: いつ}\n"


async def _post(client: Client, path: str, fields: Mapping[str, str], status: int = 303) -> str:
    answer = await client.post(f"{PATH}/{path}", data=fields, cookies={COOKIE: HR.id}, allow_redirects=False)
    assert answer.status == status, await answer.text()
    return await answer.text()


async def _shown(client: Client, status: int = 200, person: str = HR.id) -> str:
    answer = await client.get(PATH, cookies={COOKIE: person})
    assert answer.status == status
    source = await answer.text()
    Html(source)
    return source


@pytest.mark.parametrize("person", [STAFF, MANAGER])
async def test_only_those_who_run_surveys_get_in(client: Client, person: object) -> None:
    await _shown(client, 403, getattr(person, "id", ""))


async def test_a_round_from_opening_to_closing(client: Client, services: Services) -> None:
    await _post(client, "absent", {"people": STAFF.id})
    await _post(client, "open", {"survey": "open-data-needs", "pilots": "市民窓口課"})
    (round_,) = services.stores.surveys.list_rounds(State.OPEN)
    assert round_.pilots == {"D11"}
    assert services.stores.surveys.find_member(round_.id, STAFF.id) is None
    source = await _shown(client)
    assert "回答 0 人 / 対象 5 人" in source
    assert "5人に送ります" in await _post(client, "remind", {"round": round_.id}, 200)
    assert texts.REMINDED_TODAY in await _post(client, "remind", {"round": round_.id}, 200)
    await _post(client, "close", {"round": round_.id})
    assert [one.state for one in services.stores.surveys.list_rounds()] == [State.CLOSED]
    actions = {event.action for event in services.stores.audit.list_events()}
    assert {"survey.open", "survey.remind", "survey.close", "survey.absent"} <= actions


async def test_a_survey_of_ones_own_is_planned_and_dropped(client: Client, services: Services) -> None:
    await _post(client, "open", {"survey": "own", "yaml": OWN, "on": "2099-04-01", "days": "3"})
    (round_,) = services.stores.surveys.list_rounds(State.PLANNED)
    assert round_.definition.title == "課の調査"
    assert "「課の調査」の予定を取り消します。元に戻せません。" in await _shown(client)
    await _post(client, "close", {"round": round_.id})
    assert services.stores.surveys.list_rounds() == [round_]
    await _post(client, "drop", {"round": round_.id})
    assert services.stores.surveys.list_rounds() == []


async def test_a_round_opened_by_mistake_is_dropped_until_somebody_answers(
    client: Client, services: Services
) -> None:
    for answers in (False, True):
        await _post(client, "open", {"survey": "own", "yaml": OWN})
        (round_,) = services.stores.surveys.list_rounds(State.OPEN)
        assert "回答なし）を取り消します。" in await _shown(client)
        if answers:
            seat = Seat(services, STAFF)
            form = seat.send("survey_page", f"{round_.id}/0", A="2026-04-01").form
            assert form is not None
            assert seat.send("survey_submit", form.value).title == survey_texts.RECEIPT_TITLE
            assert texts.DROP not in await _shown(client)
        said = await _post(client, "drop", {"round": round_.id}, 409 if answers else 303)
        assert ("1人が回答したため取り消せません" in said) is answers
    assert services.stores.surveys.list_rounds() == [round_]
    events = services.stores.audit.list_events()
    assert [(one.actor, one.target) for one in events if one.action == "survey.drop"] == [(HR.id, round_.id)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"survey": "own", "yaml": OWN.replace("date", "dat")}, "6行目"),
        ({"survey": "nothing"}, texts.CHOOSE_SURVEY),
        ({"survey": "open-data-needs", "on": "2020-01-01"}, texts.WRONG_DAY),
        ({"survey": "open-data-needs", "on": "x"}, texts.WRONG_DAY),
        ({"survey": "open-data-needs", "days": "0"}, texts.WRONG_DAY),
        ({"survey": "open-data-needs", "pilots": "ない課"}, "ない課"),
        ({"survey": "open-data-needs", "wave": "あ" * 61}, "60字まで"),
        ({"survey": "own", "yaml": OWN + "audience: {people: [typo]}"}, "職員番号があります: typo"),
    ],
)
async def test_mistakes_are_told_and_nothing_opens(
    client: Client, services: Services, fields: dict[str, str], words: str
) -> None:
    for path in ("check", "open"):
        assert words in await _post(client, path, fields, 400)
    assert services.stores.surveys.list_rounds() == []


async def test_rounds_of_one_year_are_told_apart_by_name(client: Client, services: Services) -> None:
    yearly = {"survey": "own", "yaml": OWN + "repeat: yearly"}
    for on in ("2027-04-01", "2027-10-01"):
        await _post(client, "open", yearly | {"on": on})
    await _post(client, "open", yearly | {"on": "2028-01-11", "wave": "冬の回"})
    names = [one.wave for one in services.stores.surveys.list_rounds()]
    assert names == ["令和9年度", "令和9年度 第2回", "冬の回"]


async def test_a_survey_is_checked_without_being_opened(client: Client, services: Services) -> None:
    source = await _post(client, "check", {"survey": "own", "yaml": OWN, "on": "2099-04-01"}, 200)
    people = len(services.stores.directory.list_people())
    assert f"「課の調査」に誤りはありません。開くと、対象は{people}人" in source
    assert "いつ" in source and OWN.splitlines()[0] in source  # what was pasted stays in the form
    assert services.stores.surveys.list_rounds() == []
    nobody = OWN + "audience: {roles: [executive]}\n"
    await _post(client, "check", {"survey": "own", "yaml": nobody}, 400)


async def test_unknown_people_and_rounds(client: Client, services: Services) -> None:
    assert "nobody" in await _post(client, "absent", {"people": "nobody"}, 400)
    assert services.stores.surveys.list_absent() == []
    await _post(client, "close", {"round": "no-such"}, 404)
