"""What the commands about personal data say."""

from __future__ import annotations

CLI = "個人に関するデータを見る、消す、残す。"
REGISTER = "個人に関するデータの一覧を、docs/personal-data.md の形で表示する。"

NAMELESS = "（消去した職員）"
SHOW = "職員（職員番号で指定）について残っているデータを、一覧の項目ごとに表示する。"
SHOW_JSON = "JSON で表示する"
ERASE = "職員（職員番号で指定、いくつでも）のデータを消し、残っていないことを確かめる。"
ERASE_YES = "確かめずに消す"
ERASE_CAUSE = "消す理由（監査の記録に残ります）"
ERASE_ALSO = (
    "ログや書き出したファイルを置いたフォルダーかファイル。その中に残っていないかも確かめる（いくつでも）"
)
CAUSE_DEFAULT = "本人の求め"

BACKUP = "データベースの控えを取る。動いている間も取れ、取ったあとに壊れていないことを確かめる。"
RESTORE = "データベースを控えから戻す。serve と worker を止めてから実行する。控えのあとで消去した人は、もう一度消す。"
RESTORE_YES = "確かめずに戻す"
BACKED_UP = "控えを取りました: {path}（{size:,} バイト、SHA-256 {sum}）"
RESTORING = "控え {path}（{at} に取ったもの）を戻します。"
RESTORE_ASK = "今のデータベースと入れ替えますか"
NOT_RESTORED = "戻しませんでした。データベースはそのままです。"
RESTORED = "戻しました。控えのあとで消去していた {people} 人は、もう一度消しました。"
FORMER_KEPT = "入れ替える前のデータベース: {path}（確かめたら消してください。DXBOT_BACKUP_DAYS を過ぎると dxbot worker が消します）"

HOLDS = "消去の保留と、消した記録を表示する。"
HOLD = "種類の消去を保留する（公文書の扱い、情報公開請求など）。"
HOLD_WHY = "理由"
HOLD_OF_ROUND = "1つの調査の回だけにするときの、回の id"
RELEASE = "保留（id で指定）を外す。"
HOLD_LINE = "{id} {kind}{round}: {reason}（{by}、{at}から）"
NO_HOLDS = "保留はありません。"
DELETIONS = "消した記録"
DELETION_LINE = "{at} {kind}（{cause}）: {removed} 件、残り {remaining} 件{cleaned}"
UNCLEAN = "、ファイルの書き直しはこれから"
CAUSES = {"term": "期限", "leaver": "退職", "restore": "控えを戻したあと", "own": "本人"}
RELEASED = "保留を外しました: {kind}"
HOLD_REASON = "理由を {longest} 字までで書いてください。"
HOLD_ROUND = "回を指定できるのは、調査の回答（answers）だけです。"
HOLD_NO_ROUND = (
    "その調査の回はありません。「調査の実施」か dxbot survey list で回を確かめ、選び直してください。"
)
NO_HOLD = "保留 {id} はありません。dxbot privacy holds で確かめてください。"

NOTHING_HELD = "職員番号 {person} について残っているデータはありません。"
SUBJECT = "職員番号 {person}{name}"
ITEM_LINE = "  {title}: {count} 件"
MENTIONED = "（ほかの記録の中: {count} 件）"
DRY_RUN = "まだ消していません。"
ASK = "消しますか。元には戻せません"
NOT_ERASED = "消しませんでした。"
ERASED = "職員番号 {person}: 消しました（{count} 件）。"
NAMESAKE = "職員番号 {person}: 同じ氏名の職員がいるため、ほかの記録の中の氏名はそのままにします（職員番号とメールアドレスは置き換えます）。"
CLEANED = "データベースのファイルを書き直し、消したものの跡をなくしました。"
NOT_CLEANED = "要対応: ほかの処理が使っているため、データベースのファイルを書き直せませんでした。しばらくして、もう一度実行してください。"
CHECK_TABLES = "データベースの表: {found}"
CHECK_FILE = "{path}: {found}"
NONE_LEFT = "残っていません"
LEFT = "要対応: {count} か所に残っています"
LEFT_IN = "要対応: 残っています（{where}）"
STANDING = "公表した集計・無記名の回答: 同じ文が {count} か所にあります。だれのものか分からないため、残します"
POSTGRESQL = "PostgreSQL: 表に残っていないことだけを確かめました。WAL と控えは、期限まで残ります（docs/operation.md）。"
AUDIT_SOUND = "監査の記録: {count} 件のつながりを確かめました。"
AUDIT_BROKEN = "要対応: 監査の記録が切れています（{reason}）"
LIST_BROKEN = "消去した人の控え（DXBOT_ERASED_LIST）を読み書きできません: {reason}。置き場所と、書き込めるかを確かめてください。何も消していません。"
UNREADABLE = "要対応: 読めません（{reason}）"


LAST_OPERATOR = "「デジタル推進室」の役割を持つ人がいなくなるため、消しませんでした。先に、ほかの人に役割を付けてください。"


def held_back(held: list[tuple[str, str]]) -> str:
    """The city's record rules keep something."""
    kinds = "、".join(f"{KINDS[kind]}（{reason}）" for kind, reason in held)
    return f"消去の保留があるため、消しませんでした: {kinds}。保留を外してから、もう一度実行してください（dxbot privacy holds）。"


KINDS = {
    "directory": "職員名簿",
    "upload": "取り込み中の名簿ファイル",
    "files": "受け取り待ちのファイル",
    "leavers": "退職した人の控え",
    "posts": "在籍の経過",
    "sign-in": "サインイン",
    "audit": "監査の記録",
    "messages": "お知らせと送った知らせ",
    "receipts": "受け取った通信",
    "contacts": "チャットの宛先",
    "digest": "DX推進だより",
    "questions": "質問と評価",
    "knowledge": "記事",
    "initiatives": "取組の報告",
    "answers": "調査の回答",
    "wishes": "督促の止めと休んでいる人",
    "results": "公表した集計",
    "skills": "技量",
    "records": "消去の保留",
    "person": "1人の職員のすべて",
}


def no_such_kind(kinds: tuple[str, ...]) -> str:
    """There are other kinds."""
    return "その種類はありません。次のどれかを指定してください: " + "、".join(
        f"{one}（{KINDS[one]}）" for one in kinds
    )
