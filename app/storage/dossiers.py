"""Statements on dossiers with their people, papers, codes and aliases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from operator import eq, ge, le
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from app.models.codes import comparable
from app.models.dossier import Alias, Dossier, DossierPaper, IntakeRequest, Party, dossier_search_text
from app.models.enums import Action, Status
from app.models.instants import local_day
from app.models.journal import Event
from app.models.lifecycle import State
from app.models.office import ProcedureVersion
from app.models.values.dossier_filter import DossierFilter
from app.models.values.numbers import comparable_number, searched_number
from app.storage.rows import (
    AliasRow,
    DossierListRow,
    DossierPaperRow,
    DossierRow,
    EarlierDossier,
    PaymentRequestRow,
    WorkRow,
)
from app.storage.uow import Reading, Writing

_D = Dossier.c
_STATE = tuple(f.name for f in fields(State))
_DAYS = {"due_at": "due_day", "original_due_at": "original_due_day", "closed_at": "closed_day"}
OPEN_STATES = tuple(
    s.value for s in (Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE, Status.FINISHED)
)
"""Statuses of dossiers that still need work."""
_OF: BindParameter[Any] = bindparam("of")
SELECT_DOSSIER = select(Dossier, ProcedureVersion.c.name.label("procedure_name"), ProcedureVersion.c.version).join(
    ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id
)
"""The columns of `DossierRow`."""
_BY_KEY = SELECT_DOSSIER.where(_D.key == _OF)
_BY_CODE = SELECT_DOSSIER.where(_D.code_comparable == _OF)
_BY_ALIAS = SELECT_DOSSIER.join(Alias, Alias.c.dossier_id == _D.id).where(Alias.c.comparable == _OF)
_BY_ID = SELECT_DOSSIER.where(_D.id == _OF)
_SUCCESSOR = SELECT_DOSSIER.where(_D.replaces_id == _OF)
_WITHOUT_RECORD = (
    SELECT_DOSSIER.where(
        _D.id > bindparam("after"),
        ~exists().where(Event.c.dossier_id == _D.id, Event.c.schema >= bindparam("schema")),
    )
    .order_by(_D.id)
    .limit(bindparam("limit"))
)
_PARTIES = select(Party.c.role, Party.c.details).where(Party.c.dossier_id == _OF).order_by(Party.c.id)
_PAPERS = (
    select(
        DossierPaper.c.name,
        DossierPaper.c.handling,
        DossierPaper.c.originals,
        DossierPaper.c.copies,
        DossierPaper.c.reason,
    )
    .where(DossierPaper.c.dossier_id == _OF)
    .order_by(DossierPaper.c.position)
)
_ALIASES = select(Alias.c.text.label("code"), Alias.c.system).where(Alias.c.dossier_id == _OF).order_by(Alias.c.text)
_PEOPLE = (
    select(Party.c.details)
    .where(Party.c.dossier_id.in_(bindparam("dossiers", expanding=True)))
    .order_by(Party.c.role == "principal", Party.c.id.desc())
)
_REQUEST = select(IntakeRequest.c.answer).where(IntakeRequest.c.request_id == _OF)
_CHANGE = update(Dossier).where(Dossier.c.id == _OF)
_INSERT = {table: insert(table) for table in (Dossier, Party, DossierPaper, Alias, IntakeRequest)}
LIST_COLUMNS = (
    _D.code,
    _D.key,
    _D.applicant_name,
    _D.procedure_version_id,
    _D.status,
    _D.received_at,
    _D.due_at,
    _D.outcome,
    _D.original_due_day,
    _D.closed_day,
)
"""The columns of `DossierListRow`."""
_SELECT_LIST = select(*LIST_COLUMNS)
SELECT_WORK_LIST = select(
    _D.code,
    _D.applicant_name,
    ProcedureVersion.c.name.label("procedure_name"),
    _D.holder,
    _D.status,
    _D.due_at,
    _D.apologised,
    _D.paused_at,
    _D.closed_at,
).join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
"""The columns of `WorkRow`."""
_OPEN = (
    SELECT_WORK_LIST.where(_D.status.in_(OPEN_STATES))
    .order_by(_D.due_day.is_(None), _D.due_day, _D.id)
    .limit(bindparam("most"))
)
_RECEIVED_ON = (
    _SELECT_LIST.where(_D.received_day.between(bindparam("first"), bindparam("last")))
    .order_by(_D.id)
    .limit(bindparam("most"))
)
_RECEIVED_OF_FIELD = _RECEIVED_ON.where(_D.field == bindparam("field"))
_EARLIER = (
    _SELECT_LIST.where(
        _D.id.in_(select(Party.c.dossier_id).where(Party.c.id_number == bindparam("number"))),
        _D.procedure_code == bindparam("procedure"),
        _D.received_day >= bindparam("since"),
        _D.status != Status.VOID.value,
    )
    .order_by(_D.id.desc())
    .limit(5)
)
_OPEN_COUNTS = select(
    func.sum(case(((_D.status != Status.FINISHED.value) & (_D.due_day < bindparam("day")), 1), else_=0)),
    func.sum(case(((_D.status != Status.FINISHED.value) & (_D.due_day == bindparam("day")), 1), else_=0)),
    func.sum(case((_D.status == Status.FINISHED.value, 1), else_=0)),
).where(_D.status.in_([s.value for s in (Status.RECEIVED, Status.PROCESSING, Status.FINISHED)]))


def dossier_by_key(work: Reading, key: str) -> DossierRow | None:
    """Return the dossier with a barcode key."""
    return work.typed_row(DossierRow._make, _BY_KEY, {"of": key})


def dossier_by_code(work: Reading, comparable: str) -> DossierRow | None:
    """Return the dossier with a code or an alias in comparable form."""
    values = {"of": comparable}
    return work.typed_row(DossierRow._make, _BY_CODE, values) or work.typed_row(DossierRow._make, _BY_ALIAS, values)


def dossier_by_id(work: Reading, dossier_id: int) -> DossierRow | None:
    """Return the dossier with a row id."""
    return work.typed_row(DossierRow._make, _BY_ID, {"of": dossier_id})


def dossiers_without_record(work: Reading, schema: int, after: int, limit: int) -> Sequence[DossierRow]:
    """Return dossiers without a record of a schema or a later one.

    They begin behind the row id `after`.
    """
    return work.typed_rows(DossierRow._make, _WITHOUT_RECORD, {"schema": schema, "after": after, "limit": limit})


def parties(work: Reading, dossier_id: int) -> dict[str, dict[str, Any]]:
    """Return the people of a dossier by role: applicant, submitter, principal."""
    return {row.role: row.details for row in work.rows(_PARTIES, {"of": dossier_id})}


def submitted_papers(work: Reading, dossier_id: int) -> Sequence[DossierPaperRow]:
    """Return the papers of a dossier in the order of the receipt."""
    return work.typed_rows(DossierPaperRow._make, _PAPERS, {"of": dossier_id})


def aliases(work: Reading, dossier_id: int) -> tuple[str, ...]:
    """Return the codes given elsewhere."""
    return tuple(row.code for row in work.rows(_ALIASES, {"of": dossier_id}))


def aliases_with_systems(work: Reading, dossier_id: int) -> Sequence[AliasRow]:
    """Return the codes given elsewhere, each with the name of its system."""
    return work.typed_rows(AliasRow._make, _ALIASES, {"of": dossier_id})


def add_alias(work: Writing, dossier_id: int, text: str, system: str | None) -> None:
    """Insert a code given elsewhere."""
    row = {"comparable": comparable(text), "text": text, "system": system, "dossier_id": dossier_id}
    work.write(_INSERT[Alias], row)


def release_alias(work: Writing, comparable: str) -> None:
    """Remove an alias, so that another dossier can have it."""
    work.write(delete(Alias).where(Alias.c.comparable == comparable))


def find_answer(work: Reading, request_id: str) -> Mapping[str, Any] | None:
    """Return the stored answer to a request, or None."""
    answer: Mapping[str, Any] | None = work.value(_REQUEST, {"of": request_id})
    return answer


def successor(work: Reading, dossier_id: int) -> DossierRow | None:
    """Return the dossier issued in place of a void one."""
    return work.typed_row(DossierRow._make, _SUCCESSOR, {"of": dossier_id})


def open_dossiers(work: Reading, limit: int) -> Sequence[WorkRow]:
    """Return the dossiers that still need work, the most urgent first."""
    return work.typed_rows(WorkRow._make, _OPEN, {"most": limit})


def received_dossiers(
    work: Reading, first: date, last: date, limit: int, field: str, chosen: DossierFilter
) -> Sequence[DossierListRow]:
    """Return the dossiers received in a period, in the order of intake.

    With `field` only those of that field.
    """
    statement = (_RECEIVED_OF_FIELD if field else _RECEIVED_ON).where(*filter_conditions(chosen))
    values = {"first": first, "last": last, "most": limit, **({"field": field} if field else {})}
    return work.typed_rows(DossierListRow._make, statement, values)


def filter_conditions(chosen: DossierFilter) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter, none for any dossier."""
    comparisons: tuple[tuple[Any, Callable[[Any, Any], Any], Any], ...] = (
        (_D.status, eq, chosen.status),
        (_D.procedure_code, eq, chosen.procedure),
        (_D.holder, eq, chosen.holder),
        (_D.channel, eq, chosen.channel),
        (_D.received_day, ge, chosen.first),
        (_D.received_day, le, chosen.last),
    )
    return [compare(column, value) for column, compare, value in comparisons if value]


