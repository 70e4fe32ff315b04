"""What handlers may use: the stores, the knowledge base, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from bot.charts.keeping import Drawings
from bot.delivery import Conversations, Inbox, Outbox, Receipts
from bot.exporting import Exports
from bot.metering import Meter
from bot.recalled import Replies
from bot.sealed_files import SealedFiles
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from knowledge.cases import CaseStore
from knowledge.editing.store import ArticleVersions, Proposals
from knowledge.encoding.store import EncodingStore
from knowledge.initiatives.assignment import AssignmentStore
from knowledge.initiatives.issue import DigestStore
from knowledge.initiatives.store import InitiativeStore
from knowledge.learning.store import LearningStore
from knowledge.store import ArticleStore
from knowledge.subjects import Subjects
from knowledge.view import View
from knowledge.visibility import Viewer
from staff.access.signing_in import Limits, SignIn
from staff.access.store import Access
from staff.calendar import BusinessCalendar, date_in_japan
from staff.granting import RoleGrants
from staff.model import Person
from staff.planning import DirectoryDrafts, PlannedChanges
from staff.privacy.erased_list import ErasedList
from staff.privacy.store import PersonalData, Records
from staff.store import AuditLog, Directory
from staff.weekly import SubscriptionStore, WorkingHours
from surveys.publishing import Publications
from surveys.skills.store import SkillStore
from surveys.store import SurveyStore

T = TypeVar("T")


class Digests(DigestStore, SubscriptionStore, Protocol):
    """Issues as they were sent, and how readers want them."""


class Stores(Protocol):
    """Every store, over one database. Outside a transaction each call stands for itself."""

    @property
    def articles(self) -> ArticleStore:
        """Imported articles."""

    @property
    def encodings(self) -> EncodingStore:
        """What a model made of the articles' texts."""

    @property
    def directory(self) -> Directory:
        """People and departments."""

    @property
    def access(self) -> Access:
        """What people sign in with on the web."""

    @property
    def directory_drafts(self) -> DirectoryDrafts:
        """Uploaded directory files that were not applied yet."""

    @property
    def planned_changes(self) -> PlannedChanges:
        """人事異動 that waits for its day."""

    @property
    def role_grants(self) -> RoleGrants:
        """Roles given beside the directory."""

    @property
    def audit(self) -> AuditLog:
        """Who changed what."""

    @property
    def outbox(self) -> Outbox:
        """Messages waiting to be sent."""

    @property
    def inbox(self) -> Inbox:
        """Messages delivered on the web."""

    @property
    def conversations(self) -> Conversations:
        """How users are reached."""

    @property
    def receipts(self) -> Receipts:
        """What the platforms delivered."""

    @property
    def subjects(self) -> Subjects:
        """What conversations are about."""

    @property
    def versions(self) -> ArticleVersions:
        """Articles that people edited, in every version."""

    @property
    def proposals(self) -> Proposals:
        """Articles and phrasings that wait for approval, or were decided."""

    @property
    def learning(self) -> LearningStore:
        """Feedback, unanswered questions and inquiries."""

    @property
    def skills(self) -> SkillStore:
        """Assessments, plans, sharing, trainings and expert profiles."""

    @property
    def surveys(self) -> SurveyStore:
        """Rounds of surveys and what was answered."""

    @property
    def cases(self) -> CaseStore:
        """AI・RPA事例."""

    @property
    def initiatives(self) -> InitiativeStore:
        """Initiatives and their progress reports."""

    @property
    def assignments(self) -> AssignmentStore:
        """What is asked of 課."""

    @property
    def digests(self) -> Digests:
        """The weekly digests."""

    @property
    def publications(self) -> Publications:
        """Published survey results."""

    @property
    def drawings(self) -> Drawings:
        """Charts of published results, drawn ahead."""

    @property
    def sealed_files(self) -> SealedFiles:
        """Exported files, for minutes, for every process."""

    @property
    def personal_data(self) -> PersonalData:
        """Everything on one person, along the register."""

    @property
    def records(self) -> Records:
        """Holds of the city's record rules, and proofs of deletion."""

    def transaction(self, work: Callable[[Stores], T]) -> T:
        """Run `work` with stores that share one transaction: all of it is kept, or nothing."""


@dataclass(frozen=True)
class Services:
    """Everything a handler may use. `close` ends the database connections.

    `clean` rewrites the database's file without what was deleted; False when others held on to it (try again later).
    `back_up` writes a checked copy of the database into a new file; returns its size in bytes.
    `readiness`: what a channel of this process waits for at its start, by name; /readyz tells what is not there yet.
    """

    settings: Settings
    stores: Stores
    knowledge: KnowledgeBase
    clock: Callable[[], datetime]
    close: Callable[[], None] = lambda: None
    clean: Callable[[], bool] = lambda: True
    back_up: Callable[[Path], int] | None = None
    meter: Meter = field(default_factory=Meter)
    exports: Exports = field(default_factory=Exports)
    readiness: dict[str, Callable[[], bool]] = field(default_factory=dict)
    replies: Replies = field(default_factory=Replies)

    def seen_by(self, person: Person | None) -> View:
        """The knowledge as a person sees it; None is a guest, or somebody the directory does not know."""
        return self.knowledge.seen_by(self.viewer(person))

    def held_for(self, person: Person | None) -> View | None:
        """As `seen_by`, where neither the database need be asked nor a view be made; else None."""
        knowledge = self.knowledge
        return None if knowledge.names_owners else knowledge.held_for(Viewer.of(person))

    def viewer(self, person: Person | None) -> Viewer:
        """What a person's sight goes by. The departments are read only where one of them matters."""
        matters = person is not None and self.knowledge.names_owners
        return Viewer.of(person, self.stores.directory.list_departments() if matters else ())

    def today(self) -> date:
        """The date in Japan."""
        return date_in_japan(self.clock())

    @property
    def sign_in(self) -> SignIn:
        """The desk at which people sign in on the web."""
        idle = timedelta(minutes=self.settings.session_idle_minutes)
        longest = timedelta(hours=self.settings.session_hours)
        return SignIn(self.stores, Limits(idle, longest), self.clock)

    @property
    def erased_list(self) -> ErasedList:
        """Who was erased, apart from the database."""
        return self.erased_list_of(self.settings)

    @staticmethod
    def erased_list_of(settings: Settings) -> ErasedList:
        """The list by the settings: where nobody says otherwise, beside the database's file."""
        url = settings.database_url
        beside = (
            f"{url.removeprefix('sqlite:///')}.erased" if url.startswith("sqlite:") else "var/dxbot.erased"
        )
        return ErasedList(Path(settings.erased_list or beside))

    @property
    def calendar(self) -> BusinessCalendar:
        """The days on which the city hall is open."""
        return BusinessCalendar(frozenset(self.settings.closures))

    @property
    def working_hours(self) -> WorkingHours:
        """When the city hall works on a business day."""
        return WorkingHours.parse(self.settings.working_hours)

    def next_working_moment(self, at: datetime) -> datetime:
        """That moment if the city hall works then, else when it opens next."""
        return self.working_hours.next_moment(at, self.calendar)

    def working_moment(self) -> datetime:
        """Now if the city hall works now, else when it opens next: when the bot may write to somebody first."""
        return self.next_working_moment(self.clock())
