"""A survey of the city's own, whole: opened by its file, answered on three channels, closed by the worker, published, read on all."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from bot.handlers.survey_rounds import plan, run_rounds
from bot.jobs.results import publish_results
from bot.texts.ja import results as result_texts
from bot.texts.ja import surveys as texts
from staff.calendar import BusinessCalendar
from staff.model import Department, Person, Post, Role
from surveys.demo import plausible_answers
from surveys.loading import load_definition
from surveys.round import Round
from surveys.schedule import plan_round
from surveys.submission import Submission
from tests.scenarios.test_surveys import ANSWERS, Towns, begin, fill_in, towns
from tests.scenarios.towns import Shown
from tests.surveys.samples import NOW
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, STAFF

__all__ = ["towns"]
NAME = "open-data-needs"
SECTIONS = ("D11", "D12", "D13")
COLLEAGUES = 30
BY_HAND = {"web": STAFF, "slack-http": LEADER, "teams": MANAGER}


def enlarge(city: Towns) -> None:
    """Two more 課, and thirty people in each."""
    more = [Department(id=one, name=f"第{one[-1]}課", parent_id="D10") for one in SECTIONS[1:]]
    people = [
        Person(
            id=f"3{section[1:]}{number:03}",
            name=f"職員 {section} {number}",
            email=f"{section}-{number}@city.example",
            posts=(Post(department_id=section, roles=frozenset({Role.STAFF})),),
            synthetic=True,
        )
        for section in SECTIONS
        for number in range(COLLEAGUES)
    ]
    city.services.stores.directory.save((*DEPARTMENTS, *more), people, [])


def answer_for_colleagues(city: Towns, round_: Round) -> int:
    """Three in four of them answer."""
    surveys, chance, count = city.services.stores.surveys, Random(1), 0
    for person in city.services.stores.directory.list_people():
        member = surveys.find_member(round_.id, person.id)
        if member and person.id.startswith("3") and chance.random() < 0.75:
            answers = plausible_answers(round_.definition.questions, member, chance)
            surveys.keep_submission(
                Submission(
                    round_id=round_.id,
                    person_id=member.person_id,
                    revision=1,
                    sent_at=NOW,
                    attributes=round_.attributes_of(member),
                    answers=answers,
                )
            )
            count += 1
    return count


def button(shown: Shown, words: str) -> str:
    """The first button with these words."""
    return next(label for label in shown.buttons if words in label)


async def test_open_data_from_its_file_to_results_on_every_channel(towns: Towns) -> None:
    services, stores = towns.services, towns.services.stores
    enlarge(towns)
    definition = load_definition(NAME)
    planned = plan_round(definition, NOW.date(), BusinessCalendar())
    assert plan(services, planned, "cli/test") and run_rounds(services)["opened"] == 1
    round_ = stores.surveys.find_round(planned.id)
    assert round_ is not None
    seats = {}
    for channel, person in BY_HAND.items():
        seat = seats[channel] = (await towns.on(channel)).seat(person)
        confirmation = await fill_in(
            seat, await begin(seat, f"{texts.ANSWER}: {definition.title}"), ANSWERS[NAME]
        )
        assert texts.RECEIPT_TITLE in (await seat.fill(confirmation)).text
    answered = answer_for_colleagues(towns, round_) + len(BY_HAND)
    assert result_texts.NONE in (await seats["web"].say("結果")).text

    towns.clock.now += timedelta(days=30)
    assert run_rounds(services)["closed"] == 1
    assert publish_results(services)["published"] == 1
    for channel, seat in seats.items():
        listed = await seat.say("結果")
        whole = await seat.press(listed, button(listed, definition.title))
        assert f"{answered}人が回答しました" in whole.text, channel
        assert "求められたデータ（全庁）" in whole.text
        question = await seat.press(whole, button(whole, "公開しにくい理由"))
        by_division = await seat.press(question, result_texts.OTHER_WAYS.format(way=result_texts.BY_DIVISION))
        assert "市民自治部" in by_division.text
        own = await seat.press(whole, button(whole, result_texts.OWN))
        assert "市民自治部 (" in own.text and "全庁 (" in own.text

    hr = (await towns.on("web")).seat(HR)
    listed = await hr.say("結果")
    said = await hr.press(await hr.press(listed, button(listed, definition.title)), result_texts.FREE_TEXT)
    assert "公開してほしい" in said.text