def earlier_dossiers(work: Reading, number: str, procedure: str, since: date) -> Sequence[DossierListRow]:
    """Return the last five dossiers of a person and procedure since a day.

    A person with two roles in one dossier counts once.
    """
    values = {"number": comparable_number(number), "procedure": procedure, "since": since}
    return work.typed_rows(DossierListRow._make, _EARLIER, values)


def earlier_dossiers_among(work: Reading, ids: Sequence[int], procedure: str, since: date) -> Sequence[EarlierDossier]:
    """Return the dossiers among `ids` of a procedure and since a day.

    The newest is first; void dossiers are left out.
    """
    return work.typed_rows(
        EarlierDossier.from_row,
        _SELECT_LIST.add_columns(Party.c.details.label("applicant"))
        .join(Party, (Party.c.dossier_id == _D.id) & (Party.c.role == "applicant"))
        .where(
            _D.id.in_(ids),
            _D.procedure_code == procedure,
            _D.received_day >= since,
            _D.status != Status.VOID.value,
        )
        .order_by(_D.id.desc()),
    )


def open_counts(work: Reading, day: date) -> tuple[int, int, int]:
    """Count the dossiers overdue, due on `day` and with a result to return."""
    row = work.row(_OPEN_COUNTS, {"day": day})
    late, today, to_return = (0, 0, 0) if row is None else tuple(row)
    return late or 0, today or 0, to_return or 0


