"""What learning asks of storage."""

from __future__ import annotations

from typing import Protocol

from knowledge.learning.feedback import FeedbackStore
from knowledge.learning.inquiry import InquiryStore
from knowledge.learning.unanswered import UnansweredStore


class LearningStore(FeedbackStore, UnansweredStore, InquiryStore, Protocol):
    """Feedback, unanswered questions, and inquiries with their askers."""
