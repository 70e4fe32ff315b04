"""The years that a text names, as documents write them."""

from __future__ import annotations

import re

from knowledge.language.japanese import fold

_YEAR = re.compile(r"令和(\d+|元)年(?:度|\d+月)?|(20\d\d)年(?:度|\d+月)?")
# Years as colleagues shorten them: 「R6」, 「7年度」.
_SHORT_YEAR = re.compile(
    r"(?<![a-z0-9])r(\d{1,2})(?:[./](\d{1,2})|年度?)?(?![a-z0-9.])|(?<![\d和成,.])(\d{1,2})年度"
)


def years_named(question: str) -> tuple[tuple[str, int], ...]:
    """The years a question names, as documents write them and as calendar years (令和 counted from 2019)."""
    text = _SHORT_YEAR.sub(_written_out, fold(question))
    return tuple((found[0], _calendar_year(found)) for found in _YEAR.finditer(text))


def _written_out(short: re.Match[str]) -> str:
    year, month, fiscal = short.groups()
    return f"令和{year}年{month}月" if month else f"令和{year or fiscal}年度"


def _calendar_year(found: re.Match[str]) -> int:
    era, common = found.groups()
    if common:
        return int(common)
    return 2018 + (1 if era == "元" else int(era))
