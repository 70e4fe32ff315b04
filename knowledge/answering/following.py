"""Questions that lean on the one before (「それはいつから?」「費用は?」「もう少し詳しく」), and what they mean spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.answer import Answer
from knowledge.asking.concepts import Concept, Question
from knowledge.asking.kinds import ASKING_WORDS, GENERAL_HEADS, Asked, asked_kinds, rows_asked
from knowledge.entry import Entry
from knowledge.language.japanese import fold

LONGEST = 40
_ROWS_OF_TIME = ("KPI", "工程表")
_OPENING = r"(?:じゃあ|では|それでは|あと|なら|ちなみに|で)?[、,\s]*"
_POINTER = re.compile(
    rf"{_OPENING}(?:(?:(?:それ|これ|あれ)(?!から|まで|ら|ぞれ)|そちら|そっち|上記|先ほどの件|さっきの話?|その件|この件)"
    r"(?:って|は|を|の|に|が|も)?|(?:その|この|あの)(?!前|後|度|頃|ため|よう|間|他|ほか))[、,\s]*"
)
_OPENED = re.compile(_OPENING)
_MORE = re.compile(
    rf"{_OPENING}(?:それ(?:を|は|について)?|これを?)?(?:もう少し|もうちょっと|もっと|さらに|より)?"
    r"(?:詳しく|くわしく|具体的に(?:は)?|詳細(?:を|は)?|続き(?:を|は)?|全文(?:を|は)?)"
    r"(?:教えて|おしえて|知りたい|説明して|見せて|お願いします|ください|下さい|[いう言]って|です)*[。?!、\s]*"
)
_OWNER = re.compile(
    rf"{_OPENING}(?:それ(?:は|って|の)?)?(?:担当(?:課|部署|者)?|問い?合わ?せ先?|連絡先|窓口|どこ(?:に|へ)(?:聞|問)|(?:だれ|誰)(?:に聞|が担当))"
)
_COMPARED_WITH = re.compile(
    rf"{_OPENING}(?P<other>[^。?!、と]{{2,30}})(?:との|とは?)(?:違い|ちがい|差|比較|(?:何が|どう|どこが)(?:違|ちが)|比べ)"
)
_AS_OF = re.compile(r"いつ(?:の?時点)?の(?:数字|数値?|値|データ|割合|時点)|いつ時点|何年時点")
# What a thing has, so that a question of these words alone leaves open what thing is meant.
_ASPECTS = frozenset(
    """
    担当 担当課 窓口 対象 対象者 対象外 手順 手続 手続き 方法 申請 申込 必要 書類 様式 持ち物 提出 提出先 条件 例 具体例
    件数 人数 割合 数 開始 終了 実施 主体 費用 料金 予算 期間 期限 効果 利点 メリット デメリット 注意点 例外 問い合わせ
    問合せ 連絡先 場所 年度 令和 続き 詳細 有効期間 有効期限 有効 見直し 見直し日
    """.split()
)


def asks_for_more(text: str) -> bool:
    """Whether a cleaned text asks for nothing but the rest of what was said."""
    return len(text) <= LONGEST and _MORE.fullmatch(text) is not None


def asks_for_owner(text: str) -> bool:
    """Whether a cleaned text that leaves its subject out asks who is in charge of it."""
    return _OWNER.match(text) is not None


def compared_with(text: str) -> str:
    """What a cleaned text that names but one thing wants the subject compared with (「マネージャーとの違いは」), or ""."""
    found = _COMPARED_WITH.match(text)
    return found["other"] if found else ""


def asks_as_of(text: str) -> bool:
    """Whether a cleaned text asks of when a figure is (「それはいつの数字」)."""
    return _AS_OF.search(text) is not None


def leaves_subject_out(question: Question, linked: Iterable[Entry] = ()) -> bool:
    """Whether a question asks something, and says nothing of what it is about. `linked`: the terms it names."""
    if len(question.text) > LONGEST or any(not rows_asked(entry.title) for entry in linked):
        return False
    if _POINTER.match(question.text):
        return True
    nouns = [concept for concept in question.concepts if concept.is_noun]
    if _asks_what_described_is(question, nouns):
        return False
    return _asks_anything(question) and all(_is_aspect(noun) for noun in nouns)


def asks_for_a_known_fact(question: Question) -> bool:
    """Whether the wording says what is wanted: a kind of fact, a row of the table, or an aspect by name."""
    return bool(question.asked or question.rows or question.concepts)


def names_every_year(answer: Answer, question: Question) -> bool:
    """Whether what is quoted speaks of the years that a question names (「じゃあ令和5年度は?」)."""
    text = fold("".join(excerpt.text for excerpt in answer.excerpts))
    return all(written in text for written, _ in question.years)


def spelled_out(text: str, title: str) -> str:
    """A question that leaves its subject out, with the subject in its place."""
    pointer = _POINTER.match(text)
    rest = text[pointer.end() :] if pointer else _OPENED.sub("", text, count=1)
    return f"{title}の{rest}"


def with_rows_of_time(question: Question) -> Question:
    """The question, asking for the rows where an initiative has its times, if it asks when and for no row."""
    if Asked.WHEN not in question.asked or question.rows:
        return question
    return replace(question, rows=_ROWS_OF_TIME)


def _asks_what_described_is(question: Question, nouns: Sequence[Concept]) -> bool:
    """Whether it is asked what something is that is told by more than a noun (「書かない窓口って何」): no aspect of anything."""
    if Asked.DEFINITION not in question.asked or not nouns:
        return False
    return not _OPENED.sub("", question.text, count=1).startswith(nouns[0].surface)


def _asks_anything(question: Question) -> bool:
    nouns = any(concept.is_noun for concept in question.concepts)
    return bool(question.asks or question.asked or question.rows or nouns)


def _is_aspect(concept: Concept) -> bool:
    surface = concept.surface
    if surface in _ASPECTS or surface in GENERAL_HEADS or surface in ASKING_WORDS:
        return True
    return bool(rows_asked(surface) or asked_kinds(f"{surface}は?"))