def people_of_dossiers(work: Reading, dossier_ids: Sequence[int]) -> tuple[dict[str, Any], ...]:
    """Return the people of dossiers, newest first, the principals last.

    A principal has fewer facts, and is the owner in most dossiers.
    """
    if not dossier_ids:
        return ()
    return tuple(row.details for row in work.rows(_PEOPLE, {"dossiers": dossier_ids}))


def count_dossiers(work: Reading) -> int:
    """Return the number of dossiers."""
    return int(work.value(select(func.count()).select_from(Dossier)))


def state_of(row: DossierRow) -> State:
    """Return the state cached in a dossier's row."""
    return State(**{name: getattr(row, name) for name in _STATE})


def state_columns(state: State) -> dict[str, Any]:
    """Return the columns of a state, with the day of each instant."""
    columns = {name: getattr(state, name) for name in _STATE}
    for instant, day in _DAYS.items():
        columns[day] = None if columns[instant] is None else local_day(columns[instant])
    return columns


def add_dossier(
    work: Writing,
    row: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]],
    submitted: Sequence[Mapping[str, Any]],
    other_codes: Sequence[Mapping[str, str | None]],
) -> int:
    """Insert a dossier with its people, papers and aliases; return its id."""
    primary_key = work.write(_INSERT[Dossier], row).inserted_primary_key
    dossier_id = int(primary_key[0]) if primary_key else 0
    for table, lines in ((Party, people), (DossierPaper, submitted), (Alias, other_codes)):
        if lines:
            work.write(_INSERT[table], [{**line, "dossier_id": dossier_id} for line in lines])
    return dossier_id


def save_answer(work: Writing, request_id: str, dossier_id: int, answer: Mapping[str, Any]) -> None:
    """Store the answer to a request, so that a repeat gets the same answer."""
    work.write(_INSERT[IntakeRequest], {"request_id": request_id, "dossier_id": dossier_id, "answer": answer})


def change_state(work: Writing, dossier_id: int, before: State, now: State) -> None:
    """Update the columns of the cached state that differ."""
    old, new = state_columns(before), state_columns(now)
    changed = {name: value for name, value in new.items() if old[name] != value}
    if changed:
        work.write(_CHANGE.values(changed), {"of": dossier_id})


def change_row(work: Writing, dossier_id: int, columns: Mapping[str, Any]) -> None:
    """Update columns of a dossier."""
    work.write(_CHANGE.values(dict(columns)), {"of": dossier_id})


def change_party(work: Writing, dossier_id: int, role: str, details: Mapping[str, Any]) -> None:
    """Update the person in a role of a dossier."""
    columns = {"name": details["name"], "id_number": searched_number(details.get("id_number")), "details": details}
    work.write(update(Party).where(Party.c.dossier_id == dossier_id, Party.c.role == role).values(columns))


