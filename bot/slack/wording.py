"""Text for Slack: nothing that people or documents wrote can mention anyone, hide, or become a link.

Only a Linked item is one, whose address was looked at. Blocks carry text only in objects that Slack shows as it is
(plain_text without emoji, rich_text, raw_text); the one text that Slack reads as mrkdwn, a message's `text` for
notifications, is escaped.
"""

from __future__ import annotations

import re
from typing import Any

Block = dict[str, Any]

# Controls but tab and line feed, directions that can show a text backwards, and half of a surrogate pair.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\u3164\uffa0]*")


def shown(text: str) -> str:
    """The text without what cannot be shown or hides what stands there."""
    if text.isprintable():  # most texts are one line of words: nothing of the sort is in them
        return text
    return _UNSHOWN.sub("", _LINE_ENDS.sub("\n", text))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of the shown text, an ellipsis where something was left out."""
    clean = shown(text)
    return clean if len(clean) <= limit else f"{clean[: limit - 1]}…"


def cut_or(text: str, limit: int, otherwise: str) -> str:
    """As `cut`; `otherwise` where nothing would be seen, because Slack refuses an empty text."""
    clean = cut(text, limit)
    return otherwise if _BLANK.fullmatch(clean) else clean


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be seen."""
    return _BLANK.fullmatch(shown(text)) is not None


def plain(text: str, limit: int, otherwise: str = "-") -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": cut_or(text, limit, otherwise), "emoji": False}


def escaped(text: str, limit: int) -> str:
    """The text for a message's `text`: Slack's three control characters are escaped, so that nothing is a command."""
    clean = cut(text, limit)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """What a person typed: `<…>` of Slack's becomes the words it showed, and the escapes become characters."""
    words = re.sub(r"<([^<>]*)>", _worded, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _worded(match: re.Match[str]) -> str:
    target, bar, label = match[1].partition("|")
    if bar and label:
        return label
    if target.startswith(("@", "#", "!")):
        return ""
    return target.removeprefix("mailto:")
