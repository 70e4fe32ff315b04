"""The only file that knows the Bot Framework SDK: a turn of botbuilder-core over our own connector.

Nothing here builds the SDK's connector and user-token clients: both bring msrest's retry policy (milliseconds a turn),
a thread pool, and requests of their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity as SdkActivity
from botbuilder.schema import ChannelAccount, ConversationAccount, ResourceResponse
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity, ConnectorFactory
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult

from bot.outgoing import json_bytes
from bot.teams.activity import Account, Activity
from bot.teams.connector import Connector

INVOKE_RESPONSE = "invokeResponse"


class Payload:
    """What a message says, as JSON made once: some fields, at least one, beside those that address it."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._json = json_bytes(fields)

    def addressed(self, fields: Mapping[str, Any]) -> bytes:
        """The whole message's JSON; `fields` say from whom to whom."""
        return json_bytes(fields)[:-1] + b"," + self._json[1:]


class _Message(SdkActivity):  # type: ignore[misc]
    """A message on its way out, made for one sending: the SDK's copy of it may be itself."""

    def __deepcopy__(self, memo: object) -> _Message:
        return self


class _Account(ChannelAccount):  # type: ignore[misc]
    """An account that nobody changes: the SDK, which copies it for each message, gets itself."""

    def __copy__(self) -> _Account:
        return self


class _Conversation(ConversationAccount):  # type: ignore[misc]
    """A conversation that nobody changes, as above."""

    def __copy__(self) -> _Conversation:
        return self


class Turn:
    """One activity being worked on, and the ways to answer it."""

    def __init__(self, context: TurnContext, activity: Activity) -> None:
        self._context = context
        self.activity = activity

    async def reply(self, payload: Payload) -> str:
        """Answer in the conversation (in its thread) with a message that says this; returns its id."""
        message = _Message(type="message", channel_data=payload)
        sent = await self._context.send_activity(message)
        return str(sent.id or "") if sent else ""

    async def update(self, activity_id: str, payload: Payload) -> None:
        """Replace a message of ours."""
        message = _Message(type="message", id=activity_id, channel_data=payload)
        await self._context.update_activity(message)

    async def respond(self, body: Mapping[str, Any] | None, status: int = 200) -> None:
        """Answer an invoke."""
        value = InvokeResponse(status=status, body=body)
        await self._context.send_activity(SdkActivity(type=INVOKE_RESPONSE, value=value))


class TeamsAdapter(CloudAdapterBase):  # type: ignore[misc]
    """botbuilder-core's adapter with our authentication and our sender."""

    def __init__(self, connector: Connector) -> None:
        super().__init__(_Authentication(connector))
        self._connector = connector

    async def run(
        self, activity: Activity, claims: Mapping[str, Any], logic: Callable[[Turn], Awaitable[None]]
    ) -> tuple[int, Mapping[str, Any] | None]:
        """Run one turn for an authenticated activity; the status and body of the HTTP reply.

        Raises what the connector raises: no error handler swallows it.
        """

        async def work(context: TurnContext) -> None:
            await logic(Turn(context, activity))

        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(dict(claims), True)
        result.connector_factory = _Factory(self._connector)
        result.audience = result.caller_id = None
        response = await self.process_activity(result, _to_sdk(activity), work)
        if response is None:
            return 200, None
        return int(response.status), cast("Mapping[str, Any] | None", response.body)

    async def send_activities(
        self, context: TurnContext, activities: list[SdkActivity]
    ) -> list[ResourceResponse]:
        """The SDK's way out: an invoke's response stays with the turn, a message goes through our connector."""
        responses = []
        for activity in activities:
            if activity.type == INVOKE_RESPONSE:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                responses.append(ResourceResponse())
                continue
            sent = await self._connector.send(
                activity.service_url, activity.conversation.id, _to_json(activity), activity.reply_to_id
            )
            responses.append(ResourceResponse(id=sent))
        return responses

    async def update_activity(self, context: TurnContext, activity: SdkActivity) -> ResourceResponse:  # noqa: ARG002
        """The SDK's way to replace a message."""
        await self._connector.update(
            activity.service_url, activity.conversation.id, activity.id, _to_json(activity)
        )
        return ResourceResponse(id=activity.id)


class _Factory(ConnectorFactory):  # type: ignore[misc]
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> Connector:  # noqa: ARG002
        return self._connector


class _Authentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """What the SDK asks of authentication. Requests come authenticated; any other way in is shut."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def authenticate_request(
        self,
        activity: SdkActivity,  # noqa: ARG002
        auth_header: str,  # noqa: ARG002
    ) -> AuthenticateRequestResult:
        raise PermissionError("requests are authenticated by the endpoint")

    async def authenticate_streaming_request(
        self,
        auth_header: str,  # noqa: ARG002
        channel_id_header: str,  # noqa: ARG002
    ) -> AuthenticateRequestResult:
        raise PermissionError("streaming is not served")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:  # noqa: ARG002
        return _Factory(self._connector)

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """No sign-in cards: no client."""


def _to_sdk(activity: Activity) -> SdkActivity:
    conversation = activity.conversation
    return SdkActivity(
        type=activity.type,
        id=activity.id,
        name=activity.name,
        channel_id=activity.channel_id,
        service_url=activity.service_url,
        from_property=_account(activity.sender),
        recipient=_account(activity.recipient),
        conversation=_Conversation(
            id=conversation.id, conversation_type=conversation.kind, tenant_id=conversation.tenant_id
        ),
    )


def _account(account: Account) -> _Account:
    return _Account(id=account.id, name=account.name, aad_object_id=account.aad_object_id)


def _to_json(activity: SdkActivity) -> bytes:
    """A message as the connector takes it: the addressing that the SDK filled in, and what it says."""
    addressed = {
        "type": activity.type,
        "id": activity.id,
        "channelId": activity.channel_id,
        "serviceUrl": activity.service_url,
        "from": {"id": activity.from_property.id, "name": activity.from_property.name},
        "recipient": {"id": activity.recipient.id, "name": activity.recipient.name},
        "conversation": {"id": activity.conversation.id},
        "replyToId": activity.reply_to_id,
    }
    payload: Payload = activity.channel_data
    return payload.addressed({name: value for name, value in addressed.items() if value is not None})
