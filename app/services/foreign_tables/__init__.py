"""Tables of other programs, judged by the office's events.

May import: what `services` may. Never: `usecases`, a clock.
Callers: `usecases.reporting`, the page for tables of other programs.
Example: `reconcile.reconcile(sheet, name)` compares the rows and totals of a table.
"""
