"""Dossiers in and out of the database: one row with its people, papers, codes; found by whatever a scan may carry."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam, case, delete, func, insert, select, update

from app.models.dossier import Alias, Dossier, DossierPaper, IntakeRequest, Party, dossier_search_text
from app.models.enums import Status
from app.models.instants import local_day
from app.models.lifecycle import State
from app.models.office import ProcedureVersion
from app.storage.rows import DossierListRow, DossierPaperRow, DossierRow, EarlierDossier, WorkRow
from app.storage.uow import Reading, Writing

_D = Dossier.c
_STATE = tuple(f.name for f in fields(State))
_DAYS = {"due_at": "due_day", "original_due_at": "original_due_day", "closed_at": "closed_day"}
OPEN_STATES = tuple(
    s.value for s in (Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE, Status.FINISHED)
)
"""Of dossiers on which somebody still has something to do."""
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
_ALIASES = select(Alias.c.text).where(Alias.c.dossier_id == _OF).order_by(Alias.c.text)
_IS_ALIAS = select(Alias.c.dossier_id).where(Alias.c.comparable == _OF)
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
"""What a list shows of a dossier: the first seven in the order of a line (the procedure by its version), the last
three to tell what is late."""
_SELECT_LIST = select(*LIST_COLUMNS)
SELECT_WORK_LIST = select(
    _D.code,
    _D.applicant_name,
    ProcedureVersion.c.name.label("procedure_name"),
    _D.holder,
    _D.status,
    _D.due_at,
    _D.apologised,
).join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
"""What a list of work shows of a dossier."""
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
    _SELECT_LIST.join(Party, Party.c.dossier_id == _D.id)
    .where(
        Party.c.id_number == bindparam("number"),
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
    """The dossier whose barcode this is, with its procedure's name and version."""
    return work.typed_row(DossierRow._make, _BY_KEY, {"of": key})


def dossier_by_code(work: Reading, comparable: str) -> DossierRow | None:
    """The dossier under a code, or an alias, in the form in which all spellings are equal."""
    values = {"of": comparable}
    return work.typed_row(DossierRow._make, _BY_CODE, values) or work.typed_row(DossierRow._make, _BY_ALIAS, values)


def dossier_by_id(work: Reading, dossier_id: int) -> DossierRow | None:
    """The dossier of a row number."""
    return work.typed_row(DossierRow._make, _BY_ID, {"of": dossier_id})


def parties(work: Reading, dossier_id: int) -> dict[str, dict[str, Any]]:
    """The people of a dossier by role: applicant, submitter, principal."""
    return {row.role: row.details for row in work.rows(_PARTIES, {"of": dossier_id})}


def submitted_papers(work: Reading, dossier_id: int) -> Sequence[DossierPaperRow]:
    """The papers of a dossier in the receipt's order."""
    return work.typed_rows(DossierPaperRow._make, _PAPERS, {"of": dossier_id})


def aliases(work: Reading, dossier_id: int) -> tuple[str, ...]:
    """Codes given elsewhere."""
    return tuple(row.text for row in work.rows(_ALIASES, {"of": dossier_id}))


def is_alias(work: Reading, comparable: str) -> bool:
    """Whether somebody else has given this code to a dossier."""
    return work.value(_IS_ALIAS, {"of": comparable}) is not None


def release_alias(work: Writing, comparable: str) -> None:
    """Let a code given elsewhere go, for another dossier to have."""
    work.write(delete(Alias).where(Alias.c.comparable == comparable))


def find_answer(work: Reading, request_id: str) -> Mapping[str, Any] | None:
    """What was answered to this request before, or None."""
    answer: Mapping[str, Any] | None = work.value(_REQUEST, {"of": request_id})
    return answer


def successor(work: Reading, dossier_id: int) -> DossierRow | None:
    """The dossier issued in place of a void one."""
    return work.typed_row(DossierRow._make, _SUCCESSOR, {"of": dossier_id})


def open_dossiers(work: Reading, limit: int) -> Sequence[WorkRow]:
    """Dossiers on which somebody still has to do something, the most urgent first."""
    return work.typed_rows(WorkRow._make, _OPEN, {"most": limit})


def received_dossiers(work: Reading, first: date, last: date, limit: int, field: str = "") -> Sequence[DossierListRow]:
    """Dossiers taken in within a period, in the order of intake; of one field where it is named."""
    days = {"first": first, "last": last, "most": limit}
    if not field:
        return work.typed_rows(DossierListRow._make, _RECEIVED_ON, days)
    return work.typed_rows(DossierListRow._make, _RECEIVED_OF_FIELD, {**days, "field": field})


def earlier_dossiers(work: Reading, number: str, procedure: str, since: date) -> Sequence[DossierListRow]:
    """Dossiers of the same person and procedure since a day, newest first."""
    values = {"number": number, "procedure": procedure, "since": since}
    return work.typed_rows(DossierListRow._make, _EARLIER, values)


