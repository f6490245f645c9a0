"""Parts of every document: heading, QR codes and people."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from app.models.enums import Action, PaperForm
from app.models.forms.library import FormVersion
from app.models.instants import iso, local, local_day, office_instant
from app.models.procedures import CataloguePaper
from app.models.text import mask_number
from app.printing.documents.parts import Identity, PaperHead, Party
from app.services.context import Context
from app.services.documents.archive_code import papers_to_json, shorten
from app.services.documents.office_forms import OfficeForms
from app.services.dossier_detail import DossierDetail
from app.services.intake.fees import FEE_FACTS
from app.storage.office_settings import ARCHIVE_KEY, SIGNING_KEY
from app.storage.rows import DossierRow, EventRow
from app.sync.archive_code import NONCE_BYTES, seal_code
from app.sync.signing import sign
from app.wording.proof import begins_elsewhere

_NO_DATE_TEXT = "chưa xác định được thời hạn"
_FORMS_WITH_DUE_DATE = (PaperForm.RECEIPT, PaperForm.SUPPLEMENT_RECEIPT)
_MAX_ARCHIVE_CODE = 483
"""Characters of the archive code: 69 modules, which fit between the signatures on A5 and A4."""
REGISTER = "register"
"""The form name of the register."""


@dataclass(frozen=True)
class DocumentSource:
    """The data of a document about one dossier.

    `events` are in order. `keys` are the office settings with the signing and archive keys. `listed` are the papers of
    the procedure version. `slips` is whether the last payment gets a slip instead of a paper receipt.
    """

    detail: DossierDetail
    row: DossierRow
    events: Sequence[EventRow]
    keys: Mapping[str, Any]
    context: Context
    forms: OfficeForms
    listed: tuple[CataloguePaper, ...] = ()
    slips: bool = False
    advice: str = ""
    supplement_advice: str = ""

    @cached_property
    def archive_code(self) -> str:
        """The sealed code for rebuilding a lost register.

        Papers printed together have the same one, so that it is drawn once.
        """
        return _archive_code(self)

    def on_form(self, version: FormVersion) -> "DocumentSource":
        """Return the source for the form of an earlier print."""
        return replace(self, forms=self.forms.pin(version))


def head_of(source: DocumentSource, form: str) -> PaperHead:
    """Return the heading with the dossier's register number: `15/PBS-TTPVHCC`."""
    return head(source.context, source.forms.version(form), f"{source.row.register_number:02d}")


def head(context: Context, version: FormVersion, serial: str = "") -> PaperHead:
    """Return the heading of a document printed today; dots without a serial."""
    office = context.office
    return PaperHead(
        parent=office.parent,
        unit=office.name,
        centre=office.centre or version.form_set.counter_name,
        place=office.place,
        day=local_day(context.now).isoformat(),
        number=version.number(serial, bool(office.centre), context.today.year),
        form_set=version.form_set.key,
        slogan=office.slogan,
        content=version.digest,
    )


def identity_of(
    form: str, source: DocumentSource, with_archive_code: bool = False, due_at: str | None = None
) -> Identity:
    """Return the codes of a document about one dossier.

    An archived copy has an archive code, from which the register can be rebuilt. `due_at` (ISO text) is the date of a
    document that makes a promise of its own.
    """
    return Identity(
        code=source.detail.code,
        key=source.detail.key,
        qr_text=_dossier_qr(form, source, office_instant(due_at) if due_at else source.detail.due_at),
        store_qr=source.archive_code if with_archive_code else "",
        training=source.context.training,
    )


def identity_without_code(
    facts: Sequence[str], version: FormVersion, keys: Mapping[str, Any], context: Context
) -> Identity:
    """Return the codes of a document about no dossier or several.

    It has no barcode. Its QR code begins with `facts`.
    """
    return Identity("", "", with_signature([*facts, *issue_lines(version, context)], keys), training=context.training)


def _dossier_qr(form: str, source: DocumentSource, due_at: datetime | None) -> str:
    """Return the signed public code (TT 01/2023/TT-VPCP Điều 26).

    Any phone can read it.
    """
    detail = source.detail
    lines = [
        f"Mã hồ sơ: {detail.code}",
        f"Thủ tục: {detail.procedure.code}",
        f"Người: {mask_number(detail.applicant.get('id_number') or '')}",
        *issue_lines(source.forms.version(form), source.context),
    ]
    if form in _FORMS_WITH_DUE_DATE:
        lines.append(f"Hẹn trả: {local(due_at):%d/%m/%Y %H:%M}" if due_at else "Hẹn trả: chưa xác định")
    lines.append(f"Khóa: {detail.key}")
    return with_signature(lines, source.keys)


