"""Whoever offers to be asked is shown once that opens nothing of what is published: through the router and the worker's job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

import pytest

from bot.jobs.experts import show_experts, show_experts_apart
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import skill_page as texts
from knowledge.base import KnowledgeBase
from staff.calendar import JAPAN
from staff.demo import synthetic_city
from staff.model import Person
from storage.stores import SqlStores
from surveys.publishing import stays_hidden
from surveys.skills import demo
from surveys.skills.asking import SURVEY_ID
from surveys.skills.assessment import ExpertProfile
from surveys.skills.telling import told_with
from tests.handlers.learning_city import Seat, outgoing
from tests.surveys.skills.conftest import TODAY, small

NOW = datetime.combine(TODAY, time(10), JAPAN)


def services_of(stores: SqlStores) -> Services:
    knowledge = KnowledgeBase(stores.articles, ())
    return Services(settings=Settings(content=()), stores=stores, knowledge=knowledge, clock=lambda: NOW)


@pytest.fixture
def services(city: SqlStores) -> Iterator[Services]:
    """The city with nobody offering."""
    before = city.skills.list_profiles()
    for one in before:
        city.skills.remove_profile(one.person_id)
    yield services_of(city)
    for one in city.skills.list_profiles():
        city.skills.remove_profile(one.person_id)
    for one in before:
        city.skills.save_profile(one)


def able(services: Services) -> list[Person]:
    """Who said in the published round that they do it alone."""
    stores = services.stores
    last = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
    answered = {sheet.person_id: sheet.answers.get("sheet") for sheet in stores.surveys.list_sheets(last.id)}
    return [one for one in stores.directory.list_people() if answered.get(one.id) in ("3", "4")]


def opens_nothing(services: Services, person: Person) -> bool:
    stores = services.stores
    last = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
    profile = ExpertProfile(person_id=person.id, skills=())
    told = told_with(stores.skills.list_profiles(), profile, "sheet", last.id, stores.surveys)
    assert told is not None
    return stays_hidden(last.id, "sheet", told, stores.publications)


def found(services: Services, person: Person, word: str = "集計") -> bool:
    return person.name in sought(services, person, word)


def sought(services: Services, person: Person, word: str) -> str:
    """What somebody else reads who looks for `word`."""
    asker = next(one for one in services.stores.directory.list_people() if one.id != person.id)
    return Seat(services, asker).send("experts", "", word).text


def test_an_offer_waits_until_it_is_known_to_open_nothing(services: Services) -> None:
    person = next(one for one in able(services) if opens_nothing(services, one))
    offered = Seat(services, person).send("expert_offer", "", "", skills=["sheet"], words="毎月の表")
    assert texts.EXPERT_WAITING in offered.text
    assert not found(services, person)
    assert show_experts_apart(services) == {"experts": 1}
    assert found(services, person)
    kept = services.stores.skills.find_profile(person.id)
    assert kept is not None
    assert (kept.skills, kept.waiting) == (("sheet",), {})
    told = [reply.text for _, recipient, reply in outgoing(services.stores) if recipient == person.id]
    assert any(texts.expert_shown(["表計算での集計"]) in text for text in told)
    changed = Seat(services, person).send("expert_offer", "", "", skills=["sheet"], words="毎週の表")
    assert texts.EXPERT_SAVED in changed.text, "words alone need not be looked at"


def test_an_offer_that_would_open_a_count_is_held_back(services: Services) -> None:
    *others, last = able(services)
    for one in others:
        services.stores.skills.save_profile(ExpertProfile(person_id=one.id, skills=("sheet",)))
    assert not opens_nothing(services, last)
    Seat(services, last).send("expert_offer", "", "", skills=["sheet", "security"], words="毎月の表")
    assert show_experts(services) == {"experts": 1}
    kept = services.stores.skills.find_profile(last.id)
    assert kept is not None
    assert kept.skills == ("security",), "what no table tells of opens nothing"
    assert set(kept.waiting) == {"sheet"}
    told = [reply.text for _, recipient, reply in outgoing(services.stores) if recipient == last.id]
    assert any(texts.expert_held(["表計算での集計"], "毎月の表") in text for text in told)
    assert not found(services, last)
    assert found(services, last, "セキュリティ")
    assert not found(services, last, "毎月の表"), "the words may name what is held back"
    assert "毎月の表" not in sought(services, last, "セキュリティ")
    assert show_experts(services) == {"experts": 0}, "not looked at twice in one round"
    form = Seat(services, last).send("expert_offer").form
    assert form is not None
    assert set(form.fields[0].value) == {"sheet", "security"}
    assert form.fields[1].value == "毎月の表", "kept for its owner"
    Seat(services, last).send("expert_offer", "", "", skills=["security"], words="不審なメールのこと")
    assert found(services, last, "不審なメール"), "every skill that is still offered is shown"


def test_nobody_is_shown_while_a_round_waits_to_be_published(
    sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "read_skill_set", small)
    sqlite_stores.directory.save(*synthetic_city(30, 1), [])
    demo.fill_skills(sqlite_stores, TODAY, 1)
    services = services_of(sqlite_stores)
    person = sqlite_stores.directory.list_people()[-1]
    Seat(services, person).send("expert_offer", "", "", skills=["sheet"], words="表")
    assert show_experts(services) == {"experts": 0}
    assert not found(services, person)
