"""Memory of a large knowledge base: the collector kept from walking it, what loading and building took given back."""

from __future__ import annotations

import ctypes
import gc
import mmap
import re
import sys
from pathlib import Path

_MANY = 5_000
_MAPS = Path("/proc/self/maps")
_MAPPED = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r--s \S+ \S+ \S+ +(.+)")


def set_aside(entries: int) -> None:
    """Once many entries stand: they hold no cycles, so the collector need not stop all threads to walk them."""
    if entries > _MANY:
        gc.collect()
        gc.freeze()


def give_back(entries: int, *, anew: bool) -> None:
    """Free what building an index of many entries needed, or the index that it took the place of. An index holds no
    cycles: it goes with the last question that is asked of it, and the collector need not walk a new one (`anew`) either.

    glibc keeps freed memory of a process unless it is told to return it.
    """
    if entries <= _MANY:
        return
    if anew:
        set_aside(entries)
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def unmap_touched(file: str) -> None:
    """Let go of the pages that were touched until now of a file that is mapped to be read and shared (Linux; elsewhere
    nothing is done). A page that is needed later is mapped again when it is read. `file` is the name without its folder.
    """
    if not _MAPS.exists():
        return
    kernel = ctypes.CDLL(None)
    for start, end, path in _MAPPED.findall(_MAPS.read_text(encoding="utf-8")):
        if Path(path).name == file:
            first, last = int(start, 16), int(end, 16)
            kernel.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), mmap.MADV_DONTNEED)
