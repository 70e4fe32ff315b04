"""Topics that belong to a consultation desk: recognised by a vocabulary with rules, never logged or passed on.

Two kinds of words. Some say by themselves what it is about (パワハラ, うつ病, 公益通報). Others count only where somebody
speaks of a person (私, 上司, 休みたい …), for a city's services are full of them (病院, 妊娠届, 入院の給付).
Words written by their sound (びょうき, pawahara) are read as the words they are first.
What names a public service or a system is taken out before either is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from knowledge.language.japanese import fold
from knowledge.learning.sounding import in_words


class Topic(StrEnum):
    """A topic that is not the bot's to answer. The value is its name in Japanese, as packs write it."""

    WHISTLEBLOWING = "公益通報"
    HARASSMENT = "ハラスメント"
    MENTAL_HEALTH = "こころの不調"
    PREGNANCY = "妊娠・出産"
    ILLNESS = "病気・けが"


SensitiveWords = tuple[tuple[Topic, tuple[str, ...]], ...]

_SUPERIOR = r"(?:上司|課長|係長|部長|次長|室長|局長|所属長|主査|主幹|先輩|同僚|じょうし|かちょう|かかりちょう|ぶちょう|せんぱい)"
_ORGAN = r"(?:乳|胃|肺|大腸|直腸|子宮|肝臓?|膵臓?|すい臓|前立腺|卵巣|食道|咽頭|皮膚|血液|甲状腺)"

# Services, systems and figures of speech that contain a word of the lists below.
_SERVICES = re.compile(
    r"""
    妊娠(?:届|の届)|妊産婦|妊婦(?:健診|健康診査|さん|向け|給付)
  | 出産(?:届|祝|育児一時金|・子育て|費用の助成|応援)|産後ケア
  | 不妊治療費?(?:の)?助成|母子(?:健康)?手帳
  | (?:入院|通院)(?:の)?(?:給付|助成|支援|患者|医療費|費)|(?:がん|ガン|癌)(?:の|リスク|りすく)?(?:検診|検査|登録|対策|予防)
  | (?:脳卒中|糖尿病|心臓病)(?:の)?(?:予防|対策|検診|教室|・)
  | 難病(?:医療費|患者|支援|申請)
  | 療養(?:費|給付|病床|担当)|(?:特定|市民|住民|乳幼児|高齢者)健[診康]
  | 精神(?:障がい|障害|保健福祉|論|を|に則|的支柱)
  | (?:自殺|いじめ|虐待|暴力)(?:の)?(?:対策|防止対策|予防|統計|件数|認知)
  | いじめ相談(?:の)?(?:アプリ|オンライン|システム)
  | 病気(?:の)?予防|感染症(?:の)?(?:対策|予防)|予防接種|(?:システム|データ|サーバー?|機器|端末|回線)の?不調
  | 不正(?:アクセス|ログイン|利用|侵入|競争|な値|な文字|確)|改ざん(?:防止|検知|対策)|差別化
  | メンタル(?:モデル|マップ)|マインドセット|けがの功名|病みつき|違法(?:駐|広告|建築|伐採)|コンピュータ.?ウイルス
  | ウイルス(?:対策|感染|バスター)
  | 手術室|入院患者|不妊(?:去勢)?手術|去勢手術
  | 病院(?:事業|局|システム|情報|予約|の(?:予約|電子カルテ|システム|オンライン|情報|キャッシュレス))
    """,
    re.VERBOSE,
)

