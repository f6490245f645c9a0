"""Printing from the window: print desk, dispatch, job watch, spooler, preview, dialogs.

May import: `ui.kit`. Never: a page.
Callers: pages and `ui.shell`.
Example: `print_desk.PrintDesk.print_one(code, form)`.
"""
