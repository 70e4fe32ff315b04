"""What comes after an answer: the buttons for feedback, and keeping what could not be answered."""

from __future__ import annotations

from bot.faults import report
from bot.handlers.ask import NONE_ACTION
from bot.handlers.consultation import ASK_ANYWAY, sensitive_topic
from bot.messages import BETWEEN, Action, Reply, Request
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.answer import Answer
from knowledge.article import Layer
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.learning.unanswered import Reason, keep_question


def attend(request: Request, reply: Reply, services: Services) -> Reply:
    """The reply with the buttons that fit it; an unanswered question is kept on the way."""
    if request.name == ASK_ANYWAY:
        return reply
    if request.name == NONE_ACTION:
        question = split(request.value)[1]
        remember_question(request, services, question, Reason.NONE_FITS)
        return _with(reply, ask_expert_action("", question))
    answer, question = reply.answer, question_of(request)
    if answer is None or answer.outcome == "clarify":
        return reply
    if answer.outcome == "answer":
        return _with(reply, *feedback_actions(answered_article(answer), question))
    if request.name == "ask":  # what is searched word by word as it is typed is nobody's question
        remember_question(request, services, question, Reason.UNKNOWN)
    return _with(reply, ask_expert_action("", question))


def feedback_actions(article_id: str, question: str) -> tuple[Action, ...]:
    """解決した and 違う, for an answer out of an article."""
    value = join(article_id, question)
    if not article_id:
        return ()
    return (
        Action(name="solved", label=texts.SOLVED, value=value),
        Action(name="wrong", label=texts.WRONG, value=value),
    )


def ask_expert_action(article_id: str, question: str) -> Action:
    """担当に聞く, the question prefilled."""
    return Action(name="inquire", label=texts.ASK_EXPERT, value=join(article_id, question))


def remember_question(request: Request, services: Services, question: str, reason: Reason) -> None:
    """Keep an unanswered question, unless it is on a sensitive topic. A fault here never costs the answer."""
    question = clean(question)[:MAX_LENGTH]
    if not question or sensitive_topic(question, services) is not None:
        return
    try:
        owner = services.seen_by(request.person).answer(question).owner
        keep_question(services.stores.learning, asker_of(request), question, reason, owner, services.clock())
    except Exception as error:  # the database may be away for a while
        report("keeping an unanswered question", error)


def asker_of(request: Request) -> str:
    """Who asks, for telling people apart: the 職員番号, or the channel's own id of somebody unknown."""
    return request.person.id if request.person else f"{request.channel}:{request.user}"


def question_of(request: Request) -> str:
    """The question behind a request, as far as it carries one; "" where an article was opened."""
    match request.name:
        case "ask" | "term":
            return clean(request.text or request.value)[:MAX_LENGTH]
        case "pick":
            return clean(split(request.value)[1])[:MAX_LENGTH]
    return ""


def answered_article(answer: Answer) -> str:
    """The id of the article an answer stands on; "" when it quotes none."""
    if answer.more:
        return answer.more
    own = [excerpt.article_id for excerpt in answer.excerpts if excerpt.layer is Layer.EDITORIAL]
    return next(iter([*own, *(excerpt.article_id for excerpt in answer.excerpts)]), "")


def join(article_id: str, question: str) -> str:
    """What a button carries: an article and a question, either may be empty."""
    return f"{article_id}{BETWEEN}{question}"


def split(value: str) -> tuple[str, str]:
    """The article and the question that a button carries."""
    article_id, _, question = value.partition(BETWEEN)
    return article_id.strip()[:200], question


def _with(reply: Reply, *actions: Action) -> Reply:
    return reply.model_copy(update={"actions": (*reply.actions, *actions)})
