"""The title block: the document's name, its edition, the period it speaks about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.plan.traced import Line
from knowledge.plan.wording import key, readable
from knowledge.plan.years import ERA_YEAR, fiscal_years, last_day

_NAMES_A_PLAN = re.compile("計画|戦略|方針|指針|ビジョン|プラン|構想")
_ERA_MONTH = re.compile(rf"({ERA_YEAR}年)[)）]?\s*([0-9０-９]{{1,2}}月)")
_WESTERN_MONTH = re.compile(r"([0-9０-９]{4})年[^0-9]{0,3}([0-9０-９]{1,2}月)")
_STATUS = re.compile(r"\(([^()]{1,8})\)$")
_PERIOD = re.compile(r"年度.*[~〜～\-－–—から].*年度")


@dataclass(frozen=True)
class Cover:
    """What the title block says. `title_line` is the number of the line with the document's name."""

    document: str
    edition: str
    ended_on: date | None
    title_line: int


def read_cover(lines: Sequence[Line]) -> Cover:
    """Read the lines above the 目次 (or above the first heading, in a document without one)."""
    written = [line for line in lines if not line.blank]
    if not written:
        return Cover("", "", None, 0)
    title = next((line for line in written if _NAMES_A_PLAN.search(key(line.words.text))), written[0])
    document = unicodedata.normalize("NFKC", readable(title.words).text)
    return Cover(document, _edition(document, written), _ended_on(written), title.number)


def _edition(document: str, lines: Sequence[Line]) -> str:
    status = _STATUS.search(document)
    dated = next(filter(None, (_month(unicodedata.normalize("NFKC", line.words.text)) for line in lines)), "")
    return " ".join(filter(None, [dated, status.group(1) if status else ""]))


def _month(text: str) -> str:
    if match := _ERA_MONTH.search(text):
        return key(match.group(1) + match.group(2))
    if match := _WESTERN_MONTH.search(text):
        year = int(match.group(1))
        return (f"令和{year - 2018}年" if year > 2018 else f"{year}年") + match.group(2)
    return ""


def _ended_on(lines: Sequence[Line]) -> date | None:
    for line in lines:
        if _PERIOD.search(line.words.text):
            return last_day(max(fiscal_years(line.words.text)))
    return None
