"""What may be typed for a command, besides asking: one table of words, and two wordings with something in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from itertools import chain

from bot.handlers.glossary import word_in
from bot.handlers.skills.experts import sought_in
from bot.texts.ja import (
    cases,
    courtesy,
    digest,
    export,
    initiatives,
    own_data,
    skill_map,
    skill_page,
    surveys,
)

_WORDS: Mapping[str, tuple[str, ...]] = {
    "console": ("console", "コンソール", "管理画面"),
    "export": (export.PAGE, "エクスポート", "ファイルへの書き出し", "export"),
    "survey": ("調査", "アンケート", "調査に答える", "survey"),
    "results": ("結果", "調査の結果", "調査結果", "results"),
    "survey_rates": ("調査の回答の数",),
    "survey_mute_all": (surveys.MUTE_ALL, "調査の督促を止める", "督促を止める"),
    "survey_unmute": (surveys.UNMUTE, "督促を受け取る"),
    "skills": (skill_page.TITLE, "技量", "マイページ", "skills"),
    "skills_map": (skill_map.TITLE, "見える化"),
    "skills_plan": (skill_page.PLAN_TITLE,),
    "skills_team": (skill_page.TEAM_TITLE,),
    "experts": (skill_page.EXPERTS,),
    "cases": (cases.LIST, "事例", "cases"),
    "progress": (initiatives.LIST_TITLE, "進捗"),
    "own_data": (own_data.TITLE, "自分の情報"),
    "digest_more": (digest.NAME, "ダイジェスト"),
    "help": courtesy.ABILITIES,
    "greeting": courtesy.GREETINGS,
    "thanks": courtesy.THANKS,
    "displeasure": courtesy.DISPLEASURE,
}
_MARKS = " 。．.、,!?〜~…"
COMMANDS: Mapping[str, str] = dict(
    chain.from_iterable(((word.lower(), name) for word in words) for name, words in _WORDS.items())
)
_WORDINGS: Mapping[str, Callable[[str], str | None]] = {"term": word_in, "experts": sought_in}


def command_in(typed: str) -> tuple[str, str] | None:
    """The command and its text that typed words are (用語 BPR, 技量, RPAに詳しい人は); None for a question."""
    if name := COMMANDS.get(_bare(typed)):
        return name, ""
    for name, find in _WORDINGS.items():
        if (word := find(typed)) is not None:
            return name, word
    return None


def _bare(typed: str) -> str:
    """Words without what stands behind them, whatever width they were typed in."""
    return unicodedata.normalize("NFKC", typed).strip().rstrip(_MARKS).lower()
