"""The city's own time."""

from __future__ import annotations

from datetime import timedelta, timezone

JAPAN = timezone(timedelta(hours=9), "JST")  # no summer time, and no table of zones to be installed
