"""What is said of feedback, of questions to the experts, of unanswered questions and of consultation desks."""

from __future__ import annotations

# Feedback on answers -------------------------------------------------------------------------------------

SOLVED = "解決した"
WRONG = "違う"
STILL_WRONG = "やはり違う"
SOLVED_AFTER_ALL = "やはり解決した"
THANKS = "ありがとうございます。評価は、どなたのものか分からない形で、答えの見直しに使います。"
SORRY_TITLE = "お役に立てませんでした"
SORRY_NEAR = "近い項目があれば選んでください。なければ、担当に聞けます。"
SORRY_ASK = "担当に聞くと、回答がお知らせで届きます。"
FEEDBACK_STALE = "この答えの評価は受け取れませんでした。質問をもう一度入力してからお試しください。"

COUNTS_TITLE = "答えの評価"
COUNTS_CAPTION = "最近{days}日の評価（「違う」の多い順）"
COUNTS_COLUMNS = ("項目", "解決した", "違う")
COUNTS_NONE = "まだ評価はありません。"
PRIVATELY = "個別にお答えします。このボットとの個人チャットを開いて、もう一度質問してください。"

# Asking the experts --------------------------------------------------------------------------------------

ASK_EXPERT = "担当に聞く"
ASK_FORM_TITLE = "担当に聞く"
ASK_FORM_INTRO = (
    "{owner}へ質問を届けます。住民の方の電話番号などは、次の画面で伏せた形を確かめてから送ります。"
)
ASK_QUESTION = "質問"
ASK_QUESTION_HINT = "マイナンバーは書かないでください。知りたいことを1つに絞ると、早く答えられます。"
ASK_NEXT = "確かめる"
CONFIRM_TITLE = "送る内容の確認"
CONFIRM_INTRO = "{owner}へ、次のとおり送ります。\n\n「{question}」"
CONFIRM_MASKED = "\n\n{details}を伏せました。"
CONFIRM_NAME = "お名前を担当に伝えますか"
CONFIRM_NAME_NO = "伝えない"
CONFIRM_NAME_YES = "氏名と課を伝える"
CONFIRM_NAME_HINT = "伝えなくても、回答は届きます。"
CONFIRM_SEND = "送る"
ASKED_TITLE = "担当へ届けました"
ASKED = "{owner}へ質問を届けました。回答があると、ここへお知らせします。"
ASKED_ALREADY = "この質問は、もう担当へ届いています。回答があるとお知らせします。"
TOO_MANY_OPEN = "回答を待っている質問が{count}件あります。回答が届いてから、またお尋ねください。"
NO_EXPERT = (
    "質問を受け取る担当が職員名簿に見つかりません。デジタル推進室へ、電話などで直接お問い合わせください。"
)
QUESTION_MISSING = "質問を入力してください。"
QUESTION_TOO_LONG = "質問は{limit}文字以内にしてください（今は{count}文字です）。"
NO_PERSONAL_NUMBER = "12桁の番号が含まれています。マイナンバーなどの個人の番号を消してください。"

EXPERT_TITLE = "担当への質問が届きました"
EXPERT_QUESTION = "質問"
EXPERT_FROM = "質問した人"
EXPERT_ANONYMOUS = "お名前は伏せています。回答すると、質問した人へ届きます。"
EXPERT_OWNER = "{owner}あての質問です。"
EXPERT_ABOUT = "「{title}」の答えでは解決しなかった質問です。"
EXPERT_AGAIN = "先にお送りした回答では解決しなかった質問です。"
ANSWER = "回答する"
MOVE = "ほかの課へ回す"
CLOSE = "回答せずに終える"

ANSWER_FORM_TITLE = "質問に回答する"
ANSWER_FORM_INTRO = "質問:「{question}」"
ANSWER_TEXT = "回答"
ANSWER_TEXT_HINT = "質問した人へこのまま届きます。個人の名前は書かず、課の名前で案内してください。"
LEARN = "この回答を知識に加えますか"
LEARN_NEW = "新しい項目として提案する"
LEARN_PHRASING = "「{title}」で答える質問として提案する"
LEARN_NOT = "加えない"
LEARN_HINT = "提案は、デジタル推進室か担当の課が承認してから使われます。"
TITLE = "項目の題"
TITLE_HINT = "新しい項目にするときの見出しです。"
PHRASINGS = "ほかの聞き方"
PHRASINGS_HINT = "1行に1つ。同じことを別の言葉で聞く言い方です。"
ANSWER_SEND = "回答を送る"
ANSWER_MISSING = "回答を入力してください。"
ANSWER_TOO_LONG = "回答は{limit}文字以内にしてください（今は{count}文字です）。"
TITLE_MISSING = "新しい項目の題を入力してください。"
TITLE_TOO_LONG = "題は{limit}文字以内にしてください。"
CHOICE_MISSING = "どれかを選んでください。"
PHRASINGS_TOO_MANY = "聞き方は{limit}個まで、1つ{length}文字以内にしてください。"
ANSWERED_TITLE = "回答を届けました"
ANSWERED = "質問した人へ回答を届けます。"
ANSWERED_PROPOSED = "知識への提案も送りました。承認されるとお知らせします。"
ALREADY_ANSWERED_TITLE = "先に回答がありました"
ALREADY_ANSWERED = "この質問には、ほかの人が先に回答しました。あなたの回答は送っていません。"
ANSWERED_BY = "先に届いた回答"
YOUR_ANSWER = "あなたの入力した回答"
STATES = {
    "answered": "知識への提案は、承認を待っています。",
    "approved": "知識への提案は承認され、答えに使われています。",
    "rejected": "知識への提案は見送られました。",
}
NOT_OPEN = "この質問は、もう回答を受け付けていません。"
NO_INQUIRY = "この質問は見つかりません。保存の期間が過ぎて消えたか、画面が古い可能性があります。"
NOT_YOURS = (
    "この質問に回答できるのは、{owner}のDX推進リーダー・所属長と、デジタル推進室です。"
    "担当が違うときは、届いた人に「ほかの課へ回す」を押してもらってください。"
)

