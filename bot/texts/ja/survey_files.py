"""What is said of a survey's file: what is wrong with it, and how to mend it."""

from __future__ import annotations

CONDITION_SHORT = (
    "条件が途中で終わっています。「U2 > 0」のように、質問の id、比べかた、値の順に書いてください。"
)
RANGE_EMPTY = "minimum が maximum より大きくなっています。"
TOO_FEW_OPTIONS = "options を2つ以上書いてください。"
NO_ROWS = "matrix には rows（行）を書いてください。"
MOST_TOO_MANY = "most は、選択肢の数より小さくしてください。"
NOT_A_MAPPING = "「項目名: 値」の形で書いてください。"
ANONYMOUS_FINE = "anonymous（匿名）の調査では、attributes は division（部）までにしてください。"
ANONYMOUS_PREFILL = "anonymous（匿名）の調査では、名簿から写すのは division（部）までにしてください。prefill を消してください。"
CONFLICT_CHANNELS = "sensitive の質問がある調査や匿名の調査で channels に slack や teams を入れるときは、chat_allowed: true も要ります。"
PAGE_APART = "同じ page の質問は、続けて並べてください。"
FROM_DIRECTORY = "options を省けるのは、prefill: section の single だけです。選択肢を書いてください。"


def condition_end(token: str) -> str:
    """Something stands behind the end."""
    return f"条件の「{token}」から後を読めません。つなぐときは and か or を書いてください。"


def condition_character(character: str) -> str:
    """A character that means nothing."""
    return f"条件に使えない文字「{character}」があります。"


def condition_operator(token: str) -> str:
    """No operator of ours."""
    return f"条件の「{token}」は使えません。==、!=、>、>=、<、<=、in […]、not in […]、answered のどれかを書いてください。"


def condition_value(token: str) -> str:
    """No value."""
    return f"条件の「{token}」のところに、質問の id か値を書いてください。"


def condition_expected(token: str, found: str) -> str:
    """Something else was due."""
    return f"条件の「{found}」のところに「{token}」が要ります。"


def does_not_belong(name: str, kind: str) -> str:
    """A field of another type."""
    return f"{name} は、type: {kind} の質問には書けません。消すか、type を直してください。"


def scale_points(count: int) -> str:
    """A scale of another size."""
    return f"scale5 の options は5つです（今は{count}）。「該当しない」などは besides に書いてください。"


def too_many_options(options: int, rows: int) -> str:
    """More than the channels can show."""
    return f"選択肢は{options}まで、matrix の行は{rows}までです。質問を分けてください。"


def page_full(most: int) -> str:
    """More questions than a page of a chat can show."""
    return f"1つの page に置ける質問は{most}までです。page を分けてください。"


def page_large(first: str) -> str:
    """A page that Teams cannot show."""
    return (
        f"質問「{first}」からのページは、文と選択肢の字数が多すぎて Teams で開けません。page を分けるか、選択肢や max_length を減らすか、"
        "channels: [web, slack] としてください。"
    )


def somebody_unknown(name: str) -> str:
    """An id that is no option's."""
    return f"somebody の「{name}」が options にありません。id を書いてください。"


def exclusive_unknown(name: str) -> str:
    """An id that is no option's."""
    return f"exclusive の「{name}」が options にありません。id を書いてください。"


def option_twice(field: str, name: str) -> str:
    """Two options alike."""
    return f"{field} に「{name}」が2つあります。"


def threshold_low(least: int) -> str:
    """A threshold below what we promise."""
    return f"threshold は{least}以上にしてください。"


def question_twice(name: str) -> str:
    """Two questions of one id."""
    return f"id「{name}」の質問が2つあります。どちらかの id を変えてください。"


def branch_to_nowhere(name: str) -> str:
    """A condition on a question that does not exist."""
    return f"条件にある質問「{name}」がありません。id を確かめてください。"


def branch_circular(names: str) -> str:
    """Questions that wait for each other."""
    return f"条件が輪になっています（{names}）。前の質問の答えだけを条件にしてください。"


