"""Replies and pages as HTML. Everything that is said goes through Jinja's autoescaping."""

from __future__ import annotations

import json
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.charts.chart import Chart
from bot.charts.keeping import key_of
from bot.charts.picture import NoPicture, svg_of
from bot.faults import report
from bot.handlers.usage import HELP_ACTION
from bot.messages import Action, Reply, full_hint, row_fields
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import forms as form_texts
from bot.texts.ja import web as texts
from bot.web.assets import Assets
from bot.web.intake import FORM_TOKEN
from staff.calendar import JAPAN

TEMPLATES = Path(__file__).parent / "templates"
MOST_SHOWN = 99
# A tag of a template's own: what people write is escaped.
POSTED_FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>")
# What XML and HTML cannot hold: control characters, and half of a surrogate pair.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Renderer:
    """Fills the templates. `drawn_ahead` finds the SVG of a chart by its key, where it was drawn before."""

    def __init__(self, assets: Assets, drawn_ahead: Callable[[str], str | None] = lambda _: None) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            t=texts,
            f=form_texts,
            asset=assets.url,
            picture=partial(picture, drawn_ahead),
            full_hint=full_hint,
            pressing=pressing,
            row_fields=row_fields,
        )

    def chat_page(self, frame: Mapping[str, object]) -> str:
        """The chat, in the frame of one person."""
        starters = [Action(name="ask", label=words, value=words) for words in ask_texts.STARTERS]
        actions = [*(action for action in starters if action.value != HELP_ACTION.label), HELP_ACTION]
        return self.fill("chat.html", starters=actions, **frame)

    def inbox_page(self, messages: Sequence[tuple[str, datetime, Reply]], frame: Mapping[str, object]) -> str:
        """A person's messages as (key, delivered at, what it says), in the order given."""
        shown = [
            (delivered_at, japanese_time(delivered_at), reply, _token())
            for _, delivered_at, reply in messages
        ]
        return self.fill("inbox.html", messages=shown, **frame)

    def reply(self, reply: Reply, form_token: str = "") -> str:
        """One reply as a fragment: an article that the page appends to the conversation."""
        return self.fill("reply.html", reply=reply, token=_token(), form_token=form_token)

    def sheet(self, reply: Reply, frame: Mapping[str, object], target: str = "/form") -> str:
        """One reply as a whole page that works without the script; its form and buttons are sent to `target`.

        `frame` is what the header shows: the seats, who sits here, how many messages wait; empty for no header.
        """
        return self.fill(
            "sheet.html", reply=reply, token=_token(), target=target, framed=bool(frame), **frame
        )

    def linked_sheet(self, reply: Reply, target: str, form_token: str) -> str:
        """The same for somebody who came by a personal link: no header, and forms that carry the link's key."""
        return self.fill(
            "sheet.html", reply=reply, token=_token(), target=target, framed=False, form_token=form_token
        )

    def failure(self, text: str) -> str:
        """A fragment that says politely what went wrong, with a button to try again."""
        return self.fill("failure.html", text=text)

    def error_page(self, status: int, text: str) -> str:
        """A whole page that says politely why there is nothing else to see."""
        title = texts.ERROR_TITLES.get(status, texts.ERROR_TITLES[500])
        return self.fill("error.html", title=title, text=text, status=status)

    def fill(self, template: str, **values: object) -> str:
        """A template with its values, without characters that HTML cannot hold.

        Every form that is posted gets the session's token (`form_token` among the values): no page can forget it.
        """
        html = UNPRINTABLE.sub("", self._environment.get_template(template).render(values))
        token = values.get("form_token")
        return (
            POSTED_FORM.sub(rf'\g<0><input type="hidden" name="{FORM_TOKEN}" value="{token}">', html)
            if token
            else html
        )


def picture(drawn_ahead: Callable[[str], str | None], chart: Chart) -> str:
    """The chart's drawing as an address that holds it; empty where it cannot be drawn."""
    try:
        svg = drawn_ahead(key_of(chart)) or svg_of(chart)
    except NoPicture as problem:
        report("drawing a chart", problem.__cause__ or problem)
        return ""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def pressing(action: Action) -> str:
    """What a form's further button carries: the name and value of its Request."""
    return json.dumps([action.name, action.value], ensure_ascii=False)


def _token() -> str:
    """Sets the ids of one fragment's fields apart from every other's on the page."""
    return f"r{secrets.token_hex(4)}"


def counted(waiting: int) -> dict[str, object]:
    """What the header says of a number of waiting messages."""
    more = waiting > MOST_SHOWN
    count = min(waiting, MOST_SHOWN)
    return {"waiting": f"{count}+" if more else str(count), "waiting_said": texts.inbox_count(count, more)}


def japanese_time(at: datetime) -> str:
    """A time as people in Japan write it."""
    local = at.astimezone(JAPAN)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}:{local.minute:02d}"
