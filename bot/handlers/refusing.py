"""A polite refusal of what a person may not do."""

from __future__ import annotations

from bot.handlers.usage import HELP_ACTION
from bot.messages import Paragraph, Reply, Request
from staff.permissions import NotAllowed, Permission, require


def permitted(request: Request, permission: Permission) -> Reply | None:
    """None when the person may do it; else what to say."""
    try:
        require(request.person, permission)
    except NotAllowed as refusal:
        return turned_away(refusal)
    return None


def turned_away(refusal: NotAllowed) -> Reply:
    """Why somebody may not do it, and the way out; the router keeps it on record."""
    return refused(str(refusal)).model_copy(update={"refused": True})


def refused(text: str) -> Reply:
    """Why something is not done, and the way out."""
    return Reply(parts=(Paragraph(text=text, tone="warning"),), actions=(HELP_ACTION,))
