"""書き出し in chat: a link to the console's page, never a file."""

from __future__ import annotations

from bot.handlers.console import public_address
from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import access as access_texts
from bot.texts.ja import export as texts
from staff.permissions import Permission

PATH = "/console/exports"


def open_exports(request: Request, services: Services) -> Reply:
    """Where files are made. The link holds no secret, so it may stand in a channel."""
    if refusal := permitted(request, Permission.EXPORT_MAKE):
        return refusal
    told = Paragraph(text=texts.CHAT_TEXT)
    if request.channel == "web":
        return Reply(title=texts.CHAT_TITLE, parts=(told,), actions=(link_to(PATH, texts.CHAT_OPEN),))
    if not (base := public_address(services.settings)):
        return refused(access_texts.CONSOLE_NO_ADDRESS)
    parts = (told, Paragraph(text=texts.CHAT_SIGN_IN, tone="note"))
    return Reply(title=texts.CHAT_TITLE, parts=parts, actions=(link_to(f"{base}{PATH}", texts.CHAT_OPEN),))
