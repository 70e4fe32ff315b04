"""What the command line says."""

from __future__ import annotations

from collections.abc import Mapping

DXBOT = "DX相談ボットを動かし、手入れをするためのコマンドです。"
HELP_OPTION = "この説明を表示します。"
USAGE = "使い方: "
HEADINGS = {"Options": "オプション", "Commands": "コマンド", "Arguments": "引数"}
ABORTED = "中止しました。何も変更していません。"
STOPPED = "止めました。"

SERVE = "チャットの画面と窓口を動かします。"
WORKER = "送信待ちの知らせを届けます。"
MIGRATE = "データベースを最新の形にします。"
DOCTOR = "設定・データベース・知識を点検します。"
DEMO = "架空の市役所の職員と、手続と調査の見本をデータベースに入れます。"
ASK = "質問に、チャットと同じ答えを返します。"
KNOWLEDGE = "知識（項目）の取り込み・点検・書き出しをします。"
DIRECTORY = "職員と組織を取り込みます。"
CONSOLE = "コンソールへのサインインの手入れをします。"
CONSOLE_RESTORE = (
    "職員（職員番号で指定）に「デジタル推進室」の役割を付けます。管理する人がいなくなったときに使います。"
)
CONSOLE_PERMISSIONS = "役割ごとにできることの表を、docs/permissions.md の形で表示します。"
PERMISSION_COLUMNS = ("できること", "名前", "名簿にない人")
YES = "○"
PERMISSION_PAGE = """# 役割とできること

この表は、プログラムの中の1つの表（`staff/permissions.py`）をそのまま書き出したものです。`dxbot console permissions` で作り直せます。
チャット、コンソール、どの画面でも、同じ表で判断します。役割を変えると、次の操作からすぐに効きます。

- 「担当課の」と付くものは、その役割を持つ所属（兼務先を含む）の分だけです。
- 役割は、職員名簿の取り込みと、コンソールの「職員」での付与の両方から付きます（[コンソールの手引](console.md)）。
- サーバーでコマンド（`dxbot …`）を実行できる人は、デジタル推進室と同じことができます。実行した人の名前は監査の記録に残ります（「コマンドと記録」）。

"""
COMMAND_COLUMNS = ("コマンド", "同じことに画面で要る権限", "監査の記録")
COMMAND_PAGE = """
## コマンドと記録

コマンドは、サーバーに入れる人だけが使えます。職員に関わることを見る、変えるコマンドは、実行した人のサーバーでの名前（`cli/名前`）で監査の記録に残ります。
`cli.run` は、実行したことそのものの記録です。確かめるだけの実行（`--dry-run` など）でも残ります。記録できないときは、何も表示しません。

"""
COMMAND_NOBODYS = "なし（職員に関わることを扱いません）"
CONSOLE_CODES = "職員（職員番号で指定）に、紙で渡すコードを10個作ります。前のコードは使えなくなります。"
CONSOLE_SIGN_OUT = "職員（職員番号で指定）のサインインを、すべて終わらせます。"
SKILLS = "技量の枠組みを点検し、研修の履歴を取り込み、集計を表示します。"
SURVEY = "調査を点検し、開き、締め切ります。"
AUDIT = "監査の記録を確かめます。"
AUDIT_ANCHOR = "いまの監査の記録のアンカーを表示します。この機械の外に控えておきます。"
AUDIT_VERIFY_ANCHOR = "この機械の外に控えたアンカー。"
YEAR_ROLL = "次の4月1日までに決めることを挙げます。"
HANDOVER = "引継書を書きます。"
HANDOVER_OUT = "書き出すファイル（.md か .docx）。省くと画面に表示します。"
SLACK = "Slack に入れるアプリを用意します。"
TEAMS = "Teams に入れるアプリを用意します。"
EVAL = "質問集で採点し、成績を表示します。"

_USAGE_LINES = {
    "NoSuchCommand": "「{name}」というコマンドはありません。",
    "NoSuchOption": "「{name}」というオプションはありません。",
    "MissingParameter": "「{name}」が足りません。",
    "BadParameter": "「{name}」の値が正しくありません。",
    "BadOptionUsage": "「{name}」の書き方が正しくありません。値が要るかどうかを確かめてください。",
}
_USAGE_OTHER = "書き方が正しくありません。"


