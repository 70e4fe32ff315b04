"""Which member of staff a chat user is."""

from __future__ import annotations

from staff.model import Person
from staff.store import Directory


def recognise(directory: Directory, channel: str, user: str, email: str = "") -> Person | None:
    """The person behind a channel's user; None for somebody the directory does not know.

    What was matched once is remembered until the person leaves. `email` is the address the channel vouches for: a
    channel may call without it first, and fetch it only when nobody is remembered.
    """
    if person := directory.linked_person(channel, user):
        return person
    person = directory.person_by_email(email)
    if person is None:
        return None
    try:
        directory.link_user(channel, user, person.id)
    except LookupError:  # an import removed the person in between
        return None
    return person
