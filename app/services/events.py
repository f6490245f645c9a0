"""From happenings to the journal: each becomes one event of the desk's chain and one record of what goes up, in the
transaction of the act itself."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.models.enums import Action, Channel, PersonKind, ReturnBy, Status
from app.models.instants import iso, local, local_day
from app.models.lifecycle import COUNTER, State, Transition, apply, national_status
from app.models.mapping import canonical_text
from app.services.context import Context
from app.services.sms_compose import compose_sms
from app.storage import journal
from app.storage.office_settings import setting
from app.storage.uow import Writing
from app.sync.records import record_hash

SCHEMA = 1
DIGEST_KEY = "digest_key"
_CHANNEL = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POST: "3"}
_RETURN_BY = {ReturnBy.COUNTER: "0", ReturnBy.POST: "1", ReturnBy.ONLINE: "2"}
_KIND = {
    PersonKind.CITIZEN: "1",
    PersonKind.ENTERPRISE: "2",
    PersonKind.HOUSEHOLD_BUSINESS: "2",
    PersonKind.AGENCY: "3",
    PersonKind.ORGANISATION: "4",
}


@dataclass(frozen=True)
class Subject:
    """The dossier an event is about, as far as an event needs it: `people` by their roles."""

    id: int
    code: str
    procedure_code: str
    procedure_name: str
    field: str
    channel: Channel
    return_by: ReturnBy
    people: Mapping[str, Mapping[str, Any]]
    note: str | None

    @property
    def applicant(self) -> Mapping[str, Any]:
        """Chủ hồ sơ."""
        return self.people["applicant"]


def record_events(
    work: Writing,
    context: Context,
    subject: Subject,
    before: State,
    transitions: Sequence[Transition],
    entered_at: datetime | None = None,
) -> State:
    """Append the happenings to the desk's chain, with what the citizen is to be told; the state after them."""
    state = before
    desk = context.office.workstation
    key = bytes.fromhex(setting(work, DIGEST_KEY))
    sequence, previous = journal.chain_tail(work, desk)
    for transition in transitions:
        state = apply(state, transition)
        sequence += 1
        previous = _append(work, context, subject, state, transition, _ChainLink(sequence, previous, key, entered_at))
    if previous is not None:
        journal.save_chain_head(work, desk, sequence, previous)
    compose_sms(work, context, (subject.id, subject.code, subject.return_by), subject.people, transitions, state)
    return state


@dataclass(frozen=True)
class _ChainLink:
    sequence: int
    previous: str | None
    key: bytes
    entered_at: datetime | None


def _append(
    work: Writing, context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink
) -> str:
    event = _event(context, subject, state, transition, link)
    if _record_type(transition.action) == "dossier":
        event["facts"]["people_digest"] = people_digest(subject.people, link.key)
    payload, people = _payload(context, subject, state, transition)
    payload["facts_digest"] = facts_digest(event, link.key)
    event["hash"] = record_hash(to_sync_record(event, subject.code, payload))
    journal.append_event(work, event, payload, people)
    return str(event["hash"])


def _event(
    context: Context, subject: Subject, state: State, transition: Transition, link: _ChainLink
) -> dict[str, Any]:
    return {
        "uuid": str(uuid4()),
        "workstation": context.office.workstation,
        "sequence": link.sequence,
        "type": _record_type(transition.action),
        "schema": SCHEMA,
        "dossier_id": subject.id,
        "action": transition.action,
        "occurred_at": transition.at,
        "occurred_day": local_day(transition.at),
        "entered_at": link.entered_at or context.now,
        "actor": context.actor,
        "holder_from": transition.holder_from,
        "holder_to": transition.holder_to,
        "status": transition.status,
        "verdict": transition.verdict,
        "note": transition.note,
        "facts": {"change": to_jsonable(transition.change), **to_jsonable(transition.details)},
        "state_due_day": None if state.original_due_at is None else local_day(state.original_due_at),
        "state_closed_day": None if state.closed_at is None else local_day(state.closed_at),
        "state_outcome": state.outcome,
        "previous_hash": link.previous,
    }


