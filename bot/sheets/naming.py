"""What a file is called: names that every system takes, and how a browser is told (RFC 6266)."""

from __future__ import annotations

import re
from urllib.parse import quote

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
_LONGEST = 120
_PLAIN = "export"


def file_name(*parts: str, suffix: str) -> str:
    """The parts joined by _, with nothing in them that leads to another folder or that a system refuses."""
    joined = "_".join(_UNFIT.sub("-", part).strip(" .") for part in parts if part.strip())
    return f"{joined[:_LONGEST].strip(' .') or _PLAIN}.{suffix}"


def content_disposition(name: str) -> str:
    """The header for a file to be saved under this name; a plain one beside it for old programs."""
    stem, dot, suffix = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "", stem).strip("._-") or _PLAIN
    return f"attachment; filename=\"{plain}{dot}{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
