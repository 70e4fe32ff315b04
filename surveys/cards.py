"""How much a chat takes of a page at once: a page that no card holds is told when the survey is written, not when it is sent.

The sizes are of the smallest card of any channel. A test fills pages up to them and sends them (tests/teams/test_page_sizes.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from surveys.question import Kind, Question

# Of a page's questions: messages of about 28 KB are refused, with all that stands around them.
_MOST = 22_000
_INPUT, _CHOICE, _CHARACTER, _NAMED = 300, 40, 3, 5


def fit_on_a_card(questions: Iterable[Question]) -> bool:
    """Whether a card can hold these questions of one page, filled in to the last character."""
    return sum(map(_bytes_of, questions)) <= _MOST


def _bytes_of(question: Question) -> int:
    """About how much room a question takes (UTF-8, at most): its words, its options in every row, a text in full."""
    codes = [len(quote(one.id, safe="")) for one in question.choices]
    options = sum(_CHOICE + _bytes(one.label) for one in question.choices) + sum(codes)
    chosen = sum(codes) if question.type is Kind.MULTI else max(codes, default=0)
    names = [row.id + row.label for row in question.rows] or [""]
    inputs = [_INPUT + _NAMED * _bytes(question.id + name) + options + chosen for name in names]
    typed = _CHARACTER * question.longest if question.type.is_text else 0
    return _bytes(question.text) + _bytes(question.hint) + sum(inputs) + typed


def _bytes(text: str) -> int:
    return len(text.encode())
