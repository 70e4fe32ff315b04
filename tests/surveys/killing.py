"""The web process is killed again and again while people answer on their links; what was acknowledged must be there.

Everything goes through HTTP: each person opens the page, fills it, confirms and sends; whatever breaks off is done again after
the next start.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from bot.texts.ja import surveys as texts
from staff.demo import synthetic_city
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.links import digest, form_key
from surveys.loading import read_definition
from surveys.opening import open_with
from surveys.round import Round
from tests.forms.web import Controls

DXBOT = Path(sys.executable).with_name("dxbot")
QUICK = """
id: quick
title: 短い調査
purpose: 試すため
readers: 試す人
questions:
  - {id: A, type: short_text, text: 一つめ}
  - {id: B, type: long_text, text: 二つめ}
"""
_HELD = """
select relname, mode from pg_locks
join pg_class on pg_class.oid = pg_locks.relation
join pg_namespace on pg_namespace.oid = pg_class.relnamespace and nspname = current_schema()
join pg_stat_activity on pg_stat_activity.pid = pg_locks.pid and backend_type = 'client backend'
where pg_locks.pid <> pg_backend_pid()
"""
THREADS = 4
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class Killing:
    """One run over `people` on an empty database at `url`; the process works in `folder` and is killed `kills` times."""

    url: str
    folder: Path
    people: int
    kills: int
    port: int = 0
    killed: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Everybody answers while the process is killed at random."""
        tokens = self._prepare()
        chance = random.Random(7)
        everybody = threading.Event()
        answering = threading.Thread(target=self._answer_all, args=(tokens, everybody))
        process = self._serve()
        answering.start()
        for _ in range(self.kills):
            if everybody.wait(chance.uniform(0.2, 1.5)):
                break
            _end(process, signal.SIGKILL)
            self.killed += 1
            process = self._serve()
        answering.join(timeout=400)
        _end(process, signal.SIGTERM)

    def stored(self) -> Mapping[str, Mapping[str, object]]:
        """What each person's submission holds in the end."""
        with open_database(self.url) as database:
            store = SqlStores(database).surveys
            found = {person: store.find_submission("quick-1", person) for person in self.acknowledged}
            return {person: dict(one.answers) for person, one in found.items() if one is not None}

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong with its file; whether no killed process holds a lock on PostgreSQL's tables."""
        with open_database(self.url) as database:
            if self.url.startswith("sqlite:"):
                return [row["integrity_check"] for row in database.query("pragma integrity_check")] == ["ok"]
            return database.query(_HELD) == []

    def half_stored(self) -> int:
        """Rows that are neither a whole submission nor a draft."""
        with open_database(self.url) as database:
            store = SqlStores(database).surveys
            sheets = store.list_sheets("quick-1")
            answered = self.people - len(store.list_waiting("quick-1"))
            return sum(len(sheet.answers) != 2 for sheet in sheets) + abs(answered - len(sheets))

    def _prepare(self) -> dict[str, str]:
        now = datetime.now(UTC)
        with open_database(self.url) as database:
            migrate(database)
            stores = SqlStores(database)
            departments, staff = synthetic_city(self.people, 1)
            stores.directory.save(departments, staff, [])
            definition = read_definition(QUICK.encode(), "quick.yaml")
            planned = Round(
                id="quick-1",
                survey_id="quick",
                definition=definition,
                content_hash=definition.content_hash,
                opens_at=now - timedelta(hours=1),
                closes_at=now + timedelta(days=1),
            )
            stores.surveys.plan_round(planned)
            opening = open_with(planned, staff, departments, (), now.date())
            stores.surveys.open_round(opening.round, opening.members)
            tokens = {one.id: f"token-{one.id}" for one in staff}
            for person, token in tokens.items():
                stores.surveys.add_link(digest(token), "quick-1", person, planned.closes_at)
        return tokens

    def _serve(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [str(DXBOT), "serve"],
            env=os.environ
            | {
                "DATABASE_URL": self.url,
                "PORT": "0",
                "HOST": "127.0.0.1",
                "DXBOT_CONTENT": "",
                "DXBOT_LOG_LEVEL": "ERROR",
            },
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        self.port = int(line.rpartition(":")[2])
        return process

    def _answer_all(self, tokens: Mapping[str, str], everybody: threading.Event) -> None:
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(lambda item: self._answer(*item), tokens.items()))
        everybody.set()

    def _answer(self, person: str, token: str) -> None:
        """Fill both pages, confirm and send, from the start again as often as it breaks off."""
        while person not in self.acknowledged:
            try:
                source = self._post(token, {".press": '["survey_show", "quick-1/0"]'})
                source = self._send(token, source, A=f"{person}-A")
                source = self._send(token, source, B=f"{person}-B")
                if texts.RECEIPT_TITLE in self._send(token, source):
                    self.acknowledged[person] = token
            except BROKEN:
                time.sleep(0.05)

    def _send(self, token: str, source: str, **values: str) -> str:
        controls = Controls(source)
        return self._post(token, {".name": controls.name, ".value": controls.value, **values})

    def _post(self, token: str, fields: Mapping[str, str]) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = urlencode({".token": form_key(token), **fields})
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", f"/s/{token}", body, headers)
            return connection.getresponse().read().decode()
        finally:
            connection.close()


def _end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
