"""Reports: Biểu II.06a, fees, charts, tables of ratings and feedback.

May import: `services` and below. Never: another use case.
Callers: the report pages, `cli.commands.report`.
Example: `tables.make_report(ReportQuery("06a", first, last), context, work)`.
"""
