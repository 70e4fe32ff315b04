"""What charts of survey results say, and what they say in words."""

from __future__ import annotations

from collections.abc import Sequence

CITY_TITLE = "{question}（全庁）"
GROUPS_TITLE = "{question}（{way}）"
WAVES_TITLE = "{question}（全庁、回ごと）"
CITY_ALT = "{question}（有効回答{base:,}人）: {values}。"
TREND_ALT = "{first}から{last}まで: {values}。"
BESIDE_TITLE = "{question}（課・部・全庁）"
CELLS = "割合を色の濃さと数で示した表です。"
MOST_LISTED = 3
ALL_WITHHELD = "有効回答は{base:,}人です。数は、個人が推測されないように、すべて秘匿にしています。"
FOLDED = "「計」は、人数が少ないため、いくつかの行を合わせた割合です（内訳は表にあります）。"
SOME_HIDDEN = "個人が推測されないように隠した数（秘匿）があります。"


def base_of(base: int | None) -> str:
    """The number of valid answers behind a label."""
    return "" if base is None else f" ({base:,}人)"


def listed(points: Sequence[tuple[str, float]], unit: str) -> str:
    """Labels with their values, one after the other."""
    return "、".join(f"{label} {value:g}{unit}" for label, value in points)


def course(name: str, first: float | str | None, last: float | str | None, unit: str) -> str:
    """From where to where something went."""
    return f"{name} {_told(first, unit)}→{_told(last, unit)}"


def beside_alt(tops: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """What is named most on each side, of what is told."""
    return "".join(f"{side}: {listed(named, '%') if named else '秘匿'}。" for side, named in tops)


def ahead_alt(answer: str, sums: Sequence[tuple[str, float | None]]) -> str:
    """How often an answer is given; where most and least if that is known of all."""
    known = [(label, value) for label, value in sums if value is not None]
    if not known:
        return f"「{answer}」の割合は秘匿です。"
    if len(known) < len(sums) or len(known) <= MOST_LISTED:
        return f"「{answer}」は、{listed(known[:MOST_LISTED], '%')}。"
    most, least = max(known, key=lambda one: one[1]), min(known, key=lambda one: one[1])
    return f"「{answer}」がいちばん多いのは{most[0]} {most[1]:g}%、少ないのは{least[0]} {least[1]:g}%。"


def tops_alt(tops: Sequence[tuple[str, str, float]]) -> str:
    """What is named most in each group; without any, how to read the picture."""
    told = "、".join(f"{group} {name} {value:g}%" for group, name, value in tops)
    return f"いちばん多い答え: {told}。" if told else CELLS


def sides_alt(options: Sequence[str], sides: Sequence[tuple[str, Sequence[float | str | None]]]) -> str:
    """The first options that are known on every side and, where there are two rounds, how they went."""
    told = []
    for place, option in enumerate(options):
        courses: dict[str, list[str]] = {}
        for name, values in sides:
            courses.setdefault(name, []).append(_told(values[place], "%"))
        if all(isinstance(values[place], float) for _, values in sides):
            told.append(f"{option}は" + "、".join(f"{name} {'→'.join(one)}" for name, one in courses.items()))
    return "。".join(told[:MOST_LISTED]) + "。" if told else ""


def _told(value: float | str | None, unit: str) -> str:
    return f"{value:g}{unit}" if isinstance(value, float) else "秘匿" if value else "－"
