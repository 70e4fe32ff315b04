"""What would act in what was sent: a mention on Slack or Teams, a script or a foreign address in a page."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from openpyxl import load_workbook

from tests.hostile.tags import tags_of

Object = dict[str, Any]
# What a Slack client turns into somebody, a place, a link or a picture.
_ACTING = frozenset(
    {"user", "usergroup", "channel", "broadcast", "link", "emoji", "image", "date", "color", "team"}
)
_COMMAND = re.compile(r"<[!@#]|<[a-z]+:", re.IGNORECASE)
# Markdown in a card's text: what would be a link or a picture.
_LINKED = re.compile(r"\]\(|</?at\b", re.IGNORECASE)
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc")
_FOREIGN_TAGS = frozenset({"iframe", "object", "embed", "base", "applet", "frame", "math"})


def objects(value: object) -> Iterator[Object]:
    """Every object in a payload."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def live_on_slack(payload: Object) -> list[str]:
    """What a Slack client would act upon in a message or window."""
    found = [f"text {payload['text']!r}"] if _COMMAND.search(str(payload.get("text", ""))) else []
    for one in objects(payload.get("blocks", [])):
        kind = one.get("type")
        if kind == "image" and "slack_file" in one and "image_url" not in one:
            continue  # a chart of ours
        if kind in _ACTING:
            found.append(f"{kind}: {one}")
        elif kind == "mrkdwn" and re.search(r"[<>*_~`:]", str(one.get("text", ""))):
            found.append(f"mrkdwn: {one['text']!r}")
        elif kind == "plain_text" and one.get("emoji"):
            found.append(f"emoji: {one['text']!r}")
    return found


def live_on_teams(activity: Object) -> list[str]:
    """What a Teams client would act upon in an activity or card."""
    found = [f"mention: {one}" for one in activity.get("entities", []) if one.get("type") == "mention"]
    if _LINKED.search(str(activity.get("text", ""))) and activity.get("textFormat") != "plain":
        found.append(f"text: {activity['text']!r}")
    for one in objects(activity.get("attachments", [])):
        kind = one.get("type")
        if kind == "TextBlock" and _LINKED.search(str(one.get("text", ""))):
            found.append(f"TextBlock: {one['text']!r}")
        elif kind == "Image" and str(one.get("url")).startswith("data:image/png;base64,"):
            continue  # a chart of ours
        elif kind in ("Image", "Media") or "entities" in one.get("msteams", {}):
            found.append(f"{kind}: {one}")
        elif kind == "Action.OpenUrl" and urlsplit(str(one.get("url"))).hostname not in (None, "127.0.0.1"):
            found.append(f"address: {one['url']!r}")
    return found


def live_in_page(source: str) -> list[str]:
    """What a browser would run or fetch of a page that is not ours."""
    return [one for tag, told, opens in tags_of(source) if opens for one in _acting(tag, told)]


def _acting(tag: str, told: dict[str, str]) -> Iterator[str]:
    if tag in _FOREIGN_TAGS or tag == "style" or (tag == "meta" and "http-equiv" in told):
        yield f"<{tag}>"
    if tag == "script" and not told.get("src", "").startswith("/static/"):
        yield f"<script {told}>"
    for name, value in told.items():
        if name.startswith("on") or name in ("style", "srcdoc"):
            yield f"{tag} {name}"
        if name in _ADDRESSES and not _is_ours(tag, value):
            yield f"{tag} {name}={value!r}"


def _is_ours(tag: str, address: str) -> bool:
    if tag == "img" and address.startswith("data:image/svg+xml"):
        return True
    return address.startswith(("/", "#", "?")) and not address.startswith(("//", "/\\"))


# What a calendar's line may begin with.
_CALENDAR = re.compile(
    r"(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|LOCATION|URL|TZ|X-WR-|RDATE"
    r"|STATUS|CATEGORIES|LAST-MODIFIED|SEQUENCE)[A-Z-]*[;:]"
)
# What Word follows by itself, or asks about: fields, links outside, foreign parts.
_WORD = re.compile(rb"<w:(instrText|fldSimple|hyperlink|altChunk|object)\b|TargetMode=\"External\"")


def live_in_file(kind: str, content: bytes) -> tuple[str, list[str]]:
    """The outlet that a file is, and what would act when it is opened."""
    if "spreadsheetml" in kind:
        return "xlsx", live_in_workbook(content)
    if kind == "text/csv":
        return "csv", live_in_csv(content)
    if "wordprocessingml" in kind:
        return "docx", live_in_word(content)
    if kind == "text/calendar":
        lines = content.decode().replace("\r\n ", "").split("\r\n")
        return "ics", [line for line in lines if line and not _CALENDAR.match(line)]
    return "other files", []


def live_in_workbook(content: bytes) -> list[str]:
    """Formulas and links of a workbook, its names of sheets aside."""
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        foreign = [name for name in parts.namelist() if re.search("externalLink|vbaProject|oleObject", name)]
    return [
        *foreign,
        *(f"{cell.coordinate}: {cell.value!r}" for cell in cells if cell.data_type == "f" or cell.hyperlink),
    ]


def live_in_csv(content: bytes) -> list[str]:
    """Cells that a spreadsheet would compute."""
    table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in table for cell in row if _computes(cell)]


def _computes(cell: str) -> bool:
    if not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")):
        return False
    return re.fullmatch(r"-?[0-9.,]+|[-－]", cell) is None


def live_in_word(content: bytes) -> list[str]:
    """Fields and links of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [
            f"{name}: {found!r}" for name in parts.namelist() for found in _WORD.findall(parts.read(name))
        ]
