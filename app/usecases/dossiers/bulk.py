"""Work on many dossiers at once: handed over together, taken from somebody who is away, counted in the tray at the end
of the day."""

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

_MAX_DOSSIERS = 500


@dataclass(frozen=True)
class BulkSend:
    """Dossiers that go to the same holder with one list."""

    codes: tuple[str, ...]
    to: str
    note: str | None = None


@dataclass(frozen=True)
class ReassignWork:
    """Everything an absent holder has goes to another."""

    absent: str
    to: str
    note: str | None = None


@dataclass(frozen=True)
class SentDossiers:
    """Codes of the dossiers that were sent, in order."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class CountTray:
    """What was scanned out of the counter's tray: keys or codes, in any order, one twice does no harm."""

    scans: tuple[str, ...]


@dataclass(frozen=True)
class TrayLine:
    """A dossier of the count: where the program says it is."""

    code: str
    name: str
    status: Status
    holder: str
    due_at: datetime | None


@dataclass(frozen=True)
class TrayCount:
    """Paper against program: how many agree, what should lie here and does not, what lies here and should not, what is
    late, scans that are no dossier of this office, and receipts printed beforehand that nobody has entered."""

    agreed: int
    missing: tuple[TrayLine, ...]
    extra: tuple[TrayLine, ...]
    late: tuple[TrayLine, ...]
    strangers: tuple[str, ...]
    blanks: tuple[str, ...] = ()


@requires(Right.MOVE)
def bulk_send(command: BulkSend, context: Context, work: Writing) -> SentDossiers:
    """Send dossiers to one holder, all or none.

    Raises Refusal `nothing_to_send`, `too_many`, or what `send` raises, naming the dossier.
    """
    return _send_all(command.codes, command.to, command.note, context, work)


@requires(Right.MOVE)
def reassign_work(command: ReassignWork, context: Context, work: Writing) -> SentDossiers:
    """Send all open dossiers of an absent holder to another, all or none; each event says why.

    Raises Refusal `nothing_to_send` when the holder has none.
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
        raise Refusal("one_of_many", refusal.field, dossier=code, reason=refusal.code) from refusal


@requires(Right.READ_LISTS)
def count_tray(query: CountTray, context: Context, work: Reading) -> TrayCount:
    """Compare the paper in the tray with what should lie at the counter: taken in and not sent, waiting for papers, or
    ready to be given back."""
    return _count(query, context, work)


def _count(query: CountTray, context: Context, work: Reading) -> TrayCount:
    strangers: list[str] = []
    blanks: dict[str, None] = {}
    scanned: dict[str, TrayLine] = {}
    for text in query.scans:
        try:
            line = _line(find_row(work, text))
        except Refusal as refusal:
            if refusal.code == "blank_not_entered":
                blanks[str(refusal.values["code"])] = None
            else:
                strangers.append(text[:64])
        else:
            scanned[line.code] = line
    expected = {line.code: line for line in map(_line, dossiers.dossiers_held_by(work, COUNTER))}
    agreed = [expected[code] for code in scanned if code in expected]
    return TrayCount(
        len(agreed),
        tuple(line for code, line in expected.items() if code not in scanned),
        tuple(line for code, line in scanned.items() if code not in expected),
        tuple(line for line in agreed if _is_late(line, context)),
        tuple(strangers),
        tuple(blanks),
    )


@requires(Right.MOVE)
def save_tray_count(command: CountTray, context: Context, work: Writing) -> TrayCount:
    """Count the tray and keep what does not agree: the next morning asks for it."""
    count = _count(command, context, work)
    store_count(work, context.now, [line.code for line in count.missing], [line.code for line in count.extra])
    work.commit()
    return count


def _line(row: DossierRow | WorkRow) -> TrayLine:
    return TrayLine(row.code, row.applicant_name, Status(row.status), row.holder, row.due_at)


def _is_late(line: TrayLine, context: Context) -> bool:
    waits = line.status in (Status.FINISHED, *PAUSED_STATUSES)
    return line.due_at is not None and not waits and local_day(line.due_at) < context.today
