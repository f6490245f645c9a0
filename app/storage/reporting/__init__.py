"""Statements of the reports besides Biểu II.06a, and what they keep.

May import: what `storage` may. Never: a clock.
Callers: `services.reporting`, `usecases.reporting`, `usecases.catalogue`.
Example: `tables.late_dossiers(work, first, last, today)` returns typed rows.
"""
