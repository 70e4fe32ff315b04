"""The queue of unanswered questions: similar ones together, with counts and nobody's name."""

from __future__ import annotations

from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Paragraph, Reply, Request, Table
from bot.services import Services
from bot.texts.ja import learning as texts
from knowledge.learning.clusters import LEAST_ASKERS, Cluster, cluster_questions
from knowledge.learning.unanswered import Reason
from knowledge.view import View
from staff.model import Person, Role
from staff.permissions import Permission, own_departments
from staff.store import AuditEvent
from staff.succession import names_in_charge

MOST_SHOWN = 20
MOST_DISCARDS = 5
MOST_LABEL = 40


def list_unanswered(request: Request, services: Services) -> Reply:
    """The clusters this person may see: all for デジタル推進室, their 課's from three askers on for leaders."""
    if refusal := permitted(request, Permission.QUESTIONS_READ):
        return refusal
    person = request.person
    assert person is not None  # noqa: S101 (the permission needs somebody known)
    everything = Role.OPERATOR in person.roles
    clusters = waiting_clusters(services, services.seen_by(person))
    shown = clusters if everything else shown_to(services, person, clusters)
    record_view(services, person.id, "questions.read", "unanswered", clusters=len(shown))
    if not shown:
        none = texts.UNANSWERED_NONE if everything else texts.UNANSWERED_NONE_SHOWN
        return Reply(title=texts.UNANSWERED_TITLE, parts=(Paragraph(text=none),))
    more = len(shown) - MOST_SHOWN
    notes = [Paragraph(text=texts.UNANSWERED_MORE.format(count=more), tone="note")] if more > 0 else []
    discards = shown[:MOST_DISCARDS] if everything else ()
    return Reply(
        title=texts.UNANSWERED_TITLE,
        parts=(Paragraph(text=texts.UNANSWERED_INTRO), _table(shown[:MOST_SHOWN]), *notes),
        actions=tuple(action for cluster in discards for action in _actions(cluster)),
    )


def tell(request: Request, services: Services) -> Reply:
    """Let the digest tell a cluster's question, however few asked: its wording was read, and names nobody."""
    if refusal := permitted(request, Permission.FEEDBACK_READ):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    cluster = _holding(services, request.value, services.seen_by(request.person))
    if cluster is None:
        return refused(texts.DISCARD_STALE)
    count = services.stores.learning.approve_questions([question.id for question in cluster.questions])
    record_view(services, request.person.id, "questions.tell", cluster.id, questions=count)
    return Reply(parts=(Paragraph(text=texts.TOLD.format(question=cluster.question)),))


def discard(request: Request, services: Services) -> Reply:
    """Remove a cluster's questions: they are dealt with."""
    if refusal := permitted(request, Permission.FEEDBACK_READ):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    seen = services.seen_by(request.person)
    count = discard_cluster(services, request.value, request.person.id, seen)
    if not count:
        return refused(texts.DISCARD_STALE)
    return Reply(parts=(Paragraph(text=texts.DISCARDED.format(count=count)),))


def discard_cluster(services: Services, cluster_id: str, actor: str, seen: View) -> int:
    """Remove the cluster that holds a question of this id, on record; return how many went, 0 when there is none."""
    cluster = _holding(services, cluster_id, seen)
    if cluster is None:
        return 0
    count = services.stores.learning.discard_questions([question.id for question in cluster.questions])
    record_view(services, actor, "questions.discard", cluster.id, questions=count)
    return count


def waiting_clusters(services: Services, seen: View) -> list[Cluster]:
    """Clusters of the questions that still have no answer: what an article that is `seen` answers by now is left out."""
    clusters = cluster_questions(services.stores.learning.list_questions())
    return [cluster for cluster in clusters if not _is_answered(seen, cluster)]


def _holding(services: Services, question_id: str, seen: View) -> Cluster | None:
    clusters = waiting_clusters(services, seen)
    return next((one for one in clusters if any(each.id == question_id for each in one.questions)), None)


def _actions(cluster: Cluster) -> list[Action]:
    label = cluster.question[:MOST_LABEL]
    discarding = Action(
        name="unanswered_discard", label=texts.DISCARD.format(question=label), value=cluster.id
    )
    if cluster.approved or cluster.askers >= LEAST_ASKERS:  # the digest tells it anyway
        return [discarding]
    return [
        Action(name="unanswered_tell", label=texts.TELL.format(question=label), value=cluster.id),
        discarding,
    ]


def shown_to(services: Services, person: Person, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters of a leader's own 課 that enough different people asked."""
    held = own_departments(person, Permission.QUESTIONS_READ)
    own = names_in_charge(held, services.stores.directory.list_departments())
    return [cluster for cluster in clusters if cluster.owner in own and cluster.askers >= LEAST_ASKERS]


def _is_answered(seen: View, cluster: Cluster) -> bool:
    """Whether what had no answer, or was asked back, has one by now. Who was answered wrongly may be so again."""
    first = cluster.questions[0]
    return first.reason is not Reason.WRONG and seen.answer(first.question).outcome == "answer"


def _table(clusters: list[Cluster]) -> Table:
    rows = tuple(
        (
            cluster.question,
            asker_count(cluster),
            texts.TIMES.format(count=len(cluster.questions)),
            cluster.owner,
            cluster.newest.isoformat(),
        )
        for cluster in clusters
    )
    return Table(caption=texts.UNANSWERED_CAPTION, columns=texts.UNANSWERED_COLUMNS, rows=rows)


def asker_count(cluster: Cluster) -> str:
    """How many asked, in words; "or more" where the questions are of several quarters."""
    several = len({question.period for question in cluster.questions}) > 1
    return (texts.PEOPLE_AT_LEAST if several else texts.PEOPLE).format(count=cluster.askers)


def record_view(services: Services, actor: str, action: str, target: str, **detail: int) -> None:
    """Keep on record who looked at, or removed, what."""
    event = AuditEvent(at=services.clock(), actor=actor, action=action, target=target, detail=dict(detail))
    services.stores.audit.append(event)
