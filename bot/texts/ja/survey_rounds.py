"""What is said to those who open, close and watch rounds."""

from __future__ import annotations

from collections.abc import Sequence


def nobody_asked(title: str) -> str:
    """An audience of nobody."""
    return f"「{title}」の対象になる職員がいません。調査票の audience と、職員の一覧を確かめてください。"


def too_few_for_anonymous(title: str, count: int, least: int) -> str:
    """So few that everybody knows whose an anonymous answer is."""
    return (
        f"「{title}」は匿名の調査ですが、対象が{count}人です。{least}人より少ないと、だれの回答かわかってしまいます。"
        f"audience を広げるか、identity を confidential にしてください。"
    )


def nobody_known(title: str, ids: Sequence[str], count: int) -> str:
    """People of an audience who are not in the directory."""
    more = f" ほか{count - len(ids)}" if count > len(ids) else ""
    return f"「{title}」の audience の people に、職員の一覧にない職員番号があります: {'、'.join(ids)}{more}。番号を直すか、消してください。"


def no_such_department(name: str) -> str:
    """A 部 or 課 that is not there."""
    return f"「{name}」という部や課がありません。職員の一覧にある名前を書いてください。"


def too_many_departments(count: int, most: int) -> str:
    """More 課 than a question may have options."""
    return f"課が{count}あり、選択肢の上限（{most}）を超えます。所属の質問を消してください（所属は名簿から添えられます）。"


def quarter(year: str, number: int) -> str:
    """A quarter of a 年度."""
    return f"{year} 第{number}四半期"


def month(year: str, number: int) -> str:
    """A month of a 年度."""
    return f"{year} {number}月"


def again(wave: str, number: int) -> str:
    """A round's name where others of the survey have it already."""
    return f"{wave} 第{number}回"


def drop_means(title: str, asked: int) -> str:
    """What dropping a round does, before it is done; `asked` is 0 for a planned one."""
    if not asked:
        return f"「{title}」の予定を取り消します。元に戻せません。"
    return (
        f"「{title}」（対象{asked:,}人、回答なし）を取り消します。途中まで保存した回答は消え、まだ送っていないお知らせは送りません。"
        f"元に戻せません。"
    )


def not_to_drop(title: str, answered: int, *, closed: bool) -> str:
    """Why a round stays."""
    if closed:
        return f"「{title}」は締め切ったため、取り消せません。"
    return (
        f"「{title}」は、{answered:,}人が回答したため取り消せません。やめるときは、今すぐ締め切ってください。"
    )


def checked_page(title: str, people: int, until: str) -> str:
    """A questionnaire without mistakes: whom it would ask, and until when."""
    return (
        f"「{title}」に誤りはありません。開くと、対象は{people:,}人、締切は{until}です。まだ開いていません。"
    )


POOL = "人数の少ない部"
TROUBLE_TITLE = "調査を開けませんでした"
TROUBLE = "「{title}」（{id}）: {reason}"
TROUBLE_NEXT = (
    "職員の一覧を直すと、次の確認のときに開きます。調査票を直すときは、「調査の実施」か `dxbot survey drop` でこの予定を取り消してから、"
    "直した調査票でもう一度開いてください。"
)

# コマンド
CHECK = "調査票（YAML）を点検し、誤りを行ごとに挙げます。"
OPEN = "調査を開きます。日付を指定すると、その日に開く予定を立てます。"
CLOSE = "開いている調査を締め切ります。"
DROP_COMMAND = "調査の予定か、開いた調査を取り消します（まだだれも回答していないものだけ）。"
YES_OPTION = "確認を省きます。"
REMIND = "まだ回答していない人に、今日の督促を送ります。"
LIST = "調査の回と、回答した人数を表示します。"
ABSENT = "休んでいる人の一覧を入れ替えます（次に開く調査から、対象と人数に入れません）。"
ON_OPTION = "開く日（2026-12-01 の形）。休みの日なら次の開庁日。省くと今日。"
DAYS_OPTION = "受け付ける開庁日の数。省くと調査票の open_days。"
WAVE_OPTION = "回の呼び名。省くと年度から付け、同じ呼び名があれば「第2回」などを足します。"
WAVE_WRONG = "--wave の呼び名は、改行のない{most}字までで付けてください。"
PILOT_OPTION = "実証中の課。いくつでも指定できます。"
STOP_OPTION = "次の回の予定も取り消します。"