def earlier_dossiers_among(work: Reading, ids: Sequence[int], procedure: str, since: date) -> Sequence[EarlierDossier]:
    """Those of some dossiers that are of a procedure and not older than a day, newest first; behind the columns of a
    list the details of whose dossier it is."""
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
    """Dossiers past their day, due on it, and with a result to give back."""
    row = work.row(_OPEN_COUNTS, {"day": day})
    late, today, to_return = (0, 0, 0) if row is None else tuple(row)
    return late or 0, today or 0, to_return or 0


def people_of_dossiers(work: Reading, dossier_ids: Sequence[int]) -> tuple[dict[str, Any], ...]:
    """Applicants and submitters of these dossiers, newest first."""
    rows = work.rows(
        select(Party.c.details)
        .where(Party.c.dossier_id.in_(dossier_ids), Party.c.role != "principal")
        .order_by(Party.c.id.desc())
    )
    return tuple(row.details for row in rows)


def count_dossiers(work: Reading) -> int:
    """How many dossiers the office holds."""
    return int(work.value(select(func.count()).select_from(Dossier)))


def state_of(row: DossierRow) -> State:
    """The cached state of a dossier's row."""
    return State(**{name: getattr(row, name) for name in _STATE})


def state_columns(state: State) -> dict[str, Any]:
    """The state as the row's columns, days beside their instants."""
    columns = {name: getattr(state, name) for name in _STATE}
    for instant, day in _DAYS.items():
        columns[day] = None if columns[instant] is None else local_day(columns[instant])
    return columns


def add_dossier(
    work: Writing,
    row: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]],
    given_papers: Sequence[Mapping[str, Any]],
    other_codes: Sequence[Mapping[str, str]],
) -> int:
    """Write a new dossier with its people, papers and other codes; its row number."""
    primary_key = work.write(_INSERT[Dossier], row).inserted_primary_key
    dossier_id = int(primary_key[0]) if primary_key else 0
    for table, lines in ((Party, people), (DossierPaper, given_papers), (Alias, other_codes)):
        if lines:
            work.write(_INSERT[table], [{**line, "dossier_id": dossier_id} for line in lines])
    return dossier_id


def save_answer(work: Writing, request_id: str, dossier_id: int, answer: Mapping[str, Any]) -> None:
    """Remember what was answered to a request, so that its repeat is harmless."""
    work.write(_INSERT[IntakeRequest], {"request_id": request_id, "dossier_id": dossier_id, "answer": answer})


def change_state(work: Writing, dossier_id: int, before: State, now: State) -> None:
    """Write what of the cached state became different."""
    old, new = state_columns(before), state_columns(now)
    changed = {name: value for name, value in new.items() if old[name] != value}
    if changed:
        work.write(_CHANGE.values(changed), {"of": dossier_id})


def change_row(work: Writing, dossier_id: int, columns: Mapping[str, Any]) -> None:
    """Write corrected columns of a dossier (an amendment)."""
    work.write(_CHANGE.values(dict(columns)), {"of": dossier_id})


def change_party(work: Writing, dossier_id: int, role: str, details: Mapping[str, Any]) -> None:
    """Write a corrected person of a dossier."""
    columns = {"name": details["name"], "id_number": details.get("id_number"), "details": details}
    work.write(update(Party).where(Party.c.dossier_id == dossier_id, Party.c.role == role).values(columns))


def change_names(work: Writing, dossier_id: int, people: Mapping[str, Mapping[str, Any]]) -> None:
    """After a correction of people: the name lists show, and what the dossier is found by."""
    row = dossier_by_id(work, dossier_id)
    if row is not None:
        found_by = dossier_search_text(list(people.values()), [row.code, row.key, *aliases(work, dossier_id)])
        work.write(_CHANGE.values(applicant_name=people["applicant"]["name"], search_text=found_by), {"of": dossier_id})


def unsettled_with_due_date(work: Reading) -> Sequence[DossierRow]:
    """Dossiers still being settled that have a date to keep."""
    return work.typed_rows(
        DossierRow._make,
        SELECT_DOSSIER.where(
            _D.status.in_([Status.RECEIVED.value, Status.PROCESSING.value, Status.PAYMENT_DUE.value]),
            _D.due_at.is_not(None),
        ).order_by(_D.id),
    )


def codes_with_warning(work: Reading, warning: str) -> tuple[str, ...]:
    """Codes of dossiers taken in with a warning of this kind, in order."""
    marked = _D.warnings.cast(Text).contains(f'"{warning}"')
    return tuple(row.code for row in work.rows(select(_D.code).where(marked).order_by(_D.id)))


def dossiers_held_by(work: Reading, holder: str) -> Sequence[WorkRow]:
    """Dossiers that lie with a holder and are not over, in the order of intake."""
    statement = SELECT_WORK_LIST.where(_D.holder == holder, _D.status.in_(OPEN_STATES)).order_by(_D.id)
    return work.typed_rows(WorkRow._make, statement)
