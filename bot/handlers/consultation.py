"""Sensitive topics: the consultation desk is named; nothing is kept, counted or passed on."""

from __future__ import annotations

from functools import lru_cache

from bot.messages import Action, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import learning as texts
from bot.written.personal_number import holds_personal_number as may_be_personal_number
from knowledge.asking.question import clean, holds_personal_number
from knowledge.learning.sensitive import SensitiveWords, Topic, topic_of

ASK_ANYWAY = "ask_anyway"


def desk_for(question: str, services: Services, *, searchable: bool = True) -> Reply | None:
    """The desk for a question on a sensitive topic; None for any other question.

    `searchable` offers to look the question up all the same, without a trace: words may deceive.
    """
    topic = sensitive_topic(question, services)
    if topic is None:
        return None
    consultation = services.knowledge.vocabulary.consultations.get(topic)
    where = consultation.desk if consultation else texts.DESK_DEFAULT
    parts = (
        Paragraph(text=texts.DESK),
        Paragraph(label=texts.DESK_WHERE.format(topic=topic.value), text=where),
        Paragraph(text=texts.DESK_NOT_KEPT, tone="note"),
    )
    again = (Action(name=ASK_ANYWAY, label=texts.ASK_ANYWAY, value=question),) if searchable else ()
    return Reply(title=texts.DESK_TITLE, parts=parts, actions=again, fleeting=True)


def to_wait(reply: Reply) -> Reply:
    """What may wait in the outbox for a reply: itself, but for one that may not be stored."""
    if not reply.fleeting:
        return reply
    return reply.in_message or Reply(parts=(Paragraph(text=texts.ASK_AGAIN),))


def sensitive_topic(text: str, services: Services) -> Topic | None:
    """The sensitive topic of a text, by the product's words and the city's own."""
    try:
        _expect_harmless(text, services.knowledge.vocabulary.sensitive_words)
    except _SensitiveError as sensitive:
        return sensitive.topic
    return None


class _SensitiveError(Exception):
    def __init__(self, topic: Topic | None) -> None:
        super().__init__(topic)
        self.topic = topic


# A question is asked about several times on its way. The harmless are remembered; the others, for which these raise, never.
@lru_cache(maxsize=2048)
def _expect_harmless(text: str, words: SensitiveWords) -> None:
    """Raise for a sensitive text."""
    topic = topic_of(text, words)
    if topic is not None:
        raise _SensitiveError(topic)


def leaves_no_trace(services: Services, *texts_: str) -> bool:
    """Whether one of these texts may not be stored, not even until it is answered."""
    try:
        for text in texts_:
            if text:
                _expect_storable(text, services.knowledge.vocabulary.sensitive_words)
    except _SensitiveError:
        return True
    return False


@lru_cache(maxsize=2048)
def _expect_storable(text: str, words: SensitiveWords) -> None:
    """Raise for a text that may not be stored."""
    if holds_personal_number(clean(text)) or may_be_personal_number(text):
        raise _SensitiveError(None)
    _expect_harmless(text, words)
