"""Copies that were prepared and not yet printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.services.context import Context
from app.storage import office_settings, print_queue
from app.storage.rows import WaitingPrintRow
from app.storage.uow import Reading

OFFERED_FOR = timedelta(days=2)
"""How long a paper that never came out is still offered."""


DISMISSED_SETTING = "prints_let_go"


@dataclass(frozen=True)
class WaitingPaper:
    """One such paper: its dossier, how many of its copies wait, since when, and their numbers in the print journal.
    `handed`: a printer was given it, and whether it came out only the person can tell."""

    code: str
    form: PaperForm
    paper: PaperSize
    copies: int
    prepared_at: datetime
    print_ids: tuple[int, ...]
    handed: bool = False


def dismissed_prints(work: Reading) -> Iterable[int]:
    """Return the numbers of copies that are no longer offered."""
    return office_settings.setting(work, DISMISSED_SETTING) or ()


def _group_key(copy: WaitingPrintRow) -> tuple[Any, ...]:
    about = None if copy.form == PaperForm.BATCH else copy.code
    return about, copy.form, copy.paper, copy.reprint, copy.prepared_at


def _paper(copies: list[WaitingPrintRow]) -> WaitingPaper:
    first = copies[0]
    ids, places = tuple(copy.id for copy in copies), {copy.copy for copy in copies}
    handed = any(copy.status == PrintStatus.HANDED for copy in copies)
    form, paper = PaperForm(first.form), PaperSize(first.paper)
    return WaitingPaper(first.code, form, paper, len(places), first.prepared_at, ids, handed)


def unprinted(context: Context, work: Reading) -> tuple[WaitingPaper, ...]:
    """Return the papers that wait, the oldest first; copies prepared together are one paper."""
    dismissed = set(dismissed_prints(work))
    waiting = [
        copy for copy in print_queue.unprinted_copies(work, context.now - OFFERED_FOR) if copy.id not in dismissed
    ]
    return tuple(_paper(list(together)) for _key, together in groupby(waiting, key=_group_key))
