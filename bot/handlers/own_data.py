"""自分のデータ: everybody sees what is kept on them, is told how to correct it, and deletes what is theirs alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.console import public_address
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Choice, Form, FormField, Items, Paragraph, Reply, Request, Table, link_to
from bot.services import Services
from bot.texts.ja import own_data as texts
from bot.texts.ja import personal_data as item_texts
from staff.permissions import Permission
from staff.privacy.erased_list import ErasedListError
from staff.privacy.erasing import HeldBack, Outlook, erase_person, look
from staff.privacy.item import Item
from staff.privacy.printing import kept_of
from staff.privacy.register import REGISTER
from staff.privacy.store import Holding

PATH = "/my-data"
OWN_CAUSE = "own"
# Whose rows hold others' data or hashes of secrets: told, and not handed out.
_NOT_HANDED_OUT = frozenset({"sign-in", "upload", "files", "receipts", "holds"})
_DELETE = Action(name="own_delete", label=texts.DELETE, opens_form=True)


class NotDeleted(Exception):
    """Nothing was deleted; the text says why."""


def show_own(request: Request, services: Services) -> Reply:
    """What is kept on the person, by item of the register."""
    if refusal := _turned_away(request):
        return refusal
    assert request.person is not None  # noqa: S101 (nobody else holds the permission)
    outlook = look(services.stores, request.person.id)
    rows = tuple(
        (told.title, str(count), kept_of(item), texts.YES if item.own else texts.NO)
        for item, count in own_counts(outlook)
        if (told := item_texts.ITEMS[item.id])
    )
    base = "" if request.channel == "web" else public_address(services.settings)
    page = (link_to(f"{base}{PATH}", texts.OPEN),) if base or request.channel == "web" else ()
    return Reply(
        title=texts.TITLE,
        parts=(
            Paragraph(text=texts.INTRO),
            Table(caption=texts.CAPTION, columns=texts.COLUMNS, rows=rows),
            Paragraph(text=texts.CORRECT, tone="note"),
        ),
        actions=(
            *page,
            Action(name="survey", label=texts.EDIT),
            Action(name="skills", label=texts.SKILLS),
            _DELETE,
        ),
        fleeting=True,
    )


def delete_own(request: Request, services: Services) -> Reply:
    """A form to choose from; what was chosen and confirmed goes, with what stays and why."""
    if refusal := _turned_away(request):
        return refusal
    assert request.person is not None  # noqa: S101 (as above)
    outlook = look(services.stores, request.person.id)
    offered = [item for item, _ in own_counts(outlook) if item.own]
    if not offered:
        return Reply(title=texts.TITLE, parts=(Paragraph(text=texts.NOTHING), *staying(outlook)))
    if not request.values:
        return Reply(form=_form(offered))
    chosen = [item for item in offered if item.id in _several(request, "items")]
    sure = request.values.get("sure") in ("yes", ["yes"])
    if not chosen or not sure:
        return Reply(form=_form(offered, chosen, missing=not chosen, unsure=not sure))
    return delete_chosen(services, request.person.id, outlook, chosen)


def delete_chosen(services: Services, person_id: str, outlook: Outlook, chosen: Sequence[Item]) -> Reply:
    """Delete these items of somebody's own."""
    try:
        count = erase_own(services, person_id, outlook, chosen)
    except NotDeleted as kept:
        return refused(str(kept))
    titles = "、".join(item_texts.ITEMS[item.id].title for item in chosen)
    text = texts.DELETED.format(count=count, titles=titles)
    return Reply(title=texts.TITLE, parts=(Paragraph(text=text), *staying(look(services.stores, person_id))))


def erase_own(services: Services, person_id: str, outlook: Outlook, chosen: Sequence[Item]) -> int:
    """Erase these items of somebody's own; how many rows were touched. Raises NotDeleted with nothing erased."""
    try:
        touched = erase_person(
            services.stores,
            services.erased_list,
            outlook,
            person_id,
            services.clock(),
            OWN_CAUSE,
            {item.id for item in chosen},
        )
    except HeldBack as held:
        kinds = {item.kind for item in chosen}
        reasons = "、".join(one.reason for one in services.stores.records.list_holds() if one.kind in kinds)
        raise NotDeleted(texts.HELD.format(reasons=reasons)) from held
    except ErasedListError as broken:
        raise NotDeleted(texts.FAILED) from broken
    return sum(touched.values())


def own_counts(outlook: Outlook) -> list[tuple[Item, int]]:
    """The items that hold something of the person's, with how many rows; mentions in what others wrote don't count."""
    held = own_rows(outlook)
    counted = [(item, sum(one.item == item.id for one in held)) for item in REGISTER]
    return [(item, count) for item, count in counted if count]


def own_rows(outlook: Outlook) -> list[Holding]:
    """The rows that are theirs, or name them by number."""
    return [one for one in outlook.holdings if one.whose != "mentioned"]


def handed_out(outlook: Outlook) -> list[Holding]:
    """The rows that somebody may take along."""
    return [one for one in own_rows(outlook) if one.item not in _NOT_HANDED_OUT]


def staying(outlook: Outlook) -> tuple[Paragraph | Items, ...]:
    """What stays of somebody's, and why."""
    lines = tuple(
        texts.stays(told.title, told.stays)
        for item, _ in own_counts(outlook)
        if not item.own and (told := item_texts.ITEMS[item.id]).stays
    )
    return (Paragraph(text=texts.STAYS, tone="note"), Items(items=lines)) if lines else ()


def _turned_away(request: Request) -> Reply | None:
    if refusal := permitted(request, Permission.PRIVACY_OWN):
        return refusal
    return None if request.private or request.channel == "web" else refused(texts.IN_PRIVATE)


def _several(request: Request, name: str) -> list[str]:
    held = request.values.get(name, [])
    return [held] if isinstance(held, str) else held


def _form(
    offered: Sequence[Item], chosen: Sequence[Item] = (), *, missing: bool = False, unsure: bool = False
) -> Form:
    items = FormField(
        id="items",
        label=texts.WHICH,
        kind="multi",
        required=True,
        choices=tuple(Choice(value=one.id, label=item_texts.ITEMS[one.id].title) for one in offered),
        value=tuple(one.id for one in chosen),
        error=texts.CHOOSE if missing else "",
    )
    sure = FormField(
        id="sure",
        label=texts.SURE,
        kind="single",
        required=True,
        choices=(Choice(value="yes", label=texts.SURE_YES),),
        error=texts.CONFIRM if unsure else "",
    )
    return Form(
        name="own_delete",
        title=texts.FORM_TITLE,
        intro=texts.FORM_INTRO,
        fields=(items, sure),
        submit=texts.SUBMIT,
    )
