"""What kind of fact a question asks for, read from its wording."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from knowledge.asking.phrasing import puts_forward
from knowledge.asking.recalling import without_recalling
from knowledge.language.japanese import fold

_WORDINGS_RECALLED = 2_048


class Asked(StrEnum):
    """A kind of fact. A passage answers only when it can hold that kind."""

    DEFINITION = "definition"
    COMPARISON = "comparison"
    LIST = "list"
    WHEN = "when"
    PERSON = "person"
    CONTACT = "contact"
    PRICE = "price"
    COUNT = "count"
    FREQUENCY = "frequency"
    PLACE = "place"
    OUTCOME = "outcome"
    TODAY = "today"
    PICTURE = "picture"
    ELSEWHERE = "elsewhere"
    HOW_TO = "how_to"
    TROUBLE = "trouble"
    NAME = "name"
    NEXT = "next"
    PREMISE = "premise"
    REVERSE = "reverse"


_PATTERNS: tuple[tuple[Asked, str], ...] = (
    (
        Asked.DEFINITION,
        r"(?<!あ)とは|って何(?![年月日人名件回度個台割歳時枚本種%])|ってなに|ってなん(?:です|だ|[?]|$)|何のこと|なんのこと|意味|定義|(?:何|なん|なに)の略|なんのりゃく|頭文字|正式名称|(?:もと|元)の英語|英語(?:だと|では?|は)(?:何|なん|どう)|スペル|綴り|どういうもの|言い換え|説明(?:を|して|は|お願|$)|用語集|を指す|のことを指",
    ),
    (
        Asked.COMPARISON,
        r"違い|違う|(?<!た)ちがい|(?<!た)ちがう|比較|比べ|くらべ|使い分け|線引き|線を引|区別(?:は|が|を|して|つか|でき)|混同|ごっちゃ|(?<=って)同じ(?:意味|もの|こと)|それぞれ|並べて(?:見|み|比)|両方|どちらも|どっちも",
    ),
    (
        Asked.LIST,
        r"一覧|全部(?!で)|ぜんぶ(?!で)|すべて|全て|残らず|漏れなく|もれなく|ひととおり|並べ|ならべ|列挙|挙げて|書き出|リスト|何がある|なにがある|"
        r"何と何|どれとどれ|(?:\d|[二三四五六七])つ(?:とも|全|言|挙げ|教え)|内訳|全文|順に|順番に",
    ),
    (
        Asked.WHEN,
        r"(?<!思)いつ(?!も|でも|く(?!らい))|何年度|何年|なんねん|何月|なんがつ|期限|締切|締め切り|時期|期日|何日まで",
    ),
    (
        Asked.PERSON,
        r"苗字|名字|氏名|フルネーム|何さん|誰さん|お名前|(?:なんて|なんという|何て|何という|なんていう)(?:名前の)?人|だれさん|どなた|名簿|名前(?:つき|付き|入り)で|誰と誰(?!の?(?:間|あいだ|差))|"
        r"\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)|"
        r"(?:長|補佐官|プロデューサー|リーダー|cio|担当者|責任者|講師|委員)の名前|(?:課長|室長|部長|局長|係長|座長|委員長|会長|担当者)(?:は|って)(?:誰|だれ)|"
        r"(?:うち|私|自分|弊)の?(?:課|室|係|部|職場|所属)の.{0,16}(?:誰|だれ)|(?:誰|だれ)が(?:やっ|務め|担当し|なっ)て(?:い?る|い?ます)",
    ),
    (
        Asked.CONTACT,
        r"電話|内線|メールアドレス|連絡先|申込先|申し込み先|問い?合わ?せ先|何時まで|何時から|営業時間|受付時間|開庁|土日|土曜|日曜|"
        r"休日も|url|リンク|(?:誰|だれ|どこ)に(?:電話|連絡|問い?合わ|申し込|出[しせすた]|言[うえっ]|聞[いけく]|頼[みむめん]|報告)|どこ(?:へ|に)?連絡",
    ),
    (
        Asked.PRICE,
        r"いくら(?!でも|だっけ|つ)|料金(?:は|って|を|が|$)|費用は|参加費|何[億万千]?円|何億(?!人)|金額|予算額|値段|無料ですか|さんかひ|月額|年額|総額|報酬|"
        r"手当(?!て)|てあて(?:は|って|が|$)|給料|初任給|年収|通信費|補助(?:金)?(?:は|が|$|出)|かかった費用|"
        r"(?:手数料|費用|料金|代金?)(?:は|って).{0,12}(?:負担|持[つち]|もつ|出[すし])",
    ),
    (
        Asked.COUNT,
        r"何(?:人|名|件|割|%|パーセント|業務|手続|日間|時間|台|か国|か所|箇所|回|校|本|冊|社|種類|か月)|どのくらい|どれくらい|"
        r"どれぐらい|どのぐらい|いくらだっけ|(?<![てで])いくつ(?!も)|(?:率|数|割合|人口)(?:は|って|を|おしえて|教えて|[、?]|$)|なん(?:にん|めい|けん|わり|じかん|だい|かい)",
    ),
    (
        Asked.FREQUENCY,
        r"頻度|月イチ|月一回|年に何回|何回|何年おき|何年ごと|何か月ごと|毎[年月週日](?!度)|(?<!\d)[週月]に何",
    ),
    (
        Asked.PLACE,
        r"どこに(?:保存|保管|置|掲載|載|公開|あり|ある|貼|作|つく|建|設け|設置|開設)|会場|場所(?:は|って|を|一覧|$)|所在地|住所|何階|どこの(?:建物|ビル)|(?:公開|保管|配布)先",
    ),
    (
        Asked.OUTCOME,
        r"達成(?:でき|し(?:た|まし))|結局.{0,8}(?:いけた|間に合|でき(?:た|まし)|終わった)|やってみて|ようになったのは|"
        r"(?:もう|すでに).{0,12}(?:済んだ|終わった|できた)(?=[一-龠])|(?:もう|すでに)[^。?]{0,16}(?:ようになっ|始まっ)て(?:い?る|い?ます)(?:か|の|[?]|$)|(?:だった|できなかった)のは(?:どれ|どこ|何|いくつ|誰|だれ)|達成(?:率|状況)|実績|累計|これまでに.{1,16}(?:た|だ)(?=[一-龠])|どうだった|どのくらいだった|(?:た|だ)結果[、]?(?:どんな|何|どう|どの|どれ)|結果(?:は[?]|は$|はどう(?:だ|な|で)|を教|$)|(?:減|増)ら?せた|実際の|"
        r"今も|まだ(?:あり|ある|やっ|続)|実際に?(?:は)?(?:どれ|どの|何|いくら|いくつ|.{1,12}(?:できた|した|れた|なった))|(?:かかった|短くなった|終わった|浮いた)(?:ん|の|[?]|$)|(?:一番|いちばん|最も|もっとも).{0,8}?(?:人気|多[いか]|少な[いか]|高[いか]|低[いか]|使われ|利用され)",
    ),
    (
        Asked.TODAY,
        r"(?:^|[^一-龠])(?:今|いま)(?:年|の|は|や|も|何|どれ|どの|いくつ|、|$)|今日|本日|きょう|今年|現在の|現時点|最新|去年|昨年|来年|去年度|"
        r"昨年度|前年度|来年度|今年度|直近|先月|今月|先週|今週|今時点|現在(?:の|は|、|何)",
    ),
    (
        Asked.NEXT,
        r"次回|次の.{0,14}(?:いつ|日程|日は|開催|予定日|日を|日おしえ|日教え)|次は?いつ|開催日|日程(?:は|を|って|$)",
    ),
    (
        Asked.PREMISE,
        r"よね|でしょ|(?:理解|認識|解釈)で(?:いい|良い|よい|大丈夫|ok)|"
        r"(?:って|と)(?:言|いっ|呼ん|名乗っ|考え|思っ)[^。?]{0,6}(?:いい|良い|よい)(?:の|ん|です|か|[?])|"
        r"(?<!何)(?:[一-龠ァ-ヴーa-z々]|だけ|のみ|しまい|それ|これ|そこ)で[、,]?(?:いい|良い|よい)(?:の|ん|です|か(?!ら)|[?])|"
        r"(?:終わり|おわり|おしまい|だけ|のみ|のまま|一緒|同じ|別)(?:です|なん|なの|だ|な)?(?:の|ん)?(?:です)?か?[?]|な(?:の|ん)は(?:なぜ|どうして|なんで)|合って(?:い|る|ます)|本当|って(?:いう)?ことで",
    ),
    (
        Asked.REVERSE,
        r"(?:なんて|何て|何と|なんと|どう)(?:言う|いう|言い|いい|呼|言っ)|呼び名|名前が出て|って(?:何て|なんて)|(?:英語|アルファベット|ローマ字|カタカナ|横文字)(?:で|の)?\d*(?:文字|語)?(?:$|[?]|で|は|だと|の)|"
        r"(?:する|こと|もの|考え方|やり方|技術|対策|やつ|原則|方法)(?:の|、)(?:名前|名称|用語|略語|呼び名|カタカナ名)",
    ),
    (
        Asked.NAME,
        r"ブランド|(?:製品|機種|メーカー|ブランド|大学|地区|手続|会社|業者|事業者|ソフト|店)(?:名|の名前|の名称)|機種|メーカー(?:は|って)|銘柄|"
        r"何を使って(?:い|る|ま)|(?:何の|どんな|どの)(?:ソフト|製品|機種|サービス|ツール)(?:を|が|で|です|な|[?]|$)|"
        r"(?:何|なん)(?:という|ていう|て言う|と言う)(?:名前の)?(?:製品|会社|ソフト|機種)|どこの(?:メーカー|会社|ベンダー|業者|製品|大学)",
    ),
    (
        Asked.PICTURE,
        r"(?<![意地企版])図\d*(?:の|に|を|は|って|で|[、。?]|$)|イメージ図|グラフ|描いて|書き起こ|文字に起こ",
    ),
    (Asked.ELSEWHERE, r"他市|他の市|他の自治体|隣の市|近隣市|県内他|全国平均|他都市"),
    (
        Asked.HOW_TO,
        r"(?:申請|申込み?|申し込み|利用|予約|登録|設定|使用|提出|貸出)(?:の|する)?(?:方法|手順|やり方|やりかた|仕方|しかた)|"
        r"(?:申し?込み?|申請|予約|登録|手続き?|お願い|依頼|相談)(?:は|って|を)?どう(?:すれば|したら|やって|やる|する)|"
        r"どうやって(?:申請|申し込|予約|登録|借り|使)|(?:持って|もって)(?:くれば|いけば|行けば|くるもの|いくもの|行くもの)|何を持って|持ち物|必要書類|必要な(?:書類|もの)|出し方|"
        r"[いきしちりみびぎえけせてねべめれげ](?<!考え)(?<!進め)(?<!やり)(?<!捉え)(?<!働き)(?<!あり)(?<!在り)(?:方|かた)(?:は|を(?!(?:教え|学|習|説明す|覚え)(?:え|べ)?る[一-龠ァ-ヴ])|って|が|[?、。]|$)|"
        r"たい(?:の|ん)?(?:です|だ)?(?:けど|が|ので).{0,12}(?:(?:手続き?|申請|申込み?)(?:は|って|を)?[?]?$|(?:手続き?|申請)(?:は|が|って)?(?:あり|要り|いり|必要)|どう(?:すれば|したら|やれば))|"
        r"(?:申請|申し?込み?|予約|登録|貸出)を?(?:し)?たい(?:です|のです|んです|んだ|の|ん)?(?:けど|が)?[。?]*$|借りたい(?:です|んです|んだ|の|ん)?(?:けど|が)?[。?]*$|"
        r"(?:申込み?|申し込み|応募|予約)の?(?:締切|締め切り|期限|受付)|方法(?:は|って|が|$|[?]|を教|を知)",
    ),
    (
        Asked.TROUBLE,
        r"(?:忘れ|無くし|なくし|失くし|落とし)(?:た|て|ちゃ)|壊れ|故障|文字化け|エラー|フリーズ|詰まり|"
        r"(?:つながら|繋がら|動か|映ら|開か|届か|入れ|ログインでき|印刷でき|表示され)な(?:い|く)|(?:切れ|落ち|止ま|固ま)(?:る|って)(?:ん|の|し|$)",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)

# Words that say what is asked for, not what it is about; they need no cover in an answer.
ASKING_WORDS = frozenset(
    """
    西暦 教える 知る 分かる 解る 意味 定義 説明 違い 違う 比較 比べる 一覧 全部 全て 残らず
    列挙 挙げる 書き出す 並べる 並ぶ リスト 名前 略 頭文字 略語 正式 名称 呼び名
    言い換える 期限 時期 締め切り 何時 内容 概要 詳しい 聞く 質問 話 件 奴 意見 番 先
    目 載る 書く 有る 見る 見せる 欲しい 下さい 下さる 出る 出す 思う 考える 済む 結局
    例えば 合う 感じ 辺 覧 欄 字面 御 用語集 用語 記載 項目 見出し 単語 言葉 日本
    日本語 英語 片仮名 漢字 順 順番 一通り ひと通り 具体 具体的 自分 私 僕 内 家 皆
    人 何れ 何方 入る 呼ぶ 整理 まとめる 纏める 年 月 日 度 今 儘 駄目 挙がる 頃
    綴り スペル 肩書き ok ng no wo ha ni ga de to mo 年度 つく 予想 辺り 其々 夫々 それぞれ マス 括弧 カッコ コピペ 使える
    様子 幾つ 一言 頂戴 ちょうだい
    """.split()
)

# Words of talk. They may find an entry, but an answer need not say them.
TALK_WORDS = frozenset(
    """
    さっき 先程 抑 儘 侭 唯 一回 旨い 上手い 点 新人 資料 固まる 困る 済みません 御免 確認 準備 相談 頼む 願う 未だ 改めて 一応 実は
    正確 簡単 ざっくり 例 本当 関係 とこ 扱い やり方 役 パー 当時 御願い お願い 通り
    """.split()
)

_ROWS: tuple[tuple[str, str], ...] = (
    ("KPI", r"kpi|目標|指標|数値目標|めざす数|ゴール"),
    ("工程表", r"工程表|こうていひょう|スケジュール|ロードマップ|段取り|年度別|日程|何年度|\d年目"),
    ("国の取組方針", r"国(?:の|が|は|も|で|から|$)|国の方針|政府|総務省"),
    (
        "現状と課題",
        r"課題|現状|どこまで(?:入|進|でき|対応)|(?:今は?|いま|もう|すでに|現在)[^。?、]{0,12}(?:動い|入っ|使っ|導入し|構築し|稼働し)て(?:い?る|い?ます|い?ない)|問題|困って|困りごと|ネック|悩み",
    ),
    (
        "取組",
        r"取組|取り組み|取組み|今後|これから|この先|進め方|手当て|対応策|予定|広げ|増や|拡大|拡充|優先|つもり",
    ),
    (
        "概要",
        r"概要|なぜ|なんで(?!す|しょ|した)|理由|背景|メリット|良い点|利点|うれしい|嬉しい|どうなると(?:良|よ|い)|何が(?:良|よ|い)い|ねらい|狙い|目的|趣旨",
    ),
)
_BESIDE_ROW = 2
_ROWS_COMPILED = tuple((row, re.compile(pattern)) for row, pattern in _ROWS)

# Nouns so general that an answer need not say them.
GENERAL_HEADS = frozenset(
    "例 柱 段階 順番 綴り スペル "
    "工夫 対応 対策 役割 関係 状況 効果 中身 仕組み 特徴 動き 流れ 考え 扱い ほう 方 入口 役職 環境 次 元 文書 資料 項目 部分 部署 課 ところ 点 "
    "仕事 分野 数字 数値 決まり ルール カタカナ名 名前 呼び名 正式名称 件 話 中 違い 意味".split()
)

# What an asker calls the place where they work.
OWN_OFFICE = frozenset("うち 内 課 係 部 室 班 職場 所属 部署 私 自分".split())

# Words of asking that people also write in kana.
COMMON_WORDS = tuple(
    """
    正式名称 意味 定義 説明 一覧 全部 期限 時期 目標 目的 理由 背景 課題 問題 予定 計画 違い 方法 手順 名前 内容 概要 何年度 何人 何件
    費用 料金 手当 給料 金額 電話 住所 場所 人数 件数 予約 担当者 連絡先 日程 会場 様式
    """.split()
)

# What to look for when a question has nothing but asking words.
WORDS_FOR_ASKED: dict[Asked, str] = {Asked.WHEN: "期間 期限 目標 時期 いつまで", Asked.PRICE: "予算 費用"}
_WORDS_FOR_WHO = re.compile(r"誰|だれ|担当|どの(?:課|部署)|どこの課|どこが")
_WHO = "推進体制 役割 組織 リーダー 会議"


@lru_cache(maxsize=_WORDINGS_RECALLED)
def asked_kinds(question: str) -> frozenset[Asked]:
    """The kinds of fact a question asks for; empty when it only names a subject."""
    folded = without_recalling(fold(question))
    kinds = frozenset(kind for kind, pattern in _COMPILED if pattern.search(folded))
    return kinds | {Asked.PREMISE} if puts_forward(folded) else kinds


@lru_cache(maxsize=_WORDINGS_RECALLED)
def rows_asked(question: str) -> tuple[str, ...]:
    """The rows of an initiative's table that the wording points at."""
    folded = fold(question)
    return tuple(row for row, pattern in _ROWS_COMPILED if pattern.search(folded))


def is_row(word: str) -> bool:
    """Whether a folded word is the name of a row by itself, not of a thing that has it in its name (重点取組項目)."""
    found = [match for _, pattern in _ROWS_COMPILED if (match := pattern.search(word))]
    return any(len(word) - len(match[0]) <= _BESIDE_ROW for match in found)


def words_for_asked(question: str, asked: frozenset[Asked]) -> str:
    """What to look for in answer to a folded question that has nothing but asking words."""
    words = [WORDS_FOR_ASKED[kind] for kind in sorted(asked) if kind in WORDS_FOR_ASKED]
    return " ".join([*words, *([_WHO] if _WORDS_FOR_WHO.search(question) else [])])