def branch_forward(name: str) -> str:
    """A condition on a later question."""
    return f"条件にある質問「{name}」は、この質問より前のページにありません。前のページの質問だけを条件にできます。"


def branch_value(name: str, value: str, choices: str) -> str:
    """A condition with a value that cannot be."""
    return f"質問「{name}」に「{value}」という選択肢はありません。選べるもの: {choices}"


def branch_operator(name: str, operator: str, kind: str) -> str:
    """A condition that makes no sense for the type."""
    return f"type: {kind} の質問「{name}」には「{operator}」を使えません。"


def branch_number(name: str, value: str) -> str:
    """A condition that compares a number with a word."""
    return f"質問「{name}」は数です。「{value}」のところに数を書いてください。"


UNREACHABLE = "この質問は、どう答えても出ません。条件を直してください。"
BRANCH_HEAVY = "条件が複雑すぎて確かめられません。条件にする質問を減らしてください。"


def file_error(name: str, line: int, field: str, message: str) -> str:
    """One mistake with its place."""
    return f"{name} {line}行目{f'（{field}）' if field else ''}: {message}"


def unknown_survey(name: str, known: str) -> str:
    """No survey of that name."""
    return f"調査「{name}」が見つかりません。ファイルの場所か、次のどれかを指定してください: {known}"


BINS_RISE = "bins は、区切りの始まりの数を小さい順に2つ以上書いてください。"
DAYS_EMPTY = "earliest が latest より後の日になっています。どちらかを直してください。"
CONDITION_DEEP = "条件のかっこが深すぎます。10重までにしてください。"
CONDITION_LONG = "条件が長すぎます。500字までにしてください。"
WAYS_IN_ORDER = "2つをかけ合わせるときは、[部, 質問の id] か [質問の id, 質問の id] の形で書いてください（全庁と課は、1つだけで使います）。"
OPTION_UNQUOTED = '選択肢を引用符で囲んでください（["yes", "no"]、["1", "2"] など）。囲まないと、文字ではなく数や日付などとして読まれます。'
BY_SECTION_NAMED = "by_section のまとまりには、それぞれ違う名前と、1つ以上の選択肢を書いてください。"
BY_SECTION_ONCE = "by_section には、選択肢(besides を除く)を1回ずつ、すべて書いてください。"


def bins_late(minimum: float) -> str:
    """Ranges that begin above the smallest number that can be given."""
    return f"bins の最初の数は、minimum（{minimum:g}）以下にしてください。それより小さい答えを数える区切りがありません。"


def not_a_day(name: str, value: str) -> str:
    """No day as answers have them."""
    return f"{name} の「{value}」は日付として読めません。2026-04-01 の形で書いてください。"


def row_id_mark(name: str) -> str:
    """A row's id with a character that parts addresses."""
    return f"行「{name}」の id に「|」や「×」は使えません。{{phone: {name}}} のように、半角の英数字の id を付けてください。"


def by_itself(name: str) -> str:
    """A question by its own answers."""
    return f"質問「{name}」を、その質問自身の答えで分けることはできません。by には別の質問を書いてください。"


def way_never(name: str, unit: str) -> str:
    """Groups whose sizes are never shown."""
    return f"質問「{name}」は never_by により{unit}の数を出さないため、ここの切り口にできません。"


def way_twice(name: str) -> str:
    """One way twice."""
    return f"by に「{name}」が2つあります。1つにしてください。"


def not_a_breakdown(name: str) -> str:
    """What results cannot be broken down by."""
    return f"集計の切り口にできるのは、1つだけ選ぶ質問と数の質問(tables では 課・部・全庁 も)です（所属の質問は、代わりに課か部で）: {name}"


def not_counted(name: str) -> str:
    """A table of something that is not counted."""
    return f"集計できる質問の id（表の1行だけなら「id.行の id」）を書いてください(自由記述、日付、所属の質問は集計しません): {name}"
