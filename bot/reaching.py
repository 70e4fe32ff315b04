"""Where a person can be written to: the chat they used last first, the web inbox always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery import ConversationReference
from bot.services import Services

SLACK, TEAMS, WEB = "slack", "teams", "web"
_PERSON_MARK = "@"


@dataclass(frozen=True)
class Address:
    """A channel's name and its own address of a person: what a Message wants as `channel` and `recipient`."""

    channel: str
    recipient: str


def addresses_of(person_id: str, services: Services) -> Sequence[Address]:
    """The addresses of a person (職員番号) on the channels that are set up, best first; none for a stranger.

    Chats come in the order of their last use, then Slack by e-mail for somebody who never wrote to the bot there, then
    the inbox on the web.
    """
    person = services.stores.directory.person(person_id)
    if person is None:
        return ()
    used = [found for channel in _chats(services) if (found := contact_on(channel, person_id, services))]
    used.sort(key=lambda reference: reference.updated_at, reverse=True)
    addresses = [Address(reference.channel, reference.user) for reference in used]
    if SLACK in _chats(services) and person.email and all(one.channel != SLACK for one in used):
        addresses.append(Address(SLACK, by_person(person_id)))
    return (*addresses, Address(WEB, person_id))


def contact_on(channel: str, person_id: str, services: Services) -> ConversationReference | None:
    """The person's newest contact on a channel that is still theirs: an address may have changed hands since."""
    directory = services.stores.directory
    for reference in services.stores.conversations.list_for(channel, person_id):
        linked = directory.linked_person(channel, reference.user)
        if linked is not None and linked.id == person_id:
            return reference
    return None


def by_person(person_id: str) -> str:
    """A recipient whom the channel finds by the directory when it sends."""
    return f"{_PERSON_MARK}{person_id}"


def person_in(recipient: str) -> str | None:
    """The 職員番号 in a recipient of `by_person`; None for any other recipient."""
    return recipient.removeprefix(_PERSON_MARK) if recipient.startswith(_PERSON_MARK) else None


def _chats(services: Services) -> list[str]:
    settings = services.settings
    configured = {SLACK: settings.slack_bot_token is not None, TEAMS: settings.uses_teams}
    return [channel for channel, is_configured in configured.items() if is_configured]
