"""What signing in asks of storage. Tokens and codes come as hashes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Method = Literal["link", "code", "oidc", "proxy"]


@dataclass(frozen=True)
class Session:
    """A browser that somebody is signed in with. `seen_at` is when it was last used, to the minute or so."""

    token_hash: str
    person_id: str
    method: Method
    opened_at: datetime
    seen_at: datetime


class Access(Protocol):
    """Links, codes and sessions of people. All of a person's go with them."""

    def add_link(self, token_hash: str, person_id: str, expires_at: datetime) -> None:
        """Keep a link. Raises LookupError when the directory lacks the person."""

    def link_owner(self, token_hash: str, now: datetime) -> str | None:
        """Whose link it is, as long as it was not used and has not expired. Consumes nothing."""

    def use_link(self, token_hash: str, now: datetime) -> str | None:
        """Whose link it is, once: of two at the same moment one gets it."""

    def replace_codes(self, person_id: str, code_hashes: Sequence[str], expires_at: datetime) -> None:
        """Keep a person's codes in the place of all earlier ones. Raises LookupError as `add_link`."""

    def use_code(self, person_id: str, code_hash: str, now: datetime) -> bool:
        """Whether that is a code of the person's that was not used before; now it is."""

    def count_codes(self, person_id: str, now: datetime) -> int:
        """How many codes a person has left."""

    def open_session(self, session: Session) -> None:
        """Keep a session. Raises LookupError as `add_link`."""

    def session(self, token_hash: str) -> Session | None:
        """The session behind a cookie."""

    def touch_session(self, token_hash: str, at: datetime) -> None:
        """Remember that a session was used."""

    def close_session(self, token_hash: str) -> None:
        """End a session."""

    def close_sessions_of(self, person_id: str) -> int:
        """End a person's sessions and take back their links; how many sessions there were."""

    def count_sessions(self, seen_since: datetime) -> int:
        """How many sessions were used since then."""

    def add_attempt(self, key: str, at: datetime) -> None:
        """Count one attempt for a key (an address or a person)."""

    def count_attempts(self, key: str, since: datetime) -> int:
        """How many attempts there were since then."""

    def forget_expired(self, now: datetime, sessions_before: datetime, attempts_before: datetime) -> int:
        """Remove expired links and codes, sessions opened before, attempts before; how many went."""