def change_names(work: Writing, dossier_id: int, people: Mapping[str, Mapping[str, Any]]) -> None:
    """Update name and search text of a dossier after a correction."""
    row = dossier_by_id(work, dossier_id)
    if row is not None:
        text = dossier_search_text(list(people.values()), [row.code, row.key, *aliases(work, dossier_id)])
        work.write(_CHANGE.values(applicant_name=people["applicant"]["name"], search_text=text), {"of": dossier_id})


def payment_requests(work: Reading) -> Sequence[PaymentRequestRow]:
    """Return the payment requests of dossiers that wait for a payment.

    The last request of a dossier comes last.
    """
    statement = (
        select(_D.code, Event.c.facts)
        .join(Event, Event.c.dossier_id == _D.id)
        .where(_D.status == Status.PAYMENT_DUE.value, Event.c.action == Action.ASK_PAYMENT.value)
        .order_by(Event.c.id)
    )
    return work.typed_rows(PaymentRequestRow._make, statement)


def unsettled_with_due_date(work: Reading) -> Sequence[DossierRow]:
    """Return the dossiers in progress that have a due date."""
    return work.typed_rows(
        DossierRow._make,
        SELECT_DOSSIER.where(
            _D.status.in_([Status.RECEIVED.value, Status.PROCESSING.value, Status.PAYMENT_DUE.value]),
            _D.due_at.is_not(None),
        ).order_by(_D.id),
    )


def codes_with_warning(work: Reading, warning: str) -> tuple[str, ...]:
    """Return the codes of dossiers received with a warning, in order."""
    marked = _D.warnings.cast(Text).contains(f'"{warning}"')
    return tuple(row.code for row in work.rows(select(_D.code).where(marked).order_by(_D.id)))


def dossiers_held_by(work: Reading, holder: str) -> Sequence[WorkRow]:
    """Return the open dossiers of a holder, in the order of intake."""
    statement = SELECT_WORK_LIST.where(_D.holder == holder, _D.status.in_(OPEN_STATES)).order_by(_D.id)
    return work.typed_rows(WorkRow._make, statement)


_MANY = 500
"""Values of one `IN`; more would be beyond the limit of SQLite in old versions."""


def next_dossier_id(work: Writing) -> int:
    """Return the next free row id, for many inserts at once."""
    return int(work.value(select(func.max(_D.id))) or 0) + 1


def add_many(
    work: Writing,
    rows: Sequence[Mapping[str, Any]],
    people: Sequence[Mapping[str, Any]],
    other_codes: Sequence[Mapping[str, Any]],
    requests: Sequence[Mapping[str, Any]],
) -> None:
    """Insert dossiers with their ids, people, aliases and request ids."""
    for table, lines in ((Dossier, rows), (Party, people), (Alias, other_codes), (IntakeRequest, requests)):
        if lines:
            work.write_rows(table, lines)


def aliases_among(work: Reading, comparables: Sequence[str]) -> set[str]:
    """Return which of the codes in comparable form are aliases."""
    return _among(work, Alias.c.comparable, comparables)


def codes_among(work: Reading, comparables: Sequence[str]) -> set[str]:
    """Return which codes in comparable form belong to a dossier."""
    columns = (Alias.c.comparable, _D.code_comparable, _D.key)
    return set().union(*(_among(work, column, comparables) for column in columns))


def dossiers_by_codes(work: Reading, comparables: Sequence[str]) -> dict[str, DossierRow]:
    """Return dossiers by code, key or alias in comparable form."""
    rows: dict[str, DossierRow] = {}
    for first in range(0, len(comparables), _MANY):
        some = list(comparables[first : first + _MANY])
        for column in (_D.key, _D.code_comparable):
            for row in work.typed_rows(DossierRow._make, SELECT_DOSSIER.where(column.in_(some))):
                rows[row.key if column is _D.key else row.code_comparable] = row
        for alias in work.rows(select(Alias.c.comparable, Alias.c.dossier_id).where(Alias.c.comparable.in_(some))):
            owner = None if alias.comparable in rows else dossier_by_id(work, alias.dossier_id)
            if owner is not None:
                rows[alias.comparable] = owner
    return rows


def requests_among(work: Reading, request_ids: Sequence[str]) -> set[str]:
    """Return which requests have an answer."""
    return _among(work, IntakeRequest.c.request_id, request_ids)


def _among(work: Reading, column: ColumnElement[str], values: Sequence[str]) -> set[str]:
    present: set[str] = set()
    for first in range(0, len(values), _MANY):
        some = list(values[first : first + _MANY])
        present.update(str(row[0]) for row in work.rows(_select_among(column), {"among": some}))
    return present


@cache
def _select_among(column: ColumnElement[str]) -> Select[Any]:
    return select(column).where(column.in_(bindparam("among", expanding=True)))
