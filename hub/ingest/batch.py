"""Decide record by record: accepted, already known, or rejected."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from app.sync.ack import ACCEPTED, ALREADY, REJECTED
from hub.ingest.lines import Content, Line
from hub.ingest.states import WAITING, InvalidState, State, derived, stated
from hub.storage.dossiers import DossierRow
from hub.storage.records import Correction, RecordRow, RejectionRow

DOSSIER, PROGRESS, VOID = "dossier", "progress", "void"
_MOVING, _FOLLOWING = frozenset((DOSSIER, PROGRESS, VOID)), frozenset((PROGRESS, VOID))
_ONLINE = "2"
UNKNOWN_FIELD = "(chưa rõ)"
MAX_FIELD = 300
_AGENCY = re.compile(r"(?<![A-Z0-9.])[A-Y][0-9]{2}(?:\.[0-9]{1,3}){0,4}(?![A-Z0-9.])").findall
_NO_STATE: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None)


class Decided(NamedTuple):
    """The outcome of one record; `reason` is the code of a rejection."""

    id: str
    sequence: int
    result: str
    reason: str | None


@dataclass(slots=True)
class Subject:
    """A dossier while the records of one file move it."""

    code: str
    field: str
    online: bool
    procedure_code: str
    procedure_name: str
    state: State
    interrupted: bool
    place: int
    line: int
    is_new: bool
    field_id: int = 0
    changed: bool = True

    @classmethod
    def of_row(cls, row: DossierRow) -> "Subject":
        """Return a stored dossier, without the name of its field."""
        state = State(*row[8:15])
        return cls(
            code=row.code,
            field="",
            online=row.online,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            state=state,
            interrupted=row.interrupted,
            place=row.place,
            line=row.line,
            is_new=False,
            field_id=row.field_id,
            changed=False,
        )

    def move(self, state: State, place: int, line: int) -> None:
        """Take the state of a later record."""
        self.interrupted = self.interrupted or state.status in WAITING or _is_turn(self.state, state)
        self.state, self.place, self.line, self.changed = state, place, line, True

    def row(self, field_ids: Mapping[str, int]) -> DossierRow:
        """Return the dossier as it is stored."""
        return DossierRow(
            self.code,
            field_ids.get(self.field, self.field_id),
            self.online,
            self.procedure_code,
            self.procedure_name,
            self.interrupted,
            self.place,
            self.line,
            *self.state,
            self.state.received_at[:10],
            self.state.due_day,
            self.state.closed_day,
        )


@dataclass(frozen=True)
class Scope:
    """What a file's records are decided by.

    `epoch_place` is the place of the first file of its epoch.
    `late` marks a file of an ended epoch: its records are kept and move nothing. `has_rejections` is set if earlier
    records of the sender are rejected, `may_be_known` if stored records are expected: in an epoch after a restore.
    """

    place: int
    epoch_place: int
    agency_codes: Collection[str]
    late: bool
    has_rejections: bool
    may_be_known: bool
    now: datetime


@dataclass
class Batch:
    """The decisions on some lines of one file.

    `accepted` and `repeated` are the lines of the last new and the last known record of each dossier.
    """

    scope: Scope
    known: dict[str, str]
    subjects: dict[str, Subject]
    decided: list[Decided] = field(default_factory=list)
    records: list[RecordRow] = field(default_factory=list)
    moved: list[RecordRow] = field(default_factory=list)
    rejections: list[RejectionRow] = field(default_factory=list)
    accepted: dict[str, int] = field(default_factory=dict)
    repeated: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before: str | None = None
        self._prefixes = tuple(f"{code}-" for code in self.scope.agency_codes)
        self._place, self._late = self.scope.place, self.scope.late

    def add(self, line: Line) -> None:
        """Decide one record, in the order of the file."""
        content = line.content
        fault = line.fault
        if fault is None and content is not None:
            fault = self._link_fault(content) or self._foreign_fault(line, content)
        if fault is not None or content is None:
            self._reject(line, fault or "json")
            return
        try:
            state = self._state_of(line, content)
        except InvalidState:
            self._reject(line, "state")
            return
        self._accept(line, content, state)

    def _accept(self, line: Line, content: Content, state: State | None) -> None:
        """Keep a record; let it move its dossier."""
        record_id, code = line.id, line.dossier
        self._before = content.digest
        is_known = record_id in self.known
        self.known[record_id] = content.digest
        moves = None if self._late else state
        shown = _NO_STATE if moves is None else (moves.status, moves.outcome, moves.due_day, moves.closed_day)
        row = RecordRow(record_id, self._place, line.number, content.columns, shown, content.text)
        (self.moved if is_known else self.records).append(row)
        self.decided.append(Decided(record_id, line.sequence, ALREADY if is_known else ACCEPTED, None))
        if code is not None:
            (self.repeated if is_known else self.accepted)[code] = line.number
            if moves is not None:
                self._move(line, code, content.payload, moves)

    def corrections(self) -> list[Correction]:
        """Return which rejections the records of this batch correct.

        A new record corrects every earlier one, a record that was known before those of its own epoch. A late file
        corrects its own alone.
        """
        place = self.scope.place
        new, known = (place, place) if self.scope.late else (0, self.scope.epoch_place)
        return [
            *(Correction(code, line, new) for code, line in self.accepted.items()),
            *(Correction(code, line, known) for code, line in self.repeated.items()),
        ]

    def _is_own(self, code: str) -> bool:
        """Return whether a code names this sender's agency, or no agency at all.

        Registers of other programs are imported with codes of their own.
        """
        named = _AGENCY(code)
        return not named or any(agency in self.scope.agency_codes for agency in named)

    def _link_fault(self, content: Content) -> str | None:
        """Return `previous_hash` for a record that does not follow a good one.

        Behind a rejected record the link is not checked, so that one bad record is one rejection.
        """
        return None if self._before is None or content.before == self._before else "previous_hash"

    def _foreign_fault(self, line: Line, content: Content) -> str | None:
        """Return why a readable record does not fit its sender, or None."""
        code, kind = line.dossier, line.type
        if code is not None and not code.startswith(self._prefixes) and not self._is_own(code):
            return "agency"
        if code not in self.subjects:
            if kind in _MOVING and code is None:
                return "dossier"
            if kind in _FOLLOWING and not self._late:
                return "unknown_dossier"
        known = self.known.get(line.id)
        return None if known is None or known == content.digest else "id_reused"

    def _state_of(self, line: Line, content: Content) -> State | None:
        """Return the state after a record, None if it has none.

        Raises InvalidState.
        """
        subject = None if line.dossier is None else self.subjects.get(line.dossier)
        state, moves = stated(content.payload), line.type in _MOVING
        if state is None and moves:
            if content.schema > 1:
                raise InvalidState
            before = None if subject is None else subject.state
            state = derived(content.payload, content.occurred_at, before, line.type)
        return state if moves or subject is not None else None

    def _move(self, line: Line, code: str, payload: Mapping[str, Any], state: State) -> None:
        subject = self.subjects.get(code)
        if subject is None:
            subject = self.subjects[code] = _new_subject(code, payload, state, self.scope.place, line.number)
        else:
            subject.move(state, self.scope.place, line.number)
        if line.type == DOSSIER:
            subject.field = _label(payload, "TenLinhVuc", MAX_FIELD) or UNKNOWN_FIELD
            subject.online = payload.get("KenhThucHien") == _ONLINE
            subject.procedure_code = _label(payload, "MaTTHC", 100)
            subject.procedure_name = _label(payload, "TenTTHC", 2000)

    def _reject(self, line: Line, reason: str) -> None:
        self._before = None
        self.decided.append(Decided(line.id, line.sequence, REJECTED, reason))
        self.rejections.append(
            RejectionRow(
                place=self.scope.place,
                line=line.number,
                id=storable(line.id),
                sequence=line.sequence,
                type=storable(line.type),
                dossier=None if line.dossier is None else storable(line.dossier),
                reason=reason,
                rejected_at=self.scope.now,
            )
        )


def storable(text: str) -> str:
    """Return text as a database can store it."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def _new_subject(code: str, payload: Mapping[str, Any], state: State, place: int, line: int) -> Subject:
    return Subject(
        code=code,
        field=UNKNOWN_FIELD,
        online=payload.get("KenhThucHien") == _ONLINE,
        procedure_code="",
        procedure_name="",
        state=state,
        interrupted=state.status in WAITING,
        place=place,
        line=line,
        is_new=True,
    )


def _is_turn(before: State, after: State) -> bool:
    """Return whether a state changes what a past period counts."""
    if before.original_due_at != after.original_due_at and before.due_day != after.due_day:
        return True
    if before.closed_at is None:
        return False
    return before.outcome != after.outcome or before.closed_day != after.closed_day


def _label(payload: Mapping[str, Any], name: str, limit: int) -> str:
    value = payload.get(name)
    return value[:limit] if isinstance(value, str) else ""
