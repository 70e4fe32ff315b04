"""Charts on Teams: a picture in the card where it is taken, words and numbers always, and never a second message."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest

from bot.charts.chart import Chart, Series
from bot.charts.picture import png_of
from bot.delivery import Doubtful, PermanentFailure
from bot.messages import Items, Paragraph, Reply
from bot.outgoing import json_bytes
from bot.teams import pictures
from bot.teams.card import count_pages
from bot.teams.messenger import TeamsMessenger
from bot.teams.pictures import messages_of
from bot.texts.ja.charts import REST_IN_PICTURE
from surveys.skills.reading import read_skill_set
from tests.charts.specimens import ALL, OBSTACLES, SKILL_MAP
from tests.fakes.teams import MAX_MESSAGE, FakeTeams, Member, elements, problems_of
from tests.teams.conftest import Deliver, card, words

REPLY = Reply(title="結果", parts=(Paragraph(text="まとめ"), OBSTACLES))


@pytest.fixture(autouse=True, scope="module")
def drawn() -> None:
    """The engine takes a moment to start: not while something waits for it."""
    for chart in ALL:
        png_of(chart)


def images(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [element for element in elements(content) if element["type"] == "Image"]


async def test_the_picture_stands_in_the_card_with_words_and_numbers(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    await messenger.send_to(known.aad, REPLY)
    (posted,) = teams.posted
    (image,) = images(card(posted))
    assert b64decode(image["url"].partition(",")[2]) == png_of(OBSTACLES).data
    assert image["altText"] == OBSTACLES.alt
    for said in ("62.4%", "秘匿", OBSTACLES.alt, OBSTACLES.title):
        assert said in words(posted)


@pytest.mark.parametrize("style", ["bars", "heatmap"])
async def test_the_pictures_of_all_skills_fit_into_a_card(style: str) -> None:
    skills = read_skill_set().framework.skills
    values = tuple(float(number % 5) for number in range(len(skills)))
    one = Series(name="今の段階", values=values)
    chart = Chart(title="技量", labels=tuple(skill.name for skill in skills), series=(one,), alt="段階")
    if style == "heatmap":
        units = tuple(Series(name=name, values=values) for name in ("全庁", "市民自治部", "市民窓口課"))
        chart = chart.model_copy(update={"style": "heatmap", "series": units, "maximum": 4.0})
    found = await messages_of(Reply(title="技量", parts=(chart,)))
    assert len(found) == 2
    assert len(images(found[0]["attachments"][0]["content"])) == 1


async def test_beside_the_picture_of_many_rows_stand_the_ones_that_matter(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    """All of them are written out where the picture is refused."""
    labels = tuple(f"項目{number:02}" for number in range(23))
    values = tuple(float(number) for number in range(23))
    chart = Chart(title="技量", labels=labels, series=(Series(values=values),), first=(21, 3), alt="段階")
    await messenger.send_to(known.aad, Reply(title="技量", parts=(chart,)))
    teams.max_activity = 20_000
    await messenger.send_to(known.aad, Reply(title="技量", parts=(chart,)))
    short, long = (words(one) for one in teams.posted)
    assert [one for one in labels if one in short] == ["項目03", "項目21"]
    assert REST_IN_PICTURE.format(count=21) in short
    assert [one for one in labels if one in long] == list(labels)


async def test_a_refused_picture_is_left_out_and_the_answer_goes_out_once(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    teams.max_activity = 10_000
    await messenger.send_to(known.aad, REPLY)
    (posted,) = teams.posted
    assert images(card(posted)) == []
    assert "62.4%" in words(posted)
    assert [status for status, _ in teams.refused] == [413]


async def test_doubt_about_a_message_with_a_picture_is_no_reason_for_another(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    teams.faults.plan.append("lose reply")
    with pytest.raises(Doubtful):
        await messenger.send_to(known.aad, REPLY)
    assert len(teams.posted) == 1


async def test_what_is_refused_for_another_reason_is_refused(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    teams.faults.repeat("403", 2)
    with pytest.raises(PermanentFailure):
        await messenger.send_to(known.aad, REPLY)
    assert teams.posted == []


async def test_an_answer_in_the_chat_shows_the_picture(
    deliver: Deliver, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.router.HANDLERS", {"ask": lambda *_: REPLY})
    await deliver(teams.activity("支障は何ですか", user=asker))
    (posted,) = await teams.wait_for(1)
    assert len(images(card(posted))) == 1


async def test_every_chart_fits_and_pictures_cost_no_page() -> None:
    for chart in ALL:
        with_picture, _ = await messages_of(Reply(title="図", parts=(chart,)))
        body = json.dumps({"type": "message", **with_picture}).encode()
        assert problems_of({"type": "message", **with_picture}, body) == []
    long = Reply(parts=(SKILL_MAP, Items(items=("い" * 300,) * 30)))
    for page in range(count_pages(long)):
        for fields in await messages_of(long, page=page):
            body = json.dumps({"type": "message", **fields}, ensure_ascii=False).encode()
            assert problems_of({"type": "message", **fields}, body) == []
            assert len(body) - sum(len(one["url"]) for one in images(fields["attachments"][0])) < MAX_MESSAGE


async def test_pictures_leave_room_for_what_else_the_message_says(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three pictures would fit alone, and not beside the numbers of four: the last one gives way, and nothing is refused."""
    picture = len(b64encode(png_of(OBSTACLES).data))
    monkeypatch.setattr(pictures, "MOST_BYTES", picture * 3 + 4_000)
    teams.max_activity = picture * 3 + 9_000
    several = tuple(OBSTACLES.model_copy(update={"title": f"図{number}"}) for number in range(4))
    await messenger.send_to(known.aad, Reply(parts=several))
    assert teams.refused == []
    (posted,) = teams.posted
    assert len(json_bytes(posted.activity)) > 2 * picture + 9_000, "the rest is what takes the room"
    assert [len(images(card(posted))), *(one.title in words(posted) for one in several)] == [2, *[True] * 4]


async def test_too_many_pictures_leave_the_last_ones_in_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", len(png_of(OBSTACLES).data) * 3 // 2 + 12_000)
    with_picture, _ = await messages_of(Reply(parts=(OBSTACLES, SKILL_MAP)))
    assert len(images(with_picture["attachments"][0]["content"])) == 1
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    assert len(await messages_of(Reply(parts=(OBSTACLES, SKILL_MAP)))) == 1
