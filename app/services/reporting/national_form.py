"""The national form of a period: calls DongBoHoSoMC, CapNhatTienDoHoSoMC.

A dossier is reported with its true state or refused with a reason. No field is empty and none is invented
(docs/formats.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.enums import Action, Role, Status
from app.models.instants import local
from app.models.lifecycle import COUNTER, Transition, national_status
from app.services.context import Context
from app.services.national_record import Background, Subject, national_record
from app.services.records.supplement_rounds import PastAction, supplement_rounds
from app.storage import dossiers, journal, user_accounts
from app.storage.received import national
from app.storage.received.rows import ProgressRow
from app.storage.rows import DossierRow
from app.storage.uow import Reading
from app.wording.received.national import missing_fields_reason, void_reason
from app.wording.status import action_name, role_name

_MAX_NAME = 50  # NguoiXuLy
CALL_SIZE = 10
"""Dossiers or steps of one call."""
_DOSSIER_FIELDS = (
    *("MaHoSo", "SoBienNhan", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "TrichYeuHoSo"),
    *("ChuHoSo", "LoaiDoiTuong", "MaDoiTuong", "ThongTinKhac", "Email", "Fax", "SoDienThoai", "SoGiayToChuHoSo"),
    *("DinhDanhCHS", "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayKetThucXuLy", "NgayTra"),
    *("NgayTuChoi", "ThongTinTra", "HinhThuc", "DonViXuLy", "NoiNopHoSo", "GhiChu", "HoSoCoThanhPhanSoHoa"),
    *("TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "DSKetNoiCSDL", "TaiLieuNop", "DanhSachLePhi"),
    *("DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua"),
)
_MANDATORY = (
    *("MaHoSo", "MaTTHC", "TenTTHC", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "SoGiayToChuHoSo", "LoaiDoiTuong"),
    *("NgayTiepNhan", "TrangThaiHoSo", "DonViXuLy"),
)
_RETURN_PLACES = ("0", "1")
"""HinhThuc of the national list: at the counter, by post."""


@dataclass(frozen=True)
class RefusedDossier:
    """A dossier that a person must look at, and why."""

    code: str
    reason: str


@dataclass(frozen=True)
class NationalForm:
    """The calls in tens, their numbers of dossiers and steps, the refused."""

    calls: dict[str, list[dict[str, Any]]]
    dossiers: int
    progress: int
    refused: tuple[RefusedDossier, ...]


def national_form(first: date, last: date, context: Context, work: Reading) -> NationalForm:
    """Return the calls for the dossiers that changed in a period.

    A dossier has its state of now, so that a form of an old period never moves a dossier back. Steps are those of the
    period, of reported dossiers only. A dossier received before the period is an update.
    """
    new: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    refused: list[RefusedDossier] = []
    for row in national.changed_dossiers(work, first, last):
        reported = _report(row, context, work)
        if isinstance(reported, RefusedDossier):
            refused.append(reported)
        else:
            (new if row.received_day >= first else updates).append(reported)
    codes = {fields["MaHoSo"] for fields in (*new, *updates)}
    rows = [row for row in national.progress_between(work, first, last) if row.code in codes]
    titles = _titles(rows, work)
    steps = [_step(row, titles.get(row.actor, "")) for row in rows]
    calls = {
        "DongBoHoSoMC": [*_dossier_calls(new, "False"), *_dossier_calls(updates, "True")],
        "CapNhatTienDoHoSoMC": [{"data": part} for part in _in_tens(steps)],
    }
    return NationalForm(calls, len(codes), len(steps), tuple(refused))


def _report(row: DossierRow, context: Context, work: Reading) -> dict[str, Any] | RefusedDossier:
    if national_status(Status(row.status), row.outcome) is None:
        return RefusedDossier(row.code, void_reason())
    fields = _dossier_fields(row, context, work)
    missing = [name for name in _MANDATORY if name not in fields]
    return RefusedDossier(row.code, missing_fields_reason(missing)) if missing else fields


def _dossier_fields(row: DossierRow, context: Context, work: Reading) -> dict[str, Any]:
    subject = Subject.of_row(row, dossiers.parties(work, row.id))
    state = dossiers.state_of(row)
    whole = Transition(Action.AMEND, context.now, state.status, state.holder, state.holder)
    past = map(PastAction.of_event, journal.events_of(work, row.id)) if row.winding else ()
    record = national_record(context, subject, state, whole, Background("", supplement_rounds(past)))
    fields = _without_empty({**record.fields, **record.people})
    if fields.get("HinhThuc") not in _RETURN_PLACES:
        fields.pop("HinhThuc", None)
    if "LoaiDinhDanh" not in fields.get("DinhDanhCHS", {}):
        fields.pop("DinhDanhCHS", None)
    return {name: fields[name] for name in _DOSSIER_FIELDS if name in fields}


def _step(row: ProgressRow, title: str) -> dict[str, Any]:
    """Return the fields of CapNhatTienDoHoSoMC.

    PhongBanXuLy is the counter for a returned result, because the citizen who received it is no department.
    """
    recorded_due = row.payload.get("NgayKetThucTheoQuyDinh")
    return _without_empty(
        {
            "MaHoSo": row.code,
            "NguoiXuLy": row.actor[:_MAX_NAME],
            "ChucDanh": row.payload.get("ChucDanh") or title,
            "ThoiDiemXuLy": _stamp(row.occurred_at),
            "PhongBanXuLy": COUNTER if row.action == Action.RETURN else row.holder_to,
            "NoiDungXuLy": row.note or action_name(Action(row.action)),
            "TrangThai": str(national_status(Status(row.status), row.state_outcome) or ""),
            "NgayBatDau": _stamp(row.received_at),
            "NgayKetThucTheoQuyDinh": recorded_due or (_stamp(row.due_at) if row.due_at else ""),
        }
    )


def _stamp(instant: datetime) -> str:
    return local(instant).strftime("%Y%m%d%H%M%S")


def _titles(rows: Iterable[ProgressRow], work: Reading) -> dict[str, str]:
    """Return the names of the main roles by actor.

    An actor without an account has none.
    """
    titles = {}
    for actor in {row.actor for row in rows}:
        account = user_accounts.account_roles(work, actor)
        if account is not None:
            titles[actor] = role_name(Role(account.role))
    return titles


def _dossier_calls(dossier_fields: Sequence[dict[str, Any]], is_updating: str) -> list[dict[str, Any]]:
    return [{"isUpdating": is_updating, "data": part} for part in _in_tens(dossier_fields)]


def _in_tens(values: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [list(values[start : start + CALL_SIZE]) for start in range(0, len(values), CALL_SIZE)]


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value, at any depth."""
    filled = {name: _filled(value) for name, value in fields.items()}
    return {name: value for name, value in filled.items() if value not in ("", None, [], {})}


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_empty(value)
    return [_filled(each) for each in value] if isinstance(value, (list, tuple)) else value