TOLD_TITLE = "担当から回答がありました"
TOLD_QUESTION = "ご質問"
TOLD_ANSWER = "{owner}の回答"
TOLD_CLOSED_TITLE = "担当へのご質問について"
TOLD_CLOSED = "{owner}は、このご質問への回答を行わずに終えました。{reason}"
CLOSE_FORM_TITLE = "回答せずに終える"
CLOSE_REASON = "理由"
CLOSE_REASON_HINT = "質問した人へ伝わります。例: 電話でお答えしました。"
CLOSE_SEND = "終える"
CLOSE_REASON_MISSING = "理由を入力してください。質問した人へ伝わります。"
REASON_TOO_LONG = "理由は{limit}文字以内にしてください（今は{count}文字です）。"
CLOSED = "質問を終えました。理由を質問した人へ伝えます。"

MOVE_FORM_TITLE = "ほかの課へ回す"
MOVE_TO = "回す先の課"
MOVE_SEND = "回す"
MOVE_MISSING = "回す先の課を選んでください。"
MOVE_SAME = "今の課と同じです。ほかの課を選んでください。"
MOVED = "質問を{owner}へ回しました。{owner}の担当へお知らせします。"
MOVED_MEANWHILE = "この質問は、先にほかの人が{owner}へ回しました。"

INQUIRIES = "担当への質問"
INQUIRIES_TITLE = "回答を待っている質問"
INQUIRIES_INTRO = "回答する質問を選んでください。古い順に並んでいます。"
INQUIRIES_NONE = "回答を待っている質問はありません。"
INQUIRIES_MORE = "ほかに{count}件あります。"

# Approval ------------------------------------------------------------------------------------------------

APPROVED = "承認しました。これからの質問に使われます。提案した人へお知らせします。"
REJECT_FORM_TITLE = "提案を却下する"
REJECT_SEND = "却下する"
REJECTED = "提案を却下しました。理由を提案した人へお知らせします。"
REASON = "理由"
SAVED_MEANWHILE = (
    "同じ項目が、ほかの人に保存されました。下の内容を確かめて、もう一度「承認する」を押してください。"
)

# Unanswered questions ------------------------------------------------------------------------------------

UNANSWERED = "答えられなかった質問"
UNANSWERED_TITLE = "答えられなかった質問"
UNANSWERED_INTRO = "似た質問をまとめ、聞いた人の多い順に並べています。だれが聞いたかは記録していません。"
UNANSWERED_NONE = "答えられなかった質問はありません。"
UNANSWERED_NONE_SHOWN = "3人以上から聞かれた、あなたの課の質問はまだありません。"
UNANSWERED_COLUMNS = ("質問", "聞いた人", "回数", "案内した課", "最後の日")
UNANSWERED_CAPTION = "似た質問のまとまり"
UNANSWERED_MORE = "ほかに{count}のまとまりがあります。"
DISCARD = "消す: {question}"
DISCARDED = "{count}件の質問を一覧から消しました。"
TELL = "だよりに載せる: {question}"
TOLD = "「{question}」を、次の「DX推進だより」に載せます。だれが聞いたかは載りません。"
DISCARD_STALE = "この質問は、もう一覧にありません。"
PEOPLE = "{count}人"
PEOPLE_AT_LEAST = "{count}人以上"
TIMES = "{count}回"

# Consultation desks --------------------------------------------------------------------------------------

DESK_TITLE = "相談窓口のご案内"
DESK = "つらいことや、人に知られたくないことは、専門の相談窓口がお話をうかがいます。"
DESK_WHERE = "{topic}の相談窓口"
DESK_DEFAULT = "職員課（相談したい旨だけを伝えれば、内容を聞かれずに窓口につながります）"
DESK_NOT_KEPT = "このご質問は記録していません。担当の課にも伝えていません。"
ASK_AGAIN = "先ほどのご質問への返事を送れませんでした。お手数ですが、もう一度お尋ねください。"
ASK_ANYWAY = "記録せずに調べる"


# On the command line -------------------------------------------------------------------------------------

CLI_UNANSWERED = "答えられなかった質問を、似たものをまとめて表示します。だれが聞いたかは記録していません。"
CLI_OWNER = "この課へ案内した質問だけ。"
CLI_LEAST = "この人数以上から聞かれた質問だけ。"
CLI_QUESTIONS = "まとめた質問を1つずつ表示します。"
CLI_DISCARD = "この id のまとまりを一覧から消します。"
CLI_CLUSTER = "{id}  {askers}・{times}  {owner}  {day}  {question}"
CLI_QUESTION = "    {day}  {question}"
CLI_NO_CLUSTER = (
    "id「{id}」のまとまりはありません。dxbot knowledge unanswered の左端の id を確かめてください。"
)
CLI_FEEDBACK = "答えの評価（解決した・違う）を、項目ごとに表示します。"
CLI_COUNT = "{id}  解決した {solved}、違う {wrong}  {title}"
