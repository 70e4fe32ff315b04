"""What a process takes of memory, as the kernel (Linux) tells it."""

from __future__ import annotations

from pathlib import Path


def megabytes(field: str, process: int | str = "self") -> float:
    """A field of /proc/<process>/status: VmRSS is what it takes now, VmHWM the most since its program began."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:"))


def fair_share(process: int | str) -> float:
    """A process's own memory, and of what it shares with others (files mapped by several) its share: the kernel's Pss."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
