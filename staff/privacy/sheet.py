"""The register as the security review wants it: each item by place, Slack and Teams included, with term and viewers."""

from __future__ import annotations

from bot.texts.ja import personal_data
from bot.texts.ja import security_sheet as texts
from staff.privacy.printing import markdown_table, outside_rows, register_rows
from staff.privacy.register import REGISTER


def security_sheet() -> str:
    """docs/security-sheet.md. Raises KeyError naming an item of the register that the sheet does not tell about."""
    inside = []
    for item, row in zip(REGISTER, register_rows(), strict=True):
        reach = texts.REACH[item.id]
        kept_in = (row.place, reach.chat, reach.file, texts.IN_BACKUP, texts.IN_LOG)
        inside.append((row.title, *kept_in, row.kept, row.viewers))
    outside = [(row.title, row.what, row.kept, row.viewers, row.erasing) for row in outside_rows()]
    tables = (markdown_table(texts.COLUMNS, inside), markdown_table(personal_data.OUTSIDE_COLUMNS, outside))
    return texts.PAGE + tables[0] + texts.PAGE_OUTSIDE + tables[1]
