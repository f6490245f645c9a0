"""Answer of the receiver, brought by a person or by the wire; resending."""

from dataclasses import dataclass

from app.models.enums import Right
from app.models.errors import Refusal
from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.events import restate_dossier
from app.services.national_record import Subject
from app.services.permissions import requires
from app.services.sending.answers import SettledAnswer, settle_answer
from app.storage import journal
from app.storage.uow import Writing


@dataclass(frozen=True)
class ApplyAnswer:
    """Command: the bytes of an answer file (`.mcack`)."""

    content: bytes


@dataclass(frozen=True)
class ResendDossier:
    """Command: send the whole true state of a dossier again."""

    code: str


@dataclass(frozen=True)
class ResentDossier:
    """A dossier with the sequence of its new record."""

    code: str
    record: int


@requires(Right.SEND_UP)
def apply_answer(command: ApplyAnswer, context: Context, work: Writing) -> SettledAnswer:
    """Store an answer and settle its records; a repeat changes nothing.

    Raises Refusal as `settle_answer` does.
    """
    settled = settle_answer(command.content, context, work)
    work.commit()
    return settled


@requires(Right.SEND_UP)
def resend_dossier(command: ResendDossier, context: Context, work: Writing) -> ResentDossier:
    """Record the whole state of a dossier again for the next file.

    A rejection is kept until the receiver accepts a later record of the dossier.

    Raises Refusal `dossier_unknown`, `blank_not_entered`, `dossier_stays_here`.
    """
    context = with_monotonic_clock(context, work)
    row = find_row(work, command.code)
    if Subject.of_row(row, {}).stays_here:
        raise Refusal("dossier_stays_here", "code", code=row.code)
    restate_dossier(work, context, row)
    sequence, _ = journal.chain_tail(work, context.office.workstation)
    work.commit()
    return ResentDossier(row.code, sequence)
