"""The made-up city with initiatives of a plan that is running, and a clock that can be set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.delivery import Message
from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from knowledge.initiatives.initiative import Initiative, InitiativeVersion, Kpi, Milestone, Target
from staff.calendar import JAPAN
from staff.model import Person
from storage.stores import SqlStores
from tests.web.city import OPERATOR, settle

ONLINE = Initiative(
    id="next-online",
    title="行政手続のオンライン化",
    plan="見本次期計画",
    edition="令和8年4月",
    owner="市民窓口課",
    kpi=Kpi(
        name="オンライン化した手続の数",
        unit="手続",
        each_year=True,
        targets=(Target(fiscal_year=2026, value=120), Target(fiscal_year=2027, value=80)),
    ),
    milestones=(
        Milestone(text="転出届の受付開始", due_on=date(2026, 12, 10)),
        Milestone(text="その他の手続", column="令和9年度"),
    ),
    starts_on=date(2026, 4, 1),
    ends_on=date(2028, 3, 31),
)
TELEWORK = Initiative(
    id="next-telework",
    title="テレワークの推進",
    plan="見本次期計画",
    edition="令和8年4月",
    owner="なくなった課",
    blank=("工程表",),
    starts_on=date(2026, 4, 1),
)


def jst(text: str) -> datetime:
    """A time in Japan, as 2026-11-24 08:45."""
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@dataclass
class Town:
    """Services whose clock is set, and what comes out of their outbox."""

    stores: SqlStores
    now: datetime = field(default_factory=lambda: jst("2026-11-24 09:00"))

    def __post_init__(self) -> None:
        settle(self.stores)
        knowledge = KnowledgeBase(self.stores.articles, ())
        self.services = Services(
            settings=Settings(_env_file=None, DXBOT_CONTENT=""),
            stores=self.stores,
            knowledge=knowledge,
            clock=lambda: self.now,
        )

    def begin(self, *initiatives: Initiative) -> None:
        """Start initiatives."""
        for one in initiatives:
            self.stores.initiatives.save_version(
                InitiativeVersion(
                    number=1, at=datetime(2026, 4, 1, tzinfo=UTC), by="cli/test", initiative=one
                )
            )

    def send(self, person: Person | None, name: str, value: str = "", /, **values: str | list[str]) -> Reply:
        """One request of somebody."""
        user = person.id if person else "guest"
        request = Request(channel="web", user=user, name=name, value=value, values=values, person=person)
        return handle(request, self.services)

    def report(self, status: str, value: str, day: str, at: str, **more: str) -> Reply:
        """An operator's report on ONLINE at a time."""
        before, self.now = self.now, jst(at)
        reply = self.send(
            OPERATOR, "progress_report", ONLINE.id, status=status, value=value, as_of=day, **more
        )
        self.now = before
        return reply

    def outgoing(self, at: datetime | None = None) -> list[Message]:
        """What is due (at any time, unless told), taken out of the outbox."""
        when = at or self.now + timedelta(days=365)
        found = []
        while claimed := self.stores.outbox.claim("test", when, 3600):
            found.append(claimed.message)
            assert self.stores.outbox.settle_sent(claimed.message.key, "test", "x", when)
        return found
