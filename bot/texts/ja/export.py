"""What the exports say: in the files, in chat, on the console and the command line."""

from __future__ import annotations

# 表の名前
SHEET_LEGEND = "凡例"
SHEET_CHARTS = "グラフ"
SHEET_MAP_DIVISIONS = "部×スキル"
SHEET_MAP_SECTIONS = "課×スキル"
SHEET_TIERS = "区分×スキル"
SHEET_CITY = "全庁"
SHEET_DIVISIONS = "部ごと"
SHEET_SECTIONS = "課ごと"
SHEET_OTHERS = "そのほかの切り口"
SHEET_DATA = "データ"
SHEET_HISTORY = "推移"
SHEET_COVERAGE = "一人でできる人のいる課の数"
SHEET_RELIANCE = "1人に頼っている仕事の数"
SHEET_PLAN = "育成計画"
SHEET_ALONE = "1人に頼っている仕事"
SHEET_TEXTS = "自由記述"
ABOUT = {
    SHEET_CHARTS: "全庁の割合のグラフと、その元の数。秘匿した数は、グラフにも表にも入れていません。",
    SHEET_MAP_DIVISIONS: "部ごとの、目標（一般の職員に求める段階）に届いている人の割合（%）。○×で確かめるスキルは、正答の割合。",
    SHEET_MAP_SECTIONS: "課ごとの、目標に届いている人の割合（%）。課は、回を開いた日の組織の順です。",
    SHEET_TIERS: "区分（一般行政職員、DX推進リーダーなど）ごとの、その区分の目標に届いている人の割合（%）。",
    SHEET_CITY: "全庁の、選択肢ごとの人数と割合。",
    SHEET_DIVISIONS: "部ごとの、選択肢ごとの人数と割合。",
    SHEET_SECTIONS: "課ごとの、選択肢（近い選択肢をまとめたもの）ごとの人数と割合。",
    SHEET_OTHERS: "区分、役割、主な業務など、ほかの切り口での人数と割合。",
    SHEET_HISTORY: "公表した回ごとの数。古い回から順に並べています。",
    SHEET_COVERAGE: "スキルごとの、段階3以上（一人でできる）の人がいる課の数と、それが1人だけの課の数。数の幅で示しています。",
    SHEET_RELIANCE: "部ごとの、1人に頼っている仕事（課×スキル）の数。数の幅で示しています。",
    SHEET_PLAN: "区分・スキル・段階ごとの、年度末の目標の人数と、公表した回の実績の人数。",
    SHEET_DATA: "同じ数を、1行に1つの年度で並べたもの。",
    SHEET_ALONE: "その課で、段階3以上（一人でできる）の人が1人だけのスキルと、その職員。段階は入っていません。",
    SHEET_TEXTS: "質問ごとの自由記述。所属、職員番号、回答した順は入っていません（文字の順に並べています）。同じ人の答えは結び付きません。",
}

# 列
WAY = "切り口"
DIVISION = "部"
SECTION = "課"
GROUP = "区分・所属"
QUESTION_ID = "質問番号"
QUESTION = "質問"
OPTION = "選択肢"
BASE = "有効回答（人）"
COUNT = "人数"
SHARE = "割合（%）"
MEAN = "平均"
MEAN_ROW = "（平均）"
PUBLICATION = "公表番号"
WAVE = "回"
CLOSED_ON = "締切日"
CLOSED_ON_JAPANESE = "締切日（和暦）"
UNIT = "全庁・部"
WHOLE_CITY = "全庁"
AREA = "領域"
SKILL = "スキル"
TIER = "区分"
TARGET = "目標の段階"
REACHED = "目標に届いた割合（%）"
ANSWERING = "回答のあった課"
ABLE_LEAST, ABLE_MOST = "いる課（少なくとも）", "いる課（多くとも）"
ALONE_LEAST, ALONE_MOST = "1人だけの課（少なくとも）", "1人だけの課（多くとも）"
PAIRS_LEAST, PAIRS_MOST = "数（少なくとも）", "数（多くとも）"
PLAN_LEVEL = "段階"
OR_ABOVE = "{level} {label} 以上"
EVERY_SKILL = "（区分の人数）"
YEAR = "年度"
GOAL = "目標（人）"
ACTUAL = "実績（人）"
PEOPLE = "人"
CHART_PLAN = "{tier}の人数"
NUMBER = "職員番号"
SAID = "自由記述"
NAME = "氏名"
CHART = "グラフ"
POINT = "項目"
PER_CENT = "%"
CHART_CITY = "全庁: 目標に届いている人の割合"
CHART_TIER = "{tier}: 区分の目標に届いている人の割合"

