"""Bulk work: send together, reassign from an absent holder, count tray."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import Action, Right, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER, PAUSED_STATUSES
from app.models.text import clean
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier, apply_action
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.services.tray import store_count
from app.storage import dossiers
from app.storage.rows import DossierRow, WorkRow
from app.storage.uow import Reading, Writing
from app.wording.refusals import error_sentence

_MAX_DOSSIERS = 500


@dataclass(frozen=True)
class BulkSend:
    """Command: send dossiers to one holder."""

    codes: tuple[str, ...]
    to: str
    note: str | None = None


@dataclass(frozen=True)
class ReassignWork:
    """Command: send all dossiers of an absent holder to another holder."""

    absent: str
    to: str
    note: str | None = None


@dataclass(frozen=True)
class SentDossiers:
    """Codes of the dossiers that were sent, in order."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class CountTray:
    """Command or query: scanned keys or codes of the counter's tray.

    Duplicates are counted once.
    """

    scans: tuple[str, ...]


@dataclass(frozen=True)
class TrayLine:
    """A dossier of the count, with its status and holder in the register."""

    code: str
    name: str
    status: Status
    holder: str
    due_at: datetime | None


@dataclass(frozen=True)
class TrayCount:
    """Comparison of the tray with the register.

    `agreed` counts the matches. `missing` are expected but not scanned, `extra` scanned but not expected.
    `late` are overdue. `strangers` are scans of no dossier of this office.
    `blanks` are codes of preprinted receipts that are not entered yet.
    """

    agreed: int
    missing: tuple[TrayLine, ...]
    extra: tuple[TrayLine, ...]
    late: tuple[TrayLine, ...]
    strangers: tuple[str, ...]
    blanks: tuple[str, ...] = ()


@requires(Right.MOVE)
def bulk_send(command: BulkSend, context: Context, work: Writing) -> SentDossiers:
    """Send dossiers to one holder, all or none.

    Raises Refusal `nothing_to_send`, `too_many`, or `one_of_many` with the reason and the dossier.
    """
    return _send_all(command.codes, command.to, command.note, context, work)


@requires(Right.MOVE)
def reassign_work(command: ReassignWork, context: Context, work: Writing) -> SentDossiers:
    """Send all open dossiers of an absent holder to another, all or none.

    The note of each event gives the reason.
    Raises Refusal `nothing_to_send` if the holder has none.
    """
    holder = clean(command.absent)
    codes = [row.code for row in dossiers.dossiers_held_by(work, holder)]
    return _send_all(codes, command.to, command.note or f"Nhận thay {holder}", context, work)


def _send_all(codes: Sequence[str], to: str, note: str | None, context: Context, work: Writing) -> SentDossiers:
    if not codes:
        raise Refusal("nothing_to_send", "codes")
    if len(codes) > _MAX_DOSSIERS:
        raise Refusal("too_many", "codes", most=_MAX_DOSSIERS)
    ids = [_send_one(code, to, note, context, work) for code in dict.fromkeys(codes)]
    sent = [dossiers.dossier_by_id(work, dossier_id) for dossier_id in ids]
    work.commit()
    return SentDossiers(tuple(row.code for row in sent if row is not None))


def _send_one(code: str, to: str, note: str | None, context: Context, work: Writing) -> int:
    try:
        return apply_action(ActOnDossier(code, Action.SEND, note=note, to=to), context, work)
    except Refusal as refusal:
        raise Refusal("one_of_many", refusal.field, dossier=code, reason=error_sentence(refusal)) from refusal


@requires(Right.READ_LISTS)
def count_tray(query: CountTray, context: Context, work: Reading) -> TrayCount:
    """Compare the tray with the dossiers that are at the counter.

    These are received but not sent, waiting for papers, or ready to be returned.
    """
    return _count(query, context, work)


def _count(query: CountTray, context: Context, work: Reading) -> TrayCount:
    unknown: list[str] = []
    blanks: dict[str, None] = {}
    scanned: dict[str, TrayLine] = {}
    for text in query.scans:
        try:
            line = _line(find_row(work, text))
        except Refusal as refusal:
            if refusal.code == "blank_not_entered":
                blanks[str(refusal.values["code"])] = None
            else:
                unknown.append(text[:64])
        else:
            scanned[line.code] = line
    expected = {line.code: line for line in map(_line, dossiers.dossiers_held_by(work, COUNTER))}
    agreed = [expected[code] for code in scanned if code in expected]
    return TrayCount(
        len(agreed),
        tuple(line for code, line in expected.items() if code not in scanned),
        tuple(line for code, line in scanned.items() if code not in expected),
        tuple(line for line in agreed if _is_late(line, context)),
        tuple(unknown),
        tuple(blanks),
    )


@requires(Right.MOVE)
def save_tray_count(command: CountTray, context: Context, work: Writing) -> TrayCount:
    """Count the tray and store the differences for the next start of day."""
    count = _count(command, context, work)
    store_count(work, context.now, [line.code for line in count.missing], [line.code for line in count.extra])
    work.commit()
    return count


def _line(row: DossierRow | WorkRow) -> TrayLine:
    return TrayLine(row.code, row.applicant_name, Status(row.status), row.holder, row.due_at)


def _is_late(line: TrayLine, context: Context) -> bool:
    paused = line.status in (Status.FINISHED, *PAUSED_STATUSES)
    return line.due_at is not None and not paused and local_day(line.due_at) < context.today
