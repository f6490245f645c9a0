"""The window: Qt widgets, pages, devices, printing.

May import: `office`, `usecases`, `services`, `wording`, `settings`, `disk`, Qt, and of `models` the shared parts.
Layers inside: `shell` > pages by subject > `devices` > `printing` > `kit`. Pages do not import each other.
Callers: `bootstrap`, when it opens the window.
Example: a page calls `runner.write(use_case, command, on_result)` and shows the frozen result.
"""
