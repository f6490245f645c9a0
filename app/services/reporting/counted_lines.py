"""Dossiers behind figures that count other things than states.

Payments, ratings, feedback, late dossiers by reason and lists: each thing that such a report counts, with its dossier.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from app.models.enums import FeedbackTopic, FigureGroup
from app.models.instants import local_day, office_instant
from app.services.acts.known_then import groups_then
from app.services.acts.receipt_numbers import E_RECEIPT
from app.services.context import Context
from app.services.documents.register import read_register
from app.services.law.counter import questions_on
from app.services.reporting.feedback import FeedbackLine, feedback_table
from app.services.reporting.fees import ReportFees, fees_taken, payments_of, relief_of_dossiers
from app.services.reporting.groups import value_of
from app.services.reporting.query import CountedLine, ReportQuery
from app.services.reporting.report_retention import retention_rows
from app.services.reporting.satisfaction import index_label, ratings_of, received_codes, settled_codes
from app.storage import citizens
from app.storage.citizen_rows import FeedbackRow
from app.storage.reporting.rows import DossierGroupsRow
from app.storage.reporting.tables import late_dossiers
from app.storage.uow import Reading
from app.wording.citizens import face_name, feedback_channel_name, feedback_item
from app.wording.reports.tables import NO_REASON

_FEEDBACK_INDEX, _ONLINE_INDEX = 8, 9
"""Indices of the unit, which count feedback and received dossiers."""


def lines_counted(
    lines: Iterable[CountedLine],
    figure: str,
    labels: Mapping[str, str],
    value: str,
    work: Reading,
    as_of: datetime | None,
) -> list[CountedLine]:
    """Return the things that a figure counts, and each dossier once.

    `labels` limit them to one row. `value` is any label of the row, for a caller that does not know its name.
    """
    counted = [line for line in lines if (line.code or line.item) and figure in line.figures]
    groups = groups_then(work, [line.code for line in counted if line.code], as_of) if labels else {}
    matching: dict[tuple[str, str | None], CountedLine] = {}
    for line in counted:
        row = {**_groups_of(groups.get(line.code or "")), **line.labels}
        if all(row.get(name, "") == text for name, text in labels.items()) and (
            not value or value in line.labels.values()
        ):
            matching.setdefault((line.item, None if line.item else line.code), line)
    return list(matching.values())


def _groups_of(row: DossierGroupsRow | None) -> dict[str, str]:
    if row is None:
        return {}
    values = (row.field, row.procedure_code, row.channel, row.holder)
    groups = (FigureGroup.FIELD, FigureGroup.PROCEDURE, FigureGroup.CHANNEL, FigureGroup.HOLDER)
    return {group.value: value for group, value in zip(groups, values, strict=True)}


def register_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the dossiers of a register."""
    table = read_register(query.first, query.last, query.fields, context, work, query.as_of)
    for block in table.blocks:
        for row in block.rows:
            month = f"{local_day(office_instant(row.received_at)):%Y%m}"
            yield CountedLine(row.code, ("dossiers", "received", "total"), {"month": month})


def fee_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield payments, reliefs, and dossiers with an unpaid or unknown fee."""
    period = ReportFees(query.first, query.last, query.cashier, query.as_of)
    taken = fees_taken(period, work)
    for each in taken.payments:
        book = each.book if each.number else ""
        labels = {"book": book, "procedure": each.procedure, "name": each.cashier, "method": each.method}
        groups = {"holder": each.cashier, "month": f"{local_day(each.at):%Y%m}"}
        yield CountedLine(each.code, ("payments", "amount"), labels | groups)
    for unpaid in taken.unpaid:
        yield CountedLine(unpaid.code, ("unpaid", "owed"), {})
    for code in taken.unknown_codes:
        yield CountedLine(code, ("unknown",), {})
    if not taken.cashier:
        for code, relief in relief_of_dossiers(work, period).items():
            yield CountedLine(code, ("reliefs", "dossiers"), {"relief": relief[0], "decision": relief[1]})


def receipt_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the electronic receipts of a period."""
    for payment in payments_of(ReportFees(query.first, query.last, as_of=query.as_of), work):
        if payment.facts.get(E_RECEIPT):
            labels = {"holder": payment.actor, "month": f"{local_day(payment.occurred_at):%Y%m}"}
            yield CountedLine(payment.code, ("receipts", "amount"), labels)


