"""A manual's blocks cut by heading: each piece is one draft, named by its headings and page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.manuals.blocks import Block

STEPS, NEEDS, DEADLINE, OWNER = "steps", "needs", "deadline", "owner"
VALID, VALID_FROM, VALID_UNTIL, REVIEW = "valid", "valid_from", "valid_until", "review_on"
_NAMES = {
    STEPS: r"手順|手続(?:き)?の流れ|申請手順|操作手順|流れ",
    NEEDS: r"必要なもの|必要書類|持ち物|提出書類|添付書類|様式|用意するもの",
    DEADLINE: r"期限|提出期限|申請期限|締切(?:日)?|しめきり|申込期限|申込締切|受付期限",
    OWNER: r"担当(?:課|部署|所属)?|所管(?:課|部署)?|主管課",
    VALID: r"有効期間|適用期間|使う期間|使用期間|利用期間|実施期間",
    VALID_FROM: r"使い始める日|適用(?:開始)?日|施行日|開始日",
    VALID_UNTIL: r"有効期限|使い終わる日|適用終了日|廃止日|終了日",
    REVIEW: r"(?:次回)?(?:の)?見直し(?:の|予定)?(?:日|時期)",
    "": r"概要|目的|対象(?:者)?|注意(?:事項|点)?|留意(?:事項|点)|備考|補足|問合せ(?:先)?|お問い合わせ|根拠(?:規程)?|費用|場所|時期",
}
_NUMBERING = re.compile(
    r"^(?:第\s*[0-9０-９一二三四五六七八九十]+\s*[編部章節項]|[0-9０-９]{1,2}(?:[.．-][0-9０-９]{1,2})*[.．)）]?(?=[\s\u3000])|[(（][0-9０-９]{1,2}[)）])\s*"
)


@dataclass
class Piece:
    """What stands under one heading. `path` are the headings from the top, `page` where the heading stands (PDF)."""

    path: tuple[str, ...]
    page: int | None
    blocks: list[tuple[str, Block]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The heading without its number."""
        return _NUMBERING.sub("", self.path[-1]).strip() or self.path[-1]


def row_name(text: str) -> str | None:
    """Which field of a procedure a small heading such as 必要なもの says its text is, empty for a row that is none, None
    for a heading of its own.
    """
    bare = _NUMBERING.sub("", text).strip("【】■●◆□○ :：\u3000")
    return next((name for name, pattern in _NAMES.items() if re.fullmatch(pattern, bare)), None)


def cut(blocks: Iterable[Block]) -> Iterator[Piece]:
    """The pieces with text of their own. What stands above the first heading belongs to none and is left out.

    Small headings such as 手順 and 必要なもの don't begin a piece: they label what follows, in the piece above.
    """
    above: list[tuple[int, str]] = []
    piece: Piece | None = None
    label = ""
    for block in blocks:
        if block.kind == "heading" and not (
            piece and row_name(block.text) is not None and block.level > above[-1][0]
        ):
            above = [
                *((level, text) for level, text in above if level < block.level),
                (block.level, block.text),
            ]
            if piece and piece.blocks:
                yield piece
            piece, label = Piece(tuple(text for _, text in above), block.page), ""
        elif block.kind == "heading":
            label = block.text
        elif piece:
            piece.blocks.append((block.label or label, block))
    if piece and piece.blocks:
        yield piece


def count_above(blocks: Iterable[Block]) -> int:
    """How many characters stand above the first heading."""
    count = 0
    for block in blocks:
        if block.kind == "heading":
            break
        count += len(block.text)
    return count
