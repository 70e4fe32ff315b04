"""Feedback, unanswered questions and inquiries (knowledge.learning.store.LearningStore)."""

from __future__ import annotations

from storage.feedback import FeedbackTables
from storage.inquiries import InquiryTables
from storage.questions import QuestionTables
from storage.session import Session


class SqlLearning(FeedbackTables, QuestionTables, InquiryTables):
    """All three, over one session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
