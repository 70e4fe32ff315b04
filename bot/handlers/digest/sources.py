"""What other domains tell the digest, each by one narrow function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services import Services
from knowledge.initiatives.issue import SurveyLine, TrainingLine


def running_surveys(services: Services, day: date) -> Sequence[SurveyLine]:  # noqa: ARG001
    """Rounds that are open on a day, with how many answered."""
    return ()


def trainings(services: Services, day: date) -> Sequence[TrainingLine]:  # noqa: ARG001
    """Trainings of the next four weeks."""
    return ()
