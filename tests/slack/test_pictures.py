"""Charts on Slack: a picture where one can be had, words and numbers always, and never a second message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.charts.picture import NoPicture, png_of
from bot.delivery import Doubtful, Message
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.slack import pictures
from bot.slack.client import build_client
from bot.slack.errand import Place
from bot.slack.messenger import SlackMessenger
from tests.charts.specimens import OBSTACLES, ROUNDS
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import read
from tests.slack.conftest import CHANNEL, USER

NOW = datetime.now(UTC)
REPLY = Reply(title="結果", parts=(Paragraph(text="まとめ"), OBSTACLES))


def message(key: str = "results/1", reply: Reply = REPLY, recipient: str = USER) -> Message:
    return Message(key=key, channel="slack", recipient=recipient, reply=reply, due_at=NOW)


@pytest.fixture(autouse=True, scope="module")
def drawn() -> None:
    """The engine takes a moment to start: not while something waits for it."""
    for chart in (OBSTACLES, ROUNDS):
        png_of(chart)


@pytest.fixture
async def messenger(services: Services) -> AsyncIterator[SlackMessenger]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2.0)) as session:
        client = build_client(services.settings)
        client.session = session
        yield SlackMessenger(services, client)


def images(post: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in post["blocks"] if block["type"] == "image"]


def assert_told(post: dict[str, Any]) -> None:
    """The numbers and the words stand in the message, picture or not."""
    said = read(post["blocks"])
    assert "62.4%" in said and "秘匿" in said and OBSTACLES.alt in said


async def test_the_picture_is_uploaded_and_shown_with_words_and_numbers(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    await messenger.send(message())
    (post,) = slack.posts
    (image,) = images(post)
    upload = slack.files.uploads[image["slack_file"]["id"]]
    assert upload.data == png_of(OBSTACLES).data
    assert (upload.title, upload.alt) == (OBSTACLES.title, OBSTACLES.alt)
    assert image["alt_text"] == OBSTACLES.alt
    assert_told(post)


async def test_the_same_chart_is_uploaded_once_for_all_who_get_it(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    for number in range(3):
        await messenger.send(message(f"results/{number}"))
    await messenger.send(message("another", Reply(parts=(ROUNDS,)), CHANNEL))
    assert [len(images(post)) for post in slack.posts] == [1, 1, 1, 1]
    assert len(slack.files.uploads) == 2


@pytest.mark.parametrize("fault", ["lose_request", "lose_reply", "500", "429"])
@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_without_the_upload_the_message_goes_out_in_words(
    messenger: SlackMessenger, slack: FakeSlack, step: str, fault: Any
) -> None:
    slack.fail(step, fault)
    ts = await messenger.send(message())
    (post,) = slack.posts
    assert (post["ts"], images(post)) == (ts, [])
    assert_told(post)


async def test_without_the_scope_the_message_goes_out_in_words(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.scopes.discard("files:write")
    await messenger.send(message())
    (post,) = slack.posts
    assert images(post) == []
    assert_told(post)


async def test_a_picture_that_cannot_be_drawn_costs_nothing_else(
    messenger: SlackMessenger, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(_: object) -> dict[object, object]:
        raise NoPicture("OSError")

    monkeypatch.setattr(pictures, "pictures_of", none)
    await messenger.send(message())
    (post,) = slack.posts
    assert images(post) == []
    assert_told(post)


async def test_a_file_that_is_not_ready_yet_is_waited_for(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.files.seconds = 0.3
    await messenger.send(message())
    (post,) = slack.posts
    assert len(images(post)) == 1
    assert [name for name, _ in slack.refused] == ["chat.postMessage"]


async def test_a_file_that_never_gets_ready_is_left_out_and_tried_anew_next_time(
    messenger: SlackMessenger, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.messenger.FILE_WAITS", (0.01, 0.01, 0.01, 0.0))
    slack.files.seconds = 3600.0
    await messenger.send(message())
    (post,) = slack.posts
    assert images(post) == []
    assert_told(post)
    slack.files.seconds = 0.0
    await messenger.send(message("results/2"))
    assert len(images(slack.posts[1])) == 1
    assert len(slack.files.uploads) == 2


async def test_a_lost_reply_is_found_again_and_not_repeated(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", "lose_reply")
    with pytest.raises(Doubtful):
        await messenger.send(message())
    assert await messenger.find(message(), NOW) == slack.posts[0]["ts"]
    assert len(slack.posts) == 1


async def test_a_fleeting_reply_leaves_no_file_behind(messenger: SlackMessenger, slack: FakeSlack) -> None:
    reply = REPLY.model_copy(update={"fleeting": True})
    await messenger.post(Place(channel=CHANNEL), reply, "fleeting")
    assert slack.files.uploads == {}
    assert_told(slack.posts[0])


async def test_an_answer_by_response_url_shows_the_picture_or_the_words(
    messenger: SlackMessenger, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.messenger.FILE_WAITS", (0.01, 0.01, 0.01, 0.0))
    await messenger.post(Place(channel="", response_url=slack.response_url()), REPLY, "shown")
    slack.files.seconds = 3600.0
    await messenger.post(Place(channel="", response_url=slack.response_url()), REPLY, "told")
    shown, told = slack.responses
    assert (len(images(shown)), len(images(told))) == (1, 0)
    for one in (shown, told):
        assert_told(one)


async def test_a_place_that_is_gone_is_not_written_to_twice(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    with pytest.raises(Exception, match="channel_not_found"):
        await messenger.post(Place(channel="C0GONE"), REPLY, "gone")
    assert len(slack.called("chat.postMessage")) == 1
