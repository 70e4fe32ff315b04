"""Numbered headings: "1.", "1. 1", "(1)", in whatever width they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.plan.traced import Traced
from knowledge.plan.wording import readable

LONGEST_HEADING = 60

_CHAPTER = re.compile(r"\s*(\d{1,2})[.．]\s*(?:(\d{1,2})(?:[.．]\s*|\s+))?(?=\S)")
_ITEM = re.compile(r"\s*[(（](\d{1,2})[)）]\s*(?=\S)")


@dataclass(frozen=True)
class Heading:
    """A heading as it stands. `number` is (chapter,), (chapter, section) or, for "(1)", (item,) with `item` set.

    `whole` is the line, `marker` its number as written, `title` the rest.
    """

    number: tuple[int, ...]
    item: bool
    title: Traced
    whole: Traced
    marker: Traced


def parse_heading(words: Traced) -> Heading | None:
    """The numbered heading a line could be, judged by its form alone; None when it is none."""
    match = _CHAPTER.match(words.text)
    item = None if match else _ITEM.match(words.text)
    found = match or item
    if not found:
        return None
    title = readable(words[found.end() :])
    if not 0 < len(title) <= LONGEST_HEADING or title.text.endswith(("。", "、")):
        return None
    number = tuple(int(digits) for digits in found.groups() if digits)
    return Heading(number, item is not None, title, words.strip(), words[: found.end()].strip())
