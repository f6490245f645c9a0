"""Statements of the reports, and what they keep.

Biểu II.06a is counted in `figures`, the other reports in `tables` and `retention`.

May import: what `storage` may. Never: a clock.
Callers: `services.reporting`, `usecases.reporting`, `usecases.catalogue`.
Example: `tables.late_dossiers(work, FigurePeriod(first, last, today))` returns typed rows.
"""
