"""One literal table: the sections of the console, in the order of its navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.handlers.export.chat import PATH as EXPORTS
from bot.handlers.own_data import PATH as OWN_PATH
from bot.texts.ja import console as texts
from bot.texts.ja import digest as digest_texts
from bot.texts.ja import export as export_texts
from bot.texts.ja import initiatives as initiative_texts
from bot.texts.ja import outbox as outbox_texts
from bot.texts.ja import own_data as own_texts
from bot.texts.ja import records as record_texts
from bot.texts.ja import skill_map as map_texts
from bot.texts.ja import skill_page as skill_texts
from bot.texts.ja import survey_rounds as survey_texts
from bot.web.console import (
    audit,
    digests,
    exports,
    health,
    initiatives,
    outbox,
    overview,
    own_data,
    people,
    records,
    requests,
    surveys,
)
from bot.web.console.desk import Pages
from bot.web.skills import city, mine
from staff.model import Person
from staff.permissions import Permission, allowed


class PageModule(Protocol):
    """A module of pages: addresses answered to GET and to POST."""

    @property
    def SHOWN(self) -> Pages:
        """GET: address → page."""

    @property
    def DONE(self) -> Pages:
        """POST: address → what it does."""


@dataclass(frozen=True)
class Section:
    """One entry of the navigation, at `path`, for people with the permission; a module asks for more where it needs more.

    `pages` is None where the pages have routes of their own.
    """

    path: str
    title: str
    permission: Permission
    pages: PageModule | None


SECTIONS: tuple[Section, ...] = (
    Section("/console", texts.OVERVIEW, Permission.CONSOLE_USE, overview),
    Section("/knowledge", texts.KNOWLEDGE, Permission.KNOWLEDGE_READ, None),
    Section(surveys.PATH, survey_texts.PAGE, Permission.SURVEY_MANAGE, surveys),
    Section("/skills", skill_texts.TITLE, Permission.SKILLS_OWN, mine),
    Section("/initiatives", initiative_texts.PAGE_TITLE, Permission.INITIATIVE_READ, initiatives),
    Section("/digests", digest_texts.NAME, Permission.DIGEST_READ, digests),
    Section("/requests", initiative_texts.REQUESTS, Permission.REQUEST_MANAGE, requests),
    Section("/outbox", outbox_texts.LIST_TITLE, Permission.OUTBOX_SETTLE, outbox),
    Section(city.ADDRESS, map_texts.TITLE, Permission.SKILLS_MAP, city),
    Section(EXPORTS, export_texts.PAGE, Permission.EXPORT_MAKE, exports),
    Section(OWN_PATH, own_texts.TITLE, Permission.PRIVACY_OWN, own_data),
    Section("/console/people", texts.PEOPLE, Permission.DIRECTORY_READ, people),
    Section("/console/audit", texts.AUDIT, Permission.AUDIT_READ, audit),
    Section(records.PATH, record_texts.TITLE, Permission.RECORDS_READ, records),
    Section("/console/health", texts.HEALTH, Permission.HEALTH_READ, health),
)


def sections_for(person: Person | None) -> list[Section]:
    """Where a person may go."""
    return [section for section in SECTIONS if person is not None and allowed(person, section.permission)]
