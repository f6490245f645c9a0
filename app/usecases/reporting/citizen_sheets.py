"""Excel sheets of citizens' ratings and feedback."""

from dataclasses import replace

from app.printing.documents.report import ReportIssuer
from app.services.law.counter import shipped_questions
from app.services.reporting.export import report_file
from app.services.reporting.feedback import FeedbackTable
from app.services.reporting.report_citizens import feedback_report, satisfaction_report
from app.services.reporting.satisfaction import Satisfaction


def satisfaction_sheet(table: Satisfaction, office: str) -> bytes:
    """Return the satisfaction table of a period as an Excel file."""
    names = {each.index: each.text for each in shipped_questions(table.to_day)}
    return report_file(replace(satisfaction_report(table, names), issuer=ReportIssuer(unit=office)), ".xlsx")


def feedback_sheet(table: FeedbackTable, office: str) -> bytes:
    """Return the feedback table as an Excel file, without the senders."""
    return report_file(replace(feedback_report(table), issuer=ReportIssuer(unit=office)), ".xlsx")
