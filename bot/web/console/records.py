"""What the city's record rules keep from being deleted, and the proofs of what was deleted."""

from __future__ import annotations

from bot.texts.ja import privacy as privacy_texts
from bot.texts.ja import records as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page, link
from staff.calendar import date_in_japan
from staff.permissions import Permission, allowed, require
from staff.privacy.holding import KINDS, LONGEST_REASON, HoldRefused, lift_hold, place_hold
from staff.privacy.store import Deletion, Hold

PATH = "/console/records"
MOST_DELETIONS = 100
DONE_TEXTS = {"placed": texts.PLACED, "released": texts.RELEASED}


def show(desk: Desk) -> Page:
    """GET /console/records: the holds that stand, and the newest deletions."""
    return _page(desk)


def hold(desk: Desk) -> Page:
    """POST /console/records/hold."""
    require(desk.person, Permission.RECORDS_HOLD)
    services = desk.services
    try:
        place_hold(
            services.stores,
            desk.person,
            desk.field("kind"),
            desk.field("reason"),
            services.clock(),
            desk.field("round"),
            _rounds(desk),
        )
    except HoldRefused as refused:
        return _page(desk, str(refused))
    return Page(location=link(PATH, done="placed"))


def release(desk: Desk) -> Page:
    """POST /console/records/release: only with `sure`, for what is due goes then."""
    require(desk.person, Permission.RECORDS_HOLD)
    if desk.field("sure") != "yes":
        return _page(desk, texts.NOT_SURE.format(sure=texts.SURE))
    try:
        lift_hold(desk.services.stores, desk.person, desk.field("id"), desk.services.clock())
    except HoldRefused as refused:
        raise NotThere(texts.GONE) from refused
    return Page(location=link(PATH, done="released"))


def _page(desk: Desk, wrong: str = "") -> Page:
    records, rounds = desk.services.stores.records, _rounds(desk)
    return desk.page(
        "console/records.html",
        422 if wrong else 200,
        r=texts,
        path=PATH,
        wrong=wrong,
        done=DONE_TEXTS.get(desk.field("done"), ""),
        holds=[
            (one, privacy_texts.KINDS[one.kind], *_told(desk, one, rounds)) for one in records.list_holds()
        ],
        may_hold=allowed(desk.person, Permission.RECORDS_HOLD),
        kinds=[(kind, privacy_texts.KINDS[kind]) for kind in KINDS],
        rounds=rounds,
        longest=LONGEST_REASON,
        filled={name: desk.field(name) for name in ("kind", "round", "reason")},
        deletions=[_row(one) for one in records.list_deletions(MOST_DELETIONS)],
        most=MOST_DELETIONS,
    )


def _rounds(desk: Desk) -> dict[str, str]:
    """How rounds are called, by id, the newest first."""
    rounds = sorted(desk.services.stores.surveys.list_rounds(), key=lambda one: one.opens_at, reverse=True)
    return {
        one.id: texts.ROUND_LINE.format(
            title=one.wave or one.definition.title, opens=date_in_japan(one.opens_at).isoformat()
        )
        for one in rounds
    }


def _told(desk: Desk, one: Hold, rounds: dict[str, str]) -> tuple[str, str]:
    """The round a hold is limited to, and who placed it since when."""
    person = desk.services.stores.directory.person(one.placed_by)
    by = f"{person.name}（{person.id}）" if person else one.placed_by
    round_ = texts.OF_ROUND.format(round=rounds.get(one.round_id, one.round_id)) if one.round_id else ""
    return round_, texts.HELD_BY.format(by=by, at=date_in_japan(one.placed_at).isoformat())


def _row(one: Deletion) -> tuple[Deletion, str, str]:
    return one, privacy_texts.KINDS[one.kind], privacy_texts.CAUSES.get(one.cause, one.cause)


SHOWN: Pages = {PATH: show}
DONE: Pages = {f"{PATH}/hold": hold, f"{PATH}/release": release}
