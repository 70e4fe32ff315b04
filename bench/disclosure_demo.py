"""The demo city answering both telework questionnaires."""

from __future__ import annotations

import numpy as np

from bench.disclosure_city import Case, Respondents
from surveys.disclosure import (
    SECTION,
    AskedIf,
    Question,
)

_KINDS = ("窓口・相談", "現場・施設", "企画・調整", "内部事務", "システム・デジタル", "その他")
_POSTS = ("正規職員", "再任用職員", "会計年度任用職員", "その他", "答えたくない")


def demo_needs(staff: int = 4000, seed: int = 1) -> Case:
    """The needs questionnaire answered by the demo city."""
    city = Respondents(staff, seed, 0.7)
    options = city.one
    city.attribute("職の区分", _POSTS, np.array([[0.62, 0.05, 0.29, 0.02, 0.02]]))
    city.attribute("主な業務", _KINDS, np.eye(6), city.kind)
    city.many(
        Question(
            "N4",
            (
                "育児",
                "家族の介護",
                "配慮が必要な事情",
                "通勤負担の軽減",
                "集中作業",
                "災害・感染症時",
                "特にない",
                "答えたくない",
            ),
            several=True,
            threshold=10,
            sensitive=True,
            exclusive=frozenset({"特にない", "答えたくない"}),
        ),
        (0.24, 0.13, 0.06, 0.35, 0.33, 0.3, 0.12, 0.03),
    )
    wish = (
        "希望しない",
        "業務上できない",
        "月1日程度",
        "月2〜3日",
        "週1日",
        "週2〜3日",
        "週4日以上",
        "半日・時間単位",
        "わからない",
        "答えたくない",
    )
    hope = options(
        Question("N5", wish),
        (0.12, 0.2, 0.12, 0.14, 0.16, 0.08, 0.02, 0.1, 0.05, 0.01),
        steer=(0, -2, 1, 1, 1, 1, 1, 0, 0, 0),
    )
    asked = np.asarray(hope[:, 2:].any(axis=1))
    city.many(
        Question(
            "N6",
            ("自宅", "サテライトオフィス", "モバイルワーク", "その他"),
            several=True,
            asked_if=AskedIf("N5", frozenset(wish[2:])),
            never_by=frozenset({SECTION}),
        ),
        (0.8, 0.35, 0.25, 0.04),
        asked=asked,
    )
    for row, rate in (
        ("資料作成", 2),
        ("会議・打合せ", 1),
        ("決裁・文書", 1),
        ("データ入力・集計", 1),
        ("電話・窓口対応", -2),
        ("現地確認", -2),
    ):
        options(
            Question(f"N7.{row}", ("できる", "一部できる", "難しい", "該当しない")),
            (0.35 * np.exp(rate / 2), 0.3, 0.3 * np.exp(-rate / 2), 0.08),
            steer=(1, 0.5, -1, 0),
        )
    city.many(
        Question(
            "N8",
            (
                "窓口・相談業務",
                "現場業務",
                "個人情報を扱う",
                "紙の書類・押印",
                "端末・ライセンス",
                "ネットワーク",
                "セキュリティ",
                "言い出しにくい",
                "電話が取れない",
                "制度がわからない",
                "作業場所がない",
                "特にない",
                "その他",
            ),
            several=True,
            sensitive=True,
            never_by=frozenset({SECTION}),
            exclusive=frozenset({"特にない"}),
            most=3,
        ),
        (0.4, 0.25, 0.35, 0.3, 0.25, 0.1, 0.12, 0.07, 0.25, 0.05, 0.08, 0.05, 0.04),
    )
    options(Question("N9", ("専用端末", "課の共用端末", "端末がない", "わからない")), (0.2, 0.35, 0.35, 0.1))
    city.many(
        Question(
            "N10",
            (
                "端末",
                "リモート接続",
                "モバイル回線",
                "Web会議",
                "内線転送",
                "電子決裁",
                "研修",
                "住民との連絡",
                "特にない",
            ),
            several=True,
            exclusive=frozenset({"特にない"}),
        ),
        (0.45, 0.35, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.1),
    )
    options(
        Question(
            "N11",
            ("役立たない", "あまり", "どちらとも", "やや", "役立つ", "当てはまらない", "答えたくない"),
            threshold=10,
            sensitive=True,
        ),
        (0.05, 0.08, 0.2, 0.25, 0.2, 0.19, 0.03),
    )
    return city.case(("職の区分", "主な業務"), _GROUPS)


