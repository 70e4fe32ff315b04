"""What a spreadsheet shows of a number, a day or a time by its number format (#,##0 and [$-411]ggge"年"m"月"d"日")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

# Formats of the Japanese Excel that a workbook names by their number alone.
BUILT_IN = {
    27: "[$-411]ge.m.d",
    28: '[$-411]ggge"年"m"月"d"日"',
    29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"',
    36: "[$-411]ge.m.d",
    50: "[$-411]ge.m.d",
    51: '[$-411]ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: "[$-411]ge.m.d",
    58: '[$-411]ggge"年"m"月"d"日"',
}
_GENERAL = re.compile(r"(?:general|g/標準|@)?", re.IGNORECASE)
_SYSTEMS_OWN = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}  # these follow the computer's country
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_COLOUR = re.compile(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|[黒青緑赤白黄])\]", re.IGNORECASE
)
_LOCALE = re.compile(r"\[\$(?P<symbol>[^\]-]*)(?:-[^\]]*)?\]")
_LITERAL = r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)'
_NUMBER_TOKEN = re.compile(
    rf"{_LITERAL}|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?)|(?P<plain>[^\[\]@EeG/*_\\\"#0?.])"
)
_DAY_TOKEN = re.compile(
    rf"{_LITERAL}|(?P<half>AM/PM)|(?P<code>g+|e+|y+|m+|d+|a+|h+|s+)"
    r"|(?P<plain>[^\[\]A-Za-z@*_\\\"])",
    re.IGNORECASE,
)
_WEEKDAYS = "月火水木金土日"
_NOON = 12


@dataclass(frozen=True)
class _Era:
    first: date
    name: str
    letter: str


_ERAS = (
    _Era(date(2019, 5, 1), "令和", "R"),
    _Era(date(1989, 1, 8), "平成", "H"),
    _Era(date(1926, 12, 25), "昭和", "S"),
    _Era(date(1912, 7, 30), "大正", "T"),
    _Era(date(1868, 1, 25), "明治", "M"),
)


def shown_text(value: float | date | time, number_format: str) -> str | None:
    """The text that a cell shows; None where this format is not read."""
    if _GENERAL.fullmatch(number_format):
        return f"{value:.11g}" if isinstance(value, float) else str(value)
    if isinstance(value, int | float):
        return _shown_number(value, number_format)
    return _shown_day(value, _SYSTEMS_OWN.get(number_format, number_format))


def _shown_number(value: float, number_format: str) -> str | None:
    sections = _SECTIONS.split(number_format)
    section, number = sections[0], Decimal(str(value))
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    pieces = _pieces(_NUMBER_TOKEN, section)
    if pieces is None:
        return None
    digits = [piece["digits"] for piece in pieces if piece["digits"]]
    if len(digits) > 1 or (not digits and number):
        return None
    number *= 100 ** sum(piece["plain"] == "%" for piece in pieces)
    sign = "-" if number < 0 else ""
    return (
        sign
        + "".join(
            _digits(abs(number), piece["digits"]) if piece["digits"] else _literal(piece) for piece in pieces
        ).strip()
    )


def _pieces(tokens: re.Pattern[str], section: str) -> Sequence[Mapping[str, str | None]] | None:
    """A section of a format taken apart; None where something in it is not known."""
    written = _LOCALE.sub(lambda found: f'"{found["symbol"]}"', _COLOUR.sub("", section))
    found = list(tokens.finditer(written))
    whole = "".join(each[0] for each in found) == written
    return [each.groupdict() for each in found] if whole else None


def _literal(piece: Mapping[str, str | None]) -> str:
    said = piece["quoted"] or piece["escaped"] or piece["plain"] or ""
    return " " if piece["space"] else said


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    for _ in range(len(whole) - len(whole.rstrip(","))):
        number /= 1000  # 1,234 千円
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    least = sum(letter in "0?" for letter in whole)
    before = before.lstrip("0").zfill(least) if least or before != "0" else ""
    if "," in whole.rstrip(","):
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    kept = len(decimals.rstrip("#"))
    after = after[:kept] + after[kept:].rstrip("0")
    return f"{before}.{after}" if "." in pattern else before


def _shown_day(value: date | time, number_format: str) -> str | None:
    pieces = _pieces(_DAY_TOKEN, _SECTIONS.split(number_format)[0])
    if pieces is None:
        return None
    codes = [str(piece["code"]).lower() if piece["code"] else "" for piece in pieces]
    halves = any(piece["half"] for piece in pieces)
    told: list[str | None] = []
    for place, piece in enumerate(pieces):
        if piece["half"]:
            told.append("PM" if _time_of(value).hour >= _NOON else "AM")
        elif not codes[place]:
            told.append(_literal(piece))
        elif _is_of_time(codes, place):
            told.append(_time_code(_time_of(value), codes[place], halves=halves))
        else:
            told.append(_day_code(value, codes[place], first="元" if "gannen" in number_format else "1"))
    said = [each for each in told if each is not None]
    return "".join(said).strip() if len(said) == len(told) else None


def _is_of_time(codes: Sequence[str], place: int) -> bool:
    """Whether a code tells of a time: m is a minute behind h and before s."""
    if codes[place][0] != "m":
        return codes[place][0] in "hs"
    before = next((code for code in reversed(codes[:place]) if code), " ")
    after = next((code for code in codes[place + 1 :] if code), " ")
    return before[0] == "h" or after[0] == "s"


def _time_of(value: date | time) -> time:
    return value.time() if isinstance(value, datetime) else value if isinstance(value, time) else time()


def _time_code(at: time, code: str, *, halves: bool) -> str | None:
    hour = (at.hour % _NOON or _NOON) if halves else at.hour
    number = {"h": hour, "m": at.minute, "s": at.second}[code[0]]
    return str(number).zfill(len(code)) if len(code) <= 2 else None


def _day_code(value: date | time, code: str, first: str) -> str | None:
    """What a code tells of a day, an era's first year as `first`; None for a code that is not read, and a time."""
    if isinstance(value, time):
        return None
    day = value.date() if isinstance(value, datetime) else value
    era = next((era for era in _ERAS if era.first <= day), None)
    if code[0] in "ge":
        return era if era is None else _era_code(day.year - era.first.year + 1, era, code, first)
    said = _DAY_CODES.get(code)
    return said(day) if said else None


def _era_code(year: int, era: _Era, code: str, first: str) -> str | None:
    names = {"ggg": era.name, "gg": era.name[0], "g": era.letter}
    years = {"e": str(year) if year > 1 else first, "ee": f"{year:02}"}
    return {**names, **years}.get(code)


_DAY_CODES: Mapping[str, Callable[[date], str]] = {
    "yyyy": lambda day: f"{day.year:04}",
    "yy": lambda day: f"{day.year % 100:02}",
    "m": lambda day: str(day.month),
    "mm": lambda day: f"{day.month:02}",
    "d": lambda day: str(day.day),
    "dd": lambda day: f"{day.day:02}",
    "aaa": lambda day: _WEEKDAYS[day.weekday()],
    "aaaa": lambda day: f"{_WEEKDAYS[day.weekday()]}曜日",
}