_PLAIN: Mapping[Topic, re.Pattern[str]] = {
    Topic.WHISTLEBLOWING: re.compile(
        r"""
        公益通報|内部通報|内部告発|告発(?:し|者|文|を)|横領|着服|裏金|カラ出張|空出張|談合|収賄|贈賄
      | 賄賂|わいろ|汚職|官製談合|不正な?(?:会計|経理|取引)|架空(?:発注|計上)|whistle-?blow
      | 不正(?:を(?:見|知|し[てた]|報告|通報|隠|指示|告|発見)|が(?:ある|あっ|行わ|続|疑)|に(?:気|関わ|加担)|行為|経理|支出)
      | 隠蔽|隠ぺい|もみ消|揉み消|口裏
      | 改ざん.{0,8}(?:指示|命じ|強要|させら|しろと|頼まれ|見|知っ)|虚偽.{0,12}(?:指示|させら|見つけ|知っ)
      | 違法.{0,8}(?:指示|命令|させら|見|知っ|隠)|密告
        """,
        re.VERBOSE,
    ),
    Topic.HARASSMENT: re.compile(
        r"""
        ハラスメント|[ァ-ヶ]{2}ハラ(?![ァ-ヶー])|(?:ぱわ|せく|もら|また|かす|あか)はら(?![いうえおくっわ])|いじめ
      | イジメ|苛め|虐め|嫌がらせ|いやがらせ
      | 暴言|罵倒|罵られ|怒鳴|どなられ|どなりつけ|仲間(?:外|はず)れ|陰口|悪口|人格(?:を)?否定|つきまと
      | 付きまと|ストーカー
      | 殴られ|殴ら|叩かれ|蹴られ|暴力(?:を|さ|的)|体を触|身体を触|触られ|性的な|卑猥|差別(?:さ|を受|的な扱)
      | 脅され|脅迫|恫喝
      | 盗撮|痴漢|わいせつ|猥褻|harass|bully
      | _SUPERIOR_(?:が|は|に|から|の(?:こと|態度|言い方)が?).{0,8}(?:怒鳴|どな[らりるっ]|罵|殴)
      | _SUPERIOR_(?:が|は|のことが)(?:とても|すごく|本当に)?(?:怖|恐|こわ)[いくか]
      | 吊し上げ|つるし上げ|晒し者|さらし者|(?:私だけ|自分だけ).{0,10}(?:仕事を(?:与|もら)|外され|呼ばれ|誘われ)
        """.replace("_SUPERIOR_", _SUPERIOR),
        re.VERBOSE,
    ),
    Topic.MENTAL_HEALTH: re.compile(
        r"""
        うつ(?:病|状態|気味|っぽ)|(?<![ぁ-んァ-ヶ一-龠])(?:うつ|ウツ)(?:で|に|かも|です|だ|と|の|を|$)
      | (?<=[がはのも])うつ(?:に[なか]|かも|です|だと)|抑うつ|(?<![憂沈])鬱(?![陶蒼憤屈])|躁|depress|適応障害|適応障がい
      | パニック障[害が]|双極|自律神経|不眠(?!不休)|(?:眠|ねむ|寝)れ(?:な|ませ|ず)|寝つけな|寝付けな|死にたい|しにたい(?![すしおさ])|suicid|消えたい
      | 自殺|自傷
      | 希死|心療内科|精神科|精神的に
      | (?<![ァ-ヶー])メンタル|心の(?:病|不調|健康|相談|ケア)|こころの(?:病|不調|健康|相談|ケア)
      | 心が(?:折れ|限界|もたな|持たな|しんど|つら|辛)|気持ちが(?:沈|落ち込|しんど|つら|辛)
      | ストレスチェック|ストレスで|過労|休職|復職|リワーク|燃え尽き|バーンアウト|涙が(?:出|止ま)|動悸|過呼吸
      | (?:職場|会社|役所)(?:に行くの)?が?(?:怖|こわ|つら|辛[いく]|苦し|しんど)
      | (?:職場|出勤|会社|役所|仕事)に?(?:行く|行き|来る|する)?(?:の)?(?:が|は)(?:怖|こわ|つら|辛|苦し)
      | 出勤でき(?:な|ませ)|仕事に?行(?:け|き)(?:な|たくな)|(?:職場|会社)に?行(?:け|き)(?:な|たくな)
      | ^もう(?:限界|無理)|仕事(?:を)?辞めたい|精神(?:が|状態|疾患|安定)
        """,
        re.VERBOSE,
    ),
    Topic.PREGNANCY: re.compile(
        r"""
        産休|産前(?:産後)?(?:の)?休|産後(?:の)?休|(?<!ま)つわり|悪阻|流産|死産|早産|切迫(?:早産|流産)|不妊(?!去勢|手術)|妊活|出産予定
      | マタニティ|maternity|pregnan|身ごも|おめでた|母性保護
      | 妊娠(?:し|中|が(?:わか|分か|判)|を(?:報告|伝|上司)|初期|した|[0-9一二三四五六七八九]+|かも|検査|\W|$)
      | (?:出産|お産)(?:の(?:ため|とき|時|際|前後)の?|で|前後の)(?:お?休|特別休)|子どもを授か|子供を授か
        """,
        re.VERBOSE,
    ),
    Topic.ILLNESS: re.compile(
        r"""
        ^(?:病気|入院|手術|がん|ガン|癌)$|病気休|病休|傷病|療養|闘病|持病|余命|後遺症|診断書
      | (?<![ァ-ヶー])(?:(?<![ぁ-ん])|(?<=[がはのもにで]))(?:がん|ガン|癌)
        (?:に|が(?:見|再発|転移)|と(?:診|言|わ)|で(?:す|休|入院|治)|の(?:治療|手術|疑)|かも|だ)
      | _ORGAN_(?:の)?(?:がん|ガン|癌)|sickleave|(?<!肺)cancer
      | (?:コロナ|インフル(?:エンザ)?)(?:が|で|に|の)?(?:陽性(?!者)|かか(?:った|り(?!やす)|って)|なった|なりま|感染し(?:た|ま))
      | 脳卒中|脳出血|くも膜下|狭心症|心不全
      | 病気(?:で|に|が|を|の(?:治療|療養|ため|こと)|かも|だ|を理由)
      | 体調(?:不良|が|を崩|がすぐ)|具合が(?:悪|わる)|公務災害|労災
      | 腫瘍|白血病|糖尿病|心臓病|脳梗塞|心筋梗塞|てんかん|リウマチ|透析|発達障[害が]|adhd|アルコール依存
      | 依存症|腰痛|ぎっくり腰|骨折|手術(?:を|で|の|し)
        """.replace("_ORGAN_", _ORGAN),
        re.VERBOSE,
    ),
}

