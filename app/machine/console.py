"""Whether a person sits at standard input."""

import sys


def is_console() -> bool:
    """Return whether standard input is a terminal that a person types at.

    On Windows `isatty` is also true for NUL, the standard input of a scheduled task; only a console has a mode.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        handle = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno()))
        return bool(ctypes.WinDLL("kernel32").GetConsoleMode(handle, ctypes.byref(ctypes.c_ulong())))
    return True