# 凡例
ITEM = "項目"
MEANING = "内容"
TITLE = "題名"
ROUND = "対象の回"
ROUND_LINE = "{title}（{id}）。実施 {since}～{until}。公表番号 {numbers}、公表日 {on}"
NOT_USED_FOR = "使わないこと"
MADE_AT = "書き出した日時"
MADE_BY = "書き出した人の役割"
MADE_ON_SERVER = "デジタル推進室（サーバーでのコマンド）"
PURPOSE = "書き出した目的"
KEPT = "このファイルの保存"
KEPT_AGGREGATES = "集計だけのファイルです。庁内の文書の決まりに従い、長くても5年で消してください。"
KEPT_TEXTS = "回答した人の言葉が入っています。目的の仕事が済んだら、すぐに消してください（長くても1年。もとの回答も1年で消えます）。"
KEPT_PEOPLE = "職員の名前が入っています。目的の仕事が済んだら、すぐに消してください（長くても1年）。"
SIGNS = (
    ("数字（0 を含む）", "公表した数です。0 は「いない」ことを確かめた数です。"),
    (
        "秘匿",
        "人数が少ないなどのため、個人が推測されないように隠した数です（5人未満、育児・介護や健康の質問は10人未満など）。"
        "ほかの数から引き算してもわからないように、一緒に隠した数もあります。0 として計算しないでください。",
    ),
    (
        "合算",
        "人数が少ないため、ほかの課や選択肢と合わせて示した数です。合わせた数は「＋」でつないだ行にあります。",
    ),
    (
        "空白",
        "その数がないこと（回答した人がいない、その列に値がない）を示します。秘匿でも 0 でもありません。",
    ),
    ("割合（%）", "有効回答に対する割合を、整数に丸めたものです。複数回答の質問では、合計が100をこえます。"),
    ("課の名前と順番", "回を開いた日の組織のとおりです。後の組織改正では変わりません。"),
    ("公表番号", "集計は締切のときに1度だけ決めて番号を付け、あとから変えません。画面の数と同じものです。"),
)
SHEET_NAMED = "表「{title}」"
NOTE = "注意"
SKILL_NOTES = ("自己評価です。人事評価・昇任・異動の判断には使わないでください。",)
PLAN_NOTES = ("実績は、その年度の最後に公表した自己評価に答えた人の数です。職員の全員の数ではありません。",)
TEXT_NOTES = (
    "だれが書いたかを推測しないでください。ほかの人に渡すときは、個人がわかる言葉を消してください。所属長には渡さないでください。",
    "本人が自分の回答を消したときは、次に作るファイルには入りません。",
)
TELEWORK_NOTES = ("回答は、だれのものかわからない形で集めています。1人ずつの回答のファイルはありません。",)
ALONE_NOTES = (
    "自己評価の前の説明で、職員課が見ることを知らせた範囲だけを入れています。ほかの人に渡さないでください。",
    "最新の自己評価（今の段階の見直しを含む）によるもので、公表した集計とは時点が違います。",
)
BOOK_SKILLS = "技量の自己評価の集計 {wave}"
BOOK_SKILLS_HISTORY = "技量の自己評価の推移"
BOOK_PLAN = "育成計画"
BOOK_TEXTS = "{title}の自由記述"
BOOK_ALONE = "1人に頼っている仕事"
BOOK_TELEWORK = "{title}の集計"
BOOK_TELEWORK_HISTORY = "{title}の推移"

