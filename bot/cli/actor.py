"""Who is at the command line, as the audit log names them."""

from __future__ import annotations

import getpass


def actor() -> str:
    """`cli/` and the account's name on this machine."""
    try:
        return f"cli/{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user without an entry
        return "cli/unknown"
