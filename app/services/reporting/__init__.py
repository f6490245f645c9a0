"""Figures of a period for reports, documents and sync summaries.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.reporting`, `usecases.documents`, `usecases.citizens`, `usecases.sync`.
Example: `figures_06a.figures_06a(query, today, work)` counts Biểu II.06a/VPCP/KSTT.
"""
