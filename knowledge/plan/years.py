"""Japanese years as plans write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_ERAS = {"令和": 2018, "平成": 1988}
ERA_YEAR = r"(?:令和|平成)\s*(?:元|[0-9０-９]{1,2})"
FISCAL_YEAR = rf"(?:{ERA_YEAR}|[0-9０-９]{{4}})\s*年度"

_YEAR = re.compile(r"(?P<era>令和|平成)?\s*(?P<number>元|[0-9]{1,4})\s*年")
_FISCAL = re.compile(FISCAL_YEAR)


def western_year(text: str) -> int | None:
    """The year named first in `text` (令和4年 is 2022); None when there is none."""
    match = _YEAR.search(unicodedata.normalize("NFKC", text))
    if not match:
        return None
    number = 1 if match["number"] == "元" else int(match["number"])
    if match["era"]:
        return number + _ERAS[match["era"]]
    return number if number >= 1900 else None


def fiscal_years(text: str) -> list[int]:
    """Every fiscal year named in `text`, in the order of the text."""
    years = (western_year(match.group()) for match in _FISCAL.finditer(unicodedata.normalize("NFKC", text)))
    return [year for year in years if year is not None]


def last_day(fiscal_year: int) -> date:
    """The last day of a fiscal year: 31 March of the next."""
    return date(fiscal_year + 1, 3, 31)
