"""The window: Qt widgets, pages, devices, printing.

May import: `office`, `usecases`, `services`, `wording`, `settings`, `disk`, Qt, and of `models` the shared parts.
Layers inside: `shell` > pages by subject > `devices` > `printing` > `kit`. Pages do not import each other.
Callers: `bootstrap`, when it opens the window.
Example: a page calls `runner.write(use_case, command, on_result)` and shows the frozen result.
"""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  it installs the hook that is removed below

# PySide reads and keeps the source of every module that is imported after it, to find users of `snake_case` names.
# Nothing here uses them; without the hook the window opens faster and takes less memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
linecache.clearcache()  # the sources that it has kept so far
