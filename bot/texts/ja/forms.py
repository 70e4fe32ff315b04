"""What a form says beside its own words, the same on every channel."""

from __future__ import annotations

CLEAR, CLEAR_SHORT = "選択を取り消す", "取り消す"
REQUIRED = "（必須）"
ALONE = "ほかと一緒には選べません"


def page_of(step: int, steps: int) -> str:
    """Which page of how many; channels draw it small beside or under the title."""
    return f"{step}／{steps}"


def at_most(most: int) -> str:
    """How many choices may be ticked."""
    return f"{most}つまで" if most < 10 else f"{most}個まで"


def beside(text: str) -> str:
    """What is added to a label."""
    return f"（{text}）"


def bounds(minimum: float | None, maximum: float | None, step: float | None, unit: str = "") -> str:
    """Between which numbers, of what, in which steps; empty where nothing is told."""
    ends = "".join(
        [
            f"{minimum:g}から" if minimum is not None else "",
            f"{maximum:g}{unit}まで" if maximum is not None else "",
        ]
    )
    if minimum is not None and maximum is None:
        ends = f"{minimum:g}{unit}以上"
    steps = f"{step:g}きざみ" if step is not None and step != 1 else ""
    return "、".join(filter(None, [ends or unit, steps]))
