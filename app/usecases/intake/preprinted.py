"""Receipts printed with their numbers before anybody came, for hours without power: printed, listed, spoilt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.models.codes import comparable
from app.models.enums import ListForm, PaperSize, Right
from app.models.errors import Refusal, Said
from app.models.text import clean
from app.printing.render import render_many
from app.services.clock_guard import guard_clock, steady
from app.services.context import Context
from app.services.documents.builders import blank_receipt
from app.services.intake.preprinted import BlankLine, blank_line, unused_blank
from app.services.numbering import DAYS_AHEAD, next_code, number_passed, serial_counter
from app.services.permissions import needs
from app.storage import office_settings, preprinted_receipts
from app.storage.uow import Reading, Writing

MOST_BLANKS = 200
_LONGEST_REASON = 500


@dataclass(frozen=True)
class PrintBlanks:
    """So many blank receipts with numbers of a day: today, or one of the next seven."""

    count: int
    day: date | None = None
    paper: PaperSize = PaperSize.A5


@dataclass(frozen=True)
class ListBlanks:
    """Which blanks are out and not yet entered?"""


@dataclass(frozen=True)
class SpoilBlanks:
    """Sheets thrown away, by their codes or keys, and why. Their numbers are given to nobody."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class PrintedBlanks:
    """Numbers taken for good, and their sheets as one PDF, two copies of each."""

    blanks: tuple[BlankLine, ...]
    pdf: bytes
    pages: int
    paper: PaperSize
    form: ListForm = ListForm.BLANKS


@needs(Right.TAKE_IN)
def print_blanks(command: PrintBlanks, context: Context, work: Writing) -> PrintedBlanks:
    """Take numbers off the desk's own counter and draw their sheets: on return the numbers are on the disk and no other
    dossier gets them.

    Raises Refusal `out_of_range`, `blank_day_range`, `blank_too_many`, `serial_exhausted`, `paper_not_on_roll`, or the
    clock's doubt; no number is taken then.
    """
    context = steady(context, work)
    if not 1 <= command.count <= MOST_BLANKS:
        raise Refusal("out_of_range", "count", least=1, most=MOST_BLANKS)
    day = command.day or context.today
    if not context.today <= day <= context.today + timedelta(days=DAYS_AHEAD):
        raise Refusal("blank_day_range", "on", days=DAYS_AHEAD)
    doubts = guard_clock(context, work)
    lines = [_numbered(day, context, work) for _ in range(command.count)]
    _refuse_beyond_restore(day, command.count, context, work)
    preprinted_receipts.add_blanks(work, [_row(line, doubts, context) for line in lines])
    keys = office_settings.settings(work)
    pdf, pages = render_many(
        [blank_receipt(line.code, line.key, line.day, keys, context) for line in lines], command.paper
    )
    work.commit()
    return PrintedBlanks(tuple(lines), pdf, pages, command.paper)


def _numbered(day: date, context: Context, work: Writing) -> BlankLine:
    code, key = next_code(context, day, work)
    return BlankLine(code, key, day, context.now)


def _refuse_beyond_restore(day: date, asked: int, context: Context, work: Reading) -> None:
    """Numbers given by the hundred may not outrun the number at which a restored copy of this desk would go on."""
    given = office_settings.counters(work)[serial_counter(context.office.workstation, day)]
    room = number_passed(context.now, day) - (given - asked)
    if asked > room:
        raise Refusal("blank_too_many", "count", most=max(0, room))


def _row(line: BlankLine, doubts: Sequence[Said], context: Context) -> dict[str, Any]:
    return {
        "code": line.code,
        "code_comparable": comparable(line.code),
        "key": line.key,
        "day": line.day,
        "printed_at": line.printed_at,
        "actor": context.actor,
        "warnings": [[said.code, dict(said.values)] for said in doubts],
    }


@needs(Right.ASK_OFFICE)
def list_blanks(query: ListBlanks, context: Context, work: Reading) -> tuple[BlankLine, ...]:
    """Blanks neither entered nor spoilt, in the order they were printed."""
    return tuple(blank_line(row) for row in preprinted_receipts.unused_blanks(work))


@needs(Right.TAKE_IN)
def spoil_blanks(command: SpoilBlanks, context: Context, work: Writing) -> tuple[BlankLine, ...]:
    """Note that sheets were thrown away, all or none; those still out.

    Raises Refusal `note_missing`, `text_too_long`, `blank_unknown`, `blank_used`, `blank_spoilt`.
    """
    reason = clean(command.reason)
    if not reason:
        raise Refusal("blank_reason_missing", "note")
    if len(reason) > _LONGEST_REASON:
        raise Refusal("text_too_long", "note", limit=_LONGEST_REASON, length=len(reason))
    found = [unused_blank(code, "cancel", work) for code in command.codes]
    preprinted_receipts.spoil_blanks(work, [row.id for row in found], context.now, context.actor, reason)
    work.commit()
    return list_blanks(ListBlanks(), context, work)
