"""Files sealed for other processes: read again by their id alone."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.exceptions import InvalidTag

from bot.sealed_files import MadeFile, row_key, seal, unseal
from staff.permissions import Permission

MAKE = Permission.EXPORT_MAKE
FILE = MadeFile(
    "職員番号,氏名\r\n000123,見本 花\r\n".encode(),
    "一覧.csv",
    "text/csv",
    Permission.EXPORT_PEOPLE,
    ("〓に置き換えました",),
)


@pytest.mark.parametrize(
    "outcome", [FILE, MadeFile(b"", "x", "y", MAKE), MadeFile(b"\n\0\n", "x", "y", MAKE), "回がありません。"]
)
def test_what_was_sealed_is_read_by_its_id(outcome: MadeFile | str) -> None:
    assert unseal("an-id", seal("an-id", outcome)) == outcome


def test_nobody_else_reads_it_and_nothing_of_it_can_be_seen() -> None:
    sealed = seal("an-id", FILE)
    lying_there = b64decode(sealed) + sealed.encode() + row_key("an-id").encode()
    for told in ("見本".encode(), b"000123", b"text/csv", b"an-id"):
        assert told not in lying_there
    assert seal("an-id", FILE) != sealed
    with pytest.raises(InvalidTag):
        unseal("another", sealed)
    with pytest.raises(InvalidTag):
        unseal("an-id", f"{sealed[:-8]}AAAAAAA=")
