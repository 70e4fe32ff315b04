"""Words of charts and of the tables beside them."""

from __future__ import annotations

from collections.abc import Sequence

HIDDEN = "秘匿"
BLANK = "－"
LABEL = "項目"
VALUE = "値"
TARGET = "目標"
SUMS = "いくつかを合わせた数"
IN_SUM = "「{name}」の欄の合計に含む"
SUM_SIGN = "計"
LONGEST_SUM = 20  # characters of a sum's name that pages and pictures have room for
REST_IN_PICTURE = "主なものだけを書いています。ほか{count}行の数は、図にあります。"


def sum_of(names: Sequence[str]) -> str:
    """Names whose numbers are given as one."""
    return f"{'＋'.join(names)}の合計"


def short_sum_of(names: Sequence[str]) -> str:
    """The same where there is little room: of many names the first. What it adds up has to stand beside it."""
    full = sum_of(names)
    return full if len(full) <= LONGEST_SUM else f"{names[0]}ほか{len(names) - 1}の合計"


def sum_told(name: str, value: str) -> str:
    """A sum with its number."""
    return f"{name} {value}"
