"""People: finding them, and giving and taking their roles."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date

from bot.texts.ja import console as texts
from bot.web.console import roster
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page, link
from staff.granting import GRANTABLE, GrantRefused, RoleGrant, grant_role, revoke_role
from staff.model import Person, Role
from staff.permissions import Permission, allowed, require
from staff.store import AuditEvent

MOST_SHOWN = 50


def search(desk: Desk) -> Page:
    """GET /console/people: by 職員番号, name, 課 or role; nobody before something is asked for."""
    names = _department_names(desk)
    wanted = _plain(desk.field("q"))
    found = (
        [one for one in desk.services.stores.directory.list_people() if wanted in _told(one, names)]
        if wanted
        else []
    )
    rows = [(one, _places(one, names), _roles(one)) for one in found[:MOST_SHOWN]]
    return desk.page(
        "console/people.html",
        query=desk.field("q"),
        rows=rows,
        total=len(found),
        most=MOST_SHOWN,
        done=texts.DONE.get(desk.field("done"), ""),
        may_import=allowed(desk.person, Permission.DIRECTORY_IMPORT),
    )


def person(desk: Desk) -> Page:
    """GET /console/people/person: posts, roles, and where they come from; on record."""
    found = _find(desk)
    event = AuditEvent(
        at=desk.services.clock(), actor=desk.person.id, action="people.view", target=f"person/{found.id}"
    )
    desk.services.stores.audit.append(event)
    return _show(desk, found)


def grant(desk: Desk) -> Page:
    """POST /console/people/grant: give a role, at once or from a day on."""
    found, services = _find(desk), desk.services
    mistakes: dict[str, str] = {}
    begin, until = (_day(desk, name, mistakes) for name in ("from", "until"))
    role = Role(desk.field("role")) if desk.field("role") in {one.value for one in GRANTABLE} else Role.STAFF
    if not mistakes:
        try:
            grant_role(
                services.stores,
                desk.person,
                found.id,
                role,
                services.clock(),
                services.today(),
                department_id=desk.field("department"),
                valid_from=begin,
                valid_until=until,
            )
        except GrantRefused as refused:
            mistakes["role"] = str(refused)
    if mistakes:
        return _show(desk, found, 422, mistakes)
    return Page(location=link("/console/people/person", id=found.id, done="granted"))


def revoke(desk: Desk) -> Page:
    """POST /console/people/revoke: take a granted role back."""
    found, services = _find(desk), desk.services
    try:
        revoke_role(services.stores, desk.person, desk.field("grant"), services.clock(), services.today())
    except GrantRefused as refused:
        return _show(desk, found, 409, {"revoke": str(refused)})
    return Page(location=link("/console/people/person", id=found.id, done="revoked"))


def sign_out(desk: Desk) -> Page:
    """POST /console/people/sign-out: end everything that somebody is signed in with."""
    found = _find(desk)
    require(desk.person, Permission.ROLES_GRANT)
    desk.services.sign_in.sign_out_everywhere(found.id, desk.person.id)
    return Page(location=link("/console/people/person", id=found.id, done="signed-out"))


def _show(desk: Desk, found: Person, status: int = 200, mistakes: Mapping[str, str] | None = None) -> Page:
    services, names = desk.services, _department_names(desk)
    directory = services.stores.directory
    imported = next((one for one in directory.list_imported() if one.id == found.id), found)
    return desk.page(
        "console/person.html",
        status,
        found=found,
        posts=[
            (names.get(post.department_id, ""), [r.label for r in Role if r in post.roles])
            for post in imported.posts
        ],
        grants=[
            (one, names.get(one.department_id, texts.WHOLE_CITY), _period(one))
            for one in _grants(desk, found)
        ],
        roles=GRANTABLE,
        places=[(post.department_id, names.get(post.department_id, "")) for post in imported.posts],
        may_grant=allowed(desk.person, Permission.ROLES_GRANT),
        mistakes=mistakes or {},
        done=texts.DONE.get(desk.field("done"), ""),
        codes=services.stores.access.count_codes(found.id, services.clock()),
    )


def _grants(desk: Desk, found: Person) -> list[RoleGrant]:
    return desk.services.stores.role_grants.list_grants(found.id)


def _find(desk: Desk) -> Person:
    found = desk.services.stores.directory.person(desk.field("id")[:64])
    if found is None:
        raise NotThere(texts.NO_PERSON)
    return found


def _department_names(desk: Desk) -> dict[str, str]:
    return {one.id: one.name for one in desk.services.stores.directory.list_departments()}


def _told(one: Person, names: Mapping[str, str]) -> str:
    return _plain(" ".join((one.id, one.name, one.name.replace(" ", ""), _places(one, names), _roles(one))))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:100]).strip().casefold()


def _places(one: Person, names: Mapping[str, str]) -> str:
    return "、".join(names.get(post.department_id, post.department_id) for post in one.posts)


def _roles(one: Person) -> str:
    return "、".join(role.label for role in Role if role in one.roles)


def _period(one: RoleGrant) -> str:
    return texts.period(one.valid_from, one.valid_until)


def _day(desk: Desk, name: str, mistakes: dict[str, str]) -> date | None:
    text = desk.field(name).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        mistakes[name] = texts.BAD_DAY
        return None


SHOWN: Pages = {
    "/console/people": search,
    "/console/people/person": person,
    "/console/people/import": roster.form,
}
DONE: Pages = {
    "/console/people/import": roster.preview,
    "/console/people/apply": roster.apply,
    "/console/people/grant": grant,
    "/console/people/revoke": revoke,
    "/console/people/sign-out": sign_out,
}
