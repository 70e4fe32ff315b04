"""How a question is put: whether it asks anything, claims something or doubts it."""

from __future__ import annotations

import re

from knowledge.asking.recalling import without_opening
from knowledge.language.japanese import fold

_CLASSIFIES = re.compile(
    r"のうちに?(?:入|含)|に(?:含まれ|当た|あた|数え|該当)|(?:って|と)(?:言|いっ|呼|名乗)|を名乗|の別名|と同じ(?:こと|意味|もの)"
)
_TASK = re.compile(
    r"の(?:役割|役目|仕事|任務)(?:について|は|って|を|[、?]|$)|何をする(?:人|役|部署|課|ところ)"
)
_TO_DO = re.compile(
    r"(?:何|なに)(?:を|から)?(?:す(?:れば|りゃ)|や(?:れば|りゃ)|した(?:ら)?)(?:いい|良い|よい|ええ)|"
    r"(?:何|なに)(?:を|から)?(?:する|やる)(?:の|んだ|んです|こと)"
)
_STATE = re.compile(r"どうなって(?:い?る|ます)|進捗|進み具合|進んで(?:い?る|ます)")
# A part or an aspect of a subject, of which an opening does ask (「〜の条件を教えて」).
_OF = re.compile(r"(?<=[一-龠ァ-ヴーa-z])の(?!件|話|こと|方)[一-龠ァ-ヴa-z0-9]")
_INTERROGATIVE = re.compile(
    r"何|なに|なん(?!だ(?:けど|が)|です(?:けど|が)|とか)|いつ|どこ|どう|どの|どれ|どん|どっち|どちら|どなた|だれ|誰|なぜ|いくら|いくつ|とは|違い|教えて|おしえて|"
    r"(?:です|ます|した|ません|だろう|でしょう)か|よね|でしょ|っけ|かな|(?:言っ|挙げ|並べ|書き出し|答え|説明し)て(?:$|[?]|くだ|ほし|欲し|くれ)|"
    r"\s(?:正式な?)?(?:名称|名前|肩書き?|正式名|英語|一覧|期限|時期|理由|条件|担当|意味)$|"
    r"(?:[うくすつぬむぶぐる]|[いただ])(?:の|ん|のか|か)[?]*$|[るたい][?]+$|なの[?]*$"
)
# What is put forward to be confirmed, where no word of asking stands beside it.
_CLAIM = re.compile(
    r"(?:です|でした|だ|だった|なん|んだ)っけ|(?:って|は).{2,30}(?:のこと|ってこと|の話|だけ)(?:です|なの|なん)?(?:か|[?]|$)"
)
_ASKING_WORD = re.compile(
    r"何|なに|なん(?!だ|です|でし)|いつ|どこ|どう|どの|どれ|どん|どっち|どちら|だれ|誰|なぜ|いくら|いくつ|教え|おしえ"
)
_ENDS_ASKING = re.compile(r"(?:[?]|(?:です|ます|ません|でした|ました|る|た|い)か[。]?)\s*$")
_EMBEDDED = re.compile(
    r"(?:何|なに|いつ|どこ|どんな|どの|どれ|どう|だれ|誰|いくら|いくつ)[^、。?]{1,20}?か(?![?。なもし]|$)"
)


def asks_for_state(question: str) -> bool:
    """Whether a folded question asks how a thing stands (「今どうなってる」「進んでる」)."""
    return bool(_STATE.search(question))


def classifies(question: str) -> bool:
    """Whether a folded question puts one thing among another, or calls it so (「〜のうちに入るよね」「〜の別名でしょ」)."""
    return bool(_CLASSIFIES.search(question))


def asks_for_task(question: str) -> bool:
    """Whether a folded question asks what somebody has to do (「〜の役割は」)."""
    return bool(_TASK.search(question))


def asks_what_to_do(question: str) -> bool:
    """Whether a folded question asks what is to be done (「うちの課は何すりゃいいの」)."""
    return bool(_TO_DO.search(question))


def asks_to_confirm(question: str) -> bool:
    """Whether a folded question asks only if something holds, with no word of asking (「…でもできますか」)."""
    return not _ASKING_WORD.search(question)


def puts_forward(question: str) -> bool:
    """Whether a folded question puts something forward to be confirmed, with no word of asking (「〜でしたっけ」)."""
    return bool(_CLAIM.search(question)) and asks_to_confirm(question)


def puts_in_doubt(question: str) -> bool:
    """Whether a folded question ends in asking if something holds; what it knows of (「どんな…か分かってるの」) asks nothing."""
    return bool(_ENDS_ASKING.search(question)) and asks_to_confirm(_EMBEDDED.sub("", question))


def is_question(question: str) -> bool:
    """Whether the wording asks something, beyond naming a subject."""
    folded = fold(question)
    rest = without_opening(folded)
    return bool(_INTERROGATIVE.search(rest)) or (rest != folded and bool(_OF.search(rest)))
