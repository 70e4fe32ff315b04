"""What the telework questionnaires ask of people's time, as `python -m bench surveys-minutes` models it."""

from __future__ import annotations

import pytest

from bench.survey_minutes import CHATS, PEOPLE, QUICK, SLOW, Reader, Walk, asked, in_chat
from bot.services import Services
from bot.texts.ja import surveys as texts
from tests.surveys.content import shipped

MOST_SECONDS = 120
"""In a chat with the mouse, also for somebody with 育児 and 介護 who ticks up to three; by keyboard on the web it is less."""


@pytest.mark.parametrize("channel", list(CHATS))
@pytest.mark.parametrize("name", list(PEOPLE))
@pytest.mark.parametrize("person", ["typical", "cares"])
async def test_a_questionnaire_stays_short(name: str, channel: str, person: str) -> None:
    with asked(name) as services:
        walk = await in_chat(services, name, CHATS[channel], PEOPLE[name][person])
        (sheet,) = services.stores.surveys.list_sheets("round-1")
    assert walk.seconds(SLOW) - walk.waited < MOST_SECONDS
    assert (
        walk.answers >= len(sheet.answers) >= len(shipped(name).questions) - 2
    )  # all but free text, or who was not asked
    assert walk.clicks >= walk.answers + walk.pages - 1


async def test_who_answers_less_takes_less() -> None:
    walks: dict[str, Walk] = {}
    for person, answers in PEOPLE["telework-usage"].items():
        with asked("telework-usage") as services:
            assert isinstance(services, Services)
            walks[person] = await in_chat(services, "telework-usage", CHATS["slack"], answers)
    assert walks["skips"].pages < walks["typical"].pages
    assert walks["skips"].seconds(QUICK) < walks["typical"].seconds(QUICK) < walks["cares"].seconds(QUICK)


def test_what_was_there_before_is_not_read_again() -> None:
    definition = shipped("telework-usage")
    reader, walk = Reader(definition), Walk()
    reader.see(walk, ["困ったこと", "特にない", "困ったこと"])
    reader.see(walk, ["特にない"])
    assert (walk.read, walk.scanned) == (len("困ったこと"), len("特にない"))
    reader.see(walk, [texts.CONFIRM_TITLE, "困ったこと: 特にない"])
    assert (walk.read, walk.decisions) == (len("困ったこと"), 1)