def issue_lines(version: FormVersion, context: Context) -> tuple[str, ...]:
    """Return the QR lines with form, office and time of the print."""
    return (
        f"Giấy: {version.layout.name}",
        f"Hệ thống: {context.office.name}",
        f"In lúc: {local(context.now):%d/%m/%Y %H:%M}",
    )


def with_signature(lines: Sequence[str], keys: Mapping[str, Any]) -> str:
    """Return the lines followed by the office's signature."""
    signature = sign(bytes.fromhex(keys[SIGNING_KEY]), "\n".join(lines).encode())
    return "\n".join([*lines, f"Chữ ký: {base64.urlsafe_b64encode(signature).decode().rstrip('=')}"])


def _archive_code(source: DocumentSource) -> str:
    """Return the sealed archive code for rebuilding a lost register.

    Free texts are omitted until the code fits.
    """
    detail, applicant = source.detail, source.detail.applicant
    fields = {
        "c": detail.code,
        "k": detail.key,
        "t": detail.procedure.code,
        "n": applicant["name"],
        "i": applicant.get("id_number"),
        "p": applicant.get("phone"),
        "r": iso(detail.received_at),
        "d": iso(detail.due_at),
        "g": source.row.register_number,
        "f": source.row.fee,
        "y": applicant.get("kind"),
        "h": detail.channel,
        "b": source.row.return_by,
        "q": source.row.quantity,
    }
    defaults = {"f": None, "y": "citizen", "h": "direct", "b": "counter", "q": 1}
    fields = {name: value for name, value in fields.items() if value != defaults.get(name, ...)}
    fields |= papers_to_json(detail.papers, applicant.get("address"), source.listed)
    key = bytes.fromhex(source.keys[ARCHIVE_KEY])
    code, shorter = seal_code(fields, key, secrets.token_bytes(NONCE_BYTES)), shorten(fields)
    while shorter is not None and len(code) > _MAX_ARCHIVE_CODE:
        code, shorter = seal_code(shorter, key, secrets.token_bytes(NONCE_BYTES)), shorten(shorter)
    return code


def register_entry(source: DocumentSource) -> tuple[str, str]:
    """Return volume and number of the dossier in the register."""
    row = source.row
    return f"{row.register_book}/{local_day(row.received_at).year}", f"{row.register_number:02d}"


def intake_facts(source: DocumentSource) -> Mapping[str, Any]:
    """Return the facts of the intake event."""
    return next((dict(event.facts) for event in source.events if event.action == Action.INTAKE), {})


def fee_facts(source: DocumentSource) -> Mapping[str, Any]:
    """Return pages, groups and relief as last corrected."""
    facts = dict(intake_facts(source))
    for event in source.events:
        facts |= event.facts.get(FEE_FACTS, {})
    return facts


def relief_text(facts: Mapping[str, Any]) -> str:
    """Return the reason for a lower fee with its decision; empty without one."""
    relief = facts.get("relief")
    if relief:
        return f"{relief['name']} ({relief['decision']})" if relief["decision"] else str(relief["name"])
    reason = facts.get("exempt", "")
    return reason if isinstance(reason, str) else ""


def missing_date_reason(source: DocumentSource) -> str:
    """Return why there is no due date; empty if there is one."""
    if source.detail.due_at is not None:
        return ""
    agency = intake_facts(source).get("settled_by")
    return _NO_DATE_TEXT if agency is None else begins_elsewhere(agency)


def lookup_line(context: Context) -> str:
    """Return where to look up the progress; empty if not configured."""
    office = context.office
    places = [office.lookup_address, f"điện thoại {office.phone}" if office.phone else ""]
    text = "; ".join(place for place in places if place)
    return f"Hồ sơ có thể xong trước hẹn. Tra cứu, hỏi tiến độ: {text}" if text else ""


def party(person: Mapping[str, Any]) -> Party:
    """Return a person as printed on a document."""
    return Party(*(person.get(key) or "" for key in ("name", "id_number", "address", "phone", "email")))
