"""What Teams sends (an activity), read from untrusted bytes into our own types."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.body import MAX_BODY, find_fault

MAX_DEPTH = 40
RAW = "\0raw"
MAX_TEXT = 20_000

Id = Annotated[str, Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(max_length=1000)]


class BadActivity(ValueError):
    """The body is no activity. The text says what is wrong, without any of the content."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Account(_Part):
    """A person, the bot or a team. `aad_object_id` is the person's id in the directory of the tenant."""

    id: Id
    name: Name | None = None
    aad_object_id: Annotated[Name | None, Field(validation_alias=AliasChoices("aadObjectId", "objectId"))] = (
        None
    )


class Conversation(_Part):
    """Where it was said. `kind` is personal, channel or groupChat."""

    id: Id
    kind: Annotated[Name | None, Field(alias="conversationType")] = None
    tenant_id: Annotated[Name | None, Field(alias="tenantId")] = None


class Mention(_Part):
    """Someone who is mentioned, and the piece of the text that does so."""

    type: Name = ""
    text: Annotated[str | None, Field(max_length=MAX_TEXT)] = None
    mentioned: Account | None = None


class Activity(_Part):
    """One activity. `value` is what a card or an invoke carries; its shape is checked by whoever reads it."""

    type: Id
    id: Annotated[str | None, Field(min_length=1, max_length=1000)] = None
    name: Name | None = None
    channel_id: Annotated[Id, Field(alias="channelId")]
    service_url: Annotated[Id, Field(alias="serviceUrl")]
    timestamp: datetime | None = None
    sender: Annotated[Account, Field(alias="from")]
    recipient: Account
    conversation: Conversation
    action: Name | None = None
    text: Annotated[str | None, Field(max_length=MAX_BODY)] = None
    value: Any = None
    entities: tuple[Mention, ...] = ()
    members_added: Annotated[tuple[Account, ...], Field(alias="membersAdded")] = ()
    reply_to_id: Annotated[Name | None, Field(alias="replyToId")] = None
    channel_data: Annotated[dict[str, Any] | None, Field(alias="channelData")] = None
    raw: Annotated[str, Field(exclude=True, alias=RAW)] = ""

    @field_validator("timestamp", mode="before")
    @classmethod
    def _read_time(cls, value: object) -> object:
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    @field_validator("entities", "members_added", mode="before")
    @classmethod
    def _read_list(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else () if value is None else value

    @property
    def user(self) -> str:
        """The person's lasting id: the directory's where Teams tells it, else the channel's."""
        return self.sender.aad_object_id or self.sender.id

    @property
    def is_personal(self) -> bool:
        """Whether nobody else reads along."""
        return self.conversation.kind in (None, "personal")

    @property
    def tenant_id(self) -> str:
        """The tenant, or empty."""
        tenant = (self.channel_data or {}).get("tenant")
        told = tenant.get("id") if isinstance(tenant, dict) else None
        return self.conversation.tenant_id or (told if isinstance(told, str) else "")

    @property
    def spoken_text(self) -> str:
        """The text without the mention of the bot itself."""
        text = self.text or ""
        for entity in self.entities:
            to_bot = entity.mentioned is not None and entity.mentioned.id == self.recipient.id
            if entity.type == "mention" and to_bot and entity.text:
                text = text.replace(entity.text, " ")
        return text.replace("&nbsp;", " ").replace("\xa0", " ").strip()[:MAX_TEXT]


def read_activity(body: bytes) -> Activity:
    """The activity in a request's body. Raises BadActivity."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadActivity(f"no JSON: {type(error).__name__}") from None
    if not isinstance(value, dict):
        raise BadActivity("no JSON object")
    if fault := find_fault(value, MAX_DEPTH):
        raise BadActivity(fault)
    try:
        # No key of the body can be the raw text's name: a NUL in it is refused above.
        return Activity.model_validate(value | {RAW: text})
    except ValidationError as error:
        places = sorted({".".join(map(str, detail["loc"][:2])) for detail in error.errors()})
        raise BadActivity(f"wrong: {', '.join(places)}"[:200]) from None


def _refuse(constant: str) -> object:
    raise ValueError(constant)
