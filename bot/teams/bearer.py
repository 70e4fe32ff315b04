"""Who may talk to us: the Bot Connector, with a token it signed for this very app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Any

import jwt
from jwt.types import Options

from bot.teams.activity import Activity
from bot.teams.keys import KeyCache, SigningKey

ISSUER = "https://api.botframework.com"
LEEWAY_SECONDS = 300
MOST_REMEMBERED = 200


class Unauthorised(Exception):
    """The token is missing, forged, for someone else, or over. The text names the reason for the log."""


@dataclass(frozen=True)
class Caller:
    """Whom a valid token speaks for: the claims, and the channels its key may sign for."""

    claims: dict[str, Any]
    endorsements: frozenset[str]


@dataclass(frozen=True)
class _Verified:
    """A token that was right, with the key that said so: the connector sends one token for an hour."""

    caller: Caller
    key: SigningKey
    key_id: str
    until: float


class BearerCheck:
    """Checks the Authorization header of incoming requests for one app."""

    def __init__(self, app_id: str, keys: KeyCache, clock: Callable[[], float] = time) -> None:
        self._app_id = app_id
        self._keys = keys
        self._clock = clock
        self._verified: dict[str, _Verified] = {}

    async def check(self, header: str | None) -> Caller:
        """The caller, by a token whose signature, issuer, audience and time are right.

        Raises Unauthorised, or Undecided while nobody can tell; of a token that does not even claim to be for us, it
        can be told without a key.
        """
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("no bearer")
        known = self._verified.get(token)
        key_id = known.key_id if known else self._key_id(token)
        key = await self._keys.find(key_id)
        if key is None:
            raise Unauthorised("unknown key")
        if known is not None and known.key is key and self._clock() < known.until:
            return known.caller
        caller = Caller(self._decode(token, key), key.endorsements)
        self._remember(token, _Verified(caller, key, key_id, float(caller.claims["exp"]) + LEEWAY_SECONDS))
        return caller

    def _key_id(self, token: str) -> str:
        """Which key is said to have signed a token with the right claims."""
        key_id = _key_id(token)
        self._decode(token, None)
        return key_id

    def _decode(self, token: str, key: SigningKey | None) -> dict[str, Any]:
        """The claims, which must be right; the signature too, where there is a key."""
        options: Options = {
            "require": ["exp", "iss", "aud"],
            "verify_signature": key is not None,
            "verify_exp": True,
            "verify_nbf": True,
            "verify_iss": True,
            "verify_aud": True,
        }
        try:
            return jwt.decode(
                token,
                key.key if key else "",
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options=options,
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Unauthorised(type(error).__name__) from None

    def _remember(self, token: str, verified: _Verified) -> None:
        if len(self._verified) >= MOST_REMEMBERED:
            self._verified.clear()
        self._verified[token] = verified


def match(caller: Caller, activity: Activity) -> None:
    """Raise Unauthorised when the token was made for another channel or another service address."""
    if caller.endorsements and activity.channel_id not in caller.endorsements:
        raise Unauthorised("key not endorsed for the channel")
    if caller.claims.get("serviceurl") != activity.service_url:
        raise Unauthorised("another serviceUrl than the token's")


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise Unauthorised(f"no token: {type(error).__name__}") from None
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str):
        raise Unauthorised("wrong algorithm or no key id")
    return key_id
