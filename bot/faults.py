"""A defect in one line of the log."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger(__name__)


def report(what: str, error: BaseException) -> None:
    """One line for the operator."""
    log.error("%s failed (%s)", what, described(error))


def described(error: BaseException) -> str:
    """The kind of error and where; its text may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {place}"
