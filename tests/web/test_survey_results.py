"""The results page over HTTP for every role, before closing and after, and further tables from the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.charts.picture import svg_of
from bot.jobs.results import publish_results
from bot.services import Services
from bot.texts.ja import disclosure as refusals
from bot.texts.ja import results as texts
from bot.web.people import COOKIE
from surveys.disclosure import Publication
from surveys.round import Round, State
from tests.charts.specimens import OBSTACLES
from tests.surveys.rounds import answer_round, work_members, work_round
from tests.web.city import HR, MANAGER, STAFF
from tests.web.conftest import Client
from tests.web.html import Html

PAGE = "/surveys/round-1/results"
MORE = "/console/surveys/publish"
GUEST = "guest"


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    """The engine of pictures takes a moment to start: not while a browser waits."""
    svg_of(OBSTACLES)


_decided: list[
    tuple[Publication, str]
] = []  # the same answers each time: they are decided once for all tests


@pytest.fixture
def published(services: Services) -> Services:
    """The city after a round that everybody may read has closed and been published."""
    close_and_publish(services, work_round())
    return services


def close_and_publish(services: Services, round_: Round) -> None:
    answer_round(services.stores.surveys, round_)
    publications = services.stores.publications
    if not _decided:
        assert publish_results(services)["published"] == 1
        (publication,) = publications.list_publications(round_.id)
        _decided.append((publication, publications.find_snapshot(round_.id)))
        return
    publication, snapshot = _decided[0]
    assert publications.add_publication(publication, services.clock(), snapshot)


async def get(client: Client, person: str, path: str = PAGE, **query: str) -> tuple[int, str]:
    answer = await client.get(path, params=query, cookies={COOKIE: person})
    source = await answer.text()
    Html(source)
    return answer.status, source


async def test_nothing_that_is_forgotten_later_changes_who_is_said_to_have_answered(
    client: Client, published: Services
) -> None:
    def summary(source: str) -> str:
        return source.partition("人が回答しました")[0].rpartition("対象")[2]

    before = summary((await get(client, HR.id))[1])
    surveys = published.stores.surveys
    answered = sum(one.answered for one in surveys.count_responses("round-1"))
    assert before.endswith(f"のうち{answered}")
    somebody = next(one.person_id for one in work_members() if surveys.has_answered("round-1", one.person_id))
    surveys.forget_person(somebody)
    assert sum(one.answered for one in surveys.count_responses("round-1")) == answered - 1
    assert summary((await get(client, HR.id))[1]) == before
    surveys.forget_answers("round-1")
    assert summary((await get(client, HR.id))[1]) == before


async def post(client: Client, fields: Mapping[str, str], person: str = HR.id) -> Any:
    return await client.post(MORE, data=fields, cookies={COOKIE: person}, allow_redirects=False)


@pytest.mark.parametrize("person", [HR, MANAGER, STAFF], ids=lambda one: one.id)
async def test_whoever_may_read_it_sees_the_summary_a_chart_and_the_table(
    client: Client, published: Services, person: Any
) -> None:
    status, source = await get(client, person.id)
    assert (status, "公表番号 1" in source) == (200, True)
    assert (texts.FREE_TEXT in source) == (person is HR)
    status, source = await get(client, person.id, question="F", by="全庁")
    html = Html(source)
    assert status == 200
    assert [one["src"].partition(";")[0] for one in html.all("img") if one["alt"]] == ["data:image/svg+xml"]
    assert "有効回答" in html.text and "満足" in html.text


async def test_a_guest_sees_nothing(client: Client, published: Services) -> None:
    _, source = await get(client, GUEST)
    assert "公表番号" not in source
    _, source = await get(client, GUEST, question="F", by="全庁")
    assert "<table" not in source


async def test_before_closing_nobody_sees_anything(client: Client, services: Services) -> None:
    round_ = work_round()
    assert services.stores.surveys.plan_round(round_.model_copy(update={"state": State.PLANNED}))
    assert services.stores.surveys.open_round(round_, [])
    for person in (HR, MANAGER, STAFF):
        _, source = await get(client, person.id)
        assert texts.NOT_CLOSED in source
        _, source = await get(client, person.id, question="F", by="全庁")
        assert "<table" not in source


async def test_between_closing_and_publishing_it_says_when_to_come_back(
    client: Client, services: Services
) -> None:
    answer_round(services.stores.surveys, work_round())
    assert texts.NOT_YET in (await get(client, HR.id))[1]
    assert texts.NO_SUCH in (await get(client, HR.id, question="F", by="全庁"))[1]


async def test_what_is_not_there_is_said_politely(client: Client, published: Services) -> None:
    assert (await get(client, HR.id, "/surveys/no-such/results"))[0] == 404
    assert (await get(client, HR.id, f"/surveys/{'x' * 300}/results"))[0] == 404
    for question, by in (("S", "課"), ("nothing", "全庁"), ("F", "nothing"), ("F|課", "|")):
        assert texts.NO_SUCH in (await get(client, HR.id, question=question, by=by))[1]


async def test_a_round_for_its_readers_shows_others_nothing(client: Client, services: Services) -> None:
    close_and_publish(services, work_round(share="readers"))
    assert "公表番号 1" in (await get(client, HR.id))[1]
    assert "公表番号" not in (await get(client, STAFF.id))[1]


async def test_a_further_table_is_chosen_published_and_shown(client: Client, published: Services) -> None:
    _, console = await get(client, HR.id, "/console/surveys")
    assert "/surveys/round-1/results" in {one.get("href") for one in Html(console).all("a")}
    chosen = await post(client, {"more": "round-1"})
    assert chosen.status == 200
    assert {"K", "W", "F"} <= {one["value"] for one in Html(await chosen.text()).all("option")}
    done = await post(client, {"more": "round-1", "question": "K", "by": "課"})
    assert done.status == 303, await done.text()
    status, source = await get(client, STAFF.id, done.headers["Location"])
    assert status == 200 and "1の1課" in source
    assert [one.number for one in published.stores.publications.list_publications("round-1")] == [1, 2]
    (event,) = [one for one in published.stores.audit.list_events() if one.action == "results.publish"]
    assert (event.target, event.detail["outcome"]) == ("round-1", 2)


async def test_a_refusal_says_nothing_of_the_numbers_and_publishes_nothing(
    client: Client, published: Services
) -> None:
    answer = await post(client, {"more": "round-1", "question": "W", "by": "N"})
    assert answer.status == 409
    source = await answer.text()
    assert Html(source).text.count(refusals.NOT_WITH_EARLIER) == 1
    form = source[source.index('id="more"') :]
    assert refusals.NOT_WITH_EARLIER in form
    assert '<option value="W" selected>' in form
    assert '<option value="N" selected>' in form
    assert len(published.stores.publications.list_publications("round-1")) == 1
    (event,) = [one for one in published.stores.audit.list_events() if one.action == "results.publish"]
    assert event.detail["outcome"] == "refused"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"more": "no-such"}, 404),
        ({"more": "round-1", "question": "T", "by": "部"}, 400),
        ({"more": "round-1", "question": "F", "by": "住所"}, 400),
        ({"more": "round-1", "question": "F", "by": "F"}, 400),
        ({"more": "round-1", "question": "F", "by": ""}, 400),
    ],
)
async def test_tables_that_cannot_be_are_named(
    client: Client, published: Services, fields: Mapping[str, str], status: int
) -> None:
    assert (await post(client, fields)).status == status
    assert len(published.stores.publications.list_publications("round-1")) == 1


@pytest.mark.parametrize("person", [MANAGER, STAFF], ids=lambda one: one.id)
async def test_only_those_who_run_surveys_add_tables(
    client: Client, published: Services, person: Any
) -> None:
    fields = {"more": "round-1", "question": "K", "by": "課"}
    assert (await post(client, fields, person.id)).status == 403
    assert len(published.stores.publications.list_publications("round-1")) == 1


async def test_answers_that_are_gone_give_no_further_table(client: Client, published: Services) -> None:
    published.stores.publications.forget_snapshot("round-1")
    assert (await post(client, {"more": "round-1"})).status == 404
    assert texts.MORE_NONE in (await get(client, HR.id, "/console/surveys"))[1]
