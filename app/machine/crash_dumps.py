"""Keep keys and names in memory out of crash dumps and other processes."""

import sys

_PR_SET_DUMPABLE = 4
_NO_HEAP = 1
"""WER_FAULT_REPORTING_FLAG_NOHEAP: a report about a crash carries no heap."""
_NO_FAULT_BOX = 2
"""SEM_NOGPFAULTERRORBOX: a crash ends the process without a report."""


def hide_memory() -> None:
    """Write no dumps of this process.

    A core pattern that is a pipe ignores the limit; on Linux the process is therefore not dumpable either. Others of
    the same account can then not read its memory and environment. On Windows a crash is neither reported nor dumped.
    """
    import ctypes

    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.WerSetFlags(_NO_HEAP)
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_FAULT_BOX)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
