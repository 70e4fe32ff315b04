"""What was kept goes when its time is over, unless the city's record rules hold it; each time with a proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.exporting import KEPT
from bot.faults import report
from bot.services import Services, Stores
from knowledge.learning.askers import period_of
from staff.calendar import date_in_japan
from staff.privacy.erasing import HeldBack, erase_person, look, prove
from staff.privacy.holding import is_held

TERM = "term"


def forget_expired(services: Services) -> Mapping[str, int]:
    """Remove questions, feedback, inquiries, inbox messages and the text of sent messages older than
    DXBOT_QUESTION_DAYS, results older than DXBOT_RESULT_YEARS, and the secrets of past quarters.

    Returns how many of each went.
    """
    now = services.clock()
    oldest = now - timedelta(days=services.settings.question_days)
    day = date_in_japan(oldest)
    long_ago = now - timedelta(days=366 * services.settings.result_years)

    def work(stores: Stores) -> Mapping[str, int]:
        stores.learning.forget_keys(period_of(now))
        learning = stores.learning
        return {
            "questions": _forget(stores, "questions", now, lambda: learning.forget_questions(day)),
            "feedback": _forget(stores, "questions", now, lambda: learning.forget_feedback(day)),
            "inquiries": _forget(stores, "questions", now, lambda: learning.forget_inquiries(oldest)),
            "messages": _forget(stores, "messages", now, lambda: stores.outbox.forget_settled(oldest)),
            "inbox": _forget(stores, "messages", now, lambda: stores.inbox.forget(oldest)),
            "results": _forget(
                stores, "results", now, lambda: stores.publications.forget_publications(long_ago)
            ),
        }

    return services.stores.transaction(work)


def forget_sign_ins(services: Services) -> Mapping[str, int]:
    """Remove links, codes and sessions that nobody can use any more, uploads that nobody applied, and exported files."""
    now = services.clock()
    drafts = services.stores.directory_drafts.forget(now - timedelta(hours=1))
    files = services.stores.sealed_files.forget_files(now - KEPT)
    return {"sign-ins": services.sign_in.forget_expired(), "uploads": drafts, "files": files}


def forget_leavers(services: Services) -> Mapping[str, int]:
    """Erase whoever left more than DXBOT_LEAVER_DAYS ago; how many went, and how many a hold keeps."""
    term = timedelta(days=services.settings.leaver_days)
    gone = held = 0
    for person_id in services.stores.records.leavers_due(services.today() - term):
        try:
            outlook = look(services.stores, person_id)
            erase_person(services.stores, services.erased_list, outlook, "worker", services.clock(), "leaver")
            gone += 1
        except HeldBack:
            held += 1
        except Exception as error:  # one who cannot be erased keeps no other
            report("erasing a leaver", error)
    return {"leavers erased": gone, "leavers held": held}


def clean_file(services: Services) -> Mapping[str, int]:
    """Rewrite the database's file without what was deleted, when nobody works: it keeps writers waiting meanwhile."""
    now = services.clock()
    working = services.working_moment() == now
    if working or services.stores.records.uncleaned_since() is None or not services.clean():
        return {"cleaned": 0}
    services.stores.records.mark_cleaned(now, services.clock())
    return {"cleaned": 1}


def _forget(stores: Stores, kind: str, now: datetime, forget: Callable[[], int]) -> int:
    """Delete what is due of a kind, look whether anything due is left, and keep a proof of both."""
    if is_held(stores.records, kind):
        return 0
    removed = forget()
    if removed:
        prove(stores, kind, TERM, removed, forget(), now)
    return removed
