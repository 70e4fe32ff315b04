"""What follows from a stored submission, in the same transaction: a self-assessment becomes part of the person's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.services import Services, Stores
from staff.model import Person
from surveys.round import Round
from surveys.skills.asking import SURVEY_ID, assessment_of
from surveys.skills.reading import skill_set_in_use
from surveys.store import Kept
from surveys.submission import Submission

Follower = Callable[[Stores, Round, Person, Submission], None]


def keep_and_follow(services: Services, round_: Round, person: Person | None, submission: Submission) -> Kept:
    """Store a submission and whatever follows from it, or nothing of both."""
    follow = FOLLOWERS.get(round_.survey_id)

    def work(stores: Stores) -> Kept:
        kept = stores.surveys.keep_submission(submission)
        if kept is Kept.STORED and follow is not None and person is not None:
            follow(stores, round_, person, submission)
        return kept

    return services.stores.transaction(work)


def _assess(stores: Stores, round_: Round, person: Person, submission: Submission) -> None:
    framework = skill_set_in_use(stores.skills).framework
    found = assessment_of(framework, person, submission.answers, submission.sent_at, round_.id)
    stores.skills.add_assessment(found)


FOLLOWERS: Mapping[str, Follower] = {SURVEY_ID: _assess}
