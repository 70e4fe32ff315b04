"""What the details of an entry in the audit are called, and how their values read."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.ja.initiatives import STATES, STATUSES
from bot.texts.ja.privacy import CAUSES, KINDS

NAMES: Mapping[str, str] = {
    "added": "追加",
    "articles": "記事の数",
    "broken": "壊れていた数",
    "cause": "わけ",
    "changed": "変更",
    "channel": "場所",
    "clusters": "まとまりの数",
    "codes": "コードの数",
    "department": "所属",
    "departments": "課の数",
    "entries": "件数",
    "form": "形",
    "format": "形",
    "goals": "目標の数",
    "hash": "ハッシュ",
    "items": "消したもの",
    "kind": "種類",
    "level": "表の種類",
    "method": "方法",
    "number": "版の番号",
    "people": "人数",
    "planned": "予定の数",
    "purpose": "目的",
    "questions": "質問の数",
    "removed": "削除",
    "role": "役割",
    "round": "回",
    "rows": "行の数",
    "sessions": "サインインの数",
    "sound": "正しいか",
    "state": "扱い",
    "status": "状況",
    "through": "ここまで",
    "year": "年度",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "cause": CAUSES,
    "kind": KINDS,
    "sound": {"1": "正しい", "0": "正しくない"},
    "state": STATES,
    "status": STATUSES,
}


def told(detail: Mapping[str, str | int]) -> str:
    """An entry's details in a line; what has no name here stands as it was written."""
    return "、".join(
        f"{NAMES.get(name, name)} {VALUES.get(name, {}).get(str(value), value)}"
        for name, value in detail.items()
    )
