"""Follow-ups: what a conversation is about is kept for a while, and taken up when a question leaves it out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from bot.messages import Request
from bot.services import Services
from knowledge.answer import Answer
from knowledge.answering.following import LONGEST

SUBJECT_LASTS = timedelta(minutes=30)


def answer_follow_up(question: str, request: Request, services: Services) -> Answer | None:
    """What the conversation's last articles say to a cleaned question that names no subject; None to ask afresh."""
    subject = recalled_subject(request, services) if len(question) <= LONGEST else ()
    return services.seen_by(request.person).follow(question, subject) if subject else None


def recalled_subject(request: Request, services: Services) -> Sequence[str]:
    """The ids of the articles that a conversation is about; none where it has none, or had it too long ago."""
    if not request.conversation:
        return ()
    return services.stores.subjects.recall(conversation_key(request), services.clock())


def remember_subject(answer: Answer | None, request: Request, services: Services) -> None:
    """Keep what was answered from as the conversation's subject, or what was offered; the question itself is not kept."""
    if not request.conversation or answer is None or answer.outcome == "unknown":
        return
    offered = [choice.id for choice in answer.candidates] if answer.outcome == "clarify" else []
    article_ids = tuple(dict.fromkeys([*offered, *(excerpt.article_id for excerpt in answer.excerpts)]))
    now = services.clock()
    services.stores.subjects.remember(conversation_key(request), article_ids, now, now + SUBJECT_LASTS)


def conversation_key(request: Request) -> str:
    """The key a conversation's subject is kept under: it tells neither who talks nor where."""
    return hashlib.sha256(f"{request.channel}\0{request.conversation}".encode()).hexdigest()
