"""A conversation in the Microsoft 365 Agents Playground, headless, before `dxbot serve` in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from bot.app import build_services
from bot.settings import Settings, setting_names
from tests.browser.server import open_surveys
from tests.web.city import DEPARTMENTS, STAFF

ROOT = Path(__file__).resolve().parents[2]
PLAYGROUND = ROOT / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
DXBOT = Path(sys.executable).with_name("dxbot")
QUESTION = "計画"
CANDIDATES, SOURCE = "candidates.png", "source.png"
VISITOR = "alexw@example.com"  # whom the playground takes everyone for
SECONDS = 60
TALK_SECONDS = 120


def talk(folder: Path) -> list[str]:
    """Ask, click a candidate, see its source; the steps that went well. CANDIDATES and SOURCE are left in `folder`.

    Raises AssertionError, with what the processes wrote, when a step fails or something is not installed.
    """
    return _run(
        folder,
        "playground.cjs",
        lambda environment: {"QUESTION": QUESTION, "CANDIDATE": _candidate(folder, environment)},
    )


def fill_in(folder: Path) -> list[str]:
    """Fill in a questionnaire that is open to the playground's own user; the steps that went well. Raises as `talk`."""

    def prepare(environment: Mapping[str, str]) -> Mapping[str, str]:
        subprocess.check_output([str(DXBOT), "migrate"], env=environment, cwd=folder, timeout=SECONDS)
        services = build_services(Settings(database_url=environment["DATABASE_URL"]))
        try:
            visitor = STAFF.model_copy(update={"email": VISITOR})
            services.stores.directory.save(DEPARTMENTS, [visitor], [])
            open_surveys(services, channels=["web", "slack", "teams"], chat_allowed=True)
        finally:
            services.close()
        return {}

    return _run(folder, "playground_survey.cjs", prepare)


def _run(folder: Path, script: str, prepare: Callable[[Mapping[str, str]], Mapping[str, str]]) -> list[str]:
    """Run a script of this folder before bot and playground; `prepare` fills the database and tells the script's words."""
    node = shutil.which("node")
    assert node is not None and PLAYGROUND.exists(), "node 20 or newer and `npm ci` are needed (make browser)"
    bot, playground = _free_port(), _free_port()
    environment = _environment(folder, bot)
    told = prepare(environment)
    endpoint = f"http://127.0.0.1:{bot}/api/messages"
    start = [node, str(PLAYGROUND), "start", "-e", endpoint, "-c", "msteams", "-p", str(playground), "--dt"]
    page = f"http://127.0.0.1:{playground}/"
    with (
        _running([str(DXBOT), "serve"], f"http://127.0.0.1:{bot}/healthz", folder, environment),
        _running(start, page, folder, os.environ),
    ):
        done = subprocess.run(
            [node, str(Path(__file__).with_name(script)), page, str(folder)],
            env={**os.environ, **told},
            capture_output=True,
            check=False,
            text=True,
            timeout=TALK_SECONDS,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.removeprefix("ok ") for line in done.stdout.splitlines() if line.startswith("ok ")]


def _environment(folder: Path, port: int) -> Mapping[str, str]:
    others = {name: value for name, value in os.environ.items() if name not in setting_names()}
    return others | {
        "DATABASE_URL": f"sqlite:///{folder / 'playground.db'}",
        "TEAMS_PLAYGROUND": "1",
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }


def _candidate(folder: Path, environment: Mapping[str, str]) -> str:
    """What is offered first to choose from, in a database that is made for it."""
    told = ""
    for arguments in (["migrate"], ["ask", "--json", QUESTION]):
        command = [str(DXBOT), *arguments]
        told = subprocess.check_output(command, env=environment, cwd=folder, timeout=SECONDS, text=True)
    candidate: str = json.loads(told)["candidates"][0]
    return candidate


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


@contextmanager
def _running(
    command: list[str], address: str, folder: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    """A process, from the moment its address answers until the end of the block."""
    log = folder / f"{Path(command[0]).name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            until = time.monotonic() + SECONDS
            while not _answers(address):
                assert process.poll() is None and time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2):
            return True
    except OSError:
        return False
