"""Pressing a PNG changes no pixel, and makes it small."""

from __future__ import annotations

import struct
import zlib

import pytest

from bot.charts.picture import png_of
from bot.charts.png import pressed
from tests.charts.specimens import SKILL_MAP

HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(level: int, pixels: bytes) -> bytes:
    """100 × 100 grey pixels in two pieces, with a comment between head and pixels."""
    size = struct.pack(">IIBBBBB", 100, 100, 8, 0, 0, 0, 0)
    data = zlib.compress(pixels, level)
    pieces = chunk(b"IDAT", data[:50]) + chunk(b"IDAT", data[50:])
    return HEAD + chunk(b"IHDR", size) + chunk(b"tEXt", b"Title\x00a") + pieces + chunk(b"IEND", b"")


def test_the_same_pixels_take_less() -> None:
    pixels = b"".join(b"\x00" + bytes([row]) * 100 for row in range(100))
    assert pressed(picture(0, pixels)) == (
        picture(0, pixels)[: len(HEAD) + 25]
        + chunk(b"tEXt", b"Title\x00a")
        + chunk(b"IDAT", zlib.compress(pixels, 9))
        + chunk(b"IEND", b"")
    )


def test_what_is_small_already_stays_and_what_is_no_picture_is_refused() -> None:
    small = pressed(png_of(SKILL_MAP).data)
    assert small == png_of(SKILL_MAP).data
    with pytest.raises(ValueError, match="no PNG"):
        pressed(b"GIF89a")
