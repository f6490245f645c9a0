"""Sums of dossiers, payments, ratings and feedback by group, on request."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.models.enums import FeedbackChannel, FigureGroup, SatisfactionFace
from app.models.instants import local_day
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.services.acts.known_then import groups_then
from app.services.acts.payment import amount_of
from app.services.documents.register import RegisterTable
from app.services.reporting.feedback import FeedbackTable
from app.services.reporting.fees import FeeReport
from app.services.reporting.groups import group_labels, in_order, label_columns, label_key
from app.services.reporting.query import ReportQuery
from app.storage.citizen_rows import RatingRow
from app.storage.reporting.rows import DossierGroupsRow
from app.storage.rows import PaymentRow
from app.storage.uow import Reading
from app.wording import citizens
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS

_Line = tuple[str, Mapping[str, int]]
"""The value of a group and what is added to it."""


def with_register_by_group(report: Report, query: ReportQuery, table: RegisterTable, work: Reading) -> Report:
    """Add the number of received dossiers by group."""
    rows = [row for block in table.blocks for row in block.rows]
    dossiers = groups_then(work, [row.code for row in rows], query.as_of)
    lines = []
    for row in rows:
        dossier, month = dossiers.get(row.code), f"{local_day(datetime.fromisoformat(row.received_at)):%Y%m}"
        lines.append((_value(query, dossier, "" if dossier is None else dossier.holder, month), {"dossiers": 1}))
    return _with_section(report, query, lines, (ReportColumn("dossiers", words.HEADINGS["dossiers"], width=12),), work)


def with_receipts_by_group(report: Report, query: ReportQuery, issued: Sequence[PaymentRow], work: Reading) -> Report:
    """Add electronic receipts and amounts by group, by month of payment."""
    dossiers = groups_then(work, [each.code for each in issued], query.as_of)
    lines = [
        (
            _value(query, dossiers.get(each.code), each.actor, f"{local_day(each.occurred_at):%Y%m}"),
            {"receipts": 1, "amount": amount_of(each, each.before)},
        )
        for each in issued
    ]
    columns = (
        ReportColumn("receipts", words.RECEIPTS, width=12),
        ReportColumn("amount", words.AMOUNT, ColumnKind.MONEY, width=16),
    )
    return _with_section(report, query, lines, columns, work)


def with_fees_by_group(report: Report, query: ReportQuery, taken: FeeReport, work: Reading) -> Report:
    """Add payments and amounts by group; the month is that of the payment."""
    dossiers = groups_then(work, [each.code for each in taken.payments], query.as_of)
    lines = [
        (
            _value(query, dossiers.get(each.code), each.cashier, f"{local_day(each.at):%Y%m}"),
            {"payments": 1, "amount": each.amount},
        )
        for each in taken.payments
    ]
    columns = (
        ReportColumn("payments", words.PAYMENTS, width=12),
        ReportColumn("amount", words.AMOUNT, ColumnKind.MONEY, width=16),
    )
    return _with_section(report, query, lines, columns, work)


def with_ratings_by_group(report: Report, query: ReportQuery, ratings: Sequence[RatingRow], work: Reading) -> Report:
    """Add the number of ratings by group; the month is that of the rating."""
    dossiers = groups_then(work, [each.code for each in ratings], query.as_of)
    lines = [
        (
            _value(query, dossiers.get(each.code), each.finisher or each.holder, f"{each.rated_day:%Y%m}"),
            {"rated": 1, each.face.value: 1},
        )
        for each in ratings
    ]
    faces = (ReportColumn(face.value, citizens.face_name(face), width=14) for face in SatisfactionFace)
    return _with_section(report, query, lines, (ReportColumn("rated", words.HEADINGS["rated"]), *faces), work)


def with_feedback_by_group(report: Report, query: ReportQuery, table: FeedbackTable, work: Reading) -> Report:
    """Add feedback by group; channel and month are those of the feedback.

    The holder is that of the dossier it is about.
    """
    dossiers = groups_then(work, [each.code for each in table.rows if each.code], query.as_of)
    lines = []
    for each in table.rows:
        dossier = dossiers.get(each.code or "")
        holder, month = "" if dossier is None else dossier.holder, f"{each.received_on:%Y%m}"
        value = each.way.value if query.group is FigureGroup.CHANNEL else _value(query, dossier, holder, month)
        answered = int(each.answered_on is not None)
        lines.append((value, {"feedback": 1, "answered": answered, "pending": 1 - answered, "late": int(each.late)}))
    columns = tuple(ReportColumn(key, name, width=14) for key, name in words.FEEDBACK_COLUMNS.items())
    return _with_section(report, query, lines, columns, work)


def with_retention_by_group(report: Report, query: ReportQuery, work: Reading) -> Report:
    """Add the dossiers of a list by group; the month is that of the last day."""
    rows = report.table.rows
    dossiers = groups_then(work, [str(row["code"]) for row in rows], query.as_of)
    lines = []
    for row in rows:
        dossier = dossiers.get(str(row["code"]))
        holder, month = "" if dossier is None else dossier.holder, f"{row['until']:%Y%m}"
        lines.append((_value(query, dossier, holder, month), {"dossiers": 1}))
    return _with_section(report, query, lines, (ReportColumn("dossiers", words.HEADINGS["dossiers"], width=12),), work)


def _value(query: ReportQuery, dossier: DossierGroupsRow | None, person: str, month: str) -> str:
    """Return the value of a group, empty without a dossier."""
    group = _group_of(query)
    if group is FigureGroup.HOLDER:
        return person
    if group is FigureGroup.MONTH:
        return month
    if dossier is None:
        return ""
    return {FigureGroup.FIELD: dossier.field, FigureGroup.PROCEDURE: dossier.procedure_code}.get(group, dossier.channel)


def _group_of(query: ReportQuery) -> FigureGroup:
    assert query.group is not None
    return query.group


def _with_section(
    report: Report, query: ReportQuery, lines: Iterable[_Line], columns: Sequence[ReportColumn], work: Reading
) -> Report:
    group = _group_of(query)
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, counts in lines:
        sums[value].update(counts)
    labels, keys = _labels(report.name, group, sums, work), [column.key for column in columns]
    rows: tuple[Row, ...] = tuple(
        {**labels[value], **{key: sums[value][key] for key in keys}} for value in in_order(sums)
    )
    total: Row = {
        label_key(group): words.TOTAL,
        **{key: sum(counts[key] for counts in sums.values()) for key in keys},
    }
    title = GROUP_HEADS[group]
    listed = (replace(column, listed=True) for column in columns)
    section = ReportSection(
        "groups",
        (*label_columns(group), *listed),
        rows,
        total,
        title=title,
        tab=words.BY_GROUP,
        numbered=False,
        scope=group.value,
    )
    answer = None if report.answer is None else {**report.answer, "groups": {"rows": rows, "total": total}}
    return replace(report, sections=(*report.sections, section), answer=answer)


def _labels(name: str, group: FigureGroup, values: Iterable[str], work: Reading) -> Mapping[str, Row]:
    if name == "feedback" and group is FigureGroup.CHANNEL:
        return {
            value: {"field": citizens.feedback_channel_name(FeedbackChannel(value)), "channel": value}
            for value in values
        }
    known = [value for value in values if value]
    return {**group_labels(group, known, work), "": {group.value: None, label_key(group): words.NO_DOSSIER}}
