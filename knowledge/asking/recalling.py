"""Questions that only recall a subject (「…の件」, 「…って話あったでしょ」, 「…がどうとか」): what they say of it, and what they don't ask."""

from __future__ import annotations

import re

from knowledge.language.japanese import fold

_VAGUE = re.compile(
    r"(?:の(?:件|話|こと|ほう|方|やつ|奴|関係|とこ|ところ)|について|に関して|関連|関係|とか|あたり|まわり|周り)(?:です|なん|だ|は|って|で|[?。、]|$)"
)
# What may follow a bare subject without saying what of it is asked.
_OPEN = re.compile(
    r"(?:を|について|のこと)?"
    r"(?:教えて|おしえて|見せて|みせて|知りたい|説明して|どうなって(?:い?る|い?ます)?|どうなった|どうなの|どんな感じ)"
    r"(?:ください|下さい|です|ほしい|欲しい)?(?:の|か|ん)?[?。]*$",
    re.MULTILINE,
)
_WHAT_OF_IT = (
    r"[、,。\s]*(?:何の(?:こと|話|件|やつ)?|どれ(?:のこと)?)(?:です|だ)?(?:か|ろう?|っけ|でしょうか?)?"
)
_SAID = r"って(?:言われた|聞いた|聞かれた|言ってた)|と(?:言われた|聞いた|聞かれた|言ってた)"
_ENDING = r"(?:か|かな|かねえ?|かしら|っけ|よね|でしょう?|だっけ|だよね|ですよね|ですか|じゃない|ような|ね)"
_RECALLING = re.compile(
    r"(?:"
    rf"[、,\s]*(?:何|なに|なん)か(?:あった|ありました|言ってた|言われた|書いてあった|載ってた){_ENDING}?|"
    rf"(?:{_SAID})(?:んです|のです|んだ|です|だ)?(?:けど|が)?(?:{_WHAT_OF_IT})?|"
    r"の(?:話|件|こと)(?:は|って)?どこ(?:です|だっけ|だろう?)?か?|"
    rf"の(?:話|件|こと)(?:だった|でした){_ENDING}?|"
    r"の(?:こと|件)で(?:すが|すけど)?[、,\s]*(?:ちょっと|少し)?(?:いい|良い|よろしい|聞きたい|伺いたい|相談)(?:です|の|ん)?か?|"
    rf"の(?:とこ|ところ|件|話|ほう)[、,\s]*(?:は|って)?(?:何|なん)て(?:書いて(?:あった|ある)|言ってた)(?:の|ん)?{_ENDING}?|"
    r"がどう(?:とか|たら|(?:した)?こう(?:した)?|のこうの)(?:とか)?(?:って|という|いう|言う)?(?:話|やつ|件|こと)?|"
    rf"の(?:ほう|方|やつ|とこ|ところ)(?:は|って)(?:今後|これから)?どう(?:なる|する|した)(?:の|ん)?(?:だ|です|でしょう)?{_ENDING}?|"
    rf"って話(?:が|は)?[、,]?(?:あった|ありました)?{_ENDING}?"
    r")[あえー?。.\s]*$",
    re.MULTILINE,
)
# Which of the things that have a name is meant; where more is said of them than the name, it asks for one of a sort.
_WHICH = re.compile(
    r"^(?P<name>[一-龠々ァ-ヴーa-z0-9の]{0,11}[一-龠々ァ-ヴーa-z0-9])(?:って|は)どれ(?:の?こと)?(?:です|だ|なの)?(?:か|ろう?|っけ)?[?。]*$",
    re.MULTILINE,
)


def is_vague(question: str) -> bool:
    """Whether the wording only hints at a subject (「…の件」「…とか」)."""
    folded = fold(question)
    return bool(_VAGUE.search(folded) or _RECALLING.search(folded) or _WHICH.search(folded))


def without_recalling(question: str) -> str:
    """A folded question without the wording that only recalls a subject (「…のとこ、何かあったよね」)."""
    return _WHICH.sub(r"\g<name>", _RECALLING.sub("", question))


def without_opening(question: str) -> str:
    """A folded question without the wording that asks for anything about a subject (「…を教えて」「…どうなってる」)."""
    return _OPEN.sub("", without_recalling(question))