# ファイルの名前
FILE_YEAR = "{year}年度"
FILE_DAY = "R{year}-{month}-{day}"
FILE_LEVELS = {
    "aggregate": "",
    "history": "推移",
    "plan": "育成計画",
    "individual": "1人に頼っている仕事",
    "texts": "自由記述",
}

# 断り
NO_SUCH_WHAT = "書き出すものは skills（技量）か telework（テレワーク）から選んでください。"
NO_SUCH_LEVEL = (
    "表の種類は aggregate（集計）、history（推移）、plan（育成計画）、individual（職員名の入った表）、"
    "texts（自由記述）から選んでください。"
)
NO_SUCH_FORMAT = "形は xlsx（Excel）か csv から選んでください。"
NO_SUCH_ENCODING = "文字コードは utf-8-sig か cp932 から選んでください。"
NO_ROWS = (
    "テレワークの調査は、だれの回答かわからない形で集めているため、1人ずつのファイルはありません。"
    "集計（aggregate）か推移（history）を選んでください。"
)
NO_PLAN = "育成計画（plan）は、技量（skills）だけにあります。"
NO_TEXTS = "自由記述（texts）は、テレワーク（telework）だけにあります。"
TEXTS_ANONYMOUS = "無記名の回の自由記述は、ファイルにしません。「結果」の画面の「自由記述」でお読みください。"
TEXTS_FEW = "回答した人が5人に満たないか、1つの課だけのため、自由記述は出しません。だれが書いたかがわかるおそれがあります。"
NOTHING_SAID = "この回の自由記述はありません。だれも書いていないか、もとの回答の保存の期限（締切から1年）が過ぎて消えています。"
PURPOSE_EMPTY = "何のために使うかを、目的に書いてください。監査の記録と、ファイルの凡例に残ります。"
PURPOSE_LONG = "目的は、改行などのない {most} 文字以内で書いてください。"
PERSONAL_NUMBER = "目的に、マイナンバーと思われる12桁の数字があります。消してから、もう一度お試しください。"
NO_ROUND = "公表された回がありません。締め切った後、集計が終わると公表されます。「調査の実施」で回の様子を確かめてください。"
NOT_PUBLISHED = "「{id}」という、公表された回はありません。回の id を確かめてください。"
NOT_OF_KIND = "回「{id}」は、この書き出しの対象の調査ではありません。"

# チャット
CHAT_TITLE = "ファイルへの書き出し"
CHAT_TEXT = (
    "技量とテレワークの集計を、Excel か CSV で受け取れます。ファイルはコンソールの「書き出し」で作ります"
    "（目的を書いていただきます）。チャットにはファイルを出しません。"
)
CHAT_SIGN_IN = "サインインがまだのときは、先にボットへのダイレクトメッセージで「コンソール」と送り、届いたリンクからサインインしてください。"
CHAT_OPEN = "書き出しの画面を開く"

