"""What was kept of questions goes when its time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.services import Services, Stores
from knowledge.learning.askers import period_of
from staff.calendar import date_in_japan


def forget_expired(services: Services) -> Mapping[str, int]:
    """Remove questions, feedback, inquiries, inbox messages and the text of sent messages older than
    DXBOT_QUESTION_DAYS, and the secrets of past quarters.

    Returns how many of each went.
    """
    now = services.clock()
    oldest = now - timedelta(days=services.settings.question_days)
    day = date_in_japan(oldest)

    def work(stores: Stores) -> Mapping[str, int]:
        stores.learning.forget_keys(period_of(now))
        return {
            "questions": stores.learning.forget_questions(day),
            "feedback": stores.learning.forget_feedback(day),
            "inquiries": stores.learning.forget_inquiries(oldest),
            "messages": stores.outbox.forget_settled(oldest),
            "inbox": stores.inbox.forget(oldest),
        }

    return services.stores.transaction(work)


def forget_sign_ins(services: Services) -> Mapping[str, int]:
    """Remove links, codes and sessions that nobody can use any more, and uploads that nobody applied."""
    drafts = services.stores.directory_drafts.forget(services.clock() - timedelta(hours=1))
    return {"sign-ins": services.sign_in.forget_expired(), "uploads": drafts}
