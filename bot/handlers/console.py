"""The way into the web pages: a link of one's own, given where nobody else reads along."""

from __future__ import annotations

from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request, link_to
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import access as texts
from staff.access.signing_in import SignInRefused
from staff.permissions import Permission

CONSOLE_PATH = "/console"
SIGN_IN_PATH = "/console/sign-in"
LINK_PATH = "/console/sign-in/link"


def open_console(request: Request, services: Services) -> Reply:
    """A single-use link to sign in with, or why there is none."""
    if refusal := permitted(request, Permission.CONSOLE_USE):
        return refusal
    assert request.person is not None  # noqa: S101 (nobody else holds the permission)
    if request.channel == "web":
        local = Paragraph(text=texts.CONSOLE_LOCAL)
        return Reply(
            title=texts.CONSOLE, parts=(local,), actions=(link_to(CONSOLE_PATH, texts.CONSOLE_OPEN),)
        )
    if not request.private:
        return refused(texts.CONSOLE_IN_PRIVATE)
    if not (base := public_address(services.settings)):
        return refused(texts.CONSOLE_NO_ADDRESS)
    try:
        token = services.sign_in.issue_link(request.person, request.channel)
    except SignInRefused as refusal:
        return refused(str(refusal))
    parts = (Paragraph(text=texts.CONSOLE_READY), Paragraph(text=texts.CONSOLE_CONFIRM, tone="note"))
    # A reply that is never stored: the token must not lie in the outbox.
    return Reply(
        title=texts.CONSOLE,
        parts=parts,
        actions=(link_to(f"{base}{LINK_PATH}?token={token}", texts.CONSOLE_OPEN),),
        fleeting=True,
    )


def public_address(settings: Settings) -> str:
    """How people's browsers reach this program, without a slash at the end; "" when nobody said."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"http://127.0.0.1:{settings.port}" if settings.on_loopback else ""
