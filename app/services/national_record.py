"""Fields of the national APIs, built from dossiers and transitions.

The APIs are DongBoHoSoMC and CapNhatTienDoHoSoMC (docs/formats.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import Action, Channel, PersonKind, ReturnBy, Status
from app.models.instants import local
from app.models.lifecycle import COUNTER, State, Transition, national_status
from app.services.context import Context
from app.storage.rows import DossierRow

_CHANNEL = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POST: "3"}
_RETURN_BY = {ReturnBy.COUNTER: "0", ReturnBy.POST: "1", ReturnBy.ONLINE: "2"}
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
        )

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


def national_record(context: Context, subject: Subject, state: State, transition: Transition) -> NationalRecord:
    """Return the fields that report a transition.

    `state` is the state after it.
    """
    if writes_people(transition.action):
        return NationalRecord(_dossier_fields(context, subject, state), _people_fields(subject))
    return NationalRecord(_progress_fields(context, subject, state, transition), {"NoiDungXuLy": transition.note or ""})


def writes_people(action: Action) -> bool:
    """Return whether the action is reported with the whole dossier."""
    return action in (Action.INTAKE, Action.AMEND)


def _dossier_fields(context: Context, subject: Subject, state: State) -> dict[str, Any]:
    """Return the fields of DongBoHoSoMC without personal data."""
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


def _people_fields(subject: Subject) -> dict[str, Any]:
    """Return the fields of DongBoHoSoMC that identify the citizen."""
    person = subject.applicant
    number = person.get("id_number") or ""
    kind = _ID_KIND_BY_LENGTH.get(len(number), "") if number.isdigit() else ""
    return {
        "ChuHoSo": person.get("name", ""),
        "SoGiayToChuHoSo": number,
        "DinhDanhCHS": {"LoaiDinhDanh": kind, "SoDinhDanh": number},
        "SoDienThoai": person.get("phone") or "",
        "Email": person.get("email") or "",
        "DiaChi": person.get("address") or "",
        "GhiChu": subject.note or "",
    }


def _progress_fields(context: Context, subject: Subject, state: State, transition: Transition) -> dict[str, Any]:
    """Return the fields of CapNhatTienDoHoSoMC and the action.

    PhongBanXuLy is the counter for a returned result, because the citizen who received it is no department.
    """
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
