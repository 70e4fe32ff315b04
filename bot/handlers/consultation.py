"""Sensitive topics: the consultation desk is named; nothing is kept, counted or passed on."""

from __future__ import annotations

from functools import lru_cache

from bot.messages import Action, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import learning as texts
from bot.written.personal_number import holds_personal_number as may_be_personal_number
from knowledge.answering.question import clean, holds_personal_number
from knowledge.learning.sensitive import Topic, topic_of

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
    return Reply(parts=(Paragraph(text=texts.ASK_AGAIN),)) if reply.fleeting else reply


def sensitive_topic(text: str, services: Services) -> Topic | None:
    """The sensitive topic of a text, by the product's words and the city's own."""
    words = services.knowledge.vocabulary.consultations.items()
    try:
        _expect_harmless(text, tuple((topic, entry.words) for topic, entry in words))
    except _SensitiveError as sensitive:
        return sensitive.topic
    return None


class _SensitiveError(Exception):
    def __init__(self, topic: Topic) -> None:
        super().__init__(topic)
        self.topic = topic


@lru_cache(maxsize=256)
def _expect_harmless(text: str, words: tuple[tuple[Topic, tuple[str, ...]], ...]) -> None:
    """Raise for a sensitive text. A question is asked about several times on its way; the harmless are remembered, the
    others, for which this raises, never.
    """
    topic = topic_of(text, words)
    if topic is not None:
        raise _SensitiveError(topic)


def leaves_no_trace(services: Services, *texts_: str) -> bool:
    """Whether one of these texts may not be stored, not even until it is answered."""
    return any(
        text
        and (
            holds_personal_number(clean(text))
            or may_be_personal_number(text)
            or sensitive_topic(text, services) is not None
        )
        for text in texts_
    )
