"""Papers about who has a dossier: Phiếu kiểm soát with every hand-over, Phiếu bàn giao with the last one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import Action, PaperForm, ReturnBy, Verdict
from app.models.errors import Refusal
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
    series,
    unnumbered,
)
from app.services.dossier_detail import DossierDetail, Step
from app.wording import unnumbered_forms
from app.wording.numbers import instant_in_words
from app.wording.status import action_name

_RETURN_TO_COUNTER = frozenset(
    (Action.FINISH, Action.REFUSE, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.ASK_SUPPLEMENT)
)


@dataclass(frozen=True)
class HandoverLeg:
    """One hand-over that stood: who gave, who took, when it was given and taken, by whose entry, and the verdict of the
    taking side."""

    sender: str
    receiver: str
    given_at: datetime
    at: datetime
    actor: str
    verdict: Verdict | None = None
    note: str = ""


def handover_legs(steps: Sequence[Step]) -> Iterator[HandoverLeg]:
    """Every hand-over in order; the last one may still wait for its receiver. One taken back never was, and one that
    the counter called back unreceived neither."""
    waiting: Step | None = None
    for step in steps:
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
    """Phiếu kiểm soát quá trình giải quyết hồ sơ, as far as the dossier has come."""
    detail = source.detail
    return ControlSlip(
        head=head_of(source, "PKS-"),
        identity=identity_of(PaperForm.CONTROL, source, with_archive_code=True),
        applicant=detail.applicant["name"],
        procedure=detail.procedure.name,
        settling_unit=source.context.office.name,
        joint_unit="",
        received_at=iso(detail.received_at) or "",
        due_at=iso(detail.due_at),
        due_note=missing_date_reason(source),
        legs=tuple(
            Leg(leg.sender, leg.receiver, instant_in_words(leg.at), leg.verdict.value if leg.verdict else "", leg.note)
            for leg in handover_legs(detail.steps)
        ),
    )


def handover(source: DocumentSource) -> Handover:
    """Phiếu bàn giao of one dossier: the hand-over that waits, or the last that stood.

    Raises Refusal `paper_not_sent`.
    """
    last = _last_leg(source.detail)
    return Handover(
        head=head_of(source, "PBG-"),
        identity=identity_of(PaperForm.HANDOVER, source),
        sender=_sender(last),
        receiver=last.receiver,
        at=iso(last.given_at) or "",
        rows=(_row(source),),
    )


def handover_list(dossiers: Sequence[DocumentSource], keys: Mapping[str, Any], context: Context) -> Handover:
    """Phiếu bàn giao of many dossiers. Who gives, who takes and when stand on it where it is the same for all.

    Raises Refusal `paper_not_sent` for one that was never handed over.
    """
    legs = [_last_leg(source.detail) for source in dossiers]
    facts = (unnumbered_forms.count_line(len(dossiers)),)
    return Handover(
        head=head(context, unnumbered(f"PBG-{series(context)}")),
        identity=identity_without_code(facts, PaperForm.HANDOVER, keys, context),
        sender=_common([_sender(leg) for leg in legs]),
        receiver=_common([leg.receiver for leg in legs]),
        at=_common([iso(leg.given_at) or "" for leg in legs]),
        rows=tuple(_row(source) for source in dossiers),
    )


def _last_leg(detail: DossierDetail) -> HandoverLeg:
    legs = list(handover_legs(detail.steps))
    if not legs:
        raise Refusal("paper_not_sent", "code", code=detail.code)
    return legs[-1]


def _sender(leg: HandoverLeg) -> str:
    """The giving side; at the counter also the clerk who hands it over."""
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