def to_sync_record(event: Mapping[str, Any], code: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The event as the record that goes up (INTERFACES §7), without its own hash unless the event has one."""
    made = {
        "id": event["uuid"],
        "workstation": event["workstation"],
        "sequence": event["sequence"],
        "type": event["type"],
        "schema": event["schema"],
        "occurred_at": iso(event["occurred_at"]),
        "entered_at": iso(event["entered_at"]),
        "actor": event["actor"],
        "dossier": code,
        "payload": dict(payload),
        "previous_hash": event["previous_hash"],
    }
    return made if "hash" not in event else {**made, "hash": event["hash"]}


_DIGESTED = (
    "uuid",
    "action",
    "holder_from",
    "holder_to",
    "status",
    "verdict",
    "note",
    "facts",
    "state_due_day",
    "state_closed_day",
    "state_outcome",
)


def facts_digest(event: Mapping[str, Any], key: bytes) -> str:
    """The keyed digest by which the chain covers what the office knows and does not send. Without the key nobody can
    try out names and numbers against it."""
    facts = canonical_text(to_jsonable({name: event[name] for name in _DIGESTED}))
    return hmac.new(key, facts.encode(), hashlib.sha256).hexdigest()


def people_digest(people: Mapping[str, Mapping[str, Any]], key: bytes) -> str:
    """The keyed digest of a dossier's people by role, in the facts of the event that wrote them: so the chain covers
    the register's own copy of a name."""
    return hmac.new(key, canonical_text(people).encode(), hashlib.sha256).hexdigest()


def to_jsonable(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON can carry them: instants and days as ISO text."""
    return {name: _value_to_jsonable(value) for name, value in values.items()}


def _value_to_jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return to_jsonable(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _record_type(action: Action) -> str:
    if action in (Action.INTAKE, Action.AMEND):
        return "dossier"
    return "void" if action == Action.VOID else "progress"


def _payload(
    context: Context, subject: Subject, state: State, transition: Transition
) -> tuple[dict[str, Any], dict[str, Any]]:
    if _record_type(transition.action) == "dossier":
        return _dossier_payload(context, subject, state), _people_payload(subject)
    return _progress_payload(context, subject, state, transition), {"NoiDungXuLy": transition.note or ""}


def _dossier_payload(context: Context, subject: Subject, state: State) -> dict[str, Any]:
    """The fields of DongBoHoSoMC that tell of the dossier, not of a person."""
    return {
        "MaHoSo": subject.code,
        "MaTTHC": subject.procedure_code,
        "TenTTHC": subject.procedure_name,
        "TenLinhVuc": subject.field,
        "KenhThucHien": _CHANNEL[subject.channel],
        "LoaiDoiTuong": _KIND[PersonKind(subject.applicant.get("kind", PersonKind.CITIZEN))],
        "NgayTiepNhan": _stamp(state.received_at),
        "NgayHenTra": _stamp(state.due_at),
        "TrangThaiHoSo": _national(state.status, state.outcome),
        "NgayKetThucXuLy": _stamp(state.closed_at),
        "NgayTra": _stamp(state.returned_at),
        "HinhThuc": _RETURN_BY[subject.return_by],
        "DonViXuLy": context.office.name,
        "DanhSachLePhi": [] if state.fee is None else [{"TenPhiLePhi": "Phí, lệ phí", "Gia": str(state.fee)}],
    }


def _people_payload(subject: Subject) -> dict[str, Any]:
    """The fields of DongBoHoSoMC that tell who the citizen is: sent only where an office was told to."""
    person = subject.applicant
    number = person.get("id_number") or ""
    kind = {12: "1", 9: "2"}.get(len(number), "") if number.isdigit() else ""
    return {
        "ChuHoSo": person.get("name", ""),
        "SoGiayToChuHoSo": number,
        "DinhDanhCHS": {"LoaiDinhDanh": kind, "SoDinhDanh": number},
        "SoDienThoai": person.get("phone") or "",
        "Email": person.get("email") or "",
        "DiaChi": person.get("address") or "",
        "GhiChu": subject.note or "",
    }


def _progress_payload(context: Context, subject: Subject, state: State, transition: Transition) -> dict[str, Any]:
    """The fields of CapNhatTienDoHoSoMC, and the act by our own word. A citizen who took the result home is no
    department: there the counter stands."""
    handed_out = transition.action == Action.RETURN
    return {
        "MaHoSo": subject.code,
        "NguoiXuLy": context.actor[:50],
        "ChucDanh": "",
        "ThoiDiemXuLy": _stamp(transition.at),
        "PhongBanXuLy": COUNTER if handed_out else transition.holder_to,
        "TrangThai": _national(transition.status, state.outcome),
        "NgayBatDau": _stamp(state.received_at),
        "NgayKetThucTheoQuyDinh": _stamp(state.due_at),
        "action": transition.action.value,
    }


def _national(status: Status, outcome: Status | None) -> str:
    number = national_status(status, outcome)
    return "" if number is None else str(number)


def _stamp(instant: datetime | None) -> str:
    return "" if instant is None else local(instant).strftime("%Y%m%d%H%M%S")
