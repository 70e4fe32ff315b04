"""Files that any process of the program may hand out: kept for minutes, sealed under a key that only their address holds."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from os import urandom
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from staff.permissions import Permission

NONCE = 12


@dataclass(frozen=True)
class MadeFile:
    """A file that is ready: `needs` is what whoever takes it must be allowed to, `notes` are lines to tell with it."""

    content: bytes
    name: str
    type: str
    needs: Permission
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SealedFile:
    """One file under way or made, under the hash of its id: `told_at` is its last sign of life, `body` what came of it, sealed."""

    key: str
    person_id: str
    told_at: datetime
    done: int
    total: int
    body: str


class SealedFiles(Protocol):
    """All of them, for every process."""

    def keep_file(self, file: SealedFile) -> None:
        """Keep one, in the place of what was kept of it before."""

    def find_file(self, key: str) -> SealedFile | None:
        """The one under this key."""

    def forget_files(self, before: datetime, person_id: str = "") -> int:
        """Remove those without a sign of life since `before`, and all of a person; how many went."""


def row_key(id_: str) -> str:
    """What a file is found by: the id cannot be told from it."""
    return sha256(f"row {id_}".encode()).hexdigest()


def seal(id_: str, outcome: MadeFile | str) -> str:
    """A file, or why there is none, as text that nobody reads who does not know the id."""
    head, content = (
        ({"problem": outcome}, b"") if isinstance(outcome, str) else (_head(outcome), outcome.content)
    )
    plain = zlib.compress(json.dumps(head).encode() + b"\n" + content, 1)
    nonce = urandom(NONCE)
    return b64encode(nonce + AESGCM(_secret(id_)).encrypt(nonce, plain, None)).decode()


def unseal(id_: str, body: str) -> MadeFile | str:
    """What was sealed under this id. Raises InvalidTag for another id's, or one that was changed."""
    sealed = b64decode(body)
    plain = AESGCM(_secret(id_)).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    line, _, content = zlib.decompress(plain).partition(b"\n")
    head = json.loads(line)
    if "problem" in head:
        return str(head["problem"])
    return MadeFile(content, head["name"], head["type"], Permission(head["needs"]), tuple(head["notes"]))


def _head(file: MadeFile) -> dict[str, object]:
    return {"name": file.name, "type": file.type, "needs": file.needs.value, "notes": file.notes}


def _secret(id_: str) -> bytes:
    """The ids are 256 random bits: no stretching is needed."""
    return sha256(f"seal {id_}".encode()).digest()
