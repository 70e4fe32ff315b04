"""What publishing a round has to know beside its answers."""

from __future__ import annotations

from bot.services import Services
from surveys.disclosure import Told
from surveys.round import Round
from surveys.skills.asking import SURVEY_ID
from surveys.skills.telling import told_by_experts


def told_in(round_: Round, services: Services) -> Told:
    """What people tell of themselves of a round's questions: in a self-assessment, whoever is shown as an expert."""
    if round_.survey_id != SURVEY_ID:
        return {}
    return told_by_experts(round_.id, services.stores.skills, services.stores.surveys)
