"""Counts and lists of the figures of a period, computed from the register.

What a column counts, and from which state, is in `storage.reporting.parts`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Select,
    String,
    bindparam,
    case,
    func,
    select,
    type_coerce,
    union_all,
)

from app.models.dossier import Dossier
from app.models.enums import FigureColumn, FigureGroup, Origin
from app.models.instants import local_day
from app.models.mapping import Day
from app.storage.dossiers import LIST_COLUMNS
from app.storage.reporting.parts import PRESENT_COLUMNS, StateAtEnd, conditions, group_value, parts
from app.storage.reporting.period import FigurePeriod
from app.storage.reporting.rows import ColumnCounts
from app.storage.rows import FieldFiguresRow, ListedDossierRow
from app.storage.uow import Reading

_D = Dossier.c
FORM_COLUMNS = tuple(FigureColumn(name) for name in FieldFiguresRow._fields[1:])
_IS_STAYING = _D.origin == Origin.IMPORTED.value
"""Dossiers of an older register that are not sent; a partial index has them."""
_OF_NEW_DOSSIERS = frozenset(
    (
        *(FigureColumn.NEW, FigureColumn.RECEIVED_ONLINE, FigureColumn.RECEIVED_DIRECT_POST, FigureColumn.SAME_DAY),
        *(FigureColumn.DIGITISED, FigureColumn.POSTAL, FigureColumn.PAID, FigureColumn.PAID_ONLINE),
    )
)
"""Columns that count only dossiers received in the period, whose statements read no others."""
LEAF_COLUMNS = (
    *(FigureColumn.RESOLVED_EARLY, FigureColumn.RESOLVED_ON_TIME, FigureColumn.RESOLVED_LATE),
    *(FigureColumn.PENDING_IN_TIME, FigureColumn.PENDING_LATE),
    *(FigureColumn.WITHDRAWN, FigureColumn.RETURNED_UNRESOLVED),
)
"""Columns of which each counted dossier has exactly one."""


def _counts(group: FigureGroup, columns: Sequence[FigureColumn], state: StateAtEnd) -> Select[Any]:
    """Select the number of dossiers of some columns by group."""
    defined, value = conditions(state), group_value(group, state)
    counted: list[ColumnElement[Any]] = [
        (func.count() if column is FigureColumn.RECEIVED else func.count().filter(defined[column])).label(column.value)
        for column in columns
    ]
    return select(value.label("group"), *counted).group_by(value)


@cache
def _statements(
    group: FigureGroup, columns: tuple[FigureColumn, ...], listed: bool, as_of: bool
) -> tuple[Executable, ...]:
    """Return the counts of each part; as of an instant as one statement."""
    counts = [part(_counts(group, columns, state)) for part, state in parts(listed=listed, as_of=as_of)]
    if _OF_NEW_DOSSIERS.issuperset(columns):
        counts = [statement.where(_D.received_day >= bindparam("first", type_=Day())) for statement in counts]
    return (union_all(*counts),) if as_of else tuple(counts)


_COUNTS_STAYING = [
    part(_counts(FigureGroup.FIELD, FORM_COLUMNS, state)).where(_IS_STAYING) for part, state in parts(listed=True)
]


def counts_by_group(work: Reading, group: FigureGroup, period: FigurePeriod) -> Sequence[FieldFiguresRow]:
    """Return the columns of Biểu II.06a for each group, in parts.

    A group may occur twice; the caller adds its rows by `group`.
    In a period that has not ended, an open dossier is late only after its due day, not at the end of the period.
    """
    statements = _statements(group, FORM_COLUMNS, group is FigureGroup.HOLDER, period.as_of is not None)
    return [row for part in statements for row in work.typed_rows(FieldFiguresRow._make, part, period.values())]


def column_counts(
    work: Reading, columns: tuple[FigureColumn, ...], group: FigureGroup, period: FigurePeriod
) -> Sequence[ColumnCounts]:
    """Return the number of dossiers of some columns by group, in parts.

    A group may occur twice, as in `counts_by_group`.
    """
    statements = _statements(group, columns, True, period.as_of is not None)
    return [row for part in statements for row in map(ColumnCounts.from_row, work.rows(part, period.values()))]


def counts_of_staying(work: Reading, period: FigurePeriod) -> Sequence[FieldFiguresRow]:
    """Return the columns by field of the dossiers that are not sent."""
    return [row for part in _COUNTS_STAYING for row in work.typed_rows(FieldFiguresRow._make, part, period.values())]


_CODES: BindParameter[Any] = bindparam("codes", expanding=True)


@cache
def _list(column: FigureColumn, group: FigureGroup | None, by_code: bool, as_of: bool) -> tuple[Select[Any], ...]:
    """Return the statements of a list, newest first, all parts.

    The inner statement finds the dossiers in an index of reception alone; the outer one reads their rows.
    """
    return tuple(_part_list(column, group, by_code, part, state) for part, state in parts(listed=True, as_of=as_of))


def _part_list(
    column: FigureColumn, group: FigureGroup | None, by_code: bool, part: Any, state: StateAtEnd
) -> Select[Any]:
    defined = conditions(state)
    leaf = case(*((defined[each], each.value) for each in LEAF_COLUMNS), else_="").label("column")
    listed: Select[Any] = part(select(_D.id.label("of"), leaf)).where(defined[column])
    if group is not None:
        is_place = group is FigureGroup.HOLDER and column in PRESENT_COLUMNS
        named = state.place if is_place else group_value(group, state)
        listed = listed.where(named == bindparam("value", type_=String()))
    if by_code:
        listed = listed.where(type_coerce(_D.procedure_code, String).in_(_CODES))
    inner = listed.order_by(_D.received_day.desc(), _D.id.desc()).limit(bindparam("most")).subquery("listed")
    rows = select(*LIST_COLUMNS, inner.c.column, _D.id).join(inner, inner.c.of == _D.id)
    return rows.order_by(_D.received_day.desc(), _D.id.desc())


def dossiers_of_column(
    work: Reading,
    column: FigureColumn,
    period: FigurePeriod,
    *,
    group: FigureGroup | None,
    value: str,
    codes: Sequence[str] | None = None,
    escalated: date | None = None,
    limit: int,
) -> list[ListedDossierRow]:
    """Return the newest dossiers counted in a column, each once.

    With `group` those of one row, whose group has `value`; with `codes` those of these procedures. `escalated` is the
    last due day of the column of that name. What waits now is listed from any period.
    """
    if column in PRESENT_COLUMNS:
        period = replace(period, first=date.min, last=date.max)
    values: dict[str, Any] = {**period.values(), "most": limit, "escalated": escalated}
    values |= {} if group is None else {"value": value}
    values |= {} if codes is None else {"codes": list(codes)}
    statements = _list(column, group, codes is not None, period.as_of is not None)
    listed = [work.typed_rows(ListedDossierRow.from_row, part, values) for part in statements]
    return list(islice(merge(*listed, key=_newest_first), limit))


def _newest_first(row: ListedDossierRow) -> tuple[int, int]:
    return -local_day(row.line.received_at).toordinal(), -row.id