# コンソール
PAGE = "書き出し"
PAGE_TEXT = (
    "公表した集計と自由記述を、Excel か CSV のファイルにします。隠した数は、画面と同じように「秘匿」のままです。"
    "書き出したことと目的は、監査の記録に残ります。"
)
WHAT_FIELD = "書き出すもの"
CHOICES = {
    "skills/aggregate": "技量の集計（部・課×スキル、全庁、区分）",
    "skills/history": "技量の推移（公表したすべての回）",
    "skills/plan": "育成計画（年度ごとの目標と実績）",
    "skills/individual": "1人に頼っている仕事（職員名が入ります）",
    "telework/aggregate": "テレワークの集計（全庁、部、課、主な業務など）",
    "telework/history": "テレワークの推移（公表したすべての回）",
    "telework/texts": "テレワークの自由記述（所属も職員番号も入りません）",
}
ROUND_FIELD = "回"
ROUND_HINT = "推移では、選んだ回と同じ調査の、すべての回を入れます。"
GROUPS = {"skills": "技量", "telework": "テレワーク"}
NEWEST = "いちばん新しい回"
FORMAT_FIELD = "形"
FORMATS = {"xlsx": "Excel（.xlsx）", "csv": "CSV"}
ENCODING_FIELD = "CSV の文字コード"
ENCODINGS = {"utf-8-sig": "UTF-8（ふつうはこちら）", "cp932": "シフト JIS（CP932。古いシステムに入れるとき）"}
REPLACE_FIELD = "シフト JIS にない文字を〓に置き換える"
PURPOSE_FIELD = "目的（かならず書いてください）"
PURPOSE_HINT = "例: 令和9年度の研修計画の案を作る。人の名前は書かないでください。"
MAKE = "ファイルを作る"
MISTAKES = "次のところを直してください。ファイルは作っていません。"
MAKING_TITLE = "ファイルを作っています"
READING_TEXT = "公表した集計を読んでいます。この画面は、自動で新しくなります。"
MAKING_TEXT = "{total}行のうち{done}行まで書きました。この画面は、自動で新しくなります。"
AGAIN = "今の様子を見る"
READY_TITLE = "ファイルができました"
READY_TEXT = "10分のうちに受け取ってください。その後は、サーバーから消えます。受け取った後のファイルは、凡例にある期限までに消してください。"
DOWNLOAD = "{name} を受け取る（{size}）"
REPLACED = "シフト JIS にない {count} 文字を〓に置き換えました。"
MORE_REPLACED = "ほかに {count} 文字あります。"
FAILED = "ファイルを作れませんでした。もう一度お試しください。続くときは、デジタル推進室へお知らせください。"
GONE = (
    "このファイルは、もうありません。10分を過ぎたか、新しいファイルを作っています。もう一度作ってください。"
)
STOPPED = "作っている途中で、プログラムが止まりました。もう一度作ってください。"
BUSY = "いま、ほかのファイルを作っています。少し待ってから、もう一度お試しください。"
BACK = "書き出しの画面へ戻る"
EARLIER = "これまでの書き出し"
EARLIER_COLUMNS = ("日時", "した人", "書き出したもの", "目的", "回", "形", "行の数")
EARLIER_NONE = "書き出しの記録は、まだありません。"
ON_SERVER = "サーバーでのコマンド"
SOMEBODY = "職員 {person}"

# コマンド
CLI = "技量とテレワークの集計を、Excel か CSV に書き出します。"
CLI_SKILLS = "技量の自己評価の集計を書き出します。"
CLI_TELEWORK = "テレワークの調査の集計を書き出します。"
CLI_FORMAT = "xlsx（Excel）か csv"
CLI_OUT = "書き出すファイル"
CLI_ENCODING = "CSV の文字コード。utf-8-sig か cp932"
CLI_REPLACE = "CP932 にない文字を〓に置き換えて書く"
CLI_ROUND = "回の id（省くと、いちばん新しい公表の回）"
CLI_LEVEL = (
    "aggregate（集計）、history（推移）、plan（技量の育成計画）、texts（テレワークの自由記述）。"
    "職員名の入った表（individual）は、職員課がコンソールで書き出します"
)
CLI_PURPOSE = "何のために使うか（監査の記録と凡例に残ります）"
CLI_DONE = "{path} に書き出しました（{rows} 行）。"
CLI_FAILED = "{path} に書けません: {reason}。書き込める場所か確かめてください。"
CLI_PROGRESS = "書き出しています"


def file_size(size: int) -> str:
    """Bytes for people."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
