"""Sends messages on Slack: one attempt a call, and a look into the history after doubt."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any

import aiohttp

from bot.delivery import Doubtful, Message, PermanentFailure
from bot.messages import Reply
from bot.outgoing import json_bytes
from bot.reaching import person_in
from bot.recalled import Kept
from bot.services import Services
from bot.slack.client import Client, build_client, require
from bot.slack.errand import Place
from bot.slack.failures import Failure, failure_of, not_sent, status_failure
from bot.slack.people import People
from bot.slack.pictures import Files, Pictures
from bot.slack.render import message as rendered

log = logging.getLogger(__name__)
EVENT_TYPE = "dxbot_message"
PAGE = 200
PAGES = 5
FILE_WAITS = (0.4, 1.0, 2.0, 0.0)  # seconds: an uploaded file can be shown only some moments later
REFUSED_BLOCKS = frozenset({"invalid_blocks", "HTTP 404"})  # a response_url tells the former by the latter
EARLIER_SECONDS = 5.0  # Slack's clock and ours may differ


def slack_messenger(services: Services) -> SlackMessenger:
    """The messenger of a process that only sends. Raises SettingsError when a setting is missing."""
    require(services.settings)
    return SlackMessenger(services, build_client(services.settings))


class SlackMessenger:
    """Slack's Messenger.

    `recipient` is a user id (U…), a channel id, with `/` and a thread's ts where it is one, or a person of
    bot.reaching.by_person.
    """

    def __init__(self, services: Services, client: Client) -> None:
        self._client = client
        self._people = People(services, client)
        self._pictures = Pictures(client)
        self._direct: dict[str, str] = {}  # known since something was looked up there
        self._said: Kept[Reply, bytes] = Kept(lambda reply: json_bytes(rendered(reply)))

    async def send(self, message: Message) -> str:
        """Post the message and return its ts. Raises TemporaryFailure, PermanentFailure or Doubtful."""
        place = await self.place_of(message.recipient)
        return await self.post(place, message.reply, message.key)

    async def find(self, message: Message, since: datetime) -> str | None:
        """The ts of the message, None when the conversation provably lacks it. Raises Doubtful or TemporaryFailure."""
        return await self.look(await self.place_of(message.recipient), message.key, since)

    async def place_of(self, recipient: str) -> Place:
        """Where a recipient is posted to. Raises as `send` does, but never Doubtful.

        A user's own conversation is posted to by the user's id: opening it first is a call that Slack allows fifty times a
        minute only.
        """
        person_id = person_in(recipient)
        if person_id is not None:
            recipient = await self._people.user_of(person_id)
        channel, _, thread = recipient.partition("/")
        return Place(channel=self._direct.get(channel, channel), thread=thread)

    async def post(self, place: Place, reply: Reply, key: str) -> str:
        """Post a reply, marked with its key, and return its ts ("" for a response_url, which tells none).

        Pictures that Slack refuses are left out: what was refused was not posted, so this is no second message.
        """
        files = await self._pictures.files_of(reply)
        # A response_url may be used five times in all.
        waits = FILE_WAITS[1::2] if place.response_url else FILE_WAITS
        for wait in waits if files else ():
            try:
                return await self._post(place, reply, key, files)
            except PermanentFailure as refusal:
                if str(refusal) not in REFUSED_BLOCKS:
                    raise
                await asyncio.sleep(wait)
        if files:
            log.warning("charts go out without pictures on Slack: it does not show them")
            self._pictures.forget(files)
        return await self._post(place, reply, key, {})

    async def _post(self, place: Place, reply: Reply, key: str, files: Files) -> str:
        if place.response_url:
            await self._respond(place.response_url, reply, files)
            return ""
        fields: dict[str, Any] = {"channel": place.channel, "metadata": _mark(key)}
        if place.thread:
            fields["thread_ts"] = place.thread
        said = self._said.of(reply) if reply.answer and not files else json_bytes(rendered(reply, files))
        try:
            return await self._client.post_message(json_bytes(fields)[:-1] + b"," + said[1:])
        except Exception as error:
            raise failure_of(error) from error

    async def whisper(self, place: Place, user: str, reply: Reply) -> None:
        """Show a reply in a shared place to one person alone. It is in no history. Raises as `send` does."""
        fields = rendered(reply) | {"channel": place.channel, "user": user}
        if place.thread:
            fields["thread_ts"] = place.thread
        try:
            await self._client.chat_postEphemeral(**fields)
        except Exception as error:
            raise failure_of(error) from error

    async def look(self, place: Place, key: str, since: datetime) -> str | None:
        """Look for a posted key in the conversation from `since` on; as `find`."""
        if place.response_url:
            raise Doubtful("a response_url has no history")
        place = await self._opened(place)
        cursor = ""
        for _ in range(PAGES):
            try:
                page = await self._history(place, since, cursor)
            except Exception as error:
                raise _unreadable(failure_of(error)) from error
            for posted in page["messages"]:
                if _marked(posted) == key:
                    return str(posted["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        raise Doubtful("the history is too long")

    async def _opened(self, place: Place) -> Place:
        """The conversation behind a user's id, which alone has a history to read."""
        user = place.channel
        if _is_user(user) and user not in self._direct:
            try:
                opened: Any = await self._client.conversations_open(users=user)
            except Exception as error:
                raise _unreadable(failure_of(error)) from error
            self._direct[user] = str(opened["channel"]["id"])
        return Place(channel=self._direct.get(user, user), thread=place.thread)

    async def _history(self, place: Place, since: datetime, cursor: str) -> Any:
        fields: dict[str, Any] = {
            "channel": place.channel,
            "oldest": f"{since.timestamp() - EARLIER_SECONDS:.6f}",
            "limit": PAGE,
            "include_all_metadata": True,
        }
        if cursor:
            fields["cursor"] = cursor
        if place.thread:
            return await self._client.conversations_replies(ts=place.thread, **fields)
        return await self._client.conversations_history(**fields)

    async def _respond(self, url: str, reply: Reply, files: Files) -> None:
        session = self._client.session
        assert session is not None  # noqa: S101 (opened with the application)
        body = rendered(reply, files) | {"response_type": "ephemeral", "replace_original": False}
        try:
            async with session.post(url, json=body) as response:
                failure = status_failure(response.status, response.headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise failure_of(error) from error
        if failure is not None:
            raise failure


def _is_user(channel: str) -> bool:
    return channel.startswith(("U", "W"))


def _mark(key: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _marked(posted: dict[str, Any]) -> str | None:
    payload = (posted.get("metadata") or {}).get("event_payload") or {}
    key = payload.get("key")
    return key if isinstance(key, str) else None


def _unreadable(failure: Failure) -> Failure:
    """A history that cannot be read: later perhaps, or never, which leaves it open whether the message is there."""
    if isinstance(failure, PermanentFailure):
        return Doubtful(str(failure))
    return not_sent(failure)
