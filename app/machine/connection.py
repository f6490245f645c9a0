"""Whether this PC has a connection to a network, as Windows reports it."""

import sys


def has_connection() -> bool:
    """Return whether a cable or a wireless network is connected.

    Known on Windows alone; elsewhere True. Nothing is sent.
    """
    if sys.platform == "win32":
        import ctypes

        state = ctypes.c_ulong()
        return bool(ctypes.WinDLL("wininet").InternetGetConnectedState(ctypes.byref(state), 0))
    return True
