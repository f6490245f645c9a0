"""Reports: Biểu II.06a, fees, charts, tables of ratings and feedback.

May import: `services` and below. Never: another use case.
Callers: the report pages, `cli.commands.report`.
Example: `figures_06a.report_06a(Report06a(first, last), context, work)`.
"""
