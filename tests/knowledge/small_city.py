"""A small knowledge base of an invented city, みどり野市: our own words, the traps of a real plan."""

from __future__ import annotations

from datetime import date

from knowledge.answering.deciding import Decider
from knowledge.article import Article, Figure, Kind, Layer, Passage, Source
from knowledge.base import build_decider
from knowledge.packs import PackVocabulary

PLAN = Source(document="みどり野市DX計画", edition="令和5年版", part="実行編", section="(1)")
ENDED = date(2026, 3, 31)

WORDS = PackVocabulary(
    synonyms=(("テレワーク", "在宅勤務", "リモートワーク"), ("電子申請", "オンライン申請")),
    owners={"職員課": ("健康診断", "健診", "採用"), "情報システム課": ("複合機", "プリンター")},
)


def term(id_: str, title: str, text: str, reading: str = "", aliases: tuple[str, ...] = ()) -> list[Article]:
    """A glossary term in both layers."""
    source = PLAN.model_copy(update={"part": "用語集", "section": ""})
    official = Article(
        id=id_,
        kind=Kind.TERM,
        layer=Layer.OFFICIAL,
        title=title,
        passages=(Passage(text=text),),
        source=source,
    )
    plain = Article(
        id=id_,
        kind=Kind.TERM,
        layer=Layer.EDITORIAL,
        title=title,
        reading=reading,
        aliases=aliases,
        questions=(f"{title}とは何ですか",),
        passages=(Passage(text=f"{title}をやさしく言うと、次のとおりです。"),),
        source=source,
        owner="デジタル推進室",
    )
    return [official, plain]


TELEWORK = Article(
    id="jikko-1",
    kind=Kind.INITIATIVE,
    layer=Layer.OFFICIAL,
    title="テレワークの推進",
    source=PLAN,
    ended_on=ENDED,
    blank=("工程表",),
    passages=(
        Passage(label="概要", text="テレワークは、職場から離れて働く方法であり、非常時の業務継続に役立つ。"),
        Passage(label="現状と課題", marker="①", text="育児や介護での利用状況を把握する。"),
        Passage(label="現状と課題", marker="②", text="窓口の職場には馴染まないため、導入範囲を精査する。"),
        Passage(label="取組", marker="①", text="端末の数量を精査する。"),
        Passage(label="取組", marker="②", text="サテライトオフィスを全庁で実施する。"),
        Passage(label="KPI", text="課題を検証し、拡充に取り組む。"),
    ),
)

ONLINE = Article(
    id="jikko-2",
    kind=Kind.INITIATIVE,
    layer=Layer.OFFICIAL,
    title="電子申請の拡大",
    source=PLAN.model_copy(update={"section": "(2)"}),
    ended_on=ENDED,
    figures=(Figure(name="目標手続数", value=40, unit="手続", fiscal_year=2024),),
    passages=(
        Passage(label="概要", text="市民がいつでも手続きできるよう、電子申請を広げる。"),
        Passage(label="国の取組方針", text="国は令和4年度末までに31手続の電子申請を目標とする。"),
        Passage(label="KPI", text="令和6年度に40手続、令和7年度に25手続を電子申請にする。"),
        Passage(label="工程表", marker="①", column="令和6年度", text="優先手続の電子申請"),
    ),
)

MEETING = Article(
    id="honpen-1",
    kind=Kind.SECTION,
    layer=Layer.OFFICIAL,
    title="DX推進会議",
    source=PLAN.model_copy(update={"part": "本編", "section": "1"}),
    ended_on=ENDED,
    passages=(Passage(text="市長を議長とし、方向性を定めるため、DX推進会議を開催する。"),),
)

PICTURE = Article(
    id="honpen-2",
    kind=Kind.SECTION,
    layer=Layer.OFFICIAL,
    title="推進体制のイメージ図",
    source=PLAN.model_copy(update={"part": "本編", "section": "2"}),
    blank=("図",),
)

ARTICLES = (
    *term("yogo-BPR", "BPR", "業務の流れを根本から見直し、再設計すること。", "びーぴーあーる", ("業務改革",)),
    *term(
        "yogo-RPA", "RPA", "ロボットによる業務自動化のこと。表計算の操作などを自動にする。", "あーるぴーえー"
    ),
    *term("yogo-digital-divide", "デジタルデバイド", "情報技術を使える人と使えない人の間に生じる格差。"),
    *term("yogo-digital-first", "デジタルファースト", "デジタル処理を前提としたサービス設計を行うこと。"),
    TELEWORK,
    ONLINE,
    MEETING,
    PICTURE,
)


def small_decider(*more: Article) -> Decider:
    """A decider over the small city, and more articles of its document."""
    articles = (*ARTICLES, *more)
    return build_decider(
        [a for a in articles if a.layer is Layer.EDITORIAL],
        [a for a in articles if a.layer is Layer.OFFICIAL],
        WORDS,
    )
