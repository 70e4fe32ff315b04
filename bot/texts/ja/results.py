"""What is said about survey results."""

from __future__ import annotations

from collections.abc import Sequence

RANGE = "〜"
OR_MORE = "以上"
BELOW = "未満"
ANSWERS_GONE = (
    "回答の保存期間が過ぎたため、新しい集計は作れません。公表済みの表は、そのままお使いいただけます。"
)
ANOTHER_FIRST = "ほかの人が同時に集計を追加しました。結果の画面を開き直して、もう一度お試しください。"
NOT_CLOSED = "この調査は、まだ締め切っていません。結果は締切後に見られます。"
BY_DIVISION = "部ごと"
BY_SECTION = "課ごと"
BY_ROLE = "役割別"
BY_PILOT = "実証中の課とそのほか"
BY_ANSWER = "「{question}」別"
PILOTS = {"pilot": "実証中の課", "others": "そのほかの課"}
NO_ANSWER = "無回答"
WITH_OTHERS = "合計の行"
OTHER_ROW = "ほかの行"
COUNT = "{count:,}人（{share}%）"
HIDDEN = "秘匿"
BLANK = "－"
LIST_TITLE = "調査の結果"
LIST_INTRO = "見たい調査を選んでください。"
NONE = "見られる結果は、まだありません。調査の締切の後に集計し、できたものからここに並びます。"
NOT_YET = "集計しています。職員が多いと、時間がかかります。しばらくしてから、もう一度開いてください。"
LOOK_AGAIN = "もう一度開く"
NO_SUCH = "この結果は見つかりません。「結果」と送ると、一覧が出ます。"
SUMMARY = "対象{asked:,}人のうち{answered:,}人が回答しました（{share}%）。公表番号 {number}、公表日 {day}。"
QUESTIONS = "質問ごとの結果は、下のボタンから開けます。"
HIDDEN_NOTE = "「秘匿」は、個人が推測されないように隠した数です（{threshold}人未満など）。"
SUM_NOTE = "「…の合計」は、人数が少ないため、いくつかを合わせて示した数です。"
WITH_OTHERS_NOTE = "「合計の行」とあるものは、その中に入っています。"
OTHER_ROW_NOTE = "「ほかの行」とあるものは、それぞれの部や課などの行にあります。"
SHARE_NOTE = "割合は有効回答数に対するものです。"
SEVERAL_NOTE = "複数回答のため、割合の合計は100%をこえることがあります。"
GROUP = "区分"
BASE = "有効回答"
SUMS = "合計の内訳"
MEAN = "平均"
LEFT = "公表しない表: {table}。{reason}"
LEFT_QUESTIONS = "結果がない質問: {questions}。{reason}"
WAVES = "回ごとの推移"
WAVE_COLUMN = "回"
OTHER_WAYS = "{way}の結果"
CUT_BEFORE = "…: "
BACK = "この調査の結果へ"
SAID_PAGE = "そのうち {first}～{last} 件目です。"
SAID_AFTER = "次（{first}～{last}件目）: {question}"
SAID_BEFORE = "前（{first}～{last}件目）: {question}"
TEXTS_FEW = "回答した人が5人に満たないか、1つの課だけのため、自由記述は出しません。だれが書いたかがわかるおそれがあります。"
FREE_TEXT = "自由記述（所属は付きません）"
WEB = "ブラウザーで見る"
CLI = "締め切った調査の結果を表示します。"
CLI_QUESTION = "質問の id"
CLI_BY = "切り口(全庁、部、課 など)"
CLI_NONE = "そのような調査の回はありません: {id}。`dxbot survey list` で確かめてください。"
CLI_NOT_CLOSED = "{id} は、まだ締め切っていません（締切 {until}）。結果は締切後に集計します。"
NO_SUCH_QUESTION = "「{name}」という質問はありません。次から選んでください: {names}"
NO_SUCH_WAY = "「{name}」では集計できません。次から選んでください: {names}"
NOT_PUBLISHED = (
    "集計を追加できる調査ではありません: {id}。締め切って公表した、回答の保存期間内の調査だけに追加できます。"
)
ADDED = "公表番号 {number} として公表しました。これまでの公表と同じく、あとから変わりません。"
CLI_MORE = "公表した調査に、集計の表を1つ追加します。これまでの公表と合わせて、個人が推測されないかを確かめます（1～2分かかることがあります）。"
MORE_TITLE = "集計の追加"
MORE_HINT = (
    "公表済みの調査に、表を1つ追加します。これまでに公表した表と合わせて個人が推測されるおそれがあるときは、追加できません。"
    "確認に1～2分かかることがあります。"
)
MORE_ROUND = "調査"
MORE_CHOOSE = "この調査の表を選ぶ"
MORE_QUESTION = "数える質問"
MORE_WAY = "分けかた"
MORE_BUTTON = "確かめて公表する"
MORE_NONE = "追加できる調査はありません。締め切った調査の公表のあと、回答の保存期間のあいだ追加できます。"
# A 課 beside its 部 and the city.
OWN = "わたしの課・部・全庁を並べて見る"
OWN_SECTION, OWN_DIVISION = "わたしの課", "わたしの部"
OWN_INTRO = (
    "主な質問について、あなたの課、部、全庁の割合を並べています。公表した表と同じ数字です。"
    "人数が少ない数は「秘匿」にするか、ほかの課や答えと合わせています。"
)
OWN_NOTHING = "課や部の数を公表した質問がありません。全庁の結果は、質問のボタンから見られます。"
OWN_NEVER_BY_SECTION = "この質問は、課ごとには出さないと決めています。"
OWN_NOT_PUBLISHED = "この質問の課ごとの表は、個人が推測されるおそれがあるため、公表していません。"
OWN_TOO_SMALL = "あなたの課は回答した人が少ないため、課だけの数はありません。部の数に入っています。"
OWN_MOST = "全庁で多い順に{most}までです。"
# What the telework results answer of the plan's questions.
NEEDS = "使いたい事情と回数"
SUITABLE = "導入範囲の精査（主な業務別に「できる」「一部できる」と答えた割合）"
TOO_FEW_BY_WORK = (
    "業務別の数は、回答した人が少ないため、すべて秘匿です。全庁の数は、下の質問のボタンから見られます。"
)
OBSTACLES = "テレワークしにくい理由（多い順）"
TERMINALS = "端末とライセンスの目安"
TERMINAL_RANGE = (
    "端末は{low:,}～{high:,}台、リモート接続のライセンスは{licence_low:,}～{licence_high:,}人分が目安です。"
)
TERMINAL_METHOD = (
    "計算のしかた: 希望する回数ごとに1日に使う割合（月1日5%、月2～3日12%、週1日20%、週2～3日50%、週4日以上90%、"
    "半日など10%）を掛けて合計し、下限は回答者だけを共用の端末でまかなう場合、上限は週1日以上の人に1台ずつ配り、"
    "未回答の人も同じ割合で希望すると考えて対象者全員にのばした場合です。ライセンスは月1日以上希望する人の数です。"
)
TERMINALS_OWNED = "今ある端末（自分用{own}人、課の共用{shared}人が利用）は引いていません。"
NOT_COUNTABLE = "秘匿した数があるため計算できません。"
RESIDENTS = "住民との連絡に使う機器が必要と答えた人: {value}"
USAGE = "利用の状況"
USAGE_MEAN = "この3か月の平均は{mean}日です（有効回答{base:,}人）。"
USAGE_DAYS = "実施した日数の平均"
USAGE_COURSE = "実施した日数の平均（回ごと）"
DAY = "日"
REASONS_BY_DAYS = "育児・介護などの事情と実施日数"
CLI_JSON = "公表した内容を、そのままの JSON で表示します。"
MOST_NAMED = 8
_COUNTED_BY_ONES = 10  # 9つの部, but 16の部
SAID = "{count}件。所属は付けず、五十音などの順に並べています。"

