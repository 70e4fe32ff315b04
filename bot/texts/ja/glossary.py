"""What is said where the glossary is leafed through."""

from __future__ import annotations

ROW_INTRO = "知りたい用語を選んでください。"
OTHER_ROWS = "ほかの行を見る"
_OTHERS = "英字・その他"


def row_title(row: str) -> str:
    """The heading of one row."""
    return f"{row}行の用語" if row else f"{_OTHERS}の用語"


def row_label(row: str, count: int) -> str:
    """The button of one row."""
    return f"{row}行（{count}）" if row else f"{_OTHERS}（{count}）"


def next_terms(count: int) -> str:
    """The button of what the row has more."""
    return f"続き（あと{count}語）"
