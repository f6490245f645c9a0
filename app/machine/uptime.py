"""Running time of the machine, which no change of its date affects."""

import sys
import time

_MILLISECONDS = 1000.0


def uptime() -> float:
    """Return the seconds since the machine started, sleep included.

    Python's own monotonic clock stops while a PC with Windows or Linux sleeps, so that the date would seem to have
    jumped after each lunch. GetTickCount64 and CLOCK_BOOTTIME go on.
    """
    if sys.platform == "win32":
        import ctypes

        count = ctypes.WinDLL("kernel32").GetTickCount64
        count.restype = ctypes.c_ulonglong
        return float(count()) / _MILLISECONDS
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
