"""Messages the bot starts: made before the transaction that keeps them, for whoever is to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.delivery import Message
from bot.messages import Reply
from bot.reaching import WEB, addresses_of
from bot.services import Services
from staff.model import Person, Role


def notices(services: Services, people: Iterable[Person], key: str, reply: Reply) -> Iterator[Message]:
    """One message for each person, at the address they are reached best; `key` with their 職員番号 names it.

    A chat that may ring waits for working hours; the inbox on the web does not ring.
    """
    for person in people:
        for address in addresses_of(person.id, services)[:1]:
            yield Message(
                key=f"{key}/{person.id}",
                channel=address.channel,
                recipient=address.recipient,
                reply=reply,
                due_at=services.clock() if address.channel == WEB else services.working_moment(),
                in_hours=address.channel != WEB,
            )


def operators_notices(services: Services, key: str, reply: Reply) -> list[Message]:
    """What tells デジタル推進室 of something that went wrong."""
    operators = [one for one in services.stores.directory.list_people() if Role.OPERATOR in one.roles]
    return list(notices(services, operators, key, reply))


def tell_operators(services: Services, key: str, reply: Reply) -> None:
    """Tell デジタル推進室 of something that went wrong; once for each `key`."""
    told = operators_notices(services, key, reply)
    services.stores.transaction(lambda stores: [stores.outbox.put(message) for message in told])
