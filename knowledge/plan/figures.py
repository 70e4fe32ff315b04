"""Numbers of an initiative as data: 401手続 of 令和4年度, 94%, 5業務 a year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from knowledge.article import Figure
from knowledge.plan.items import Piece
from knowledge.plan.years import ERA_YEAR, FISCAL_YEAR, fiscal_years

KPI = "KPI"

_UNITS = "手続|業務|件|%|割|人|世帯|地区|か所|箇所|ヶ所|カ所|回|台|課|校|施設|時間|円|種類|項目|システム"
_NUMBER = re.compile(rf"(?P<value>\d[\d,]*(?:\.\d+)?)(?P<myriad>万)?(?:の)?(?P<unit>{_UNITS})")
_NEAR = 300
_SENTENCE = re.compile(r"[^。]+。?")
_TIME = rf"(?:{FISCAL_YEAR}末?|{ERA_YEAR}年\d{{1,2}}月末?|毎年度?|毎月|年間)"
_WHEN = re.compile(rf"(?P<time>{_TIME})(?:まで|中)?(?:に|の)?[、,]?")
_AS_OF = re.compile(r"^\s*[(](?P<time>[^()]{2,20}?時点)[)]")
_NAME = r"(?P<name>[^、。()「」]{2,60}?)"
_SUBJECT = re.compile(rf"{_NAME}(?:は|を|が)[、,]*$")
_ASIDE = re.compile(rf"{_NAME}[(]$")
_ATTRIBUTE = re.compile(rf"(?:^|[、,]){_NAME[:-2]}(?<=[なるた]))$")
_A_NAME = re.compile(r"[\u30a1-\u30fa\u3400-\u9fff]{2}")


def find_figures(pieces: Sequence[Piece]) -> tuple[Figure, ...]:
    """Every number with a unit whose name the text gives, each once; in the KPI row the name may be KPI."""
    found = [figure for piece in pieces for figure in _figures_of(piece)]
    return tuple(dict.fromkeys(found))


def _figures_of(piece: Piece) -> Iterator[Figure]:
    text = unicodedata.normalize("NFKC", piece.words.text)
    for sentence in _SENTENCE.findall(text):
        for match in _NUMBER.finditer(sentence):
            before = sentence[max(0, match.start() - _NEAR) : match.start()]
            name = _name(before, match["unit"]) or (KPI if piece.label == KPI else "")
            if name:
                yield _figure(name, match, _time(before, sentence[match.end() : match.end() + _NEAR]))


def _figure(name: str, match: re.Match[str], time: str) -> Figure:
    years = fiscal_years(time)
    value = float(match["value"].replace(",", "")) * (10_000 if match["myriad"] else 1)
    return Figure(
        name=name, value=value, unit=match["unit"], fiscal_year=years[0] if years else None, as_of=time
    )


def _time(before: str, after: str) -> str:
    """The time a number is of: in brackets behind it, or ahead of it in the same clause."""
    if as_of := _AS_OF.match(after):
        return as_of["time"]
    times = [match for match in _WHEN.finditer(before) if "、" not in before[match.end() :]]
    return times[-1]["time"] if times else ""


def _name(before: str, unit: str) -> str:
    """What is counted: the words before the bracket or the particle that leads to the number."""
    bare = _NUMBER.sub("", _WHEN.sub("", before))
    for pattern, ending in ((_ASIDE, ""), (_SUBJECT, ""), (_ATTRIBUTE, unit)):
        match = pattern.search(bare)
        if match and _A_NAME.search(match["name"]):
            return match["name"] + ending
    return ""
