"""Microsoft 365 Agents Playground, headless: a person asks, clicks a candidate, and sees the source."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAYGROUND = ROOT / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
QUESTION = "計画"
DXBOT = Path(sys.executable).with_name("dxbot")
SECONDS = 60


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], address: str, folder: Path, **environment: str) -> Iterator[None]:
    """A process, from the moment its address answers until the end of the block."""
    log = folder / f"{Path(command[0]).name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            until = time.monotonic() + SECONDS
            while not answers(address):
                assert process.poll() is None and time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2):
            return True
    except OSError:
        return False


@pytest.mark.browser
def test_a_person_asks_clicks_a_candidate_and_sees_the_source(tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node is not None and PLAYGROUND.exists(), "node 20 or newer and `npm ci` are needed (make browser)"
    bot, playground = free_port(), free_port()
    serving = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'playground.db'}",
        "TEAMS_PLAYGROUND": "1",
        "PORT": str(bot),
        "HOST": "127.0.0.1",
    }
    subprocess.run(
        [DXBOT, "migrate"], env={**os.environ, **serving}, cwd=tmp_path, check=True, timeout=SECONDS
    )
    asked = subprocess.run(
        [DXBOT, "ask", "--json", QUESTION],
        env={**os.environ, **serving},
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    candidate = json.loads(asked.stdout)["candidates"][0]
    endpoint = f"http://127.0.0.1:{bot}/api/messages"
    start = [node, str(PLAYGROUND), "start", "-e", endpoint, "-c", "msteams", "-p", str(playground), "--dt"]
    with (
        running([str(DXBOT), "serve"], f"http://127.0.0.1:{bot}/healthz", tmp_path, **serving),
        running(start, f"http://127.0.0.1:{playground}/", tmp_path),
    ):
        done = subprocess.run(
            [
                node,
                str(Path(__file__).with_name("playground.cjs")),
                f"http://127.0.0.1:{playground}/",
                str(tmp_path),
            ],
            env={**os.environ, "QUESTION": QUESTION, "CANDIDATE": candidate},
            capture_output=True,
            check=False,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok ") == 4
    for name in ("candidates.png", "source.png"):
        assert (tmp_path / name).stat().st_size > 20_000
