"""Messages that did not arrive, or of which nobody can tell."""

from __future__ import annotations

from bot.handlers.outbox_desk import recipient_name, settle
from bot.texts.ja import outbox as texts
from bot.texts.ja.console import CHANNELS
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page


def show(desk: Desk) -> Page:
    """GET /outbox: the operator's list."""
    found = desk.services.stores.outbox.list_unsettled()
    entries = [(one, recipient_name(one, desk.services)) for one in found]
    return desk.page(
        "console/outbox.html", o=texts, channels=CHANNELS, entries=entries, done=desk.field("done")
    )


def mark_sent(desk: Desk) -> Page:
    """POST /outbox/sent: 「送信済みにする」."""
    return _settle(desk, resend=False)


def resend(desk: Desk) -> Page:
    """POST /outbox/resend: 「再送する」."""
    return _settle(desk, resend=True)


def _settle(desk: Desk, *, resend: bool) -> Page:
    if not settle(desk.services, desk.field("key"), desk.person.id, resend=resend):
        raise NotThere(texts.GONE)
    return Page(location=f"/outbox?done={'resent' if resend else 'marked'}")


SHOWN: Pages = {"/outbox": show}
DONE: Pages = {"/outbox/sent": mark_sent, "/outbox/resend": resend}
