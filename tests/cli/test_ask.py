"""`dxbot ask`: the same answer as chat, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app import build_services
from bot.messages import Request
from bot.router import handle
from bot.settings import load_settings
from staff.model import Role
from tests.cli.conftest import Run

KEYS = ["id", "outcome", "title", "text", "source", "confidence", "candidates", "ranking", "ms"]


def objects(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def batch(tmp_path: Path, *entries: dict[str, Any]) -> str:
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8")
    return str(path)


def test_a_question_is_answered_with_its_source(migrated: Run) -> None:
    result = migrated("ask", "RPAとは何ですか", "--json")
    assert result.exit_code == 0
    (told,) = objects(result.stdout)
    assert list(told) == KEYS
    assert (told["id"], told["outcome"], told["title"]) == (None, "answer", "RPA")
    assert list(told["source"]) == ["document", "section", "edition", "page"]
    assert "DX推進計画" in told["source"]["document"]
    assert 0 < told["confidence"] <= 1
    assert told["ms"] >= 0
    assert [list(entry) for entry in told["ranking"]] == [["id", "title", "score"]] * len(told["ranking"])
    scores = [entry["score"] for entry in told["ranking"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("top", [1, 3, 5])
def test_top_is_the_length_of_the_ranking(migrated: Run, top: int) -> None:
    (told,) = objects(migrated("ask", "テレワークの課題は何ですか", "--json", "--top", str(top)).stdout)
    assert len(told["ranking"]) == top


def test_the_text_is_chats_reply(migrated: Run) -> None:
    question = "BPRとRPAの違いは何ですか"
    result = migrated("ask", question)
    services = build_services(load_settings())
    try:
        reply = handle(Request(channel="web", user="u", text=question), services)
    finally:
        services.close()
    assert result.stdout.startswith(reply.text)


def test_a_batch_keeps_order_and_ids(migrated: Run, tmp_path: Path) -> None:
    entries: list[dict[str, Any]] = [
        {"id": "a", "question": "RPAとは"},
        {"id": 7, "question": ""},
        {"question": "食堂のメニューは"},
    ]
    result = migrated("ask", "--batch", batch(tmp_path, *entries), "--json")
    told = objects(result.stdout)
    assert [entry["id"] for entry in told] == ["a", 7, None]
    assert [entry["outcome"] for entry in told] == ["answer", "unknown", "unknown"]
    assert all(entry["text"] for entry in told)


def test_unknown_says_who_to_ask(migrated: Run) -> None:
    (told,) = objects(migrated("ask", "食堂の今日の日替わりは何ですか", "--json").stdout)
    assert told["outcome"] == "unknown"
    assert "お問い合わせください" in told["text"]
    assert told["source"] is None


def test_restricted_articles_answer_only_those_who_see_them(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "内示.csv"
    path.write_text("title,body,visible_to\n庁舎移転の内示,内示は秋に行います。,職員課\n", encoding="utf-8")
    assert migrated("demo", "--staff", "30", "--seed", "1").exit_code == 0
    assert migrated("knowledge", "import", str(path)).exit_code == 0
    services = build_services(load_settings())
    people = services.stores.directory.list_people()
    services.close()
    hr = next(person for person in people if Role.HR in person.roles)
    other = next(person for person in people if Role.HR not in person.roles)

    def told(*options: str) -> str:
        return migrated("ask", "庁舎移転の内示とは", *options).stdout

    assert "秋に行います" in told("--as", hr.id)
    assert told("--as", other.id) == told()
    assert "秋に行います" not in told()
    missing = migrated("ask", "RPAとは", "--as", "nobody")
    assert missing.exit_code == 1
    assert "職員番号 nobody" in missing.stderr


HOSTILE = [
    "",
    "  ",
    "😀🎉",
    "\u202eRPA\u202c",
    "R\u200bP\u200bA",
    "RPA\x00",
    "あ" * 10_000,
    '"\\\n',
    "\ud800RPA",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_answered_politely(migrated: Run, tmp_path: Path, question: str) -> None:
    path = tmp_path / "hostile.jsonl"
    path.write_text(json.dumps({"id": question[:20], "question": question}), encoding="utf-8")
    result = migrated("ask", "--batch", str(path), "--json")
    assert result.exit_code == 0
    (told,) = objects(result.stdout)
    assert told["id"] == question[:20]
    assert told["text"]


def test_every_line_of_a_batch_that_cannot_be_read_is_named(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    lines = [
        b'{"id": 1, "question": "RPA"}',
        b"not json",
        b"",
        b'{"id": 2}',
        b'["question"]',
        b'{"id": 3, "question": 5}',
        b"\xff\xfe",
        b"[" * 100_000,
    ]
    path.write_bytes(b"\n".join(lines))
    result = migrated("ask", "--batch", str(path), "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert [line.split(" の ")[1].split(" ")[0] for line in told] == ["2", "4", "5", "6", "7", "8"]


def test_a_batch_that_is_not_there(migrated: Run) -> None:
    result = migrated("ask", "--batch", "nowhere.jsonl", "--json")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "nowhere.jsonl" in line


def test_an_empty_content_starts_with_no_article(migrated: Run) -> None:
    (told,) = objects(migrated("ask", "RPAとは", "--json", DXBOT_CONTENT="").stdout)
    assert (told["outcome"], told["ranking"]) == ("unknown", [])


def test_a_pack_that_is_not_there_is_one_line(migrated: Run) -> None:
    result = migrated("ask", "RPAとは", DXBOT_CONTENT="nosuchpack")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "nosuchpack" in line
