"""One literal table: what each command needs elsewhere, and what goes on record when somebody runs it on the host.

Whoever may run `dxbot` may do what デジタル推進室 may: nobody is asked who they are but by the host. So every command that shows or
moves what is people's leaves an entry under the name of the host's account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cli.actor import actor
from bot.services import Services
from staff.permissions import Permission as May
from staff.store import AuditEvent

# Kept when the command begins, for commands whose doing leaves no entry of its own.
RUN = "cli.run"


@dataclass(frozen=True)
class Standing:
    """`permission` is what chat and console ask for the same; None for what is nobody's. `actions` go on record."""

    permission: May | None = None
    actions: tuple[str, ...] = ()


_NOBODYS = Standing()

COMMANDS: Mapping[str, Standing] = {
    "serve": _NOBODYS,
    "worker": _NOBODYS,
    "migrate": _NOBODYS,
    "doctor": _NOBODYS,
    "demo": Standing(May.DIRECTORY_IMPORT, ("directory.demo", "knowledge.import")),
    "ask": Standing(May.ASK),
    "knowledge import": Standing(May.KNOWLEDGE_IMPORT, ("knowledge.import", "knowledge.propose")),
    "knowledge history": Standing(May.KNOWLEDGE_READ, (RUN,)),
    "knowledge rollback": Standing(May.KNOWLEDGE_EDIT, ("knowledge.rollback",)),
    "knowledge delete": Standing(May.KNOWLEDGE_EDIT, ("knowledge.delete",)),
    "knowledge proposals": Standing(May.KNOWLEDGE_EDIT, (RUN,)),
    "knowledge approve": Standing(May.KNOWLEDGE_EDIT, ("knowledge.approve",)),
    "knowledge reject": Standing(May.KNOWLEDGE_EDIT, ("knowledge.reject",)),
    "knowledge encode": _NOBODYS,
    "knowledge check": _NOBODYS,
    "knowledge diff": _NOBODYS,
    "knowledge remove": Standing(May.KNOWLEDGE_IMPORT, ("knowledge.remove",)),
    "knowledge export": Standing(May.KNOWLEDGE_IMPORT, (RUN,)),
    "knowledge unanswered": Standing(May.QUESTIONS_READ, ("questions.read",)),
    "knowledge feedback": Standing(May.FEEDBACK_READ, ("feedback.read",)),
    "directory import": Standing(May.DIRECTORY_IMPORT, (RUN, "directory.import")),
    "console codes": Standing(May.ROLES_GRANT, ("access.codes",)),
    "console permissions": _NOBODYS,
    "console restore-admin": Standing(May.ROLES_GRANT, ("roles.grant",)),
    "console sign-out": Standing(May.ROLES_GRANT, ("access.revoke",)),
    "initiatives import": Standing(May.INITIATIVE_MANAGE, ("initiative.save",)),
    "initiatives list": Standing(May.INITIATIVE_READ, (RUN,)),
    "digest preview": Standing(May.DIGEST_PREVIEW, (RUN,)),
    "digest send": Standing(May.DIGEST_PREVIEW, (RUN,)),
    "digest council": Standing(May.DIGEST_PREVIEW, (RUN,)),
    "outbox list": Standing(May.OUTBOX_SETTLE, (RUN,)),
    "outbox settle": Standing(May.OUTBOX_SETTLE, ("outbox.mark_sent",)),
    "outbox resend": Standing(May.OUTBOX_SETTLE, ("outbox.resend",)),
    "skills check": _NOBODYS,
    "skills import": Standing(May.SURVEY_MANAGE, ("skills.import",)),
    "skills trainings": Standing(May.SURVEY_MANAGE, ("skills.trainings",)),
    "skills results": Standing(May.SKILLS_MAP, (RUN,)),
    "skills plan": Standing(May.SKILLS_MAP, (RUN,)),
    "survey check": _NOBODYS,
    "survey open": Standing(May.SURVEY_MANAGE, ("survey.plan", "survey.open")),
    "survey close": Standing(May.SURVEY_MANAGE, ("survey.close",)),
    "survey drop": Standing(May.SURVEY_MANAGE, ("survey.drop",)),
    "survey remind": Standing(May.SURVEY_MANAGE, (RUN,)),
    "survey list": Standing(May.SURVEY_RATES, (RUN,)),
    "survey publish-more": Standing(May.SURVEY_MANAGE, ("results.publish",)),
    "survey results": Standing(May.RESULTS_READ, (RUN,)),
    "survey absent": Standing(May.SURVEY_MANAGE, ("survey.absent",)),
    "export skills": Standing(May.EXPORT_MAKE, ("export.skills",)),
    "export telework": Standing(May.EXPORT_MAKE, ("export.telework",)),
    "audit verify": _NOBODYS,
    "audit anchor": _NOBODYS,
    "backup": Standing(May.PRIVACY_SHOW, ("backup.make",)),
    "restore": Standing(May.PRIVACY_ERASE, ("backup.restore",)),
    "privacy register": _NOBODYS,
    "privacy sheet": _NOBODYS,
    "privacy holds": Standing(May.RECORDS_READ, (RUN,)),
    "privacy hold": Standing(May.RECORDS_HOLD, ("records.hold",)),
    "privacy release": Standing(May.RECORDS_HOLD, ("records.release",)),
    "privacy show": Standing(May.PRIVACY_SHOW, ("privacy.show",)),
    "privacy erase": Standing(May.PRIVACY_ERASE, ("privacy.erase",)),
    "year-roll": Standing(May.DIRECTORY_READ, (RUN,)),
    "handover": Standing(May.DIRECTORY_READ, (RUN,)),
    "slack manifest": _NOBODYS,
    "teams package": _NOBODYS,
    "eval": _NOBODYS,
}


def record_run(services: Services, command: str) -> None:
    """Keep that a command begins, if the table says so. Raises what the audit log raises: unrecorded, nothing is shown."""
    standing = COMMANDS.get(command)
    if standing is None or RUN not in standing.actions:
        return
    event = AuditEvent(at=services.clock(), actor=actor(), action=RUN, target=command, channel="cli")
    services.stores.audit.append(event)
