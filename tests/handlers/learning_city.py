"""The made-up city with a 課 that owns an article, and people who press buttons before the router."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services, Stores
from bot.settings import Settings
from bot.texts.ja import learning as texts
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.base import KnowledgeBase
from staff.model import Person
from storage.stores import SqlStores
from tests.web.city import settle

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SEAL = Article(
    id="faq:seal",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="印鑑登録証の再発行",
    questions=("印鑑登録証をなくしたときの再発行",),
    passages=(Passage(text="印鑑登録証の再発行は、窓口で届け出てから行います。"),),
    source=Source(document="見本の手引き"),
    owner="市民窓口課",
)
UNWRITTEN = "印鑑登録証のケースは何色ですか"


def open_city(stores: SqlStores, settings: Settings | None = None, at: datetime = NOW) -> Services:
    """The city with one article of 市民窓口課."""
    settle(stores)
    stores.articles.replace_source("窓口", [SEAL])
    return Services(
        settings=settings or Settings(content=()),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=lambda: at,
    )


def later(services: Services, at: datetime) -> Services:
    """The same at another time."""
    return replace(services, clock=lambda: at)


@dataclass
class Seat:
    """Somebody before the router; on the web unless told otherwise."""

    services: Services
    person: Person | None
    channel: str = "web"
    private: bool = False

    def send(self, name: str, value: str = "", text: str = "", /, **values: str | list[str]) -> Reply:
        """One request."""
        user = self.person.id if self.person else "guest"
        request = Request(
            channel=self.channel,
            user=user,
            name=name,
            text=text,
            value=value,
            values=values,
            person=self.person,
            private=self.private,
        )
        return handle(request, self.services)

    def ask(self, text: str) -> Reply:
        """Type a question."""
        return self.send("ask", "", text)

    def press(self, reply: Reply, label: str) -> Reply:
        """Press the button of that label."""
        (action,) = [action for action in reply.actions if action.label == label]
        return self.send(action.name, action.value)

    def fill(self, reply: Reply, **values: str) -> Reply:
        """Fill the reply's form: its own values, with these in their place, and send it."""
        assert reply.form is not None, reply.text
        filled = {
            field.id: field.value for field in reply.form.fields if isinstance(field.value, str)
        } | values
        return self.send(reply.form.name, reply.form.value, **filled)


def outgoing(stores: Stores) -> list[tuple[str, str, Reply]]:
    """Everything waiting in the outbox as (key, recipient, reply), taken out in order."""
    found = []
    while claimed := stores.outbox.claim("test", datetime(2030, 1, 1, tzinfo=UTC), 3600):
        message = claimed.message
        stores.outbox.settle_sent(message.key, "test", "x", NOW)
        found.append((message.key, message.recipient, message.reply))
    return found


def put(asker: Seat, question: str = UNWRITTEN, name: str = "no") -> Reply:
    """Ask the experts a question that nothing is written about."""
    form = asker.press(asker.ask(question), texts.ASK_EXPERT)
    return asker.fill(asker.fill(form), name=name)
