"""The sheet for the city's security review: what reaches Slack, Teams and files, and the questions that reviewers ask."""

from __future__ import annotations

from typing import NamedTuple

CLI = "情報セキュリティの確認シートを、docs/security-sheet.md の形で表示します。"


class Reach(NamedTuple):
    """Where one item comes out besides the database: on Slack and Teams, and in files people take away."""

    chat: str
    file: str = "出ません"


_NOT = "出ません"
_OWN = "本人との会話だけ"
_ROLE = "見られる人との会話だけ"

REACH: dict[str, Reach] = {
    "directory": Reach("氏名と課（知らせの宛先、担当の名前）"),
    "upload": Reach(_NOT),
    "files": Reach(_NOT, "そのファイル"),
    "posts": Reach(_NOT),
    "leavers": Reach(_NOT),
    "holds": Reach(_NOT),
    "sign-in": Reach("サインインのリンク（10分、1回だけ）"),
    "audit": Reach(_NOT, "アンカー（数字だけ）"),
    "inbox": Reach(_NOT),
    "outbox": Reach("送る文"),
    "receipts": Reach("届いた文（元からそこにあります）"),
    "contacts": Reach("宛先の番号（元からそこにあります）"),
    "digest": Reach(_OWN),
    "issues": Reach(_ROLE, "本部会議の1枚（Word）"),
    "questions": Reach(_ROLE),
    "feedback": Reach("件数だけ"),
    "inquiries": Reach("聞いた人と担当の人との会話だけ"),
    "editing": Reach("記事の文（提案と承認の知らせ）", "記事の文（知識の書き出し）"),
    "documents": Reach("答えに引用した文", "知識の書き出し"),
    "progress": Reach("報告の文と担当課", "本部会議の1枚（Word）"),
    "asked": Reach("督促（本人だけ）"),
    "answers": Reach(
        "慎重に扱わない調査を、本人がそこで答えたときだけ。締切のあとの自由記述（見られる人との会話だけ）",
        "締切のあとの自由記述（所属も番号もなし）",
    ),
    "drafts": Reach("答えている途中の画面だけ（本人）"),
    "anonymous": Reach("締切のあとの自由記述（見られる人との会話だけ）", "締切のあとの自由記述"),
    "closing": Reach(_NOT),
    "wishes": Reach(_NOT),
    "absences": Reach(_NOT),
    "publications": Reach("少人数を伏せた集計だけ", "少人数を伏せた集計だけ"),
    "assessments": Reach(_OWN, "少人数を伏せた集計、1人に頼っている仕事の氏名（職員課）"),
    "plans": Reach(_OWN, "本人の研修の日程（カレンダー）"),
    "sharing": Reach("本人と、見せた所属長との会話だけ"),
    "profiles": Reach("探した職員との会話だけ"),
    "trainings": Reach(_OWN),
}

COLUMNS = (
    "データ",
    "データベース",
    "Slack・Teams の画面",
    "書き出したファイル",
    "控え",
    "ログ",
    "保存期間",
    "見られる人",
)
IN_BACKUP, IN_LOG = "入ります", _NOT
PAGE = """# 情報セキュリティの確認シート

市の情報セキュリティの確認（審査）に出すためのシートです。`dxbot privacy sheet` で作り直せます。
データの一覧は、プログラムの中の1つの一覧（[個人に関するデータの一覧](personal-data.md)）から作ります。

## 確かめること

| 確かめること | 答え |
| --- | --- |
| 置き場所 | 市のサーバー1台。データベースは SQLite のファイルか、市の PostgreSQL |
| 外への通信 | Slack・Teams を使うときの、それぞれの窓口だけ。使わなければ、外へは通信しません（[庁内LANに入れる](install-lan.md)） |
| 生成AI・外部のAI | 使いません。答えは文書の原文の引用です |
| 認証 | 1回だけのリンク、市の認証サーバー（OpenID Connect）、プロキシ、紙のコード。パスワードは持ちません（[手引](console.md)） |
| 権限 | 1つの表で、チャット・画面・コマンドのどれも判断します（[役割とできること](permissions.md)）。変更は次の操作から効きます |
| 通信の暗号化 | 職員のブラウザーとの間は TLS（前に置くWebサーバー）。TLS でなければサインインできません |
| 保存の暗号化 | 受け取り待ちの書き出したファイルだけをします。ほかは、ディスクかデータベースの暗号化を使ってください |
| 記録（監査） | だれが、いつ、どこから、何を見た・変えた・断られたかを残し、書き換えと切り詰めを見つけます。質問や回答の中身は残しません |
| ログ | 時刻、場所、結果だけの JSON。質問、回答、氏名、合い言葉は書きません |
| 合い言葉（トークン） | 環境変数だけから読みます。データベース、ログ、画面には出ません |
| 控えと復元 | 動いたまま取れます。復元を試験しています（[運用の手引](operation.md#控えを取る)） |
| 消去 | 職員1人分をすべて消せます。保存期間を過ぎたものは自動で消えます |
| 少人数の秘匿 | 5人より少ない集計（介護・健康は10人）を伏せ、ほかの数との引き算でも分からないことを確かめてから公表します |
| 部品と脆弱性の管理 | すべての部品の版、SHA-256、ライセンスの一覧（SBOM、CycloneDX）を、一式に付けます |
| 入力の検査 | 大きさ、署名、形を確かめます。悪意のある文を各入力に10,000種類（課名の表は80）入れ、働いたもの0 |
| 市民のデータ | 扱いません。12桁のマイナンバーのような数は受け付けません |

## データごとの置き場所・期間・見られる人

「控え」は、データベースの控えに入るかどうかです。消したあとも、控えの期限が過ぎるまでは控えの中に残ります。
「書き出したファイル」は、ほかの人の手に渡るファイルです。本人は「自分のデータ」で、自分の分をファイル（JSON、CSV）で受け取れます。
Slack・Teams の画面に出た文とグラフの画像は、それぞれの会社のサーバーにも、市の設定の期間だけ残ります。

"""
PAGE_OUTSIDE = """
## データベースの外の置き場所

"""
