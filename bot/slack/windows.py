"""Modals and the App Home: what the bot shows at once, in answer to a click."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.faults import report
from bot.messages import Reply
from bot.services import Services
from bot.slack.answering import Answering, failed
from bot.slack.errand import Errand, Place
from bot.slack.home import home_view
from bot.slack.messenger import SlackMessenger
from bot.slack.reading import form_name, pressed, user_of
from bot.slack.views import errors_of, form_of, form_view, reply_view, values_of
from bot.slack.wording import Block, unescaped

Body = Mapping[str, Any]


class Windows:
    """Opens, updates and publishes views. When a window cannot be shown, the answer goes to the person directly."""

    def __init__(
        self, services: Services, client: AsyncWebClient, answering: Answering, messenger: SlackMessenger
    ) -> None:
        self._services = services
        self._client = client
        self._answering = answering
        self._messenger = messenger

    async def explain_message(self, body: Body) -> None:
        """The message shortcut: the terms of the chosen message, in a modal."""
        text = unescaped(str((body.get("message") or {}).get("text") or ""))
        await self._answer(body, _errand(body, "meaning", text=text))

    async def press(self, body: Body) -> None:
        """A button of a view, or one that opens a form: the reply, in a modal."""
        name, value, text = pressed(body)
        await self._answer(body, _errand(body, form_name(name), value=value, text=text))

    async def show_home(self, body: Body) -> None:
        """The Home tab was opened."""
        event = body.get("event") or {}
        if event.get("tab") == "home":
            try:
                view = await asyncio.to_thread(lambda: home_view(self._services.knowledge.entries))
                await self._client.views_publish(user_id=event["user"], view=view)
            except Exception as error:
                report("the App Home", error)

    async def submit(self, body: Body) -> dict[str, Any]:
        """A submitted form, as the fields of its acknowledgement: errors by field, or what to show next."""
        view = body.get("view") or {}
        try:
            name, value = form_of(view)
            errand = _errand(body, name, value=value)
            reply = await self._answering.reply_to(errand, values_of(view))
            if reply.form is not None and (errors := errors_of(reply.form)):
                return {"response_action": "errors", "errors": errors}
            return {"response_action": "update", "view": _view(reply)}
        except Exception as error:
            report("a form", error)
            return {"response_action": "update", "view": reply_view(failed())}

    async def _answer(self, body: Body, errand: Errand) -> None:
        try:
            reply = await self._answering.reply_to(errand)
        except Exception as error:
            report("a window", error)
            reply = failed()
        try:
            await self._show(body, _view(reply))
        except Exception as error:
            report("showing a window", error)
            await self._write_to(errand, reply)

    async def _show(self, body: Body, view: Block) -> None:
        container = body.get("view") or {}
        if container.get("type") == "modal":
            await self._client.views_update(view_id=container["id"], view=view)
        else:
            await self._client.views_open(trigger_id=str(body.get("trigger_id")), view=view)

    async def _write_to(self, errand: Errand, reply: Reply) -> None:
        try:
            await self._messenger.post(await self._messenger.place_of(errand.user), reply, errand.key)
        except Exception as error:
            report("a window's answer", error)


def _view(reply: Reply) -> Block:
    return form_view(reply.form) if reply.form is not None else reply_view(reply)


def _errand(body: Body, name: str, *, value: str = "", text: str = "") -> Errand:
    """An errand that is worked at once and not kept."""
    key = f"window:{body.get('trigger_id')}"
    return Errand(key=key, user=user_of(body), place=Place(), name=name, value=value, text=text)
