"""Rows of reports by field, procedure, holder, channel or month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.models.enums import FigureColumn, FigureGroup
from app.models.values.order import vietnamese_key
from app.printing.documents.report import ColumnKind, ReportColumn, Row
from app.services.context import Context
from app.services.reporting.query import ReportQuery
from app.storage import catalogue
from app.storage.reporting.figures import column_counts
from app.storage.reporting.rows import LateDossierRow
from app.storage.uow import Reading
from app.wording.reports import form_06a as words

GROUP_NOTES: Mapping[FigureGroup, tuple[str, ...]] = {
    FigureGroup.HOLDER: (words.HOLDER_NOTE,),
    FigureGroup.MONTH: (words.MONTH_NOTE,),
}


def label_columns(group: FigureGroup, width: float = 34) -> tuple[ReportColumn, ...]:
    """Return the columns that name a group; the last one has «Tổng số»."""
    if group is FigureGroup.PROCEDURE:
        return (
            ReportColumn("procedure", words.CODE_HEAD, ColumnKind.TEXT, width=11),
            ReportColumn("name", words.GROUP_HEADS[group], ColumnKind.TEXT, width=44),
        )
    return (ReportColumn(label_key(group), words.GROUP_HEADS[group], ColumnKind.TEXT, width=width),)


def label_key(group: FigureGroup) -> str:
    """Return the key of the column with the name of a group."""
    return {FigureGroup.PROCEDURE: "name", FigureGroup.HOLDER: "holder"}.get(group, "field")


def group_labels(group: FigureGroup, values: Iterable[str], work: Reading) -> Mapping[str, Row]:
    """Return the cells that name each group, by its value in the database.

    The key of the group itself has that value, such as `month` «202603».
    """
    if group is FigureGroup.PROCEDURE:
        names = catalogue.procedure_names(work)
        return {
            code: {
                "field": names[code].field if code in names else "",
                "procedure": code,
                "name": names[code].name if code in names else code,
            }
            for code in values
        }
    if group is FigureGroup.CHANNEL:
        return {value: {"field": words.channel_name(value), "channel": value} for value in values}
    if group is FigureGroup.MONTH:
        return {value: {"field": f"{value[4:]}/{value[:4]}", "month": value} for value in values}
    if group is FigureGroup.HOLDER:
        return {value: {"field": value, "holder": value} for value in values}
    return {value: {"field": value} for value in values}


def value_of(row: LateDossierRow, group: FigureGroup) -> str:
    """Return the value of a group of a late dossier."""
    if group is FigureGroup.PROCEDURE:
        return row.procedure_code
    if group is FigureGroup.MONTH:
        return f"{row.received_day:%Y%m}"
    return {FigureGroup.HOLDER: row.holder, FigureGroup.CHANNEL: row.channel}.get(group, row.field)


def in_order(values: Iterable[str]) -> list[str]:
    """Return the values of groups in Vietnamese order."""
    return sorted(set(values), key=vietnamese_key)


def counts_of_columns(
    columns: Sequence[FigureColumn], group: FigureGroup, query: ReportQuery, context: Context, work: Reading
) -> Mapping[str, Counter[str]]:
    """Return the number of dossiers by group and by column."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    parts = column_counts(work, tuple(columns), group, query.period(context.today))
    for row in parts:
        for column, count in zip(columns, row.counts, strict=True):
            sums[row.group][column.value] += count
    return {value: sums[value] for value in in_order(sums)}
