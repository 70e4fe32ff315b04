"""What is said of a survey in a message when its window is gone: never an answer that should not stand there, and no half of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Reply
from bot.services import Services
from bot.slack import windows
from bot.slack.views import reply_form_view
from bot.texts.ja import slack as slack_texts
from bot.texts.ja import surveys as texts
from surveys.definition import Identity
from surveys.opening import open_with
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import SlackServers, buttons, click_on_post, read
from tests.forms.slack import filled
from tests.handlers.learning_city import Seat
from tests.slack.conftest import USER, posts_of
from tests.surveys.samples import planned, survey
from tests.web.city import STAFF

SECRET = "ひみつの意見。"
CHAT: dict[str, Any] = {"channels": ["web", "slack"], "chat_allowed": True}


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer takes so long that the window was closed meanwhile."""
    monkeypatch.setattr(windows, "ACK_SECONDS", 0.0)
    monkeypatch.setattr(windows, "AFTER_ACK_SECONDS", 0.01)


def asked(services: Services, count: int, **changes: Any) -> Seat:
    """A round of so many questions for texts is open; whoever answers it on Slack."""
    asks = {"type": "long_text", "max_length": 2000} | changes.pop("every", {})
    questions = [{"id": f"T{number}", "text": f"意見{number}", **asks} for number in range(count)]
    now = services.clock()
    definition = survey(questions=questions, **CHAT, **changes)
    round_ = planned(definition).model_copy(
        update={"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=7)}
    )
    directory = services.stores.directory
    opening = open_with(round_, directory.list_people(), directory.list_departments(), (), now.date())
    assert services.stores.surveys.plan_round(round_)
    assert services.stores.surveys.open_round(opening.round, opening.members)
    return Seat(services, STAFF, "slack", private=True)


def confirmation(seat: Seat, length: int) -> Reply:
    """The page that asks whether to send; every text is so long."""
    shown = seat.send("survey_show", "round-1")
    while shown.form is not None and shown.form.name == "survey_page":
        given = {field.id: (SECRET * 500)[:length] for field in shown.form.fields}
        shown = seat.send("survey_page", shown.form.value, **given)
    return shown


async def sent_too_late(servers: SlackServers, slack: FakeSlack, shown: Reply) -> dict[str, Any]:
    """Press 「この内容で送る」 in a window that is closed then; the one message that comes of it."""
    view = reply_form_view(shown) | {"id": "V1"}
    payload = {"type": "view_submission", "user": {"id": USER}, "trigger_id": slack.trigger()}
    answer = await (await servers.deliver(payload | {"view": filled(view, {})})).json()
    assert slack_texts.PROCESSING in read(answer["view"]["blocks"])
    (post,) = await posts_of(slack)
    assert post["channel"] == f"D{USER[1:]}"
    return post


@pytest.mark.parametrize("length", [300, 2000])
async def test_a_receipt_stands_whole_in_a_message_or_is_read_where_it_has_room(
    services: Services, servers: SlackServers, slack: FakeSlack, gone: None, length: int
) -> None:
    seat = asked(services, 6)
    post = await sent_too_late(servers, slack, confirmation(seat, length))
    said = read(post["blocks"])
    assert texts.RECEIPT_TITLE in said and slack_texts.CUT_OFF not in said
    assert len(services.stores.surveys.list_sheets("round-1")) == 1
    assert said.count(SECRET) == (0 if length == 2000 else 6 * (300 // len(SECRET)))
    assert (texts.RECEIPT_WHERE in said) is (length == 2000)
    (edit,) = buttons(post["blocks"])
    assert edit["text"]["text"] == texts.EDIT
    await servers.deliver(click_on_post(slack, USER, post, edit))
    await slack.until(lambda: bool(slack.views))
    (view,) = slack.views.values()
    assert SECRET in str(view["blocks"])


@pytest.mark.parametrize("identity", [Identity.CONFIDENTIAL, Identity.ANONYMOUS])
async def test_answers_to_a_delicate_survey_stand_in_no_message(
    services: Services, servers: SlackServers, slack: FakeSlack, gone: None, identity: Identity
) -> None:
    attributes = ["division"] if identity is Identity.ANONYMOUS else ["section"]
    seat = asked(services, 1, every={"sensitive": True}, identity=identity, attributes=attributes)
    post = await sent_too_late(servers, slack, confirmation(seat, 300))
    assert texts.RECEIPT_APART_DELICATE in read(post["blocks"])
    assert SECRET not in str(slack.posts)
    labels = [one["text"]["text"] for one in buttons(post["blocks"])]
    assert labels == ([] if identity is Identity.ANONYMOUS else [texts.EDIT])


async def test_a_page_of_a_delicate_survey_that_no_window_shows_is_reached_by_a_button(
    services: Services, servers: SlackServers, slack: FakeSlack, gone: None
) -> None:
    seat = asked(services, 1, every={"sensitive": True})
    first = seat.send("survey_show", "round-1")
    view = reply_form_view(first) | {"id": "V1"}
    payload = {"type": "view_submission", "user": {"id": USER}, "trigger_id": slack.trigger()}
    await servers.deliver(payload | {"view": filled(view, {"T0": SECRET})})
    (post,) = await posts_of(slack)
    assert texts.NO_WINDOW in read(post["blocks"]) and SECRET not in str(slack.posts)
    (on,) = buttons(post["blocks"])
    await servers.deliver(click_on_post(slack, USER, post, on))
    await slack.until(lambda: bool(slack.views))
    (shown,) = slack.views.values()
    assert SECRET in str(shown["blocks"])
