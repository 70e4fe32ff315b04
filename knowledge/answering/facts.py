"""Kinds of fact in a text: whether a folded passage holds a date, a sum, a figure of the unit that is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Holds = Callable[[str], bool]

_DATE = re.compile(r"令和[\d元]+年|平成\d+年|20\d\d年|\d+年度|年度")
_DAY = re.compile(r"\d月\d+日|\d+日(?!間)")
_MONEY = re.compile(r"\d[\d,万千]*円|無料|無償")
_CONTACT = re.compile(r"電話|内線|@|https?:|\d{1,2}時(?!点|間)|[土日]曜")
_FREQUENCY = re.compile(r"[年月週]に?\d+回|毎[年月週]|\d+年(?:おき|ごと)|\d+か月ごと")
_REASON_ASKED = re.compile(r"なぜ|なんで(?!す|しょ|した|も)|どうして|理由|根拠|わけ(?:は|を|って)")
_STATED = re.compile(r"\d[\d,.]*(?=\s*(?:%|割|パーセント|つ|個|件|手続|業務|人|地区))")
_REASON = re.compile(r"ため|から|ので|ことから|より|根拠|理由|踏まえ")
_WEEKDAY_ASKED = re.compile(r"何曜|(?:開催|定休|休業)曜日")
_WEEKDAY = re.compile(r"[月火水木金土日]曜")
_PLACE = re.compile(r"センター|公民館|[^ァ-ヴ]店|庁舎|分館|\d階|丁目|番地|ホームページ|サイト|https?:")
_RATE = re.compile(r"\d[\d.]*\s*(?:%|割|パーセント)")

_OFFICE = re.compile(r"[一-龠々ァ-ヴー]{2,}(?:課|室|部|局)(?![一-龠])")
_OFFICE_ASKED = re.compile(
    r"(?:どこ|どちら|どの|何|なん)(?:の)?(?:課|部署|室)|(?<!うち)(?<!自分)(?<!私)の課(?:は|[?、。]|$)|課(?:の名前|名)(?:は|を|が|って|[?]|$)|(?:課|部署|部門|係)(?:は|って)(?:どこ|どちら|何|どれ|どの)"
)
_TIME = re.compile(
    r"令和[\d元]+年|平成\d+年|20\d\d年|年度|\d+月|今後|将来|\d+(?:開庁|営業)?日(?!間)|[翌当前](?:開庁|営業)?日|\d+時(?!間)|毎[日週月年]|[月火水木金土日]曜"
)
_TIME_ASKED = re.compile(r"(?<!思)いつ(?!も|でも|く(?!らい))|何年|何月|期限|時期|期日|何日(?!前|間|以内)")
_FIGURE = re.compile(r"\d[\d,.]*(?!\d|[年月日,.]|年度)|[一二三四五六七八九十]つ|ほとんど|すべて|全て|ほぼ")
_COUNT_ASKED = re.compile(
    r"何(?:人|名|件|割|%|パーセント|時間|台|体|席|枚|か国|か所|箇所|回|校|本|冊|社|種類|点|歳|通|倍|手続|業務|つ|個|項目|地区)|(?<![てで])いくつ(?!も)|"
    r"どれ(?:くらい|ぐらい)(?!の?頻度)|どの(?:くらい|ぐらい)(?!の?頻度)|(?:率|数|人口)(?:(?:は|って)(?!どう(?:する|し|なる))|[、?]|$)"
)
_CLAIMED = re.compile(
    r"(?<![年月\d,.第])(?P<value>\d[\d,.]*)\s*(?:(?P<unit>%|パーセント|割|手続|件|業務|人|地区|か所|台|円|時間|回|社|分|点|名|歳)"
    r"(?=です|でした|だった|だよ|でし|で合|って合|くらいです|なの|[?]|$)|(?=です|でした|だった|だよ|でし|で合|って合|くらいです|なの))"
)
_YEARS_AND_DAYS = re.compile(r"\d+(?:年度?|月|日)")
_PART_ASKED = re.compile(r"第?\d+(?:章|条|節|款|頁|ページ)(?![例件])")
_DAY_ASKED = re.compile(
    r"何月何日|何日(?!間|まで|以内|おき)|(?:策定|開始|稼働|施行|公開|移行|決定|開業|開設)日"
)
_RATE_ASKED = re.compile(r"(?:率|割合)(?:は|って|を|[、?]|$)")
_UNIT_ASKED = re.compile(r"何[^\W\d_]")
_COUNTED = re.compile(
    r"何(人|名|件|割|%|パーセント|日(?:かか|ほど|くらい|ぐらい|で(?:でき|終|届|もら))|日間?|時間|台|体|席|枚|か国|か所|箇所|回|校|本|冊|社|種類|か月|版|号|通|倍|拠点|地区|世帯|ページ|頁|日間?前|か国語|言語|"
    r"年(?=間|保|とっ|取っ|残|置|かか)|点|歳|才|階|分(?!の)|秒|週間|億?円|万円|文字|泊|度目|団体|機関|か月|坪|軒|頭|匹|足|期生|年目|mbps|gb|mb|kg|km)"
)
_COUNTED_HEAD = re.compile(
    r"([人者員台件席回社校冊]|時間)数(?:(?:は|って)(?!どう(?:する|し|なる))|を|[、?]|$|教|おしえ)"
)
_UNITS = {
    "人": "人|名",
    "名": "人|名",
    "者": "人|名",
    "員": "人|名",
    "件": "件|手続|ある手続",
    "種類": "種類|種|手続|ある手続",
    "割": "割|%",
    "%": "%|割",
    "パーセント": "%|割",
    "日間": "日",
    "年": "年間|か年",
    "箇所": "か所|箇所",
    "か所": "か所|箇所",
}
# Days that something takes are no day of the month.
_DURATION = re.compile(r"日[かほくぐで]")
_LASTING = (
    r"\d+(?:日間|(?:営業|開庁)日(?:間|ほど|程度|以内)|日(?:ほど|程度|くらい|かか)|週間|か月(?:ほど|程度|間))"
)
_NAMES_ASKED = re.compile(
    r"の一覧|の内訳|一覧表|(?:の|する|な)(?:名前|名称|名)(?:は|を|って)?(?:全部|ぜんぶ|すべて|全て|並べ|一覧|列挙|一(?:つ|個)ずつ|書き出)|"
    r"(?:どこと?どこ|どれと?どれ|どの課とどの課)(?!.{0,3}(?:間|あいだ|接点))|"
    r"(?:団体|会社|業者|手続|窓口|システム|業務|地区|店|施設|部署|具体)名(?:で|を|は|って|が|$)|を(?:一覧|リスト)で|(?:項目|中身)を並べ"
)
_LIST_SIZE = re.compile(r"(\d+)\s*(?:箇?条|地区|手続|項目|個|件|つ|か所|箇所|課|の(?=[一-龠ァ-ヴ]))")
_SHORT_ITEM = 12
_JOINED = re.compile(
    r"(?:[一-龠々ァ-ヴーa-z0-9&()]+(?:(?:と|や|、|,|・|及び|および|または|/)(?=[一-龠々ァ-ヴa-z0-9「(])|\s)){2,}"
)


def holds_date(text: str) -> bool:
    """Whether a text names a year, or a fiscal year."""
    return bool(_DATE.search(text))


def holds_day(text: str) -> bool:
    """Whether a text names a day of a month."""
    return bool(_DAY.search(text))


def holds_price(text: str) -> bool:
    """Whether a text names a sum of money, or says that there is none to pay."""
    return bool(_MONEY.search(text))


def holds_contact(text: str) -> bool:
    """Whether a text says how or when somebody can be reached."""
    return bool(_CONTACT.search(text))


def holds_frequency(text: str) -> bool:
    """Whether a text says how often."""
    return bool(_FREQUENCY.search(text))


def lacks_weekday(question: str, text: str) -> bool:
    """Whether a day of the week is asked for, and the text names none."""
    return bool(_WEEKDAY_ASKED.search(question)) and not _WEEKDAY.search(text)


def lacks_reason(question: str, text: str) -> bool:
    """Whether it is asked why a figure that the question states is so, and no sentence of the text has it with a reason."""
    stated = _STATED.findall(question) if _REASON_ASKED.search(question) else []
    sentences = re.split(r"[。\n]", text)
    return bool(stated) and not any(
        _REASON.search(sentence) and any(figure in sentence for figure in stated) for sentence in sentences
    )


def holds_place(text: str) -> bool:
    """Whether a text names a place that one can go to."""
    return bool(_PLACE.search(text))


def asks_for_office(question: str) -> bool:
    """Whether it is asked which 課."""
    return bool(_OFFICE_ASKED.search(question))


def holds_office(text: str) -> bool:
    """Whether a text names a 課."""
    return bool(_OFFICE.search(text))


def asks_for_time(question: str) -> bool:
    """Whether it is asked when."""
    return bool(_TIME_ASKED.search(question))


def holds_time(text: str) -> bool:
    """Whether a text names a time, be it only 「今後」."""
    return bool(_TIME.search(text))


def asks_for_count(question: str) -> bool:
    """Whether it is asked how many, or how much of something."""
    return bool(_COUNT_ASKED.search(question))


def holds_count(text: str) -> bool:
    """Whether a text has a figure that is no date, or a word for how much (「ほとんど」)."""
    return bool(_FIGURE.search(text))


def lacks_claimed(question: str, text: str) -> bool:
    """Whether figures are put forward to be confirmed (「20業務ですか」), and the text has neither them nor one of their sort."""
    claimed = [(found["value"], found["unit"] or "") for found in _CLAIMED.finditer(question)]
    figures = _YEARS_AND_DAYS.sub("", text)
    return bool(claimed) and not any(
        value in text or re.search(rf"\d[\d,.]*(?:{_UNITS.get(unit, unit)})", figures)
        for value, unit in claimed
    )


def lacks_part(question: str, text: str) -> bool:
    """Whether what stands in a numbered part of a document is asked (第3章), and the text has no such part."""
    return any(part not in text for part in _PART_ASKED.findall(question))


def asks_for_day(question: str) -> bool:
    """Whether a day is asked for, not only a year."""
    return bool(_DAY_ASKED.search(question))


def asks_for_unit(question: str) -> bool:
    """Whether a figure of some unit is asked for (「何手続」)."""
    return bool(_UNIT_ASKED.search(question))


def lacks_figure(question: str, text: str) -> bool:
    """Whether a figure of a known unit is asked for, and the text has none of that unit."""
    if _RATE_ASKED.search(question) and not _RATE.search(text):
        return True
    holds = figure_asked(question)
    return holds is not None and not holds(text)


def figure_asked(question: str) -> Holds | None:
    """Whether a text has a figure of the unit that is asked for; None where a question asks for none of a known unit."""
    unit = _COUNTED.search(question) or _COUNTED_HEAD.search(question)
    if unit is None:
        return None
    pattern = _figure_of(unit.group(1))
    return lambda text: bool(pattern.search(text))


@cache
def _figure_of(unit: str) -> re.Pattern[str]:
    """A figure of one of the units that can be asked for."""
    return re.compile(_LASTING if _DURATION.match(unit) else rf"\d[\d,万千]*(?:{_UNITS.get(unit, unit)})")


def names_time(text: str, written: str, year: int) -> bool:
    """Whether a text names a year (with its month), as the question writes it, or as documents do."""
    rest = written.rpartition("年")[2]
    forms = {written, f"令和{year - 2018}年{rest}", f"{year}年{rest}"}
    return any(form in text for form in forms)


def asks_for_names(question: str) -> bool:
    """Whether the names of several things of a sort are asked for (「〜の一覧」「〜の名前を全部」)."""
    return bool(_NAMES_ASKED.search(question))


def list_size(question: str) -> int:
    """How many things a question says there are (「13地区」); 0 when it says none."""
    found = _LIST_SIZE.search(question)
    return int(found.group(1)) if found else 0


def holds_list(text: str) -> bool:
    """Whether a text names three things or more one after the other."""
    return bool(_JOINED.search(text)) or items_in_a_row(text) > 2


def items_in_a_row(text: str) -> int:
    """The longest run of short pieces between commas: how many things a sentence lists."""
    lengths = [len(piece) for piece in re.split(r"[、,・。\n]", text)]
    runs = "".join("x" if 0 < length <= _SHORT_ITEM else " " for length in lengths).split()
    return max(map(len, runs), default=0)
