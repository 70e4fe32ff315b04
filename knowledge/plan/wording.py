"""Telling layout from wording: what a plan's text loses when it is read, and nothing else."""

from __future__ import annotations

import re
import unicodedata

from knowledge.plan.traced import Traced

TAG = re.compile(r"</?(?:p|br|div|span|b|i|u|li|ul|ol|sup|sub|strong|em)(?:\s[^<>]*)?/?>", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
CIRCLED = "①-⑳"

_CAPITALS = r"(?<![A-Za-z0-9])[A-Z](?:[ \u3000\u00a0]+[A-Z])+(?![A-Za-z0-9])"
_SPACED_CAPITALS = re.compile(_CAPITALS)
_ASIDE_DOT = re.compile(r"\s+(?=・)|(?<=・)\s+")
_JAPANESE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_AUTOSPACE = re.compile(
    rf"(?<={_JAPANESE})[ \u00a0]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u00a0]+(?={_JAPANESE})"
)


def readable(words: Traced, *, cells: bool = False) -> Traced:
    """The text as people read it: no tags, no letters spaced apart (D X), no space between scripts (デジタル 3).

    In 工程表 cells (`cells`) a space parts one task from the next, so spaces between scripts stay.
    """
    words = _join_capitals(words.without(TAG).without(INVISIBLE).strip()).without(_ASIDE_DOT)
    return (words if cells else words.without(_AUTOSPACE)).strip()


def key(text: str) -> str:
    """A form for comparing headings and labels: NFKC, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _join_capitals(words: Traced) -> Traced:
    spaces = {
        place
        for match in _SPACED_CAPITALS.finditer(words.text)
        for place in range(*match.span())
        if words.text[place].isspace()
    }
    if not spaces:
        return words
    kept = [place for place in range(len(words)) if place not in spaces]
    return Traced("".join(words.text[place] for place in kept), tuple(words.offsets[place] for place in kept))
