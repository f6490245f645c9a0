"""Exports of register and payments: JSON (docs/formats.md) and Excel."""

from dataclasses import replace

from app.printing.documents.report import Report, ReportIssuer
from app.services.documents.register import RegisterTable
from app.services.reporting.export import report_file
from app.services.reporting.fees import FeeReport
from app.services.reporting.report_lists import fees_report, fees_to_json, register_report, register_to_json

__all__ = ["fees_file", "fees_to_json", "register_file", "register_to_json"]


def register_file(table: RegisterTable, ending: str, office: str) -> bytes:
    """Return the register as a file.

    Raises Refusal `report_format`.
    """
    return report_file(_named(register_report(table), office), ending)


def fees_file(taken: FeeReport, ending: str, office: str) -> bytes:
    """Return the payments as a file.

    Raises Refusal `report_format`.
    """
    return report_file(_named(fees_report(taken), office), ending)


def _named(report: Report, office: str) -> Report:
    return replace(report, issuer=ReportIssuer(unit=office))
