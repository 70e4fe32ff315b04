"""`python -m bot.cli`: the same as `dxbot`, where the console script is not on the path."""

from __future__ import annotations

from bot.cli import main

if __name__ == "__main__":
    main()
