"""Every store over one database (bot.services.Stores)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.services import Stores
from knowledge.subjects import Subjects
from storage.access import SqlAccess
from storage.articles import SqlArticles
from storage.assignments import SqlAssignments
from storage.audit import SqlAudit
from storage.cases import SqlCases
from storage.conversations import SqlConversations
from storage.digests import SqlDigests
from storage.directory import SqlDirectory
from storage.drawings import SqlDrawings
from storage.editing import SqlArticleVersions, SqlProposals
from storage.encodings import SqlEncodings
from storage.inbox import SqlInbox
from storage.initiatives import SqlInitiatives
from storage.learning import SqlLearning
from storage.outbox import SqlOutbox
from storage.personal_data import SqlPersonalData
from storage.planned_changes import SqlDirectoryDrafts, SqlPlannedChanges
from storage.publications import SqlPublications
from storage.receipts import SqlReceipts
from storage.records import SqlRecords
from storage.role_grants import SqlRoleGrants
from storage.sealed_files import SqlSealedFiles
from storage.session import Session
from storage.skills import SqlSkills
from storage.subjects import SqlSubjects
from storage.survey_answers import SqlSurveys

T = TypeVar("T")


class SqlStores:
    """The stores over an open database, or over a transaction of it."""

    def __init__(self, session: Session, subjects: Subjects | None = None) -> None:
        """`subjects` take the place of those that write at once."""
        self._session = session
        self.articles = SqlArticles(session)
        self.encodings = SqlEncodings(session)
        self.directory = SqlDirectory(session)
        self.access = SqlAccess(session)
        self.directory_drafts = SqlDirectoryDrafts(session)
        self.planned_changes = SqlPlannedChanges(session)
        self.role_grants = SqlRoleGrants(session)
        self.audit = SqlAudit(session)
        self.outbox = SqlOutbox(session)
        self.inbox = SqlInbox(session)
        self.conversations = SqlConversations(session)
        self.receipts = SqlReceipts(session)
        self.subjects: Subjects = SqlSubjects(session) if subjects is None else subjects
        self.versions = SqlArticleVersions(session)
        self.proposals = SqlProposals(session)
        self.learning = SqlLearning(session)
        self.skills = SqlSkills(session)
        self.surveys = SqlSurveys(session)
        self.cases = SqlCases(session)
        self.initiatives = SqlInitiatives(session)
        self.assignments = SqlAssignments(session)
        self.digests = SqlDigests(session)
        self.publications = SqlPublications(session)
        self.drawings = SqlDrawings(session)
        self.sealed_files = SqlSealedFiles(session)
        self.personal_data = SqlPersonalData(session)
        self.records = SqlRecords(session)

    def transaction(self, work: Callable[[Stores], T]) -> T:
        """Run `work` with stores that share one transaction; inside one already, join it."""
        return self._session.transaction(lambda tx: work(SqlStores(tx)))
