"""Which passage of an entry leans towards a question: by the wording that answers of its sort have."""

from __future__ import annotations

import re

# What a question has, and what a passage has that can answer it.
_LEANINGS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (r"いつ|何年|何月|何年度|時期|期限|時点", r"令和[\d元]+年|平成\d+年|20\d\d年|\d月|年度"),
        (r"どこ|どちら(?:で|に)", r"センター|公民館|[^ァ-ヴ]店|ホームページ|[一-龠々](?:課|室)|場所|地域"),
        (
            r"(?:誰|だれ)(?:が|に|を|の)|どの(?:役職|課)|何の役職",
            r"市長|[一-龠々](?:課|室|長)|リーダー|マネージャー|職員",
        ),
        (r"何(?:%|割|パーセント)|割合|率", r"\d[\d.]*(?:%|割)"),
        (
            r"何(?:件|人|手続|業務)|いくつ|どれ(?:くらい|ぐらい|だけ)|どの(?:くらい|ぐらい)",
            r"\d[\d,.]*(?![\d,.年月日])",
        ),
        (
            r"今後|これから|この先|どう(?:なる(?!と)|なり|する|し(?:ま|た))|つもり|予定|いずれ|将来",
            r"今後|いく|いきます|将来|予定|次年度",
        ),
        (r"なぜ|なんで(?!す|しょ|した)|どうして|理由|ねらい|目的", r"ため|から|ことで|より|必要"),
        (r"(?:分か|わか|つかめ|つかん|把握|知っ)[^、。]{0,4}(?:て|る)", r"不明|把握|明らか|分から|確認でき"),
        (
            r"当時|現状|でき(?:て|る)(?:い?る|の|ん)|なって(?:い?る|た)|もう|まだ|すでに",
            r"ている|ていない|ていません|おらず|できて|できない|できず|必要がある|済|留ま",
        ),
    )
)


def leanings(question: str, passage: str) -> frozenset[int]:
    """Which sorts of answer that a folded question asks for a folded passage has the wording of."""
    return frozenset(
        number
        for number, (asked, told) in enumerate(_LEANINGS)
        if asked.search(question) and told.search(passage)
    )
