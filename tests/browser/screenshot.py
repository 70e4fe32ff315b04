"""`make screenshot`: takes the documents' pictures of the running program, with the pack that ships and no document."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from tests.browser.running import ROOT, run_script, running_app
from tests.browser.server import open_surveys, prepare
from tests.browser.slack import QUESTIONS, draw, filled_in, posted
from tests.scenarios.test_surveys import ANSWERS
from tests.surveys.content import shipped
from tests.teams.playground import SOURCE, talk
from tests.web.city import STAFF

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write docs/images/chat.png, slack-answer.png, teams-playground.png and survey-*.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dxbot-screenshot-") as made:
        folder = Path(made)
        with running_app(folder, "--bare") as address:
            print(run_script("picture.cjs", address, str(IMAGES / "chat.png")), end="")
        slack(folder, IMAGES / "slack-answer.png")
        teams(folder, IMAGES / "teams-playground.png")
        surveys(folder)


def slack(folder: Path, picture: Path) -> None:
    """The picture of an answer, a choice and an unknown question in Slack."""
    services = prepare(folder, bare=True)
    try:
        draw(asyncio.run(posted(services, QUESTIONS)), folder, picture)
    finally:
        services.close()
    print(picture)


def surveys(folder: Path) -> None:
    """The pictures of a questionnaire on the web, on a phone and in Slack."""
    web = Path(tempfile.mkdtemp(dir=folder))
    with running_app(web, "--bare", "--surveys") as address:
        run_script("surveys.cjs", address, str(web))
    shutil.copyfile(web / "needs-desktop-2.png", IMAGES / "survey-web.png")
    shutil.copyfile(web / "usage-phone-2.png", IMAGES / "survey-phone.png")
    services = prepare(Path(tempfile.mkdtemp(dir=folder)), bare=True)
    try:
        open_surveys(services, channels=["web", "slack", "teams"], chat_allowed=True)
        usage = "telework-usage"
        windows = asyncio.run(filled_in(services, STAFF, shipped(usage).title, ANSWERS[usage]))
    finally:
        services.close()
    draw(windows[2:3], folder, IMAGES / "survey-slack.png")


def teams(folder: Path, picture: Path) -> None:
    """The picture of a candidate that was clicked in Teams' playground, and its source."""
    talk(folder)
    shutil.copyfile(folder / SOURCE, picture)
    print(picture)


if __name__ == "__main__":
    main()
