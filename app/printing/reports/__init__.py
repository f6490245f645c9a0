"""Renderers of a report: PDF, Excel and Word.

May import: what `printing` may, XlsxWriter, python-docx.
Never: storage, Qt, a clock.
Callers: `services.reporting.export`.
Example: `pdf.report_pdf(report)` returns the bytes of an A4 paper.
"""