def demo_usage(staff: int = 4000, seed: int = 1) -> Case:
    """The usage questionnaire answered by the demo city."""
    city = Respondents(staff, seed + 100, 0.7)
    chance, rate = city.chance, city.remote
    days = np.where(
        chance.random(city.count) < 0.15 + 0.65 * rate,
        np.maximum(0.5, (chance.gamma(1.5, 5, city.count) * 2).round() / 2).clip(max=66),
        0,
    )
    edges = np.array([0.25, 3.25, 12.25, 24.25])
    labels = ("0日", "0.5〜3日", "3.5〜12日", "12.5〜24日", "24.5日以上")
    city.add(Question("U2", labels), np.eye(5, dtype=bool)[np.searchsorted(edges, days)], days)
    used, unused = AskedIf("U2", frozenset(labels[1:])), AskedIf("U2", frozenset(labels[:1]))
    asked = days > 0
    places = ("自宅", "サテライトオフィス", "モバイルワーク", "その他")
    city.many(Question("U3", places, several=True, asked_if=used), (0.85, 0.2, 0.15, 0.03), asked=asked)
    work = (
        "資料作成",
        "会議・打合せ",
        "決裁・文書",
        "データ入力・集計",
        "研修・自己学習",
        "調査・企画",
        "その他",
    )
    city.many(
        Question("U4", work, several=True, asked_if=used), (0.8, 0.5, 0.4, 0.35, 0.2, 0.3, 0.05), asked=asked
    )
    city.one(
        Question(
            "U5",
            ("下がった", "やや下がった", "変わらない", "やや上がった", "上がった", "比べられない"),
            asked_if=used,
        ),
        (0.04, 0.13, 0.33, 0.25, 0.17, 0.08),
        asked=asked,
    )
    for row in ("上司と", "部下・同僚と", "住民・庁外と"):
        city.one(
            Question(
                f"U6.{row}",
                ("不満", "やや不満", "どちらでもない", "やや満足", "満足", "該当しない"),
                asked_if=used,
                never_by=frozenset({SECTION}),
            ),
            (0.05, 0.15, 0.3, 0.25, 0.15, 0.1),
            asked=asked,
        )
    trouble = (
        "接続できない・遅い",
        "紙しかない",
        "任せる負担",
        "相談しにくい",
        "区切りがつけにくい",
        "運動不足・疲労",
        "作業場所",
        "特にない",
        "その他",
    )
    city.many(
        Question("U7", trouble, several=True, exclusive=frozenset({"特にない"}), asked_if=used),
        (0.3, 0.35, 0.25, 0.2, 0.2, 0.15, 0.15, 0.15, 0.04),
        asked=asked,
    )
    city.one(
        Question(
            "U8",
            (
                "しやすい",
                "ややしやすい",
                "どちらともいえない",
                "ややしにくい",
                "しにくい",
                "方法がわからない",
            ),
            asked_if=used,
        ),
        (0.35, 0.25, 0.2, 0.12, 0.05, 0.03),
        asked=asked,
    )
    city.one(
        Question(
            "U9",
            ("減った", "変わらない", "増えた", "答えたくない"),
            sensitive=True,
            never_by=frozenset({SECTION}),
            asked_if=used,
        ),
        (0.3, 0.5, 0.15, 0.05),
        asked=asked,
    )
    why = (
        "業務がなじまない",
        "端末・ライセンスがない",
        "必要がなかった",
        "承認されなかった",
        "言い出しにくい",
        "手続きがわからない",
        "その他",
        "答えたくない",
    )
    city.one(
        Question("U10", why, sensitive=True, never_by=frozenset({SECTION}), asked_if=unused),
        (0.45, 0.2, 0.15, 0.03, 0.05, 0.05, 0.05, 0.02),
        asked=~asked,
    )
    city.one(
        Question("U11", ("不満", "やや不満", "どちらでもない", "やや満足", "満足"), asked_if=used),
        (0.05, 0.13, 0.25, 0.35, 0.22),
        asked=asked,
    )
    city.one(
        Question("U12", ("増やしたい", "今のまま", "減らしたい", "使いたくない", "わからない")),
        (0.3, 0.35, 0.05, 0.15, 0.15),
    )
    city.many(
        Question(
            "U13",
            ("育児", "家族の介護", "その他", "答えたくない"),
            several=True,
            threshold=10,
            sensitive=True,
            exclusive=frozenset({"答えたくない"}),
            asked_if=used,
        ),
        (0.35, 0.2, 0.45, 0.05),
        asked=asked,
    )
    return city.case((), _GROUPS)


# By 課 neighbouring answers are counted together: that is declared with the questionnaire, before anybody answers.
_GROUPS = {
    "N5": (
        ("希望しない・業務上できない", ("希望しない", "業務上できない")),
        ("月3日まで", ("月1日程度", "月2〜3日")),
        ("週1日以上", ("週1日", "週2〜3日", "週4日以上")),
        ("半日・時間単位・わからない", ("半日・時間単位", "わからない", "答えたくない")),
    ),
    "N7": (
        ("できる・一部できる", ("できる", "一部できる")),
        ("難しい・該当しない", ("難しい", "該当しない")),
    ),
    "N9": (
        ("専用端末", ("専用端末",)),
        ("課の共用端末", ("課の共用端末",)),
        ("ない・わからない", ("端末がない", "わからない")),
    ),
    "N11": (
        ("役立つ", ("やや", "役立つ")),
        ("役立たない・どちらとも", ("役立たない", "あまり", "どちらとも")),
        ("当てはまらない・答えたくない", ("当てはまらない", "答えたくない")),
    ),
    "U2": (
        ("0日", ("0日",)),
        ("12日まで", ("0.5〜3日", "3.5〜12日")),
        ("12.5日以上", ("12.5〜24日", "24.5日以上")),
    ),
    "U5": (
        ("下がった・変わらない", ("下がった", "やや下がった", "変わらない")),
        ("上がった", ("やや上がった", "上がった")),
        ("比べられない", ("比べられない",)),
    ),
    "U8": (
        ("しやすい", ("しやすい", "ややしやすい")),
        (
            "どちらともいえない・しにくい",
            ("どちらともいえない", "ややしにくい", "しにくい", "方法がわからない"),
        ),
    ),
    "U11": (("満足", ("やや満足", "満足")), ("どちらでもない・不満", ("不満", "やや不満", "どちらでもない"))),
    "U12": (
        ("増やしたい・今のまま", ("増やしたい", "今のまま")),
        ("減らしたい・使いたくない", ("減らしたい", "使いたくない")),
        ("わからない", ("わからない",)),
    ),
}
