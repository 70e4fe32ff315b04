"""Sensitive words written by their sound (びょうき, コウエキツウホウ, pawahara), read as the words they are."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.language.japanese import is_all_kana, is_romaji, kana_key
from knowledge.language.lattice import read_kana, romaji_to_kana
from knowledge.language.vocabulary import Vocabulary

_SENSITIVE = """
    公益通報 内部通報 内部告発 横領 着服 裏金 カラ出張 談合 収賄 賄賂 不正会計 不正経理 隠蔽
    ハラスメント パワハラ セクハラ マタハラ モラハラ カスハラ アカハラ 嫌がらせ 暴言 盗撮 脅迫 恫喝
    うつ病 うつ状態 適応障害 パニック障害 双極性障害 自律神経 不眠症 自殺 心療内科 精神科 メンタル 復職
    過呼吸
    産休 産前休暇 産後休暇 流産 死産 早産 不妊治療 妊活 出産予定日 マタニティ 妊娠 出産
    病気 病気休暇 傷病 療養中 療養休暇 闘病 持病 診断書 体調不良 公務災害 労災 腫瘍 白血病 糖尿病 心臓病 脳梗塞 脳卒中 脳出血
    心筋梗塞 骨折 手術 入院 通院 乳がん 胃がん 肺がん 大腸がん 子宮がん 発達障害 依存症 インフルエンザ コロナ
""".split()
# Words that begin or end like those, so that 確認申請 holds no 妊娠; and words that tell whether somebody speaks of a person.
_BESIDE = """
    確認 本人 代理人 代理 承認 委任 他人 法人 個人 申請 申告 審査 新規 進捗 信頼 診断 診察 検診 健診 助成 給付 費用 医療費
    予約 予防 接種 予防接種 対策 手続 届出 届 手帳 市民 住民 利用者 対象者 申請者 患者 事業者 職員 窓口 相談 相談窓口
    上司 課長 係長 部長 同僚 先輩 部下 私 自分 家族 仕事 職場 会社 出勤 休み 休暇 治療 診療 検査 事業 工事 建設 施設
    給食 服飾 賛同 運用 利用 使用 採用 登録 予算 決裁 決算 請求 受給 養成 要請 妖精 様式 様子 料金 料 領収 領域 領土
    電子 導入 入園 加入 記入 購入 介入 注入 侵入 収入 団体 団地 安全 散歩 参加 三級 救急 休館 急行 休業
    または 払い 払い戻し 利用用途 利用用 用途 用紙 用意 通知 通信 通報 通学 通常 輸出 産業 インクリメンタル 養生 両用
""".split()
_SHORTEST = 4
_KANA = re.compile(rf"[ぁ-ゖァ-ヴー]{{{_SHORTEST},}}")
_ROMAJI = re.compile(r"(?<![a-z0-9])[a-z][a-z'-]{5,}(?![a-z0-9])")


def in_words(text: str) -> str:
    """A folded text without spaces, with the sensitive words in it that are written by their sound as words."""
    if is_romaji(text):
        return _read(romaji_to_kana(text))
    if is_all_kana(text):
        return _read(text)
    return _KANA.sub(lambda run: _read(run[0], _SHORTEST), _ROMAJI.sub(lambda run: _romaji(run[0]), text))


def _romaji(run: str) -> str:
    """A run of letters in a mixed text: itself, but for what is kana to the end."""
    kana = romaji_to_kana(run)
    return kana if is_all_kana(kana) else run


def _read(kana: str, shortest: int = _SHORTEST - 1) -> str:
    words, sounds = _vocabulary()
    # Not remembered: runs of questions would push the vocabulary's words out.
    return read_kana(kana, words, shortest) if sounds.search(kana_key.__wrapped__(kana)) else kana


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[Vocabulary, re.Pattern[str]]:
    """The words with their readings, and what finds the sensitive ones among sounds."""
    sensitive = Vocabulary((), common=_SENSITIVE)
    sounds = sorted(key for key in sensitive.by_reading if len(key) >= _SHORTEST - 1)
    return Vocabulary((), common=[*_SENSITIVE, *_BESIDE]), re.compile("|".join(map(re.escape, sounds)))