DECIDED = "公表する値を決めています: {questions} 問のうち {done} 問"


def quoted(name: str) -> str:
    """A name in a row of several."""
    return f"「{name}」"


def own_among(own: str, count: int, unit: str) -> str:
    """Several 課 or 部 whose numbers are given as one, the reader's among them."""
    return f"{own}をふくむ{count}{'つ' if count < _COUNTED_BY_ONES else ''}の{unit}"


def again(name: str, count: int) -> str:
    """A sum's short name, told apart from others that begin with the same group."""
    return name if count == 1 else f"{name}（その{count}）"


def sum_in_full(short: str, full: str) -> str:
    """What a sum with a short name adds up."""
    return f"{short}: {full.removesuffix('の合計')}"


def without_line(names: Sequence[str]) -> str:
    """Groups that have no row of their own."""
    more = f" ほか{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return (
        f"人数が少ないため、行がないもの: {'、'.join(names[:MOST_NAMED])}{more}。全庁の数には入っています。"
    )


def without_column(names: Sequence[str], *, every: bool) -> str:
    """Answers that no group has a number of; `every` answer, perhaps."""
    if every:
        return "答えごとの数は、どの行も秘匿です。"
    return f"どの行も秘匿の答え: {'、'.join(names)}。"


def not_asked(question: str, answers: Sequence[str]) -> str:
    """Who was not asked a question."""
    told = "".join(f"「{one}」" for one in answers)
    return f"前の質問「{question}」に{told}と答えた人には、聞いていません。"
