"""A chart of each kind, with everything that can stand in it: values, nought, what is withheld and what is missing."""

from __future__ import annotations

from bot.charts.chart import HIDDEN, Chart, Series, Sum, Value


def series(name: str, *values: Value) -> Series:
    return Series(name=name, values=values)


OBSTACLES = Chart.of(
    (
        ("窓口・電話の対応がある", 62.4),
        ("紙の書類が多い", 48.1),
        ("庁外からネットワークにつなぐと遅い", HIDDEN),
        ("特にない", 0),
        ("前回だけの選択肢", None),
    ),
    title="テレワークの支障になること（全庁）",
    unit="%",
    maximum=100,
    alt="テレワークの支障になることは、窓口・電話の対応がある62.4%、紙の書類が多い48.1%の順に多い。",
)
MY_LEVELS = Chart(
    title="わたしのスキルと目標",
    labels=("情報セキュリティ", "データ活用", "業務改革（BPR）", "AI・RPAの活用"),
    series=(series("今回", 1, 2, 0, 3), series("前回", 0, 2, 1, None)),
    targets=(3, 2, 2, None),
    maximum=4,
    alt="目標まで最も遠いのは情報セキュリティ（いま1、目標3）。",
)
AGREEMENT = Chart(
    title="テレワークを続けたいか",
    style="stacked",
    unit="%",
    labels=("全庁", "総務部", "市民生活部"),
    series=(
        series("とてもそう思う", 12, 20, HIDDEN),
        series("そう思う", 40, 35, 44),
        series("どちらともいえない", 20, 25, 20),
        series("そう思わない", 18, 15, HIDDEN),
        series("まったくそう思わない", 10, 5, 8),
    ),
    alt="全庁では52%が続けたいと答えた。",
)
PILOTS = Chart(
    title="テレワークをした日数（実証中の課とそのほか）",
    style="grouped",
    unit="%",
    labels=("0日", "0.5〜3日", "12.5日以上"),
    series=(
        series("実証中の課 前回", 72, 11, HIDDEN),
        series("実証中の課 今回", 61, 15, 6),
        series("そのほかの課 前回", 72, 10, None),
        series("そのほかの課 今回", 63, 0, 6),
    ),
    alt="0日は実証中の課 72%→61%、そのほかの課 72%→63%。",
)
SKILL_MAP = Chart(
    title="課とスキルのレベル（中央値）",
    style="heatmap",
    labels=("デジタル推進室", "市民相談情報課", "行革内部統制推進室", "保育課"),
    series=(
        series("情報セキュリティ", 3, 2, 1, HIDDEN),
        series("データ活用", 2.5, 1, 0, None),
        series("業務改革", 4, 2, 2, 1),
        series("AI・RPA", 3.5, HIDDEN, 1, 0.5),
        series("サービスデザイン", 2, 1, 1, 1),
        series("プロジェクト管理", 3, 2, 1, 0),
        series("住民への広報と発信", 1, 1, 1, 0),
    ),
    maximum=4,
    alt="デジタル推進室がどのスキルでも最も高い。",
)
PROGRESS = Chart(
    title="取組の状況",
    style="status",
    labels=("標準化・共通化", "マイナンバーカードの普及促進", "行政手続のオンライン化"),
    series=(
        series("8月", 0, 0, 1),
        series("9月", 0, 1, 2),
        series("10月", 1, 3, None),
        series("11月", 0, 2, 3),
    ),
    levels=("順調", "注意", "遅れ", "未報告"),
    alt="11月は標準化・共通化が順調、マイナンバーカードが遅れ、オンライン化が未報告。",
)
ROUNDS = Chart(
    title="レベル3以上の職員の割合",
    style="lines",
    unit="%",
    labels=("令和6年度 前期", "令和6年度 後期", "令和7年度 前期", "令和7年度 後期"),
    series=(series("一般行政職員", 20, HIDDEN, 30, 45), series("DX推進リーダー", 50, 52, None, 71)),
    maximum=100,
    alt="一般行政職員は20%から45%へ、DX推進リーダーは50%から71%へ増えた。",
)
INDICATORS = Chart(
    title="指標の推移",
    style="sparkline",
    unit="手続",
    labels=tuple(f"{month}月" for month in range(4, 12)),
    series=(
        series("オンライン化した手続", 10, 20, 35, None, 80, 120, 150, 198),
        series("AI・RPAを使う業務", 1, 1, 2, 2, 2, 3, 4, 5),
    ),
    alt="オンライン化した手続は4月の10手続から11月の198手続へ増えた。",
)
TOGETHER = Chart(
    title="やりとりの満足（課ごと）",
    style="stacked",
    unit="%",
    labels=("市民窓口課 (31人)", "保育課 (24人)", "道路管理課 (18人)"),
    series=(
        series("不満・やや不満", 23, None, HIDDEN),
        series("どちらでもない", 32, None, HIDDEN),
        series("やや満足・満足", 45, 62, 50),
    ),
    sums=(Sum(label=1, series=(0, 1), value=38.0),),
    maximum=100,
    alt="「やや満足・満足」は、市民窓口課 45%、保育課 62%、道路管理課 50%。",
)
TOGETHER_CELLS = TOGETHER.model_copy(update={"style": "heatmap"})
ALL = (
    OBSTACLES,
    MY_LEVELS,
    AGREEMENT,
    PILOTS,
    SKILL_MAP,
    PROGRESS,
    ROUNDS,
    INDICATORS,
    TOGETHER,
    TOGETHER_CELLS,
)
