"""Export of the register as JSON (docs/formats.md), Excel or PDF."""

from dataclasses import replace

from app.printing.documents.report import ReportIssuer
from app.services.documents.register import RegisterTable
from app.services.reporting.export import report_file
from app.services.reporting.report_lists import register_report


def register_file(table: RegisterTable, ending: str, office: str) -> bytes:
    """Return the register as a file.

    Raises Refusal `report_format`.
    """
    return report_file(replace(register_report(table), issuer=ReportIssuer(unit=office)), ending)
