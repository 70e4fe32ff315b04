"""The app's two icons, drawn here: a speech balloon with three dots, as PNG without any library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

COLOR_SIZE = 192
OUTLINE_SIZE = 32
ACCENT = "#0B5CAD"
_BLUE = (0x0B, 0x5C, 0xAD, 0xFF)
_WHITE = (0xFF, 0xFF, 0xFF, 0xFF)
_NOTHING = (0xFF, 0xFF, 0xFF, 0x00)

Pixel = tuple[int, int, int, int]


def color_icon() -> bytes:
    """192 × 192, a white balloon on the accent colour."""

    def pixel(x: float, y: float) -> Pixel:
        return _WHITE if _in_balloon(x, y) and not _in_dots(x, y) else _BLUE

    return _png(COLOR_SIZE, pixel)


def outline_icon() -> bytes:
    """32 × 32, the balloon's line in white on nothing, as Teams asks for."""

    def pixel(x: float, y: float) -> Pixel:
        line = _in_balloon(x, y) and not _in_balloon(x, y, shrink=0.075)
        return _WHITE if line or _in_dots(x, y) else _NOTHING

    return _png(OUTLINE_SIZE, pixel)


def _in_balloon(x: float, y: float, shrink: float = 0.0) -> bool:
    """Whether a point of the unit square lies in a rounded box, or in the tail below it."""
    left, right, top, bottom, radius = 0.14 + shrink, 0.86 - shrink, 0.18 + shrink, 0.70 - shrink, 0.14
    across = max(left + radius - x, x - (right - radius), 0.0)
    down = max(top + radius - y, y - (bottom - radius), 0.0)
    inside = left <= x <= right and top <= y <= bottom and across**2 + down**2 <= radius**2
    tail = 0.70 - shrink <= y <= 0.88 - 2 * shrink and 0.28 + shrink <= x <= 0.28 + 0.24 - shrink - (y - 0.70)
    return inside or tail


def _in_dots(x: float, y: float) -> bool:
    return any((x - center) ** 2 + (y - 0.44) ** 2 <= 0.055**2 for center in (0.32, 0.50, 0.68))


def _png(size: int, pixel: Callable[[float, float], Pixel]) -> bytes:
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            rows += bytes(pixel((column + 0.5) / size, (row + 0.5) / size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
