"""Which Slack user a member of staff is: known from their contact, else asked of Slack by e-mail, once."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import PermanentFailure
from bot.reaching import contact_on
from bot.services import Services
from bot.slack.failures import failure_of, not_sent
from bot.slack.identity import CHANNEL, vouched_address
from staff.model import Person, email_key


class People:
    """Finds users by person. What Slack told is kept as a contact, until the person's address changes hands."""

    def __init__(self, services: Services, client: AsyncWebClient) -> None:
        self._services = services
        self._client = client

    async def user_of(self, person_id: str) -> str:
        """The id (U…) of a person's user. Raises PermanentFailure where there is none, or TemporaryFailure."""
        person = await asyncio.to_thread(self._services.stores.directory.person, person_id)
        if person is None:
            raise PermanentFailure("the directory lacks this person")
        contact = await asyncio.to_thread(contact_on, CHANNEL, person_id, self._services)
        return contact.user if contact else await self._ask(person)

    async def _ask(self, person: Person) -> str:
        if not person.email:
            raise PermanentFailure("the directory has no address of this person")
        try:
            told: Any = await self._client.users_lookupByEmail(email=person.email)
            user, address = str(told["user"]["id"]), vouched_address(told["user"])
        except Exception as error:
            raise not_sent(failure_of(error)) from error
        if email_key(address) != email_key(person.email):
            raise PermanentFailure("Slack does not vouch for this person's address")
        await asyncio.to_thread(self._keep, user, person)
        return user

    def _keep(self, user: str, person: Person) -> None:
        stores = self._services.stores
        try:
            stores.directory.link_user(CHANNEL, user, person.id)
        except LookupError as error:  # an import removed the person in between
            raise PermanentFailure("the directory lacks this person") from error
        stores.conversations.save(CHANNEL, user, person.id, {"user": user}, self._services.clock())
