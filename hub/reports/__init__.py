"""Biểu II.06a of the province, and lists, as JSON and XLSX.

May import: `app.models.figures`, `hub.storage`, xlsxwriter.
Never: HTTP, a clock.
Callers: `hub.cli`, `hub.page`.
Example: `figures_06a(connection, first, last, today, agency=None, by="field")`.
"""
