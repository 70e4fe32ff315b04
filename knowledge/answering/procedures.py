"""Procedures: which rows answer. Steps and what is needed come whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.article import DEADLINE, NEEDS, OWNER, STEPS, Passage
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.entry import Entry

ROWS = (STEPS, NEEDS, DEADLINE, OWNER)
_NEEDS_ASKED = re.compile(
    r"持ち物|必要な?(?:もの|物|書類)|必要書類|何が(?:必要|要|いる)|様式|書式|申請書|申込書|届出書|依頼書|用紙|フォーム|持って|用意するもの"
)
_OWNER_ASKED = re.compile(
    r"担当|どこの課|どの課|(?:誰|だれ|どこ)(?:に|へ)(?:出|聞|問|提出|送|頼|渡|届)|提出先|送り先|窓口|問い?合わ?せ(?!の?(?:電話|内線|時間))"
)
_NUMBER_ASKED = re.compile(r"電話|内線|メール|url|アドレス|何時")
_STEPS_ASKED = re.compile(r"手順|流れ|やり方|やりかた|方法|仕方|どうやって|どうすれば|どうしたら|手続")


# What a thing to fill in is called; the row of what is needed has it by whatever name.
FORMS = frozenset("様式 書式 申請書 申込書 届出書 依頼書 用紙 フォーム".split())


def names_form(word: str, entry: Entry) -> bool:
    """Whether a word of a question names a form, and an entry is a procedure that says what is needed."""
    return word in FORMS and bool(entry.main.steps and entry.main.needs)


def asks_for_form(question: Question) -> bool:
    """Whether a question names a form that is to be filled in."""
    return any(concept.surface in FORMS for concept in question.concepts)


def asks_for_owner(question: str) -> bool:
    """Whether a folded question asks to whom a thing goes, or who is in charge of it; a number is more than that."""
    return bool(_OWNER_ASKED.search(question)) and not _NUMBER_ASKED.search(question)


def rows_that_answer(question: Question, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The rows of a procedure a question asks for, as far as it has them; all of them when it names none, or asks how."""
    asked = {
        NEEDS: bool(_NEEDS_ASKED.search(question.text)),
        DEADLINE: Asked.WHEN in question.asked,
        OWNER: bool(_OWNER_ASKED.search(question.text)),
    }
    held = [row for row in ROWS if any(passage.label == row for passage in passages)]
    if _STEPS_ASKED.search(question.text):
        return tuple(held)
    return tuple(row for row in held if asked.get(row)) or tuple(held)
