"""From when to when a procedure holds, and when it is to be reviewed: days of the article itself, in no passage of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.texts.ja import ask as texts
from knowledge.article import Article
from knowledge.asking.concepts import Question

_PERIOD_ASKED = re.compile(r"有効期[間限]|いつまで有効|いつから(?:有効|使え)")
_REVIEW_ASKED = re.compile(r"見直し(?:の予定)?日|見直しの?(?:予定|時期)|次の見直し|いつ見直")


def asks_for_days(article: Article, question: Question) -> bool:
    """Whether a question on a procedure asks for days of the procedure itself."""
    return bool(article.steps) and bool(
        _PERIOD_ASKED.search(question.text) or _REVIEW_ASKED.search(question.text)
    )


def days_said(article: Article, question: Question) -> Iterator[str]:
    """The days that a question asks for, one sentence each, as far as the article has them."""
    if _PERIOD_ASKED.search(question.text):
        since, until = article.valid_from, article.valid_until
        if since and until:
            yield texts.VALID_BETWEEN.format(since=texts.day(since), until=texts.day(until))
        elif since:
            yield texts.VALID_SINCE.format(since=texts.day(since))
        elif until:
            yield texts.VALID_UNTIL.format(until=texts.day(until))
    if _REVIEW_ASKED.search(question.text) and article.review_on:
        yield texts.TO_REVIEW.format(day=texts.day(article.review_on))
