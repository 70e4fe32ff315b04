"""Memory of a large knowledge base: the collector kept from walking it, what building it took given back."""

from __future__ import annotations

import ctypes
import gc
import sys

_MANY = 5_000


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