def rating_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield ratings, and what the indices and the ratio of the unit count."""
    names = {each.index: each.text for each in questions_on(work, query.last, query.as_of)}
    for rating in ratings_of(query.first, query.last, work, query.as_of):
        officer = rating.finisher or rating.holder
        labels = {"face": face_name(rating.face), "officer": officer, "holder": officer}
        figures = ("rated", "dossiers", rating.face.value)
        yield CountedLine(rating.code, figures, labels | {"month": f"{rating.rated_day:%Y%m}"})
        for index in rating.points:
            if int(index) not in (_FEEDBACK_INDEX, _ONLINE_INDEX):
                yield CountedLine(rating.code, ("count",), {"index": index_label(int(index), names)})
    yield from _of_the_unit(query, figure, names, work)


def _of_the_unit(query: ReportQuery, figure: str, names: Mapping[int, str], work: Reading) -> Iterator[CountedLine]:
    """Yield what is not counted from ratings: two indices and the ratio."""
    first, last, as_of = query.first, query.last, query.as_of
    if figure == "count":
        label = {"index": index_label(_FEEDBACK_INDEX, names)}
        rows = citizens.feedback_between(work, first, last, as_of)
        yield from (CountedLine(row.code, ("count",), label, _feedback_item(row, row.received_day)) for row in rows)
        label = {"index": index_label(_ONLINE_INDEX, names)}
        yield from (CountedLine(code, ("count",), label) for code in received_codes(first, last, work, as_of))
    if figure in ("settled", "not_content"):
        for code in settled_codes(first, last, work, as_of, unsatisfactory=figure == "not_content"):
            yield CountedLine(code, (figure,), {})


def feedback_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the feedback of a period; some is about no dossier."""
    for row in feedback_table(query.first, query.last, context.today, work, query.as_of).rows:
        labels = {"channel": row.way.value, "month": f"{row.received_on:%Y%m}", "way": feedback_channel_name(row.way)}
        item = _feedback_item(row, row.received_on)
        yield CountedLine(row.code, tuple(_feedback_figures(row, query)), labels, item)


def _feedback_item(row: FeedbackLine | FeedbackRow, day: date) -> str:
    return feedback_item(row.number, row.year, day, row.content)


def _feedback_figures(row: FeedbackLine, query: ReportQuery) -> Iterator[str]:
    is_new, is_answered = row.received_on >= query.first, row.answered_on is not None
    yield from ("feedback", "received" if is_new else "carried_over")
    yield from ("answered", "answered_late" if row.late else "answered_in_time") if is_answered else ("pending",)
    if row.late:
        yield from ("late",) if is_answered else ("late", "pending_late")


def quarter_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the feedback that the narrative report counts."""
    for row in feedback_table(query.first, query.last, context.today, work, query.as_of).rows:
        is_new = row.received_on >= query.first
        figures = (
            *(("feedback_received",) if is_new else ()),
            *(("feedback_rules",) if is_new and row.about is FeedbackTopic.RULE else ()),
            "feedback_pending" if row.answered_on is None else "feedback_answered",
        )
        yield CountedLine(row.code, figures, {}, _feedback_item(row, row.received_on))


def late_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the late dossiers of a period with their reasons."""
    for row in late_dossiers(work, query.period(context.today)):
        is_open = row.closed_day is None or row.closed_day > query.last
        figures = ("late", "pending_late" if is_open else "resolved_late", *(("apologised",) if row.apologised else ()))
        groups = {group.value: value_of(row, group) for group in FigureGroup}
        yield CountedLine(row.code, figures, {"reason": row.reason or NO_REASON, **groups})


def retention_lines(query: ReportQuery, figure: str, context: Context, work: Reading) -> Iterator[CountedLine]:
    """Yield the dossiers whose term of retention ends in a period."""
    for row in retention_rows(query, work):
        yield CountedLine(str(row["code"]), ("dossiers",), {"month": f"{row['until']:%Y%m}"})
