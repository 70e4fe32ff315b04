"""What is new in a week: what staff asked, which articles changed, what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.handlers.unanswered import waiting_clusters
from bot.services import Services
from knowledge.article import Kind
from knowledge.initiatives.issue import ArticleLine, QuestionLine
from knowledge.learning.clusters import LEAST_ASKERS
from knowledge.visibility import ANY_STAFF
from staff.calendar import date_in_japan, iso_week

WEEK = timedelta(days=7)
DECIDED_SINCE = timedelta(days=28)
WEEKS_BACK = 6
MOST_QUESTIONS = 5
MOST_ARTICLES = 20
MOST_TITLE = 60


def questions(services: Services, day: date) -> tuple[QuestionLine, ...]:
    """What at least three people asked in vain, or デジタル推進室 approved; and what was asked and answered most."""
    seen = services.knowledge.seen_by(ANY_STAFF)  # every reader gets these lines
    waiting = [
        QuestionLine(
            question=cluster.question[:MOST_TITLE],
            askers=cluster.askers if cluster.askers >= LEAST_ASKERS else 0,
            owner=cluster.owner,
            answered=False,
        )
        for cluster in waiting_clusters(services, seen)
        if cluster.approved or cluster.askers >= LEAST_ASKERS
    ]
    asked = services.stores.learning.count_feedback(day - WEEK)
    known = {entry.id: entry.title for entry in seen.entries}
    answered = [
        QuestionLine(question=known[one.article_id], askers=one.askers, owner="", answered=True)
        for one in sorted(asked, key=lambda one: -one.askers)
        if one.article_id in known and one.askers >= LEAST_ASKERS
    ]
    return (*waiting[:MOST_QUESTIONS], *answered[:MOST_QUESTIONS])


def articles(services: Services, day: date) -> tuple[ArticleLine, ...]:
    """Articles that are new or changed, and what DX推進本部会議 decided."""
    edited = _edited_articles(services, day)
    return (*_decisions(services, day, {one.id for one in edited}), *edited)


def _decisions(services: Services, day: date, told: set[str]) -> Iterator[ArticleLine]:
    """What DX推進本部会議 decided of late, however it was entered, and no digest has told."""
    week = iso_week(day)
    for earlier in services.stores.digests.list_weeks(WEEKS_BACK):
        issue = services.stores.digests.issue(earlier)
        told |= {one.id for one in issue.articles} if issue and earlier < week else set()
    for entry in services.knowledge.seen_by(ANY_STAFF).entries:
        decided = entry.main.valid_from
        if (
            entry.kind is Kind.DECISION
            and entry.id not in told
            and decided
            and day - DECIDED_SINCE <= decided <= day
        ):
            yield ArticleLine(
                id=entry.id,
                title=entry.title[:MOST_TITLE],
                change="new",
                on=decided,
                is_decision=True,
                decided_on=decided,
            )


def _edited_articles(services: Services, day: date) -> tuple[ArticleLine, ...]:
    recent = [
        version
        for version in services.stores.versions.list_latest()
        if version.article is not None
        and version.stands
        and day - WEEK <= date_in_japan(version.at) <= day
        and ANY_STAFF.sees(version.article)
    ]
    cases = {case.article_id for case in services.stores.cases.list_approved()}
    recent.sort(key=lambda version: version.at, reverse=True)
    return tuple(
        ArticleLine(
            id=version.article_id,
            title=version.article.title[:MOST_TITLE],
            change="new" if version.number == 1 and version.beneath is None else "changed",
            on=date_in_japan(version.at),
            is_case=version.article_id in cases,
            is_decision=version.article.kind is Kind.DECISION,
            decided_on=version.article.valid_from if version.article.kind is Kind.DECISION else None,
        )
        for version in recent[:MOST_ARTICLES]
        if version.article
    )
