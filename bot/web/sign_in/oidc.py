"""OpenID Connect with the city's own provider: authorization code with PKCE, everything checked by ourselves."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import jwt

from bot.faults import report
from bot.outgoing import has_proxy
from bot.settings import Settings, is_loopback

SECONDS = 5.0
MOST_BYTES = 256 * 1024
DOCUMENT_LASTS = 3600.0
KEYS_APART = 30.0  # seconds between two fetches for a key that is not there
LEEWAY = 60
# What a provider may say instead (RFC 6749 4.1.2.1, OpenID Connect 3.1.2.6): another text would be anybody's, and is not logged.
ERRORS = frozenset(
    "access_denied invalid_request unauthorized_client unsupported_response_type invalid_scope server_error "
    "temporarily_unavailable interaction_required login_required account_selection_required consent_required".split()
)
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CALLBACK_PATH = "/console/sign-in/callback"


class ProviderAway(Exception):
    """The provider cannot be reached, or does not talk sense."""


class NotVouched(Exception):
    """The provider did not vouch for anybody: the answer is forged, stale, or somebody declined."""


@dataclass(frozen=True)
class Errand:
    """What a browser carries to the provider and back, in a cookie of its own."""

    state: str
    nonce: str
    verifier: str

    def packed(self) -> str:
        """The cookie's value."""
        return ".".join((self.state, self.nonce, self.verifier))

    @classmethod
    def unpacked(cls, value: str) -> Errand:
        """The errand of a cookie. Raises NotVouched."""
        parts = value.split(".")
        if len(parts) != 3 or not all(parts):
            raise NotVouched("no errand")
        return cls(*parts)


def new_errand() -> Errand:
    """A new errand, all of it random."""
    return Errand(token_urlsafe(24), token_urlsafe(24), token_urlsafe(48))


class Provider:
    """The provider at DXBOT_OIDC_ISSUER. Its discovery document and keys are kept for an hour."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._document: Mapping[str, str] = {}
        self._document_until = 0.0
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._keys_at = float("-inf")
        self._lock = asyncio.Lock()

    async def address(self, errand: Errand) -> str:
        """Where the browser goes to sign in. Raises ProviderAway."""
        document = await self._discover()
        challenge = urlsafe_b64encode(sha256(errand.verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": self._redirect,
            "scope": "openid email profile",
            "state": errand.state,
            "nonce": errand.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        endpoint = document["authorization_endpoint"]
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def claim(self, errand: Errand, answer: Mapping[str, str]) -> str:
        """Who the provider vouches for: the text of DXBOT_OIDC_CLAIM. Raises NotVouched, ProviderAway."""
        if not compare_digest(answer.get("state", "").encode(), errand.state.encode()):
            raise NotVouched("another state")
        if "iss" in answer and answer["iss"] != self._settings.oidc_issuer:
            raise NotVouched("another issuer")
        if not answer.get("code"):
            error = answer.get("error", "")
            raise NotVouched(f"no code: {error if error in ERRORS else 'an unknown error'}")
        claims = await self._claims(await self._exchange(answer["code"], errand), errand)
        return self._told(claims)

    async def _exchange(self, code: str, errand: Errand) -> str:
        document = await self._discover()
        form = {
            "grant_type": "authorization_code",
            "code": code[:2000],
            "redirect_uri": self._redirect,
            "client_id": self._settings.oidc_client_id,
            "code_verifier": errand.verifier,
        }
        if secret := self._settings.oidc_client_secret:
            form["client_secret"] = secret.get_secret_value()
        status, told = await self._call("POST", document["token_endpoint"], form)
        token = told.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise NotVouched(f"the token endpoint says {status}")
        return token

    async def _claims(self, token: str, errand: Errand) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS:
                raise NotVouched("signed in a way that is not taken")
            key = await self._key(str(header.get("kid", "")))
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key=key.key,
                algorithms=[algorithm],
                audience=self._settings.oidc_client_id,
                issuer=self._settings.oidc_issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise NotVouched(type(error).__name__) from error
        if not compare_digest(str(claims.get("nonce", "")).encode(), errand.nonce.encode()):
            raise NotVouched("another nonce")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != self._settings.oidc_client_id:
            raise NotVouched("for another client")
        return claims

    def _told(self, claims: Mapping[str, Any]) -> str:
        name = self._settings.oidc_claim
        value = claims.get(name)
        if name == "email" and claims.get("email_verified", True) is not True:
            raise NotVouched("an address that nobody verified")
        if not isinstance(value, str) or not value.strip() or len(value) > 254 or not value.isprintable():
            raise NotVouched(f"no claim {name}")
        return value.strip()

    async def _key(self, kid: str) -> jwt.PyJWK:
        async with self._lock:
            if kid not in self._keys and monotonic() - self._keys_at > KEYS_APART:
                document = await self._discover()
                _, told = await self._call("GET", document["jwks_uri"])
                self._keys, self._keys_at = _keys(told), monotonic()
        if kid in self._keys:
            return self._keys[kid]
        if not kid and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        raise NotVouched("an unknown key")

    async def _discover(self) -> Mapping[str, str]:
        if monotonic() < self._document_until:
            return self._document
        issuer = self._settings.oidc_issuer
        status, told = await self._call("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if status != 200 or told.get("issuer") != issuer:
            raise ProviderAway("the discovery document is another issuer's")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        self._document = {name: _https(told.get(name)) for name in names}
        self._document_until = monotonic() + DOCUMENT_LASTS
        return self._document

    async def _call(
        self, method: str, url: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=timeout, trust_env=has_proxy(), cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.request(method, url, data=form, allow_redirects=False) as response,
            ):
                body = await response.content.read(MOST_BYTES)
                if not response.content.at_eof():
                    raise ProviderAway("an answer without end")
                told = json.loads(body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            report("the OpenID provider", error)
            raise ProviderAway(type(error).__name__) from error
        if not isinstance(told, dict):
            raise ProviderAway("no JSON object")
        return response.status, told

    @property
    def _redirect(self) -> str:
        return f"{self._settings.public_url.rstrip('/')}{CALLBACK_PATH}"


def _keys(told: Mapping[str, Any]) -> dict[str, jwt.PyJWK]:
    found: dict[str, jwt.PyJWK] = {}
    listed = told.get("keys")
    for entry in listed if isinstance(listed, list) else []:
        # A symmetric key would let whoever knows it sign for anybody.
        if not isinstance(entry, dict) or entry.get("kty") == "oct" or entry.get("use", "sig") != "sig":
            continue
        try:
            found[str(entry.get("kid", ""))] = jwt.PyJWK(entry)
        except jwt.PyJWTError:  # a kind of key that this program does not know
            continue
    return found


def _https(value: object) -> str:
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not plain:
        raise ProviderAway("an endpoint without TLS")
    return parts.geturl()
