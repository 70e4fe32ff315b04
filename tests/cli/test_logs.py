"""What serve and worker write to their logs, through the front door: never what people write, nor who they are, nor tokens."""

from __future__ import annotations

import json
import signal
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.delivery import Message
from bot.messages import Paragraph, Reply
from staff.access.tokens import new_token
from staff.model import Department, Person, Post
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run
from tests.cli.test_serve import PATIENCE, first_line, process
from tests.fakes.slack_client import direct, event, signed

QUESTION = "ひみつの相談です鍵つき引き出しの件"
PERSON = Person(
    id="LOG-000417",
    name="記録 残子",
    email="nokoru@city.example",
    posts=(Post(department_id="1"),),
    synthetic=True,
)
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-log-test-token", "SLACK_SIGNING_SECRET": "log-test-signing-secret"}


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_neither_words_nor_people_nor_tokens(migrated: Run, tmp_path: Path, level: str) -> None:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        stores = SqlStores(database)
        stores.directory.save([Department(id="1", name="見本課")], [PERSON], [])
        said = Reply(parts=(Paragraph(text=QUESTION),))
        for key, recipient in (("web", PERSON.id), ("slack", "U0LOGTEST")):
            message = Message(
                key=f"{key}/{PERSON.id}",
                channel=key,
                recipient=recipient,
                reply=said,
                due_at=datetime.now(UTC),
            )
            assert stores.outbox.put(message)
        nowhere = SECRETS | {"SLACK_API_URL": "http://127.0.0.1:9/api/", "DXBOT_LOG_LEVEL": level}
        token = new_token()
        with (
            process("bot.cli", "serve", **nowhere) as server,
            process("bot.cli", "worker", **nowhere) as worker,
        ):
            address = first_line(server, "準備ができました").split()[-1]
            _visit(address, token)
            until = monotonic() + PATIENCE
            while not stores.inbox.list_for(PERSON.id) and monotonic() < until:
                sleep(0.1)
            assert stores.inbox.list_for(PERSON.id), "the worker delivered"
            for one in (server, worker):
                one.send_signal(signal.SIGTERM)
            logs = [one.communicate(timeout=PATIENCE)[1] for one in (server, worker)]
    for log in logs:
        lines = log.splitlines()
        assert all({"at", "level", "place", "event"} <= json.loads(line).keys() for line in lines), log
        found = json.dumps([json.loads(line) for line in lines], ensure_ascii=False)
        for text in (QUESTION, PERSON.id, PERSON.name, PERSON.email, "U0LOGTEST", token, *SECRETS.values()):
            assert text not in found and text not in log and urllib.parse.quote(text) not in found
    assert "POST /chat 200" in logs[0] or "/chat 200" in logs[0]


def _visit(address: str, token: str) -> None:
    """Ask in the chat, open links with tokens, ask on Slack, send nonsense."""
    same = {"Sec-Fetch-Site": "same-origin", "Cookie": f"dxbot_person={PERSON.id}; dxbot_session={token}"}
    chat = json.dumps({"name": "ask", "text": QUESTION}).encode()
    _send(f"{address}/chat", chat, same | {"Content-Type": "application/json"})
    for path in (
        f"/s/{token}",
        f"/console/sign-in/link?token={token}",
        f"/knowledge?q={urllib.parse.quote(QUESTION)}",
    ):
        _send(f"{address}{path}", None, same)
    body = json.dumps(event(direct("U0LOGTEST", QUESTION))).encode()
    _send(f"{address}/slack/events", body, signed(body, secret=SECRETS["SLACK_SIGNING_SECRET"]))
    _send(f"{address}/slack/events", QUESTION.encode(), {"Content-Type": "application/json"})


def _send(url: str, body: bytes | None, headers: dict[str, str]) -> None:
    request = urllib.request.Request(url, data=body, headers=headers)
    try:
        urllib.request.urlopen(request, timeout=PATIENCE).read()
    except urllib.error.HTTPError as refused:
        assert refused.code != 500, url  # Slack is away: 503 asks it to deliver again
