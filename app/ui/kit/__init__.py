"""Building blocks of pages: widgets, style, tables, dialogs, the runner.

May import: Qt, `wording`, the shared parts of `models`. Never: a page, the shell.
Callers: every other `ui` package.
Example: `widgets.FieldBox`, an input with its error line.
"""