def usage_line(kind: str, name: str, command: str) -> str:
    """One line for a command that was typed wrongly, with where the right way is shown."""
    return (
        f"{_USAGE_LINES.get(kind, _USAGE_OTHER).format(name=name)} 使い方は `{command} --help` で見られます。"
    )


def file_missing(path: str) -> str:
    """A file to read is not there."""
    return f"ファイル {path} を開けません。場所と名前、読み取りの権限を確かめてください。"


SCHEMA_OLD = "データベースの準備ができていません（未適用の変更: {names}）。`dxbot migrate` を実行してから、もう一度試してください。"

READY = "準備ができました: {address}"
STOPPING = "終了しています。受け付け済みの処理が済むまでお待ちください。"
PORT_TAKEN = "{host}:{port} では待ち受けられません（{reason}）。PORT か HOST の設定を変えてください。"
WORKER_READY = "知らせの送信を始めました。"

LOCAL = "準備をして、画面と送信係を手元で動かします。"
LOCAL_PLAN = "取り込む計画の文書。"

MIGRATED = "データベースを更新しました: {names}"
MIGRATED_NOTHING = "データベースは最新です。"

ASK_BATCH = "1行に1つの JSON（id と question）を書いたファイル。"
ASK_JSON = "答えを1行の JSON で表示します。"
ASK_TOP = "JSON の ranking に入れる項目の数。"
ASK_AS = "職員番号。この人に見える記事から答えます。省くと、職員名簿にない人と同じ答えになります。"
ASK_NOBODY = "職員番号 {id} の人は職員の一覧にいません。番号を確かめてください。"
ASK_ONE_OF = "質問の文か --batch FILE の、どちらか一方を指定してください。"
ASK_BATCH_LABEL = "質問に答えています"
ASK_CHOICES = "選べる項目: {titles}"


def batch_line(path: str, line: int, reason: str) -> str:
    """A line of a batch file that cannot be read."""
    return f"{path} の {line} 行目: {reason}"


BATCH_NOT_JSON = "JSON として読めません。1行に1つの JSON を書いてください。"
BATCH_NO_QUESTION = "question がありません。id と question を文字で書いてください。"

DOCTOR_OK = "良好"
DOCTOR_BAD = "要対応"
DOCTOR_NAMES: Mapping[str, str] = {
    "settings": "設定",
    "database": "データベース",
    "sqlite": "SQLite",
    "schema": "データベースの形",
    "own": "待ち受け",
    "doors": "ほかの機械から",
    "oidc": "認証サーバー",
    "proxy": "プロキシの見出し",
    "knowledge": "知識",
    "directory": "職員と組織",
    "outbox": "送信待ち",
    "surveys": "調査",
    "audit": "監査の記録",
    "backups": "控え",
    "slack": "Slack",
    "teams": "Teams",
}
DOCTOR_SETTINGS = "{count} 件の設定を読みました。"
DOCTOR_DATABASE = "{url} に接続しました。"
DOCTOR_SQLITE = "版 {version}"
DOCTOR_SCHEMA = "最新です。"
DOCTOR_KNOWLEDGE = "{entries} 項目に答えられます（同梱: {packs}、取り込み: {imported} 項目）。"
DOCTOR_DIRECTORY = "職員 {people} 人、部課 {departments}"
DOCTOR_OFFLINE_OPTION = "外への通信を確かめません。"
DOCTOR_SERVED = "{address} で動いています。"
DOCTOR_NOT_SERVED = (
    "{address} では、いま動いていません（`dxbot serve` で動きます）。待ち受けることはできます。"
)
DOCTOR_ANY_PORT = "PORT が 0 のため、動かすときに空いている番号を選びます。"
DOCTOR_OTHER_SERVER = (
    "{address} では、ほかのプログラムが動いています。PORT を変えるか、そのプログラムを止めてください。"
)
DOCTOR_FAILED = "届かなかった知らせが、この7日で {count} 件あります（{reason}）。理由を除き、宛先の方には直接お伝えください。"
DOCTOR_DOUBTFUL = (
    "届いたかどうかを確かめている知らせが {count} 件あります。"
    "`dxbot worker` が動いていれば自動で確かめます。減らないときは、動いているかを確かめてください。"
)
DOCTOR_UNCLEAR = (
    "届いたか分からない知らせが {count} 件あります。`dxbot outbox list` で見て、宛先の方の画面を確かめ、"
    "`settle` か `resend` を実行してください。"
)
DOCTOR_LATE = "{week} の「DX推進だより」が、10時を過ぎても送り終わっていません。`dxbot worker` が動いているかを確かめてください。"
NONE = "なし"


