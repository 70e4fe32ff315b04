"""What Teams wants an answer to at once: pressed Action.Execute buttons, dialogs, the search for terms, and the terms of a
message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.messages import Paragraph, Reply, Request
from bot.teams.activity import MAX_TEXT, Activity
from bot.teams.adapter import Turn
from bot.teams.card import CARD, attachment, reply_card, summary
from bot.teams.desk import Desk
from bot.teams.listeners import pressed, typed, unreadable_press
from bot.teams.press import read_press
from bot.teams.quoted import quoted_text
from bot.teams.wording import shorten, wide
from bot.texts.ja import teams as texts

MOST_FOUND = 8
MAX_LAST_WORDS = 200
MAX_DIALOG_TITLE = 60
SEARCH_COMMAND = "searchTerms"
SEARCH_PARAMETER = "term"
MEANING_COMMAND = "explainWords"
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"

Body = Mapping[str, Any]


class Invokes:
    """Answers invokes; one that nobody knows gets 501, as the platform's rules say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers: Mapping[str, Callable[[Activity], Awaitable[Body]]] = {
            "adaptiveCard/action": self._press,
            "task/fetch": self._dialog,
            "task/submit": self._dialog,
            "composeExtension/query": self._search,
            "composeExtension/fetchTask": self._explain,
            "composeExtension/submitAction": self._dialog,
        }

    async def invoked(self, turn: Turn) -> None:
        """Answer one invoke."""
        answer = self._answers.get(turn.activity.name or "")
        if answer is None:
            await turn.respond(None, 501)
        else:
            await turn.respond(await answer(turn.activity))

    async def _press(self, activity: Activity) -> Body:
        action = _inner(activity.value, "action")
        card = await self._card(activity, _inner(action, "data"))
        return {"statusCode": 200, "type": CARD, "value": card}

    async def _dialog(self, activity: Activity) -> Body:
        """The dialog's next card; a few plain words at the end close it."""
        return _shown(*await self._answered(activity, _inner(activity.value, "data")))

    async def _explain(self, activity: Activity) -> Body:
        """The glossary's words in the message that the action was called on, seen by who called it alone."""
        text = quoted_text(_inner(activity.value, "messagePayload"))
        request = typed(activity).model_copy(update={"name": "meaning", "text": text})
        return _shown(await self._desk.ask(activity, request), request)

    async def _card(self, activity: Activity, data: object) -> dict[str, Any]:
        return reply_card(*await self._answered(activity, data))

    async def _answered(self, activity: Activity, data: object) -> tuple[Reply, Request | None, int]:
        """The reply to a press, what it answers, and the page that was asked for."""
        press = read_press(data)
        if press is None:
            return unreadable_press(), None, 0
        request = pressed(activity, press)
        return await self._desk.ask(activity, request), request, press.page

    async def _search(self, activity: Activity) -> Body:
        word = _searched(activity.value)
        if not word:
            return _said(texts.SEARCH_EMPTY)
        found, left_out = await self._found(activity, word)
        if not found:
            return _said(texts.SEARCH_RESTRICTED if left_out else texts.SEARCH_NOTHING)
        results = [_result(reply, request) for reply, request in found[:MOST_FOUND]]
        return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": results}}

    async def _found(self, activity: Activity, word: str) -> tuple[list[tuple[Reply, Request]], bool]:
        """The term itself where there is one, then what else comes near it, each article once; and whether any was left out.

        What is pasted is read by everybody in the talk, of which Teams does not say who that is: whatever not everybody
        may see is left out.
        """
        asked = typed(activity).model_copy(update={"private": False})
        request = asked.model_copy(update={"name": "term", "text": word})
        reply = await self._desk.ask(activity, request)
        answer = reply.answer
        if answer is None:
            return [], False
        direct = answer.outcome == "answer"
        first = [(reply, request)] if direct and not reply.fleeting else []
        shown = [excerpt.article_id for excerpt in answer.excerpts] if direct else []
        near = list(dict.fromkeys(shown)) if direct and reply.fleeting else []
        near += [] if direct else [candidate.id for candidate in answer.candidates]
        near += [ranked.id for ranked in answer.ranking if ranked.id not in {*near, *shown}]
        requests = [
            asked.model_copy(update={"name": "article", "text": "", "value": article})
            for article in near[: MOST_FOUND - len(first)]
        ]
        replies = await asyncio.gather(*(self._desk.ask(activity, one) for one in requests))
        others = [(told, one) for told, one in zip(replies, requests, strict=True) if told.answer]
        open_ones = [(told, one) for told, one in others if not told.fleeting]
        return [*first, *open_ones], len(open_ones) < len(others)


def _shown(reply: Reply, request: Request | None, page: int = 0) -> Body:
    """A reply in a dialog: a card, or the last words that close it."""
    if words := _last_words(reply):
        return {"task": {"type": "message", "value": words}}
    title = wide(shorten(reply.form.title if reply.form else reply.title, MAX_DIALOG_TITLE))
    shown = {
        "title": title or texts.DIALOG_TITLE,
        "height": "large",
        "width": "medium",
        "card": attachment(reply_card(reply, request, page, in_dialog=True)),
    }
    return {"task": {"type": "continue", "value": shown}}


def _last_words(reply: Reply) -> str:
    """A reply of one short paragraph and nothing to press, as the words that close a dialog; empty for any other."""
    match reply:
        case Reply(title="", form=None, actions=(), parts=(Paragraph(label="", text=text),)) if (
            len(text) <= MAX_LAST_WORDS
        ):
            return wide(text)
    return ""


def _inner(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None


def _searched(value: object) -> str:
    parameters = _inner(value, "parameters")
    for parameter in parameters if isinstance(parameters, list) else ():
        if _inner(parameter, "name") == SEARCH_PARAMETER:
            told = _inner(parameter, "value")
            return told.strip()[:MAX_TEXT] if isinstance(told, str) else ""
    return ""


def _said(text: str) -> Body:
    return {"composeExtension": {"type": "message", "text": text}}


def _result(reply: Reply, request: Request) -> Body:
    text = " ".join(reply.text.removeprefix(reply.title).split())
    preview = {"title": wide(shorten(reply.title, 80)), "text": wide(shorten(text, 160)) or summary(reply)}
    card = reply_card(reply, request)
    return attachment(card) | {"preview": {"contentType": THUMBNAIL, "content": preview}}
