"""Articles whose review is overdue: the owner 課 is reminded, once a month for each article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.delivery import Message
from bot.handlers.inquiry import route_for
from bot.handlers.notices import notices
from bot.messages import Action, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import reminders as texts
from bot.texts.ja.ask import MORE, day
from knowledge.editing.standing import lay_edits
from knowledge.entry import Entry, merge_entries
from knowledge.packs import load_pack
from knowledge.visibility import Viewer


def remind_of_reviews(services: Services) -> Mapping[str, int]:
    """Put a reminder for each overdue article to each person in charge; returns how many are new.

    The key has the article and the month, so that several workers, and every hour of the month, make one.
    """
    today = services.today()
    due = [entry for entry in _entries(services) if _is_overdue(entry, today)]
    messages = [message for entry in due for message in _messages(services, entry, today)]
    put = services.stores.transaction(lambda stores: sum(stores.outbox.put(message) for message in messages))
    return {"reminders": put}


def _entries(services: Services) -> list[Entry]:
    packs = [article for name in services.settings.content for article in load_pack(name)]
    store = services.stores.articles
    return merge_entries(*lay_edits(packs, store.list_articles(), store.list_edits()))


def _is_overdue(entry: Entry, today: date) -> bool:
    return entry.main.review_on is not None and entry.main.review_on < today


def _messages(services: Services, entry: Entry, today: date) -> Iterator[Message]:
    departments = services.stores.directory.list_departments()
    people = [
        person
        for person in route_for(services, entry.owner).people
        if entry.is_seen_by(Viewer.of(person, departments))
    ]
    return notices(services, people, f"review/{entry.id}/{today:%Y-%m}", _reply(entry))


def _reply(entry: Entry) -> Reply:
    assert entry.main.review_on  # noqa: S101 (it is overdue)
    text = texts.OVERDUE.format(title=entry.title, day=day(entry.main.review_on))
    return Reply(
        title=texts.TITLE,
        parts=(Paragraph(text=text), Paragraph(text=texts.NEXT, tone="note")),
        actions=(Action(name="article", label=MORE, value=entry.id),),
    )