def outbox_failure(channel: str, reason: str, count: int) -> str:
    """Why messages of a channel did not go out."""
    return f"{channel} の {count} 件: {reason}"


DOCTOR_NO_KNOWLEDGE = (
    "項目が1つもありません。DXBOT_CONTENT を確かめるか、`dxbot knowledge import` で取り込んでください。"
)
DOCTOR_OUTBOX = "待ち {queued}、送信中 {sending}、送信済み {sent}、確認中 {doubtful}、届いたか不明 {unclear}、届かず {failed}"
DOCTOR_AUDIT = "{count} 件の記録がつながっています。"
DOCTOR_TOKENS_UNSET = "設定していません（使わないなら、このままで構いません）。"

DEMO_STAFF = "作る職員の数。"
DEMO_SEED = "同じ数なら同じ職員になります。"
DEMO_SAMPLES = (
    "手続の見本 {count} 件を入れました。消すときは dxbot knowledge remove {source} を実行してください。"
)
DEMO_ROUND = "調査の見本 {id} に、架空の回答 {count} 件を入れました。"
DEMO_DONE = "架空の職員 {people} 人と {departments} の部課を入れました。"

IMPORT = "ファイルの項目を取り込みます。同じ名前（--source を省くとファイル名）の前回分と入れ替わります。"
IMPORT_SOURCE = "取り込み元の名前。省くと、ファイル名（計画書は題と版）。同じ名前の前回分と入れ替わります。"
IMPORT_SOURCE_WRONG = "--source は、前後に空白のない {longest} 字までの文字で書いてください。"
IMPORT_ANOTHER_FILE = (
    "前に「{source}」で取り込んだ {before} 項目のうち {removed} 項目がなくなり、別の項目が入ります。"
    "名前が同じ別のファイルなら --source で別の名前を、"
    "入れ替えてよければ --source {source} を付けてください。何も変えていません。"
)
IMPORT_SHARED = "注意: id「{id}」は「{other}」にもあります。答えに使うのはどちらか1つです。要らないほうを消すか、id を変えてください。"
IMPORT_TAKEN_OVER = (
    "注意: 資料集の {count} 項目が、このファイルのものに代わります（id: {ids}{more}）。"
    "元に戻すには、取り込み元ごと消してください。"
)
IMPORT_TAKEN_OVER_MORE = " など"
IMPORT_SHARED_MORE = "注意: ほかの取り込み元と同じ id が、ほかに {count} 件あります。"
DIFF = "取り込んだ2つの版（取り込み元の名前）を比べ、変わったところを見せます。"
DIFF_ARTICLE = "■ {title}"
DIFF_REMOVED = "  - {text}"
DIFF_ADDED = "  + {text}"
DIFF_COUNTS = "「{old}」から「{new}」で、{count} 項目が変わりました。"
CHECK_REVISED = (
    "原文が改訂されています: {title}（{id}）。解説は {written} に合わせたもの、原文は {edition} です。"
    "解説を直し、版（edition）を改めてください。それまで解説は表示しません。"
)
REMOVE = "取り込んだ項目を、取り込み元ごと消します。"
REMOVE_DRY_RUN = "確かめるだけで、消しません。"
REMOVE_TITLE = "  {title}"
REMOVE_DONE = (
    "「{source}」の {count} 項目を消しました。元に戻すには、もとのファイルを取り込み直してください。"
)
REMOVE_WOULD = (
    "「{source}」の {count} 項目が消えます。確かめただけです。消すには --dry-run を外してください。"
)
IMPORT_FORMAT = "ファイルの形。省くと、名前の終わりで決めます。計画書は plan と指定します。"
IMPORT_TITLE = "計画書の題。省くと、表紙から読み取ります。"
IMPORT_EDITION = "計画書の版。省くと、表紙から読み取ります。"
IMPORT_DRY_RUN = "確かめるだけで、取り込みません。"
IMPORT_DONE = "「{source}」を取り込みました。追加 {added}、変更 {changed}、削除 {removed}、同じ {same}（計 {count} 項目）"
IMPORT_WOULD = "取り込むと「{source}」は次のようになります。追加 {added}、変更 {changed}、削除 {removed}、同じ {same}（計 {count} 項目）"
IMPORT_ADDED, IMPORT_CHANGED, IMPORT_REMOVED = "  追加: {title}", "  変更: {title}", "  削除: {title}"
IMPORT_FURTHER = "  ほか {count} 項目"
IMPORT_NOTHING_DONE = "確かめただけです。取り込むには --dry-run を外してください。"
IMPORT_SAME = "「{source}」は前回と同じ内容のため、何も変えていません（{count} 項目）。"

