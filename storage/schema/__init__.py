"""The schema's history: each function is a migration, named by its function, one file a domain, applied in this order.

A step that has been released is never changed: a new one is added at the end.
"""

from __future__ import annotations

from collections.abc import Callable

from storage.schema import (
    access,
    delivery,
    initiatives,
    knowledge,
    privacy,
    publications,
    skills,
    staff,
    surveys,
)
from storage.session import Tx

STEPS: tuple[Callable[[Tx], None], ...] = (
    knowledge.articles,
    staff.directory,
    staff.audit,
    delivery.outbox,
    delivery.inbox,
    delivery.receipts,
    delivery.conversations,
    knowledge.editing,
    knowledge.learning,
    knowledge.subjects,
    staff.synthetic_roles,
    skills.skills,
    surveys.survey_rounds,
    surveys.survey_answers,
    access.signing_in,
    knowledge.cases,
    initiatives.initiatives,
    initiatives.digests,
    delivery.outbox_trouble,
    skills.skill_sets,
    staff.audit_of_pseudonyms,
    surveys.survey_marks,
    knowledge.encodings,
    publications.publications,
    delivery.messages_by_age,
    staff.role_grants,
    staff.personnel,
    staff.directory_drafts,
    privacy.life_of_data,
    knowledge.told_questions,
    skills.development_goals,
    delivery.send_turns,
    publications.drawings,
    delivery.sealed_files,
    publications.survey_setbacks,
)
