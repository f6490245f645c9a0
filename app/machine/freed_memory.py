"""Return freed memory to the system, also between used blocks."""

import gc
import sys
from functools import cache
from typing import Any

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_RETURNED_BYTES = 128 * 1024
_MANY_OBJECTS = 2_000
"""New objects after which their cycles are freed: those of some twenty intakes."""


def return_freed_memory() -> None:
    """Let the C library of Linux return freed memory.

    Call it before threads start. Otherwise it keeps up to 32 MiB of freed blocks in an arena for each thread, the daily
    backup alone 10 MiB. Windows returns blocks by itself. A library without this setting is left as it is.
    """
    if sys.platform != "linux":
        return
    library = _c_library()
    if hasattr(library, "mallopt"):
        for setting, value in (
            (_M_ARENA_MAX, 1),
            (_M_MMAP_THRESHOLD, _RETURNED_BYTES),
            (_M_TRIM_THRESHOLD, _RETURNED_BYTES),
        ):
            library.mallopt(setting, value)


def return_gaps() -> None:
    """Return freed pages between used blocks, which takes up to a millisecond."""
    if sys.platform != "linux":
        return
    library = _c_library()
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


@cache
def _c_library() -> Any:
    """Return the C library; each loading makes classes, which are a cycle."""
    import ctypes

    return ctypes.CDLL(None)


def keep_for_good() -> None:
    """Let the search for unused cycles pass over all objects of the start.

    From now on only `free_cycles` searches. Python itself would do it in any thread that allocates, and a widget that
    another thread deletes, or that goes while Qt walks through all widgets, ends the process.
    """
    gc.freeze()
    gc.disable()


def free_cycles() -> None:
    """Free unused cycles of objects, for the thread of the window alone.

    The papers of an intake are 250 KiB in cycles. Among the objects after the start a search takes some milliseconds.
    """
    gc.collect()


def free_many_cycles() -> None:
    """Free the cycles of new objects once there are many, as `free_cycles`.

    Between two calls of `free_cycles` a fast desk would leave megabytes.
    """
    if gc.get_count()[0] > _MANY_OBJECTS:
        gc.collect(1)
