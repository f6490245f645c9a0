"""Return freed memory to the system, also between used blocks."""

import gc
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_RETURNED_BYTES = 128 * 1024
_USUAL_THRESHOLDS = 700, 10, 10
"""Those of Python: new containers before a search of the first generation, and searches before the next."""


def return_freed_memory() -> None:
    """Let the C library of Linux return freed memory.

    Call it before threads start. Otherwise it keeps up to 32 MiB of freed blocks in an arena for each thread, the daily
    backup alone 10 MiB. Windows returns blocks by itself. A library without this setting is left as it is.
    """
    if sys.platform != "linux":
        return
    import ctypes

    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for setting, value in (
            (_M_ARENA_MAX, 1),
            (_M_MMAP_THRESHOLD, _RETURNED_BYTES),
            (_M_TRIM_THRESHOLD, _RETURNED_BYTES),
        ):
            library.mallopt(setting, value)


def return_gaps() -> None:
    """Return freed pages between used blocks, which takes some milliseconds."""
    if sys.platform != "linux":
        return
    import ctypes

    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def keep_for_good() -> None:
    """Let the search for unused cycles pass over all objects of the start.

    The start itself searches rarely (`main.py`). An open window that went on so kept the papers of a hundred intakes,
    25 MiB, in cycles. Among the few objects after the start a search is short.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL_THRESHOLDS)
