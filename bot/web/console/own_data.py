"""自分のデータ as a page: every row, to be taken along as JSON or CSV, and what can be deleted."""

from __future__ import annotations

import csv
import io
import json

from bot.handlers.own_data import PATH, NotDeleted, erase_own, handed_out, own_counts
from bot.texts.ja import own_data as texts
from bot.texts.ja import personal_data as item_texts
from bot.web.console.desk import Desk, Pages
from bot.web.pages import File, Page, link
from staff.privacy.erasing import Outlook, look
from staff.privacy.printing import kept_of
from staff.store import AuditEvent


def show(desk: Desk) -> Page:
    """GET /my-data."""
    return _page(desk)


def _page(desk: Desk, wrong: str = "") -> Page:
    outlook = look(desk.services.stores, desk.person.id)
    rows = [(item, item_texts.ITEMS[item.id], count, kept_of(item)) for item, count in own_counts(outlook)]
    return desk.page(
        "console/own_data.html",
        409 if wrong else 200,
        o=texts,
        rows=rows,
        done=desk.field("done"),
        path=PATH,
        wrong=wrong,
    )


def delete(desk: Desk) -> Page:
    """POST /my-data/delete: one item of one's own."""
    outlook = look(desk.services.stores, desk.person.id)
    chosen = [item for item, _ in own_counts(outlook) if item.own and item.id == desk.field("item")]
    if not chosen or desk.field("sure") != "yes":
        return Page(location=PATH)
    try:
        erase_own(desk.services, desk.person.id, outlook, chosen)
    except NotDeleted as kept:
        return _page(desk, str(kept))
    return Page(location=link(PATH, done="1"))


def as_json(desk: Desk) -> Page:
    """GET /my-data/export.json."""
    rows = [
        {
            "item": one.item,
            "title": item_texts.ITEMS[one.item].title,
            "table": one.table,
            "row": dict(one.row),
        }
        for one in handed_out(_taken(desk, "json"))
    ]
    told = json.dumps({"person": desk.person.id, "rows": rows}, ensure_ascii=False, indent=1)
    return Page(file=File(told.encode(), "my-data.json", "application/json"))


def as_csv(desk: Desk) -> Page:
    """GET /my-data/export.csv: UTF-8 with BOM; the contents are JSON, so no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(texts.CSV_COLUMNS)
    for one in handed_out(_taken(desk, "csv")):
        content = json.dumps(dict(one.row), ensure_ascii=False)
        writer.writerow((item_texts.ITEMS[one.item].title, one.table, content))
    return Page(file=File(out.getvalue().encode("utf-8-sig"), "my-data.csv", "text/csv"))


def _taken(desk: Desk, form: str) -> Outlook:
    """Everything, for taking along; on record."""
    services = desk.services
    event = AuditEvent(
        at=services.clock(),
        actor=desk.person.id,
        action="privacy.own",
        target=f"person/{desk.person.id}",
        detail={"form": form},
    )
    services.stores.audit.append(event)
    return look(services.stores, desk.person.id)


SHOWN: Pages = {PATH: show, f"{PATH}/export.json": as_json, f"{PATH}/export.csv": as_csv}
DONE: Pages = {f"{PATH}/delete": delete}
