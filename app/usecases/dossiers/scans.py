"""Meaning of a scan: a dossier, a citizen card, a blank, or unknown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.codes import KeyFault, comparable
from app.models.enums import Right, Status
from app.models.errors import Message
from app.models.text import mask_name
from app.scanning.card import CardScan
from app.scanning.scan import CodeScan, KeyScan, PaperScan, UnknownScan, read_scan
from app.services.context import Context
from app.services.dossier_lines import DossierLine, PreprintedLine, dossier_line, to_preprinted_line
from app.services.permissions import held_rights, requires
from app.storage import dossiers, preprinted_receipts
from app.storage.rows import DossierRow
from app.storage.uow import Reading
from app.wording.unknown_scans import unknown_scan_reason
from app.wording.warnings import warning_line

_KEY_IN_TEXT = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")


@dataclass(frozen=True)
class ReadScan:
    """Query: a text that was scanned or typed."""

    text: str


@dataclass(frozen=True)
class CardFields:
    """Fields of a scanned citizen card that fill the form; dates are ISO.

    They help with typing and prove nothing.
    """

    id_number: str
    old_id_number: str | None
    name: str
    birth_date: str | None
    gender: str | None
    address: str | None
    issued_on: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ScanResult:
    """Meaning of a scan, by `kind`.

    `dossier` has `line`, `citizen_card` has `card`, `stranger` has `reason`.
    `blank` is a preprinted receipt that is not entered yet.
    """

    kind: str
    text: str
    line: DossierLine | None = None
    card: CardFields | None = None
    reason: str | None = None
    warning: str | None = None
    blank: PreprintedLine | None = None


@requires(Right.ASK_STATUS)
def read_scan_text(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    """Return the meaning of a scan; an unknown one has the kind `stranger`.

    A user without the right to read lists, such as the kiosk, gets a masked name.
    """
    scanned = _interpret(query, context, work)
    if scanned.line is None or Right.READ_LISTS in held_rights(context, work):
        return scanned
    return replace(scanned, line=scanned.line._replace(name=mask_name(scanned.line.name)))


def _interpret(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    meaning = read_scan(query.text, context.office.agency_code)
    if isinstance(meaning, CardScan):
        return ScanResult("citizen_card", query.text, card=_card(meaning))
    if isinstance(meaning, UnknownScan):
        alias = comparable(query.text[:200])
        row = dossiers.dossier_by_code(work, alias) if alias else None
        if row is None and meaning.reason.code == KeyFault.OTHER_OFFICE:
            return _scan_of_former_office(work, query.text, meaning, context.today)
        if row is None:
            return ScanResult("stranger", query.text, reason=unknown_scan_reason(meaning.reason))
        return _dossier(work, query.text, row, context.today)
    row = _scanned_row(work, meaning)
    if row is None:
        return _preprinted(work, query.text, meaning) or ScanResult(
            "stranger", query.text, reason=unknown_scan_reason(Message("dossier_not_here"))
        )
    return _dossier(work, query.text, row, context.today)


def _scanned_row(work: Reading, meaning: KeyScan | CodeScan | PaperScan) -> DossierRow | None:
    if isinstance(meaning, CodeScan):
        return dossiers.dossier_by_code(work, meaning.comparable)
    row = dossiers.dossier_by_key(work, meaning.key) if meaning.key else None
    code = meaning.code if isinstance(meaning, PaperScan) else meaning.key
    return row or (dossiers.dossier_by_code(work, comparable(code)) if code else None)


def _preprinted(work: Reading, text: str, meaning: KeyScan | CodeScan | PaperScan) -> ScanResult | None:
    """Return an unused preprinted receipt; a discarded one is a `stranger`."""
    code = meaning.text if isinstance(meaning, CodeScan) else meaning.key
    code = code or (meaning.code if isinstance(meaning, PaperScan) else None)
    row = preprinted_receipts.find_preprinted(work, comparable(code)) if code else None
    if row is None:
        return None
    if row.spoilt_at is not None:
        reason = unknown_scan_reason(Message("blank_spoilt", {"reason": row.reason}))
        return ScanResult("stranger", text, reason=reason)
    reason = unknown_scan_reason(Message("blank_unused", {"code": row.code}))
    return ScanResult("blank", text, reason=reason, blank=to_preprinted_line(row))


def _scan_of_former_office(work: Reading, text: str, meaning: UnknownScan, today: date) -> ScanResult:
    """Return the dossier of a document with another agency's code.

    The register has it if this office issued it under a former agency code.
    """
    code, keys = meaning.reason.values.get("code"), _KEY_IN_TEXT.findall(meaning.text)
    for identifier in (*keys, *([comparable(str(code))] if code else [])):
        row = dossiers.dossier_by_key(work, identifier) or dossiers.dossier_by_code(work, identifier)
        if row is not None:
            return _dossier(work, text, row, today)
        if (unused := _preprinted(work, text, CodeScan(identifier, identifier))) is not None:
            return unused
    return ScanResult("stranger", text, reason=unknown_scan_reason(meaning.reason))


def _dossier(work: Reading, text: str, row: DossierRow, today: date) -> ScanResult:
    """Return the dossier, or the successor of a void one with a warning."""
    if row.status == Status.VOID and (successor := dossiers.successor(work, row.id)) is not None:
        warning = warning_line(Message("void_replaced", {"code": row.code}))
        return ScanResult("dossier", text, line=dossier_line(successor, today), warning=warning)
    return ScanResult("dossier", text, line=dossier_line(row, today))


def _card(card: CardScan) -> CardFields:
    return CardFields(
        id_number=card.id_number,
        old_id_number=card.old_id_number,
        name=card.name,
        birth_date=card.birth_date,
        gender=card.gender,
        address=card.address,
        issued_on=card.issued_on,
        warnings=tuple(warning_line(warning) for warning in card.warnings),
    )


def to_json(scanned: ScanResult) -> Mapping[str, Any]:
    """Return the scan result as JSON (docs/formats.md)."""
    if scanned.line is not None:
        line = scanned.line
        return {"kind": "dossier", "code": line.code, "key": line.key, "status": line.status, "due_at": line.due_at}
    if scanned.card is not None:
        return {"kind": "citizen_card", **scanned.card.__dict__}
    unknown = {"kind": "stranger", "text": scanned.text, "why": scanned.reason}
    return unknown if scanned.blank is None else {**unknown, "blank": scanned.blank}
