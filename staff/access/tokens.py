"""Secrets that a browser or a paper carries. Only their hashes are kept."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from hashlib import scrypt, sha256

# Without 0/O, 1/I/L and U: read from paper and typed by hand.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
_GROUP = 4
_MOST_TOKEN = 100


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: it holds enough chance that a plain hash cannot be turned back."""
    return sha256(token[:_MOST_TOKEN].encode("utf-8", "surrogatepass")).hexdigest()


def new_code() -> str:
    """A code for paper (58 bits), in groups: 2345-6789-ABCD."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, CODE_LENGTH, _GROUP))


def code_hash(person_id: str, code: str) -> str:
    """What is kept of a person's code: a slow hash, since a code is short. Spaces, dashes, width and case don't matter."""
    typed = unicodedata.normalize("NFKC", code[:_MOST_TOKEN]).upper()
    letters = "".join(letter for letter in typed if letter in _ALPHABET)
    salt = sha256(f"code/{person_id}".encode("utf-8", "surrogatepass")).digest()
    return scrypt(letters.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()


def form_token(session_token: str) -> str:
    """The token that a session's forms carry against forged requests; it tells nothing of the session's own."""
    return hmac.new(session_token.encode(), b"form", sha256).hexdigest()
