"""Residents' details are masked; what only looks like them stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.learning.masking import Detail, mask

MASKED = (
    ("電話は0466-25-1111です", "電話は〔電話番号〕です", Detail.PHONE),
    ("０９０－１２３４－５６７８の方", "〔電話番号〕の方", Detail.PHONE),
    ("090ー1234ー5678", "〔電話番号〕", Detail.PHONE),
    ("(0466)25-1111へ", "〔電話番号〕へ", Detail.PHONE),
    ("09012345678に折り返し", "〔電話番号〕に折り返し", Detail.PHONE),
    ("+81 90 1234 5678 です", "〔電話番号〕 です", Detail.PHONE),
    ("内線 2345 の人", "内線 〔電話番号〕 の人", Detail.PHONE),
    ("hanako.mihon@example.jpから届いた", "〔メールアドレス〕から届いた", Detail.EMAIL),
    ("宛先は a_b+c@mail.example.co.jp。", "宛先は 〔メールアドレス〕。", Detail.EMAIL),
    ("〒251-8601に送る", "〔郵便番号〕に送る", Detail.POSTAL_CODE),
    ("見本町1丁目2番3号に住む", "見本町〔住所〕に住む", Detail.ADDRESS),
    ("見本町12-3の方", "見本町〔住所〕の方", Detail.ADDRESS),
    ("見本台4-5-6", "見本台〔住所〕", Detail.ADDRESS),
    ("昭和50年4月1日生まれ", "〔生年月日〕生まれ", Detail.BIRTHDAY),
    ("生年月日は1975年4月1日", "生年月日は〔生年月日〕", Detail.BIRTHDAY),
    ("受付番号12345678の申請", "受付番号〔番号〕の申請", Detail.NUMBER),
    ("被保険者番号 1234 5678", "被保険者番号 〔番号〕", Detail.NUMBER),
    ("口座番号1234567名義は山田です", "口座番号〔番号〕名義は山田です", Detail.NUMBER),
    ("宛名番号 1234567 分納", "宛名番号 〔番号〕 分納", Detail.NUMBER),
    ("1234567年金の件", "〔番号〕年金の件", Detail.NUMBER),
    ("宛名は1234567 分納", "宛名は〔番号〕 分納", Detail.NUMBER),
    ("被保険者12345678 月末に", "被保険者〔番号〕 月末に", Detail.NUMBER),
    ("世帯番号123456人", "世帯番号〔番号〕人", Detail.NUMBER),
    ("No.1234567の件", "No.〔番号〕の件", Detail.NUMBER),
    ("受付.1234567の件", "受付.〔番号〕の件", Detail.NUMBER),
    ("1234‐5678‐9012の人", "〔番号〕の人", Detail.NUMBER),
    ("1234―567890の人", "〔番号〕の人", Detail.NUMBER),
    ("12345/67890の人", "〔番号〕の人", Detail.NUMBER),
    ("1234_5678_9012の人", "〔番号〕の人", Detail.NUMBER),
    ("田中太郎さんの手続", "〔氏名〕さんの手続", Detail.NAME),
    ("佐藤様から苦情", "〔氏名〕様から苦情", Detail.NAME),
)
KEPT = (
    "令和7年度末までに実現しますか",
    "2022年4月の計画",
    "2026-11-24の会議",
    "2026/11/24の会議",
    "2026/11までに",
    "2022-2026の計画",
    "11/24と12/10の会議",
    "1,000,000円の予算",
    "1000000件以上の手続",
    "1500000円予算の事業",
    "利用は1500000 件",
    "予算は1500000円ですか",
    "401手続のオンライン化",
    "KPIは94%ですか",
    "市長さんの役割は",
    "お客様アンケート",
    "職員の皆様へ",
    "4,000人の職員",
    "藤沢市の取組",
    "3番目の取組",
    "1番の課題",
    "第2次計画の3番組",
)


@pytest.mark.parametrize(("text", "masked", "detail"), MASKED)
def test_details_are_masked(text: str, masked: str, detail: Detail) -> None:
    found = mask(text)
    assert found.text == masked
    assert found.details == (detail,)


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_detail_stays(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).details == ()


def test_several_are_told_in_order() -> None:
    found = mask("田中花子さん\n0466-25-1111\nx@example.jp")
    assert found.text == "〔氏名〕さん\n〔電話番号〕\n〔メールアドレス〕"
    assert found.details == (Detail.EMAIL, Detail.PHONE, Detail.NAME)


@given(st.text(alphabet="0123456789-年月日丁目番号@.a〒 さん様田中町", max_size=40))
def test_what_is_masked_once_stays_as_it_is(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once
