"""What surveys ask of storage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from surveys.round import Member, ResponseCount, Round, State
from surveys.submission import Draft, Sheet, Submission


class Kept(StrEnum):
    """What became of a submission."""

    STORED = "stored"
    ALREADY = "already"  # this very one is there, or, in an anonymous round, one of the same person
    STALE = "stale"  # a newer one of the same person is there
    CLOSED = "closed"  # the round takes none
    NOT_ASKED = "not_asked"  # the person is not in the audience


class Rounds(Protocol):
    """Rounds and whom they ask."""

    def plan_round(self, planned: Round) -> bool:
        """Add a round that is to open later; False when one of that id is there already."""

    def find_round(self, round_id: str) -> Round | None:
        """One round."""

    def list_rounds(self, state: State | None = None, survey_id: str | None = None) -> list[Round]:
        """Rounds by the time they open, the earliest first."""

    def open_round(self, opened: Round, members: Sequence[Member]) -> bool:
        """Put the frozen round and its audience in the place of the planned one; False when it is not planned any more."""

    def close_round(self, round_id: str, at: datetime | None = None) -> bool:
        """Close an open round, `at` the latest; False when it is not open.

        Drafts, links and keys go, and no order is left among the answers.
        """

    def mark(self, round_id: str, mark: str) -> bool:
        """Note that something was done for a round; False when it was noted before."""

    def list_marks(self, round_id: str) -> set[str]:
        """What was noted."""

    def drop_round(self, round_id: str) -> bool:
        """Remove a planned round, or an open one with its drafts and links; False when somebody has answered or it is closed."""

    def find_member(self, round_id: str, person_id: str) -> Member | None:
        """Somebody as the round knows them; None when they are not asked."""

    def has_answered(self, round_id: str, person_id: str) -> bool:
        """Whether this person has answered."""

    def list_waiting(self, round_id: str) -> list[Member]:
        """Whoever has not answered, by 職員番号."""

    def list_open_for(self, person_id: str) -> list[tuple[Round, bool]]:
        """The open rounds that ask this person, with whether they have answered; what closes first comes first."""

    def count_responses(self, round_id: str) -> list[ResponseCount]:
        """How many of each 課 are asked and have answered, by the id of the 課."""


class Submissions(Protocol):
    """What was sent. In a confidential round it lies under a keyed pseudonym, in an anonymous one under nothing at all."""

    def keep_submission(self, submission: Submission) -> Kept:
        """Store it in the place of an older one of the same person, and end the draft it came from; in one transaction."""

    def find_submission(self, round_id: str, person_id: str) -> Submission | None:
        """The person's own submission; None when there is none, or nobody can tell any more."""

    def list_sheets(self, round_id: str) -> list[Sheet]:
        """Every stored submission, in an order that tells nothing."""

    def forget_answers(self, round_id: str) -> int:
        """Remove every submission of a round and who answered; return how many submissions went."""


class People(Protocol):
    """One person across all rounds."""

    def forget_person(self, person_id: str) -> int:
        """Remove what lies under this person: drafts, links, wishes, places in audiences, and submissions as far as anybody
        can tell them apart. Returns how many submissions went.
        """


class Drafts(Protocol):
    """Answers under way, one draft for each person and round."""

    def find_draft(self, round_id: str, person_id: str) -> Draft | None:
        """The draft; None when there is none."""

    def change_draft(self, round_id: str, person_id: str, change: Callable[[Draft], Draft]) -> Draft | None:
        """Change the draft and return it, with a higher revision when it is another; one that is the same is not stored.

        Without a draft it begins from the stored submission, else empty. None when the round takes no answers, the person
        is not asked, or has answered an anonymous round.
        """

    def drop_draft(self, round_id: str, person_id: str) -> None:
        """Remove the draft."""


class Links(Protocol):
    """Personal links to a survey's page, as hashes."""

    def add_link(self, digest: str, round_id: str, person_id: str, expires_at: datetime) -> None:
        """Keep a link's hash until then."""

    def find_link(self, digest: str, now: datetime) -> tuple[str, str] | None:
        """The round and person (職員番号) of a link that is still good."""


class Wishes(Protocol):
    """Who is away, and who wants no reminders. Why is not stored."""

    def set_absent(self, person_ids: Iterable[str]) -> None:
        """Put this list in the place of the one before."""

    def list_absent(self) -> list[str]:
        """Who is away, by 職員番号."""

    def mute(self, person_id: str, round_id: str = "") -> None:
        """No reminder for this person any more, of one round or (without one) of any."""

    def unmute(self, person_id: str) -> None:
        """Reminders again, of every round."""

    def wants_reminder(self, round_id: str, person_id: str, now: datetime) -> bool:
        """Whether the round takes answers, and the person is asked, has not answered and wants reminders."""

    def list_muted(self, round_id: str) -> set[str]:
        """Who wants no reminder of this round."""


class SurveyStore(Rounds, Submissions, People, Drafts, Links, Wishes, Protocol):
    """All of it."""
