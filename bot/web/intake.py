"""Reading what a browser sends: bounded, checked, and never trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hmac import compare_digest
from typing import Annotated
from urllib.parse import parse_qsl, quote_plus

from aiohttp import BodyPartReader, web
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.body import Refused, expect_type, expect_uncompressed, read_body
from bot.texts.ja import access as access_texts
from bot.web.refusal import Refusal


def _without_nul(text: str) -> str:
    # PostgreSQL refuses NUL in any text.
    return text.replace("\0", "")


Text = Annotated[str, AfterValidator(_without_nul)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_without_nul)]
MOST_FORM_FIELDS = 600
MOST_UPLOAD = 20 * 1024 * 1024  # bytes, all files together
MOST_PARTS = 20
# What a form sends beside its fields, in names that no field has.
FORM_NAME, FORM_VALUE, FORM_LISTS, FORM_PRESS = ".name", ".value", ".multi", ".press"


# The field, or the header, by which a session's forms are known.
FORM_TOKEN, FORM_TOKEN_HEADER = ".token", "X-Form-Token"
_EXPECTED = web.RequestKey("form_token", str)


class Command(BaseModel):
    """What the page sends: a typed question, a pressed button or a filled form."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Name = "ask"
    text: Text = ""
    value: Annotated[Text, Field(max_length=10_000)] = ""
    values: Annotated[dict[Name, Text | list[Text]], Field(max_length=500)] = {}


async def read_command(request: web.Request) -> Command:
    """The JSON body as a Command. Raises Refusal 400, 413 or 415."""
    body = await _read(request, "application/json")
    try:
        return Command.model_validate_json(body)
    except ValidationError:
        raise Refusal(400) from None


async def read_form(request: web.Request) -> Command:
    """A form sent without the script, as the Command that the script would send. Raises Refusal 400, 413 or 415."""
    return form_command(await _read_pairs(request, MOST_FORM_FIELDS))


def form_command(pairs: list[tuple[str, str]]) -> Command:
    """A form's names and values in the order of the page, as a Command: of the button that was pressed, else of the form.

    Raises Refusal 400.
    """
    sent = dict(pairs)
    values: dict[str, str | list[str]] = {name: [] for own, name in pairs if own == FORM_LISTS}
    for name, text in pairs:
        if name.startswith("."):
            continue
        several = values.get(name)
        if isinstance(several, list):
            several.append(text)
        else:
            values[name] = text.replace("\r\n", "\n")
    try:
        press = json.loads(sent[FORM_PRESS]) if FORM_PRESS in sent else [sent[FORM_NAME], sent[FORM_VALUE]]
        name, value = press
        return Command(name=name, value=value, values=values)
    except (ValueError, KeyError, TypeError):
        raise Refusal(400) from None


async def read_fields(request: web.Request, most: int = 20, several: Sequence[str] = ()) -> dict[str, str]:
    """An urlencoded form's at most `most` fields, the last of a name winning; of a name in `several` all, one a line.

    Raises Refusal 400, 413 or 415.
    """
    pairs = await _read_pairs(request, most)
    joined = {name: "\n".join(value for given, value in pairs if given == name) for name in several}
    return {name: joined.get(name, value) for name, value in pairs}


async def read_upload(request: web.Request) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """A form with files: its fields, and the files that were chosen as (name, content). Raises Refusal 400, 403 or 413.

    The session's token stands first in a form: before it was seen, nothing of a file is read.
    """
    fields: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    room = MOST_UPLOAD
    try:
        expect_uncompressed(request)
        parts = await request.multipart()
        while (part := await parts.next()) is not None:
            if (
                not isinstance(part, BodyPartReader)
                or part.name is None
                or len(fields) + len(files) >= MOST_PARTS
            ):
                raise Refusal(400)
            if part.filename is not None:
                _expect_token(request, fields.get(FORM_TOKEN, ""))
            content = await _bounded(part, room)
            room -= len(content)
            if part.filename is None:
                fields[part.name] = content.decode("utf-8")
            elif content:
                files.append((part.filename[:200], content))
    except Refused as refused:
        raise Refusal(refused.status) from None
    except (ValueError, AssertionError, RuntimeError):
        raise Refusal(400) from None
    _expect_token(request, fields.get(FORM_TOKEN, ""))
    return fields, files


async def _bounded(part: BodyPartReader, room: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > room:
            raise Refused(413, "too large an upload")
    return bytes(content)


async def _read_pairs(request: web.Request, most: int) -> list[tuple[str, str]]:
    body = await _read(request, "application/x-www-form-urlencoded")
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most + 1
        )
    except ValueError:
        raise Refusal(400) from None


async def _read(request: web.Request, content_type: str) -> bytes:
    try:
        expect_type(request, content_type)
        body = await read_body(request)
    except Refused as refused:
        raise Refusal(refused.status) from None
    _confirm(request, body)
    return body


def expect_form_token(request: web.Request, token: str) -> None:
    """From now on, what is read of this request must carry the session's form token; "" expects none."""
    request[_EXPECTED] = token


def _confirm(request: web.Request, body: bytes) -> None:
    """Raise Refusal 403 when the body comes from no form of this session: another site's page, or one from before."""
    _expect_token(request, request.headers.get(FORM_TOKEN_HEADER) or _field(body, FORM_TOKEN))


def _expect_token(request: web.Request, sent: str) -> None:
    expected = request.get(_EXPECTED, "")
    if expected and not compare_digest(sent.encode("utf-8", "replace"), expected.encode()):
        raise Refusal(403, access_texts.STALE_FORM)


def _field(body: bytes, name: str) -> str:
    """A field's value in an urlencoded body; "" in any other."""
    found = re.search(rb"(?:^|&)" + re.escape(quote_plus(name)).encode() + rb"=([0-9a-f]*)", body)
    return found[1].decode() if found else ""
