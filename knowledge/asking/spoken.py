"""Spoken questions: dialect put into common words, and what leads up to a question told from the question itself."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.asking.phrasing import is_question

# Kansai speech, as colleagues type it: only what common Japanese cannot mean where it stands.
_DIALECT: tuple[tuple[str, str], ...] = (
    (r"(?:せ|し)な(?:あかん|いかん)", "しなければならない"),
    (r"あかん(?!ぼ)", "だめ"),
    (r"でけへん", "できない"),
    (r"(?<=[かさたなまらわがばえけせてねべめれ])へん(?=[^一-龠ァ-ヴ]|$)", "ない"),
    (r"どない(?=し|す|な|や)", "どう"),
    (r"なんぼ", "いくら"),
    (r"(?:何が)?(?<![しきちにいりみびぎけせてねべめれえっ])ちゃう(?=の|ん|ねん|[?]|$)", "違う"),
    (r"ええ(?=の|ん|か|で|ねん|[?]|$)", "いい"),
    (r"やった(?=っけ|よね|ん)", "だった"),
    (r"や(?=っけ)", "だ"),
    (r"(?:やんな|やんか|やん)(?=[、。?\s]|$)", "だよね"),
    (r"やろ(?:か|う)?(?=[、。?\s]|$)", "だろうか"),
    (r"やねん(?:けど)?(?=[、。?\s]|$)", "なんだけど"),
    (r"(?<=ます)のん(?=[?]|$)", "か"),
    (r"(?:です)?のん(?=[?]|$)", "ですか"),
    (r"(?<=[てし])はる(?=の|ん|と|[?]|$)", "いる"),
    (r"(?<=[a-zA-Zァ-ヴー])て(?=[などいど何、,])", "って"),
    (r"おるん(?=[?]|$)", "いますか"),
)

_DIALECT_COMPILED = tuple((re.compile(pattern), common) for pattern, common in _DIALECT)
_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?\n]+|$)")
# What the answer is wanted for, said in brackets at the end.
_PURPOSE = re.compile(r"\([^()?]{1,20}(?:用|のため|に使います|に使う|したい)\)[。?]*$")
_LEAD_UP = re.compile(
    r".*(?:(?:です|ます|した|のだ|んだ|なん|ない)(?:けれど|けど)も?|(?:です|ます|した)が|ですので|なので|まして)[、。\s]+"
)
# What asks for the way to do what stands before it, and names nothing itself.
_HANGS_ON = re.compile(
    r"(?:何か)?(?:(?:必要な)?(?:手続き?|申請|届け?出?|方法|やり方|決まり|ルール|書類)(?:は|が|って|とか)?(?:何か)?)?"
    r"(?:あり|要り|いり|必要|ある|要る|いる|どう(?:すれば|したら|やれば|やって|なり)|何を(?:すれば|したら))"
)


def in_common_words(text: str) -> str:
    """A cleaned question with dialect put into the words that the rest of the reading knows, without what it is wanted for."""
    for pattern, common in _DIALECT_COMPILED:
        text = pattern.sub(common, text)
    return _PURPOSE.sub("", text)


@lru_cache(maxsize=256)
def asking_part(text: str) -> str:
    """What of a folded text asks: without the sentences and clauses that only lead up to it.

    The whole text when no sentence of it asks, or all do.
    """
    sentences = [found[0] for found in _SENTENCE.finditer(text) if found[0].strip()]
    asking = [s for s in sentences if is_question(s) or "?" in s] or sentences
    return " ".join(_without_lead_up(sentence) for sentence in asking)


def questions_in(text: str) -> list[str]:
    """The questions that a folded text puts one after the other; none where it puts but one."""
    asking = [s for found in _SENTENCE.finditer(text) if (s := found[0].strip()) and is_question(s)]
    return asking if len(asking) > 1 else []


def _without_lead_up(sentence: str) -> str:
    rest = _LEAD_UP.sub("", sentence, count=1)
    return rest if is_question(rest) and not _HANGS_ON.match(rest) else sentence
