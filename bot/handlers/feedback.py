"""解決した and 違う: kept without a name; a wrong answer is followed by what else may help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.handlers.afterwards import ask_expert_action, asker_of, join, remember_question, split
from bot.handlers.consultation import sensitive_topic
from bot.handlers.discretion import any_restricted
from bot.handlers.refusing import permitted
from bot.messages import Action, Paragraph, Reply, Request, Table
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.learning.feedback import ArticleFeedback, Verdict, give_feedback
from knowledge.learning.unanswered import Reason
from knowledge.view import View
from staff.calendar import date_in_japan
from staff.permissions import Permission
from staff.store import AuditEvent

MOST_NEAR = 3
MOST_SHOWN = 50
COUNTED_DAYS = 90


def solved(request: Request, services: Services) -> Reply:
    """The answer solved the question."""
    if not _give(request, services, Verdict.SOLVED):
        return Reply(parts=(Paragraph(text=texts.FEEDBACK_STALE),))
    change = Action(name="wrong", label=texts.STILL_WRONG, value=request.value)
    return Reply(parts=(Paragraph(text=texts.THANKS),), actions=(change,))


def wrong(request: Request, services: Services) -> Reply:
    """The answer did not help: offer the next best ones, and the experts."""
    if not _give(request, services, Verdict.WRONG):
        return Reply(parts=(Paragraph(text=texts.FEEDBACK_STALE),))
    article_id, question = _read(request)
    remember_question(request, services, question, Reason.WRONG)
    near = _near(services.seen_by(request.person), article_id, question)
    return Reply(
        title=texts.SORRY_TITLE,
        parts=(Paragraph(text=texts.SORRY_NEAR if near else texts.SORRY_ASK),),
        actions=(
            *near,
            ask_expert_action(article_id, question),
            Action(name="solved", label=texts.SOLVED_AFTER_ALL, value=request.value),
        ),
    )


def show_counts(request: Request, services: Services) -> Reply:
    """How the answers were judged, by article: for デジタル推進室, on record."""
    if refusal := permitted(request, Permission.FEEDBACK_READ):
        return refusal
    counts = read_counts(services, request.person.id if request.person else "")
    if not counts:
        return Reply(title=texts.COUNTS_TITLE, parts=(Paragraph(text=texts.COUNTS_NONE),))
    seen = services.seen_by(request.person)
    table = Table(
        caption=texts.COUNTS_CAPTION.format(days=COUNTED_DAYS),
        columns=texts.COUNTS_COLUMNS,
        rows=tuple(_row(seen, count) for count in counts[:MOST_SHOWN]),
    )
    worst = [count for count in counts[:MOST_NEAR] if count.wrong]
    return Reply(
        title=texts.COUNTS_TITLE,
        parts=(table,),
        actions=tuple(_open(seen, one) for one in worst),
        fleeting=not request.private
        and any_restricted((count.article_id for count in counts), services, services.viewer(request.person)),
    )


def read_counts(services: Services, actor: str) -> Sequence[ArticleFeedback]:
    """The verdicts of the last COUNTED_DAYS by article, on record."""
    at = services.clock()
    counts = services.stores.learning.count_feedback(date_in_japan(at) - timedelta(days=COUNTED_DAYS))
    detail: dict[str, str | int] = {"articles": len(counts)}
    services.stores.audit.append(
        AuditEvent(at=at, actor=actor, action="feedback.read", target="feedback", detail=detail)
    )
    return counts


def _give(request: Request, services: Services, verdict: Verdict) -> bool:
    article_id, question = _read(request)
    if not article_id or sensitive_topic(question, services) is not None:
        return False
    give_feedback(
        services.stores.learning, asker_of(request), article_id, question, verdict, services.clock()
    )
    return True


def _read(request: Request) -> tuple[str, str]:
    article_id, question = split(request.value)
    return article_id, clean(question)[:MAX_LENGTH]


def _near(seen: View, article_id: str, question: str) -> tuple[Action, ...]:
    if not question:
        return ()
    ranking = seen.answer(question, top=MOST_NEAR + 1).ranking
    others = [ranked for ranked in ranking if ranked.id != article_id][:MOST_NEAR]
    return tuple(Action(name="pick", label=one.title, value=join(one.id, question)) for one in others)


def _row(seen: View, count: ArticleFeedback) -> tuple[str, ...]:
    return article_title(seen, count.article_id), str(count.solved), str(count.wrong)


def _open(seen: View, count: ArticleFeedback) -> Action:
    return Action(name="article", label=article_title(seen, count.article_id), value=count.article_id)


def article_title(seen: View, article_id: str) -> str:
    """An article's title; its id when it is gone, or hidden from whoever looks."""
    return seen.title_of(article_id) or article_id
