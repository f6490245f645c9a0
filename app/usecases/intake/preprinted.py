"""Receipts printed with their numbers before anybody came, for hours without power: printed, listed, spoilt."""

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
from app.services.intake.preprinted import PreprintedLine, find_unused_preprinted, to_preprinted_line
from app.services.numbering import DAYS_AHEAD, issued_number_bound, next_code, serial_counter
from app.services.permissions import requires
from app.storage import office_settings, preprinted_receipts
from app.storage.uow import Reading, Writing

MAX_PREPRINTED = 200
_MAX_REASON_LENGTH = 500


@dataclass(frozen=True)
class PrintPreprinted:
    """So many blank receipts with numbers of a day: today, or one of the next seven."""

    count: int
    day: date | None = None
    paper: PaperSize = PaperSize.A5


@dataclass(frozen=True)
class ListPreprinted:
    """Which blanks are out and not yet entered?"""


@dataclass(frozen=True)
class DiscardPreprinted:
    """Sheets thrown away, by their codes or keys, and why. Their numbers are given to nobody."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class PreprintedBatch:
    """Numbers taken for good, and their sheets as one PDF, two copies of each."""

    blanks: tuple[PreprintedLine, ...]
    pdf: bytes
    pages: int
    paper: PaperSize
    form: ListForm = ListForm.BLANKS


@requires(Right.TAKE_IN)
def print_preprinted(command: PrintPreprinted, context: Context, work: Writing) -> PreprintedBatch:
    """Take numbers off the desk's own counter and draw their sheets: on return the numbers are on the disk and no other
    dossier gets them.

    Raises Refusal `out_of_range`, `blank_day_range`, `blank_too_many`, `serial_exhausted`, `paper_not_on_roll`, or the
    clock's doubt; no number is taken then.
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
    pdf, pages = render_many(
        [preprinted_receipt(line.code, line.key, line.day, keys, context) for line in lines], command.paper
    )
    work.commit()
    return PreprintedBatch(tuple(lines), pdf, pages, command.paper)


def _take_number(day: date, context: Context, work: Writing) -> PreprintedLine:
    code, key = next_code(context, day, work)
    return PreprintedLine(code, key, day, context.now)


def _refuse_beyond_restore(day: date, asked: int, context: Context, work: Reading) -> None:
    """Numbers given by the hundred may not outrun the number at which a restored copy of this desk would go on."""
    given = office_settings.counters(work)[serial_counter(context.office.workstation, day)]
    room = issued_number_bound(context.now, day) - (given - asked)
    if asked > room:
        raise Refusal("blank_too_many", "count", most=max(0, room))


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
    """Blanks neither entered nor spoilt, in the order they were printed."""
    return tuple(to_preprinted_line(row) for row in preprinted_receipts.unused_preprinted(work))


@requires(Right.TAKE_IN)
def discard_preprinted(command: DiscardPreprinted, context: Context, work: Writing) -> tuple[PreprintedLine, ...]:
    """Note that sheets were thrown away, all or none; those still out.

    Raises Refusal `note_missing`, `text_too_long`, `blank_unknown`, `blank_used`, `blank_spoilt`.
    """
    reason = clean(command.reason)
    if not reason:
        raise Refusal("blank_reason_missing", "note")
    if len(reason) > _MAX_REASON_LENGTH:
        raise Refusal("text_too_long", "note", limit=_MAX_REASON_LENGTH, length=len(reason))
    found = [find_unused_preprinted(code, "cancel", work) for code in command.codes]
    preprinted_receipts.spoil_preprinted(work, [row.id for row in found], context.now, context.actor, reason)
    work.commit()
    return list_preprinted(ListPreprinted(), context, work)
