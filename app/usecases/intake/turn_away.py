"""Refusal at the counter: a slip with the reason (Mẫu số 03).

No dossier is created.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.text import clean
from app.models.values.reasons import is_reason
from app.printing.documents.dossier import RefusalSlip
from app.printing.documents.serialize import from_json, to_json
from app.services.clock_guard import guard_clock
from app.services.context import Context
from app.services.documents.letters import counter_refusal_slip
from app.services.documents.office_forms import forms_on, keep_content
from app.services.documents.prepared import render_unrecorded
from app.services.documents.refusal_slip import counter_refusal_code
from app.services.intake.command import AcceptDossier
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage import counter_refusals, office_settings
from app.storage.rows import CounterRefusalRow
from app.storage.uow import Writing

_MAX_REASON_LENGTH = 2000


@dataclass(frozen=True)
class RefuseAtCounter:
    """Command: an intake that is refused, and the reason."""

    intake: AcceptDossier
    reason: str

    @classmethod
    def read(cls, line: object, today: date) -> "RefuseAtCounter":
        """Parse an intake line with `reason`.

        Raises Refusal naming the field to correct.
        """
        if not isinstance(line, Mapping):
            raise Refusal("line_shape")
        reason = line.get("reason")
        if not isinstance(reason, str) or not clean(reason):
            raise Refusal("missing", "reason")
        if not is_reason(reason):
            raise Refusal("reason_short", "reason", text=clean(reason))
        if len(reason) > _MAX_REASON_LENGTH:
            raise Refusal("text_too_long", "reason", limit=_MAX_REASON_LENGTH, length=len(reason))
        rest: dict[str, Any] = {key: value for key, value in line.items() if key != "reason"}
        return cls(AcceptDossier.read(rest, today), clean(reason))


@dataclass(frozen=True)
class CounterRefusal:
    """The slip's number in the desk's year, also as printed, and its code."""

    number: int
    printed_number: str
    code: str
    refused_at: datetime


@requires(Right.TAKE_IN)
def refuse_at_counter(command: RefuseAtCounter, context: Context, work: Writing) -> CounterRefusal:
    """Store a refusal slip, ready to print.

    No report counts it (Biểu II.06a counts dossiers only).
    A repeated `request_id` returns the first result again, without a second slip.
    Raises Refusal `unknown_procedure`, or like `guard_clock` because the slip has a number and a date.
    """
    request_id = command.intake.request_id
    if request_id and (row := counter_refusals.refusal_of_request(work, request_id)) is not None:
        return _from_row(row)
    guard_clock(context, work)
    procedure = version_on(work, command.intake.procedure, context.today).procedure
    desk = context.office.workstation
    number = office_settings.next_number(work, f"refusal:{context.today.year}:{desk:02d}")
    version = forms_on(work, context.office, context.today).version(PaperForm.REFUSAL)
    keys = office_settings.settings(work)
    document = counter_refusal_slip(
        line=command.intake,
        procedure=procedure.name,
        reason=command.reason,
        number=number,
        version=version,
        keys=keys,
        context=context,
    )
    keep_content(version, context.now, work)
    render_unrecorded(
        document, version.layout, PaperForm.REFUSAL, version.layout.papers[0]
    )  # so that a slip that cannot be drawn is not stored
    code = counter_refusal_code(context.today.year, desk, number)
    values = {
        "code": code,
        "request_id": request_id,
        "workstation": desk,
        "number": number,
        "refused_at": context.now,
        "refused_day": local_day(context.now),
        "actor": context.actor,
        "procedure_code": procedure.code,
        "reason": command.reason,
        "document": to_json(document),
    }
    counter_refusals.add_refusal(work, values)
    work.commit()
    return CounterRefusal(number, document.head.number, code, context.now)


def _from_row(row: CounterRefusalRow) -> CounterRefusal:
    slip = from_json(row.document)
    assert isinstance(slip, RefusalSlip)
    return CounterRefusal(row.number, slip.head.number, row.code, row.refused_at)
