"""Signing in: how links, codes and sessions come to be, how long they last, and how often one may try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol, TypeVar

from bot.texts.ja import access as texts
from staff.access.store import Access, Method, Session
from staff.access.tokens import code_hash, new_code, new_token, token_hash
from staff.model import Person
from staff.store import AuditEvent, AuditLog, Directory

T = TypeVar("T")

LINK_LASTS = timedelta(minutes=10)
CODES_LAST = timedelta(days=365)
CODES_EACH = 10
WINDOW = timedelta(minutes=10)
LINKS_A_WINDOW = 5
TRIES_OF_ADDRESS = 20
TRIES_OF_PERSON = 5
_TOUCH_EVERY = timedelta(minutes=1)


class AccessStores(Protocol):
    """The stores that signing in writes to, over one database."""

    @property
    def access(self) -> Access:
        """Links, codes and sessions."""

    @property
    def directory(self) -> Directory:
        """People."""

    @property
    def audit(self) -> AuditLog:
        """The audit chain."""

    def transaction(self, work: Callable[[AccessStores], T]) -> T:
        """Run `work` with stores that share one transaction."""


class SignInRefused(Exception):
    """Somebody cannot sign in this way; the text says why and what to do next, without telling who exists."""


class TooManyTries(SignInRefused):
    """Too many attempts in a short time, from one address or for one person."""

    def __init__(self) -> None:
        super().__init__(texts.TOO_MANY_TRIES)


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without use, and at most."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class SignIn:
    """The desk at which people sign in. `address` in its methods is where the browser is, kept as a hash for minutes."""

    stores: AccessStores
    limits: Limits
    clock: Callable[[], datetime]

    def issue_link(self, person: Person, channel: str) -> str:
        """A new single-use token for a person, good for ten minutes. Raises TooManyTries."""
        now, token = self.clock(), new_token()

        def work(stores: AccessStores) -> None:
            key = _key("link", person.id)
            _refuse_more(stores, {key: LINKS_A_WINDOW}, now)
            stores.access.add_attempt(key, now)
            stores.access.add_link(token_hash(token), person.id, now + LINK_LASTS)
            stores.audit.append(_event(now, person.id, "access.link", {"channel": channel}))

        self.stores.transaction(work)
        return token

    def look_at_link(self, token: str) -> Person:
        """Whose link it is; the link stays good. Raises SignInRefused."""
        owner = self.stores.access.link_owner(token_hash(token), self.clock())
        person = self.stores.directory.person(owner) if owner else None
        if person is None:
            raise SignInRefused(texts.LINK_SPENT)
        return person

    def by_link(self, token: str, address: str, old: str = "") -> str:
        """Use a link up and open a session; its token. `old` is the session the browser had. Raises SignInRefused, TooManyTries."""
        now, limits = self.clock(), {_key("address", address): TRIES_OF_ADDRESS}
        person_id = self._try("link", limits, now, lambda access: access.use_link(token_hash(token), now))
        if not person_id:
            raise SignInRefused(texts.LINK_SPENT)
        return self.open(person_id, "link", old)

    def by_code(self, person_id: str, code: str, address: str, old: str = "") -> str:
        """Use a printed code up and open a session; its token. Raises SignInRefused, TooManyTries."""
        person_id, now = person_id.strip()[:64], self.clock()
        limits = {_key("address", address): TRIES_OF_ADDRESS, _key("person", person_id): TRIES_OF_PERSON}
        _refuse_more(self.stores, limits, now)  # before the hash, which is slow by intent
        hashed = code_hash(person_id, code)
        if not self._try("code", limits, now, lambda access: access.use_code(person_id, hashed, now)):
            raise SignInRefused(texts.CODE_WRONG)
        return self.open(person_id, "code", old)

    def open(self, person_id: str, method: Method, old: str = "") -> str:
        """Open a session for a person who was vouched for; its token. The session before ends. Raises SignInRefused."""
        now, token = self.clock(), new_token()

        def work(stores: AccessStores) -> None:
            if old:
                stores.access.close_session(token_hash(old))
            stores.access.open_session(Session(token_hash(token), person_id, method, now, now))
            stores.audit.append(_event(now, person_id, "access.sign_in", {"method": method}))

        try:
            self.stores.transaction(work)
        except LookupError:
            raise SignInRefused(texts.NOT_IN_DIRECTORY) from None
        return token

    def session(self, token: str) -> Session | None:
        """The session behind a cookie's token; None when there is none or it has run out."""
        if not token:
            return None
        found, now = self.stores.access.session(token_hash(token)), self.clock()
        if found is None:
            return None
        if now - found.seen_at > self.limits.idle or now - found.opened_at >= self.limits.longest:
            self.stores.access.close_session(found.token_hash)
            return None
        if now - found.seen_at > _TOUCH_EVERY:
            self.stores.access.touch_session(found.token_hash, now)
        return found

    def sign_out(self, token: str) -> None:
        """End a session."""
        found, now = self.stores.access.session(token_hash(token)), self.clock()
        if found is None:
            return

        def work(stores: AccessStores) -> None:
            stores.access.close_session(found.token_hash)
            stores.audit.append(_event(now, found.person_id, "access.sign_out", {}))

        self.stores.transaction(work)

    def sign_out_everywhere(self, person_id: str, actor: str) -> int:
        """End all of a person's sessions and links; how many sessions there were."""
        now = self.clock()

        def work(stores: AccessStores) -> int:
            closed = stores.access.close_sessions_of(person_id)
            detail: dict[str, str | int] = {"sessions": closed}
            stores.audit.append(
                AuditEvent(
                    at=now, actor=actor, action="access.revoke", target=f"person/{person_id}", detail=detail
                )
            )
            return closed

        return self.stores.transaction(work)

    def print_codes(self, person_id: str, actor: str) -> list[str]:
        """New codes for a person in the place of all earlier ones; they are shown this once. Raises LookupError."""
        now = self.clock()
        codes = [new_code() for _ in range(CODES_EACH)]
        hashes = [code_hash(person_id, code) for code in codes]

        def work(stores: AccessStores) -> None:
            stores.access.replace_codes(person_id, hashes, now + CODES_LAST)
            target = f"person/{person_id}"
            detail: dict[str, str | int] = {"codes": len(codes)}
            stores.audit.append(
                AuditEvent(at=now, actor=actor, action="access.codes", target=target, detail=detail)
            )

        self.stores.transaction(work)
        return codes

    def forget_expired(self) -> int:
        """Remove what nobody can use any more; how much went."""
        now = self.clock()
        return self.stores.access.forget_expired(now, now - self.limits.longest, now - WINDOW)

    def _try(self, method: Method, limits: Mapping[str, int], now: datetime, use: Callable[[Access], T]) -> T:
        """What `use` finds; a miss counts for every key of `limits`. Raises TooManyTries.

        Counting and looking at the count are one transaction: of tries at the same moment no more get through than of tries
        one after the other.
        """

        def work(stores: AccessStores) -> T:
            _refuse_more(stores, limits, now)
            found = use(stores.access)
            if not found:
                for key in limits:
                    stores.access.add_attempt(key, now)
                stores.audit.append(_event(now, "", "access.refused", {"method": method}))
            return found

        return self.stores.transaction(work)


def _refuse_more(stores: AccessStores, limits: Mapping[str, int], now: datetime) -> None:
    if any(stores.access.count_attempts(key, now - WINDOW) >= most for key, most in limits.items()):
        raise TooManyTries


def _key(kind: str, name: str) -> str:
    return sha256(f"{kind}/{name}".encode("utf-8", "surrogatepass")).hexdigest()


def _event(at: datetime, actor: str, action: str, detail: dict[str, str | int]) -> AuditEvent:
    return AuditEvent(at=at, actor=actor, action=action, target="console", detail=detail)
