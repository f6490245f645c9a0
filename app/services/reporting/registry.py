"""The reports of the program by name, and how one is built."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.models.enums import FigureColumn, FigureGroup, Right, SatisfactionFace
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.printing.documents.report import Report, ReportIssuer, ReportPeriod
from app.services.context import Context
from app.services.law.counter import report_start_day
from app.services.reporting import (
    counted_lines as counted,
)
from app.services.reporting import (
    quarter,
    report_06a,
    report_citizens,
    report_late,
    report_lists,
    report_people,
    report_procedures,
)
from app.services.reporting.comparison import comparison
from app.services.reporting.query import ReportKind, ReportQuery, check_query, last_year, previous_period
from app.services.reporting.report_certified import report_certified
from app.services.reporting.report_receipts import report_receipts
from app.services.reporting.report_retention import report_retention
from app.services.reporting.report_trim import report_trim
from app.storage.uow import Reading
from app.wording.reports.papers import recipient_lines
from app.wording.reports.tables import known_until

_GROUPS = tuple(FigureGroup)
_LATE = ("late", "resolved_late", "pending_late", "apologised")
REPORTS: Mapping[str, ReportKind] = {
    "06a": ReportKind(
        "Biểu II.06a theo lĩnh vực", report_06a.report_06a, groups=_GROUPS, variants=("office",), by_columns=True
    ),
    "06a-procedure": ReportKind(
        "Biểu II.06a theo thủ tục",
        report_06a.report_by_procedure,
        groups=_GROUPS,
        variants=("office",),
        by_columns=True,
    ),
    "07b": ReportKind(
        "Biểu II.07b: nguyên nhân quá hạn",
        report_late.report_07b,
        groups=_GROUPS,
        by_columns=True,
        counted=counted.late_lines,
        figures=_LATE,
    ),
    "quarter": ReportKind(
        "Báo cáo kiểm soát thủ tục hành chính",
        quarter.report_quarter,
        groups=_GROUPS,
        by_columns=True,
        listed={"received_new": FigureColumn.NEW},
        counted=counted.quarter_lines,
        figures=("feedback_received", "feedback_rules", "feedback_answered", "feedback_pending"),
    ),
    "overdue": ReportKind(
        "Hồ sơ quá hạn, sắp quá hạn", report_late.report_overdue, Right.READ_LISTS, groups=_GROUPS, by_columns=True
    ),
    "reasons": ReportKind(
        "Nguyên nhân quá hạn",
        report_late.report_reasons,
        groups=_GROUPS,
        by_columns=True,
        counted=counted.late_lines,
        figures=_LATE,
    ),
    "officers": ReportKind(
        "Theo người, bộ phận",
        report_people.report_officers,
        groups=_GROUPS,
        by_columns=True,
        counted=counted.rating_lines,
        figures=("rated",),
    ),
    "weekly": ReportKind("Giao ban tuần", report_people.report_weekly, groups=_GROUPS, by_columns=True),
    "register": ReportKind(
        "Sổ theo dõi hồ sơ",
        report_lists.report_register,
        Right.READ_LISTS,
        groups=_GROUPS,
        counted=counted.register_lines,
        figures=("dossiers", "received", "total"),
    ),
    "fees": ReportKind(
        "Phí, lệ phí đã thu",
        report_lists.report_fees,
        Right.READ_LISTS,
        groups=_GROUPS,
        counted=counted.fee_lines,
        figures=("payments", "amount", "unpaid", "owed", "unknown", "reliefs", "dossiers"),
    ),
    "receipts": ReportKind(
        "Biên lai điện tử (01/TH-BLĐT)",
        report_receipts,
        Right.READ_LISTS,
        groups=_GROUPS,
        counted=counted.receipt_lines,
        figures=("receipts", "amount"),
    ),
    "satisfaction": ReportKind(
        "Đánh giá, hài lòng",
        report_citizens.report_satisfaction,
        groups=_GROUPS,
        counted=counted.rating_lines,
        figures=("rated", "dossiers", *SatisfactionFace, "count", "settled", "not_content"),
    ),
    "feedback": ReportKind(
        "Phản ánh, kiến nghị",
        report_citizens.report_feedback,
        Right.READ_LISTS,
        groups=_GROUPS,
        counted=counted.feedback_lines,
        figures=(
            *("feedback", "received", "carried_over", "answered", "answered_in_time", "answered_late"),
            *("pending", "pending_late", "late"),
        ),
    ),
    "trim": ReportKind("Thời gian thực tế, cắt giảm", report_trim, groups=_GROUPS, by_columns=True),
    "shares": ReportKind(
        "Trực tuyến, trong ngày, bưu chính", report_procedures.report_shares, groups=_GROUPS, by_columns=True
    ),
    "procedures": ReportKind(
        "Danh mục và công khai",
        report_procedures.report_procedures,
        groups=_GROUPS,
        by_columns=True,
        listed={"dossiers": FigureColumn.NEW},
    ),
    "certified": ReportKind(
        "Chứng thực (17a)",
        report_certified,
        groups=_GROUPS,
        by_columns=True,
        listed=dict.fromkeys(("dossiers", "quantity"), FigureColumn.RESOLVED),
    ),
    "retention": ReportKind(
        "Hồ sơ hết thời hạn lưu",
        report_retention,
        Right.READ_LISTS,
        groups=_GROUPS,
        counted=counted.retention_lines,
        figures=("dossiers",),
    ),
}
"""Every report by its name on the command line, in the order of the window."""


def kind_of(name: str) -> ReportKind:
    """Return the kind of a report.

    Raises Refusal `report_unknown`.
    """
    if name not in REPORTS:
        raise Refusal("report_unknown", "name", name=name, allowed=", ".join(REPORTS))
    return REPORTS[name]


def build_report(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Build a report with its issuer and, on request, both other periods.

    Raises Refusal `report_unknown`, `report_group`, `report_variant`, `period_reversed`.
    """
    kind = kind_of(query.name)
    check_query(query, kind)
    report = kind.build(query, context, work)
    if query.compare:
        starts = report_start_day(work, context.office, query.last)
        report = replace(
            report,
            previous=_other_period(query, previous_period(query.first, query.last, starts), kind, context, work),
            last_year=_other_period(query, last_year(query.first, query.last), kind, context, work),
        )
        report = replace(report, sections=(*report.sections, *comparison(report)))
    if query.as_of is not None:
        report = replace(report, notes=(*report.notes, known_until(local(query.as_of))))
    recipients = report.recipients or recipient_lines(context.office.parent)
    return replace(report, issuer=issuer(context), recipients=recipients)


def _other_period(
    query: ReportQuery, days: tuple[date, date], kind: ReportKind, context: Context, work: Reading
) -> ReportPeriod:
    first, last = days
    other = kind.build(replace(query, first=first, last=last, compare=False), context, work)
    answer = other.answer or {}
    rows, total = answer.get("rows", other.table.rows), other.table.total
    return ReportPeriod(first, last, rows, total, other.facts, answer)


def issuer(context: Context) -> ReportIssuer:
    """Return heading, place and date line and signer of a paper of today."""
    office = context.office
    return ReportIssuer(
        parent=office.parent,
        unit=office.name,
        centre=office.centre,
        place=office.place,
        day=local_day(context.now),
        signer=office.signer,
        training=context.training,
    )
