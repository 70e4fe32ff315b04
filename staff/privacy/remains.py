"""Searching files for what must not be in them any more: bytes, in every form in which texts are usually written."""

from __future__ import annotations

import gzip
import json
import mmap
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


def forms(text: str) -> tuple[bytes, ...]:
    """A text as bytes: UTF-8, UTF-16 either way round, CP932, EUC-JP, and escaped as JSON (\\uXXXX) in either case."""
    found = [text.encode(encoding) for encoding in _ENCODINGS if _fits(text, encoding)]
    escaped = json.dumps(text)[1:-1]
    found += [escaped.encode(), _upper(escaped).encode()]
    return tuple(dict.fromkeys(found))


def count(path: Path, texts: Sequence[str]) -> dict[str, int]:
    """How often a file holds each text, in any form; what is packed (zip, xlsx, gzip) is unpacked. Raises OSError."""
    wanted = {text: forms(text) for text in texts}
    found = dict.fromkeys(texts, 0)
    for held in _contents(path):
        for text, each in wanted.items():
            found[text] += sum(_count(held, form) for form in each)
    return found


def _count(held: bytes | mmap.mmap, form: bytes) -> int:
    times, place = 0, held.find(form)
    while place >= 0:
        times += 1
        place = held.find(form, place + 1)
    return times


def _contents(path: Path) -> Iterator[bytes | mmap.mmap]:
    """What a file holds, as it is and unpacked."""
    if path.stat().st_size == 0:
        return
    with _mapped(path) as held:
        yield held
        start = held[:4]
    try:
        if start == _ZIP:
            with zipfile.ZipFile(path) as packed:
                yield from (packed.read(name) for name in packed.namelist())
        elif start.startswith(_GZIP):
            with gzip.open(path) as packed_file:
                yield packed_file.read()
    except (
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        EOFError,
    ):  # looks packed and is not: its bytes were searched
        return


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        yield held


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _upper(escaped: str) -> str:
    """JSON escapes with capital digits."""
    parts = escaped.split("\\u")
    return parts[0] + "".join(f"\\u{part[:4].upper()}{part[4:]}" for part in parts[1:])
