"""Messages that did not arrive, or of which nobody can tell: デジタル推進室 is told of each once, many in one notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.delivery import Unsettled
from bot.handlers.notices import notices
from bot.messages import Action, Items, Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import outbox as texts
from bot.texts.ja.console import CHANNELS
from staff.model import Role

KEY = "trouble/"
MOST_REASONS = 8


def tell_of_trouble(services: Services) -> Mapping[str, int]:
    """Put one notice for all that is new on the operator's list. A notice that fails itself makes no further one."""
    if not any(not one.message.key.startswith(KEY) for one in services.stores.outbox.list_unsettled(50)):
        return {"told": 0}
    operators = [one for one in services.stores.directory.list_people() if Role.OPERATOR in one.roles]
    now = services.clock()
    # Addresses are read before the transaction, the notice's text is only known inside it.
    drafts = list(notices(services, operators, f"{KEY}{now:%Y%m%d%H%M%S%f}", Reply()))

    def work(stores: Stores) -> int:
        found = [one for one in stores.outbox.take_untold(now) if not one.message.key.startswith(KEY)]
        for draft in drafts if found else ():
            stores.outbox.put(draft.model_copy(update={"reply": _reply(found)}))
        return len(found)

    return {"told": services.stores.transaction(work)}


def _reply(found: Sequence[Unsettled]) -> Reply:
    reasons = Counter((one.message.channel, one.reason) for one in found)
    lines = tuple(
        texts.TROUBLE_LINE.format(
            channel=CHANNELS.get(channel, channel), reason=texts.why(reason), count=count
        )
        for (channel, reason), count in reasons.most_common(MOST_REASONS)
    )
    return Reply(
        title=texts.TROUBLE_TITLE,
        parts=(Items(items=lines), Paragraph(text=texts.TROUBLE_NEXT)),
        actions=(Action(name="outbox", label=texts.LIST_TITLE),),
    )
