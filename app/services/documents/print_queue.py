"""Copies that were prepared and not printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.printing.documents.dossier import RefusalSlip
from app.printing.documents.serialize import from_json
from app.services.context import Context
from app.services.records.print_names import printed_name
from app.storage import office_settings
from app.storage.prints.queue import JOINT_FORMS, unprinted_copies
from app.storage.prints.rows import WaitingPrintRow
from app.storage.uow import Reading

OFFERED_FOR = timedelta(days=2)
"""How long a copy that was not printed is offered again."""
DISMISSED_SETTING = "prints_let_go"
"""The setting that lists the copies that are no longer offered."""


@dataclass(frozen=True)
class WaitingPaper:
    """A document with copies that were not printed.

    `print_ids` are the ids in the print journal; `name` is the person of the document. `handed` is set if a printer
    received it and only the user knows whether it was printed. `title` is that of a form without another name.
    """

    code: str
    form: PaperForm
    paper: PaperSize
    copies: int
    prepared_at: datetime
    print_ids: tuple[int, ...]
    handed: bool = False
    title: str = ""
    name: str = ""


def dismissed_prints(work: Reading) -> Iterable[int]:
    """Return the ids of copies that are no longer offered."""
    return office_settings.setting(work, DISMISSED_SETTING) or ()


def _group_key(copy: WaitingPrintRow) -> tuple[Any, ...]:
    code = None if copy.form in JOINT_FORMS else copy.code
    return code, copy.form, copy.paper, copy.reprint, copy.prepared_at


def _person(copies: list[WaitingPrintRow]) -> str:
    """Return the person of a document.

    For several people it is the first, and how many more.
    """
    slip = None if copies[0].slip is None else from_json(copies[0].slip)
    if isinstance(slip, RefusalSlip):
        return slip.submitter.name
    names = list(dict.fromkeys(copy.name for copy in copies if copy.name))
    return f"{names[0]} và {len(names) - 1} người khác" if len(names) > 1 else "".join(names)


def _paper(copies: list[WaitingPrintRow]) -> WaitingPaper:
    first = copies[0]
    return WaitingPaper(
        code=first.code,
        form=first.form,
        paper=PaperSize(first.paper),
        copies=len({copy.copy for copy in copies}),
        prepared_at=first.prepared_at,
        print_ids=tuple(copy.id for copy in copies),
        handed=any(copy.status == PrintStatus.HANDED for copy in copies),
        title=printed_name(first),
        name=_person(copies),
    )


def unprinted(context: Context, work: Reading) -> tuple[WaitingPaper, ...]:
    """Return the documents not printed, oldest first.

    Copies prepared together are one document.
    """
    dismissed = set(dismissed_prints(work))
    waiting = [copy for copy in unprinted_copies(work, context.now - OFFERED_FOR) if copy.id not in dismissed]
    return tuple(_paper(list(copies)) for _key, copies in groupby(waiting, key=_group_key))
