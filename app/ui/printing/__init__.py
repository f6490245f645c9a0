"""Printing from the window: desk, dispatch, spooler and dialogs.

May import: `ui.kit`. Never: a page.
Callers: pages and `ui.shell`.
Example: `print_desk.PrintDesk.print_one(code, form)`.
"""
