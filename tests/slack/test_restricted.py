"""What not everybody may see, asked for in a Slack channel: whoever asked reads it, and nobody beside them."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.texts.ja import ask as texts
from knowledge.article import Article, Audience, Kind, Layer, Passage
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import SlackServers, buttons, click, direct, event, mention, read
from tests.slack.conftest import CHANNEL, USER, posts_of
from tests.web.city import MANAGER

MANAGING = "U0MATSU"
QUESTION = "内示の扱いはどうしますか"
WORDS = "内示は所属長だけで扱います。"
SECRET = Article(
    id="faq:secret",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="内示の扱い",
    questions=(QUESTION,),
    passages=(Passage(text=WORDS),),
    visible_to=(Audience.MANAGER,),
)
SECRET_TERM = SECRET.model_copy(
    update={"id": "term:secret", "kind": Kind.TERM, "title": "BPRの内示", "reading": "びーぴーあーるのないじ"}
)


@pytest.fixture(autouse=True)
def restricted(services: Services, slack: FakeSlack) -> None:
    """Two articles for 所属長 alone, and a 所属長 on Slack."""
    services.stores.articles.replace_source("内示.csv", [SECRET, SECRET_TERM])
    slack.add_user(MANAGING, MANAGER.email)


async def _shown(slack: FakeSlack, count: int) -> None:
    """Wait for so many replies that one person alone sees."""
    await slack.until(lambda: len(slack.responses) == count)


async def test_in_a_channel_whoever_may_see_it_reads_it_alone(
    servers: SlackServers, slack: FakeSlack
) -> None:
    for asked in range(2):  # the second is no recalled one, for all to see
        await servers.deliver(event(mention(MANAGING, CHANNEL, QUESTION)))
        await _shown(slack, asked + 1)
        shown = slack.responses[-1]
        assert (shown["channel"], shown["user"]) == (CHANNEL, MANAGING)
        assert WORDS in read(shown["blocks"])
    assert slack.posts == []
    container = {"type": "message", "is_ephemeral": True, "channel_id": CHANNEL, "message_ts": "1.1"}
    for number, button in enumerate(buttons(shown["blocks"]), 3):
        await servers.deliver(click(slack, MANAGING, button, container, response_url=slack.response_url()))
        await _shown(slack, number)
    assert slack.posts == []


async def test_asked_for_in_private_first_it_is_still_not_shown_to_the_channel(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(event(direct(MANAGING, QUESTION)))
    (post,) = await posts_of(slack)
    assert (post["channel"], WORDS in read(post["blocks"])) == (f"D{MANAGING[1:]}", True)
    await servers.deliver(event(mention(MANAGING, CHANNEL, QUESTION)))
    await slack.until(lambda: bool(slack.responses))
    assert len(slack.posts) == 1


async def test_a_title_on_a_button_is_for_whoever_may_see_it(servers: SlackServers, slack: FakeSlack) -> None:
    """The index of terms has buttons only: one of them names what is restricted."""
    await servers.deliver(event(mention(MANAGING, CHANNEL, "用語")))
    (index,) = await posts_of(slack)
    row = next(button for button in buttons(index["blocks"]) if str(button["value"]).startswith("は|"))
    container = {"type": "message", "channel_id": CHANNEL, "message_ts": index["ts"]}
    await servers.deliver(click(slack, MANAGING, row, container))
    await slack.until(lambda: bool(slack.responses))
    assert SECRET_TERM.title in [button["text"]["text"] for button in buttons(slack.responses[0]["blocks"])]
    assert len(slack.posts) == 1


async def test_somebody_else_in_the_channel_is_told_that_nothing_is_written(
    servers: SlackServers, slack: FakeSlack
) -> None:
    asked = mention(MANAGING, CHANNEL, QUESTION)
    await servers.deliver(event(asked))
    await slack.until(lambda: bool(slack.responses))
    await servers.deliver(event(mention(USER, CHANNEL, QUESTION, thread_ts=asked["ts"])))
    (post,) = await posts_of(slack)
    assert texts.UNKNOWN_TITLE in read(post["blocks"])
    assert "内示の扱い" not in read(post["blocks"]).replace(QUESTION, "")
