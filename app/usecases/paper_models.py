"""From a dossier's sheet to what its papers say: heading, codes to scan, fields, legs."""

import base64
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from app.models.lifecycle import COUNTER
from app.models.values import Action, PaperForm, Refusal, Verdict, iso, local, local_day, masked
from app.printing.documents import (
    ControlSlip,
    Document,
    Identity,
    Leg,
    PaperHead,
    PaperRow,
    Party,
    PrincipalParty,
    Receipt,
)
from app.sync.kept_copy import seal
from app.sync.signing import sign
from app.usecases.context import Context
from app.usecases.sheet import Sheet, Step
from app.wording.numbers import instant_in_words
from app.wording.status import form_name, unit_text

SIGNING_KEY, KEPT_COPY_KEY = "signing_key", "kept_copy_key"
_NO_DATE = "chưa xác định được thời hạn"
_SETTLED_AT_ONCE = "đã trả kết quả ngay"


def paper_model(form: PaperForm, sheet: Sheet, row: Any, keys: dict[str, Any], context: Context) -> Document:
    """What the paper of this form says of the dossier now.

    Raises Refusal `form_unknown` for a form that is not printed about one dossier.
    """
    if form == PaperForm.RECEIPT:
        return _receipt(sheet, row, keys, context)
    if form == PaperForm.CONTROL:
        return _control(sheet, row, keys, context)
    raise Refusal("form_unknown", "form", form=form.value)


def _receipt(sheet: Sheet, row: Any, keys: dict[str, Any], context: Context) -> Receipt:
    submitter, applicant = _party(sheet.submitter), _party(sheet.applicant)
    principal = sheet.principal
    return Receipt(
        head=_head(row, context, ""),
        identity=_identity(PaperForm.RECEIPT, sheet, row, keys, context),
        submitter=submitter,
        applicant=None if applicant == submitter else applicant,
        principal=None
        if principal is None
        else PrincipalParty(**{key: value or "" for key, value in principal.items()}),
        procedure=sheet.procedure.name,
        papers=tuple(
            PaperRow(paper["name"], paper["handling"], paper["originals"], paper["copies"]) for paper in sheet.papers
        ),
        quantity=sheet.quantity,
        term=unit_text(row.term["limit"], row.term["unit"]),
        received_at=iso(sheet.received_at) or "",
        due_at=iso(sheet.due_at),
        return_by=sheet.return_by.value,
        clerk=sheet.steps[0].actor,
        due_note=(_SETTLED_AT_ONCE if row.at_once else _NO_DATE) if sheet.due_at is None else "",
        volume=f"{row.register_book}/{local_day(sheet.received_at).year}",
        serial=f"{row.register_number:02d}",
        fee=sheet.fee.amount,
        lookup=_lookup(context),
    )


def _control(sheet: Sheet, row: Any, keys: dict[str, Any], context: Context) -> ControlSlip:
    return ControlSlip(
        head=_head(row, context, "PKS-"),
        identity=_identity(PaperForm.CONTROL, sheet, row, keys, context),
        applicant=sheet.applicant["name"],
        procedure=sheet.procedure.name,
        settling_unit=context.office.name,
        joint_unit="",
        received_at=iso(sheet.received_at) or "",
        due_at=iso(sheet.due_at),
        due_note=_NO_DATE if sheet.due_at is None else "",
        legs=tuple(_legs(sheet.steps)),
    )


def _legs(steps: Sequence[Step]) -> Iterator[Leg]:
    """One leg for each hand-over that stood: who gave, who took, when, and the verdict of the taking side."""
    open_leg: Step | None = None
    for step in steps:
        if step.action == Action.SEND:
            open_leg = step
        elif step.action == Action.RECEIVE and open_leg is not None:
            yield _leg(open_leg, step.at, step.verdict, step.note)
            open_leg = None
        elif step.action == Action.TAKE_BACK and open_leg is not None:
            open_leg = None
        elif step.action in (Action.FINISH, Action.REFUSE, Action.STOP) and step.from_ not in (None, COUNTER):
            yield _leg(step, step.at, step.verdict, step.note)
    if open_leg is not None:
        yield _leg(open_leg, open_leg.at, None, None)


def _leg(step: Step, at: Any, verdict: Verdict | None, note: str | None) -> Leg:
    return Leg(
        step.from_ or COUNTER, step.to or COUNTER, instant_in_words(at), verdict.value if verdict else "", note or ""
    )


def _head(row: Any, context: Context, prefix: str) -> PaperHead:
    office = context.office
    series = f"{prefix}{'TTPVHCC' if office.centre else 'BPTNTKQ'}"
    return PaperHead(
        parent=office.parent,
        unit=office.name,
        centre=office.centre or "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        place=office.place,
        day=local_day(context.now).isoformat(),
        number=f"{row.register_number:02d}/{series}",
        form_set=office.form_set,
    )


def _identity(form: PaperForm, sheet: Sheet, row: Any, keys: dict[str, Any], context: Context) -> Identity:
    return Identity(
        code=sheet.code,
        key=sheet.key,
        qr_text=_qr_text(form, sheet, keys, context),
        store_qr=_kept_copy(sheet, row, keys),
        training=context.training,
    )


def _qr_text(form: PaperForm, sheet: Sheet, keys: dict[str, Any], context: Context) -> str:
    """The lines of TT 01/2023/TT-VPCP Điều 26, readable by any phone, signed by the office over the lines above."""
    lines = [
        f"Mã hồ sơ: {sheet.code}",
        f"Thủ tục: {sheet.procedure.code}",
        f"Người: {masked(sheet.applicant.get('id_number') or '')}",
        f"Giấy: {form_name(form)}",
        f"Hệ thống: {context.office.name}",
        f"In lúc: {local(context.now):%d/%m/%Y %H:%M}",
    ]
    if form == PaperForm.RECEIPT:
        lines.append(f"Hẹn trả: {local(sheet.due_at):%d/%m/%Y %H:%M}" if sheet.due_at else "Hẹn trả: chưa xác định")
    lines.append(f"Khóa: {sheet.key}")
    signature = sign(bytes.fromhex(keys[SIGNING_KEY]), "\n".join(lines).encode())
    return "\n".join([*lines, f"Chữ ký: {base64.urlsafe_b64encode(signature).decode().rstrip('=')}"])


def _kept_copy(sheet: Sheet, row: Any, keys: dict[str, Any]) -> str:
    """What the register needs to be rebuilt from the kept copies of a lost disk, for the office's eyes only."""
    applicant = sheet.applicant
    fields = {
        "c": sheet.code,
        "k": sheet.key,
        "t": sheet.procedure.code,
        "n": applicant["name"],
        "i": applicant.get("id_number"),
        "p": applicant.get("phone"),
        "r": iso(sheet.received_at),
        "d": iso(sheet.due_at),
        "g": row.register_number,
    }
    return seal(fields, bytes.fromhex(keys[KEPT_COPY_KEY]), secrets.token_bytes(12))


def _party(person: dict[str, Any]) -> Party:
    return Party(*(person.get(key) or "" for key in ("name", "id_number", "address", "phone", "email")))


def _lookup(context: Context) -> str:
    """Where the citizen can ask how far it is; nothing where the office named no place."""
    office = context.office
    places = [office.lookup_address, f"điện thoại {office.phone}" if office.phone else ""]
    told = "; ".join(place for place in places if place)
    return f"Hồ sơ có thể xong trước hẹn. Tra cứu, hỏi tiến độ: {told}" if told else ""
