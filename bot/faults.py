"""A defect in one line of the log."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger(__name__)


def report(what: str, error: BaseException) -> None:
    """One line for the operator: the kind of error and where; its text may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    log.error("%s failed (%s at %s)", what, type(error).__name__, place)
