"""The App Home: a search box, questions to start with, and every term by its reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.handlers.usage import HELP_ACTION
from bot.messages import Action
from bot.slack.render import ACTION_PREFIX, button_blocks
from bot.slack.views import MAX_BLOCKS
from bot.slack.wording import Block, plain
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import slack as texts
from knowledge.entry import Entry
from knowledge.gojuon import index_terms

MOST_TERMS_IN_ROW = 50


def home_view(entries: Iterable[Entry]) -> Block:
    """The Home tab's view."""
    return {"type": "home", "blocks": [*_search(), *_index(entries)][:MAX_BLOCKS]}


def _search() -> list[Block]:
    starters = [Action(name="ask", label=words, value=words) for words in ask_texts.STARTERS]
    shown = [action for action in starters if action.value != HELP_ACTION.label]
    return [
        {"type": "header", "text": plain(texts.HOME_TITLE, 150)},
        {"type": "section", "text": plain(texts.HOME_INTRO, 3_000)},
        _box(),
        *button_blocks([*shown, HELP_ACTION], start=1),
        {"type": "divider"},
    ]


def _box() -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": f"{ACTION_PREFIX}:0:ask",
        "max_length": 500,
        "placeholder": plain(texts.HOME_PLACEHOLDER, 150),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return {
        "type": "input",
        "block_id": "question",
        "dispatch_action": True,
        "label": plain(texts.HOME_LABEL, 2_000),
        "element": element,
    }


def _index(entries: Iterable[Entry]) -> list[Block]:
    made: list[Block] = [{"type": "header", "text": plain(texts.HOME_INDEX, 150)}]
    number = 100
    for row, terms in index_terms(entries).items():
        made += _row(row, terms, number)
        number += len(terms)
    return made


def _row(row: str, terms: Sequence[Entry], number: int) -> list[Block]:
    actions = [Action(name="article", label=entry.title, value=entry.id) for entry in terms]
    left_out = len(actions) - MOST_TERMS_IN_ROW
    label = texts.index_row(row, max(left_out, 0))
    return [
        {"type": "context", "elements": [plain(label, 150)]},
        *button_blocks(actions[:MOST_TERMS_IN_ROW], start=number),
    ]
