"""What a failed call of Slack's Web API means for the message that was to go out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.delivery import Doubtful, PermanentFailure, TemporaryFailure

# The operator mends these (token, scopes, an outage): the message waits instead of being lost.
TEMPORARY = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "service_unavailable",
        "team_added_to_org",
        "accesslimited",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "account_inactive",
        "missing_scope",
        "access_denied",
    }
)
# Slack says of these that some of the operation may have succeeded.
DOUBTFUL = frozenset({"internal_error", "fatal_error", "request_timeout"})
DEFAULT_WAIT = 30.0

Failure = TemporaryFailure | PermanentFailure | Doubtful


def failure_of(error: Exception) -> Failure:
    """The outbox's failure for an exception of the SDK or of aiohttp.

    Doubtful wherever Slack may have done what was asked: its reply was lost, unreadable, or not Slack's at all.
    """
    if isinstance(error, SlackApiError):
        return _of_response(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ClientHttpProxyError):
        return TemporaryFailure(type(error).__name__)
    if isinstance(error, aiohttp.ClientError | asyncio.TimeoutError | OSError):
        return Doubtful(type(error).__name__)
    return Doubtful(f"unreadable reply ({type(error).__name__})")


def not_sent(failure: Failure) -> Failure:
    """The failure of a call that posts nothing: repeating it does no harm, so there is nothing to doubt."""
    return TemporaryFailure(str(failure)) if isinstance(failure, Doubtful) else failure


def error_code(error: SlackApiError) -> str:
    """Slack's own word for what went wrong; empty when the reply was not Slack's."""
    data = getattr(error.response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else ""


def status_failure(status: int, headers: Mapping[str, str]) -> Failure | None:
    """What an HTTP status says by itself; None for 200."""
    if status == 429:
        return TemporaryFailure("ratelimited", retry_after(headers))
    if status >= 500:
        return Doubtful(f"HTTP {status}")
    if status in (401, 403, 404, 410):
        return PermanentFailure(f"HTTP {status}")
    return None if status == 200 else Doubtful(f"HTTP {status}")


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds Slack asks to wait."""
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(value) if value.isascii() and value.isdigit() else DEFAULT_WAIT


def _of_response(error: SlackApiError) -> Failure:
    response: Any = error.response
    code = error_code(error)
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return TemporaryFailure("ratelimited", retry_after(getattr(response, "headers", {})))
    if not code or code in DOUBTFUL:
        return Doubtful(code or f"HTTP {status}, not a reply of Slack's")
    if code in TEMPORARY:
        return TemporaryFailure(code)
    return PermanentFailure(code)