CHECKED = "{title}: 誤りはありません（質問{questions}、ページ{pages}、回答できる場所: {channels}）。"
OPENED = "{id} を開きました。対象は{people}人、締切は{until}です。"
PLANNED = "{id} は{since}に開く予定です。締切は{until}です。"
PLANNED_ALREADY = "{id} は、もうあります。別の日を --on で指定してください。"
CLOSED_NOW = "{id} を締め切りました。回答は{answered}人です。"
NOT_OPEN = "{id} は開いていません。`dxbot survey list` で確かめてください。"
STOPPED_NEXT = "{id} の予定を取り消しました。"
DROPPED = "{id} を取り消しました。"
NOT_DROPPED = "取り消しませんでした。"
DROP_ASK = "取り消しますか"
REMINDED = "督促を{count}人に送ります。"
REMINDED_TODAY = "今日の督促は、もう送りました（1つの調査で送れるのは、1日に1回、合わせて5回までです）。"
ABSENT_SET = "休んでいる人を{count}人にしました。"
ABSENT_UNKNOWN = "職員の一覧にない職員番号があります: {ids}。何も変えていません。"
STATES = {"planned": "予定", "open": "受付中", "closed": "締切済み"}
LINE = "{id}  {state}  {since}～{until}  回答 {answered}/{asked}  {title}（{wave}）"
PAST = "開く日が過ぎています。今日か、先の日付を指定してください。"

# 調査の画面
PAGE = "調査の実施"
ROUNDS = "調査の回"
ANSWERED = "回答 {answered:,} 人 / 対象 {asked:,} 人"
NO_ROUNDS = "調査の回は、まだありません。"
REMIND_NOW = "今日の督促を送る"
CLOSE_NOW = "今すぐ締め切る"
CLOSE_MEANS = "締め切ると、もう回答できません。途中まで保存した回答は消え、元に戻せません。"
CLOSE_SURE = "締め切る"
CHECK_BUTTON = "開かずに点検する"
CHECKED_TITLE = "点検の結果"
DROP = "この回を取り消す"
DROP_SURE = "取り消す"
SEE_RESULTS = "結果を見る"
OPEN_TITLE = "調査を開く"
SURVEY_FIELD = "調査票"
OWN_SURVEY = "自分で書いた調査票（下に貼り付け）"
YAML_FIELD = "調査票（YAML）を貼り付ける"
ON_FIELD = "開く日"
ON_HINT = "空にすると、すぐ開きます。日付を入れると、その日（休みなら次の開庁日）の9時に開きます。"
DAYS_FIELD = "受け付ける開庁日の数"
DAYS_HINT = "空にすると、調査票に書かれた日数です。"
WAVE_FIELD = "回の呼び名"
WAVE_HINT = (
    "空にすると、年度から付けます（令和8年度 11月 など。同じ呼び名があるときは「第2回」なども付きます）。"
)
WAVE_WRONG_PAGE = "回の呼び名は、改行のない{most}字までで付けてください。"
PILOTS_FIELD = "実証中の課"
PILOTS_HINT = "課の名前を、空白で区切って書きます。なければ空のままにしてください。"
OPEN_BUTTON = "この調査を開く"
ABSENT_TITLE = "休んでいる人"
ABSENT_FIELD = "職員番号（1行に1人）"
ABSENT_HINT = "次に開く調査から、対象と人数に入れません。理由は書かないでください。"
ABSENT_SAVE = "一覧を保存する"
PASTED = "貼り付けた調査票"
CHOOSE_SURVEY = "調査票を選んでください。"
WRONG_DAY = "開く日は今日か先の日付、受け付ける日数は1から250までの数にしてください。"
PLANNED_ALREADY_PAGE = "同じ調査の同じ日の回が、もうあります。別の日を選んでください。"
