"""`make screenshot`: takes the README's picture of the running program, with the pack that ships and no document."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser.running import ROOT, run_script, running_app

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write docs/images/chat.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="dxbot-screenshot-") as folder,
        running_app(Path(folder), "--bare") as address,
    ):
        print(run_script("picture.cjs", address, str(IMAGES / "chat.png")), end="")


if __name__ == "__main__":
    main()
