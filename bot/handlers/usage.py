"""Help: what the bot can do and how to ask."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import Action, Items, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts
from bot.texts.ja import cases as case_texts
from bot.texts.ja import digest as digest_texts
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import export as export_texts
from bot.texts.ja import initiatives as initiative_texts
from bot.texts.ja import learning as learning_texts
from bot.texts.ja import outbox as outbox_texts
from bot.texts.ja import results as result_texts
from bot.texts.ja import skill_page as skill_texts
from bot.texts.ja import surveys as survey_texts
from staff.permissions import Permission, allowed

HELP_ACTION = Action(name="help", label="使いかた")
HELP_WORDS = frozenset({"使いかた", "使い方", "ヘルプ", "help", "?", "？", "つかいかた"})

_DUTIES = (
    ("survey", survey_texts.LIST_TITLE, Permission.SURVEY_ANSWER),
    ("results", result_texts.LIST_TITLE, Permission.RESULTS_READ_SHARED),
    ("skills", skill_texts.TITLE, Permission.KNOWLEDGE_PROPOSE),
    ("cases", case_texts.LIST, Permission.KNOWLEDGE_PROPOSE),
    ("propose", editing_texts.PROPOSE, Permission.KNOWLEDGE_PROPOSE),
    ("inquiries", learning_texts.INQUIRIES, Permission.INQUIRY_ANSWER),
    ("unanswered", learning_texts.UNANSWERED, Permission.QUESTIONS_READ),
    ("feedback_counts", learning_texts.COUNTS_TITLE, Permission.FEEDBACK_READ),
    ("progress", initiative_texts.LIST_TITLE, Permission.INITIATIVE_REPORT),
    ("digest_more", digest_texts.NAME, Permission.REQUEST_SETTLE),
    ("assign", initiative_texts.ASSIGN_TITLE, Permission.REQUEST_MANAGE),
    ("export", export_texts.CHAT_TITLE, Permission.EXPORT_MAKE),
    ("outbox", outbox_texts.LIST_TITLE, Permission.OUTBOX_SETTLE),
)


def show_help(request: Request, _services: Services) -> Reply:
    """How to ask, with examples that can be pressed."""
    starters = tuple(
        Action(name="ask", label=question, value=question)
        for question in texts.STARTERS
        if question not in HELP_WORDS
    )
    return Reply(
        title=texts.HELP_TITLE,
        parts=(
            Paragraph(text=texts.HELP),
            Items(items=texts.HELP_EXAMPLES),
            Paragraph(text=texts.HELP_UNKNOWN, tone="note"),
        ),
        actions=(*starters, *_duties(request)),
    )


def _duties(request: Request) -> Iterator[Action]:
    """What members of staff can do for the knowledge, and what waits for those who keep it."""
    for name, label, permission in _DUTIES:
        if allowed(request.person, permission):
            yield Action(name=name, label=label)
