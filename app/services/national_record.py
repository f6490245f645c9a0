"""Fields of the national APIs, built from dossiers and transitions.

The APIs are DongBoHoSoMC and CapNhatTienDoHoSoMC (docs/formats.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Action, Channel, Origin, PaperForm, PersonKind, ReturnBy, Status
from app.models.instants import iso
from app.models.lifecycle import COUNTER, State, Transition, national_status
from app.services.context import Context
from app.services.records.supplement_rounds import SupplementRound, rounds_to_json, stamp
from app.storage.rows import DossierRow
from app.wording.status import form_name

CHANNEL_CODES = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POST: "3"}
"""KenhThucHien."""
_RETURN_BY = {ReturnBy.COUNTER: "0", ReturnBy.POST: "1"}
"""HinhThuc. The national list has no code for a result returned online; the field is then left out."""
_KIND = {
    PersonKind.CITIZEN: "1",
    PersonKind.ENTERPRISE: "2",
    PersonKind.HOUSEHOLD_BUSINESS: "2",
    PersonKind.AGENCY: "3",
    PersonKind.ORGANISATION: "4",
}
_ID_KIND_BY_LENGTH = {12: "1", 9: "2"}


@dataclass(frozen=True)
class Subject:
    """The dossier of an event; `people` by role."""

    id: int
    code: str
    procedure_code: str
    procedure_name: str
    field: str
    channel: Channel
    return_by: ReturnBy
    people: Mapping[str, Mapping[str, Any]]
    note: str | None
    origin: Origin | None = None

    @classmethod
    def of_row(cls, row: DossierRow, people: Mapping[str, Mapping[str, Any]]) -> "Subject":
        """Return the subject of a stored dossier."""
        return cls(
            id=row.id,
            code=row.code,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            field=row.field,
            channel=row.channel,
            return_by=row.return_by,
            people=people,
            note=row.note,
            origin=row.origin,
        )

    @property
    def stays_here(self) -> bool:
        """Whether the dossier is never sent, as an imported one."""
        return self.origin == Origin.IMPORTED

    @property
    def applicant(self) -> Mapping[str, Any]:
        """Chủ hồ sơ."""
        return self.people["applicant"]


@dataclass(frozen=True)
class NationalRecord:
    """Fields of one API call, personal data apart.

    `people` is uploaded only if the office is configured to send personal data.
    """

    fields: dict[str, Any]
    people: dict[str, Any]


@dataclass(frozen=True)
class Background:
    """What a record reports besides the transition.

    `title` is the role of the user who acted. `rounds` are the supplement requests so far.
    """

    title: str = ""
    rounds: Sequence[SupplementRound] = ()


_NO_BACKGROUND = Background()


def national_record(
    context: Context, subject: Subject, state: State, transition: Transition, background: Background = _NO_BACKGROUND
) -> NationalRecord:
    """Return the fields that report a transition.

    `state` is the state after it.
    """
    people = _supplements(subject, background, with_notes=True)
    if reports_dossier(transition.action, state.status):
        fields = {**_dossier_fields(context, subject, state), **_supplements(subject, background, with_notes=False)}
        return NationalRecord(fields, {**_people_fields(subject), **people})
    fields = _progress_fields(context, subject, state, transition) | {"ChucDanh": background.title}
    if transition.action in (Action.ASK_SUPPLEMENT, Action.SUPPLEMENT):
        fields |= _supplements(subject, background, with_notes=False)
    else:
        people = {}
    return NationalRecord(fields, {"NoiDungXuLy": transition.note or "", **people})


def writes_people(action: Action) -> bool:
    """Return whether the action writes the people of the dossier.

    An undo does, because it may restore them.
    """
    return action in (Action.INTAKE, Action.AMEND, Action.UNDO)


def reports_dossier(action: Action, status: Status) -> bool:
    """Return whether the action is reported with the whole dossier.

    A void dossier is never reported as a dossier.
    """
    return writes_people(action) or (action == Action.RESTATE and status != Status.VOID)


def state_to_json(state: State) -> dict[str, str | None]:
    """Return `state` of a record, from which a receiver calculates Biểu 06a."""
    return {
        "status": state.status.value,
        "outcome": None if state.outcome is None else state.outcome.value,
        "received_at": iso(state.received_at),
        "original_due_at": iso(state.original_due_at),
        "due_at": iso(state.due_at),
        "closed_at": iso(state.closed_at),
        "returned_at": iso(state.returned_at),
    }


def _dossier_fields(context: Context, subject: Subject, state: State) -> dict[str, Any]:
    """Return the fields of DongBoHoSoMC without personal data."""
    return_by = _RETURN_BY.get(subject.return_by)
    return {
        "MaHoSo": subject.code,
        "MaTTHC": subject.procedure_code,
        "TenTTHC": subject.procedure_name,
        "TenLinhVuc": subject.field,
        "KenhThucHien": CHANNEL_CODES[subject.channel],
        "LoaiDoiTuong": _KIND[PersonKind(subject.applicant.get("kind", PersonKind.CITIZEN))],
        "NgayTiepNhan": stamp(state.received_at),
        "NgayHenTra": stamp(state.due_at),
        "TrangThaiHoSo": _national(state.status, state.outcome),
        "NgayKetThucXuLy": stamp(state.closed_at),
        "NgayTra": stamp(state.returned_at),
        **({} if return_by is None else {"HinhThuc": return_by}),
        "DonViXuLy": context.office.name,
        "DanhSachLePhi": [] if state.fee is None else [{"TenPhiLePhi": "Phí, lệ phí", "Gia": str(state.fee)}],
        **_refusal(state),
    }


def _refusal(state: State) -> dict[str, Any]:
    """Return the fields of a refusal, whose letter is the result."""
    if state.outcome != Status.REFUSED:
        return {}
    letter = {"TenGiayTo": form_name(PaperForm.REFUSAL)}
    return {"NgayTuChoi": stamp(state.closed_at), "DanhSachGiayToKetQua": [letter]}


def _supplements(subject: Subject, background: Background, with_notes: bool) -> dict[str, Any]:
    if not background.rounds:
        return {}
    return {"DanhSachHoSoBoSung": rounds_to_json(subject.code, background.rounds, with_notes)}


def _people_fields(subject: Subject) -> dict[str, Any]:
    """Return the fields of DongBoHoSoMC that identify the citizen."""
    person = subject.applicant
    number = person.get("id_number") or ""
    kind = _ID_KIND_BY_LENGTH.get(len(number), "") if number.isdigit() else ""
    address = person.get("address") or ""
    return {
        "ChuHoSo": person.get("name", ""),
        "SoGiayToChuHoSo": number,
        "DinhDanhCHS": {"LoaiDinhDanh": kind, "SoDinhDanh": number},
        "SoDienThoai": person.get("phone") or "",
        "Email": person.get("email") or "",
        "ThongTinKhac": f"Địa chỉ: {address}" if address else "",
        "GhiChu": subject.note or "",
    }


def _progress_fields(context: Context, subject: Subject, state: State, transition: Transition) -> dict[str, Any]:
    """Return the fields of CapNhatTienDoHoSoMC and the action.

    PhongBanXuLy is the counter for a returned result, because the citizen who received it is no department. A refusal
    also has the fields of DongBoHoSoMC that report it.
    """
    handed_out = transition.action == Action.RETURN
    return {
        "MaHoSo": subject.code,
        "NguoiXuLy": context.actor[:50],
        "ThoiDiemXuLy": stamp(transition.at),
        "PhongBanXuLy": COUNTER if handed_out else transition.holder_to,
        "TrangThai": _national(transition.status, state.outcome),
        "NgayBatDau": stamp(state.received_at),
        "NgayKetThucTheoQuyDinh": stamp(state.due_at),
        "action": transition.action.value,
        **(_refusal(state) if transition.action == Action.REFUSE else {}),
    }


def _national(status: Status, outcome: Status | None) -> str:
    number = national_status(status, outcome)
    return "" if number is None else str(number)