_WHERE_A_PERSON_IS_MEANT: Mapping[Topic, re.Pattern[str]] = {
    Topic.HARASSMENT: re.compile(
        r"虐待|(?<![a-z])dv(?![a-z])|セクシャル|叱責|叱られ|きつく当た|冷たく|距離が近|しつこく(?:誘|食事)|高圧的|無視され"
    ),
    # What is hard about work as such is the bot's to answer.
    Topic.MENTAL_HEALTH: re.compile(
        r"""
        カウンセリング|ストレス|気分が落ち込|不安で(?:眠|仕事|たま|いっぱい|押し)
      | ^(?!.*(?:作業|入力|操作|システム|画面|端末|手続|書類|エクセル|excel|集計|転記|使い|予算))
        .*(?:(?<![ぁ-ん])つら[いく]|辛[いく]|苦しい|しんどい|悩んで|もう限界|もう無理)
        """,
        re.VERBOSE,
    ),
    Topic.PREGNANCY: re.compile(r"妊娠|妊婦|出産|産婦人科|お産|赤ちゃんが(?:でき|生まれ|産まれ)"),
    Topic.ILLNESS: re.compile(
        r"""
        病院|通院|入院|検査結果|要精密検査|治療|薬を|服薬|(?:けが|ケガ|怪我)(?:を|し|で)|コロナ|インフルエンザ|陽性
      | 熱が(?:出|下が)|発熱で|障害者手帳|障がい者手帳
        """,
        re.VERBOSE,
    ),
}
_PERSON = re.compile(
    r"""
    私(?:は|が|の|も|に|を|で|と|自身|だけ|,|、)|わたし|わたくし|自分(?:は|が|の|も|に|を|だけ)|僕|ぼく
  | 俺|家族|(?<!丈)[妻夫](?:が|の|は|に)|[母父](?:が|の|は|に)|両親|親が
  | 子ども?が|子供が|娘|息子|上司|課長(?:に|が|から)|係長|部長(?:に|が|から)|主査|同僚|部下|先輩|後輩
  | 隣の席|同じ課の
  | 休みたい|休ませ|休んで|休みを(?:取|もら)|休む(?:とき|には|こと)|早退|遅刻|欠勤|働け(?:る|ます|な)
  | 仕事を続け|出勤|勤務を(?:軽|減)
  | 言い出せ|知られ(?:たく|ずに|ない)|内緒|誰にも言え|相談でき|相談したい|相談に乗|なりました|なってしま
  | と言われ|ことにな[りっ]|かかりました|受けました|しています|通っています
    """,
    re.VERBOSE,
)
# They speak of residents, not of whoever asks.
_RESIDENTS = re.compile(
    r"市民|住民|県民|来庁者|利用者|対象者|申請者|患者(?:さん)?(?:が|の|に)|事業者|(?:手続き?|届出|申請)の(?:オンライン|電子)"
)


def topic_of(text: str, extra: SensitiveWords = ()) -> Topic | None:
    """The sensitive topic a text is on; None for any other. `extra` are a city's own words, each enough by itself."""
    written = re.sub(r"\s+", "", fold(text))
    folded = in_words(written)
    if topic := _named(written, extra) or _named(folded, extra):
        return topic
    left = _SERVICES.sub("〓", folded)
    for topic, pattern in _PLAIN.items():
        if pattern.search(left):
            return topic
    if not _PERSON.search(left) or _RESIDENTS.search(left):
        return None
    return next((topic for topic, pattern in _WHERE_A_PERSON_IS_MEANT.items() if pattern.search(left)), None)


def _named(folded: str, extra: Sequence[tuple[Topic, tuple[str, ...]]]) -> Topic | None:
    return next((topic for topic, words in extra if any(word in folded for word in _folded(words))), None)


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))
