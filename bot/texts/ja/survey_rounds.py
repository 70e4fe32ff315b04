"""What is said to those who open, close and watch rounds."""

from __future__ import annotations


def nobody_asked(title: str) -> str:
    """An audience of nobody."""
    return f"「{title}」の対象になる職員がいません。調査票の audience と、職員の一覧を確かめてください。"


def no_such_department(name: str) -> str:
    """A 部 or 課 that is not there."""
    return f"「{name}」という部や課がありません。職員の一覧にある名前を書いてください。"


def too_many_departments(count: int, most: int) -> str:
    """More 課 than a question may have options."""
    return f"課が{count}あり、選択肢の上限（{most}）を超えます。所属の質問を消してください（所属は名簿から添えられます）。"
