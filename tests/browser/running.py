"""Starting what a browser test needs: the application, and a Node script that drives Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class NotInstalled(RuntimeError):
    """Something the browser tests need is missing; the text says how to install it."""


@contextmanager
def running_app(folder: Path, *options: str) -> Iterator[str]:
    """The application's address while it runs, with its database in `folder`."""
    command = [sys.executable, "-m", "tests.browser.server", str(folder), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the application did not start")
        yield address
        process.stdin.close()
        process.wait(timeout=20)


def run_script(name: str, *arguments: str, timeout: float = 300) -> str:
    """Run a Node script of this folder and return what it printed. Raises NotInstalled or CalledProcessError."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "playwright-core").is_dir():
        raise NotInstalled("node 20 or newer and `npm ci` are needed (make browser does the second)")
    done = subprocess.run(
        [node, str(HERE / name), *arguments],
        cwd=ROOT,
        env={**os.environ, "CHROMIUM": _chromium()},
        stdout=subprocess.PIPE,
        text=True,
        timeout=timeout,
        check=True,
    )
    return done.stdout


def _chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise NotInstalled("Chromium is needed: apt-get install chromium, or name it in CHROMIUM")
    return found
