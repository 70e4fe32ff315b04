"""The audit's details read as Japanese: every name that the code gives one has its word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.texts.ja.audit_detail import NAMES, told

ROOT = Path(__file__).parents[3]
PACKAGES = ("bot", "knowledge", "staff", "storage", "surveys")


def _details(tree: ast.AST) -> Iterator[ast.expr]:
    """Where a detail is made: given to an entry, or to a variable or a parameter of that name first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (one.value for one in node.keywords if one.arg == "detail")
            if isinstance(node.func, ast.Name) and node.func.id in ("_record", "_event"):
                yield from node.args
        elif (
            isinstance(node, ast.AnnAssign)
            and node.value
            and ast.unparse(node.target) in ("detail", "counts")
        ):
            yield node.value


def _names_in_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for detail in _details(ast.parse(file.read_text(encoding="utf-8"))):
                for node in ast.walk(detail):
                    if isinstance(node, ast.Dict):
                        found |= {
                            key.value: file.name
                            for key in node.keys
                            if isinstance(key, ast.Constant) and isinstance(key.value, str)
                        }
    return found


def test_every_detail_has_its_word() -> None:
    found = _names_in_code()
    assert len(found) > 20, "the scan finds where details are made"
    assert {name: file for name, file in found.items() if name not in NAMES} == {}


def test_an_entry_reads_as_japanese() -> None:
    assert told({"number": 2, "state": "carried_over"}) == "版の番号 2、扱い 次の計画へ引き継ぎ"
    assert told({"kind": "answers", "later": "x"}) == "種類 調査の回答、later x"
