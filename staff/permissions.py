"""Who may do what: one table, asked by every domain below the channels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.texts.ja import staff as texts
from staff.model import Person, Role


class Permission(StrEnum):
    """Something a person may be allowed to do."""

    ASK = "ask"
    CONSOLE_USE = "console.use"
    INBOX_READ = "inbox.read"
    KNOWLEDGE_IMPORT = "knowledge.import"
    KNOWLEDGE_READ = "knowledge.read"
    KNOWLEDGE_PROPOSE = "knowledge.propose"
    KNOWLEDGE_EDIT = "knowledge.edit"
    KNOWLEDGE_EDIT_OWN = "knowledge.edit_own"
    INQUIRY_ASK = "inquiry.ask"
    INQUIRY_ANSWER = "inquiry.answer"
    SURVEY_ANSWER = "survey.answer"
    SKILLS_OWN = "skills.own"
    SKILLS_EXPERTS = "skills.experts"
    SKILLS_SHARED = "skills.shared"
    SKILLS_MAP = "skills.map"
    SKILLS_GOALS = "skills.goals"
    SKILLS_PEOPLE = "skills.people"
    SURVEY_MANAGE = "survey.manage"
    SURVEY_RATES = "survey.rates"
    SURVEY_RATES_OWN = "survey.rates_own"
    RESULTS_READ = "results.read"
    RESULTS_READ_OWN = "results.read_own"
    RESULTS_READ_SHARED = "results.read_shared"
    QUESTIONS_READ = "questions.read"
    FEEDBACK_READ = "feedback.read"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_IMPORT = "directory.import"
    AUDIT_READ = "audit.read"
    PRIVACY_OWN = "privacy.own"
    RECORDS_READ = "records.read"
    RECORDS_HOLD = "records.hold"
    PRIVACY_SHOW = "privacy.show"
    PRIVACY_ERASE = "privacy.erase"
    METRICS_READ = "metrics.read"
    HEALTH_READ = "health.read"
    ROLES_GRANT = "roles.grant"
    INITIATIVE_READ = "initiative.read"
    INITIATIVE_REPORT = "initiative.report"
    INITIATIVE_MANAGE = "initiative.manage"
    REQUEST_MANAGE = "request.manage"
    REQUEST_SETTLE = "request.settle"
    DIGEST_READ = "digest.read"
    DIGEST_PREVIEW = "digest.preview"
    OUTBOX_SETTLE = "outbox.settle"
    EXPORT_MAKE = "export.make"
    EXPORT_PEOPLE = "export.people"
    EXPORT_TEXTS = "export.texts"


# Asking needs no role at all: somebody the directory does not know may ask too.
_EVERYONE: frozenset[Role] = frozenset()

ROLES: Mapping[Permission, frozenset[Role]] = {
    Permission.ASK: _EVERYONE,
    Permission.CONSOLE_USE: frozenset({Role.STAFF}),
    Permission.INBOX_READ: frozenset({Role.STAFF}),
    Permission.KNOWLEDGE_IMPORT: frozenset({Role.OPERATOR}),
    Permission.KNOWLEDGE_READ: frozenset({Role.STAFF}),
    Permission.KNOWLEDGE_PROPOSE: frozenset({Role.STAFF}),
    Permission.KNOWLEDGE_EDIT: frozenset({Role.OPERATOR}),
    Permission.KNOWLEDGE_EDIT_OWN: frozenset({Role.LEADER, Role.MANAGER, Role.OPERATOR}),
    Permission.INQUIRY_ASK: frozenset({Role.STAFF}),
    Permission.INQUIRY_ANSWER: frozenset({Role.LEADER, Role.MANAGER, Role.OPERATOR}),
    Permission.SURVEY_ANSWER: frozenset({Role.STAFF}),
    Permission.SKILLS_OWN: frozenset({Role.STAFF}),
    Permission.SKILLS_EXPERTS: frozenset({Role.STAFF}),
    Permission.SKILLS_SHARED: frozenset({Role.MANAGER}),
    Permission.SKILLS_MAP: frozenset({Role.MANAGER, Role.HR, Role.OPERATOR}),
    Permission.SKILLS_GOALS: frozenset({Role.HR, Role.OPERATOR}),
    Permission.SKILLS_PEOPLE: frozenset({Role.HR}),
    Permission.SURVEY_MANAGE: frozenset({Role.HR, Role.OPERATOR}),
    Permission.SURVEY_RATES: frozenset({Role.HR, Role.OPERATOR}),
    Permission.SURVEY_RATES_OWN: frozenset({Role.MANAGER, Role.HR, Role.OPERATOR}),
    Permission.RESULTS_READ: frozenset({Role.HR, Role.OPERATOR}),
    Permission.RESULTS_READ_OWN: frozenset({Role.MANAGER, Role.HR, Role.OPERATOR}),
    Permission.RESULTS_READ_SHARED: frozenset({Role.STAFF}),
    Permission.QUESTIONS_READ: frozenset({Role.LEADER, Role.MANAGER, Role.OPERATOR}),
    Permission.FEEDBACK_READ: frozenset({Role.OPERATOR}),
    Permission.DIRECTORY_READ: frozenset({Role.HR, Role.OPERATOR}),
    Permission.DIRECTORY_IMPORT: frozenset({Role.HR, Role.OPERATOR}),
    Permission.AUDIT_READ: frozenset({Role.AUDITOR, Role.OPERATOR}),
    Permission.PRIVACY_OWN: frozenset({Role.STAFF}),
    Permission.RECORDS_READ: frozenset({Role.AUDITOR, Role.OPERATOR}),
    Permission.RECORDS_HOLD: frozenset({Role.OPERATOR}),
    Permission.PRIVACY_SHOW: frozenset({Role.OPERATOR}),
    Permission.PRIVACY_ERASE: frozenset({Role.OPERATOR}),
    Permission.METRICS_READ: frozenset({Role.HR, Role.OPERATOR}),
    Permission.HEALTH_READ: frozenset({Role.OPERATOR}),
    Permission.ROLES_GRANT: frozenset({Role.OPERATOR}),
    Permission.INITIATIVE_READ: frozenset({Role.STAFF}),
    Permission.INITIATIVE_REPORT: frozenset({Role.LEADER, Role.MANAGER, Role.OPERATOR}),
    Permission.INITIATIVE_MANAGE: frozenset({Role.OPERATOR}),
    Permission.REQUEST_MANAGE: frozenset({Role.OPERATOR}),
    Permission.REQUEST_SETTLE: frozenset({Role.LEADER, Role.MANAGER}),
    Permission.DIGEST_READ: frozenset({Role.STAFF}),
    Permission.DIGEST_PREVIEW: frozenset({Role.OPERATOR}),
    Permission.OUTBOX_SETTLE: frozenset({Role.OPERATOR}),
    Permission.EXPORT_MAKE: frozenset({Role.HR, Role.OPERATOR}),
    Permission.EXPORT_PEOPLE: frozenset({Role.HR}),
    Permission.EXPORT_TEXTS: frozenset({Role.HR, Role.OPERATOR}),
}


class NotAllowed(Exception):
    """The person may not do this; the text says who may and what to do next."""


def allowed(person: Person | None, permission: Permission) -> bool:
    """Whether a person may do something; None is somebody the directory does not know."""
    roles = ROLES[permission]
    return roles is _EVERYONE or (person is not None and not roles.isdisjoint(person.roles))


def require(person: Person | None, permission: Permission) -> None:
    """Raise NotAllowed unless the person may do it."""
    if allowed(person, permission):
        return
    if person is None:
        raise NotAllowed(texts.not_known(permission))
    require_role(person.roles, permission)


def require_role(roles: Collection[Role], permission: Permission) -> None:
    """Raise NotAllowed unless somebody with these roles may do it."""
    if may(roles, permission):
        return
    names = "・".join(role.label for role in Role if role in ROLES[permission])
    raise NotAllowed(texts.not_allowed(permission, names))


def may(roles: Collection[Role], permission: Permission) -> bool:
    """Whether somebody with these roles may do it, by the table."""
    wanted = ROLES[permission]
    return wanted is _EVERYONE or not wanted.isdisjoint(roles)


def own_departments(person: Person | None, permission: Permission) -> frozenset[str]:
    """The 課 (ids) in which somebody holds a role for this: of several posts only those whose role allows it."""
    posts = person.posts if person else ()
    return frozenset(post.department_id for post in posts if may(post.roles, permission))
