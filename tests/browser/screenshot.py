"""`make screenshot`: takes the documents' pictures of the running program, with the pack that ships and no document."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from tests.browser.running import ROOT, run_script, running_app
from tests.browser.server import prepare
from tests.browser.slack import QUESTIONS, draw, posted
from tests.teams.playground import SOURCE, talk

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write docs/images/chat.png, slack-answer.png and teams-playground.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dxbot-screenshot-") as made:
        folder = Path(made)
        with running_app(folder, "--bare") as address:
            print(run_script("picture.cjs", address, str(IMAGES / "chat.png")), end="")
        slack(folder, IMAGES / "slack-answer.png")
        teams(folder, IMAGES / "teams-playground.png")


def slack(folder: Path, picture: Path) -> None:
    """The picture of an answer, a choice and an unknown question in Slack."""
    services = prepare(folder, bare=True)
    try:
        draw(asyncio.run(posted(services, QUESTIONS)), folder, picture)
    finally:
        services.close()
    print(picture)


def teams(folder: Path, picture: Path) -> None:
    """The picture of a candidate that was clicked in Teams' playground, and its source."""
    talk(folder)
    shutil.copyfile(folder / SOURCE, picture)
    print(picture)


if __name__ == "__main__":
    main()
