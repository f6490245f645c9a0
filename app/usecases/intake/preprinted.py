"""Preprinted receipts for hours without power: print, list, discard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.models.codes import comparable
from app.models.enums import ListForm, PaperSize, Right
from app.models.errors import Message, Refusal, messages_to_json
from app.models.text import clean
from app.printing.render import render_many
from app.services.clock_guard import guard_clock, with_monotonic_clock
from app.services.context import Context
from app.services.documents.builders import preprinted_receipt
from app.services.documents.office_forms import forms_on
from app.services.dossier_lines import PreprintedLine, to_preprinted_line
from app.services.intake.preprinted import find_unused_preprinted
from app.services.numbering import DAYS_AHEAD, issued_number_bound, next_code, serial_counter
from app.services.permissions import requires
from app.storage import office_settings, preprinted_receipts
from app.storage.uow import Reading, Writing

MAX_PREPRINTED = 200
_MAX_REASON_LENGTH = 500

BLANK_RECEIPT = "receipt-blank"
"""The form of a pre-printed receipt."""


@dataclass(frozen=True)
class PrintPreprinted:
    """Command: print `count` receipts for today or one of the next seven days."""

    count: int
    day: date | None = None
    paper: PaperSize = PaperSize.A5


@dataclass(frozen=True)
class ListPreprinted:
    """Query: preprinted receipts neither entered nor discarded."""


@dataclass(frozen=True)
class DiscardPreprinted:
    """Command: discard receipts by code or key; their numbers stay unused."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class PreprintedBatch:
    """Reserved numbers, and their receipts as one PDF with two copies of each."""

    receipts: tuple[PreprintedLine, ...]
    pdf: bytes
    pages: int
    paper: PaperSize
    form: ListForm = ListForm.BLANKS


@requires(Right.TAKE_IN)
def print_preprinted(command: PrintPreprinted, context: Context, work: Writing) -> PreprintedBatch:
    """Reserve numbers of the desk's counter and draw their receipts.

    The numbers are committed on return, so that no other dossier gets them.
    Raises Refusal `out_of_range`, `blank_day_range`, `blank_too_many`, `serial_exhausted`, `paper_not_on_roll`, or
    like `guard_clock`; no number is then taken.
    """
    context = with_monotonic_clock(context, work)
    if not 1 <= command.count <= MAX_PREPRINTED:
        raise Refusal("out_of_range", "count", least=1, most=MAX_PREPRINTED)
    day = command.day or context.today
    if not context.today <= day <= context.today + timedelta(days=DAYS_AHEAD):
        raise Refusal("blank_day_range", "on", days=DAYS_AHEAD)
    doubts = guard_clock(context, work)
    lines = [_take_number(day, context, work) for _ in range(command.count)]
    _refuse_beyond_restore(day, command.count, context, work)
    preprinted_receipts.add_preprinted(work, [_row(line, doubts, context) for line in lines])
    keys = office_settings.settings(work)
    version = forms_on(work, context.office, day).version(BLANK_RECEIPT)
    documents = [preprinted_receipt(line.code, line.key, line.day, version, keys, context) for line in lines]
    pdf, pages = render_many(documents, command.paper, version.layout)
    work.commit()
    return PreprintedBatch(tuple(lines), pdf, pages, command.paper)


def _take_number(day: date, context: Context, work: Writing) -> PreprintedLine:
    code, key = next_code(context, day, work)
    return PreprintedLine(code, key, day, context.now)


def _refuse_beyond_restore(day: date, count: int, context: Context, work: Reading) -> None:
    """Refuse numbers beyond the bound where a restored copy continues."""
    issued = office_settings.counters(work)[serial_counter(context.office.workstation, day)]
    available = issued_number_bound(context.now, day) - (issued - count)
    if count > available:
        raise Refusal("blank_too_many", "count", most=max(0, available))


def _row(line: PreprintedLine, doubts: Sequence[Message], context: Context) -> dict[str, Any]:
    return {
        "code": line.code,
        "code_comparable": comparable(line.code),
        "key": line.key,
        "day": line.day,
        "printed_at": line.printed_at,
        "actor": context.actor,
        "warnings": messages_to_json(doubts),
    }


@requires(Right.ASK_OFFICE)
def list_preprinted(query: ListPreprinted, context: Context, work: Reading) -> tuple[PreprintedLine, ...]:
    """Return receipts neither entered nor discarded, in the order of printing."""
    return _unused(work)


def _unused(work: Reading) -> tuple[PreprintedLine, ...]:
    return tuple(to_preprinted_line(row) for row in preprinted_receipts.unused_preprinted(work))


@requires(Right.TAKE_IN)
def discard_preprinted(command: DiscardPreprinted, context: Context, work: Writing) -> tuple[PreprintedLine, ...]:
    """Discard receipts, all or none; return those still unused.

    Raises Refusal `blank_reason_missing`, `text_too_long`, `blank_unknown`, `blank_used`, `blank_spoilt`.
    """
    reason = clean(command.reason)
    if not reason:
        raise Refusal("blank_reason_missing", "note")
    if len(reason) > _MAX_REASON_LENGTH:
        raise Refusal("text_too_long", "note", limit=_MAX_REASON_LENGTH, length=len(reason))
    rows = [find_unused_preprinted(code, "cancel", work) for code in command.codes]
    preprinted_receipts.spoil_preprinted(work, [row.id for row in rows], context.now, context.actor, reason)
    work.commit()
    return _unused(work)
