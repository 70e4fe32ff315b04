"""A strict OpenID provider on loopback: it checks what the program sends, and vouches as a test wants it to."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KID = "dxbot", "s3cret", "key-1"
Forge = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class FakeProvider:
    """One issuer. `forge` changes the claims, `sign` the whole token; `asked` counts calls by path."""

    issuer: str = ""
    redirect: str = ""
    forge: Forge = dict
    sign: Callable[[dict[str, Any]], str] | None = None
    document: Callable[[dict[str, Any]], dict[str, Any]] = dict
    asked: dict[str, int] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    _codes: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def app(self) -> web.Application:
        """The provider's addresses."""
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        return app

    def sign_in(self, location: str) -> dict[str, str]:
        """What a browser brings back after somebody signed in at the address the program sent it to."""
        parts = urlsplit(location)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert query["response_type"] == "code" and query["client_id"] == CLIENT
        assert query["redirect_uri"] == self.redirect
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256" and len(query["code_challenge"]) == 43
        assert min(len(query["state"]), len(query["nonce"])) >= 32
        code = f"code-{len(self._codes)}"
        self._codes[code] = query
        return {"code": code, "state": query["state"], "iss": self.issuer}

    async def _discovery(self, _request: web.Request) -> web.Response:
        self._count("discovery")
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return web.json_response(self.document(told))

    async def _keys(self, _request: web.Request) -> web.Response:
        self._count("keys")
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return web.json_response({"keys": [{**public, "kid": KID, "use": "sig", "alg": "RS256"}]})

    async def _token(self, request: web.Request) -> web.Response:
        self._count("token")
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = (
            urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        )
        right = (
            asked is not None
            and challenge == asked["code_challenge"]
            and form["redirect_uri"] == self.redirect
            and (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
            and form["grant_type"] == "authorization_code"
        )
        if asked is None or not right:
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "subject-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "P900001@City.Example",
            "email_verified": True,
        }
        forged = self.forge(claims)
        signed = self.sign(forged) if self.sign else self.signed(forged)
        return web.json_response({"id_token": signed, "token_type": "Bearer", "access_token": "x"})

    def signed(
        self, claims: dict[str, Any], kid: str = KID, key: Any = None, algorithm: str = "RS256"
    ) -> str:
        """An ID token."""
        return jwt.encode(claims, key or self.key, algorithm=algorithm, headers={"kid": kid})

    def _count(self, name: str) -> None:
        self.asked[name] = self.asked.get(name, 0) + 1
