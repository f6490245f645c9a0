"""Control slip (Phiếu kiểm soát) and hand-over slips (Phiếu bàn giao)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import Action, PaperForm, ReturnBy, Verdict
from app.models.errors import Refusal
from app.models.forms.library import FormVersion
from app.models.instants import iso
from app.models.lifecycle import COUNTER
from app.printing.documents.dossier import ControlSlip, Handover, HandoverRow, Leg
from app.services.context import Context
from app.services.documents.header import (
    DocumentSource,
    head,
    head_of,
    identity_of,
    identity_without_code,
    missing_date_reason,
)
from app.services.dossier_detail import DossierDetail, Step
from app.wording.documents import unnumbered_forms
from app.wording.numbers import instant_in_words
from app.wording.status import action_name

_RETURN_TO_COUNTER = frozenset(
    (Action.FINISH, Action.REFUSE, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.ASK_SUPPLEMENT)
)


@dataclass(frozen=True)
class HandoverLeg:
    """A completed or open hand-over.

    `actor` recorded it. `verdict` judges the receiver's time.
    """

    sender: str
    receiver: str
    given_at: datetime
    at: datetime
    actor: str
    verdict: Verdict | None = None
    note: str = ""


def handover_legs(steps: Sequence[Step]) -> Iterator[HandoverLeg]:
    """Yield the hand-overs in order; the last one may be open.

    A hand-over that was taken back, or recalled by the counter before its receipt, is skipped, and so are undone
    steps.
    """
    waiting: Step | None = None
    for step in (each for each in steps if not each.undone):
        if step.action == Action.SEND:
            waiting = step
        elif step.action == Action.RECEIVE and waiting is not None:
            yield _leg(waiting, step.at, step.verdict, step.note)
            waiting = None
        elif step.action == Action.TAKE_BACK:
            waiting = None
        elif step.action in _RETURN_TO_COUNTER:
            if waiting is None and step.from_ not in (None, COUNTER):
                yield _leg(step, step.at, step.verdict, _return_note(step))
            waiting = None
    if waiting is not None:
        yield _leg(waiting, waiting.at, None, None)


def _return_note(step: Step) -> str | None:
    return action_name(step.action) if step.action == Action.ASK_SUPPLEMENT else step.note


def _leg(step: Step, at: datetime, verdict: Verdict | None, note: str | None) -> HandoverLeg:
    return HandoverLeg(
        sender=step.from_ or COUNTER,
        receiver=step.to or COUNTER,
        given_at=step.at,
        at=at,
        actor=step.actor,
        verdict=verdict,
        note=note or "",
    )


def control_slip(source: DocumentSource) -> ControlSlip:
    """Build the control slip (Phiếu kiểm soát quá trình giải quyết hồ sơ)."""
    detail = source.detail
    return ControlSlip(
        head=head_of(source, PaperForm.CONTROL),
        identity=identity_of(PaperForm.CONTROL, source, with_archive_code=True),
        applicant=detail.applicant["name"],
        procedure=detail.procedure.name,
        settling_unit=source.context.office.name,
        joint_unit="",
        received_at=iso(detail.received_at),
        due_at=iso(detail.due_at),
        due_note=missing_date_reason(source),
        legs=tuple(
            Leg(leg.sender, leg.receiver, instant_in_words(leg.at), leg.verdict.value if leg.verdict else "", leg.note)
            for leg in handover_legs(detail.steps)
        ),
    )


def handover(source: DocumentSource) -> Handover:
    """Build the hand-over slip (Phiếu bàn giao) of a dossier's last hand-over.

    Raises Refusal `paper_not_sent`.
    """
    last = _last_leg(source.detail)
    return Handover(
        head=head_of(source, PaperForm.HANDOVER),
        identity=identity_of(PaperForm.HANDOVER, source),
        sender=_sender(last),
        receiver=last.receiver,
        at=iso(last.given_at),
        rows=(_row(source),),
    )


def handover_list(
    sources: Sequence[DocumentSource],
    version: FormVersion,
    keys: Mapping[str, Any],
    context: Context,
    at: datetime | None,
) -> Handover:
    """Build the hand-over slip (Phiếu bàn giao) of several dossiers.

    Sender, receiver and time are printed if they are the same for all. With the instant `at` of their hand-over,
    dossiers whose hand-over was undone since then are left out; without it the last hand-over of each counts.

    Raises Refusal `paper_not_sent` for a dossier without a hand-over.
    """
    dossiers = [source for source in sources if at is None or _leg_at(source.detail, at) is not None]
    if not dossiers:
        raise Refusal("paper_not_sent", "code", code=sources[0].detail.code)
    legs = [(at and _leg_at(source.detail, at)) or _last_leg(source.detail) for source in dossiers]
    facts = (unnumbered_forms.count_line(len(dossiers)),)
    return Handover(
        head=head(context, version),
        identity=identity_without_code(facts, version, keys, context),
        sender=_common([_sender(leg) for leg in legs]),
        receiver=_common([leg.receiver for leg in legs]),
        at=_common([iso(leg.given_at) for leg in legs]),
        rows=tuple(_row(source) for source in dossiers),
    )


def _leg_at(detail: DossierDetail, at: datetime) -> HandoverLeg | None:
    """Return the hand-over that began at an instant, or None."""
    return next((leg for leg in handover_legs(detail.steps) if leg.given_at == at), None)


def _last_leg(detail: DossierDetail) -> HandoverLeg:
    legs = list(handover_legs(detail.steps))
    if not legs:
        raise Refusal("paper_not_sent", "code", code=detail.code)
    return legs[-1]


def _sender(leg: HandoverLeg) -> str:
    """Return the sender; at the counter with the clerk's name."""
    return f"{leg.sender} ({leg.actor})" if leg.sender == COUNTER else leg.sender


def _common(texts: Sequence[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else ""


def _row(source: DocumentSource) -> HandoverRow:
    detail = source.detail
    return HandoverRow(
        code=detail.code,
        procedure=detail.procedure.name,
        result=unnumbered_forms.result_name(source.row.outcome),
        applicant=detail.applicant["name"],
        address=detail.applicant.get("address") or "",
        fee=bool(detail.fee.amount),
        by_post=detail.return_by == ReturnBy.POST,
    )