CHECK = "同梱の知識と取り込んだ知識を点検します。"
CHECK_OK = "{count} 項目に誤りはありません。"
CHECK_OVERDUE = (
    "見直しの期日を過ぎています: {title}（{id}、{day}）。内容を確かめ、期日を改めて取り込み直してください。"
)
EXPORT = "項目を、直して取り込み直せるファイルに書き出します。"
EXPORT_OUT = "書き出すファイル（.csv、.xlsx、.md、.yaml）。"
EXPORT_SOURCE = "書き出す元（同梱の知識か、取り込んだファイルの名前）。省くと、直せる項目すべて。"
EXPORT_FAILED = "{path} に書けません（{reason}）。場所と権限を確かめてください。"
EXPORT_NO_SOURCE = "「{source}」という元はありません。今あるもの: {known}"
EXPORT_DONE = "{count} 項目を {path} に書き出しました。"

DIRECTORY_IMPORT = "職員の一覧を取り込みます。違いを見せてから反映します（人事異動）。"
DIRECTORY_DEPARTMENTS = "部課の一覧（CSV か XLSX）。省くと、今の部課のままにします。"
DIRECTORY_YES = "確かめずに反映します。"
DIRECTORY_ALLOW_LEAVERS = "登録の3割を超える人がいなくなることを認めます。"
DIRECTORY_HOW_TO_ALLOW = "（--allow-leavers を付けます）"
DIRECTORY_DRY_RUN = "違いを見せるだけで、反映しません。"
DIRECTORY_CONFIRM = "この内容で反映しますか（y/N）"
DIRECTORY_DONE = "反映しました（追加 {joined}、変更 {changed}、いなくなった人 {left}）。"
DIRECTORY_STOPPED = "反映しませんでした。"
DIRECTORY_NEEDS_YES = "反映するには --yes を付けてください（画面のないところでは確かめられないため）。"
DIRECTORY_NOTHING_DONE = "違いを見せただけです。反映するには --dry-run を外してください。"

AUDIT_VERIFY = "記録のつながりを、はじめから確かめます。"
AUDIT_OK = "{count} 件の記録は、すべてつながっています。"
AUDIT_BROKEN = (
    "記録のつながりが切れています: {reason} データベースの控えと比べ、デジタル推進室へ知らせてください。"
)

EVAL_LABEL = "採点しています"
EVAL_FAILURES = "正しくなかった質問と理由も表示します。"
EVAL_KINDS: Mapping[str, str] = {
    "answerable": "答えられる質問に正しく答えた",
    "unanswerable": "記載のない質問を断った",
    "ambiguous": "あいまいな質問に聞き返した",
}
EVAL_LINE = "{name}: {right} / {total}"
EVAL_WRONG = "誤った答え: {wrong} / {total}"
EVAL_FAILURE = "{id} {question} → {why}"
