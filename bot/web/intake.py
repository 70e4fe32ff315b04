"""Reading what a browser sends: bounded, checked, and never trusted."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from aiohttp import hdrs, web
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.web.refusal import Refusal

MAX_BODY = 1024 * 1024
CHUNK = 64 * 1024


def _without_nul(text: str) -> str:
    # PostgreSQL refuses NUL in any text.
    return text.replace("\0", "")


Text = Annotated[str, AfterValidator(_without_nul)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_without_nul)]


class Command(BaseModel):
    """What the page sends: a typed question, a pressed button or a filled form."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Name = "ask"
    text: Text = ""
    value: Annotated[Text, Field(max_length=10_000)] = ""
    values: Annotated[dict[Name, Text | list[Text]], Field(max_length=500)] = {}


async def read_command(request: web.Request) -> Command:
    """The JSON body as a Command. Raises Refusal 400, 413 or 415."""
    _expect_type(request, "application/json")
    try:
        return Command.model_validate_json(await _read_body(request))
    except ValidationError:
        raise Refusal(400) from None


async def read_fields(request: web.Request) -> dict[str, str]:
    """A small urlencoded form's fields, the last of a name winning. Raises Refusal 400, 413 or 415."""
    _expect_type(request, "application/x-www-form-urlencoded")
    try:
        body = (await _read_body(request)).decode("ascii")
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise Refusal(400) from None
    return dict(pairs)


def _expect_type(request: web.Request, content_type: str) -> None:
    if request.headers.get(hdrs.CONTENT_TYPE, "").split(";")[0].strip().lower() != content_type:
        raise Refusal(415)
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise Refusal(415)


async def _read_body(request: web.Request) -> bytes:
    body = bytearray()
    if (request.content_length or 0) <= MAX_BODY:
        async for chunk in request.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > MAX_BODY:
                break
        else:
            return bytes(body)
    raise Refusal(413)
